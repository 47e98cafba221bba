//! Which row of a sheet a cell is in.
//!
//! The number of a row is what its element says; else what its first cell says; else the one behind the row before, whether
//! that one has cells or not. Cells that stand beside the elements of rows are in rows of their own.

use quick_xml::events::BytesStart;

/// Where in a table of cells its reader stands.
#[derive(Debug, Default)]
pub(super) struct Position {
    /// How many rows are written up to here.
    written: u64,
    /// The number of the last of them, the first being 1.
    row: u64,
    place: RowPlace,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum RowPlace {
    /// Behind a row, or before the first.
    #[default]
    Between,
    /// In the element of a row; whether its number is certain, or its first cell may say it.
    Element { has_number: bool },
    /// Behind a cell that stands beside the elements of rows, with what it says of its row.
    Beside { said: Option<u64> },
}

impl Position {
    /// The element of a row begins, which may say a number.
    pub(super) fn begin_row(&mut self, number: Option<u64>) {
        self.next(number);
        self.place = RowPlace::Element { has_number: number.is_some() };
    }

    /// The element of a row ends.
    pub(super) fn end_row(&mut self) {
        self.place = RowPlace::Between;
    }

    /// A cell begins, which may say a row. Which of the written rows it is in, and the number of this row.
    pub(super) fn cell(&mut self, said: Option<u64>) -> (u64, u64) {
        match &mut self.place {
            RowPlace::Element { has_number } => {
                if !std::mem::replace(has_number, true) {
                    self.row = said.unwrap_or(self.row);
                }
            }
            RowPlace::Beside { said: before } if *before == said => {}
            RowPlace::Between | RowPlace::Beside { .. } => {
                self.next(said);
                self.place = RowPlace::Beside { said };
            }
        }
        (self.written, self.row)
    }

    /// Whether the element of a row is open.
    pub(super) fn is_in_row(&self) -> bool {
        matches!(self.place, RowPlace::Element { .. })
    }

    /// The number of the row whose element is open.
    pub(super) fn row_of_element(&self) -> Option<u64> {
        self.is_in_row().then_some(self.row)
    }

    fn next(&mut self, number: Option<u64>) {
        self.written += 1;
        self.row = number.unwrap_or(self.row.saturating_add(1));
    }
}

/// The number that the element of a row says.
pub(super) fn number(element: &BytesStart<'_>) -> Option<u64> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let (row, _) = reference(&attributes.find(|attribute| attribute.key.as_ref() == "r")?.value)?;
    Some(row)
}

/// The row and the column of a reference such as `AB12`; a row alone has column 0.
pub(super) fn reference(text: &str) -> Option<(u64, u64)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic);
    let value = |letter: u8| u64::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column =
        letters.clone().try_fold(0_u64, |column, letter| column.checked_mul(26)?.checked_add(value(letter)))?;
    let row = text.get(letters.count()..)?.parse().ok()?;
    Some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_number_are_counted_whether_they_have_cells_or_not() {
        let mut position = Position::default();
        position.begin_row(Some(1));
        assert_eq!(position.cell(None), (1, 1));
        position.end_row();
        position.begin_row(None);
        position.end_row();
        position.begin_row(None);
        assert_eq!(position.cell(None), (3, 3));
        assert_eq!(position.cell(Some(9)), (3, 3), "only the first cell says the number of a row");
        position.end_row();
        position.begin_row(None);
        assert_eq!(position.cell(Some(9)), (4, 9));
        position.end_row();
        position.begin_row(None);
        assert_eq!(position.cell(None), (5, 10));
    }

    #[test]
    fn cells_beside_rows_are_in_rows_of_their_own() {
        let mut position = Position::default();
        let cells = [Some(4), Some(4), None, None, Some(2)].map(|said| position.cell(said));
        assert_eq!(cells, [(1, 4), (1, 4), (2, 5), (2, 5), (3, 2)]);
        position.begin_row(None);
        assert_eq!(position.cell(None), (4, 3));
        position.end_row();
        assert_eq!(position.cell(None), (5, 4));
    }
}
