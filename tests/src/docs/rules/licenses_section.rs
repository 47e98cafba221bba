//! Licenses.

use crossgrade::rulebook::rows::{AuthorizationState, LicenseNeed, LicenseRow};

use crate::docs::books::Books;
use crate::docs::markdown::{code, lines};
use crate::docs::side_by_side::{Said, rows};

const INTRODUCTION: &str = "\
What license a conversion needs: one for each phone, bound to its MAC address and to the direction. `{MAC}` stands \
for the twelve upper-case digits. \"Without\" an authorization means that the phone shows it blank, or that nobody \
has read it on a phone whose product id is marked 3PCC.
";

pub(super) fn section(books: &Books) -> String {
    let [guide, field] = books.both().map(|book| book.licenses().map(said).collect());
    format!("{INTRODUCTION}\n{}", rows(&["to", "series", "authorization"], guide, field))
}

fn said(row: &LicenseRow) -> Said<'_> {
    let when = match row.when {
        AuthorizationState::Any => "any",
        AuthorizationState::Without => "without",
        AuthorizationState::Given => "Classic or WxC",
        AuthorizationState::Other => "another text",
        other => panic!("tests/src/docs/rules/licenses_section.rs has no words for the authorization {other}"),
    };
    let need = match (&row.sku, row.need) {
        (Some(sku), LicenseNeed::Purchase) => format!("{}: {}", row.need, code(sku)),
        _ => row.need.to_string(),
    };
    let support = row.service_sku.as_ref().map(|sku| format!("support: {}", code(sku)));
    let file = row.file.as_ref().map(|file| format!("file: {}", code(file)));
    let says = lines([Some(need), support, file].into_iter().flatten());
    let about = vec![code(row.destination), row.series.to_string(), when.to_owned()];
    Said { about, says, origin: &row.origin }
}
