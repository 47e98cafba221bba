//! Bakes the authored TOML into checked-in Rust, and fails when the two differ: `cargo rules` rewrites it.
//!
//! The rows go to `baked.rs`, one a line, for whoever reads what a change does; what is derived from them to
//! `baked_index.rs`.

mod bake_elsewhere;
mod derived;
mod expression;
mod rows;

use super::read::{self, RuleBookError};
use super::rows::*;
use super::tables::{Index, Rows, Tables, View};
use crate::checked_in::{compare, source};

/// The rows of all steps in one, each version with the steps at which it is in force.
fn merge(states: &[Rows]) -> Rows {
    fn versions<T: SectionRow>(states: &[Rows], rows: fn(&Rows) -> &[T]) -> List<T> {
        let mut merged: Vec<T> = Vec::new();
        for (step, state) in states.iter().enumerate() {
            let step = u8::try_from(step).expect("fewer than 255 dates");
            let is_open = |row: &T| row.origin().life.until == u8::MAX;
            for old in merged.iter_mut().filter(|row| is_open(row)) {
                let life = old.origin().life;
                let mut as_read = old.clone();
                as_read.origin_mut().life = Life::ALWAYS;
                if !rows(state).contains(&as_read) {
                    old.origin_mut().life = Life { until: step, ..life };
                }
            }
            for row in rows(state) {
                if !merged.iter().any(|old| is_open(old) && old.origin().id == row.origin().id) {
                    let mut row = row.clone();
                    row.origin_mut().life = Life { from: step, until: u8::MAX };
                    merged.push(row);
                }
            }
        }
        merged.into()
    }
    macro_rules! all {
        ($($name:ident: $row:ident, $about:literal,)+) => {
            Rows { $( $name: versions(states, |rows| &rows.$name), )+ }
        };
    }
    with_sections!(all)
}

/// What is wrong with a file, each problem on a line as compilers tell it.
fn refuse(file: &str, error: &RuleBookError) -> ! {
    let problems = error.problems().iter();
    let lines: Vec<String> = problems
        .map(|problem| format!("{file}:{}:{}: {}: {}", problem.line, problem.column, problem.place, problem.message))
        .collect();
    panic!("{} problems:\n{}\n", lines.len(), lines.join("\n"));
}

/// `guide` and `field` after each of its dates, from the data.
fn embedded() -> (Rows, Vec<View>) {
    let guide = include_str!("../../../data/guide.toml");
    let (guide, view) = read::book(guide).unwrap_or_else(|error| refuse("core/data/guide.toml", &error));
    let field = include_str!("../../../data/field.toml");
    let timeline = read::timeline(Tables { rows: &guide, view: &view }, field);
    let (dated, revision) = timeline.unwrap_or_else(|error| refuse("core/data/field.toml", &error));
    let first = dated.iter().find_map(|(date, _)| *date).expect("a dated amendment");
    let last = dated.iter().filter_map(|(date, _)| *date).max();

    let mut states = vec![guide];
    let mut views = vec![view];
    for (date, rows) in dated {
        let edition = match date {
            None => format!("field before {first}"),
            Some(_) if date == last => "field".to_owned(),
            Some(date) => format!("field as of {date}"),
        };
        views.push(View {
            edition: edition.into(),
            root: "field".into(),
            revision: revision.clone(),
            digest: "".into(),
            as_of: date,
            step: u8::try_from(states.len()).expect("fewer than 255 dates"),
            index: Index::default(),
        });
        states.push(rows);
    }
    let rows = merge(&states);
    for view in &mut views {
        view.digest = super::digest::of(&rows, view.step).into();
        view.index = super::index::index(&rows, view.step);
    }
    (rows, views)
}

#[test]
fn baked_books_are_what_the_data_says() {
    let (rows, views) = embedded();
    compare(&source("src/rulebook/baked.rs"), &rows::file(&rows, &views));
    compare(&source("src/rulebook/baked_index.rs"), &derived::file(&views));
    #[cfg(not(crossgrade_unbaked))]
    if std::env::var_os("UPDATE").is_none() {
        for (view, book) in views.iter().zip(&super::baked::BOOKS) {
            assert_eq!(view, book.tables().view, "the baked {} is not the book that was read", view.edition);
            assert_eq!(&rows, book.tables().rows);
        }
    }
}
