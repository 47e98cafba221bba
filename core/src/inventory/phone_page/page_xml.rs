//! A page as XML: elements of known names, wherever they stand.

use std::borrow::Cow;

use super::labeled_line;
use super::page::Page;
use super::page_field::PageField;
use crate::inventory::xml_elements::{Event, Events};
use crate::inventory::{Came, RowProblem, html_text};

/// The elements in which phones say what they are, or the service says it of them (RisPort).
const OF_PAGE: [&str; 2] = ["DeviceInformation", "CmDevices"];

/// An element that has begun.
#[derive(Clone, Copy)]
struct Open {
    /// The field that it says, or that the element around it says.
    field: Option<PageField>,
    /// It is the element of the field, and nothing was said in it yet.
    is_silent: bool,
    /// Something was said of its field in it.
    has_said: bool,
}

/// Reads what the page says of the phone; tells what came if it says nothing, or is HTML.
pub(in crate::inventory) fn read<'a>(text: &'a str, page: &mut Page<'a>) -> Option<Came> {
    let mut outermost = None;
    let mut is_damaged = false;
    // What begins a page: an outermost element, and one of this name wherever it stands.
    let (mut roots, mut pages) = (0, 0);
    let mut open: Vec<Open> = Vec::new();
    // A text counts only once a tag follows it: without one, the page may end within the text.
    let mut said: Option<Cow<'a, str>> = None;
    for event in Events::new(text) {
        match event {
            Ok(Event::Open(name)) => {
                if outermost.is_none() {
                    outermost = Some(name);
                    if html_text::is_element(name) {
                        return Some(Came::Html);
                    }
                }
                roots += usize::from(open.is_empty());
                pages += usize::from(is_of_page(name));
                say(page, &mut open, said.take());
                let around = open.last().and_then(|open| open.field);
                let field = PageField::named(name);
                field.into_iter().for_each(|field| page.label(field));
                open.push(Open { field: field.or(around), is_silent: field.is_some(), has_said: false });
            }
            Ok(Event::Text(text)) => match open.last().and_then(|open| open.field) {
                Some(_) => said = Some(text),
                None if open.is_empty() && labeled_line::is_page(&text) => page.begin_another(),
                None => page.look_for_authorization(&text),
            },
            Ok(Event::TooLong { beginning, found }) => {
                page.say_too_long(open.last().and_then(|open| open.field), beginning, found);
                heard(&mut open);
            }
            Ok(Event::Close) => {
                say(page, &mut open, said.take());
                if let Some(Open { field: Some(field), is_silent: true, .. }) = open.pop() {
                    page.say(field, Cow::Borrowed(""));
                }
            }
            Err(_) => is_damaged = true,
        }
    }
    if roots > 1 || pages > 1 {
        page.begin_another();
    }
    match (page.says_anything(), is_damaged) {
        (true, false) => None,
        (true, true) => {
            page.problem = Some(RowProblem::Cut);
            None
        }
        (false, _) if outermost.is_none() && html_text::is_html(text) => Some(Came::Html),
        (false, true) => Some(Came::DamagedXml),
        (false, false) => Some(Came::OtherXml),
    }
}

/// Whether this is the name of an element in which a phone says what it is.
pub(in crate::inventory) fn is_of_page(name: &str) -> bool {
    OF_PAGE.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a line of a text begins a page in XML.
pub(super) fn begins_page(line: &str) -> bool {
    let Some(inside) = line.strip_prefix('<') else { return false };
    if inside.starts_with("?xml") {
        return true;
    }
    let name =
        inside.split(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '_' | '-' | ':')).next();
    let name = name.map(|name| name.rsplit_once(':').map_or(name, |(_, local)| local)).unwrap_or_default();
    is_of_page(name) || PageField::named(name).is_some()
}

/// Keeps what was said in the innermost element. A field may have elements within it, and text on both sides of them.
fn say<'a>(page: &mut Page<'a>, open: &mut [Open], said: Option<Cow<'a, str>>) {
    let field = open.last().and_then(|open| open.field);
    if let (Some(field), Some(said)) = (field, said) {
        // What stands in one element of the field is one value, however many pieces it has.
        let around = open.iter_mut().find(|open| open.field == Some(field));
        match around.is_some_and(|around| std::mem::replace(&mut around.has_said, true)) {
            true => page.say_piece(field, &said),
            false => page.say(field, said),
        }
        heard(open);
    }
}

/// Something was said in the innermost element, and so in those around it.
fn heard(open: &mut [Open]) {
    open.iter_mut().for_each(|open| open.is_silent = false);
}
