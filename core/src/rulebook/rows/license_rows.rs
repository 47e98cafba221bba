use super::{Origin, Text, row};
use crate::destination::Destination;
use crate::text::words;

words! {
    /// Whether a license has to be had.
    ///
    /// Ordered as everything lists them, for sorted tables; none is more than another.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum LicenseNeed as "license need" {
        /// Not known: evidence is missing, or is a text of which the documents say different things.
        Unknown = "unknown",
        /// To be bought, one for each phone.
        Purchase = "purchase",
        /// Control Hub issues it; nothing to order.
        IssuedByControlHub = "issued-by-control-hub",
        /// None.
        NotRequired = "not-required",
    }
}

words! {
    /// Which transition authorization a license row is about.
    #[non_exhaustive]
    pub enum AuthorizationState as "authorization state" {
        /// Whatever the phone shows.
        Any = "any",
        /// Blank; or not known, on a phone that was sold with MPP firmware.
        Without = "none",
        /// Classic or WxC.
        Given = "given",
        /// A text that is none of these.
        Other = "other",
    }
}

/// The license of a conversion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LicenseRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Where the phone goes.
    pub destination: Destination,
    /// The series that it is sold for.
    pub series: Text,
    /// Which transition authorization the phone shows.
    pub when: AuthorizationState,
    /// Whether it has to be had.
    pub need: LicenseNeed,
    /// What to order.
    pub sku: Option<Text>,
    /// The support that goes with it.
    pub service_sku: Option<Text>,
    /// The name of its file, with `{MAC}` for the address.
    pub file: Option<Text>,
}

row! {
    LicenseRow in "licenses" { destination, series, when, need, sku, service_sku, file } fields => {
        fields.text("destination", destination);
        fields.text("series", series);
        fields.text("when", when);
        fields.text("need", need);
        fields.if_any("sku", sku.as_ref());
        fields.if_any("service-sku", service_sku.as_ref());
        fields.if_any("file", file.as_ref());
    }
}
