//! Overlays.

use crossgrade::RuleBook;

use super::{Shape, Work};
use crate::overlays::head;

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "overlay: gates", size: 100, make: |n| overlay(n, 0) },
    Shape { name: "overlay: gates beside 20 rows that relax", size: 100, make: |n| overlay(n, 20) },
    Shape { name: "overlay: gates and advice about every model", size: 100, make: about_all },
    Shape {
        name: "overlay: models that a gate names",
        size: 10_000,
        make: |n| {
            let models = (0..n).map(|at| format!("\"{at:04}\",")).collect::<String>();
            laying(&format!(
                "[amendments.many-1.gates]\ng = {{ on = \"start\", minimum = \"11.3(3)\", models = [{models}] }}\n"
            ))
        },
    },
];

/// So many of each, which hold for different hardware versions.
fn about_all(count: usize) -> Work {
    let rows = |prefix: &str, keys: &str| {
        let scope = "direction = \"enterprise-to-mpp\", models = [\"listed\"]";
        let row = |at: usize| {
            let (from, last) = (at % 1000, if at < 1000 { 999 } else { 998 });
            format!("{prefix}{at} = {{ {keys}, {scope}, vid = \"V{from:03}-V{last}\" }}\n")
        };
        (0..count).map(row).collect::<String>()
    };
    let (gates, advice) = (rows("g", "on = \"target\", minimum = \"11.3(3)\""), rows("a", "says = \"features-lost\""));
    laying(&format!("[amendments.many-1.gates]\n{gates}[amendments.many-1.advice]\n{advice}"))
}

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
    laying(&format!("[amendments.many-1.gates]\n{rows}{}", relaxing.collect::<String>()))
}

/// Lays these rows over the guide, whether they are refused or not.
fn laying(rows: &str) -> Work {
    let text = head("guide", "many") + rows;
    let bytes = text.len();
    Work { bytes, run: Box::new(move || drop(std::hint::black_box(RuleBook::guide().overlay(&text)))) }
}
