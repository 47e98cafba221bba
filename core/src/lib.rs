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
//! 4. [`assess()`], or [`RuleBook::assess_request`], gives an [`Assessment`]: the [`Verdict`], and views of the
//!    [`Finding`]s, [`Gate`]s, [`FirmwareToInstall`] and [`License`] behind it. Deciding takes well below a microsecond
//!    and allocates nothing; texts are written when they are asked for.
//! 5. A [`Fleet`] is many phones; its audit gives a [`Summary`]. `inventory` reads fleets from files of many kinds and
//!    merges them; with the feature `csv`, `exports::results` writes the answers beside the input. With the feature
//!    `arrow`, `columnar` does the same for tables and streams of any size.
//!
//! `unknown` is an answer: the findings name the evidence that would settle it.
//!
//! The root has what most programs need; everything stands in its module, too:
//!
//! | module | |
//! |---|---|
//! | [`phone`], [`firmware`], [`destination`] | the words: what is read, printed and compared |
//! | [`assess`](mod@assess) | an answer and its parts |
//! | [`rulebook`], [`explain`] | books, their rows and differences, and what a book knows of a model or code |
//! | [`fleet`] | many phones, what they come to, and what another book changes |
//! | [`inventory`], [`merge`] | fleets from files, and several of them as one |
//! | `audit`, `exports`, `columnar` | result columns, as CSV and as Arrow tables |
//! | [`text`] | errors of readers, and how texts from outside are shown |
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

pub mod assess;
#[cfg(any(feature = "csv", feature = "arrow"))]
pub mod audit;
#[cfg(all(test, feature = "load"))]
mod checked_in;
#[cfg(feature = "arrow")]
pub mod columnar;
pub mod destination;
pub mod explain;
#[cfg(feature = "csv")]
pub mod exports;
pub mod firmware;
pub mod fleet;
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
pub mod phone;
pub mod rulebook;
pub mod text;

pub use assess::{
    Assessment, Code, Effect, Field, Finding, FirmwareToInstall, Gate, GateStatus, License, OwnedAssessment, Verdict,
    assess,
};
pub use destination::{CallControl, Destination, Direction, Request, Target, TargetError};
pub use firmware::{FirmwareType, LoadName, Release};
pub use fleet::{Fleet, FleetRow, Summary};
pub use phone::{Authorization, Evidence, Mac, Model, Phone, Pid, Serial, Vid};
pub use rulebook::rows::{LicenseNeed, Stage};
pub use rulebook::{Date, RuleBook};
pub use text::ParseError;
