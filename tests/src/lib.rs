//! What the tests of crossgrade share: the corpus, the naive second implementation, facts, generators of phones,
//! and the writer of the generated pages.

pub mod corpus;
pub mod docs;
pub mod facts;
pub mod fuzz;
pub mod generate;
pub mod law;
pub mod naive;
pub mod overlays;
pub mod respell;
pub mod shapes;
pub mod table;
pub mod workbook;
