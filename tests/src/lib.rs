//! What the tests of crossgrade share: the corpus, the naive second implementation, facts, generators of phones,
//! and the writer of the generated pages.

pub mod corpus;
#[cfg(feature = "everything")]
pub mod docs;
#[cfg(feature = "everything")]
pub mod documents;
pub mod facts;
#[cfg(feature = "everything")]
pub mod fuzz;
pub mod generate;
pub mod law;
pub mod naive;
#[cfg(feature = "overlays")]
pub mod overlays;
pub mod respell;
#[cfg(feature = "everything")]
pub mod results;
pub mod said;
#[cfg(feature = "everything")]
pub mod shapes;
#[cfg(feature = "everything")]
pub mod table;
pub mod workbook;
