use std::fmt;
use std::str::FromStr;

use super::Destination;
use crate::ParseError;
use crate::firmware::{FirmwareType, LoadFamily, LoadName, Release};
use crate::text::{Shown, trim};

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
    /// The destination needs another type of firmware.
    #[error(
        "target {}: it is {found} firmware; {destination} needs {} firmware",
        Shown::new(target),
        destination.needs().name()
    )]
    WrongType {
        /// What was asked for.
        target: String,
        /// The type that it has.
        found: &'static str,
        /// Where the phone shall go.
        destination: Destination,
    },
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let loads = text.split(',').map(trim).filter(|load| !load.is_empty());
        if !text.contains(',') || loads.clone().next().is_none() {
            return one(text);
        }
        let loads = loads.map(str::parse).collect::<Result<Vec<LoadName>, _>>();
        let mut loads = loads.map_err(TargetError::UnreadableLoad)?;
        loads.sort();
        match loads.windows(2).find(|pair| pair[0].family() == pair[1].family()) {
            Some(pair) => Err(TargetError::FamilyTwice(pair[0].family())),
            None => match loads.as_slice() {
                [load] => Ok(Self::Load(*load)),
                _ => Ok(Self::LoadPerFamily(loads.into())),
            },
        }
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
    /// The loads that it names outright.
    pub(crate) fn loads(&self) -> &[LoadName] {
        match self {
            Self::Release(_) => &[],
            Self::Load(load) => std::slice::from_ref(load),
            Self::LoadPerFamily(loads) => loads,
        }
    }
}

/// Where a phone shall go, and what the caller chose to install there.
///
/// [`Request::target`] reads a target and refuses one of the wrong type; without it the rule book's own load is used.
///
/// # Example
/// ```
/// use crossgrade::{Destination, Request};
///
/// let request = Request::to(Destination::ThirdParty).target("12.0(3)")?;
/// assert_eq!(request.chosen_target().unwrap().to_string(), "12.0(3)");
///
/// let error = Request::to(Destination::UnifiedCm).target("sip88xx.12-0-3MPP0001-87").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "target sip88xx.12-0-3MPP0001-87: it is MPP firmware; unified-cm needs Enterprise firmware"
/// );
/// # Ok::<(), crossgrade::TargetError>(())
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

    /// Where the phone shall go.
    pub const fn destination(&self) -> Destination {
        self.destination
    }

    /// What the caller chose to install, if anything.
    pub const fn chosen_target(&self) -> Option<&Target> {
        self.target.as_ref()
    }

    /// Chooses a target whose loads have the type that the destination needs. Releases carry no type; a rule book can
    /// tell.
    pub(crate) fn with_target(self, target: Target) -> Result<Self, TargetError> {
        let needed = self.destination.needs();
        match target.loads().iter().find(|load| load.firmware_type() != needed) {
            Some(load) => Err(self.wrong_type(load, load.firmware_type())),
            None => Ok(Self { target: Some(target), ..self }),
        }
    }

    pub(crate) fn wrong_type(&self, target: &impl ToString, found: FirmwareType) -> TargetError {
        TargetError::WrongType { target: target.to_string(), found: found.name(), destination: self.destination }
    }
}
