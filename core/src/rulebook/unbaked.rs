//! An empty book that stands in for `baked.rs` when a row type changed and the baked file does not compile any more:
//! `cargo rules` compiles with it.

use std::borrow::Cow;

use super::RuleBook;
use super::elsewhere::Elsewhere;
use super::tables::{Index, Rows, View};

const VIEW: View = View {
    edition: Cow::Borrowed("unbaked"),
    root: Cow::Borrowed("unbaked"),
    revision: semver::Version::new(0, 0, 0),
    digest: Cow::Borrowed(""),
    as_of: None,
    step: 0,
    index: Index {
        profiles: Cow::Borrowed(&[]),
        buckets: Cow::Borrowed(&[]),
        positions: Cow::Borrowed(&[]),
        releases: Cow::Borrowed(&[]),
    },
};
static VIEWS: [View; 2] = [VIEW, VIEW];
static ROWS: Rows = Rows::NONE;

pub(super) static BOOKS: [RuleBook; 2] = [RuleBook::baked(&ROWS, &VIEWS[0]), RuleBook::baked(&ROWS, &VIEWS[1])];
pub(super) static ELSEWHERE: [Elsewhere; 0] = [];
