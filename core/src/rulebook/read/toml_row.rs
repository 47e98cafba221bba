use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{LONGEST_ID, LONGEST_LIST, MOST_CITED, Problem};
use crate::rulebook::date::Date;
use crate::rulebook::rows::{Text, VidRange};
use crate::text::{FieldText, ParseError, Shown};

/// The text being read, and what is wrong with it so far.
pub(super) struct Source<'t> {
    text: &'t str,
    /// Where each line begins.
    lines: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
}

/// A file with more problems is no rule book with mistakes, but something else.
const MOST_PROBLEMS: usize = 1000;

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        Self { text, lines, problems: RefCell::default() }
    }

    pub(super) fn problem(&self, span: Range<usize>, place: impl Into<String>, message: impl Into<String>) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() > MOST_PROBLEMS {
            return;
        }
        let line = self.lines.partition_point(|begin| *begin <= span.start).max(1);
        let before = self.text.get(self.lines[line - 1]..span.start).unwrap_or_default();
        let column = before.chars().count() + 1;
        let count = problems.len();
        problems.push(match count {
            MOST_PROBLEMS => Problem {
                line,
                column,
                place: "file".to_owned(),
                message: format!("more than {MOST_PROBLEMS} problems; the rest is not told"),
            },
            _ => {
                let (place, message) = (place.into(), message.into());
                let (place, message) = (Shown::new(&place).to_string(), Shown::escaped(&message).to_string());
                Problem { line, column, place, message }
            }
        });
    }

    pub(super) fn is_clean(&self) -> bool {
        self.problems.borrow().is_empty()
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }
}

/// A value and where it stands.
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// A table of the file: a row, or the whole book. Keys that nobody asks for are problems.
pub(super) struct Row<'s, 't> {
    source: &'s Source<'t>,
    table: &'s DeTable<'t>,
    /// `gates.start-third-party`, or nothing for the whole book.
    place: String,
    pub(super) span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
    is_whole: Cell<bool>,
}

impl<'s, 't> Row<'s, 't> {
    pub(super) fn new(source: &'s Source<'t>, table: &'s DeTable<'t>, place: String, span: Range<usize>) -> Self {
        Self { source, table, place, span, asked: RefCell::default(), is_whole: Cell::new(true) }
    }

