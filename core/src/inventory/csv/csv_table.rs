//! A CSV text whose header is known, row by row.

use std::borrow::Cow;

use csv::ByteRecord;

use super::csv_line::{Comments, foreign_line_end, instruction};
use super::csv_rows::{Place, Row, RowQuotes, Rows};
use super::unfinished::Unfinished;
#[cfg(feature = "xml")]
use crate::inventory::markup;
use crate::inventory::table::{Counts, Found, HeaderSearch, Skipped, TableRow, cells_of_products, is_sum, problem_of};
use crate::inventory::{
    BrokenRow, ChosenColumn, ColumnReport, Decoded, Encoding, InventoryError, Keep, Layout, RowProblem, bare_names,
    decode, foreign, limits, terminal,
};

pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How far into a text is looked for what it is, if it is no CSV.
const HEAD: usize = 64 << 10;

/// The text of a file; it is copied only if it is not UTF-8.
pub(crate) fn text(bytes: &[u8]) -> Result<Decoded<'_>, InventoryError> {
    limits::check_file(bytes.len() as u64)?;
    foreign::check_bytes(bytes)?;
    decode(bytes)
}

/// The text of a table of phones. What a terminal showed becomes CSV, each row in its line; `columns` are those that the
/// caller chose.
///
/// # Errors
/// As [`text`]; also if it is no table, but something else that is known.
pub(crate) fn text_of_phones<'b>(bytes: &'b [u8], columns: &[ChosenColumn]) -> Result<TableText<'b>, InventoryError> {
    let decoded = text(bytes)?;
    let mut written = Written::from(&decoded);
    let is_cut = decoded.text.len() > HEAD;
    let head = String::from_utf8_lossy(decoded.text.get(..HEAD).unwrap_or(&decoded.text));
    // Who names columns knows that it is a table.
    if columns.is_empty() {
        foreign::check_text(&head)?;
    }
    #[cfg(feature = "xml")]
    if let Some((csv, markup)) = markup::as_csv(&decoded.text, columns)? {
        let written = Written { layout: Some(Layout::Markup(markup)), ..written };
        return Ok(TableText { text: csv.into_bytes().into(), written });
    }
    let layout = terminal::recognize(&head, is_cut, columns);
    written.is_of_database = layout != Some(Layout::Risdb) && terminal::is_of_database(&head, layout);
    drop(head);
    let Some(layout) = layout else {
        // Who names columns knows that it has some.
        let list = if columns.is_empty() { bare_names::list(&decoded.text)? } else { None };
        return Ok(match list {
            Some((list, bare)) => TableText {
                text: list.into_bytes().into(),
                written: Written { layout: Some(Layout::Bare(bare)), ..written },
            },
            None => TableText { text: decoded.text, written },
        });
    };
    let csv = match std::str::from_utf8(&decoded.text) {
        Ok(text) => terminal::as_csv(text, layout, columns)?,
        Err(_) => terminal::as_csv(&String::from_utf8_lossy(&decoded.text), layout, columns)?,
    };
    Ok(match csv {
        Some(csv) => TableText { text: csv.into_bytes().into(), written: Written { layout: Some(layout), ..written } },
        None => TableText { text: decoded.text, written },
    })
}

/// A text with a header, and how it was written.
pub(crate) struct TableText<'b> {
    pub(crate) text: Cow<'b, [u8]>,
    pub(crate) written: Written,
}

/// How a text was written, before it was UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) encoding: Encoding,
    pub(crate) has_byte_order_mark: bool,
    /// How a table without delimiter was written, before it was CSV.
    pub(crate) layout: Option<Layout>,
    /// The database of Unified CM shows it.
    is_of_database: bool,
}

impl From<&Decoded<'_>> for Written {
    fn from(decoded: &Decoded<'_>) -> Self {
        Self {
            encoding: decoded.encoding,
            has_byte_order_mark: decoded.has_byte_order_mark,
            layout: None,
            is_of_database: false,
        }
    }
}

/// The rows behind the header.
pub(crate) struct Table<B> {
    columns: ColumnReport,
    written: Written,
    rows: Rows<B>,
    comments: Comments,
    skipped: Skipped,
    unfinished: Unfinished,
    /// All rows were read.
    is_over: bool,
    cells: ByteRecord,
    count: u64,
    most: u64,
}

