//! The ids that rows of a text declare and mention.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::toml_row::{Located, Row, Source};
use crate::firmware::LoadName;
use crate::rulebook::tables::Rows;
use crate::text::Shown;

/// Where something stands, and what it says.
struct Mention {
    span: Range<usize>,
    place: String,
    id: String,
}

/// The ids that rows of the text declare and mention, broken rows included.
#[derive(Default)]
pub(super) struct References {
    declared: RefCell<Vec<(&'static str, Mention)>>,
    sources: RefCell<Vec<Mention>>,
    disagreements: RefCell<Vec<Mention>>,
    loads: RefCell<Vec<Mention>>,
}

impl References {
    pub(super) fn declare(&self, section: &'static str, id: &str, row: &Row<'_, '_>) {
        let is_id = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
        // What is explained by a name has to be one thing: a finding code, a model or a row.
        let is_code = id.len() == 5 && id.starts_with("CG") && id.as_bytes()[2..].iter().all(u8::is_ascii_digit);
        if is_code || !matches!(section, "models" | "loads") && id.starts_with(|first: char| first.is_ascii_digit()) {
            let message = format!("found the id {id:?}, which names a finding or a model; expected another id");
            row.problem("", row.span.clone(), message);
        }
        // The names of loads are checked where they are read.
        if section != "loads" && (id.is_empty() || !id.chars().all(is_id)) {
            let message = format!("found the id {id:?}; expected letters, digits, hyphens, underscores and dots");
            row.problem("", row.span.clone(), message);
        }
        let mention = Mention { span: row.span.clone(), place: row.place_of(""), id: id.to_owned() };
        self.declared.borrow_mut().push((section, mention));
    }

    pub(super) fn sources(&self, row: &Row<'_, '_>, key: &str, texts: &[Located<&str>]) {
        self.sources.borrow_mut().extend(mentions(row, key, texts));
    }

    pub(super) fn disagreements(&self, row: &Row<'_, '_>, texts: &[Located<&str>]) {
        self.disagreements.borrow_mut().extend(mentions(row, "disagreements", texts));
    }

    pub(super) fn load(&self, row: &Row<'_, '_>, load: &Located<LoadName>) {
        let (span, place, id) = (load.span.clone(), row.place_of("load"), load.value.to_string());
        self.loads.borrow_mut().push(Mention { span, place, id });
    }

    /// Every mention must be a row, and no id may stand in two sections.
    pub(super) fn check(&self, source: &Source<'_>, rows: &Rows) {
        let declared = self.declared.borrow();
        let mut known: BTreeSet<(&str, &str)> = declared.iter().map(|(section, row)| (*section, &*row.id)).collect();
        let of_the_book = rows.in_force(0).map(|row| (row.section(), &*row.origin().id));
        let mut sections: BTreeMap<&str, &str> =
            of_the_book.clone().filter(|row| !known.contains(row)).map(|(section, id)| (id, section)).collect();
        known.extend(of_the_book);
        for (section, Mention { span, place, id }) in declared.iter() {
            if let Some(other) = sections.insert(id, section).filter(|other| other != section) {
                let message = format!("a second row of this id; the other is in section {other}");
                source.problem(span.clone(), place.clone(), message);
            }
        }
        for (mentions, section, thing) in [
            (&self.sources, "sources", "source"),
            (&self.disagreements, "disagreements", "disagreement"),
            (&self.loads, "loads", "load"),
        ] {
            let is_known = |mention: &&Mention| known.contains(&(section, &*mention.id));
            for Mention { span, place, id } in mentions.borrow().iter().filter(|mention| !is_known(mention)) {
                let message = format!("unknown {thing} {}; expected a row of section {section}", Shown::quoted(id));
                source.problem(span.clone(), place.clone(), message);
            }
        }
    }
}

fn mentions(row: &Row<'_, '_>, key: &str, texts: &[Located<&str>]) -> Vec<Mention> {
    let mention =
        |text: &Located<&str>| Mention { span: text.span.clone(), place: row.place_of(key), id: text.value.to_owned() };
    texts.iter().map(mention).collect()
}
