//! What the values of a page look like: evidence where no label is known, because the page is in a language that is not.

use crate::firmware::LoadName;
use crate::inventory::said_in_document::Said;
use crate::inventory::udi::Word;
use crate::phone::Mac;
use crate::text::FieldText;

/// The longest value that is looked at.
const LONGEST: usize = 64;

/// Values of labels that are not known, each by what it can only be.
#[derive(Debug, Default)]
pub(super) struct Shapes<'a> {
    pub(super) product: Said<'a>,
    /// The name of the phone. A MAC address by itself looks like other numbers.
    pub(super) name: Said<'a>,
    pub(super) serial: Said<'a>,
    pub(super) load: Said<'a>,
}

impl<'a> Shapes<'a> {
    /// Looks at all that a cell says.
    pub(super) fn look_at(&mut self, text: &'a str) {
        if text.len() > LONGEST {
            return;
        }
        let said = match Word::of(text) {
            Word::Pid => &mut self.product,
            Word::Serial => &mut self.serial,
            // A page shows two VIDs, of which one is another number.
            Word::Vid => return,
            Word::Other if is_name(text) => &mut self.name,
            Word::Other if LoadName::read(text.as_bytes()).is_ok() => &mut self.load,
            Word::Other => return,
        };
        said.hear(text, |one, other| one.eq_ignore_ascii_case(other));
    }

    /// Whether these are the values of a page that shows a product and what runs on it.
    pub(super) fn is_of_phone(&self) -> bool {
        self.product.is_there() && self.load.is_there()
    }
}

fn is_name(text: &str) -> bool {
    text.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("SEP")) && Mac::read(text.as_bytes()).is_ok()
}
