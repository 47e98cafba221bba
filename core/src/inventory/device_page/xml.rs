//! A page as XML: elements of known names, wherever they stand.

use std::borrow::Cow;

use super::field::PageField;
use super::page::Page;
use crate::inventory::xml::{Event, Events};
use crate::inventory::{Came, RowProblem, html};

/// Reads what the page says of the phone; tells what came if it says nothing, or is HTML.
pub(super) fn read<'a>(text: &'a str, page: &mut Page<'a>) -> Option<Came> {
    let mut outermost = None;
    let mut is_damaged = false;
    let mut field = None;
    let mut said = Cow::Borrowed("");
    for event in Events::new(text) {
        match event {
            Ok(Event::Open(name)) => {
                if outermost.is_none() {
                    outermost = Some(name);
                    if html::is_element(name) {
                        return Some(Came::Html);
                    }
                }
                field = PageField::named(name);
                said = Cow::Borrowed("");
            }
            Ok(Event::Text(text)) => match field {
                Some(_) => said = text,
                None => page.look_for_authorization(&text),
            },
            Ok(Event::TooLong { beginning, found }) => {
                page.say_too_long(field.take(), beginning, found);
            }
            // Only what is complete is said.
            Ok(Event::Close) => {
                if let Some(field) = field.take() {
                    page.say(field, std::mem::take(&mut said));
                }
            }
            Err(_) => is_damaged = true,
        }
    }
    match (page.says_anything(), is_damaged) {
        (true, false) => None,
        (true, true) => {
            page.problem = Some(RowProblem::Cut);
            None
        }
        (false, _) if outermost.is_none() && html::is_html(text) => Some(Came::Html),
        (false, true) => Some(Came::DamagedXml),
        (false, false) => Some(Came::OtherXml),
    }
}
