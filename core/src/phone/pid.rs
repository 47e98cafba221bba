use std::fmt;

use super::Model;
use crate::text::InlineText;

/// The product id on the label: `CP-8841-K9`, `CP-8841-3PCC-K9`. Canonical: upper case, no `=`.
///
/// `-K9` means strong cryptography, not Enterprise firmware. `3PCC` (also `3PC`, `3PW`, `3PB`) marks hardware that was
/// sold with MPP firmware; it says nothing about what runs today.
///
/// # Accepted spellings
/// `CP-8841-K9=`, `CP-8841-K9++=`, `CP-8841`, `CP8841`, `cp 8841 k9`, `CP-8832-EU-K9=`, `CP-8841-3PCC`; with the VID
/// behind it, as labels print it (`PID VID: CP-8841-K9 V15`); inside a user agent. A model name is not a PID: read it
/// as [`Product`](super::Product) or [`Model`].
///
/// # Example
/// ```
/// use crossgrade::Pid;
///
/// let pid: Pid = "cp-8845-3pcc-k9=".parse()?;
/// assert_eq!(pid.to_string(), "CP-8845-3PCC-K9");
/// assert_eq!(pid.model().as_str(), "8845");
/// assert!(pid.is_marked_3pcc());
/// assert!("Cisco 8845".parse::<Pid>().is_err());
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pid {
    pub(super) text: InlineText<30>,
    pub(super) model: Model,
    pub(super) marked: bool,
}

impl Pid {
    /// The model that it names.
    pub fn model(&self) -> Model {
        self.model
    }

    /// Whether it marks MPP hardware.
    pub fn is_marked_3pcc(&self) -> bool {
        self.marked
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }
}

impl fmt::Debug for Pid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pid({})", self.text)
    }
}

impl fmt::Display for Pid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.text, f)
    }
}
