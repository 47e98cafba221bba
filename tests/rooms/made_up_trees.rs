//! Each kind of mistake is noticed in a small tree that somebody made up, and a correct tree passes.

use crate::circles::circles;
use crate::declared_modules::Tree;
use crate::file_names::repeated;
use crate::known_circles::{KnownArrow, KnownCircle, compare_with};
use crate::room_order::{complaints, read};

fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::read("made/up", files.iter().copied()).expect("it is Rust")
}

/// The siblings of each circle.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let names = |siblings: std::collections::BTreeSet<String>| siblings.into_iter().collect::<Vec<_>>().join(" ");
    circles(&tree(files)).into_iter().map(|circle| format!("{}: {}", circle.folder, names(circle.siblings))).collect()
}

/// Three rooms that use each other one way, with re-exports, macros and tests.
const CORRECT: [(&str, &str); 7] = [
    ("lib.rs", "mod low; mod middle; mod high; pub use low::Word; pub use middle::*;"),
    ("low/mod.rs", "mod word; mod letter; pub(crate) use word::Word; pub(crate) use letter::Letter;"),
    ("low/word.rs", "use super::Letter; pub struct Word(Letter);"),
    ("low/letter.rs", "pub struct Letter; #[cfg(test)] mod tests { use super::super::Word; use crate::high::Page; }"),
    ("middle.rs", "use crate::Word; pub struct Line(Word);"),
    ("high.rs", "pub struct Page(crate::Line); #[cfg(test)] mod pages; fn f() { write!(x, \"{}\", crate::low::Word) }"),
    ("high/pages.rs", "use crate::high::Page;"),
];

const ORDER: &str = "text\n```rooms\nlow     words\n\nmiddle  lines\n\nhigh\n```\nmore";

/// The correct tree with another text of one file.
fn with(file: &'static str, text: &'static str) -> Vec<(&'static str, &'static str)> {
    CORRECT.map(|(name, old)| if name == file { (name, text) } else { (name, old) }).to_vec()
}

fn against_order(files: &[(&str, &str)], known: &[KnownArrow]) -> Vec<String> {
    complaints(&tree(files), &read(ORDER).expect("the block reads"), known)
}

#[test]
fn a_correct_tree_passes() {
    assert_eq!(found(&CORRECT), Vec::<String>::new());
    assert_eq!(against_order(&CORRECT, &[]), Vec::<String>::new());
}

#[test]
fn a_circle_of_two_files_is_noticed_with_its_lines() {
    let files = with("low/letter.rs", "pub struct Letter;\n\nfn f(_: super::Word) {}");
    let circles = circles(&tree(&files));
    let [circle] = &circles[..] else { panic!("{circles:?}") };
    let arrows =
        ["made/up/low/letter.rs:3 uses made/up/low/word.rs", "made/up/low/word.rs:1 uses made/up/low/letter.rs"];
    assert_eq!(circle.arrows, arrows);
}

#[test]
fn a_circle_is_noticed_however_it_is_written() {
    let ways = [
        "use crate::low::{word::{self}, Letter as L}; pub struct Letter;",
        "use super::*; pub struct Letter; impl Word {}",
        "pub struct Letter; fn f() { g!(a, crate::low::Word::new()) }",
        "pub struct Letter; fn f() { use super::word; word::g(); }",
        "pub struct Letter; mod inner { use super::super::Word; }",
        "pub struct Letter; macro_rules! m { () => { $crate::low::Word } }",
        "pub struct Letter; fn f() -> Option<crate::Word> { None }",
        "use crate::Word as W; pub struct Letter; #[cfg(any(test, unix))] fn f(_: W) {}",
    ];
    for text in ways {
        assert_eq!(found(&with("low/letter.rs", text)), ["made/up/low: letter word"], "{text}");
    }
}

