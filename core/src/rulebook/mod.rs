//! The rule book: the data that all decisions come from.
//!
//! A book is `Rows` and a `View`, which says what of them is in force. The embedded books share their rows: every date on
//! which an amendment begins is a view.

#[cfg(all(test, feature = "load"))]
pub(crate) mod bake;
mod bearing_rows;
#[cfg(not(crossgrade_unbaked))]
#[rustfmt::skip]
mod baked;
#[cfg(not(crossgrade_unbaked))]
#[rustfmt::skip]
mod baked_index;
#[cfg(crossgrade_unbaked)]
#[path = "unbaked.rs"]
mod baked;
#[cfg(feature = "serde")]
pub(crate) mod book_keys;
mod date;
mod diff;
#[cfg(feature = "load")]
mod digest;
pub(crate) mod elsewhere;
#[cfg(feature = "load")]
mod index;
pub(crate) mod later_books;
#[cfg(feature = "load")]
mod model_names;
#[cfg(feature = "load")]
mod read;
pub mod rows;
#[cfg(feature = "json")]
pub(crate) mod rulebook_json;
mod tables;
mod target_request;

use std::fmt;
use std::sync::Arc;

pub use date::Date;
pub use diff::{Change, FieldChange, RuleBookDiff};
#[cfg(feature = "load")]
pub use read::{LONGEST_TEXT, Problem, RuleBookError};
pub use semver::Version;
pub(crate) use tables::{Profile, Tables, slot};
pub use target_request::UnknownTarget;

#[cfg(any(feature = "csv", feature = "arrow"))]
use rows::AdviceRow;
use rows::{Row, with_sections};
#[cfg(any(feature = "csv", feature = "arrow"))]
use tables::Span;
use tables::{Rows, View};

#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::destination::Destination;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::phone::Model;

/// A complete, checked set of rules. Cheap to clone; books can be used side by side.
///
/// # Example
/// ```
/// use crossgrade::{Date, RuleBook};
///
/// let guide = RuleBook::guide();
/// assert_eq!(guide.edition(), "guide");
/// assert_eq!(guide.digest().len(), 64);
/// let row = guide.conversions().find(|row| row.origin.id == "e2m-7821").unwrap();
/// assert_eq!(row.vid.to_string(), "V03-V24");
///
/// let before = RuleBook::field_as_of("2024-09-09".parse::<Date>()?);
/// assert_eq!(before.edition(), "field as of 2024-08-26");
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Clone)]
pub struct RuleBook(Repr);

#[derive(Clone)]
enum Repr {
    Baked(&'static Rows, &'static View),
    #[cfg_attr(not(feature = "load"), expect(dead_code, reason = "only a loaded book lives on the heap"))]
    Loaded(Arc<(Rows, View)>),
}

