//! XML, element by element and bounded: names without prefixes, texts in one piece.
//!
//! A DOCTYPE is skipped and never obeyed: the five predefined entities and references to characters are resolved, and
//! every other reference stays as it is written. So nothing grows while it is read, and nothing is fetched.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event as Piece;
#[cfg(feature = "csv")]
use quick_xml::events::attributes::Attributes;

use super::xml_reference::resolved;
use super::{InventoryError, decode, limits, lossy};
use crate::text::{Shown, trim};

/// A step through a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// An element begins; its name without prefix.
    Open(&'a str),
    /// All text between two tags, where it is not blank.
    Text(Cow<'a, str>),
    /// Text that is longer than is read.
    TooLong {
        /// The first of it.
        beginning: String,
        /// How many bytes it has.
        found: usize,
    },
    /// The element that began last ends.
    Close,
}

/// An event, or why there are no more. Errors are large and rare.
type Step<'a> = Result<Event<'a>, Box<InventoryError>>;

/// The elements of a document, in order. After an error there is nothing more.
pub(super) struct Events<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// What stands behind the text that was handed out.
    behind: Option<Step<'a>>,
    /// What stands behind the name in the tag that began last.
    attributes: &'a str,
    /// The element that was handed out is written as `<empty/>`.
    is_empty: bool,
    is_done: bool,
}

/// The text of a document, whatever it is encoded in; what is no letter is U+FFFD.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, InventoryError> {
    lossy(decode(bytes)?.text)
}

impl<'a> Events<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        // The reader would drop one mark and not count it.
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        // `R&D` is common in descriptions, and says what it says.
        reader.config_mut().allow_dangling_amp = true;
        Self { text, reader, depth: 0, behind: None, attributes: "", is_empty: false, is_done: false }
    }

    /// The tag that comes next, behind the text that is put into `run`; nothing at the end.
    fn tag(&mut self, run: &mut Run<'a>) -> Option<Step<'a>> {
        loop {
            let begin = self.at();
            let error = match self.reader.read_event() {
                Ok(Piece::Start(start)) => return Some(self.open(begin, start.name().0.len(), false)),
                Ok(Piece::Empty(start)) => return Some(self.open(begin, start.name().0.len(), true)),
                Ok(Piece::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Ok(Event::Close));
                }
                Ok(Piece::Text(text)) => {
                    run.push(text.into_inner());
                    continue;
                }
                Ok(Piece::CData(text)) => {
                    run.push(text.into_inner());
                    continue;
                }
                Ok(Piece::GeneralRef(reference)) => {
                    run.push(resolved(&reference));
                    continue;
                }
                Ok(Piece::Comment(_) | Piece::PI(_) | Piece::Decl(_) | Piece::DocType(_)) => continue,
                Ok(Piece::Eof) if self.depth == 0 => None,
                Ok(Piece::Eof) => {
                    let message = format!("the file ends within an element, {} deep", self.depth);
                    Some(InventoryError::Broken { line: self.line(begin), message })
                }
                Err(error) => {
                    let at = match error {
                        quick_xml::Error::Syntax(_) | quick_xml::Error::IllFormed(_) => self.reader.error_position(),
                        _ => self.reader.buffer_position(),
                    };
                    let at = usize::try_from(at).unwrap_or(usize::MAX);
                    Some(InventoryError::Broken {
                        line: self.line(at),
                        message: Shown::new(&error.to_string()).to_string(),
                    })
                }
            };
            self.is_done = true;
            return error.map(|error| Err(Box::new(error)));
        }
    }

    fn open(&mut self, begin: usize, name: usize, is_empty: bool) -> Step<'a> {
        if self.depth >= limits::DEPTH {
            self.is_done = true;
            return Err(Box::new(InventoryError::TooMuch {
                what: "elements within elements",
                line: self.line(begin),
                found: self.depth as u64 + 1,
                limit: limits::DEPTH as u64,
            }));
        }
        self.depth += usize::from(!is_empty);
        self.is_empty = is_empty;
        let behind = begin + 1 + name;
        self.attributes = self.text.get(behind..self.at().saturating_sub(1)).unwrap_or_default();
        let name = self.text.get(begin + 1..behind).unwrap_or_default();
        Ok(Event::Open(name.rsplit_once(':').map_or(name, |(_, local)| local)))
    }

    /// The attributes of the element that was handed out last, without those that name spaces of names.
    #[cfg(feature = "csv")]
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> + use<'a> {
        let mut attributes = Attributes::new(self.attributes.trim_end_matches('/'), 0);
        attributes.with_checks(false);
        let is_read = |key: &str| key != "xmlns" && !key.starts_with("xmlns:") && !key.starts_with("xml:");
        attributes.filter_map(Result::ok).filter(move |attribute| is_read(attribute.key.0)).map(|attribute| {
            let key = attribute.key.0;
            (key.rsplit_once(':').map_or(key, |(_, local)| local), htmlize::unescape_attribute(attribute.value))
        })
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The line of a place.
    fn line(&self, at: usize) -> u64 {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Step<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(behind) = self.behind.take() {
            return Some(behind);
        }
        if self.is_done {
            return None;
        }
        if std::mem::take(&mut self.is_empty) {
            return Some(Ok(Event::Close));
        }
        let mut run = Run::default();
        let tag = self.tag(&mut run);
        match run.into_event() {
            None => tag,
            Some(text) => {
                self.behind = tag;
                Some(Ok(text))
            }
        }
    }
}

