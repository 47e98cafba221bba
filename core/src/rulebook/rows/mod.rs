//! The rows of a rule book: what, never how. All if-then is in `assess`.

#[cfg(feature = "load")]
mod advice_keys;
mod conversion_rows;
mod evidence_rows;
mod firmware_rows;
mod license_rows;
mod row_values;
mod rule_origin;
mod source_rows;

use std::borrow::Cow;

#[cfg(feature = "load")]
pub(crate) use advice_keys::AdviceKey;
pub use conversion_rows::{Answer, ConversionRow, ModelRow, PidMark, SingleFirmwareRow, VidRange};
pub use evidence_rows::{AdviceKind, AdviceRow, EvidenceRow, EvidenceRule};
pub use firmware_rows::{FloorRow, GateRow, LoadRow, LoadServerRow, Stage, StepRow, TargetRow};
pub use license_rows::{AuthorizationState, LicenseNeed, LicenseRow};
pub use row_values::FieldValue;
pub(crate) use row_values::Fields;
pub(crate) use rule_origin::Life;
pub use rule_origin::{Confidence, Origin};
pub use source_rows::{AmendmentRow, DisagreementRow, ErratumRow, Side, SourceRow};

/// A text of a row: part of the library, or read from a file.
pub type Text = Cow<'static, str>;
/// A list in a row.
pub type List<T> = Cow<'static, [T]>;

/// What all rows have in common.
///
/// [`RuleBook::row`](crate::RuleBook::row) finds a row of any section by its id.
///
/// Only rows of crossgrade are rows: the trait is sealed, and may get more methods.
pub trait Row: sealed::Sealed + Send + Sync {
    /// The section of a book that it stands in: `gates`.
    fn section(&self) -> &'static str;

    /// Where it comes from.
    fn origin(&self) -> &Origin;

    /// Everything that it says, by the keys of the TOML, in canonical spelling. Keys that say nothing are left out.
    fn fields(&self) -> Vec<(&'static str, FieldValue)>;
}

/// Nobody outside writes rows.
pub(crate) mod sealed {
    pub trait Sealed {}
}

/// The type of the rows of one section.
pub(crate) trait SectionRow: Row + Clone + PartialEq + 'static {
    const SECTION: &'static str;

    #[cfg(feature = "load")]
    fn origin_mut(&mut self) -> &mut Origin;
}

/// Implements [`Row`] for a type: its section, and its own fields beside those of its origin. The fields are taken
/// apart by name, so that one that is forgotten does not compile.
macro_rules! row {
    ($name:ident in $section:literal { $($field:ident),* } $fields:ident => $body:block) => {
        impl $crate::rulebook::rows::Row for $name {
            fn section(&self) -> &'static str {
                $section
            }

            fn origin(&self) -> &$crate::rulebook::rows::Origin {
                &self.origin
            }

            fn fields(&self) -> Vec<(&'static str, $crate::rulebook::rows::FieldValue)> {
                let Self { origin, $($field),* } = self;
                let mut $fields = $crate::rulebook::rows::Fields::default();
                $body
                origin.fields(&mut $fields);
                $fields.into_inner()
            }
        }

        impl $crate::rulebook::rows::sealed::Sealed for $name {}

        impl $crate::rulebook::rows::SectionRow for $name {
            const SECTION: &'static str = $section;

            #[cfg(feature = "load")]
            fn origin_mut(&mut self) -> &mut $crate::rulebook::rows::Origin {
                &mut self.origin
            }
        }
    };
}
pub(crate) use row;

/// Calls a macro with every section: the name in Rust, the type of its rows, its name in TOML, what it holds.
macro_rules! with_sections {
    ($macro:ident) => {
        $macro! {
            amendments: AmendmentRow, "Amendments that are in force.",
            sources: SourceRow, "Documents.",
            models: ModelRow, "Models with a load.",
            single_firmware: SingleFirmwareRow, "Hardware that runs one type of firmware only.",
            conversions: ConversionRow, "Which models can be converted.",
            gates: GateRow, "Minimum releases.",
            floors: FloorRow, "Lowest releases of hardware.",
            loads: LoadRow, "Loads.",
            targets: TargetRow, "Loads for when the caller chooses none.",
            steps: StepRow, "Loads to install before the conversion.",
            load_servers: LoadServerRow, "Load servers.",
            licenses: LicenseRow, "Licenses.",
            evidence: EvidenceRow, "What evidence is worth.",
            advice: AdviceRow, "Remarks beside the verdict.",
            disagreements: DisagreementRow, "Points on which the sources disagree.",
            errata: ErratumRow, "Errors in the documents.",
        }
    };
}
pub(crate) use with_sections;

macro_rules! names {
    ($($name:ident: $row:ident, $about:literal,)+) => { &[$( <$row as SectionRow>::SECTION ),+] };
}
/// The sections, in the order of the books.
pub(crate) const SECTIONS: &[&str] = with_sections!(names);
