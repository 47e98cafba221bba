//! The decision: the only if-then of the project.
//!
//! `decide` finds what bears on the verdict, the [`Verdict`] follows from the effects of those findings, and
//! `accompany` adds what a person has to do or should know. Both are pure functions of a `Case`, the facts of
//! one phone, one request and one book.
//!
//! What every verdict runs through is inlined into [`RuleBook::assess_request`], also where it is called from several
//! places, and what few verdicts need is not: calls between the parts took a quarter of the time.

mod accompany;
mod advice;
#[cfg(feature = "json")]
mod assessment_json;
mod assessment_text;
mod case;
mod conflict_matters;
mod contradiction;
mod contradiction_subject;
mod decide;
mod finding;
mod finding_message;
mod finding_remedy;
mod gates;
mod license_needed;
mod load_to_install;
mod owned;
mod permission;
mod reasons;
mod registry;
mod remark;
#[cfg(feature = "serde")]
mod serialize;
mod target_of_conversion;

pub(crate) use conflict_matters::{Choice, Contested, settled};
pub use contradiction::{Contradiction, ContradictorySide};
#[cfg(test)]
pub(crate) use finding::runs;
pub use finding::{Finding, Findings};
pub use gates::{Gate, GateStatus};
pub use license_needed::License;
pub use owned::OwnedAssessment;
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) use reasons::{decided_by, evidence_needed, why};
pub use registry::{Code, Effect, Field};

use case::{Case, Told};
use remark::Remark;

use crate::destination::{Destination, Request};
use crate::firmware::{FirmwareType, LoadName, Release};
use crate::phone::{Authorization, DeviceClass, Mac, Model, Phone, Pid, Serial, Vid};
use crate::rulebook::RuleBook;
use crate::text::words;

words! {
    /// The answer in one word.
    ///
    /// It follows from the effects of the findings: anything that settles makes it not-needed, else anything that
    /// blocks makes it ineligible, else anything unsettled makes it unknown, else it is eligible.
    pub enum Verdict as "verdict" {
        /// A rule that applies cannot be settled; the findings name the evidence that would settle it.
        Unknown = "unknown",
        /// The phone can be converted.
        Eligible = "eligible",
        /// A rule says no.
        Ineligible = "ineligible",
        /// The phone runs the type of firmware that the destination needs.
        NotNeeded = "not-needed",
    }
}

impl Verdict {
    /// The verdict when a finding with this effect joins those that gave `self`.
    fn and(self, effect: Effect) -> Self {
        match (effect, self) {
            (Effect::Settled, _) | (_, Self::NotNeeded) => Self::NotNeeded,
            (Effect::Blocks, _) | (_, Self::Ineligible) => Self::Ineligible,
            (Effect::Unsettled, _) | (_, Self::Unknown) => Self::Unknown,
            (Effect::Requires | Effect::Advises | Effect::Notes, Self::Eligible) => Self::Eligible,
        }
    }
}

/// Decides with the rule book `guide` and its own target.
///
/// # Example
/// ```
/// use crossgrade::{Destination, Phone, Verdict, assess};
///
/// let phone = Phone::new("CP-7841-K9=").vid("V05").mac("00CCFC123456").load("sip78xx.14-2-1-0101-26");
/// let answer = assess(&phone, Destination::ThirdParty);
/// assert_eq!(answer.verdict(), Verdict::Eligible);
/// assert_eq!(answer.license().unwrap().sku(), Some("L-CP-E2M-78XX-CNV="));
/// assert_eq!(answer.firmware().unwrap().load().unwrap().to_string(), "sip78xx.12-0-3MPP0001-87");
/// ```
pub fn assess<'a>(phone: &'a Phone<'a>, destination: Destination) -> Assessment<'a> {
    RuleBook::guide().assess(phone, destination)
}

impl RuleBook {
    /// Decides with this book and its own target.
    pub fn assess<'a>(&'a self, phone: &'a Phone<'a>, destination: Destination) -> Assessment<'a> {
        const fn own(destination: Destination) -> &'static Request {
            static WEBEX_CALLING: Request = Request::to(Destination::WebexCalling);
            static THIRD_PARTY: Request = Request::to(Destination::ThirdParty);
            static UNIFIED_CM: Request = Request::to(Destination::UnifiedCm);
            match destination {
                Destination::WebexCalling => &WEBEX_CALLING,
                Destination::ThirdParty => &THIRD_PARTY,
                Destination::UnifiedCm => &UNIFIED_CM,
            }
        }
        self.assess_request(phone, own(destination))
    }

    /// Decides with this book about a request with a target of the caller's choice.
    pub fn assess_request<'a>(&'a self, phone: &'a Phone<'a>, request: &'a Request) -> Assessment<'a> {
        let case = Case::new(self.tables(), phone, request);
        let mut verdict = Verdict::Eligible;
        decide::decide(&case, &mut |remark: Remark<'a>| verdict = verdict.and(remark.effect));
        Assessment { book: self, phone, request, verdict }
    }
}

/// An answer: the verdict, and views of everything behind it.
///
/// It borrows the question and the book; the views are computed when asked for, and texts are written only then.
/// [`into_owned`](Self::into_owned) makes one that can be kept.
#[derive(Clone, Copy)]
pub struct Assessment<'a> {
    book: &'a RuleBook,
    phone: &'a Phone<'a>,
    request: &'a Request,
    verdict: Verdict,
}

