//! What the newest embedded book has in the place of a row that says no.

use super::baked::ELSEWHERE;
use super::elsewhere::Elsewhere;
use super::rows::{Origin, PidMark};
use crate::phone::{Model, Vid};

/// What the newest embedded book has instead of this row for such a phone. None for a row that the caller's overlay, or an
/// amendment, made what it is.
pub(crate) fn instead_of(
    row: &Origin,
    model: Model,
    is_marked: bool,
    vid: Option<Vid>,
) -> impl Iterator<Item = &'static Elsewhere> {
    let is_own = row.amendment.is_some();
    let all = ELSEWHERE.iter().filter(move |_| !is_own);
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
