//! The corpus of sources: what real, hostile and broken files must give, in Rust, C and Python.
//!
//! A case says in words why it must be so, names its files and states what comes of them. `tests/sources/README.md`
//! describes the keys. [`Case::lines`] is the answer that every language gives, byte for byte.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossgrade::exports::results::{ResultsOptions, fleet_to_csv};
use crossgrade::fleet::FleetColumn;
use crossgrade::inventory::{Document, Inventory, InventoryError, ReadOptions, read};
use crossgrade::merge::merge;
use crossgrade::{Destination, Fleet, Request, RuleBook};
use serde::Deserialize;

/// Files, and what comes of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Unique, in words.
    pub name: String,
    /// Why it must be so.
    pub why: String,
    /// Where the phones shall go.
    #[serde(default = "third_party")]
    pub to: String,
    /// The files.
    pub file: Vec<File>,
    /// What comes of them; absent for seeds of fuzzing, of which only the sameness is tested.
    pub gives: Option<Expected>,
}

fn third_party() -> String {
    "third-party".to_owned()
}

/// One file of a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The name that the reader is told.
    pub name: String,
    /// The kind that it is recognized as; it is not tested if it is left out.
    pub kind: Option<String>,
    /// What is in it, as text.
    pub text: Option<String>,
    /// Else where it is, from the folder `tests`.
    pub path: Option<PathBuf>,
}

/// What comes of the files of a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// How many rows, devices or pages were read.
    pub rows_read: Option<u64>,
    /// How many phones came of them; those of the file of results are as many.
    pub phones: Option<usize>,
    /// The phones that a person reads in the files, in order: for each the texts of some [`FleetColumn`]s, by their names. An
    /// empty text is a column that says nothing.
    pub reads: Option<Vec<BTreeMap<String, String>>>,
    /// How many phones have which verdict; it is not tested if it is left out beside `reads`.
    #[serde(default)]
    pub verdicts: BTreeMap<String, usize>,
    /// Texts within what is wrong with the phones and in the report, in this order.
    #[serde(default)]
    pub told: Vec<String>,
    /// Texts that are nowhere in the answer.
    #[serde(default)]
    pub silent: Vec<String>,
    /// A text within the error, where nothing can be read.
    pub error: Option<String>,
}

impl File {
    /// What is in it.
    ///
    /// # Panics
    /// If it has neither text nor path, or the path cannot be read.
    pub fn bytes(&self) -> Vec<u8> {
        match (&self.text, &self.path) {
            (Some(text), None) => text.clone().into_bytes(),
            (None, Some(path)) => {
                let path = root().join(path);
                std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            }
            _ => panic!("{}: expected either `text` or `path`", self.name),
        }
    }
}

impl Case {
    /// What comes of the files: one file as it is read, several files merged.
    ///
    /// # Errors
    /// If nothing can be read of one of them.
    pub fn inventory(&self) -> Result<(Fleet, u64, String), InventoryError> {
        let open = |file: &File| read(&Document::new(&file.name, &file.bytes()), &ReadOptions::default());
        let inventories: Vec<Inventory> = self.file.iter().map(open).collect::<Result<_, _>>()?;
        match <[Inventory; 1]>::try_from(inventories) {
            Ok([inventory]) => {
                let (rows, text) = (inventory.rows_read(), inventory.to_string());
                Ok((inventory.into_fleet(), rows, text))
            }
            Err(inventories) => {
                let merged = merge(inventories);
                let (rows, text) = (merged.inventory().rows_read(), merged.to_string());
                Ok((merged.into_parts().0.into_fleet(), rows, text))
            }
        }
    }

    /// The destination.
    ///
    /// # Panics
    /// If it is none.
    pub fn destination(&self) -> Destination {
        self.to.parse().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// The answer of Rust: a line for each phone, its answer if nothing is wrong with its row,
    /// and the lines of the report. Each begins with the name.
    ///
    /// # Panics
    /// If the file of results has more or fewer rows than the fleet.
    pub fn lines(&self) -> Vec<String> {
        let line = |parts: &[&str]| {
            let parts: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
            format!("{}\t{}", self.name, parts.join("\t"))
        };
        let (fleet, rows, text) = match self.inventory() {
            Ok(read) => read,
            Err(error) => return vec![line(&["error", &error.to_string()])],
        };
        let request = Request::to(self.destination());
        let verdicts = verdicts(&fleet, &request);
        assert_eq!(verdicts.len(), fleet.rows().len(), "{}: rows of the results", self.name);
        let mut lines = vec![line(&["rows", &rows.to_string()])];
        for (row, verdict) in fleet.rows().iter().zip(verdicts) {
            let said = |column: FleetColumn| column.text(&fleet, row).unwrap_or_default();
            let [source, number, device, problem] =
                [FleetColumn::Source, FleetColumn::Row, FleetColumn::Device, FleetColumn::Problem].map(said);
            lines.push(line(&["phone", &source, &number, &device, &problem, &verdict]));
            // In C the text of a broken row stands without what is wrong with it, as the header says.
            if problem.is_empty() {
                lines.push(line(&["answer", &RuleBook::guide().assess_request(row.phone(), &request).to_json()]));
            }
        }
        lines.extend(text.lines().map(|told| line(&["told", told])));
        lines
    }
}

/// The verdicts as the file of results says them, which is another way than that of [`RuleBook::assess_request`].
///
/// # Panics
/// If the results cannot be written or read.
pub fn verdicts(fleet: &Fleet, request: &Request) -> Vec<String> {
    let (mut file, book) = (Vec::new(), RuleBook::guide());
    let requests = std::slice::from_ref(request);
    fleet_to_csv(fleet, book, requests, &ResultsOptions::default(), &mut file).expect("results of a fleet");
    let mut results = ::csv::Reader::from_reader(&*file);
    let column = results.headers().expect("a header").iter().position(|header| header == "verdict").expect("verdict");
    results.records().map(|row| row.expect("a row")[column].to_owned()).collect()
}

/// Characters that end a field or a line, or that a text of C cannot hold, become `\xNN`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' | '\n' | '\r' | '\0' => escaped.push_str(&format!("\\x{:02x}", character as u32)),
            other => escaped.push(other),
        }
    }
    escaped
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every case of every file, and every seed of the fuzz targets that read documents.
///
/// # Panics
/// If a file cannot be read: a broken corpus proves nothing.
pub fn load() -> Vec<Case> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Cases {
        document: Vec<Case>,
    }
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let cases: Cases = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        cases.document
    };
    let toml = files("sources").into_iter().filter(|path| path.extension().is_some_and(|found| found == "toml"));
    let cases = toml.flat_map(read);
    let seeds = ["axl", "csv", "device_page", "json", "risport", "webex", "xlsx"]
        .map(|kind| files(&format!("fuzz/corpus/{kind}")));
    cases.chain(seeds.into_iter().flatten().map(seed)).collect()
}

fn seed(path: PathBuf) -> Case {
    let name = path.strip_prefix(root()).expect("a path below tests").display().to_string();
    Case {
        file: vec![File { name: name.clone(), kind: None, text: None, path: Some(path) }],
        why: "A seed of fuzzing; every language says the same of it.".to_owned(),
        to: third_party(),
        gives: None,
        name,
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of the folder").path()).collect();
    paths.sort();
    paths
}