/// The text between two tags, put together from its pieces.
#[derive(Default)]
struct Run<'a> {
    text: Option<Cow<'a, str>>,
    found: usize,
}

impl<'a> Run<'a> {
    fn push(&mut self, piece: Cow<'a, str>) {
        self.found += piece.len();
        match &mut self.text {
            None => self.text = Some(piece),
            // More than is read is counted and not kept.
            Some(text) if text.len() <= limits::CELL => {
                let text = text.to_mut();
                let kept = piece.len().min(limits::CELL + 1);
                let kept = (0..=kept).rev().find(|at| piece.is_char_boundary(*at)).unwrap_or_default();
                text.push_str(piece.get(..kept).unwrap_or_default());
            }
            Some(_) => {}
        }
    }

    fn into_event(self) -> Option<Event<'a>> {
        let text = self.text.filter(|text| !trim(text).is_empty())?;
        Some(match self.found {
            ..=limits::CELL => Event::Text(text),
            found => Event::TooLong { beginning: limits::beginning(&text), found },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of a text, and the error at its end.
    fn events(text: &str) -> (Vec<Event<'_>>, Option<InventoryError>) {
        let mut events = Vec::new();
        for event in Events::new(text) {
            match event {
                Ok(event) => events.push(event),
                Err(error) => return (events, Some(*error)),
            }
        }
        (events, None)
    }

    fn texts(text: &str) -> Vec<String> {
        let texts = events(text).0.into_iter().filter_map(|event| match event {
            Event::Text(text) => Some(text.into_owned()),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn prefixes_comments_and_instructions_do_not_matter() {
        let (events, error) = events("\u{feff}<?xml version='1.0'?>\n<n:a x='1'><!-- b --><b/>\n<?c?></n:a>");
        assert_eq!(events, [Event::Open("a"), Event::Open("b"), Event::Close, Event::Close]);
        assert_eq!(error, None);
    }

    #[test]
    fn a_text_comes_in_one_piece_with_its_references_resolved() {
        assert_eq!(texts("<a>x &lt;&#65;&#x42;<!-- -->&amp;<![CDATA[<c>]]> R&D</a>"), ["x <AB&<c> R&D"]);
        assert_eq!(texts("<a>&nobody;&#0;&#x110000;</a>"), ["&nobody;&#0;&#x110000;"]);
    }

    #[test]
    fn a_doctype_is_skipped_and_its_entities_stay_as_they_are_written() {
        let laughs = r#"<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>"#;
        assert_eq!(texts(laughs), ["&b;&c;"]);
    }

    #[test]
    fn the_sixty_fifth_level_is_refused() {
        let (begin, end) = ("<a>\n".repeat(limits::DEPTH), "</a>".repeat(limits::DEPTH));
        assert_eq!(events(&format!("{begin}{end}")).1, None);
        let error = events(&format!("{begin}<b/>{end}")).1.expect("one level more");
        assert_eq!(error.to_string(), "inventory: line 65: 65 elements within elements; expected at most 64");
    }

    #[test]
    fn a_text_that_is_too_long_is_told_by_its_beginning() {
        for text in ["x".repeat(limits::CELL + 1), format!("&amp;{}", "&lt;".repeat(limits::CELL))] {
            let document = format!("<a>{text}</a>");
            let (events, error) = events(&document);
            let [_, Event::TooLong { beginning, found }, _] = events.as_slice() else { panic!("{}", events.len()) };
            assert_eq!((*found, error), (limits::CELL + 1, None));
            assert!(beginning.len() < 400, "{beginning}");
        }
    }

    #[test]
    fn a_document_that_breaks_off_gives_what_stands_before_and_the_line() {
        let (found, error) = events("<a>\n<b>x</b>\n<c>y");
        assert_eq!(found.len(), 6);
        assert_eq!(error.expect("the end").to_string(), "inventory: line 3: the file ends within an element, 2 deep");
        assert!(events("<a>\n</b>").1.expect("another end").to_string().starts_with("inventory: line 2: "));
        assert!(events("<a>\n\n<b").1.expect("half a tag").to_string().starts_with("inventory: line 3: "));
    }
}
