//! What the tests of crossgrade share: the corpus and the naive second implementation.

pub mod corpus;
pub mod naive;
