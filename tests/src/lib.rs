//! What the tests of crossgrade share: the corpus, the naive second implementation, facts, generators of phones,
//! and the writer of the generated pages.

#[cfg(feature = "everything")]
pub mod arrow_tables;
pub mod corpus_cases;
#[cfg(feature = "everything")]
pub mod docs;
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
pub mod results_wanted;
pub mod said_fields;
#[cfg(feature = "everything")]
pub mod shapes;
#[cfg(feature = "everything")]
pub mod source_documents;
pub mod workbook;
