//! The phones of all files: one CSV file as it is, anything else merged into one fleet.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use crossgrade::exports::results;
use crossgrade::inventory::csv::{self, CsvInventory};
use crossgrade::inventory::{Document, Inventory, Merged, ReadOptions, device_page, merge, read, recognize};
use crossgrade::{Fleet, SourceKind};

use crate::input;
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
        if is_folder(&input.path) {
            return Ok(Self::One(Box::new(pages(&input.path)?)));
        }
        let (name, bytes) = (input::name(&input.path), input::inventory(&input.path)?);
        if input.kind.unwrap_or_else(|| recognize(&bytes)) == SourceKind::Csv {
            let inventory = csv::read(&bytes).map_err(|error| format!("{name}: {error}"))?;
            return Ok(Self::Csv { name, inventory: Box::new(inventory) });
        }
        Ok(Self::One(Box::new(document(input, &bytes, options)?)))
    }

    pub(crate) fn fleet(&self) -> &Fleet {
        match self {
            Self::Csv { inventory, .. } => inventory.fleet(),
            Self::One(inventory) => inventory.fleet(),
            Self::Merged(merged) => merged.fleet(),
        }
    }

    /// Writes the phones with their answers, as CSV.
    pub(crate) fn write_results(
        &self,
        options: &Options,
        out: &mut impl Write,
        mut progress: impl FnMut(usize) -> ControlFlow<Infallible>,
    ) -> io::Result<()> {
        let Options { book, requests, prefix, .. } = options;
        let results = match self {
            Self::Csv { inventory, .. } => {
                let ControlFlow::Continue(results) = results::to_csv_with(inventory, book, requests, prefix, progress);
                results
            }
            Self::One(_) | Self::Merged(_) => {
                let results = results::fleet_to_csv(self.fleet(), book, requests, prefix);
                let ControlFlow::Continue(()) = progress(self.fleet().rows().len());
                results
            }
        };
        out.write_all(&results.map_err(io::Error::other)?)
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

fn is_folder(path: &Path) -> bool {
    !input::is_standard(path) && path.is_dir()
}

/// The phones of one file, or of a folder of pages.
fn inventory(input: &Input, options: &Options) -> Result<Inventory, Box<dyn Error>> {
    match is_folder(&input.path) {
        true => pages(&input.path),
        false => document(input, &input::inventory(&input.path)?, options),
    }
}

fn document(Input { path, kind }: &Input, bytes: &[u8], options: &Options) -> Result<Inventory, Box<dyn Error>> {
    let mut read_options = ReadOptions::default();
    read_options.kind = *kind;
    read_options.sheet.clone_from(&options.sheet);
    let name = match input::is_standard(path) {
        true => input::name(path),
        false => path.to_string_lossy().into_owned(),
    };
    Ok(read(&Document::new(&name, bytes), &read_options).map_err(|error| format!("{}: {error}", input::name(path)))?)
}

/// Every file of the folder is the page of a phone, in the order of their names.
fn pages(folder: &Path) -> Result<Inventory, Box<dyn Error>> {
    let files = input::pages(folder).map_err(|error| format!("{}: {error}", input::name(folder)))?;
    let mut pages = Vec::with_capacity(files.len());
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        pages.push((name, input::inventory(&file)?));
    }
    Ok(device_page::read(pages.iter().map(|(name, bytes)| Document::new(name, bytes))))
}
