//! Every load that the books know.

use crossgrade::FirmwareType;
use crossgrade::firmware::LoadFamily;
use crossgrade::rulebook::rows::LoadRow;

use crate::docs::books::{Books, amended_by};
use crate::docs::markdown::{code, comma, grouped, or_dash, table};
use crate::docs::words_of_pages::backing;

pub(super) fn section(books: &Books) -> String {
    let usual = usual(books);
    let mut loads: Vec<&LoadRow> = books.guide().loads().collect();
    let new = books.field().loads().filter(|row| books.guide().row(&row.origin.id).is_none());
    loads.extend(new);
    let mut kinds = grouped(loads.into_iter().map(|row| ((row.load.family(), row.load.firmware_type()), row)));
    kinds.sort_by_key(|((family, firmware), _)| rank(books, *family, *firmware));
    let lines = kinds.into_iter().map(|((family, firmware), mut rows)| {
        rows.sort_by_key(|row| row.load);
        let (new, old): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.origin.amendment.is_some());
        let told = |rows: Vec<&LoadRow>| comma(rows.into_iter().map(|row| told(row, &usual)));
        vec![family.to_string(), firmware.name().to_owned(), or_dash(told(old)), or_dash(told(new))]
    });
    let table = table(&["family", "firmware", "`guide`", "`field` adds"], lines);
    format!(
        "The loads that the books know, the lowest first; the id of a row is the name of its load. What `field` adds \
         it has from {usual}, where no other amendment stands behind the load. Names are taken from documents, never \
         computed from a pattern.\n\n{table}"
    )
}

/// Families as the models have them, then those of no listed model.
fn rank(books: &Books, family: LoadFamily, firmware: FirmwareType) -> (usize, String, usize) {
    let of_models = books.field().models().position(|row| row.family == family);
    let place = FirmwareType::ALL.iter().position(|other| *other == firmware);
    (of_models.unwrap_or(usize::MAX), family.to_string(), place.unwrap_or_default())
}

/// The amendment that most loads come from; the table does not repeat it.
fn usual(books: &Books) -> String {
    let by = grouped(books.field().loads().filter_map(|row| Some((amended_by(&row.origin)?, ()))));
    by.into_iter().max_by_key(|(_, loads)| loads.len()).map(|(by, _)| by).unwrap_or_default()
}

fn told(row: &LoadRow, usual: &str) -> String {
    let amendment = amended_by(&row.origin).filter(|by| by != usual).map(|by| format!(" ({by})"));
    let backing = backing(&row.origin).map(|backing| format!(" {backing}"));
    let build = if row.load.is_engineering_build() { " (engineering build)" } else { "" };
    format!("{}{build}{}{}", code(row.load), amendment.unwrap_or_default(), backing.unwrap_or_default())
}
