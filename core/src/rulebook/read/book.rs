use toml::de::DeTable;

use super::RuleBookError;
use super::check::{self, References};
use super::row::{Row, Source};
use super::sections::{self, Context};
use crate::rulebook::tables::Tables;
use crate::rulebook::{digest, index};

/// The format that this version of crossgrade reads.
const SCHEMA: i64 = 1;
/// A longer text is no rule book: `guide` has 30 KiB.
const LONGEST: usize = 1 << 20;

/// Reads a whole book. `Err` holds everything that is wrong with it.
pub(in crate::rulebook) fn book(text: &str) -> Result<Tables, RuleBookError> {
    let source = Source::new(text);
    if text.len() > LONGEST {
        source.problem(0..0, "file", format!("{} bytes; expected at most {LONGEST}", text.len()));
        return Err(RuleBookError::new(source.into_problems()));
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        source.problem(error.span().unwrap_or(0..0), "TOML", error.message());
    }
    if source.is_clean() {
        let mut tables = tables(&source, document.get_ref());
        if source.is_clean() {
            tables.profiles = index::profiles(&tables).into();
            tables.digest = digest::of(&tables).into();
            return Ok(tables);
        }
    }
    Err(RuleBookError::new(source.into_problems()))
}

/// All rows that could be read; what could not is among the problems, and the book is refused.
fn tables<'t>(source: &Source<'t>, document: &DeTable<'t>) -> Tables {
    let book = Row::new(source, document, String::new(), 0..0);
    if let Some(schema) = book.integer("schema")
        && schema.value != SCHEMA
    {
        book.problem("schema", schema.span, format!("found {}; this version reads {SCHEMA}", schema.value));
    }
    let references = References::default();
    let mut context = Context { references: &references, listed: Vec::new() };
    let models = section(&book, &context, "models", sections::model);
    context.listed = models.iter().map(|row| row.model).collect();
    let tables = Tables {
        edition: book.text("edition").unwrap_or_default(),
        revision: sections::revision(&book).unwrap_or(semver::Version::new(0, 0, 0)),
        digest: "".into(),
        sources: section(&book, &context, "sources", sections::source).into(),
        single_firmware: section(&book, &context, "single-firmware", sections::single_firmware).into(),
        conversions: section(&book, &context, "conversions", sections::conversion).into(),
        gates: section(&book, &context, "gates", sections::gate).into(),
        loads: section(&book, &context, "loads", sections::load).into(),
        targets: section(&book, &context, "targets", sections::target).into(),
        load_servers: section(&book, &context, "load-servers", sections::load_server).into(),
        licenses: section(&book, &context, "licenses", sections::license).into(),
        evidence: section(&book, &context, "evidence", sections::evidence).into(),
        advice: section(&book, &context, "advice", sections::advice).into(),
        disagreements: section(&book, &context, "disagreements", sections::disagreement).into(),
        errata: section(&book, &context, "errata", sections::erratum).into(),
        models: models.into(),
        profiles: [].as_slice().into(),
    };
    book.finish();
    references.check(source);
    // A row that is missing because it could not be read would cause complaints about the others.
    if source.is_clean() {
        check::rows(source, &references, &tables);
    }
    tables
}

/// All rows of a section that could be read.
fn section<'s, 't, T>(
    book: &Row<'s, 't>,
    context: &Context<'_>,
    name: &'static str,
    read: impl Fn(&Context<'_>, &str, &Row<'s, 't>) -> Option<T>,
) -> Vec<T> {
    let rows = book.rows(name);
    let read = rows.iter().filter_map(|(id, row)| {
        context.references.declare(name, id.value, row);
        let value = read(context, id.value, row);
        row.finish();
        value.filter(|_| row.is_whole())
    });
    read.collect()
}
