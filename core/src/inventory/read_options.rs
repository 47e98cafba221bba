//! How a document is read.

use super::{ChosenColumn, Keep};
use crate::fleet::SourceKind;

/// How to read a document, where it does not say so itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// What it is; recognized by its content if it is not said.
    pub kind: Option<SourceKind>,
    /// Which sheets of a workbook to read; all that are not hidden and have a header of phones if none is said.
    pub sheets: Vec<String>,
    /// From which columns of a table to read fields, where the names of the columns do not tell.
    pub columns: Vec<ChosenColumn>,
    /// The columns that come with the phones through merging, audits and results.
    pub keep: Keep,
}
