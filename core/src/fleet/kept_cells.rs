//! What a row says in the columns that the caller keeps.

use std::collections::HashMap;
use std::sync::Arc;

use super::source::RowOrigin;
use crate::text::{LONGEST_CELL, Shown, beginning, listed, trim};

/// The texts of a row, each with the name of its column; empty if the caller keeps no column of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Kept {
    texts: Vec<(Arc<str>, Box<str>)>,
    /// Where each text was said. Empty where the row itself says them all.
    origins: Vec<RowOrigin>,
}

/// Of one column of one phone, so many different texts are told.
const MOST_SIDES: usize = 20;

impl Kept {
    /// Keeps the text of this column. Blank text says nothing; of one that is longer than a cell may be, the beginning is kept,
    /// so that a file of the fleet can be read again.
    pub(crate) fn say(&mut self, column: &Arc<str>, text: &str) {
        if trim(text).is_empty() {
            return;
        }
        let text = if text.len() > LONGEST_CELL { beginning(text).into() } else { text.into() };
        self.texts.push((Arc::clone(column), text));
    }

    /// Keeps the text of another column of this name behind what the column before says, unless it is the same.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn say_more(&mut self, column: &Arc<str>, text: &str) {
        match self.texts.last_mut().filter(|(before, _)| Arc::ptr_eq(before, column)) {
            Some((_, before)) if !trim(text).is_empty() && **before != *text => {
                let both = format!("{before}; {text}");
                *before = if both.len() > LONGEST_CELL { beginning(&both).into() } else { both.into() };
            }
            Some(_) => {}
            None => self.say(column, text),
        }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.texts.is_empty()
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = (&Arc<str>, &str)> {
        self.texts.iter().map(|(column, text)| (column, &**text))
    }

    /// The texts, each with the place where it was said; `row` is where the row stood.
    pub(crate) fn texts_said(&self, row: RowOrigin) -> impl Iterator<Item = (&Arc<str>, &str, RowOrigin)> {
        let origin = move |index: usize| self.origins.get(index).copied().unwrap_or(row);
        self.texts().enumerate().map(move |(index, (column, text))| (column, text, origin(index)))
    }

    /// The text of this column.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let exact = self.texts().find(|(of, _)| ***of == *column);
        exact
            .or_else(|| {
                let column = column.to_lowercase();
                self.texts().find(|(of, _)| of.to_lowercase() == column)
            })
            .map(|(_, text)| text)
    }

    pub(super) fn move_origins(&mut self, moved: impl Fn(RowOrigin) -> RowOrigin) {
        self.origins.iter_mut().for_each(|origin| *origin = moved(*origin));
    }
}

/// What the rows of one phone say in each kept column, heard from the best row to the last.
pub(crate) struct KeptOfRows<'c, 'r> {
    columns: &'c KeptColumns,
    said: Vec<SaidOfColumn<'r>>,
}

#[derive(Clone, Default)]
struct SaidOfColumn<'r> {
    sides: Vec<(&'r str, RowOrigin)>,
    more: usize,
}

impl<'c, 'r> KeptOfRows<'c, 'r> {
    pub(crate) fn new(columns: &'c KeptColumns) -> Self {
        Self { columns, said: vec![SaidOfColumn::default(); columns.names().len()] }
    }

    /// Hears a text of this column. What blanks are around it makes no difference.
    pub(crate) fn hear(&mut self, column: &str, text: &'r str, origin: RowOrigin) {
        let index = self.columns.index(column);
        let Some(said) = index.and_then(|index| self.said.get_mut(index)) else { return };
        match said.sides.iter().any(|(side, _)| trim(side) == trim(text)) {
            true => {}
            false if said.sides.len() == MOST_SIDES => said.more += 1,
            false => said.sides.push((text, origin)),
        }
    }

    /// Of each column what was heard first, and where others say something else.
    pub(crate) fn best(self, place: impl Fn(RowOrigin) -> String) -> (Kept, Option<String>) {
        let (mut best, mut told) = (Kept::default(), Vec::new());
        for (column, SaidOfColumn { sides, more }) in self.columns.names().iter().zip(self.said) {
            let Some((text, origin)) = sides.first() else { continue };
            best.say(column, text);
            best.origins.push(*origin);
            if sides.len() > 1 {
                let side = |(text, at): &(&str, RowOrigin)| format!("{} ({})", Shown::quoted(text), place(*at));
                let sides = listed(&sides, " or ", more, side);
                told.push(format!("{}: {sides}: the first is kept", Shown::new(column)));
            }
        }
        (best, (!told.is_empty()).then(|| listed(told, "; ", 0, |told| told)))
    }
}