impl<B: AsRef<[u8]> + Clone> Table<B> {
    /// Finds the header of a text in UTF-8.
    pub(crate) fn open(text: B, written: Written, columns: &[ChosenColumn]) -> Result<Self, InventoryError> {
        let mut foreign = None;
        let table = Self::find(text.clone(), written, columns, &mut foreign);
        if let Ok(table) = &table
            && columns.is_empty()
            && let Some(counts) = Counts::of(table.columns())
        {
            Self::find(text.clone(), written, columns, &mut None)?.check_counts(counts)?;
        }
        let has_no_row = match &table {
            Ok(_) if foreign.is_some() => {
                Self::find(text, written, columns, &mut None).is_ok_and(|mut table| table.next().is_none())
            }
            Ok(_) => false,
            Err(error) => !matches!(error, InventoryError::Memory { .. }),
        };
        match foreign.filter(|_| has_no_row) {
            Some(end) => {
                let found = format!("a text whose lines end with {end}");
                Err(InventoryError::OtherThing { found, expected: "lines that end with LF, CR LF or CR" })
            }
            None => table,
        }
    }

    /// The same; `foreign` is what may have been meant to end lines in the header, or in the first record that is no
    /// comment if there is none.
    fn find(
        text: B,
        written: Written,
        chosen: &[ChosenColumn],
        foreign: &mut Option<&'static str>,
    ) -> Result<Self, InventoryError> {
        if let Some(Layout::Bare(_)) = written.layout {
            return Ok(Self::of_list(text, written));
        }
        let mut skipped = Skipped::none("line");
        if instruction(text.as_ref()) == Some(None) {
            skipped.title(1);
        }
        let mut rows = Rows::new(text);
        let begin = rows.place();
        let mut search = HeaderSearch::new(chosen);
        let mut cells = ByteRecord::new();
        // The records above the header: in which line they stand, and what begins them.
        let mut seen: Vec<(u64, bool, Place)> = Vec::new();
        let mut has_record = false;
        let (header, columns) = loop {
            let place = rows.place();
            let row = match rows.next(&mut cells, None) {
                Some(row) if !search.is_over() => row?,
                _ => {
                    let (header, columns) = match search.end()? {
                        Found::Header(record, columns) => (Some(record), columns),
                        Found::MacList(columns) => (None, columns),
                    };
                    let place = header.and_then(|record| seen.get(record)).map_or(begin, |(_, _, place)| *place);
                    rows = rows.again(place);
                    *foreign = None;
                    if header.is_some() {
                        rows.next(&mut cells, None);
                        *foreign = foreign_line_end(cells.as_slice());
                    }
                    break (header, columns);
                }
            };
            let is_comment = cells.get(0).is_some_and(|cell| cell.starts_with(b"#"));
            let before = *foreign;
            *foreign = foreign_line_end(cells.as_slice());
            if let Some(columns) = search.look(row.line, cells.iter().enumerate())? {
                break (Some(seen.len()), columns);
            }
            *foreign = if has_record { before } else { before.or(*foreign) };
            has_record |= !is_comment;
            seen.push((row.line, is_comment, place));
            rows = rows.with_delimiter_of_next();
        };
        let columns = if written.is_of_database { columns.of_database(chosen) } else { columns };
        for (line, is_comment, _) in seen.iter().take(header.unwrap_or(0)) {
            if *is_comment { skipped.comment(*line) } else { skipped.title(*line) }
        }
        if header.is_some() {
            skipped.names(cells.iter());
        }
        skipped.is_mac_list = header.is_none();
        skipped.is_list_of_lines = header.is_none() && !matches!(written.layout, Some(Layout::Bare(_)));
        if columns.is_of_fleet() {
            rows.trust_quotes();
        }
        let comments = Comments::beside(header.is_some().then_some(&columns));
        let (unfinished, is_over, most) = (Unfinished::default(), false, limits::ROWS);
        Ok(Self { columns, written, rows, comments, skipped, unfinished, is_over, cells, count: 0, most })
    }

    /// A text without header, in which every line is a MAC address.
    fn of_list(text: B, written: Written) -> Self {
        let mut skipped = Skipped::none("line");
        // The note of a list of names says so itself.
        skipped.is_list_of_lines = !matches!(written.layout, Some(Layout::Bare(_)));
        skipped.is_mac_list = true;
        Self {
            columns: ColumnReport::of_mac_list(),
            written,
            rows: Rows::new(text),
            comments: Comments::beside(None),
            skipped,
            unfinished: Unfinished::default(),
            is_over: false,
            cells: ByteRecord::new(),
            count: 0,
            most: limits::ROWS,
        }
    }

