//! The phones of all files: one CSV file as it is, anything else merged into one fleet.

use std::error::Error;
use std::fmt;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use crossgrade::exports::{self, results};
use crossgrade::inventory::csv::{self, CsvInventory};
use crossgrade::inventory::{
    Document, Inventory, Merged, ReadOptions, check_file, device_page, merge, read, recognize,
};
use crossgrade::{Fleet, SourceKind};

use crate::options::{Input, Options};

/// What was read.
pub(crate) enum Phones {
    /// One CSV file: its columns come out beside the answers.
    Csv { name: String, inventory: Box<CsvInventory> },
    /// One file of another kind.
    One(Box<Inventory>),
    /// Several.
    Merged(Box<Merged>),
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
                let inventory = csv::read(&bytes).map_err(|error| format!("{}: {error}", input.path))?;
                return Ok(Self::Csv { name: input.path.clone(), inventory: Box::new(inventory) });
            }
        }
        Ok(Self::One(Box::new(inventory(input, options)?)))
    }

    pub(crate) fn fleet(&self) -> &Fleet {
        match self {
            Self::Csv { inventory, .. } => inventory.fleet(),
            Self::One(inventory) => inventory.fleet(),
            Self::Merged(merged) => merged.fleet(),
        }
    }

    /// The phones with their answers, as CSV.
    pub(crate) fn results(
        &self,
        options: &Options,
        mut progress: impl FnMut(usize) -> ControlFlow<std::convert::Infallible>,
    ) -> Result<Vec<u8>, exports::ExportError> {
        let Options { book, requests, prefix, .. } = options;
        if let Self::Csv { inventory, .. } = self {
            let ControlFlow::Continue(results) = results::to_csv_with(inventory, book, requests, prefix, progress);
            return results;
        }
        let results = results::fleet_to_csv(self.fleet(), book, requests, prefix);
        let ControlFlow::Continue(()) = progress(self.fleet().rows().len());
        results
    }

    /// Whether a file broke off: what was read before is here, and the caller should know.
    pub(crate) fn is_cut(&self) -> bool {
        match self {
            Self::Csv { inventory, .. } => inventory.cut().is_some(),
            Self::One(inventory) => inventory.cuts().next().is_some(),
            Self::Merged(merged) => merged.inventory().cuts().next().is_some(),
        }
    }
}

/// What was read, for people.
impl fmt::Display for Phones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Csv { name, inventory } => write!(f, "{name}: {inventory}"),
            Self::One(inventory) => inventory.fmt(f),
            Self::Merged(merged) => merged.fmt(f),
        }
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
