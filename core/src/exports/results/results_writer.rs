//! Rows of CSV with the answers behind them.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Writer, WriterBuilder};

use super::ResultsOptions;
use super::column_names::names;
use crate::audit::{Identity, Memo, Place, ResultRows};
use crate::destination::Request;
use crate::exports::ExportError;
use crate::fleet::Summary;
use crate::inventory::csv::{BYTE_ORDER_MARK, instruction};
use crate::phone::Phone;
use crate::rulebook::RuleBook;
use crate::text::formula;

/// Bytes that are handed to the output at once.
const BUFFER: usize = 1 << 16;

/// How the text is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) delimiter: u8,
    /// A line `sep=;` in front says the delimiter.
    pub(super) says_delimiter: bool,
    pub(super) has_byte_order_mark: bool,
}

impl Style {
    fn write_beginning(&self, out: &mut impl Write) -> io::Result<()> {
        if self.has_byte_order_mark {
            out.write_all(BYTE_ORDER_MARK)?;
        }
        if self.says_delimiter {
            writeln!(out, "sep={}", char::from(self.delimiter))?;
        }
        Ok(())
    }
}

/// Writes the columns of an inventory with the result columns behind them, and counts the answers.
pub(super) struct ResultsWriter<W: Write> {
    /// Nothing if the answers are only counted.
    out: Option<Writer<W>>,
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
        // A first cell like this would be taken for an instruction, by spreadsheets and by our reader.
        let is_instruction = names.first().is_some_and(|name| instruction(name.as_bytes()).is_some());
        let style = Style { says_delimiter: style.says_delimiter || is_instruction, ..*style };
        style.write_beginning(&mut out)?;
        let mut builder = WriterBuilder::new();
        let out = builder.flexible(true).delimiter(style.delimiter).buffer_capacity(BUFFER).from_writer(out);
        let mut writer = Self { out: Some(out), ..Self::counting(book, requests) };
        writer.is_raw = options.is_raw;
        for name in &names {
            writer.cell(name.as_bytes())?;
        }
        if let Some(out) = &mut writer.out {
            out.write_record(None::<&[u8]>)?;
        }
        Ok(writer)
    }

    /// One that writes nothing and counts the answers.
    pub(super) fn counting(book: &RuleBook, requests: &[Request]) -> Self {
        Self { out: None, rows: ResultRows::new(book, requests), is_raw: false }
    }

    /// One cell of the inventory.
    pub(super) fn cell(&mut self, cell: &[u8]) -> Result<(), ExportError> {
        match &mut self.out {
            Some(out) => Ok(out.write_field(written(cell, self.is_raw))?),
            None => Ok(()),
        }
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
        let Some(out) = &mut self.out else { return Ok(()) };
        // The names of licenses are what a rule book of anybody says.
        self.rows.each_text(|text| out.write_field(written(text.as_bytes(), self.is_raw)))?;
        Ok(out.write_record(None::<&[u8]>)?)
    }

    /// Hands everything to the output; the answers counted, by request.
    pub(super) fn finish(mut self) -> Result<Vec<Summary>, ExportError> {
        if let Some(out) = &mut self.out {
            out.flush()?;
        }
        Ok(self.rows.into_summaries())
    }
}

/// A cell as it is written: bytes that are no UTF-8 as U+FFFD, and what a spreadsheet would run with its mark.
fn written(cell: &[u8], is_raw: bool) -> Cow<'_, [u8]> {
    let cell = match std::str::from_utf8(cell) {
        Ok(_) => Cow::Borrowed(cell),
        Err(_) => Cow::Owned(String::from_utf8_lossy(cell).into_owned().into_bytes()),
    };
    let mark = if is_raw { formula::raw } else { formula::guarded };
    match cell {
        Cow::Borrowed(cell) => mark(cell),
        Cow::Owned(cell) => Cow::Owned(mark(&cell).into_owned()),
    }
}
