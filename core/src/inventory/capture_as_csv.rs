//! What was read from a capture, written down as CSV, from which on it is read like any other table. Each row stands in
//! the line in which it stood in the capture.

use super::InventoryError;
use super::folded_header::folded;
use super::known_headers::ranked;

/// The columns of a table that is made of a text.
pub(super) const MOST_COLUMNS: usize = 256;

/// The text of a table.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    headers: Vec<String>,
    text: String,
    line: u64,
}

impl Sheet {
    /// Adds the columns of these headers that are not there yet. The places of all of them.
    ///
    /// # Errors
    /// If there are too many; `line` is where the headers stand.
    pub(super) fn columns(&mut self, headers: &[String], line: u64) -> Result<Vec<usize>, InventoryError> {
        let before = self.headers.len();
        let mut taken = vec![false; before];
        let mut places = Vec::with_capacity(headers.len());
        for header in headers {
            let name = folded(header);
            let is_it = |at: &usize| !taken[*at] && folded(&self.headers[*at]) == name;
            let place = (0..before).find(is_it).unwrap_or_else(|| {
                self.headers.push(header.clone());
                self.headers.len() - 1
            });
            if let Some(taken) = taken.get_mut(place) {
                *taken = true;
            }
            places.push(place);
        }
        match self.headers.len() {
            ..=MOST_COLUMNS => Ok(places),
            found => {
                let (found, limit) = (found as u64, MOST_COLUMNS as u64);
                Err(InventoryError::TooMuch { what: "columns", line, found, limit })
            }
        }
    }

    /// Writes the header, before all rows.
    pub(super) fn header(&mut self, line: u64) -> Result<(), InventoryError> {
        let headers = std::mem::take(&mut self.headers);
        self.write(line, headers.iter().map(String::as_str))?;
        self.headers = headers;
        Ok(())
    }

    /// Writes a row: of each cell, `places` says in which column it stands. A row ends with its last cell that is not empty:
    /// short lines below a wide header would be many times as long.
    pub(super) fn row<'c>(
        &mut self,
        line: u64,
        places: &[usize],
        cells: impl Iterator<Item = &'c str>,
    ) -> Result<(), InventoryError> {
        let row = self.lined_up(places, cells);
        let end = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        self.write(line, row.into_iter().take(end))
    }

    /// The same with all cells, where rows may be too short.
    pub(super) fn whole_row<'c>(
        &mut self,
        line: u64,
        places: &[usize],
        cells: impl Iterator<Item = &'c str>,
    ) -> Result<(), InventoryError> {
        let row = self.lined_up(places, cells);
        self.write(line, row.into_iter())
    }

    /// The same of a row that has more cells than `places`: what is too much stands behind the last column of all.
    pub(super) fn long_row<'c>(
        &mut self,
        line: u64,
        places: &[usize],
        cells: impl Iterator<Item = &'c str> + Clone,
    ) -> Result<(), InventoryError> {
        let mut row = self.lined_up(places, cells.clone());
        row.extend(cells.skip(places.len()));
        self.write(line, row.into_iter())
    }

    fn lined_up<'c>(&self, places: &[usize], cells: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
        let mut row = vec![""; self.headers.len()];
        for (place, cell) in places.iter().zip(cells) {
            if let Some(in_row) = row.get_mut(*place) {
                *in_row = cell;
            }
        }
        row
    }

    /// Writes a line that is no row, and is told.
    pub(super) fn comment(&mut self, line: u64, text: &str) -> Result<(), InventoryError> {
        self.write(line, std::iter::empty())?;
        let bytes = text.len().saturating_add(2);
        self.text
            .try_reserve(bytes)
            .map_err(|_| InventoryError::Memory { bytes: self.text.len().saturating_add(bytes) })?;
        self.text.push_str("# ");
        self.text.push_str(text);
        Ok(())
    }

    /// Writes a row as it is, which may have more or fewer cells than the header.
    pub(super) fn write<'c>(
        &mut self,
        line: u64,
        cells: impl Iterator<Item = &'c str> + Clone,
    ) -> Result<(), InventoryError> {
        let ends = usize::try_from(line.saturating_sub(self.line).max(u64::from(self.line > 0))).unwrap_or(usize::MAX);
        // Quotes within a cell are written twice.
        let bytes = cells
            .clone()
            .fold(ends, |bytes, cell| bytes.saturating_add(cell.len().saturating_mul(2)).saturating_add(3));
        let all = self.text.len().saturating_add(bytes);
        self.text.try_reserve(bytes).map_err(|_| InventoryError::Memory { bytes: all })?;
        let ends = if self.line == 0 { ends.saturating_sub(1) } else { ends };
        self.text.extend(std::iter::repeat_n('\n', ends));
        for (at, cell) in cells.enumerate() {
            self.text.push_str(if at == 0 { "" } else { "," });
            if cell.is_empty() {
                continue;
            }
            self.text.push('"');
            // An end of a line would make two rows of one.
            self.text.extend(cell.chars().flat_map(|letter| match letter {
                '"' => ['"', '"'].into_iter().take(2),
                '\n' | '\r' => [' ', ' '].into_iter().take(1),
                letter => [letter, letter].into_iter().take(1),
            }));
            self.text.push('"');
        }
        self.line = line.max(self.line + u64::from(self.line > 0));
        Ok(())
    }

    /// The text, each line with an end.
    pub(super) fn into_text(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

/// Whether a line is the header of a table whose cells have a delimiter, or the one column of a list.
pub(crate) fn is_table_header(line: &str) -> bool {
    let is_known = |cell: &str| ranked(cell).is_some();
    let known = |delimiter: char| line.split(delimiter).filter(|cell| is_known(cell)).count();
    [',', ';', '\t'].into_iter().any(|delimiter| known(delimiter) > 1) || is_known(line)
}

/// Whether a line of several cells names a column: that may be a header, or a row beside one.
pub(crate) fn names_column(line: &str) -> bool {
    let is_known = |cell: &str| ranked(cell).is_some();
    let names = |delimiter: char| line.contains(delimiter) && line.split(delimiter).any(is_known);
    [',', ';', '\t'].into_iter().any(names) || is_known(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_their_lines() {
        let mut sheet = Sheet::default();
        let [first, second] =
            [vec!["Name".to_owned(), "Model".to_owned()], vec!["model".to_owned(), "Load".to_owned()]];
        let (first, second) = (sheet.columns(&first, 1).expect("few"), sheet.columns(&second, 1).expect("few"));
        assert_eq!((&*first, &*second), (&[0, 1][..], &[1, 2][..]));
        sheet.header(3).expect("memory");
        sheet.row(5, &first, ["a\"b", "#c"].into_iter()).expect("memory");
        sheet.row(9, &second, ["d", "e\nf"].into_iter()).expect("memory");
        assert_eq!(sheet.into_text(), "\n\n\"Name\",\"Model\",\"Load\"\n\n\"a\"\"b\",\"#c\"\n\n\n\n,\"d\",\"e f\"\n");
    }

    #[test]
    fn headers_are_told_from_other_lines() {
        for line in ["PID,VID", "\"Model\";\"Serial\"", "MAC", "Name\tModel\tVID"] {
            assert!(is_table_header(line), "{line}");
        }
        for line in ["Phones of Oslo", "a,b,c", "Room, Model", ""] {
            assert!(!is_table_header(line), "{line}");
        }
    }
}
