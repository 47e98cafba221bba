//! A page as text: what a phone answers, what an HTML page shows, or what a person copied from a screen or a browser.

use std::borrow::Cow;

use super::heading;
use super::label_rows::Rows;
use super::labeled_line::{is_labeled, label};
use super::page::Page;
use super::page_field::PageField;
use super::page_xml;
use crate::inventory::RowProblem;
use crate::text::trim;

/// A label whose value was not found yet.
struct Open {
    field: PageField,
    /// Something stands between label and value, or would.
    has_separator: bool,
    /// The cell for its value is empty: only a row without a label of its own goes on.
    is_row: bool,
}

/// What a cell is to the cells behind it.
enum Before {
    /// The row has no label.
    Nothing,
    Label(PageField),
    Value(PageField),
    UnknownLabel,
    UnknownValue,
}

struct Reader<'p, 'a> {
    page: &'p mut Page<'a>,
    open: Option<Open>,
    rows: Rows<'a>,
    has_values_below: bool,
}

/// Reads `label: value`, also with `=` or tabs between them, or with the value on the next line.
pub(in crate::inventory) fn read<'a>(text: &'a str, page: &mut Page<'a>) {
    let mut reader = Reader { page, open: None, rows: Rows::default(), has_values_below: false };
    let mut rest = text;
    while !rest.is_empty() {
        let from_here = rest;
        let (line, behind) = rest.split_once(['\n', '\r']).unwrap_or((rest, ""));
        rest = behind;
        let shown = trim(line);
        if shown.is_empty() {
            continue;
        }
        if page_xml::begins_page(shown) && reader.turns_into_xml(from_here) {
            return;
        }
        reader.line(line);
    }
    reader.end(text);
}

impl<'a> Reader<'_, 'a> {
    /// Reads a page as XML behind a text; tells whether it was read. A download status in front of a page is of the same
    /// phone.
    fn turns_into_xml(&mut self, text: &'a str) -> bool {
        self.end_rows();
        if !self.page.says_a_status_at_most() {
            self.page.begin_another();
            return false;
        }
        if let Some(label) = self.open.take().filter(|label| label.has_separator) {
            self.page.say(label.field, Cow::Borrowed(""));
        }
        if page_xml::read(text, self.page).is_some() {
            self.page.begin_another();
        }
        true
    }

    fn line(&mut self, line: &'a str) {
        let mut cells = line.split('\t').map(trim).enumerate().filter(|(_, cell)| !cell.is_empty());
        let Some((at, first)) = cells.next() else { return };
        let Some(second) = cells.next() else { return self.lone(line, at, first) };
        self.say_nothing_of_open();
        let mut before = Before::Nothing;
        if at == 0 {
            before = self.cell(before, at, first);
        } else if self.rows.go_on() && label(first).is_none() {
            self.rows.push(first);
        } else {
            before = self.cell(before, 0, first);
        }
        for (at, cell) in std::iter::once(second).chain(cells) {
            before = self.cell(before, at, cell);
        }
        if let Before::Label(field) = before {
            self.open = Some(Open { field, has_separator: true, is_row: true });
        }
    }

    /// A line that shows one text, in its cell `at`.
    fn lone(&mut self, line: &'a str, at: usize, text: &'a str) {
        let is_row = line.contains('\t');
        if let Some((field, value)) = label(text) {
            self.say_nothing_of_open();
            self.begin(field);
            match value {
                Some(value) if !value.is_empty() => self.say(field, value),
                // A blank behind the text is no cell.
                _ => self.open = Some(Open { field, has_separator: value.is_some(), is_row: at == 0 && is_row }),
            }
            return;
        }
        if let Some(heading) = heading::read(text) {
            self.say_nothing_of_open();
            self.end_rows();
            return self.page.say_heading(heading);
        }
        let has_label = if is_row { at == 0 } else { is_labeled(text) };
        match self.open.take() {
            Some(open) if open.is_row && at > 0 || !open.is_row && !is_labeled(text) => {
                self.say(open.field, text);
                self.has_values_below = true;
                return;
            }
            Some(open) => self.page.say(open.field, Cow::Borrowed("")),
            None => {}
        }
        if !has_label && self.rows.go_on() {
            self.rows.push(text);
        } else {
            self.end_rows();
            if is_row && at == 0 {
                self.rows = Rows::of_unknown();
            }
        }
        if is_row && at > 0 {
            self.page.look_at_shape(text);
        }
        self.page.look_for_authorization(text);
    }

    /// A cell of a row with several; tells what it is to the next one.
    fn cell(&mut self, before: Before, at: usize, cell: &'a str) -> Before {
        if let Some((field, value)) = label(cell) {
            if let Before::Label(field) = before {
                self.page.say(field, Cow::Borrowed(""));
            }
            self.begin(field);
            return match value {
                Some(value) if !value.is_empty() => {
                    self.say(field, value);
                    Before::Value(field)
                }
                _ => Before::Label(field),
            };
        }
        match before {
            Before::Label(field) => {
                // A colon may stand in front of the value.
                self.say(field, trim(cell.trim_start_matches([':', '='])));
                return Before::Value(field);
            }
            Before::Value(PageField::Udi) => {
                self.rows.push(cell);
                return before;
            }
            Before::Nothing if at == 0 => {
                self.end_rows();
                self.rows = Rows::of_unknown();
                self.page.look_for_authorization(cell);
                return Before::UnknownLabel;
            }
            Before::Value(_) => {
                self.rows = Rows::of_unknown();
                return Before::UnknownLabel;
            }
            Before::Nothing | Before::UnknownLabel | Before::UnknownValue => {}
        }
        self.rows.push(cell);
        self.page.look_at_shape(cell);
        self.page.look_for_authorization(cell);
        if matches!(before, Before::Nothing) { Before::Nothing } else { Before::UnknownValue }
    }

    /// A label begins.
    fn begin(&mut self, field: PageField) {
        self.end_rows();
        self.rows = if field == PageField::Udi { Rows::of_udi() } else { Rows::default() };
        self.page.label(field);
    }

    /// The value of the label that began. What stands in several rows is said when they end.
    fn say(&mut self, field: PageField, value: &'a str) {
        match field {
            PageField::Udi => self.rows.push(value),
            _ => self.page.say(field, Cow::Borrowed(value)),
        }
    }

    fn end_rows(&mut self) {
        if let Some(udi) = std::mem::take(&mut self.rows).udi() {
            self.page.label(PageField::Udi);
            self.page.say(PageField::Udi, udi);
        }
    }

    /// The label that waits for its value has none.
    fn say_nothing_of_open(&mut self) {
        if let Some(open) = self.open.take() {
            self.page.say(open.field, Cow::Borrowed(""));
        }
    }

    fn end(mut self, text: &str) {
        self.end_rows();
        let Some(label) = self.open else { return };
        // A label at the end has no value if its line is complete and values stand on the lines of their labels. Else the
        // value may have been cut.
        if label.has_separator && !self.has_values_below && text.ends_with(['\n', '\r']) {
            self.page.say(label.field, Cow::Borrowed(""));
        } else {
            self.page.problem = Some(RowProblem::Cut);
        }
    }
}
