//! The phones of all files: one CSV file as it is, anything else merged into one fleet.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use crossgrade::exports::results::{self, ResultsOptions};
use crossgrade::inventory::{
    Document, Inventory, Merged, ReadOptions, check_file, device_page, merge, read, recognize,
};
use crossgrade::{SourceKind, Summary};

use crate::options::{Input, Options};

/// What is audited.
pub(crate) enum Phones {
    /// One CSV file: its columns come out beside the answers, and its rows are not kept.
    Csv { name: String, bytes: Vec<u8> },
    /// One file of another kind.
    One(Box<Inventory>),
    /// Several.
    Merged(Box<Merged>),
}

/// What an audit came to.
pub(crate) struct Audited {
    /// What was read, for people.
    pub(crate) read: String,
    pub(crate) summaries: Vec<Summary>,
    /// Whether a file broke off: what was read before is here, and the caller should know.
    pub(crate) is_cut: bool,
}

impl Phones {
    pub(crate) fn read(options: &Options) -> Result<Self, Box<dyn Error>> {
        let [input] = options.inputs.as_slice() else {
            let inventories = options.inputs.iter().map(|input| inventory(input, options));
            return Ok(Self::Merged(Box::new(merge(inventories.collect::<Result<Vec<_>, _>>()?))));
        };
        if !Path::new(&input.path).is_dir() {
            let bytes = bytes(&input.path)?;
            if input.kind.unwrap_or_else(|| recognize(&bytes)) == SourceKind::Csv {
                return Ok(Self::Csv { name: input.path.clone(), bytes });
            }
        }
        Ok(Self::One(Box::new(inventory(input, options)?)))
    }

    /// Answers every phone once, and writes what is answered.
    pub(crate) fn audit(
        &self,
        options: &Options,
        out: impl Write,
        mut progress: impl FnMut(u64),
    ) -> Result<Audited, Box<dyn Error>> {
        let Options { book, requests, prefix, .. } = options;
        let results_options = ResultsOptions::default().prefix(prefix);
        let progress = |done| {
            progress(done);
            ControlFlow::<Infallible>::Continue(())
        };
        let inventory = match self {
            Self::Csv { name, bytes } => {
                let ControlFlow::Continue(audit) =
                    results::csv_to_csv_with(bytes, book, requests, &results_options, out, progress);
                let audit = audit.map_err(|error| format!("{name}: {error}"))?;
                return Ok(Audited {
                    read: format!("{name}: {audit}"),
                    summaries: audit.summaries().to_vec(),
                    is_cut: audit.reading().cut().is_some(),
                });
            }
            Self::One(inventory) => inventory,
            Self::Merged(merged) => merged.inventory(),
        };
        let read = match self {
            Self::Merged(merged) => merged.to_string(),
            _ => inventory.to_string(),
        };
        let ControlFlow::Continue(summaries) =
            results::fleet_to_csv_with(inventory.fleet(), book, requests, &results_options, out, progress);
        Ok(Audited { read, summaries: summaries?, is_cut: inventory.cuts().next().is_some() })
    }
}

/// What a file holds, unless it is larger than is read: its size is asked before.
fn bytes(path: &str) -> Result<Vec<u8>, String> {
    let failed = |error: &dyn fmt::Display| format!("{path}: {error}");
    let size = fs::metadata(path).map_err(|error| failed(&error))?.len();
    check_file(size).map_err(|error| failed(&error))?;
    fs::read(path).map_err(|error| failed(&error))
}

/// The phones of one file, or of a folder of pages.
fn inventory(Input { path, kind }: &Input, options: &Options) -> Result<Inventory, Box<dyn Error>> {
    if Path::new(path).is_dir() {
        return pages(path);
    }
    let bytes = bytes(path)?;
    let mut read_options = ReadOptions::default();
    read_options.kind = *kind;
    read_options.sheet.clone_from(&options.sheet);
    Ok(read(&Document::new(path, &bytes), &read_options).map_err(|error| format!("{path}: {error}"))?)
}

/// Every file of the folder is the page of a phone, in the order of their names.
fn pages(folder: &str) -> Result<Inventory, Box<dyn Error>> {
    let failed = |error| format!("{folder}: {error}");
    let entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mut files: Vec<_> = entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    let mut pages = Vec::with_capacity(files.len());
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        pages.push((name, bytes(&file.to_string_lossy())?));
    }
    Ok(device_page::read(pages.iter().map(|(name, bytes)| Document::new(name, bytes))))
}
