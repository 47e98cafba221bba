//! Where a later embedded book answers otherwise. A decision consults one book, so this is baked: for each row that says no,
//! the rows of the newest book that say yes to such phones.

use super::rows::{Origin, PidMark, VidRange};
use crate::phone::{Model, Vid};

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

/// What the newest embedded book has instead of this row for such a phone. None for a row that the caller's overlay, or an
/// amendment, made what it is.
pub(crate) fn instead_of(
    row: &Origin,
    model: Model,
    is_marked: bool,
    vid: Option<Vid>,
) -> impl Iterator<Item = &'static Elsewhere> {
    let is_own = row.amendment.is_some();
    let all = super::baked::ELSEWHERE.iter().filter(move |_| !is_own);
    let all = all.filter(move |elsewhere| elsewhere.row == row.id && elsewhere.models.contains(&model));
    all.filter(move |elsewhere| {
        let is_of_pid = match elsewhere.pid {
            PidMark::Any => true,
            PidMark::Marked => is_marked,
            PidMark::Other => !is_marked,
        };
        is_of_pid && (!elsewhere.vid.has_bound() || vid.is_some_and(|vid| elsewhere.vid.contains(vid)))
    })
}