impl<'a> Assessment<'a> {
    fn case(&self) -> Case<'a> {
        Case::new(self.book.tables(), self.phone, self.request)
    }

    /// The answer in one word.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Why, what to do, and what to know; by code, then by row id.
    pub fn findings(&self) -> Findings<'a> {
        Findings::of(self.case(), self.verdict)
    }

    /// The minimum releases, start before target; for eligible, and for unknown with a model that has a load.
    pub fn gates(&self) -> impl Iterator<Item = Gate<'a>> + use<'a> {
        gates::listed(&self.case(), self.verdict)
    }

    /// What to install; for eligible, and for unknown when the model is listed for the direction.
    pub fn firmware(&self) -> Option<FirmwareToInstall<'a>> {
        let case = self.case();
        let is_shown = match self.verdict {
            Verdict::Eligible => true,
            Verdict::Unknown => case.is_listed(),
            Verdict::Ineligible | Verdict::NotNeeded => false,
        };
        let intended = case.target_of_conversion().filter(|_| is_shown)?;
        Some(FirmwareToInstall {
            firmware_type: case.needed(),
            release: intended.release,
            load: intended.load,
            load_server: case.tables.load_server(case.destination()).filter(|_| intended.load.is_some()),
        })
    }

    /// Which license is needed, where that can be said.
    pub fn license(&self) -> Option<License<'a>> {
        self.case().license(self.verdict)
    }

    /// What kind of device it is, if it is no desk phone (CG108); nothing for a phone, and where nobody can tell.
    ///
    /// # Example
    /// ```
    /// use crossgrade::phone::DeviceClass;
    /// use crossgrade::{Destination, Phone, Verdict, assess};
    ///
    /// let phone = Phone::new("Cisco Jabber for Tablet");
    /// let answer = assess(&phone, Destination::WebexCalling);
    /// assert_eq!(answer.verdict(), Verdict::Ineligible);
    /// assert_eq!(answer.not_a_phone(), Some(DeviceClass::SoftClient));
    /// assert_eq!(answer.why(), "Cisco Jabber for Tablet is a soft client, not a phone.");
    /// ```
    pub fn not_a_phone(&self) -> Option<DeviceClass> {
        self.phone.product().known().and_then(|product| product.model().device_class())
    }

    /// What was read of the phone.
    pub fn phone_read(&self) -> PhoneRead {
        PhoneRead::of(&self.case())
    }

    /// Where the evidence contradicts itself, with all sides; by field, in the order of [`PhoneRead`].
    pub fn contradictions(&self) -> Vec<Contradiction<'a>> {
        self.case().contradictions()
    }

    /// The phone that was asked about.
    pub fn phone(&self) -> &'a Phone<'a> {
        self.phone
    }

    /// What was asked.
    pub fn request(&self) -> &'a Request {
        self.request
    }

    /// The book that answered.
    pub fn rulebook(&self) -> &'a RuleBook {
        self.book
    }
}

/// The firmware to install.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirmwareToInstall<'a> {
    firmware_type: FirmwareType,
    release: Option<Release>,
    load: Option<LoadName>,
    load_server: Option<&'a str>,
}

impl<'a> FirmwareToInstall<'a> {
    /// Its type.
    pub fn firmware_type(&self) -> FirmwareType {
        self.firmware_type
    }

    /// Its release; none if the chosen target has nothing for the phone's family.
    pub fn release(&self) -> Option<Release> {
        self.release
    }

    /// What the phone-load field of Unified CM takes; none if the book knows no load of the release.
    pub fn load(&self) -> Option<LoadName> {
        self.load
    }

    /// The file that an upgrade rule names.
    pub fn file(&self) -> Option<String> {
        self.load.map(|load| load.file())
    }

    /// What the load-server field of Unified CM takes, where Cisco serves the load.
    pub fn load_server(&self) -> Option<&'a str> {
        self.load_server
    }
}

/// What was read of a phone, canonical; nothing where it is absent, unreadable, contradictory or only assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PhoneRead {
    /// The product id, if the text contains one.
    pub pid: Option<Pid>,
    /// The model.
    pub model: Option<Model>,
    /// The hardware version.
    pub vid: Option<Vid>,
    /// The MAC address.
    pub mac: Option<Mac>,
    /// The serial number.
    pub serial: Option<Serial>,
    /// The running load.
    pub load: Option<LoadName>,
    /// The type that runs.
    pub firmware_type: Option<FirmwareType>,
    /// The release that runs.
    pub release: Option<Release>,
    /// The transition authorization.
    pub authorization: Option<Authorization>,
}

impl PhoneRead {
    fn of(case: &Case<'_>) -> Self {
        let runs = case.single_firmware.map(|row| row.runs);
        Self {
            pid: case.product.and_then(|product| product.pid()),
            model: case.product.map(|product| product.model()),
            vid: case.vid.known(),
            mac: case.mac().known(),
            serial: case.phone.serial_evidence().known(),
            load: case.load.copied(),
            // Evidence against the hardware is contradictory.
            firmware_type: match case.firmware_type {
                Told::Known(firmware_type) if runs.is_none_or(|runs| runs == firmware_type) => Some(firmware_type),
                _ => None,
            },
            release: case.release().known(),
            authorization: case.authorization(),
        }
    }
}
