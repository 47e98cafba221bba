//! The naive second implementation of `guide` and `field`: slow, obvious, to be held beside spec.md line by line.
//! It shares nothing with the engine; the two are compared row by row. "R12" in a comment is point 12 of adr/0001.

mod accompany;
mod advice;
mod case;
mod conversion;
mod decide;
mod firmware;
mod gates;
mod read;
#[cfg(test)]
mod sentences_about_field;
#[cfg(test)]
mod sentences_of_the_specification;
mod tables;
mod target_for_phone;

/// The models of 2.2, each with its load family.
pub fn models() -> impl Iterator<Item = (&'static str, &'static str)> {
    tables::MODELS.iter().map(|row| (row[0], row[1]))
}

/// Which rule book answers (5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Book {
    /// S0 to S2.
    Guide,
    /// `guide` and all amendments.
    Field,
    /// `guide`, the undated amendments, and those up to this day, `2024-08-26`.
    FieldAsOf(&'static str),
}

impl Book {
    /// 5: "`as_of(date)` applies those up to that date", and undated (`-`) ones at every date. ISO days order as text.
    fn applies(self, date: &str) -> bool {
        match self {
            Book::Guide => false,
            Book::Field => true,
            Book::FieldAsOf(day) => date == "-" || date <= day,
        }
    }
}

/// What is asked: the texts about one phone, where it goes, and the target the caller chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Question<'a> {
    /// Text of the product id.
    pub pid: Option<&'a str>,
    /// Text of the hardware version id.
    pub vid: Option<&'a str>,
    /// Text of the MAC address.
    pub mac: Option<&'a str>,
    /// Text of the serial number.
    pub serial: Option<&'a str>,
    /// Text of the running load.
    pub load: Option<&'a str>,
    /// Text of the running release.
    pub release: Option<&'a str>,
    /// Text of the firmware type.
    pub firmware_type: Option<&'a str>,
    /// Text of the transition authorization type.
    pub authorization: Option<&'a str>,
    /// `webex-calling`, `third-party` or `unified-cm`.
    pub destination: &'a str,
    /// A release, a load, or several loads separated by commas.
    pub target: Option<&'a str>,
    /// One text more that was said of a field, by the name of the field.
    pub also: Option<(&'a str, &'a str)>,
}

impl<'a> Question<'a> {
    /// What else was said of this field.
    fn also(&self, field: &str) -> Option<&'a str> {
        self.also.filter(|(of, _)| *of == field).map(|(_, text)| text)
    }
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// `not-needed`, `ineligible`, `unknown` or `eligible`.
    pub verdict: String,
    /// Code and effect of every finding, ordered by code.
    pub findings: Vec<(String, String)>,
    /// Ids of the disagreements that the CG601 findings name, ascending.
    pub disagreements: Vec<String>,
    /// The gates, start before target.
    pub gates: Vec<Gate>,
    /// What to install.
    pub firmware: Option<Firmware>,
    /// What to install before, where the start gate is unmet.
    pub install_first: Option<String>,
    /// Which license is needed.
    pub license: Option<License>,
    /// What was read of the phone.
    pub phone: PhoneRead,
    /// Canonical text of the chosen target.
    pub target: Option<String>,
}

/// One gate (2.5).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gate {
    /// `start` or `target`.
    pub on: String,
    /// Firmware type whose releases are compared.
    pub firmware_type: String,
    /// Lowest release that is good enough.
    pub minimum: String,
    /// The release that was compared.
    pub actual: Option<String>,
    /// `met`, `unmet` or `unknown`.
    pub status: String,
}

/// The firmware to install (2.6).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Firmware {
    /// `enterprise` or `mpp`.
    pub firmware_type: String,
    /// Release to install.
    pub release: Option<String>,
    /// Load name, as a phone-load field takes it.
    pub load: Option<String>,
    /// File name, as an upgrade rule takes it.
    pub file: Option<String>,
    /// Server that has the file.
    pub load_server: Option<String>,
}

/// The license (2.7).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct License {
    /// `purchase`, `issued-by-control-hub`, `not-required` or `unknown`.
    pub need: String,
    /// Product number of the license.
    pub sku: Option<String>,
    /// Product number of its support.
    pub service_sku: Option<String>,
    /// File to keep the license under.
    pub file: Option<String>,
}

/// What was read of the phone (4, `phone`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhoneRead {
    /// Canonical PID.
    pub pid: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// VID like `V03`.
    pub vid: Option<String>,
    /// MAC, 12 upper-case hex digits.
    pub mac: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
    /// Canonical load name.
    pub load: Option<String>,
    /// `enterprise`, `mpp` or `tlexe2m`.
    pub firmware_type: Option<String>,
    /// Release in display form.
    pub release: Option<String>,
    /// `Classic`, `WxC` or `blank`.
    pub authorization: Option<String>,
}

/// Decides about one phone with this rule book.
pub fn assess(book: Book, question: &Question) -> Answer {
    decide::decide(book, question)
}
