//! Writes `baked_index.rs`: where the rows about each model stand, for every step. Nobody reads it; a change of one row moves
//! most of it.

use super::expression::Bake;
use crate::rulebook::tables::View;

const HEAD: &str = "// GENERATED from core/data by `cargo rules`. Do not edit.
//
// Where the rows about each model stand in `baked.rs`, at every date step. It follows from the rows.

use std::borrow::Cow::Borrowed as B;

use super::tables::{Index, KnownRelease, Profile, Span};
use crate::firmware::Release;
use crate::phone::Model;

const fn model(name: &str) -> Model {
    Model::constant(name)
}

const fn s(from: u32, len: u16) -> Span {
    Span { from, len }
}

const fn known(release: Release, is_enterprise: bool, is_mpp: bool) -> KnownRelease {
    KnownRelease { release, is_enterprise, is_mpp }
}

const fn release(major: u8, minor: u8, micro: u8, service: u8) -> Release {
    Release::new(major, minor, micro, service)
}
";

/// Columns of a line.
const WIDTH: usize = 120;

pub(super) fn file(views: &[View]) -> String {
    let mut out = HEAD.to_owned();
    for view in views {
        out.push_str(&format!("\npub(super) const STEP_{}: Index =", view.step));
        wrap(&mut out, &view.index.bake());
        out.push_str(";\n");
    }
    out
}

/// Breaks the expression at blanks; it holds no text with one.
fn wrap(out: &mut String, expression: &str) {
    let mut column = WIDTH;
    for word in expression.split(' ') {
        if column + word.len() >= WIDTH {
            out.push_str("\n    ");
            column = 4;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
}
