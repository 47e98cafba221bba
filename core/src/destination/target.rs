use std::fmt;
use std::str::FromStr;

use super::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::text::{ParseError, Shown, trim};

/// What the caller chose to install: a release, a load, or one load for each family.
///
/// # Accepted spellings
/// Those of [`Release`] and [`LoadName`]; several loads are separated by commas.
///
/// # Example
/// ```
/// use crossgrade::Target;
///
/// let release: Target = "12.0(5)".parse()?;
/// let loads: Target = "sip78xx.12-0-3MPP0001-87, sip88xx.12-0-3MPP0001-87".parse()?;
/// assert_eq!(loads.to_string(), "sip78xx.12-0-3MPP0001-87,sip88xx.12-0-3MPP0001-87");
/// # Ok::<(), crossgrade::TargetError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// A release; the rule book knows the load of it for each family.
    Release(Release),
    /// A load, which serves one family.
    Load(LoadName),
    /// At most one load for each family.
    LoadPerFamily(Box<[LoadName]>),
}

/// Why a target cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// It is neither a release nor a load.
    #[error("target: {release}; or a {load}")]
    Unreadable {
        /// Why it is no release.
        release: ParseError,
        /// Why it is no load.
        load: ParseError,
    },
    /// One of several loads cannot be read.
    #[error("target: {0}")]
    UnreadableLoad(ParseError),
    /// Two loads for one family.
    #[error("target: two loads for family {0}; expected at most one load for each family")]
    FamilyTwice(LoadFamily),
    /// A load of a type that the destination does not take; its name says the type.
    #[error("target {}: it is {} firmware; {}", Shown::new(target), found.name(), Needed(book, *destination, instead))]
    WrongType {
        /// The load that was asked for.
        target: String,
        /// The type that it has.
        found: FirmwareType,
        /// Where the phone shall go.
        destination: Destination,
        /// Edition and revision of the rule book that was asked; empty where none was, since the name says the type.
        book: String,
        /// What of that book would be right: a load of the family, or else a release.
        instead: Option<String>,
    },
    /// A release that the rule book knows, but not of the type that the destination needs.
    #[error(
        "target {target}: rule book {book} knows it as {} firmware only; {}",
        found.name(),
        Needed("", *destination, instead)
    )]
    KnownForOtherType {
        /// The release that was asked for.
        target: Release,
        /// The type of which the book has it.
        found: FirmwareType,
        /// Where the phone shall go.
        destination: Destination,
        /// Edition and revision of the rule book that was asked.
        book: String,
        /// The newest release of the right type that the book knows.
        instead: Option<String>,
    },
}

/// What would be right, and which book says so where the sentence has not named it.
struct Needed<'a>(&'a str, Destination, &'a Option<String>);

impl fmt::Display for Needed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(book, destination, instead) = self;
        write!(f, "{destination} needs {} firmware", destination.needs().name())?;
        if let Some(instead) = instead {
            write!(f, ", such as {instead}")?;
        }
        if book.is_empty() { Ok(()) } else { write!(f, " (rule book {book})") }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let loads = text.split(',').map(trim).filter(|load| !load.is_empty());
        if !text.contains(',') || loads.clone().next().is_none() {
            return one(text);
        }
        let loads = loads.map(str::parse).collect::<Result<Vec<LoadName>, _>>();
        Self::of_loads(loads.map_err(TargetError::UnreadableLoad)?)
    }
}

fn one(text: &str) -> Result<Target, TargetError> {
    match (text.parse(), text.parse()) {
        (Ok(release), _) => Ok(Target::Release(release)),
        (_, Ok(load)) => Ok(Target::Load(load)),
        (Err(release), Err(load)) => Err(TargetError::Unreadable { release, load }),
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Release(release) => release.fmt(f),
            Self::Load(load) => load.fmt(f),
            Self::LoadPerFamily(loads) => loads.iter().enumerate().try_for_each(|(index, load)| {
                let comma = if index == 0 { "" } else { "," };
                write!(f, "{comma}{load}")
            }),
        }
    }
}

