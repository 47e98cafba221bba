//! Overlays.

use crossgrade::RuleBook;

use super::{Shape, Work};
use crate::overlays::head;

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "overlay: gates", size: 100, make: |n| overlay(n, 0) },
    Shape { name: "overlay: gates beside 20 rows that relax", size: 100, make: |n| overlay(n, 20) },
];

/// So many gates, and so many that say of themselves that they relax the book.
fn overlay(gates: usize, relaxing: usize) -> Work {
    let gate = |at: usize, more: &str| {
        let (from, to) = (at % 90, at % 90 + 5);
        format!(
            "g{at} = {{ on = \"start\", destination = \"third-party\", models = [\"7811\"], vid = \"V{from:02}-V{to:02}\", \
             minimum = \"1{}.{}({})\"{more} }}\n",
            at % 4,
            at % 9,
            at / 90 + 1,
        )
    };
    let rows: String = (0..gates).map(|at| gate(at, "")).collect();
    let relaxing = (gates..gates + relaxing).map(|at| gate(at, ", relax = true, reason = \"a test\""));
    let text = head("guide", "many") + "[amendments.many-1.gates]\n" + &rows + &relaxing.collect::<String>();
    let bytes = text.len();
    Work { bytes, run: Box::new(move || drop(std::hint::black_box(RuleBook::guide().overlay(&text)))) }
}
