//! A page as text: what a phone answers, or what a person copied from its screen or from a browser.

use std::borrow::Cow;

use super::field::PageField;
use super::page::Page;
use super::xml;
use crate::inventory::RowProblem;
use crate::phone::Mac;
use crate::text::{FieldText, trim};

/// A label whose value was not found yet.
struct Open {
    field: PageField,
    /// Something stands between label and value, or would.
    has_separator: bool,
}

/// Reads `label: value`, also with `=` or a tab between them, or with the value on the next line.
pub(super) fn read<'a>(text: &'a str, page: &mut Page<'a>) {
    let mut open: Option<Open> = None;
    let mut has_values_below = false;
    let mut rest = text;
    while !rest.is_empty() {
        let from_here = rest;
        let (line, behind) = rest.split_once(['\n', '\r']).unwrap_or((rest, ""));
        rest = behind;
        let line = trim(line);
        if line.is_empty() {
            continue;
        }
        if xml::begins_page(line) {
            // A download status in front of a page is of the same phone.
            if page.says_a_status_at_most() {
                if let Some(label) = open.filter(|label| label.has_separator) {
                    page.say(label.field, Cow::Borrowed(""));
                }
                if xml::read(from_here, page).is_some() {
                    page.begin_another();
                }
                return;
            }
            page.begin_another();
        }
        let label = label(line);
        if let Some(label) = open.take() {
            if is_labeled(line) {
                page.say(label.field, Cow::Borrowed(""));
            } else {
                page.say(label.field, Cow::Borrowed(line));
                has_values_below = true;
                continue;
            }
        }
        match label {
            Some((field, Some(value))) if !value.is_empty() => {
                page.label(field);
                page.say(field, Cow::Borrowed(value));
            }
            Some((field, value)) => {
                page.label(field);
                open = Some(Open { field, has_separator: value.is_some() });
            }
            None => page.look_for_authorization(line),
        }
    }
    let Some(label) = open else { return };
    // A label at the end has no value if its line is complete and values stand on the lines of their labels. Else the
    // value may have been cut.
    if label.has_separator && !has_values_below && text.ends_with(['\n', '\r']) {
        page.say(label.field, Cow::Borrowed(""));
    } else {
        page.problem = Some(RowProblem::Cut);
    }
}

/// The field that a line is labeled with, and what stands behind the separator, if there is one.
fn label(line: &str) -> Option<(PageField, Option<&str>)> {
    match line.split_once([':', '=', '\t']) {
        Some((label, value)) => {
            let value = value.trim_matches(|letter| letter == ':' || letter == '=' || letter == '\t' || letter == ' ');
            Some((PageField::shown_as(trim(label))?, Some(trim(value))))
        }
        None => Some((PageField::shown_as(line)?, None)),
    }
}

/// Whether a text is a page of its own.
pub(super) fn is_page(text: &str) -> bool {
    text.split(['\n', '\r']).any(|line| label(trim(line)).is_some_and(|(field, _)| field.is_of_page()))
}

/// Whether a line begins with a label, known or not: then it is no value of the label above.
fn is_labeled(line: &str) -> bool {
    label(line).is_some()
        || Mac::read(line.as_bytes()).is_err()
            && (line.ends_with([':', '=']) || [": ", "=", "\t"].into_iter().any(|separator| line.contains(separator)))
}