#[test]
fn what_is_no_use_makes_no_circle() {
    let ways = [
        "/// Stands in a [`Word`](super::Word).\npub struct Letter;",
        "pub struct Letter; pub(in crate::low) fn word() {}",
        "use word::Word; pub struct Letter;",
        "use ::low::Word; pub struct Letter;",
        "pub struct Letter; #[cfg(all(test, unix))] fn f(_: super::Word) {}",
        "pub struct Letter; impl Letter { #[cfg(test)] fn f(_: super::Word) {} }",
        "pub struct Letter; fn word() -> &'static str { \"super::Word\" }",
    ];
    for text in ways {
        assert_eq!(found(&with("low/letter.rs", text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_circle_of_rooms_is_noticed_through_three_of_them() {
    let files = with("low/letter.rs", "pub struct Letter; use crate::high::Page;");
    assert_eq!(found(&files), ["made/up: high low middle"]);
}

#[test]
fn an_arrow_against_the_order_is_noticed() {
    let upward =
        "low must not use middle, which does not stand below it:\n    made/up/low/letter.rs:2 uses made/up/middle.rs";
    let files = with("low/letter.rs", "pub struct Letter;\nuse crate::Line;");
    assert_eq!(against_order(&files, &[]), [upward]);

    let of_root =
        with("lib.rs", "mod low; mod middle; mod high; pub use low::Word; pub use middle::*; pub struct Own;");
    let of_root: Vec<_> = of_root
        .into_iter()
        .map(|(file, text)| if file == "middle.rs" { (file, "use crate::Own;") } else { (file, text) })
        .collect();
    let own = "middle must not use lib.rs, which does not stand below it:\n    made/up/middle.rs:1 uses made/up/lib.rs";
    assert!(against_order(&of_root, &[]).contains(&own.to_owned()));
}

#[test]
fn an_arrow_between_rooms_of_one_floor_is_noticed() {
    let order = read("```rooms\nlow\n\nmiddle\nhigh\n```").expect("the block reads");
    let found = complaints(&tree(&CORRECT), &order, &[]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("high must not use middle"), "{found:?}");
}

#[test]
fn the_block_names_every_room_once() {
    let order = read("```rooms\nlow\n\nmiddle\n\nattic\n```").expect("the block reads");
    let expected = [
        "made/up/high has no place in the order of CONTRIBUTING.md",
        "CONTRIBUTING.md orders attic, which made/up does not have",
    ];
    assert_eq!(complaints(&tree(&CORRECT), &order, &[]), expected);
    assert!(read("```rooms\nlow\n\nlow\n```").is_err());
    assert!(read("```rooms\nlow\n").is_err());
    assert!(read("no block").is_err());
}

#[test]
fn lists_of_known_ones_only_shrink() {
    let files = with("low/letter.rs", "pub struct Letter; use super::Word;");
    let circles = circles(&tree(&files));
    let known = |siblings| [KnownCircle { folder: "made/up/low", siblings, reason: "somebody is at it" }];
    assert_eq!(compare_with(&circles, &known(&["letter", "word"])), Vec::<String>::new());
    assert_eq!(compare_with(&circles, &known(&["letter", "sign", "word"])), Vec::<String>::new());
    // One that is not listed, and one that is listed and gone.
    assert_eq!(compare_with(&circles, &[]).len(), 1);
    assert_eq!(compare_with(&circles, &known(&["letter", "sign"])).len(), 2);
    assert_eq!(compare_with(&[], &known(&["letter", "word"])).len(), 1);

    let arrow = || [KnownArrow { from: "low", to: "high", reason: "somebody is at it" }];
    let files = with("low/letter.rs", "pub struct Letter; use crate::high::Page;");
    assert_eq!(against_order(&files, &arrow()), Vec::<String>::new());
    assert_eq!(against_order(&CORRECT, &arrow()).len(), 1);
}

#[test]
fn two_files_of_one_name_are_noticed() {
    let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let fine = files(&["a/src/lib.rs", "a/src/one/mod.rs", "a/src/two/mod.rs", "a/src/one/row.rs"]);
    assert_eq!(repeated("a", &fine), Vec::<String>::new());
    let twice = files(&["a/src/one/row.rs", "a/tests/row.rs", "a/src/one/mod.rs"]);
    assert_eq!(repeated("a", &twice), ["a has row.rs 2 times: a/src/one/row.rs, a/tests/row.rs"]);
}