    /// Refuses a list that counts phones.
    fn check_counts(mut self, mut counts: Counts) -> Result<(), InventoryError> {
        while !counts.is_over()
            && let Some(Ok(row)) = self.next()
        {
            if row.broken.is_none() {
                counts.look(row.cells.get(counts.column()).unwrap_or_default(), row.cells.iter());
            }
        }
        counts.check()
    }

    /// The same, of which these columns are kept, as far as they are there.
    ///
    /// # Errors
    /// If two columns could be the same kept one.
    pub(crate) fn keeping(self, keep: &Keep) -> Result<Self, InventoryError> {
        Ok(Self { columns: self.columns.keeping(keep)?, ..self })
    }

    /// The same, of which only so many rows are read.
    #[cfg(test)]
    pub(crate) fn with_limit(self, most: u64) -> Self {
        Self { most, ..self }
    }

    pub(crate) fn columns(&self) -> &ColumnReport {
        &self.columns
    }

    pub(crate) fn written(&self) -> Written {
        self.written
    }

    pub(crate) fn delimiter(&self) -> u8 {
        self.rows.delimiter()
    }

    /// Whether a line `sep=;` in front says the delimiter.
    pub(crate) fn is_delimiter_said(&self) -> bool {
        self.rows.is_delimiter_said()
    }

    /// Whether there is no header, and every line is a MAC address.
    pub(crate) fn is_mac_list(&self) -> bool {
        self.skipped.is_mac_list
    }

    /// Which lines were no rows, for people.
    pub(crate) fn notes(&self) -> Vec<String> {
        let layout = self.written.layout.map(Layout::note);
        layout.into_iter().chain(self.skipped.notes()).collect()
    }

    /// Why the text is no whole one: it ends in the middle of a row. Nothing before all rows were read.
    pub(crate) fn cut(&self) -> Option<InventoryError> {
        if self.is_over { self.unfinished.cut() } else { None }
    }

    pub(crate) fn next(&mut self) -> Option<Result<TableRow<'_>, InventoryError>> {
        let columns = self.columns.headers().len();
        let row = loop {
            self.rows.skip_comments(self.comments, |line| self.skipped.comment(line));
            let row = match self.rows.next(&mut self.cells, Some(columns)) {
                Some(Ok(row)) => row,
                Some(Err(error)) => return Some(Err(error)),
                None => {
                    self.is_over = true;
                    return None;
                }
            };
            if self.cells.as_slice().iter().all(u8::is_ascii_whitespace) {
                self.skipped.blank(row.line);
            } else if !self.skipped.is_mac_list && self.columns.is_header(&self.cells) {
                self.unfinished.lines_up();
                self.skipped.header(row.line);
            } else {
                break row;
            }
        };
        let line = row.line;
        if let Err(error) = limits::check_rows_of(self.count, line, self.most) {
            return Some(Err(error));
        }
        self.count += 1;
        let expected = self.columns.headers().len();
        let is_sum = is_sum(cells_of_products(&self.cells, &self.columns));
        let found = match self.written.layout.is_some_and(Layout::has_short_rows) {
            true => self.cells.len().max(expected),
            // Who adds up a table writes no more cells than it takes.
            false if is_sum => self.cells.len().max(expected),
            false => self.cells.len(),
        };
        self.unfinished.hear(line, row.quotes, found, columns, || self.rows.ends_the_text());
        let (cells, columns, delimiter) = (&self.cells, &self.columns, self.rows.delimiter());
        let problem = problem(cells, found, expected, &row);
        let problem = problem.or(is_sum.then_some(RowProblem::SumRow));
        let broken = problem.map(|problem| BrokenRow { line, problem });
        let row = TableRow { line, cells, broken, columns, delimiter };
        self.skipped.phone(row.says_last_load());
        Some(Ok(row))
    }
}

fn problem(cells: &ByteRecord, found: usize, expected: usize, row: &Row) -> Option<RowProblem> {
    if let Some(problem) = problem_of(cells) {
        Some(problem)
    } else if row.quotes == RowQuotes::Unclosed {
        Some(RowProblem::UnclosedQuote)
    } else if row.quotes == RowQuotes::Ambiguous {
        Some(RowProblem::RowOrText)
    } else if found != expected {
        Some(RowProblem::ColumnCount { found, expected })
    } else if row.quotes == RowQuotes::HoldLines {
        Some(RowProblem::LinesLikeRows)
    } else if !cells.as_slice().is_ascii() && cells.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
        Some(RowProblem::NotUtf8)
    } else {
        None
    }
}
