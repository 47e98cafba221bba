//! The rule book: the data that all decisions come from.

#[cfg(all(test, feature = "load"))]
mod bake;
#[cfg(not(crossgrade_unbaked))]
mod baked;
#[cfg(crossgrade_unbaked)]
#[path = "unbaked.rs"]
mod baked;
#[cfg(feature = "load")]
mod digest;
#[cfg(feature = "load")]
mod index;
#[cfg(feature = "load")]
mod read;
mod request;
pub mod rows;
mod tables;

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "load")]
pub use read::{Problem, RuleBookError};
pub(crate) use tables::{Profile, Tables, at, slot};

/// A complete, checked set of rules. Cheap to clone; books can be used side by side.
///
/// # Example
/// ```
/// use crossgrade::RuleBook;
///
/// let guide = RuleBook::guide();
/// assert_eq!(guide.edition(), "guide");
/// assert_eq!(guide.digest().len(), 64);
/// let row = guide.conversions().iter().find(|row| row.origin.id == "e2m-7821").unwrap();
/// assert_eq!(row.vid.from.unwrap().to_string(), "V03");
/// ```
#[derive(Clone)]
pub struct RuleBook(Repr);

#[derive(Clone)]
enum Repr {
    Baked(&'static Tables),
    #[cfg_attr(not(feature = "load"), expect(dead_code, reason = "only a loaded book lives on the heap"))]
    Loaded(Arc<Tables>),
}

static GUIDE: RuleBook = RuleBook(Repr::Baked(&baked::GUIDE));

impl RuleBook {
    /// What the documents S0, S1 and S2 say; the default.
    pub fn guide() -> &'static Self {
        &GUIDE
    }

    /// Reads a book from TOML in the format of `core/data/guide.toml`.
    ///
    /// # Errors
    /// Everything that is wrong with it at once: each problem with its line, column, the text found and what would be
    /// right.
    #[cfg(feature = "load")]
    pub fn from_toml(text: &str) -> Result<Self, RuleBookError> {
        read::book(text).map(|tables| Self(Repr::Loaded(Arc::new(tables))))
    }

    pub(crate) fn tables(&self) -> &Tables {
        match &self.0 {
            Repr::Baked(tables) => tables,
            Repr::Loaded(tables) => tables,
        }
    }

    /// The name of the book: `guide`.
    pub fn edition(&self) -> &str {
        &self.tables().edition
    }

    /// The revision of its data; rises whenever a row changes.
    pub fn revision(&self) -> &semver::Version {
        &self.tables().revision
    }

    /// SHA-256 over the rows, 64 lower-case hexadecimal digits: equal digests, equal answers.
    pub fn digest(&self) -> &str {
        &self.tables().digest
    }
}

/// Getters of the tables, for whoever wants to read or print the rules.
macro_rules! tables {
    ($( $(#[$meta:meta])* $name:ident: $row:ident, )+) => {
        impl RuleBook {
            $( $(#[$meta])* pub fn $name(&self) -> &[rows::$row] { &self.tables().$name } )+
        }
    };
}

tables! {
    /// Documents.
    sources: SourceRow,
    /// Models with a load.
    models: ModelRow,
    /// Hardware that runs one type of firmware only.
    single_firmware: SingleFirmwareRow,
    /// Which models can be converted.
    conversions: ConversionRow,
    /// Minimum releases.
    gates: GateRow,
    /// Loads.
    loads: LoadRow,
    /// Loads for when the caller chooses none.
    targets: TargetRow,
    /// Load servers.
    load_servers: LoadServerRow,
    /// Licenses.
    licenses: LicenseRow,
    /// What evidence is worth.
    evidence: EvidenceRow,
    /// Remarks beside the verdict.
    advice: AdviceRow,
    /// Points on which the sources disagree.
    disagreements: DisagreementRow,
    /// Errors in the documents.
    errata: ErratumRow,
}

impl fmt::Debug for RuleBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RuleBook({} {} {})", self.edition(), self.revision(), self.digest())
    }
}
