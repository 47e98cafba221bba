//! crossgrade decides whether a Cisco IP phone of the 7800 or 8800 series can be converted.
#![forbid(unsafe_code)]

mod assess;
mod destination;
#[cfg(feature = "csv")]
pub mod exports;
mod firmware;
mod fleet;
#[cfg(feature = "csv")]
pub mod inventory;
mod phone;
pub mod rulebook;
mod text;

pub use assess::{
    Assessment, Code, Effect, Field, Finding, Findings, FirmwareToInstall, Gate, GateStatus, License, PhoneRead,
    Verdict, assess,
};
pub use destination::{CallControl, Destination, Direction, Request, Target, TargetError};
pub use firmware::{Firmware, FirmwareType, LoadFamily, LoadName, Release};
pub use fleet::{AuditReport, Fleet, FleetRow, LicenseCount, Summary, VerdictCounts};
pub use phone::{Authorization, Evidence, Mac, Model, Phone, Pid, Product, ProductField, Serial, Vid};
pub use rulebook::RuleBook;
pub use text::ParseError;