impl RuleBook {
    /// What the documents S0, S1 and S2 say; the default.
    pub fn guide() -> &'static Self {
        &baked::BOOKS[0]
    }

    /// `guide` with all dated amendments: what is known today beyond the documents, each change with its date, source and
    /// confidence.
    pub fn field() -> &'static Self {
        baked::BOOKS.last().unwrap_or(Self::guide())
    }

    /// `field` as it was known on this day: the amendments without a date, and those dated up to it.
    pub fn field_as_of(date: Date) -> &'static Self {
        let dated = baked::BOOKS.get(1..).unwrap_or_default();
        let known = dated.iter().rev().find(|book| book.as_of().is_none_or(|from| from <= date));
        known.unwrap_or(Self::guide())
    }

    /// The days on which `field` changed, the first first.
    pub fn field_dates() -> impl Iterator<Item = Date> {
        baked::BOOKS.iter().filter_map(Self::as_of)
    }

    /// The embedded book of this digest, if there is one: for whoever stores the digest of an answer.
    pub fn embedded(digest: &str) -> Option<&'static Self> {
        baked::BOOKS.iter().find(|book| book.digest() == digest)
    }

    /// Reads a book from TOML in the format of `core/data/guide.toml`.
    ///
    /// # Errors
    /// All that is wrong with it at once, up to 1,000 problems: each with its line, column, the text found and what would be
    /// right.
    #[cfg(feature = "load")]
    pub fn from_toml(text: &str) -> Result<Self, RuleBookError> {
        read::book(text).map(|(rows, view)| Self::loaded(rows, view))
    }

    /// This book with the amendments of a TOML text in the format of `core/data/field.toml`, in the order of their
    /// dates. The book itself stays as it is.
    ///
    /// A row that allows more than the book did, such as a wider range of hardware versions or a lower gate, has to say
    /// so with `relax = true` and a reason; docs/how-to-correct-a-rule.md walks through an overlay.
    ///
    /// # Errors
    /// All that is wrong with it at once, up to 1,000 problems: each with its line, column, the text found and what would be
    /// right. Then nothing of it is applied.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, Phone, RuleBook, Verdict};
    ///
    /// let overlay = r#"
    /// schema = 1
    /// overlay = "acme"
    /// version = "1.0.0"
    /// base = { edition = "guide", revision = ">=2026.11" }
    ///
    /// [sources]
    /// TAC = { title = "Answer of Cisco TAC", section = "case 1", language = "en", read = 2026-11-20 }
    ///
    /// [amendments.acme-1]
    /// date = 2026-11-20
    /// sources = ["TAC"]
    /// confidence = "high"
    /// says = "the 7841 needs V05"
    /// [amendments.acme-1.conversions]
    /// e2m-7841 = { vid = "V05-" }
    /// "#;
    /// let book = RuleBook::guide().overlay(overlay)?;
    /// assert_eq!(book.edition(), "guide + acme 1.0.0");
    ///
    /// let phone = Phone::new("CP-7841-K9=").vid("V04");
    /// assert_eq!(book.assess(&phone, Destination::ThirdParty).verdict(), Verdict::Ineligible);
    /// assert_eq!(RuleBook::guide().assess(&phone, Destination::ThirdParty).verdict(), Verdict::Eligible);
    /// # Ok::<(), crossgrade::rulebook::RuleBookError>(())
    /// ```
    #[cfg(feature = "load")]
    pub fn overlay(&self, text: &str) -> Result<Self, RuleBookError> {
        read::overlay(self.tables(), text).map(|(rows, view)| Self::loaded(rows, view))
    }

    /// Reads a text that is a whole book or an overlay; an overlay is laid over the embedded book that it was written
    /// for: that of its digest, or else `guide` or `field` as it names them.
    ///
    /// # Errors
    /// As [`from_toml`](Self::from_toml) and [`overlay`](Self::overlay).
    #[cfg(feature = "load")]
    pub fn check(text: &str) -> Result<Self, RuleBookError> {
        let Some(base) = read::base_of(text) else { return Self::from_toml(text) };
        let by_digest = base.digest.as_deref().and_then(Self::embedded);
        let by_edition = || baked::BOOKS.iter().find(|book| Some(book.edition()) == base.edition.as_deref());
        by_digest.or_else(by_edition).unwrap_or(Self::guide()).overlay(text)
    }

    #[cfg(feature = "load")]
    fn loaded(rows: Rows, view: View) -> Self {
        Self(Repr::Loaded(Arc::new((rows, view))))
    }

    const fn baked(rows: &'static Rows, view: &'static View) -> Self {
        Self(Repr::Baked(rows, view))
    }

    pub(crate) fn tables(&self) -> Tables<'_> {
        match &self.0 {
            Repr::Baked(rows, view) => Tables { rows, view },
            Repr::Loaded(loaded) => Tables { rows: &loaded.0, view: &loaded.1 },
        }
    }

    /// What the book is called: `guide`, `field`, `field as of 2024-08-26`, `guide + acme 1.0.0`.
    pub fn edition(&self) -> &str {
        &self.tables().view.edition
    }

    /// The revision of its data; rises whenever a row changes.
    pub fn revision(&self) -> &semver::Version {
        &self.tables().view.revision
    }

    /// SHA-256 over the rows in force, 64 lower-case hexadecimal digits: equal digests, equal answers. What the book is
    /// called does not count.
    pub fn digest(&self) -> &str {
        &self.tables().view.digest
    }

    /// How texts name it, with the start of its digest: `guide 2026.11.0 (…)`.
    pub(crate) fn label(&self) -> String {
        format!("{} {} ({})", self.edition(), self.revision(), self.digest().get(..12).unwrap_or_default())
    }

    /// Whether which advice speaks for a phone of this model that goes there depends on its month of manufacture, which the
    /// serial number tells.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn asks_for_month(&self, model: Model, destination: Destination) -> bool {
        let tables = self.tables();
        let span = tables.profile(model).map_or(Span::default(), |profile| profile.advice[slot(destination)]);
        tables.at(&tables.rows.advice, span).any(AdviceRow::asks_for_month)
    }

    /// The day of its last amendment; none for a book without dated amendments.
    pub fn as_of(&self) -> Option<Date> {
        self.tables().view.as_of
    }

    /// Every row that is in force, section by section.
    pub fn rows(&self) -> impl Iterator<Item = &dyn Row> {
        let Tables { rows, view } = self.tables();
        rows.in_force(view.step)
    }

    /// The row of this id, in whatever section.
    ///
    /// # Example
    /// ```
    /// use crossgrade::RuleBook;
    ///
    /// let row = RuleBook::guide().row("start-third-party").unwrap();
    /// assert_eq!(row.section(), "gates");
    /// assert!(row.fields().iter().any(|(key, value)| *key == "minimum" && value.to_string() == "14.2(1)SR1"));
    /// ```
    pub fn row(&self, id: &str) -> Option<&dyn Row> {
        self.rows().find(|row| row.origin().id == id)
    }
}

/// Getters of the sections, for whoever wants to read or print the rules.
macro_rules! sections {
    ($($name:ident: $row:ident, $about:literal,)+) => {
        impl RuleBook {
            $(
                #[doc = $about]
                pub fn $name(&self) -> impl Iterator<Item = &rows::$row> + Clone {
                    let tables = self.tables();
                    tables.rows.$name.iter().filter(move |row| tables.holds(&row.origin))
                }
            )+
        }
    };
}
with_sections!(sections);

impl fmt::Debug for RuleBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RuleBook({} {} {})", self.edition(), self.revision(), self.digest())
    }
}
