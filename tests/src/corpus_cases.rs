//! The corpus: cases in TOML that Rust, C and Python run.
//!
//! A case says in words why it must be so and where that is written, then asks one question and states what the answer
//! must and must not contain. `tests/cases/README.md` describes the keys.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossgrade::{Phone, Request};
use serde::Deserialize;

use crate::said_fields;

/// One question and what is expected of the answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Unique, in words.
    pub name: String,
    /// Why it must be so.
    pub why: String,
    /// Where that is written.
    pub source: String,
    /// The texts about the phone.
    pub phone: PhoneTexts,
    /// Fields that are said more than once: text and place, the best first. `phone` has no text of these.
    #[serde(default)]
    pub said: BTreeMap<String, Vec<(String, String)>>,
    /// The destination.
    pub to: String,
    /// What the caller chose to install.
    pub target: Option<String>,
    /// The book that is asked: `guide` if it is left out, `field`, or `field` as of a day such as `2024-09-01`.
    pub rulebook: Option<String>,
    /// The verdict.
    pub verdict: String,
    /// Findings that must be there: `CG203 blocks`.
    pub says: Vec<String>,
    /// Codes that must not be there.
    pub silent: Vec<String>,
    /// Parts of messages: code, space, words that a message of that code holds, such as the rule.
    #[serde(default)]
    pub tells: Vec<String>,
    /// What to do about findings: code, space, text.
    #[serde(default)]
    pub remedies: Vec<String>,
    /// Keys of `phone` in the answer; the text `null` for null.
    #[serde(default)]
    pub read: toml::Table,
    /// All gates, in order: `start enterprise 14.2(1)SR1 actual null unknown`.
    pub gates: Option<Vec<String>>,
    /// The load to install; `null`, or `none` if there is no `firmware`.
    pub load: Option<String>,
    /// The load to install before the conversion; `null` if there is none.
    pub first: Option<String>,
    /// Keys of `license`, or `none`.
    pub license: Option<toml::Value>,
    /// The disagreements that are told, exactly.
    pub disagreements: Option<Vec<String>>,
}

impl Case {
    /// The book that is asked, as other languages are told.
    pub fn rulebook(&self) -> &str {
        self.rulebook.as_deref().unwrap_or("guide")
    }

    /// The book that is asked.
    ///
    /// # Panics
    /// If it is neither of those above.
    pub fn book(&self) -> &'static crossgrade::RuleBook {
        named(self.rulebook(), &self.name)
    }

    /// The phone that is asked about.
    ///
    /// # Panics
    /// If what is said more than once is no field.
    pub fn phone(&self) -> Phone<'_> {
        self.said.iter().fold(self.phone.phone(), |phone, (field, pairs)| {
            let field = field.parse().unwrap_or_else(|error| panic!("{}: {error}", self.name));
            said_fields::with(phone, field, pairs.iter().map(|(text, place)| (text.as_str(), place.as_str())))
        })
    }

    /// The answer of Rust.
    ///
    /// # Panics
    /// If destination or target cannot be read.
    pub fn answer(&self) -> String {
        self.book().assess_request(&self.phone(), &self.request()).to_json()
    }

    /// The load to install before the conversion, which the JSON tells in a sentence only.
    ///
    /// # Panics
    /// If destination or target cannot be read.
    pub fn install_first(&self) -> String {
        let phone = self.phone();
        let request = self.request();
        let load = self.book().assess_request(&phone, &request).install_first();
        load.map_or("null".to_owned(), |load| load.to_string())
    }

    fn request(&self) -> Request {
        let destination = self.to.parse().unwrap_or_else(|error| panic!("{}: {error}", self.name));
        let request = self.book().request(destination, self.target.as_deref());
        request.unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// A target that the book refuses: an error of the call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Unique, in words.
    pub name: String,
    /// Why it must be so.
    pub why: String,
    /// Where that is written.
    pub source: String,
    /// The destination.
    pub to: String,
    /// What the caller chose to install.
    pub target: String,
    /// As of [`Case`].
    pub rulebook: Option<String>,
    /// The whole message, with `REVISION` for that of the books.
    pub error: String,
}

impl Refusal {
    /// The book that is asked, as other languages are told.
    pub fn rulebook(&self) -> &str {
        self.rulebook.as_deref().unwrap_or("guide")
    }

    /// What Rust says.
    ///
    /// # Panics
    /// If the destination cannot be read, or the target is accepted.
    pub fn error(&self) -> String {
        let destination = self.to.parse().unwrap_or_else(|error| panic!("{}: {error}", self.name));
        match named(self.rulebook(), &self.name).request(destination, self.target.as_str()) {
            Ok(_) => panic!("{}: the target is accepted", self.name),
            Err(error) => error.to_string(),
        }
    }
}

/// The book of this name.
fn named(book: &str, case: &str) -> &'static crossgrade::RuleBook {
    match book {
        "guide" => crossgrade::RuleBook::guide(),
        "field" => crossgrade::RuleBook::field(),
        day => crossgrade::RuleBook::field_as_of(day.parse().unwrap_or_else(|error| panic!("{case}: {error}"))),
    }
}

/// The texts about a phone, as an inventory would hold them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneTexts {
    /// Product text.
    pub pid: Option<String>,
    /// Hardware version.
    pub vid: Option<String>,
    /// MAC address.
    pub mac: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
    /// Running load.
    pub load: Option<String>,
    /// Running release.
    pub release: Option<String>,
    /// Running type.
    pub firmware_type: Option<String>,
    /// Transition authorization.
    pub authorization: Option<String>,
}

impl PhoneTexts {
    /// The question for the engine.
    pub fn phone(&self) -> Phone<'_> {
        Phone::new(self.pid.as_deref())
            .vid(self.vid.as_deref())
            .mac(self.mac.as_deref())
            .serial(self.serial.as_deref())
            .load(self.load.as_deref())
            .release(self.release.as_deref())
            .firmware_type(self.firmware_type.as_deref())
            .authorization(self.authorization.as_deref())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
    #[serde(default)]
    refused: Vec<Refusal>,
}

/// The folder of the cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// Every case of every file, by file name, then in the order of the file.
///
/// # Panics
/// If a file cannot be read: a broken corpus proves nothing.
pub fn load() -> Vec<Case> {
    files().into_iter().flat_map(|file| file.case).collect()
}

/// Every target that is refused, in the same order.
///
/// # Panics
/// As [`load`].
pub fn refused() -> Vec<Refusal> {
    files().into_iter().flat_map(|file| file.refused).collect()
}

fn files() -> Vec<File> {
    let entries = std::fs::read_dir(folder()).expect("the folder tests/cases");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of tests/cases").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    paths.iter().map(read).collect()
}
