//! Where a later embedded book answers otherwise. A decision consults one book, so this is baked: for each row that says no,
//! the rows of the newest book that say yes to such phones.

use super::rows::{PidMark, VidRange};
use crate::phone::Model;

/// A row that says no, and one of the newest embedded book that says yes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    /// The row that says no.
    pub(crate) row: &'static str,
    /// The row that says yes.
    pub(crate) instead: &'static str,
    pub(crate) models: &'static [Model],
    pub(crate) pid: PidMark,
    pub(crate) vid: VidRange,
    /// What to do, as a sentence.
    pub(crate) remedy: &'static str,
}
