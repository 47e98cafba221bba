//! An answer that owns its question.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::{Assessment, Verdict};
use crate::destination::Request;
use crate::phone::Phone;
use crate::rulebook::RuleBook;

/// An answer that owns phone, request and book, to be kept, sent to another thread or returned from a function.
///
/// [`answer`](Self::answer) lends it as an [`Assessment`], with all of its views; nothing is decided again for that. Two are
/// equal if they answer the same question by the same rules.
///
/// # Example
/// ```
/// use crossgrade::{Destination, OwnedAssessment, Phone, Verdict, assess};
///
/// fn ask(pid: &str) -> OwnedAssessment {
///     assess(&Phone::new(pid).vid("V03"), Destination::ThirdParty).into_owned()
/// }
///
/// let owned = ask("CP-7821-K9=");
/// assert_eq!(owned.verdict(), Verdict::Eligible);
/// assert_eq!(owned.answer().findings().len(), 7);
/// ```
#[derive(Clone)]
pub struct OwnedAssessment {
    book: RuleBook,
    phone: Phone<'static>,
    request: Request,
    verdict: Verdict,
}

impl Assessment<'_> {
    /// The same answer with question and book of its own. A text of the phone that is borrowed is copied; a book is cheap to
    /// clone.
    pub fn into_owned(self) -> OwnedAssessment {
        let Self { book, phone, request, verdict } = self;
        OwnedAssessment { book: book.clone(), phone: phone.clone().into_owned(), request: request.clone(), verdict }
    }
}

impl OwnedAssessment {
    /// The answer, with all of its views.
    pub fn answer(&self) -> Assessment<'_> {
        let Self { book, phone, request, verdict } = self;
        Assessment { book, phone, request, verdict: *verdict }
    }

    /// The answer in one word.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The phone that was asked about.
    pub fn phone(&self) -> &Phone<'static> {
        &self.phone
    }

    /// What was asked.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The book that answered.
    pub fn rulebook(&self) -> &RuleBook {
        &self.book
    }

    /// Two answers are equal if these are: the name, revision and digest of the book, the phone and the request. The verdict
    /// follows from them.
    fn key(&self) -> (&str, &semver::Version, &str, &Phone<'static>, &Request) {
        (self.book.edition(), self.book.revision(), self.book.digest(), &self.phone, &self.request)
    }
}

impl From<Assessment<'_>> for OwnedAssessment {
    fn from(answer: Assessment<'_>) -> Self {
        answer.into_owned()
    }
}

impl PartialEq for OwnedAssessment {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for OwnedAssessment {}

impl Hash for OwnedAssessment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Display for OwnedAssessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.answer(), f)
    }
}

impl fmt::Debug for OwnedAssessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.answer(), f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for OwnedAssessment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&self.answer(), serializer)
    }
}
