//! Tables and lists of phones in markup: a table of an HTML page, which reports and mails hold and many tools save as
//! `.xls`; the XML of Excel 2003 and of LibreOffice (`.fods`); and XML of any tool in which each phone is an element,
//! also that of PowerShell (`Export-Clixml`, `ConvertTo-Xml`).
//!
//! They become CSV, from which on they are read like any other table. Each row stands in the line of its number: lines of
//! such files mean nothing to a person. What one phone says of itself is a page ([`device_page`](super::device_page)).

mod html_tables;
mod markup_cells;
mod xml_records;
mod xml_workbook;

use std::fmt;

use self::markup_cells::{Grid, as_csv as grids_as_csv};
use super::{ChosenColumn, InventoryError, phone_page};
use crate::phone::Mac;
use crate::text::{FieldText, trim};

const EXPECTED: &str = "a table with a header such as Device Name and Model: open the file in a spreadsheet, and save the table as \
     CSV or .xlsx";

/// What a table was before it was CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Markup {
    kind: Kind,
    /// How many tables were read as one.
    read: usize,
    /// How many have no header of phones, or are hidden.
    unread: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Html,
    Workbook,
    Records,
}

/// The same for people.
impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.read) {
            (Kind::Html, 1) => write!(f, "a table of an HTML page; its rows are counted as lines")?,
            (Kind::Html, read) => {
                write!(f, "{read} tables of an HTML page, read as one; their rows are counted as lines")?
            }
            (Kind::Workbook, 1) => write!(f, "a spreadsheet in XML; its rows are counted as lines")?,
            (Kind::Workbook, read) => {
                write!(
                    f,
                    "a spreadsheet in XML, of which {read} sheets are read as one; their rows are counted as lines"
                )?;
            }
            (Kind::Records, _) => write!(f, "elements of XML, each read as a row; the first is line 2")?,
        }
        match self.unread {
            0 => Ok(()),
            1 => write!(f, "; another one has no header of phones or is hidden, and is not read"),
            unread => write!(f, "; {unread} others have no header of phones or are hidden, and are not read"),
        }
    }
}

/// Whether a text in markup is of a table or list of phones, or names several and is refused.
pub(super) fn is_there(text: &str) -> bool {
    match find(text, &[]) {
        Ok(found) => found.is_some(),
        Err(InventoryError::TooMuch { what, .. }) => what == "columns",
        Err(error) => matches!(error, InventoryError::OtherThing { .. } | InventoryError::Broken { .. }),
    }
}

/// The same as CSV; nothing if it is no markup or has no such table.
///
/// # Errors
/// If it names several phones of which it makes no table, ends within the table, or if there is more than is read.
pub(super) fn as_csv(text: &[u8], chosen: &[ChosenColumn]) -> Result<Option<(String, Markup)>, InventoryError> {
    // Most texts are none, and not looked at any further.
    if !text.trim_ascii_start().starts_with(b"<") {
        return Ok(None);
    }
    let text = &String::from_utf8_lossy(text);
    let Some((grids, markup)) = find(text, chosen)? else { return Ok(None) };
    Ok(Some((grids_as_csv(grids, text.len())?, markup)))
}

/// The tables of phones that a text has.
fn find<'t>(text: &'t str, chosen: &[ChosenColumn]) -> Result<Option<(Vec<Grid<'t>>, Markup)>, InventoryError> {
    let text = trim(text.trim_start_matches('\u{feff}'));
    if !text.starts_with('<') {
        return Ok(None);
    }
    if super::html_text::is_html(text) {
        let grids = html_tables::tables(text)?;
        let Some(found) = of_phones(grids, Kind::Html, chosen) else {
            let named = html_tables::names(text);
            return match named {
                2.. if !phone_page::says_a_phone_in_html(text)? => {
                    Err(without_table(format!("an HTML page that names {named} phones")))
                }
                _ => Ok(None),
            };
        };
        if html_tables::is_cut(text) {
            return Err(cut("an HTML page that ends within its table"));
        }
        return Ok(Some(found));
    }
    if xml_workbook::is_there(text) {
        let grids = xml_workbook::sheets(text)?;
        // A spreadsheet is no page of a phone, whatever stands in it.
        return match of_phones(grids, Kind::Workbook, chosen) {
            None => Err(without_table("a spreadsheet in XML".to_owned())),
            found => Ok(found),
        };
    }
    let Some(grid) = xml_records::list(text)? else { return Ok(None) };
    Ok(Some((vec![grid], Markup { kind: Kind::Records, read: 1, unread: 0 })))
}

/// Those of these tables that are of phones, if there are some.
fn of_phones<'t>(mut grids: Vec<Grid<'t>>, kind: Kind, chosen: &[ChosenColumn]) -> Option<(Vec<Grid<'t>>, Markup)> {
    let all = grids.len();
    grids.iter_mut().for_each(|grid| grid.find_header(chosen));
    markup_cells::join_pages(&mut grids);
    grids.retain(|grid| grid.header.is_some());
    let read = grids.len();
    let joined: usize = grids.iter().map(|grid| grid.joined).sum();
    (read > 0).then_some((grids, Markup { kind, read, unread: all - read - joined }))
}

fn without_table(what: String) -> InventoryError {
    InventoryError::OtherThing {
        found: format!("{what} without a table whose header names a phone"),
        expected: EXPECTED,
    }
}

fn without_list(phones: usize) -> InventoryError {
    InventoryError::OtherThing {
        found: format!("XML that names {phones} phones, of which none is an element with a name and a model"),
        expected: "XML in which each phone is an element, such as <phone><name>...</name><model>...</model></phone>, or CSV",
    }
}

fn cut(found: &str) -> InventoryError {
    InventoryError::OtherThing {
        found: found.to_owned(),
        expected: "the whole file: save or export it again, and look whether the last phone is in it",
    }
}

/// Whether a text is the name of a device, such as `SEP00CCFC123456`: other numbers look like a MAC address.
/// The names of devices that stand in a text as words.
fn device_names(text: &str) -> impl Iterator<Item = Mac> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter_map(device_name)
}

fn device_name(text: &str) -> Option<Mac> {
    let is_name = text.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("SEP"));
    if is_name { Mac::read(text.as_bytes()).ok() } else { None }
}
