//! Targets that only a rule book can judge: a release carries no type, but the book knows which loads have it.

use std::fmt;

use super::{RuleBook, Tables};
#[cfg(feature = "serde")]
use crate::destination::RequestKeys;
use crate::destination::{Destination, IntoTarget, Request, Target, TargetError};
use crate::firmware::{FirmwareType, LoadName, Release};

impl RuleBook {
    /// A request to this book: where the phone shall go, and what to install there. The target is a text, a
    /// [`Release`], a [`LoadName`] or a [`Target`]; none and empty text stand for the book's own.
    ///
    /// # Errors
    /// If a text is no target, or if it is of the wrong type for the destination: a load says its type, and a release
    /// is refused if this book knows it for other types only. A release that the book does not know at all is none of
    /// these (CG313).
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, RuleBook};
    ///
    /// let error = RuleBook::guide().request(Destination::ThirdParty, "14.2(1)SR1").unwrap_err();
    /// let told = "knows it as Enterprise firmware only; third-party needs MPP firmware, such as 12.0(3)SR1";
    /// assert!(error.to_string().ends_with(told));
    /// ```
    pub fn request(&self, destination: Destination, target: impl IntoTarget) -> Result<Request, TargetError> {
        match target.into_target()? {
            None => Ok(Request::to(destination)),
            Some(target) => self.judged(destination, target),
        }
    }

    fn judged(&self, destination: Destination, target: Target) -> Result<Request, TargetError> {
        let needed = destination.needs();
        let book = || format!("{} {}", self.edition(), self.revision());
        let newest_release = || self.newest(needed).map(|release| release.to_string());
        if let Some(load) = target.loads().iter().find(|load| load.firmware_type() != needed) {
            let of_family = self.released(needed).filter(|known| known.family() == load.family());
            let newest = of_family.max_by_key(LoadName::release).map(|load| load.to_string());
            return Err(TargetError::WrongType {
                target: load.to_string(),
                found: load.firmware_type(),
                destination,
                book: book(),
                instead: newest.or_else(newest_release),
            });
        }
        if let Target::Release(release) = target
            && let Some(found) = self.tables().known_for_other_type(release, needed)
        {
            let instead = newest_release();
            return Err(TargetError::KnownForOtherType { target: release, found, destination, book: book(), instead });
        }
        Ok(Request::judged(destination, target))
    }

    /// The loads of this type that an answer may choose.
    fn released(&self, firmware_type: FirmwareType) -> impl Iterator<Item = LoadName> {
        let loads = self.loads().filter(|row| row.may_be_chosen()).map(|row| row.load);
        loads.filter(move |load| load.firmware_type() == firmware_type)
    }

    fn newest(&self, firmware_type: FirmwareType) -> Option<Release> {
        self.released(firmware_type).filter_map(|load| load.release()).max()
    }

    /// What a person should know before all answers say it (CG313): the release that was chosen is none of which this
    /// book has a load, for whatever family. It may be newer than the book, or mistyped; the verdicts hold either way.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, RuleBook};
    ///
    /// let guide = RuleBook::guide();
    /// let told = |target| Some(guide.unknown_target(&guide.request(Destination::ThirdParty, target).ok()?)?.to_string());
    /// assert_eq!(told("12.0(3)"), None);
    /// assert!(told("99.9").unwrap().contains(" has no MPP load of this release"));
    /// ```
    pub fn unknown_target(&self, request: &Request) -> Option<UnknownTarget> {
        let Some(Target::Release(release)) = request.chosen_target() else { return None };
        let firmware_type = request.destination().needs();
        let is_known = self.released(firmware_type).any(|load| load.release() == Some(*release));
        (!is_known).then(|| UnknownTarget {
            release: *release,
            firmware_type,
            book: format!("{} {}", self.edition(), self.revision()),
            newest: self.newest(firmware_type),
        })
    }
}

/// A chosen release of which a rule book has no load. Printed, it says so, and which release is the newest that the
/// book knows.
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

impl Tables<'_> {
    /// The type of which the book has loads of this release, if it has some and none of the type that is needed. Then
    /// the release is no target.
    pub(crate) fn known_for_other_type(self, release: Release, needed: FirmwareType) -> Option<FirmwareType> {
        let known = self.known_release(release)?;
        let (other, is_needed, is_other) = match needed {
            FirmwareType::Mpp => (FirmwareType::Enterprise, known.is_mpp, known.is_enterprise),
            _ => (FirmwareType::Mpp, known.is_enterprise, known.is_mpp),
        };
        (is_other && !is_needed).then_some(other)
    }
}

#[cfg(feature = "serde")]
impl RuleBook {
    /// Reads a map of `destination` and, if one was chosen, `target`, and judges the target as
    /// [`request`](Self::request) does. `Deserialize` of [`Request`] knows no book, and leaves releases to the one that answers.
    ///
    /// # Errors
    /// Those of the format, and those of [`request`](Self::request).
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, RuleBook};
    ///
    /// let book = RuleBook::field();
    /// let text = r#"{"destination": "webex-calling", "target": "12.0(5)"}"#;
    /// let request = book.read_request(&mut serde_json::Deserializer::from_str(text))?;
    /// assert_eq!(request, book.request(Destination::WebexCalling, "12.0(5)")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_request<'de, D: serde::Deserializer<'de>>(&self, deserializer: D) -> Result<Request, D::Error> {
        let RequestKeys { destination, target } = serde::Deserialize::deserialize(deserializer)?;
        self.request(destination, target).map_err(serde::de::Error::custom)
    }
}
