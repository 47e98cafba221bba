//! The phones of all files: one CSV file as it is, anything else merged into one fleet.

use std::convert::Infallible;
use std::error::Error;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use crossgrade::Summary;
use crossgrade::exports::ExportError;
use crossgrade::exports::results::{self, ResultsOptions};
use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{ChosenColumn, Document, Inventory, ReadOptions, read, read_folder, recognize};
use crossgrade::merge::{Merged, Settlements, ToSettle, merge_settled};
use crossgrade::text::Shown;

use crate::input::{self, Folder};
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
    /// The names of files that broke off: what was read before is here, and the caller should know.
    pub(crate) cuts: Vec<String>,
}

impl Phones {
    pub(crate) fn read(options: &Options) -> Result<Self, Box<dyn Error>> {
        let is_merged = options.settle.is_some() || options.to_settle.is_some();
        let [input] = options.inputs.as_slice() else { return Self::merged(options) };
        if is_merged {
            return Self::merged(options);
        }
        if input::is_folder(&input.path) {
            let pages = folder(input)?;
            options.keep.check(&pages)?;
            return Ok(Self::One(Box::new(pages)));
        }
        let bytes = input::inventory(&input.path)?;
        if input.kind.unwrap_or_else(|| recognize(&bytes)) == SourceKind::Csv {
            return Ok(Self::Csv { name: input::name(&input.path), bytes });
        }
        let inventory = document(input, &bytes, options)?;
        let of_file = |error| format!("{}: {error}", input::name(&input.path));
        options.keep.check(&inventory).map_err(of_file)?;
        ChosenColumn::check(&options.columns, &inventory).map_err(of_file)?;
        Ok(Self::One(Box::new(inventory)))
    }

    fn merged(options: &Options) -> Result<Self, Box<dyn Error>> {
        let settlements = options.settle.as_deref().map(settlements).transpose()?.unwrap_or_default();
        let inventories = options.inputs.iter().map(|input| inventory(input, options));
        let inventories = inventories.collect::<Result<Vec<_>, _>>()?;
        let merged = merge_settled(inventories, &settlements)?;
        ChosenColumn::check(&options.columns, merged.inventory())?;
        // One of the files has to have each column.
        options.keep.check(merged.inventory())?;
        Ok(Self::Merged(Box::new(merged)))
    }

    /// The open conflicts of a fleet that was merged, as a file to fill in.
    pub(crate) fn to_settle(&self) -> Option<ToSettle> {
        match self {
            Self::Merged(merged) => Some(merged.to_settle()),
            Self::Csv { .. } | Self::One(_) => None,
        }
    }

    /// Answers every phone once, and writes what is answered.
    pub(crate) fn audit(
        &self,
        options: &Options,
        out: Option<impl Write>,
        mut progress: impl FnMut(u64),
    ) -> Result<Audited, ExportError> {
        let Options { book, requests, prefix, is_raw, keep, columns, .. } = options;
        let results_options =
            ResultsOptions::default().prefix(prefix).raw(*is_raw).keep(keep.clone()).columns(columns.clone());
        let progress = |done| {
            progress(done);
            ControlFlow::<Infallible>::Continue(())
        };
        let inventory = match self {
            Self::Csv { name, bytes } => {
                let ControlFlow::Continue(audit) = match out {
                    Some(out) => results::csv_to_csv_with(bytes, book, requests, &results_options, out, progress),
                    None => results::audit_csv_keeping(bytes, book, requests, columns, keep, progress),
                };
                let audit = audit?;
                return Ok(Audited {
                    read: audit.reading().named(name).to_string(),
                    summaries: audit.summaries().to_vec(),
                    cuts: audit.reading().cut().map(|_| name.clone()).into_iter().collect(),
                });
            }
            Self::One(inventory) => inventory,
            Self::Merged(merged) => merged.inventory(),
        };
        let read = match self {
            Self::Merged(merged) => merged.to_string(),
            _ => inventory.to_string(),
        };
        let ControlFlow::Continue(summaries) = match out {
            Some(out) => results::fleet_to_csv_with(inventory.fleet(), book, requests, &results_options, out, progress),
            None => ControlFlow::Continue(Ok(requests
                .iter()
                .map(|request| inventory.fleet().audit(book, request))
                .collect())),
        };
        let mut cuts: Vec<String> = Vec::new();
        for (name, _) in inventory.cuts() {
            let name = Shown::file(name).to_string();
            if !cuts.contains(&name) {
                cuts.push(name);
            }
        }
        Ok(Audited { read, summaries: summaries?, cuts })
    }

    /// Why there are no answers, with the name of the file, if it is one.
    pub(crate) fn failed(&self, error: &ExportError) -> String {
        let hint = match error {
            ExportError::ColumnClash { .. } => ", such as --prefix cg_ puts in front",
            _ => "",
        };
        match self {
            Self::Csv { name, .. } => format!("{name}: {error}{hint}"),
            Self::One(_) | Self::Merged(_) => format!("{error}{hint}"),
        }
    }
}

/// The phones of one file, or of a folder of pages.
fn inventory(input: &Input, options: &Options) -> Result<Inventory, Box<dyn Error>> {
    match input::is_folder(&input.path) {
        true => folder(input),
        false => document(input, &input::inventory(&input.path)?, options),
    }
}

/// What persons say of open conflicts.
fn settlements(path: &Path) -> Result<Settlements, Box<dyn Error>> {
    let bytes = input::inventory(path)?;
    let name = match input::is_standard(path) {
        true => input::name(path),
        false => path.to_string_lossy().into_owned(),
    };
    Ok(Settlements::read(&Document::new(&name, &bytes))?)
}

fn document(
    Input { path, kind, cluster }: &Input,
    bytes: &[u8],
    options: &Options,
) -> Result<Inventory, Box<dyn Error>> {
    let mut read_options = ReadOptions::default();
    read_options.kind = *kind;
    read_options.sheets.clone_from(&options.sheets);
    // Another of the files may have a column.
    read_options.columns = options.columns.iter().cloned().map(ChosenColumn::optional).collect();
    read_options.keep = options.keep.clone().optional();
    let name = match input::is_standard(path) {
        true => input::name(path),
        false => path.to_string_lossy().into_owned(),
    };
    let document = Document::new(&name, bytes);
    let document = cluster.as_deref().map_or(document, |cluster| document.cluster(cluster));
    Ok(read(&document, &read_options).map_err(|error| format!("{}: {error}", input::name(path)))?)
}

/// Every file of the folder is the page of a phone, in the order of their names.
fn folder(Input { path, kind, cluster }: &Input) -> Result<Inventory, Box<dyn Error>> {
    if let Some(kind) = kind.filter(|kind| *kind != SourceKind::DevicePage) {
        return Err(format!("{}: a folder; expected a file of kind {kind}", input::name(path)).into());
    }
    let folder: &Path = path;
    let folder = Folder::read(folder).map_err(|error| format!("{}: {error}", input::name(folder)))?;
    let mut pages = Vec::with_capacity(folder.pages.len());
    for file in folder.pages {
        pages.push((input::file_name(&file), input::inventory(&file)?));
    }
    let of = |(name, bytes)| {
        let document = Document::new(name, bytes);
        cluster.as_deref().map_or(document, |cluster| document.cluster(cluster))
    };
    let pages = pages.iter().map(|(name, bytes): &(String, Vec<u8>)| of((name, bytes)));
    Ok(read_folder(pages, &folder.left_out).within_memory()?)
}
