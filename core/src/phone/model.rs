use crate::text::InlineText;

/// The model of a phone: `8841`, `8851NR`. A color, a region or a power supply does not make another model; `NR` does.
///
/// What is no phone has the name that Unified CM gives it: `Cisco IP Communicator`. [`Model::device_class`] tells it.
///
/// Open on purpose: a rule book can know more models than this version of crossgrade has heard of.
///
/// # Accepted spellings
/// Everything that [`Product`](super::Product) reads: `8841`, `Cisco 8841`, `CP-8841-K9=`, the CUCM type code `683`, ...
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

/// What stands in front of the number of a row, where other models have a letter or a digit.
pub(super) const MARK: u8 = 0x7f;
/// Numbers are written in digits to this base, each more than zero, so that unused bytes of a name stay the only zeros.
pub(super) const BASE: usize = 126;

impl Model {
    /// For tables: the row of this number. Names of such devices are longer than names of models.
    pub(crate) const fn of_no_phone(row: usize) -> Self {
        assert!(row < BASE * BASE);
        Self(InlineText::ascii([MARK, (row / BASE + 1) as u8, (row % BASE + 1) as u8]))
    }

    /// For tables: the model of this name.
    pub(crate) const fn constant(name: &str) -> Self {
        Self(InlineText::constant(name))
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
