//! The command line.

use std::error::Error;

use crossgrade::{Destination, Request, RuleBook, SourceKind};

pub(crate) const USAGE: &str = "usage: fleet_audit [FILE ... --to webex-calling|third-party|unified-cm|all] \
                     [--csv FILE] [--xlsx FILE [--sheet NAME]] [--risport FILE] [--webex FILE] [--pages FOLDER] \
                     [--target TARGET] [--rulebook guide|field|field@DATE|FILE.toml] [--out OUT.csv] [--prefix TEXT]";

/// What the caller wants.
pub(crate) struct Options {
    pub(crate) inputs: Vec<Input>,
    pub(crate) sheet: Option<String>,
    pub(crate) book: RuleBook,
    pub(crate) requests: Vec<Request>,
    pub(crate) out: Option<String>,
    pub(crate) prefix: String,
}

/// A file or folder, and what it is, if the caller says so.
pub(crate) struct Input {
    pub(crate) path: String,
    pub(crate) kind: Option<SourceKind>,
}

impl Options {
    pub(crate) fn read(arguments: &[String]) -> Result<Self, Box<dyn Error>> {
        let (mut to, mut target, mut out, mut sheet, mut prefix) = (None, None, None, None, String::new());
        let (mut inputs, mut book) = (Vec::new(), RuleBook::guide().clone());
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().cloned().ok_or_else(|| format!("{argument} needs a value\n{USAGE}"));
            let kind = match argument.as_str() {
                "--csv" => Some(SourceKind::Csv),
                "--xlsx" => Some(SourceKind::Xlsx),
                "--risport" => Some(SourceKind::Risport),
                "--webex" => Some(SourceKind::Webex),
                "--pages" => Some(SourceKind::DevicePage),
                _ => None,
            };
            match argument.as_str() {
                _ if kind.is_some() => inputs.push(Input { path: value()?, kind }),
                "--to" => to = Some(value()?),
                "--target" => target = Some(value()?),
                "--rulebook" => book = rulebook(&value()?)?,
                "--out" => out = Some(value()?),
                "--prefix" => prefix = value()?,
                "--sheet" => sheet = Some(value()?),
                option if option.starts_with('-') => return Err(format!("unknown option {option}\n{USAGE}").into()),
                path => inputs.push(Input { path: path.to_owned(), kind: None }),
            }
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
        Ok(Self { inputs, sheet, book, requests, out, prefix })
    }
}

/// `guide`, `field`, `field@2024-09-01`, or a file.
fn rulebook(name: &str) -> Result<RuleBook, Box<dyn Error>> {
    Ok(match (name, name.split_once('@')) {
        ("guide", _) => RuleBook::guide().clone(),
        ("field", _) => RuleBook::field().clone(),
        (_, Some(("field", day))) => RuleBook::field_as_of(day.parse()?).clone(),
        (path, _) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("{path}: {error}; a book is guide, field, field@DATE or a file"))?;
            RuleBook::check(&text).map_err(|error| format!("{path}: {error}"))?
        }
    })
}