/// The names of kept columns, each found at once, however many there are.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeptColumns {
    names: Vec<Arc<str>>,
    /// The index of each spelling that was seen, and of each name in lowercase.
    indices: HashMap<Box<str>, usize>,
}

/// The same names are the same columns, whichever spellings were seen.
impl PartialEq for KeptColumns {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl Eq for KeptColumns {}

impl KeptColumns {
    #[cfg_attr(
        not(any(feature = "csv", feature = "arrow", feature = "xml")),
        allow(dead_code, reason = "only readers of tables and of RisPort make them at once")
    )]
    pub(crate) fn of<'n>(names: impl IntoIterator<Item = &'n Arc<str>>) -> Self {
        let mut columns = Self::default();
        names.into_iter().for_each(|name| columns.push(name));
        columns
    }

    /// One more, unless there is one of this name, whatever the case.
    pub(crate) fn push(&mut self, name: &Arc<str>) {
        if self.indices.contains_key(&**name) {
            return;
        }
        let index = *self.indices.entry(name.to_lowercase().into()).or_insert(self.names.len());
        if index == self.names.len() {
            self.names.push(Arc::clone(name));
        }
        self.indices.insert((&**name).into(), index);
    }

    pub(crate) fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// Which of them has this name.
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.indices.get(name).or_else(|| self.indices.get(&*name.to_lowercase())).copied()
    }
}

/// Whether two names are one column: most programs that read tables take no two whose names differ in case alone.
pub(crate) fn is_same(name: &str, other: &str) -> bool {
    name == other || name.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> KeptColumns {
        KeptColumns::of(&["Room", "Site"].map(Arc::from))
    }

    fn kept(texts: &[(&str, &str)]) -> Kept {
        let mut kept = Kept::default();
        texts.iter().for_each(|(column, text)| kept.say(&Arc::from(*column), text));
        kept
    }

    fn best(rows: &[Kept]) -> (Kept, Option<String>) {
        let columns = columns();
        let mut said = KeptOfRows::new(&columns);
        for (kept, row) in rows.iter().zip(1..) {
            kept.texts_said(RowOrigin::new(0, row)).for_each(|(column, text, origin)| said.hear(column, text, origin));
        }
        said.best(|origin| format!("row {}", origin.row()))
    }

    #[test]
    fn the_first_row_that_says_something_counts() {
        let rows = [kept(&[("Room", " ")]), kept(&[("Room", "1.23 ")]), kept(&[("room", "1.23"), ("Site", "Oslo")])];
        let (best, told) = best(&rows);
        assert_eq!((best.text("ROOM"), best.text("Site"), told), (Some("1.23 "), Some("Oslo"), None));
        let origins: Vec<_> = best.texts_said(RowOrigin::new(0, 9)).map(|(.., origin)| origin.row()).collect();
        assert_eq!(origins, [2, 3]);
    }

    #[test]
    fn what_others_say_is_told() {
        let (first, told) = best(&[kept(&[("Room", "1.23")]), kept(&[("Room", "4.56")]), kept(&[("Room", "4.56")])]);
        assert_eq!(first.text("Room"), Some("1.23"));
        assert_eq!(told.as_deref(), Some("Room: \"1.23\" (row 1) or \"4.56\" (row 2): the first is kept"));
        let many: Vec<_> = (0..100).map(|room| kept(&[("Room", &room.to_string())])).collect();
        let (_, told) = best(&many);
        assert!(told.is_some_and(|told| told.ends_with(" and 80 more: the first is kept")));
    }

    #[test]
    fn columns_are_found_by_any_spelling() {
        let columns = KeptColumns::of(&["Room", "Site", "ROOM", "Z\u{fc}rich"].map(Arc::from));
        assert_eq!(columns.names().len(), 3);
        assert_eq!(
            ["room", "ROOM", "site", "z\u{dc}rich", "Floor"].map(|name| columns.index(name)),
            [Some(0), Some(0), Some(1), Some(2), None]
        );
    }
}
