//! crossgrade decides whether a Cisco IP phone of the 7800 or 8800 series can be converted between Enterprise firmware
//! (for Unified CM) and Multiplatform firmware (MPP, for Webex Calling and other call controls), and says why: with which
//! license, which load, behind which releases, and from which source.
//!
//! ```
//! use crossgrade::{Code, Destination, Phone, Verdict, assess};
//!
//! let phone = Phone::new("CP-7821-K9=").vid("V01").load("sip78xx.12-8-1-0001-455");
//! let answer = assess(&phone, Destination::ThirdParty);
//!
//! assert_eq!(answer.verdict(), Verdict::Ineligible);
//! let why = answer.findings().find(|finding| finding.code() == Code::CG203).unwrap();
//! assert_eq!(why.message(), "V01 is below V03, the lowest hardware version of the 7821 that rule e2m-7821 allows.");
//! assert_eq!(why.sources().collect::<Vec<_>>(), ["S1", "S2"]);
//! ```
//!
//! # The way of a phone through this crate
//!
//! 1. A [`Phone`] is the question: texts as an inventory holds them. Each field is [`Evidence`]: absent, unreadable or
//!    known. None of that is an error, and nothing is guessed.
//! 2. A [`Destination`] says where the phone shall go, a [`Request`] also what the caller wants to install;
//!    the book that answers makes it, [`RuleBook::request`], and refuses a target that it knows to be wrong.
//! 3. A [`RuleBook`] holds the rules as data, each row with its id and sources. [`RuleBook::guide`] is what Cisco's
//!    documents say.
//! 4. [`assess`], or [`RuleBook::assess_request`], gives an [`Assessment`]: the [`Verdict`], and views of the
//!    [`Finding`]s, [`Gate`]s, [`FirmwareToInstall`] and [`License`] behind it. Deciding takes well below a microsecond
//!    and allocates nothing; texts are written when they are asked for.
//! 5. A [`Fleet`] is many phones; its audit gives a [`Summary`]. `inventory` reads fleets from files of many kinds and
//!    merges them; with the feature `csv`, `exports::results` writes the answers beside the input. With the feature
//!    `arrow`, `columnar` does the same for tables and streams of any size.
//!
//! `unknown` is an answer: the findings name the evidence that would settle it.
//!
//! # Features
//!
//! | feature | |
//! |---|---|
//! | `json` (default) | [`Assessment`] as the documented JSON |
//! | `serde` | the vocabulary as text, [`Phone`] and [`Request`] as maps |
//! | `load` | rule books from TOML |
//! | `csv` | fleets from CSV, results to CSV |
//! | `xml` | fleets from RisPort answers and from pages of phones |
//! | `webex` | fleets from device lists of Webex |
//! | `xlsx` | fleets from Excel workbooks |
//! | `inventory` | all of these, and a door for files of any kind |
//! | `arrow` | audits of Arrow tables and streams |
//!
//! The crate reads no file, clock, environment or network, prints nothing, and holds no unsafe code.
#![forbid(unsafe_code)]

mod assess;
#[cfg(any(feature = "csv", feature = "arrow"))]
mod audit;
#[cfg(feature = "arrow")]
pub mod columnar;
mod destination;
mod explain;
#[cfg(feature = "csv")]
pub mod exports;
mod firmware;
mod fleet;
#[cfg_attr(
    not(all(feature = "arrow", feature = "inventory")),
    allow(dead_code, unused_imports, reason = "one reader alone does not need all that the readers share")
)]
pub mod inventory;
#[cfg_attr(
    not(all(feature = "arrow", feature = "inventory")),
    allow(dead_code, reason = "inventories are made by the readers of a feature")
)]
pub mod merge;
mod phone;
pub mod rulebook;
mod text;

pub use assess::{
    Assessment, Code, Contradiction, ContradictorySide, Effect, Field, Finding, Findings, FirmwareToInstall, Gate,
    GateStatus, License, OwnedAssessment, PhoneRead, Verdict, assess,
};
#[cfg(any(feature = "csv", feature = "arrow"))]
pub use audit::ResultColumn;
pub use destination::{CallControl, Destination, Direction, IntoTarget, Request, Target, TargetError};
pub use explain::{ExplainError, Explanation, Subject};
pub use firmware::{Firmware, FirmwareType, LoadFamily, LoadName, Release};
pub use fleet::{
    Conflict, ConflictValue, FindingChange, Fleet, FleetColumn, FleetRow, Impact, ImpactRow, LicenseCount,
    MissingEvidence, Origin, Outcome, RowLabel, Source, SourceKind, Summary, Trail, VerdictCounts,
};
pub use phone::{
    Authorization, DeviceClass, Evidence, Mac, Model, Phone, Pid, Product, ProductField, Serial, Side, Sides, Vid,
};
pub use rulebook::rows::{LicenseNeed, Stage};
pub use rulebook::{Change, Date, FieldChange, RuleBook, RuleBookDiff, UnknownTarget};
#[cfg(feature = "load")]
pub use rulebook::{Problem, RuleBookError};
pub use text::{ParseError, Shown};
