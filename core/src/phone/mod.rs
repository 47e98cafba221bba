//! The question: a phone as an inventory knows it.

mod authorization;
#[cfg(all(test, feature = "load"))]
mod bake_devices;
#[cfg(all(test, feature = "load"))]
mod bake_words;
mod cucm_types;
mod device_class;
mod evidence;
mod evidence_of_sides;
mod input_forms;
mod mac;
mod model;
mod no_phone_names;
pub(crate) mod no_phones;
mod pid;
mod product;
mod product_parts;
mod product_words;
#[cfg(feature = "serde")]
mod serde;
mod serial;
mod sides;
mod vid;

use std::borrow::Cow;
#[cfg(any(feature = "csv", feature = "arrow"))]
use std::hash::{Hash, Hasher};

pub use authorization::Authorization;
pub use device_class::DeviceClass;
pub(crate) use device_class::NoPhone;
pub use evidence::Evidence;
pub use mac::Mac;
pub use macaddr::MacAddr6;
pub use model::Model;
pub use pid::Pid;
pub use product::Product;
pub use serial::Serial;
pub use sides::{Side, Sides};
pub use vid::Vid;

use crate::firmware::{FirmwareType, LoadName, Release};

/// A phone as an inventory knows it. Every field may be absent, unreadable or known; none of that is an error.
///
/// # Example
/// ```
/// use crossgrade::{Evidence, FirmwareType, Phone};
///
/// let phone = Phone::new("CP-7821-K9=").vid("V03").load("sip78xx.12-8-1-0001-455");
/// assert_eq!(phone.product().known().unwrap().model().as_str(), "7821");
/// assert_eq!(phone.mac_evidence(), &Evidence::Absent);
///
/// // Text that came from elsewhere may be missing or anything at all.
/// let phone = Phone::new(Some("8841")).vid("five").firmware_type(FirmwareType::Mpp);
/// assert_eq!(phone.vid_evidence().unreadable(), Some("five"));
/// ```
///
/// With the feature `serde` a phone is a map of the texts: `pid`, `vid`, `mac`, `serial`, `load`, `release`, `firmware_type`,
/// `authorization`, each of which may be missing or null. What was said differently is a list of its sides
/// (`[{"value": "V03", "place": "page"}, ...]`). The format has to be one that describes itself, such as JSON or TOML. Bytes
/// that are no text come back as the text that they were kept as.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Phone<'a> {
    product_text: Option<Cow<'a, str>>,
    product: Evidence<'a, Product>,
    vid: Evidence<'a, Vid>,
    mac: Evidence<'a, Mac>,
    serial: Evidence<'a, Serial>,
    load: Evidence<'a, LoadName>,
    release: Evidence<'a, Release>,
    firmware_type: Evidence<'a, FirmwareType>,
    authorization: Evidence<'a, Authorization>,
}

