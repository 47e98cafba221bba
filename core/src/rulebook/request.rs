//! Targets that only a rule book can judge: a release carries no type, but the book knows which loads have it.

use std::fmt;

use super::RuleBook;
use crate::destination::{Destination, Request, Target, TargetError};
use crate::firmware::{FirmwareType, Release};
use crate::text::trim;

impl Request {
    /// Chooses what to install: a release, a load, or one load for each family, separated by commas.
    ///
    /// # Errors
    /// If the text is none of these, or of the wrong type for the destination: a load says its type, and a release that
    /// the rule book `guide` knows only for the other type is refused too. [`RuleBook::request`] asks another book.
    pub fn target(self, target: impl AsRef<str>) -> Result<Self, TargetError> {
        RuleBook::guide().request(self.destination(), Some(target.as_ref()))
    }
}

impl RuleBook {
    /// A request whose target this book can judge; without a target the book's own is used.
    ///
    /// # Errors
    /// As [`Request::target`].
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, RuleBook};
    ///
    /// let error = RuleBook::guide().request(Destination::ThirdParty, Some("14.2(1)SR1")).unwrap_err();
    /// assert_eq!(error.to_string(), "target 14.2(1)SR1: it is Enterprise firmware; third-party needs MPP firmware");
    /// ```
    pub fn request(&self, destination: Destination, target: Option<&str>) -> Result<Request, TargetError> {
        // Empty text is absent everywhere.
        match target.filter(|target| !trim(target).is_empty()) {
            None => Ok(Request::to(destination)),
            Some(text) => self.request_with(destination, text.parse()?),
        }
    }

    /// The same with a target that was read already.
    ///
    /// # Errors
    /// If it is of the wrong type.
    pub fn request_with(&self, destination: Destination, target: Target) -> Result<Request, TargetError> {
        let request = Request::to(destination);
        if let Target::Release(release) = target {
            let mut known = self.loads().filter(|row| row.load.release() == Some(release)).peekable();
            if let Some(first) = known.peek().map(|row| row.load.firmware_type())
                && known.all(|row| row.load.firmware_type() != destination.needs())
            {
                return Err(request.wrong_type(&release, first));
            }
        }
        request.with_target(target)
    }

    /// What a person should know before all answers say it (CG313): the release that was chosen is none of which this book
    /// has a load, for whatever family. It may be newer than the book, or mistyped; the verdicts hold either way.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, RuleBook};
    ///
    /// let guide = RuleBook::guide();
    /// let told = |target| Some(guide.unknown_target(&guide.request(Destination::ThirdParty, Some(target)).ok()?)?.to_string());
    /// assert_eq!(told("12.0(3)"), None);
    /// assert!(told("99.9").unwrap().starts_with("target 99.9(1): rule book guide 2026.11.0 has no MPP load of this release"));
    /// ```
    pub fn unknown_target(&self, request: &Request) -> Option<UnknownTarget> {
        let Some(Target::Release(release)) = request.chosen_target() else { return None };
        let firmware_type = request.destination().needs();
        let loads = self.loads().map(|row| row.load);
        let known = loads.filter(|load| load.firmware_type() == firmware_type && !load.is_engineering_build());
        let known: Vec<Release> = known.filter_map(|load| load.release()).collect();
        (!known.contains(release)).then(|| UnknownTarget {
            release: *release,
            firmware_type,
            book: format!("{} {}", self.edition(), self.revision()),
            newest: known.into_iter().max(),
        })
    }
}

/// A chosen release of which a rule book has no load. Printed, it says so, and which release is the newest that the book knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTarget {
    release: Release,
    firmware_type: FirmwareType,
    book: String,
    newest: Option<Release>,
}

impl UnknownTarget {
    /// The newest release of this type of firmware of which the book has a load.
    pub fn newest(&self) -> Option<Release> {
        self.newest
    }
}

impl fmt::Display for UnknownTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { release, firmware_type, book, newest } = self;
        let name = firmware_type.name();
        write!(f, "target {release}: rule book {book} has no {name} load of this release")?;
        match newest {
            Some(newest) => write!(f, "; the newest that it knows is {newest}"),
            None => write!(f, " and none of another"),
        }
    }
}

/// A map of `destination` and, if one was chosen, `target`; judged by the rule book `guide`.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Request {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Keys {
            destination: Destination,
            #[serde(default)]
            target: Option<String>,
        }
        let Keys { destination, target } = Keys::deserialize(deserializer)?;
        RuleBook::guide().request(destination, target.as_deref()).map_err(serde::de::Error::custom)
    }
}
