//! Rows of CSV with the answers behind them.

use std::io::Write;

use csv::{Writer, WriterBuilder};

use super::ResultsOptions;
use super::columns::names;
use crate::audit::{Identity, Memo, Place, ResultRows};
use crate::destination::Request;
use crate::exports::ExportError;
use crate::fleet::Summary;
use crate::phone::Phone;
use crate::rulebook::RuleBook;
use crate::text::formula;

/// Bytes that are handed to the output at once.
const BUFFER: usize = 1 << 16;

/// How the text is written.
pub(super) struct Style {
    pub(super) delimiter: u8,
    /// What stands in front of the text.
    pub(super) mark: &'static [u8],
}

/// Writes the columns of an inventory with the result columns behind them, and counts the answers.
pub(super) struct ResultsWriter<W: Write> {
    out: Writer<W>,
    rows: ResultRows,
    is_raw: bool,
}

impl<W: Write> ResultsWriter<W> {
    /// A writer that has written the header row.
    pub(super) fn new(
        mut out: W,
        style: &Style,
        columns: &[String],
        book: &RuleBook,
        requests: &[Request],
        options: &ResultsOptions,
    ) -> Result<Self, ExportError> {
        let names = names(columns, requests, &options.prefix)?;
        out.write_all(style.mark)?;
        let mut builder = WriterBuilder::new();
        let out = builder.flexible(true).delimiter(style.delimiter).buffer_capacity(BUFFER).from_writer(out);
        let mut writer = Self { out, rows: ResultRows::new(book, requests), is_raw: options.is_raw };
        for name in &names {
            writer.cell(name.as_bytes())?;
        }
        writer.out.write_record(None::<&[u8]>)?;
        Ok(writer)
    }

    /// One cell of the inventory.
    pub(super) fn cell(&mut self, cell: &[u8]) -> Result<(), ExportError> {
        let cell = if self.is_raw { formula::raw(cell) } else { formula::guarded(cell) };
        Ok(self.out.write_field(cell)?)
    }

    /// The answers about the phone of the row, which ends with them.
    pub(super) fn end_row_of_phone(&mut self, phone: &Phone<'_>) -> Result<(), ExportError> {
        self.rows.decide_phone(phone);
        self.end_row()
    }

    /// The same for the phone whose place in the memory `find` finds or makes.
    pub(super) fn end_row_of(&mut self, find: impl FnOnce(&mut Memo) -> (Place, Identity)) -> Result<(), ExportError> {
        self.rows.decide(find);
        self.end_row()
    }

    fn end_row(&mut self) -> Result<(), ExportError> {
        let out = &mut self.out;
        // What the library writes is no formula.
        self.rows.each_text(|text| out.write_field(text))?;
        Ok(out.write_record(None::<&[u8]>)?)
    }

    /// Hands everything to the output; the answers counted, by request.
    pub(super) fn finish(mut self) -> Result<Vec<Summary>, ExportError> {
        self.out.flush()?;
        Ok(self.rows.into_summaries())
    }
}