    /// Whether everything asked for so far was there and right.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole.get()
    }

    /// `gates.start-third-party.minimum`; without a key the row itself.
    pub(super) fn place_of(&self, key: &str) -> String {
        match (self.place.as_str(), key) {
            ("", key) => key.to_owned(),
            (place, "") => place.to_owned(),
            (place, key) => format!("{place}.{key}"),
        }
    }

    pub(super) fn problem(&self, key: &str, span: Range<usize>, message: impl Into<String>) {
        self.is_whole.set(false);
        self.source.problem(span, self.place_of(key), message);
    }

    fn get(&self, key: &'static str) -> Option<&'s Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn missing<T>(&self, key: &'static str, expected: &str) -> Option<T> {
        self.problem(key, self.span.clone(), format!("missing; expected {expected}"));
        None
    }

    /// A text that may be left out.
    pub(super) fn text_if_any(&self, key: &'static str) -> Option<Located<&'s str>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() && !text.contains(char::is_control) => {
                Some(Located { value: &**text, span: value.span() })
            }
            other => {
                self.problem(key, value.span(), format!("found {}; expected a text of one line", describe(other)));
                None
            }
        }
    }

    pub(super) fn located_text(&self, key: &'static str) -> Option<Located<&'s str>> {
        if !self.table.contains_key(key) {
            self.asked.borrow_mut().push(key);
            return self.missing(key, "a text");
        }
        self.text_if_any(key)
    }

    pub(super) fn text(&self, key: &'static str) -> Option<Text> {
        self.located_text(key).map(|text| Cow::Owned(text.value.to_owned()))
    }

    /// A text, or that of the row before the change.
    pub(super) fn text_or(&self, key: &'static str, before: Option<&Text>) -> Option<Text> {
        match before {
            Some(before) if !self.has(key) => {
                self.asked.borrow_mut().push(key);
                Some(before.clone())
            }
            _ => self.text(key),
        }
    }

    /// A value, or that of the row before the change.
    pub(super) fn read_or<T: FieldText>(&self, key: &'static str, before: Option<T>) -> Option<Located<T>> {
        match before {
            Some(value) if !self.has(key) => {
                self.asked.borrow_mut().push(key);
                Some(Located { value, span: self.span.clone() })
            }
            _ => self.read(key),
        }
    }

    /// A condition: a value, `any` for none, or that of the row before the change.
    pub(super) fn condition<T: FieldText>(&self, key: &'static str, before: Option<T>) -> Option<T> {
        let Some(text) = self.text_if_any(key) else { return before.filter(|_| !self.has(key)) };
        match ParseError::reading(text.value) {
            _ if text.value == "any" => None,
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(key, text.span, error.to_string());
                None
            }
        }
    }

    /// A value of the vocabulary that may be left out.
    pub(super) fn read_if_any<T: FieldText>(&self, key: &'static str) -> Option<Located<T>> {
        let text = self.text_if_any(key)?;
        match ParseError::reading(text.value) {
            Ok(value) => Some(Located { value, span: text.span }),
            Err(error) => {
                self.problem(key, text.span, error.to_string());
                None
            }
        }
    }

    pub(super) fn read<T: FieldText>(&self, key: &'static str) -> Option<Located<T>> {
        if !self.table.contains_key(key) {
            self.asked.borrow_mut().push(key);
            return self.missing(key, T::EXPECTED);
        }
        self.read_if_any(key)
    }

    /// A list of texts that may be left out.
    pub(super) fn texts_if_any(&self, key: &'static str) -> Vec<Located<&'s str>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.problem(key, value.span(), format!("found {}; expected a list of texts", describe(value.get_ref())));
            return Vec::new();
        };
        let most = if matches!(key, "sources" | "disagreements") { MOST_CITED } else { LONGEST_LIST };
        if items.len() > most {
            self.problem(key, value.span(), format!("found {} items; expected at most {most}", items.len()));
            return Vec::new();
        }
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(Located { value: &**text, span: item.span() }),
                other => self.problem(key, item.span(), format!("found {}; expected a text", describe(other))),
            }
        }
        texts
    }

    pub(super) fn texts(&self, key: &'static str) -> Vec<Located<&'s str>> {
        let texts = self.texts_if_any(key);
        // A value of another type was reported already.
        let is_empty = match self.table.get(key).map(Spanned::get_ref) {
            None => true,
            Some(DeValue::Array(items)) => items.is_empty(),
            Some(_) => false,
        };
        if is_empty {
            self.missing::<()>(key, "a list of at least one text");
        }
        texts
    }

    /// Whether the key is there, right or wrong.
    pub(super) fn has(&self, key: &'static str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether the key takes a condition away.
    pub(super) fn is_any(&self, key: &'static str) -> bool {
        matches!(self.table.get(key).map(Spanned::get_ref), Some(DeValue::String(text)) if text == "any")
    }

    pub(super) fn flag(&self, key: &'static str, before: bool) -> bool {
        match self.get(key).map(|value| (value.get_ref(), value.span())) {
            None => before,
            Some((DeValue::Boolean(flag), _)) => *flag,
            Some((other, span)) => {
                self.problem(key, span, format!("found {}; expected true or false", describe(other)));
                false
            }
        }
    }

    /// A date that may be left out.
    pub(super) fn date_if_any(&self, key: &'static str) -> Option<Date> {
        const EXPECTED: &str = "expected a date such as 2026-11-21, without quotes";
        let value = self.get(key)?;
        let found = match value.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() => {
                let parts = date.date.map(|date| (i16::try_from(date.year), date.month, date.day));
                match parts {
                    Some((Ok(year), month, day)) => Date::new(year, month.cast_signed(), day.cast_signed()),
                    _ => None,
                }
            }
            _ => None,
        };
        if found.is_none() {
            self.problem(key, value.span(), format!("found {}; {EXPECTED}", describe(value.get_ref())));
        }
        found
    }

    pub(super) fn date_or(&self, key: &'static str, before: Option<&Text>) -> Option<Text> {
        match before {
            _ if self.has(key) => self.date_if_any(key).map(|date| Cow::Owned(date.to_string())),
            Some(before) => {
                self.asked.borrow_mut().push(key);
                Some(before.clone())
            }
            None => {
                self.asked.borrow_mut().push(key);
                self.missing(key, "a date such as 2026-11-21")
            }
        }
    }

    pub(super) fn integer(&self, key: &'static str) -> Option<Located<i64>> {
        let Some(value) = self.get(key) else { return self.missing(key, "a whole number") };
        match value.get_ref() {
            DeValue::Integer(number) if i64::from_str_radix(number.as_str(), number.radix()).is_ok() => {
                let number = i64::from_str_radix(number.as_str(), number.radix()).ok()?;
                Some(Located { value: number, span: value.span() })
            }
            other => {
                self.problem(key, value.span(), format!("found {}; expected a whole number", describe(other)));
                None
            }
        }
    }

    /// `V03-V24`, `V04-`, `-V24` or `any`; left out for that of the row before the change.
    pub(super) fn vid_range(&self, key: &'static str, before: VidRange) -> VidRange {
        const EXPECTED: &str = "a range such as V03-V24, V04-, -V24 or V26-V26, or any";
        let Some(text) = self.text_if_any(key) else { return before };
        if text.value == "any" {
            return VidRange::ANY;
        }
        let Some((from, to)) = text.value.split_once('-') else {
            self.problem(key, text.span, format!("found {}; expected {EXPECTED}", Shown::quoted(text.value)));
            return VidRange::ANY;
        };
        let end = |end: &str| {
            if end.trim().is_empty() {
                return None;
            }
            let vid = end.parse();
            if let Err(error) = &vid {
                self.problem(key, text.span.clone(), format!("{error}; in {EXPECTED}"));
            }
            vid.ok()
        };
        let range = VidRange { from: end(from), to: end(to) };
        match (range.from, range.to) {
            (Some(from), Some(to)) if to < from => {
                self.problem(key, text.span, format!("{from} to {to} holds no hardware version; expected {EXPECTED}"));
            }
            (None, None) => {
                self.problem(key, text.span, format!("found {}; expected {EXPECTED}", Shown::quoted(text.value)))
            }
            _ => {}
        }
        range
    }

    /// A table that must be there.
    pub(super) fn table(&self, key: &'static str, expected: &str) -> Option<Row<'s, 't>> {
        let Some(value) = self.get(key) else {
            self.problem(key, self.span.clone(), format!("missing; {expected}"));
            return None;
        };
        match value.get_ref() {
            DeValue::Table(table) => Some(Row::new(self.source, table, self.place_of(key), value.span())),
            other => {
                self.problem(key, value.span(), format!("found {}; {expected}", describe(other)));
                None
            }
        }
    }

    /// The tables in a section or list, in the order of the file.
    pub(super) fn rows(&self, key: &'static str) -> Vec<(Located<&'s str>, Row<'s, 't>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let entries: Vec<(Located<&str>, &'s Spanned<DeValue<'t>>)> = match value.get_ref() {
            DeValue::Table(table) => {
                table.iter().map(|(id, row)| (Located { value: &**id.get_ref(), span: id.span() }, row)).collect()
            }
            DeValue::Array(items) => {
                // Items of a list have no name.
                items.iter().map(|item| (Located { value: "", span: item.span() }, item)).collect()
            }
            other => {
                self.problem(key, value.span(), format!("found {}; expected rows", describe(other)));
                return Vec::new();
            }
        };
        let mut rows = Vec::new();
        for (id, row) in entries {
            let place = match id.value {
                "" => self.place_of(key),
                id if id.len() <= LONGEST_ID => format!("{}.{id}", self.place_of(key)),
                _ => self.place_of(key),
            };
            match row.get_ref() {
                _ if id.value.len() > LONGEST_ID => {
                    let message = format!("found an id of {} bytes; expected at most {LONGEST_ID}", id.value.len());
                    self.problem(key, id.span, message);
                }
                DeValue::Table(table) => {
                    let row = Row::new(self.source, table, place, id.span.clone());
                    rows.push((id, row));
                }
                other => self.source.problem(row.span(), place, format!("found {}; expected a row", describe(other))),
            }
        }
        rows.sort_by_key(|(id, _)| id.span.start);
        rows
    }

    /// Keys that nobody asked for are misspelled or misplaced.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        let expected = asked.join(", ");
        for key in self.table.keys() {
            let name = &**key.get_ref();
            if !asked.contains(&name) {
                self.problem(name, key.span(), format!("unknown key; expected one of {expected}"));
            }
        }
    }
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text {}", Shown::quoted(text)),
        DeValue::Integer(number) => format!("the number {}", Shown::new(number.as_str())),
        DeValue::Float(number) => format!("the fraction {}", Shown::new(number.as_str())),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