/// One setter and one getter for each field but the product.
macro_rules! fields {
    ($( $(#[$meta:meta])* $field:ident, $evidence:ident: $type:ty; )+) => {
        impl<'a> Phone<'a> {
            $(
                $(#[$meta])*
                #[must_use]
                #[inline]
                pub fn $field(self, $field: impl Into<Evidence<'a, $type>>) -> Self {
                    let $field = $field.into();
                    Self { $field, ..self }
                }

                #[doc = concat!("What is known of the field that [`Phone::", stringify!($field), "`] sets.")]
                pub fn $evidence(&self) -> &Evidence<'a, $type> {
                    &self.$field
                }
            )+

            /// The same with every text copied, so that it outlives what it was read from.
            pub fn into_owned(self) -> Phone<'static> {
                Phone {
                    product_text: self.product_text.map(|text| Cow::Owned(text.into_owned())),
                    product: self.product.into_owned(),
                    $( $field: self.$field.into_owned(), )+
                }
            }
        }
    };
}

fields! {
    /// The hardware version id on the label: `V03`.
    vid, vid_evidence: Vid;
    /// The MAC address, or the name that Unified CM made of it (`SEP...`).
    mac, mac_evidence: Mac;
    /// The serial number on the label.
    serial, serial_evidence: Serial;
    /// The load that runs (not the one that is configured): `sip88xx.14-2-1-0101-26`.
    load, load_evidence: LoadName;
    /// The release that runs, where no load name is known.
    release, release_evidence: Release;
    /// The type of firmware that runs, where somebody or something says it outright.
    firmware_type, firmware_type_evidence: FirmwareType;
    /// The "Transition authorization type" that an MPP phone shows; `blank` if it shows the field empty.
    authorization, authorization_evidence: Authorization;
}

impl<'a> Phone<'a> {
    /// A phone of which only the product text is known; see [`Product`] for what that may be.
    #[inline]
    pub fn new(product: impl Into<ProductField<'a>>) -> Self {
        let ProductField { text, evidence } = product.into();
        Self {
            product_text: text,
            product: evidence,
            vid: Evidence::Absent,
            mac: Evidence::Absent,
            serial: Evidence::Absent,
            load: Evidence::Absent,
            release: Evidence::Absent,
            firmware_type: Evidence::Absent,
            authorization: Evidence::Absent,
        }
    }

    /// The same phone with another product.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn with_product(self, product: Evidence<'a, Product>) -> Self {
        let ProductField { text, evidence } = product.into();
        Self { product_text: text, product: evidence, ..self }
    }

    /// The same phone under another identity, where it stands.
    #[cfg(feature = "csv")]
    #[inline]
    pub(crate) fn set_identity(&mut self, mac: Evidence<'a, Mac>, serial: Evidence<'a, Serial>) {
        (self.mac, self.serial) = (mac, serial);
    }

    /// Forgets MAC address and serial number; contradictions stay if `keeps_contradictions`.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn forget_identity(&mut self, keeps_contradictions: bool) {
        if !keeps_contradictions || self.mac.sides().is_none() {
            self.mac = Evidence::Absent;
        }
        if !keeps_contradictions || self.serial.sides().is_none() {
            self.serial = Evidence::Absent;
        }
    }

    /// Whether this phone and another differ in nothing but MAC address and serial number.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn differs_in_identity_only(&self, other: &Phone<'_>) -> bool {
        self.without_identity() == other.without_identity()
    }

    /// Hashes what [`differs_in_identity_only`](Self::differs_in_identity_only) compares.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn hash_without_identity(&self, hasher: &mut impl Hasher) {
        self.without_identity().hash(hasher);
    }

    /// Every field but MAC address and serial number.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    fn without_identity<'p>(&'p self) -> WithoutIdentity<'p, 'a> {
        let Self { product_text, product, vid, mac: _, serial: _, load, release, firmware_type, authorization } = self;
        (product_text, product, vid, load, release, firmware_type, authorization)
    }

    /// How many bytes the texts of the phone have.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn text_size(&self) -> usize {
        self.product_text().map_or(0, str::len)
            + self.product.text_size()
            + self.vid.text_size()
            + self.load.text_size()
            + self.release.text_size()
            + self.firmware_type.text_size()
            + self.authorization.text_size()
    }

    /// What is known of the product.
    pub fn product(&self) -> &Evidence<'a, Product> {
        &self.product
    }

    /// The raw text that the product was read from.
    pub fn product_text(&self) -> Option<&str> {
        self.product_text.as_deref()
    }
}

/// Every field of a phone but MAC address and serial number.
#[cfg(any(feature = "csv", feature = "arrow"))]
type WithoutIdentity<'p, 'a> = (
    &'p Option<Cow<'a, str>>,
    &'p Evidence<'a, Product>,
    &'p Evidence<'a, Vid>,
    &'p Evidence<'a, LoadName>,
    &'p Evidence<'a, Release>,
    &'p Evidence<'a, FirmwareType>,
    &'p Evidence<'a, Authorization>,
);

/// What [`Phone::new`] takes: everything that [`Evidence`] of a product is made from, and the values that name one:
/// [`Product`], [`Pid`], [`Model`]. It keeps the text beside what was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductField<'a> {
    text: Option<Cow<'a, str>>,
    evidence: Evidence<'a, Product>,
}

impl<'a> ProductField<'a> {
    #[inline]
    fn read(bytes: &'a [u8]) -> Self {
        let evidence = Evidence::read(bytes);
        // Blank text is absent, and as good as no text.
        let is_absent = matches!(evidence, Evidence::Absent);
        Self { text: (!is_absent).then(|| String::from_utf8_lossy(bytes)), evidence }
    }

    fn into_owned(self) -> ProductField<'static> {
        let text = self.text.map(|text| Cow::Owned(text.into_owned()));
        ProductField { text, evidence: self.evidence.into_owned() }
    }
}