impl Target {
    /// One load for each family.
    ///
    /// # Errors
    /// If there are none, or two for one family.
    pub fn of_loads(loads: impl IntoIterator<Item = LoadName>) -> Result<Self, TargetError> {
        let mut loads: Vec<LoadName> = loads.into_iter().collect();
        loads.sort();
        if let Some(pair) = loads.windows(2).find(|pair| pair[0].family() == pair[1].family()) {
            return Err(TargetError::FamilyTwice(pair[0].family()));
        }
        match loads.as_slice() {
            [] => one(""),
            [load] => Ok(Self::Load(*load)),
            _ => Ok(Self::LoadPerFamily(loads.into())),
        }
    }

    /// The loads that it names outright.
    pub(crate) fn loads(&self) -> &[LoadName] {
        match self {
            Self::Release(_) => &[],
            Self::Load(load) => std::slice::from_ref(load),
            Self::LoadPerFamily(loads) => loads,
        }
    }
}

impl From<Release> for Target {
    fn from(release: Release) -> Self {
        Self::Release(release)
    }
}

impl From<LoadName> for Target {
    fn from(load: LoadName) -> Self {
        Self::Load(load)
    }
}

/// Where a phone shall go, and what the caller chose to install there.
///
/// With the rule book's own target it is [`Request::to`]. One with a target of the caller's choice comes from the book
/// that shall answer, [`RuleBook::request`](crate::RuleBook::request), which refuses a target that it knows to be
/// wrong.
///
/// With the feature `serde` it is a map of `destination` and `target`, which is null for the rule book's own. Deserializing
/// knows no book: it refuses loads of the wrong type, which their names say, and leaves releases to the book that answers.
/// [`RuleBook::read_request`](crate::RuleBook::read_request) reads the same map and judges at once.
///
/// # Another book
/// A request may be asked of another book than the one that made it, as [`Fleet::impact`](crate::Fleet::impact) does.
/// Each book judges the target by its own rows: to one that would refuse it, the target serves no phone (CG312), and no
/// phone that has to be converted is eligible.
///
/// # Example
/// ```
/// use crossgrade::{Destination, LoadName, Request, RuleBook};
///
/// let request = RuleBook::field().request(Destination::ThirdParty, "12.0(5)")?;
/// assert_eq!(request.chosen_target().unwrap().to_string(), "12.0(5)");
/// assert_eq!(Request::to(Destination::ThirdParty).chosen_target(), None);
///
/// let load: LoadName = "sip88xx.12-0-3MPP0001-87".parse()?;
/// let error = RuleBook::guide().request(Destination::UnifiedCm, load).unwrap_err();
/// assert!(error.to_string().starts_with(
///     "target sip88xx.12-0-3MPP0001-87: it is MPP firmware; unified-cm needs Enterprise firmware, such as \
///      sip88xx.14-2-1-0101-26 (rule book guide "
/// ));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    destination: Destination,
    target: Option<Target>,
}

impl Request {
    /// To this destination, with the rule book's own target.
    pub const fn to(destination: Destination) -> Self {
        Self { destination, target: None }
    }

    /// With a target that was read, and that no book has judged.
    #[cfg(feature = "serde")]
    pub(super) fn unjudged(destination: Destination, target: Option<Target>) -> Result<Self, TargetError> {
        let needed = destination.needs();
        let loads = target.as_ref().map_or(&[][..], Target::loads);
        match loads.iter().find(|load| load.firmware_type() != needed) {
            None => Ok(Self { destination, target }),
            Some(load) => Err(TargetError::WrongType {
                target: load.to_string(),
                found: load.firmware_type(),
                destination,
                book: String::new(),
                instead: None,
            }),
        }
    }

    /// With a target that a rule book has judged.
    pub(crate) const fn judged(destination: Destination, target: Target) -> Self {
        Self { destination, target: Some(target) }
    }

    /// Where the phone shall go.
    pub const fn destination(&self) -> Destination {
        self.destination
    }

    /// What the caller chose to install, if anything.
    pub const fn chosen_target(&self) -> Option<&Target> {
        self.target.as_ref()
    }
}
