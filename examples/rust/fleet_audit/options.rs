//! The command line.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{ChosenColumn, Keep};
use crossgrade::rulebook::LONGEST_TEXT;
use crossgrade::rulebook::UnknownTarget;
use crossgrade::text::Shown;
use crossgrade::{Destination, Request, RuleBook};

use crate::input;

pub(crate) const USAGE: &str = "usage: fleet_audit [FILE ... --to webex-calling|third-party|unified-cm|all] \
                     [--csv FILE] [--xlsx FILE [--sheet NAME ...]] [--risport FILE] [--webex FILE] [--axl FILE] [--json FILE] [--pages FOLDER] \
                     [--cluster NAME=FILE] \
                     [--settle FILE.csv] [--to-settle OUT.csv] \
                     [--target TARGET] [--rulebook guide|field|field@DATE|FILE.toml] [--out OUT.csv] [--prefix TEXT] \
                     [--raw] [--keep COLUMN ...] [--columns FIELD=HEADER ...]\n\
                     A FILE may be a folder of pages; - is standard input or output.\n\
                     OUT.csv: one CSV file keeps its own columns; of anything else, such as a workbook, and of several files, \
                     what was read of each phone stands in columns that are always the same. A folder of pages that is read \
                     gets no file.\n\
                     A COLUMN comes with the phones of any file into the results: its header, or NAME=HEADER for another name; \
                     several with commas between, or the option again.\n\
                     --sheet: a sheet of workbooks to read; all that have phones and are not hidden if none is said.\n\
                     --columns: from which column of the tables a field is read, such as pid=Part No; several with commas between, \
                     or the option again. Without a header, from none.\n\
                     --settle: what persons say of open conflicts; --to-settle: the open conflicts, to fill in. Both merge \
                     phones, also of one file.\n\
                     exit codes: 0 every phone has an answer, 1 something cannot be read or written or a file breaks off, \
                     2 the command line is wrong, 128 and its number: a signal ended the program";

/// Why nothing is done.
pub(crate) enum Refusal {
    /// The command line is wrong.
    Usage(String),
    /// The rule book cannot be read.
    Book(String),
}

fn usage(error: impl Display) -> Refusal {
    Refusal::Usage(error.to_string())
}

/// What the caller wants.
pub(crate) struct Options {
    pub(crate) inputs: Vec<Input>,
    /// The sheets of workbooks to read; all for none.
    pub(crate) sheets: Vec<String>,
    /// From which columns of tables fields are read.
    pub(crate) columns: Vec<ChosenColumn>,
    /// What persons say of open conflicts.
    pub(crate) settle: Option<PathBuf>,
    /// Where the open conflicts go.
    pub(crate) to_settle: Option<PathBuf>,
    pub(crate) book: RuleBook,
    /// The file that the book was read from.
    book_file: Option<PathBuf>,
    pub(crate) requests: Vec<Request>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) prefix: String,
    /// Whether cells that a spreadsheet would run as formulas stay as they are.
    pub(crate) is_raw: bool,
    /// The columns that come with the phones.
    pub(crate) keep: Keep,
}

/// A file or folder, and what it is, if the caller says so.
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) kind: Option<SourceKind>,
    /// The name of the cluster that it tells of, if the caller says so.
    pub(crate) cluster: Option<String>,
}

impl Input {
    pub(crate) fn new(path: impl Into<PathBuf>, kind: Option<SourceKind>) -> Self {
        Self { path: path.into(), kind, cluster: None }
    }
}

