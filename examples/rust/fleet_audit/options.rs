//! The command line.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crossgrade::rulebook::LONGEST_TEXT;
use crossgrade::{Destination, Request, RuleBook, Shown, SourceKind};

use crate::input;

pub(crate) const USAGE: &str = "usage: fleet_audit [FILE ... --to webex-calling|third-party|unified-cm|all] \
                     [--csv FILE] [--xlsx FILE [--sheet NAME]] [--risport FILE] [--webex FILE] [--pages FOLDER] \
                     [--target TARGET] [--rulebook guide|field|field@DATE|FILE.toml] [--out OUT.csv] [--prefix TEXT] \
                     [--raw]";

/// What the caller wants.
pub(crate) struct Options {
    pub(crate) inputs: Vec<Input>,
    pub(crate) sheet: Option<String>,
    pub(crate) book: RuleBook,
    /// The file that the book was read from.
    book_file: Option<PathBuf>,
    pub(crate) requests: Vec<Request>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) prefix: String,
    /// Whether cells that a spreadsheet would run as formulas stay as they are.
    pub(crate) is_raw: bool,
}

/// A file or folder, and what it is, if the caller says so.
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) kind: Option<SourceKind>,
}

impl Options {
    pub(crate) fn read(arguments: &[OsString]) -> Result<Self, Box<dyn Error>> {
        let (mut to, mut target, mut out, mut sheet, mut prefix) = (None, None, None, None, String::new());
        let (mut inputs, mut book, mut book_file) = (Vec::new(), RuleBook::guide().clone(), None);
        let mut is_raw = false;
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let option = argument.to_string_lossy();
            let mut path = || {
                let value = arguments.next().map(PathBuf::from);
                value.ok_or_else(|| format!("{option} needs a value\n{USAGE}"))
            };
            let text = |path: PathBuf| path.to_string_lossy().into_owned();
            let kind = match &*option {
                "--csv" => Some(SourceKind::Csv),
                "--xlsx" => Some(SourceKind::Xlsx),
                "--risport" => Some(SourceKind::Risport),
                "--webex" => Some(SourceKind::Webex),
                "--pages" => Some(SourceKind::DevicePage),
                _ => None,
            };
            match &*option {
                _ if kind.is_some() => inputs.push(Input { path: path()?, kind }),
                "--to" => to = Some(text(path()?)),
                "--target" => target = Some(text(path()?)),
                "--rulebook" => (book, book_file) = rulebook(&path()?)?,
                "--out" => out = Some(path()?),
                "--raw" => is_raw = true,
                "--prefix" => prefix = text(path()?),
                "--sheet" => sheet = Some(text(path()?)),
                "-" => inputs.push(Input { path: argument.into(), kind: None }),
                option if option.starts_with('-') => {
                    return Err(format!("unknown option {}\n{USAGE}", Shown::new(option)).into());
                }
                _ => inputs.push(Input { path: argument.into(), kind: None }),
            }
        }
        let read = inputs.iter().map(|input| &input.path).chain(&book_file);
        if read.filter(|path| input::is_standard(path)).count() > 1 {
            return Err("standard input is named twice; expected - once".into());
        }
        // An empty variable of a shell is no wish to see the example.
        if inputs.is_empty() && (to.is_some() || out.is_some()) {
            return Err(format!("expected a file of phones\n{USAGE}").into());
        }
        let to = match to {
            Some(to) => to,
            None if inputs.is_empty() => "all".to_owned(),
            None => return Err(format!("--to is missing: where shall the phones go?\n{USAGE}").into()),
        };
        let destinations = match to.as_str() {
            "all" => Destination::ALL.to_vec(),
            one => vec![Destination::named(one)?],
        };
        let request = |destination| book.request(destination, target.as_deref());
        let requests = destinations.into_iter().map(request).collect::<Result<_, _>>()?;
        Ok(Self { inputs, sheet, book, book_file, requests, out, prefix, is_raw })
    }

    /// Every file that is read; of a folder, the pages in it.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let of = |path: &Path| match !input::is_standard(path) && path.is_dir() {
            true => input::pages(path).unwrap_or_default(),
            false => vec![path.to_owned()],
        };
        self.inputs.iter().map(|input| &input.path).chain(&self.book_file).flat_map(|path| of(path)).collect()
    }
}

/// `guide`, `field`, `field@2024-09-01`, or a file; then also its path.
fn rulebook(path: &Path) -> Result<(RuleBook, Option<PathBuf>), Box<dyn Error>> {
    let name = path.to_string_lossy();
    Ok(match (&*name, name.split_once('@')) {
        ("guide", _) => (RuleBook::guide().clone(), None),
        ("field", _) => (RuleBook::field().clone(), None),
        (_, Some(("field", day))) => (RuleBook::field_as_of(day.parse()?).clone(), None),
        _ => {
            let name = input::name(path);
            let bytes = input::up_to(LONGEST_TEXT as u64, path)
                .map_err(|error| format!("{name}: {error}; a book is guide, field, field@DATE or a file"))?;
            let text = match bytes.len() > LONGEST_TEXT {
                // The library says that it is too long; a letter may be cut in two here.
                true => String::from_utf8_lossy(&bytes).into_owned(),
                false => String::from_utf8(bytes)
                    .map_err(|error| format!("{name}: {error}; expected TOML, which is written in UTF-8"))?,
            };
            let book = RuleBook::check(&text).map_err(|error| format!("{name}: {error}"))?;
            (book, Some(path.to_owned()))
        }
    })
}
