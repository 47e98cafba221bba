//! How the cells of a sheet are written: in which element of a row, with which reference, and as what.
//!
//! calamine gives the place and the value of a cell, and no more. It does not tell rows apart that have the same number, a
//! formula without value from an empty cell, or a value that it read in part from a whole one. So the same part is gone
//! through beside it, cell by cell.

use std::io::{BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell_value::{CellParts, Part, Piece};
use super::row_position::{Position, number, reference};
use crate::inventory::limits;
use crate::inventory::xml_reference::resolved;
use crate::text::trim;

/// The cells of a sheet, in the order in which calamine gives them.
pub(super) struct Outline<'z> {
    reader: Reader<Box<dyn BufRead + 'z>>,
    buffer: Vec<u8>,
    place: Place,
    position: Position,
    cell: CellOutline,
    /// Cells that stand before or behind the table.
    outside: u64,
    astray: Astray,
}

/// Texts that stand in a table of cells and in no cell.
#[derive(Debug, Default)]
pub(super) struct Astray {
    /// How many there are.
    pub(super) count: u64,
    /// The beginning of the first.
    pub(super) first: String,
    /// The number of the row that it stands in, if it is in one.
    pub(super) row: Option<u64>,
    /// Whether a table of cells is open, the first or another, and a cell outside of the first.
    is_in_table: bool,
    is_in_cell: bool,
    /// The text goes on: a reference parts it in pieces.
    is_open: bool,
}

impl Astray {
    /// A piece of a text, in this row.
    fn hear(&mut self, text: &str, row: Option<u64>) {
        if !self.is_in_table || self.is_in_cell || !self.is_open && trim(text).is_empty() {
            return;
        }
        if !std::mem::replace(&mut self.is_open, true) {
            self.count += 1;
            self.row = if self.count == 1 { row } else { self.row };
        }
        if self.count == 1 {
            let room = limits::KEPT.saturating_sub(self.first.chars().count());
            self.first.extend(text.chars().take(room));
        }
    }
}

/// Where in a part its reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    /// In the first `sheetData`, which is all that calamine reads.
    Table,
    Behind,
    End,
}

/// How a cell is written.
#[derive(Debug, Default)]
pub(super) struct CellOutline {
    /// The row that it is written in, counted as they are written: the first is 1.
    pub(super) written: u64,
    /// The number of this row, the first being 1.
    pub(super) row: u64,
    /// What the cell says of its place: row and column, the first being 1.
    pub(super) reference: Option<(u64, u64)>,
    /// It says a place that cannot be read.
    has_unreadable_reference: bool,
    pub(super) parts: CellParts,
}

type Found<T> = Result<T, String>;

impl<'z> Outline<'z> {
    /// Of the unpacked part of a sheet.
    pub(super) fn new(part: impl Read + 'z) -> Self {
        let part: Box<dyn BufRead + 'z> = Box::new(BufReader::new(part));
        let mut reader = Reader::from_reader(part);
        // As calamine reads it.
        let config = reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        config.expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            place: Place::Before,
            position: Position::default(),
            cell: CellOutline::default(),
            outside: 0,
            astray: Astray::default(),
        }
    }

    /// The next cell of the table; why it cannot be read, if calamine would read something else.
    pub(super) fn next(&mut self) -> Found<Option<&CellOutline>> {
        loop {
            if matches!(self.place, Place::Behind | Place::End) {
                return Ok(None);
            }
            if self.step()? {
                return Ok(Some(&self.cell));
            }
        }
    }

    /// How many cells stand outside of the table, where nobody reads them, and which texts outside of cells.
    pub(super) fn outside(&mut self) -> (u64, &Astray) {
        while self.place != Place::End {
            if self.step().is_err() {
                self.place = Place::End;
            }
        }
        (self.outside, &self.astray)
    }

    /// Goes on by one tag, or by a cell of the table, which is told.
    fn step(&mut self) -> Found<bool> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| error.to_string())?;
        let row = self.position.row_of_element();
        match event {
            Event::Start(element) => {
                self.astray.is_open = false;
                match (element.local_name().as_ref(), self.place) {
                    ("sheetData", place) => {
                        self.astray.is_in_table = true;
                        self.place = if place == Place::Before { Place::Table } else { place };
                    }
                    ("row", Place::Table) if self.position.is_in_row() => return Err("a row within a row".to_owned()),
                    ("row", _) => self.position.begin_row(number(&element)),
                    ("c", Place::Table) => {
                        self.cell.begin(&element);
                        (self.cell.written, self.cell.row) =
                            self.position.cell(self.cell.reference.map(|(row, _)| row));
                        self.cell()?;
                        return Ok(true);
                    }
                    ("c", _) => {
                        self.astray.is_in_cell = true;
                        self.outside += u64::from(self.position.is_in_row());
                    }
                    _ => {}
                }
            }
            Event::End(element) => {
                self.astray.is_open = false;
                match element.local_name().as_ref() {
                    "sheetData" => {
                        self.astray.is_in_table = false;
                        if self.place == Place::Table {
                            self.place = Place::Behind;
                            self.position.end_row();
                        }
                    }
                    "row" => self.position.end_row(),
                    "c" => self.astray.is_in_cell = false,
                    _ => {}
                }
            }
            Event::Text(text) => self.astray.hear(&text.into_inner(), row),
            Event::CData(text) => self.astray.hear(&text.into_inner(), row),
            Event::GeneralRef(name) => self.astray.hear(&resolved(&name), row),
            Event::Eof => self.place = Place::End,
            _ => {}
        }
        Ok(false)
    }

    /// Reads the cell that has begun to its end.
    fn cell(&mut self) -> Found<()> {
        let parts = &mut self.cell.parts;
        let (mut part, mut is_in_text) = (None, false);
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer).map_err(|error| error.to_string())? {
                Event::Start(element) => {
                    let inner = Part::named(element.local_name().as_ref());
                    match (part, inner) {
                        (None, Some(inner)) => {
                            parts.open(inner);
                            part = Some(inner);
                        }
                        // Rich text has elements of its own.
                        (Some(Part::Inline), None) => is_in_text |= element.local_name().as_ref() == "t",
                        _ => return Err(format!("an element {:?} within a value", element.local_name().as_ref())),
                    }
                }
                Event::End(element) => match (element.local_name().as_ref(), part) {
                    ("c", None) => return Ok(()),
                    (name, Some(open)) if name == open.name() => (part, is_in_text) = (None, false),
                    (name, Some(Part::Inline)) if name != "c" => is_in_text &= name != "t",
                    (name, _) => return Err(format!("the end of {name:?} where no such element is open")),
                },
                Event::Text(text) => parts.text(of(part, is_in_text), Piece::Text, &text.into_inner()),
                Event::CData(text) => parts.text(of(part, is_in_text), Piece::Data, &text.into_inner()),
                Event::GeneralRef(name) => {
                    parts.text(of(part, is_in_text), Piece::Reference, &resolved(&name));
                }
                Event::Eof => return Err("the part ends within a cell".to_owned()),
                _ => {}
            }
        }
    }
}