impl Options {
    pub(crate) fn read(arguments: &[OsString]) -> Result<Self, Refusal> {
        let (mut to, mut target, mut out, mut prefix) = (None, None, None, String::new());
        let (mut sheets, mut columns) = (Vec::new(), Vec::new());
        let (mut inputs, mut book, mut book_file) = (Vec::new(), RuleBook::guide().clone(), None);
        let (mut is_raw, mut given) = (false, HashSet::new());
        let (mut clusters, mut keep) = (Vec::new(), Vec::new());
        let (mut settle, mut to_settle) = (None, None);
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let option = argument.to_string_lossy();
            // The first of two values would be lost unseen.
            let takes_one = matches!(
                &*option,
                "--to" | "--target" | "--rulebook" | "--out" | "--prefix" | "--settle" | "--to-settle"
            );
            if takes_one && !given.insert(argument) {
                return Err(usage(format_args!("{option}: given twice; expected once\n{USAGE}")));
            }
            let mut path = || {
                let value = arguments.next().map(PathBuf::from);
                value.ok_or_else(|| usage(format_args!("{option} needs a value\n{USAGE}")))
            };
            let text = |path: PathBuf| path.to_string_lossy().into_owned();
            let kind = match &*option {
                "--csv" => Some(SourceKind::Csv),
                "--xlsx" => Some(SourceKind::Xlsx),
                "--risport" => Some(SourceKind::Risport),
                "--webex" => Some(SourceKind::Webex),
                "--axl" => Some(SourceKind::Axl),
                "--json" => Some(SourceKind::Json),
                "--pages" => Some(SourceKind::DevicePage),
                _ => None,
            };
            match &*option {
                _ if kind.is_some() => inputs.push(Input::new(path()?, kind)),
                "--to" => to = Some(text(path()?)),
                "--target" => target = Some(text(path()?)),
                "--rulebook" => (book, book_file) = rulebook(&path()?)?,
                "--out" => out = Some(path()?),
                "--settle" => settle = Some(path()?),
                "--to-settle" => to_settle = Some(path()?),
                "--raw" => is_raw = true,
                "--keep" => keep.push(text(path()?)),
                "--prefix" => prefix = text(path()?),
                "--sheet" => sheets.push(text(path()?)),
                "--columns" => columns.push(text(path()?)),
                "--cluster" => clusters.push(text(path()?)),
                "-" => inputs.push(Input::new(argument, None)),
                option if option.starts_with('-') => {
                    return Err(usage(format_args!("unknown option {}\n{USAGE}", Shown::new(option))));
                }
                _ => inputs.push(Input::new(argument, None)),
            }
        }
        clusters.iter().try_for_each(|cluster| of_cluster(&mut inputs, cluster))?;
        let keep = Keep::of_texts(keep).map_err(|error| usage(format_args!("--keep: {error}")))?;
        let columns = ChosenColumn::of_texts(columns).map_err(|error| usage(format_args!("--columns: {error}")))?;
        if out.as_deref().zip(to_settle.as_deref()).is_some_and(|(out, other)| input::is_same(out, other)) {
            return Err(usage(format_args!("--out and --to-settle name the same file; expected two\n{USAGE}")));
        }
        let read = inputs.iter().map(|input| &input.path).chain(&book_file).chain(&settle);
        if read.filter(|path| input::is_standard(path)).count() > 1 {
            return Err(usage("standard input is named twice; expected - once"));
        }
        // Who gives options has phones of their own, though the name of the file may be an empty variable of a shell.
        let has_more = [&out, &settle, &to_settle].into_iter().any(Option::is_some);
        if inputs.is_empty() && (to.is_some() || has_more) {
            return Err(usage(format_args!("expected a file of phones\n{USAGE}")));
        }
        let to = match to {
            Some(to) => to,
            None if inputs.is_empty() => "all".to_owned(),
            None => return Err(usage(format_args!("--to is missing: where shall the phones go?\n{USAGE}"))),
        };
        let destinations = match to.as_str() {
            "all" => Destination::ALL.to_vec(),
            one => vec![Destination::named(one).map_err(|error| usage(format_args!("{error}, or all")))?],
        };
        let request = |destination| book.request(destination, target.as_deref()).map_err(usage);
        let requests = destinations.into_iter().map(request).collect::<Result<_, _>>()?;
        Ok(Self { inputs, sheets, columns, settle, to_settle, book, book_file, requests, out, prefix, is_raw, keep })
    }

    /// Every folder that is read.
    pub(crate) fn folders(&self) -> Vec<&Path> {
        self.inputs.iter().map(|input| &*input.path).filter(|path| input::is_folder(path)).collect()
    }

    /// What is told of a target of which the book has no load, once for each type of firmware.
    pub(crate) fn unknown_targets(&self) -> Vec<UnknownTarget> {
        let mut unknown: Vec<_> =
            self.requests.iter().filter_map(|request| self.book.unknown_target(request)).collect();
        unknown.dedup();
        unknown
    }

    /// Every file that is read; of a folder, the pages in it.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let of = |path: &Path| match input::is_folder(path) {
            true => input::Folder::read(path).map(|folder| folder.pages).unwrap_or_default(),
            false => vec![path.to_owned()],
        };
        let inputs = self.inputs.iter().map(|input| &input.path);
        inputs.chain(&self.book_file).chain(&self.settle).flat_map(|path| of(path)).collect()
    }
}

/// `Oslo=risport.xml`: the file is of this cluster.
fn of_cluster(inputs: &mut [Input], cluster: &str) -> Result<(), Refusal> {
    let (name, file) = cluster.split_once('=').filter(|(name, _)| !name.trim().is_empty()).ok_or_else(|| {
        usage(format_args!("--cluster: {} has no NAME=FILE; expected such as Oslo=risport.xml", Shown::new(cluster)))
    })?;
    let mut of_file = inputs.iter_mut().filter(|input| input.path == Path::new(file)).peekable();
    if of_file.peek().is_none() {
        return Err(usage(format_args!("--cluster: {} is not read; expected a FILE that is", Shown::new(file))));
    }
    for input in of_file {
        if let Some(other) = input.cluster.replace(name.to_owned()).filter(|other| other != name) {
            let clusters = format!("{} and {}", Shown::new(&other), Shown::new(name));
            return Err(usage(format_args!("--cluster: {} is of {clusters}; expected one", Shown::new(file))));
        }
    }
    Ok(())
}

/// `guide`, `field`, `field@2024-09-01`, or a file; then also its path.
fn rulebook(path: &Path) -> Result<(RuleBook, Option<PathBuf>), Refusal> {
    let name = path.to_string_lossy();
    Ok(match (&*name, name.split_once('@')) {
        ("guide", _) => (RuleBook::guide().clone(), None),
        ("field", _) => (RuleBook::field().clone(), None),
        (_, Some(("field", day))) => (RuleBook::field_as_of(day.parse().map_err(usage)?).clone(), None),
        _ => {
            let name = input::name(path);
            let refused = |error: &dyn Display| Refusal::Book(format!("{name}: {error}"));
            let bytes = input::up_to(LONGEST_TEXT as u64, path)
                .map_err(|error| refused(&format_args!("{error}; a book is guide, field, field@DATE or a file")))?;
            let text = match bytes.len() > LONGEST_TEXT {
                // The library says that it is too long; a letter may be cut in two here.
                true => String::from_utf8_lossy(&bytes).into_owned(),
                false => String::from_utf8(bytes)
                    .map_err(|error| refused(&format_args!("{error}; expected TOML, which is written in UTF-8")))?,
            };
            let book = RuleBook::check(&text).map_err(|error| refused(&error))?;
            (book, Some(path.to_owned()))
        }
    })
}
