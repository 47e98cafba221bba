//! Lines of a table that are no rows: told, so that the lines of a file can be counted again. And how many rows are of
//! phones that are gone.

use crate::inventory::registration;

/// How many lines of a kind are named; the others are counted.
const NAMED: usize = 10;

/// The lines that are no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skipped {
    unit: &'static str,
    titles: Lines,
    comments: Lines,
    headers: Lines,
    blanks: Lines,
    /// The columns whose names hold a NUL, the first being 1.
    renamed: Lines,
    pub(crate) is_mac_list: bool,
    /// Each line or row is one, and no other note tells so.
    pub(crate) is_list_of_lines: bool,
    /// Rows of phones that are gone, with the load that they were last seen with.
    last_seen: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Lines {
    first: Vec<u64>,
    count: u64,
}

impl Skipped {
    /// None yet; people count `line`s of texts and `row`s of sheets.
    pub(crate) fn none(unit: &'static str) -> Self {
        let [titles, comments, headers, blanks, renamed] = Default::default();
        Self {
            unit,
            titles,
            comments,
            headers,
            blanks,
            renamed,
            is_mac_list: false,
            is_list_of_lines: false,
            last_seen: 0,
        }
    }

    /// The record that is the header: a NUL in a name became U+FFFD.
    pub(crate) fn names(&mut self, cells: impl Iterator<Item: AsRef<[u8]>>) {
        let renamed = (1..).zip(cells).filter(|(_, cell)| cell.as_ref().contains(&0));
        renamed.for_each(|(column, _)| self.renamed.push(column));
    }

    /// A line above the header.
    pub(crate) fn title(&mut self, line: u64) {
        self.titles.push(line);
    }

    /// A line behind `#`.
    pub(crate) fn comment(&mut self, line: u64) {
        self.comments.push(line);
    }

    /// The header once more, where files were put together.
    pub(crate) fn header(&mut self, line: u64) {
        self.headers.push(line);
    }

    /// A row of empty cells, as spreadsheets write below the last row.
    pub(crate) fn blank(&mut self, line: u64) {
        self.blanks.push(line);
    }

    /// A row of a phone: `is_last_seen` tells that it is gone, and that the row says its last load.
    #[inline]
    pub(crate) fn phone(&mut self, is_last_seen: bool) {
        self.last_seen += u64::from(is_last_seen);
    }

    /// The same for people.
    pub(crate) fn notes(&self) -> Vec<String> {
        let list = self.is_list_of_lines.then(|| format!("no header: every {} is read as a MAC address", self.unit));
        let kinds = [
            (&self.titles, "above the header"),
            (&self.comments, "a comment"),
            (&self.headers, "the header again"),
            (&self.blanks, "no cell says anything"),
        ];
        let note = |(lines, what): (&Lines, &str)| Some(format!("{}: {what}", lines.named(self.unit)?));
        let renamed = self.renamed.named("column").map(|columns| format!("{columns}: a NUL in the name became U+FFFD"));
        let lines = list.into_iter().chain(renamed).chain(kinds.into_iter().filter_map(note));
        lines.chain(registration::note(self.last_seen)).collect()
    }
}

impl Lines {
    fn push(&mut self, line: u64) {
        if self.first.len() < NAMED {
            self.first.push(line);
        }
        self.count += 1;
    }

    fn named(&self, unit: &str) -> Option<String> {
        let more = self.count - self.first.len() as u64;
        let first: Vec<_> = self.first.iter().map(u64::to_string).collect();
        match (&*first, more) {
            ([], _) => None,
            ([one], 0) => Some(format!("{unit} {one}")),
            (lines, 0) => Some(format!("{unit}s {}", lines.join(", "))),
            (lines, more) => Some(format!("{unit}s {} and {more} more", lines.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_lines_are_counted_and_few_are_named() {
        let mut skipped = Skipped::none("line");
        assert!(skipped.notes().is_empty());
        (2..=13).for_each(|line| skipped.comment(line));
        skipped.header(120);
        let notes = ["lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more: a comment", "line 120: the header again"];
        assert_eq!(skipped.notes(), notes);
    }
}