/// To which part a text belongs: in rich text, only the elements `t` say anything.
fn of(part: Option<Part>, is_in_text: bool) -> Option<Part> {
    part.filter(|part| *part != Part::Inline || is_in_text)
}

impl CellOutline {
    /// Whether its place has numbers that calamine cannot count: it stops there, or goes on with others, as it was built.
    pub(super) fn is_beyond_counting(&self) -> bool {
        let most = u64::from(u32::MAX);
        let (row, column) = self.reference.unwrap_or_default();
        self.has_unreadable_reference || row > most || column > most || self.row > most + 1
    }

    /// What the attributes of a cell say.
    fn begin(&mut self, element: &BytesStart<'_>) {
        (self.reference, self.has_unreadable_reference) = (None, false);
        let mut has_type = false;
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => {
                    self.reference = reference(&attribute.value);
                    self.has_unreadable_reference = self.reference.is_none();
                }
                "t" => {
                    has_type = true;
                    self.parts.begin(Some(&attribute.value));
                }
                _ => {}
            }
        }
        if !has_type {
            self.parts.begin(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Cell = (u64, u64, Option<(u64, u64)>);

    /// The cells of a part, why reading ends, and how many cells stand outside.
    fn cells(part: &str) -> (Vec<Cell>, Option<String>, u64) {
        let mut outline = Outline::new(part.as_bytes());
        let mut cells = Vec::new();
        loop {
            match outline.next() {
                Ok(Some(cell)) => cells.push((cell.written, cell.row, cell.reference)),
                Ok(None) => return (cells, None, outline.outside().0),
                Err(error) => return (cells, Some(error), 0),
            }
        }
    }

    #[test]
    fn cells_know_the_row_that_they_are_written_in() {
        let part =
            "<sheetData><row r='2'><c r='A2'/><c><v>1</v></c></row><row r='2'><c r='b9'/></row><c r='C4'/></sheetData>";
        let expected = [(1, 2, Some((2, 1))), (1, 2, None), (2, 2, Some((9, 2))), (3, 4, Some((4, 3)))];
        assert_eq!(cells(part), (expected.to_vec(), None, 0));
    }

    #[test]
    fn cells_outside_of_the_table_are_counted() {
        let row = "<row><c/><c/></row>";
        let part = format!("<w>{row}<sheetData/><c/><x:row>5</x:row><sheetData>{row}</sheetData>");
        assert_eq!(cells(&part), (vec![], None, 4));
    }

    #[test]
    fn texts_outside_of_cells_are_counted_in_every_table() {
        let texts = |part: &str| {
            let mut outline = Outline::new(part.as_bytes());
            while outline.next().expect("a cell").is_some() {}
            let (_, Astray { count, first, row, .. }) = outline.outside();
            (*count, first.clone(), *row)
        };
        let cell = "<c><v>1</v></c>";
        let told = |count: u64, first: &str, row: Option<u64>| (count, first.to_owned(), row);
        for (part, expected) in [
            (format!("<a>x</a><sheetData>\n<row>{cell}</row> </sheetData><b><row>5</row></b>y"), told(0, "", None)),
            (format!("<sheetData>A&amp;<![CDATA[B]]><row r='7'>{cell}C</row></sheetData>"), told(2, "A&B", None)),
            (format!("<sheetData><row r='7'><x>A</x>{cell}</row>B</sheetData>"), told(2, "A", Some(7))),
            (format!("<sheetData/><sheetData><row r='3'>{cell}A</row></sheetData>"), told(1, "A", Some(3))),
        ] {
            assert_eq!(texts(&part), expected, "{part}");
        }
    }

    #[test]
    fn what_calamine_would_read_otherwise_ends_the_reading() {
        for (rows, error) in [
            ("<row><row>", "a row within a row"),
            ("<row><c><v>1<v></v>", "an element \"v\" within a value"),
            ("<row><c><v>1</c>", "the end of \"c\" where no such element is open"),
            ("<row><c><is><t>1</t></c>", "the end of \"c\" where no such element is open"),
            ("<row><c><v>1</v>", "the part ends within a cell"),
        ] {
            assert_eq!(cells(&format!("<sheetData>{rows}")), (vec![], Some(error.to_owned()), 0), "{rows}");
        }
    }
}
