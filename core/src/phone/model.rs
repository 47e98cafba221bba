use std::fmt;

use super::Product;
use super::cucm_types::CUCM_TYPES;
use crate::text::{Fault, FieldText, InlineText, Spaces, read_and_print};

/// The model of a phone: `8841`, `8851NR`. A color, a region or a power supply does not make another model; `NR` does.
///
/// What is no phone has the name that Unified CM gives it: `Cisco IP Communicator`. [`Model::device_class`] tells it.
///
/// Open on purpose: a rule book can know more models than this version of crossgrade has heard of.
///
/// # Accepted spellings
/// Everything that [`Product`] reads: `8841`, `Cisco 8841`, `CP-8841-K9=`, the CUCM type code `683`, ...
///
/// # Example
/// ```
/// use crossgrade::Model;
///
/// let model: Model = "Cisco IP Phone 8841".parse()?;
/// assert_eq!(model.as_str(), "8841");
/// assert_eq!("CP-8832-NR-K9=".parse::<Model>()?.as_str(), "8832NR");
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Model(pub(crate) InlineText<15>);

impl Model {
    /// For tables: the model of this name.
    pub(crate) const fn constant(name: &str) -> Self {
        Self(InlineText::constant(name))
    }

    /// The name of the model.
    pub fn as_str(&self) -> &str {
        self.row_of_name().map_or(self.0.as_str(), |row| row.name)
    }

    /// `88xx` for a model whose name starts with a number of four digits.
    pub(crate) fn series(&self) -> Option<Self> {
        match self.0.as_bytes() {
            &[a, b, c, d, ..] if [a, b, c, d].iter().all(u8::is_ascii_digit) => {
                InlineText::new(&[a, b, b'x', b'x']).map(Self)
            }
            _ => None,
        }
    }
}

impl FieldText for Model {
    const THING: &'static str = "model";
    const EXPECTED: &'static str = Product::EXPECTED;
    const SPACES: Spaces = Product::SPACES;

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let read = Product::read(text).map(|product| product.model());
        // Names that only a fuller text or a type code gives, as they are printed.
        let is_printed = |text: &[u8]| {
            let is_number = |text: &[u8]| (3..=4).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
            let has_type_code = CUCM_TYPES.iter().any(|(_, model)| model.0.as_bytes() == text);
            text.strip_prefix(b"CP-").is_some_and(is_number) || has_type_code
        };
        match InlineText::new(text) {
            Some(name) if read.is_err() && is_printed(text) => Ok(Self(name)),
            _ => read,
        }
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({})", self.as_str())
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

read_and_print!(Model);
