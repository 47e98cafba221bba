//! What a row says in the columns that the caller keeps.

use std::sync::Arc;

use crate::text::{LONGEST_CELL, Shown, beginning, listed, trim};

/// The texts of a row, each with the name of its column. A row of which nothing is kept is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Kept(Vec<(Arc<str>, Box<str>)>);

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
        self.0.push((Arc::clone(column), text));
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = (&Arc<str>, &str)> {
        self.0.iter().map(|(column, text)| (column, &**text))
    }

    /// The text of this column.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        self.texts().find(|(of, _)| is_same(of, column)).map(|(_, text)| text)
    }

    /// Of each of these columns what the first row says that says anything, and where others say something else. What blanks are
    /// around a text makes no difference.
    pub(crate) fn best<'c, 'r, P: Copy>(
        columns: impl IntoIterator<Item = &'c Arc<str>>,
        rows: impl Iterator<Item = (&'r Self, P)> + Clone,
        place: impl Fn(P) -> String,
    ) -> (Self, Option<String>) {
        let (mut best, mut told) = (Self::default(), Vec::new());
        for column in columns {
            let Some(text) = rows.clone().find_map(|(row, _)| row.text(column)) else { continue };
            best.say(column, text);
            let mut sides: Vec<(&str, P)> = Vec::new();
            let mut more = 0;
            for (text, at) in rows.clone().filter_map(|(row, at)| Some((row.text(column)?, at))) {
                match sides.iter().any(|(side, _)| trim(side) == trim(text)) {
                    true => {}
                    false if sides.len() == MOST_SIDES => more += 1,
                    false => sides.push((text, at)),
                }
            }
            if sides.len() > 1 {
                let side = |(text, at): &(&str, P)| format!("{} ({})", Shown::quoted(text), place(*at));
                let sides = listed(&sides, " or ", more, side);
                told.push(format!("{}: {sides}: the first is kept", Shown::new(column)));
            }
        }
        (best, (!told.is_empty()).then(|| listed(told, "; ", 0, |told| told)))
    }
}

/// Whether two names are one column: most programs that read tables take no two whose names differ in case alone.
pub(crate) fn is_same(name: &str, other: &str) -> bool {
    name == other || name.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> [Arc<str>; 2] {
        ["Room", "Site"].map(Arc::from)
    }

    fn kept(texts: &[(&str, &str)]) -> Kept {
        let mut kept = Kept::default();
        texts.iter().for_each(|(column, text)| kept.say(&Arc::from(*column), text));
        kept
    }

    #[test]
    fn the_first_row_that_says_something_counts() {
        let rows = [kept(&[("Room", " ")]), kept(&[("Room", "1.23 ")]), kept(&[("room", "1.23"), ("Site", "Oslo")])];
        let (best, told) = Kept::best(&columns(), rows.iter().zip(1..), |row| format!("row {row}"));
        assert_eq!((best.text("ROOM"), best.text("Site"), told), (Some("1.23 "), Some("Oslo"), None));
    }

    #[test]
    fn what_others_say_is_told() {
        let rows = [kept(&[("Room", "1.23")]), kept(&[("Room", "4.56")]), kept(&[("Room", "4.56")])];
        let (best, told) = Kept::best(&columns(), rows.iter().zip(1..), |row| format!("row {row}"));
        assert_eq!(best.text("Room"), Some("1.23"));
        assert_eq!(told.as_deref(), Some("Room: \"1.23\" (row 1) or \"4.56\" (row 2): the first is kept"));
        let many: Vec<_> = (0..100).map(|room| kept(&[("Room", &room.to_string())])).collect();
        let (_, told) = Kept::best(&columns(), many.iter().zip(1..), |row| format!("row {row}"));
        assert!(told.is_some_and(|told| told.ends_with(" and 80 more: the first is kept")));
    }
}
