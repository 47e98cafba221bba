//! What a cell says, as text.

use calamine::{DataRef, ExcelDateTime};

use crate::inventory::limits;

/// The text of a cell, and what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellText {
    /// Only the beginning if there is too much.
    pub(super) text: String,
    pub(super) kind: CellKind,
    /// Bytes of the whole text.
    pub(super) size: usize,
}

impl CellText {
    /// A text that crossgrade says of a cell.
    pub(super) fn other(text: String) -> Self {
        let size = text.len();
        Self { text, kind: CellKind::Other, size }
    }
}

/// How much is kept of a text that is too long to be read. Cells share texts: few bytes may say the same text a million
/// times.
const KEPT: usize = 1 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellKind {
    Text,
    Number,
    /// Something that Excel made: a date, an error, a truth value.
    Other,
}

/// The text of a cell that says anything.
pub(super) fn cell_text(value: &DataRef<'_>) -> Option<CellText> {
    let (text, kind) = match value {
        DataRef::Empty => return None,
        DataRef::String(text) => return shortened(text, CellKind::Text),
        DataRef::SharedString(text) => return shortened(text, CellKind::Text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => return shortened(text, CellKind::Other),
        DataRef::Int(number) => (number.to_string(), CellKind::Number),
        DataRef::Float(number) => (number_text(*number), CellKind::Number),
        DataRef::Bool(is_true) => ((if *is_true { "TRUE" } else { "FALSE" }).to_owned(), CellKind::Other),
        DataRef::Error(error) => (error.to_string(), CellKind::Other),
        DataRef::DateTime(date) => (date_text(date), CellKind::Other),
    };
    let size = text.len();
    Some(CellText { text, kind, size })
}

/// A text, or the beginning of one that is too long.
fn shortened(text: &str, kind: CellKind) -> Option<CellText> {
    let (size, kept) = (text.len(), kept(text));
    (!crate::text::trim(kept).is_empty()).then(|| CellText { text: kept.to_owned(), kind, size })
}

fn kept(text: &str) -> &str {
    match text.len() {
        ..=limits::CELL => text,
        _ => text.get(..(0..=KEPT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0)).unwrap_or_default(),
    }
}

/// How many bytes of text are read of a cell, whether they say anything or not.
pub(super) fn read_of(value: &DataRef<'_>) -> usize {
    match value {
        DataRef::SharedString(text) => kept(text).len(),
        DataRef::String(text) => kept(text).len(),
        _ => 0,
    }
}

/// A number as Excel shows it where there is room; from 15 digits on it holds no exact number any more.
fn number_text(number: f64) -> String {
    match number.abs() {
        0.0 => "0".to_owned(),
        1e15.. => format!("{number:E}"),
        _ => number.to_string(),
    }
}

fn date_text(date: &ExcelDateTime) -> String {
    let (days, is_whole) = (date.as_f64(), date.as_f64().fract() == 0.0);
    if date.is_duration() || !(0.0..1e7).contains(&days) {
        return number_text(days);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match days < 1.0 {
        true => time,
        false if is_whole => format!("{year:04}-{month:02}-{day:02}"),
        false => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    #[test]
    fn cells_are_what_excel_shows() {
        let date = |days, kind| DataRef::DateTime(ExcelDateTime::new(days, kind, false));
        for (value, expected) in [
            (DataRef::Float(683.0), "683"),
            (DataRef::Float(-0.0), "0"),
            (DataRef::Float(14.2), "14.2"),
            (DataRef::Float(123_456_789_012.0), "123456789012"),
            (DataRef::Float(1.2e20), "1.2E20"),
            (DataRef::Float(f64::NAN), "NaN"),
            (DataRef::Bool(true), "TRUE"),
            (DataRef::Error(CellErrorType::NA), "#N/A"),
            (date(46_346.0, ExcelDateTimeType::DateTime), "2026-11-20"),
            (date(46_346.25, ExcelDateTimeType::DateTime), "2026-11-20 06:00:00"),
            (date(0.5, ExcelDateTimeType::DateTime), "12:00:00"),
            (date(f64::NAN, ExcelDateTimeType::DateTime), "NaN"),
            (date(-3.0, ExcelDateTimeType::DateTime), "-3"),
            (DataRef::SharedString("SEP00CCFC123456"), "SEP00CCFC123456"),
        ] {
            assert_eq!(cell_text(&value).map(|cell| cell.text).as_deref(), Some(expected), "{value:?}");
        }
        assert_eq!(cell_text(&DataRef::Empty), None);
        assert_eq!(cell_text(&DataRef::SharedString(" \u{a0}")), None);
    }
}
