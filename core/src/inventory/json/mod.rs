//! Records of any tool: JSON in which each device is an object, read like the rows of a table.
//!
//! Keys are headers: those by which columns of tables are found ([`InventoryField`]), in
//! any spelling, such as `macAddress` or `serial_number`. Records may have different keys: they line up by what the keys are called. A value may stand in a
//! wrapper (`{"value": "V05"}`), or in a part of the record (`{"hardware": {"serial": "..."}}`), if its key is such a header; what else
//! is nested is not read. A device may stand under its name: `{"SEP00CCFC123456": {...}}`.
//!
//! Records stand in lists, in lists within other objects, one behind the other, or one on each line. A record that says nothing of a
//! device among those that do is a row that nobody can read. If none says anything, that is an error, which
//! names the keys.
//!
//! Nothing but a load, a product or a type in the record itself is evidence of what runs.

mod table;

use super::records::mend::mended;
use super::records::{Record, RecordKind, Survey, damage};
use super::{BrokenRow, ChosenColumn, Document, Encoding, Inventory, InventoryError, InventoryField, Keep, RowProblem};
use super::{decode, limits, lossy, registration};
use crate::fleet::{FleetRow, SourceKind};
use crate::phone::Evidence;
use crate::text::trim;
use table::{Cells, RecordTable};

const EXPECTED: &str = "JSON in which each device is an object with keys such as mac, name, model or serial";

/// Reads the records of a document.
///
/// # Errors
/// [`InventoryError::OtherThing`] if no record says anything of a device, or if all of them are of RisPort, Webex or AXL;
/// [`InventoryError::Broken`] and [`InventoryError::TooMuch`] if reading ends before the first record.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, json};
///
/// let list = r#"{"phones": [{"macAddress": "00CCFC123456", "model": "CP-8841", "hw": {"hardware_revision": "V05"}}]}"#;
/// let inventory = json::read(&Document::new("phones.json", list))?;
/// let phone = inventory.fleet().rows()[0].phone();
/// assert_eq!(phone.product().known().unwrap().model().as_str(), "8841");
/// assert_eq!(phone.vid_evidence().known().unwrap().to_string(), "V05");
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read(document: &Document<'_>) -> Result<Inventory, InventoryError> {
    read_keeping(document, &[], &Keep::default())
}

/// The same; these fields are read from the keys that the caller names, and these keys come with the phones.
///
/// # Errors
/// As [`read`]; also if no record has such a key.
///
/// # Example
/// ```
/// use crossgrade::inventory::{ChosenColumn, Document, InventoryField, json};
///
/// let list = r#"[{"asset": "CP-8841-K9=", "mac": "00CCFC123456", "room": 12}]"#;
/// let columns = [ChosenColumn::new(InventoryField::Pid, "asset")];
/// let inventory = json::read_keeping(&Document::new("phones.json", list), &columns, &"room".parse()?)?;
/// let row = &inventory.fleet().rows()[0];
/// assert_eq!((row.phone().product_text(), row.kept_in("room")), (Some("CP-8841-K9="), Some("12")));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read_keeping(
    document: &Document<'_>,
    columns: &[ChosenColumn],
    keep: &Keep,
) -> Result<Inventory, InventoryError> {
    limits::check_file(document.bytes().len() as u64)?;
    let decoded = decode(document.bytes())?;
    let encoding = decoded.encoding;
    let text = lossy(decoded.text)?;
    let text = mended(&text);
    match trim(&text).chars().next() {
        Some('{' | '[') => {}
        Some('<') => return Err(other("XML or HTML")),
        Some(_) => return Err(other("text that is no JSON")),
        None => return Err(InventoryError::Empty),
    }
    let mut inventory = Inventory::begin(SourceKind::Json, document);
    if encoding != Encoding::Utf8 {
        inventory.note(format!("read as {encoding}"));
    }
    read_survey(&Survey::of(&text)?, &text, inventory, columns, keep)
}

fn other(found: &str) -> InventoryError {
    InventoryError::OtherThing { found: found.to_owned(), expected: EXPECTED }
}

/// Reads the flat records of a document that was looked through.
pub(super) fn read_survey(
    survey: &Survey<'_>,
    text: &str,
    mut inventory: Inventory,
    columns: &[ChosenColumn],
    keep: &Keep,
) -> Result<Inventory, InventoryError> {
    // The caller knows a column that no header tells.
    let chosen;
    let survey = match columns.is_empty() {
        true => survey,
        false => {
            chosen = Survey::with(text, columns)?;
            &chosen
        }
    };
    if survey.records.is_empty() && survey.error.is_none() && survey.is_empty_list(text) {
        inventory.note("there is no record in it".to_owned());
        return inventory.asked_to_keep(keep);
    }
    survey.refuse_others(RecordKind::Flat, EXPECTED).map_err(|error| damage::with_cure(error, text))?;
    let is_read = |record: &&Record<'_>| matches!(record.kind, None | Some(RecordKind::Flat));
    let records = || survey.records.iter().filter(is_read);
    let table = RecordTable::of(records(), columns, keep)?;
    let mut last_seen = 0;
    for record in records() {
        let row = inventory.rows_read + 1;
        limits::check_rows(row - 1, row)?;
        inventory.try_reserve(1)?;
        let cells = Cells::of(record, &table);
        last_seen += u64::from(cells.says_last_load(&table));
        let (row, broken) = row_of(record, &cells, row, &table);
        inventory.push(row, broken);
    }
    registration::note(last_seen).into_iter().for_each(|note| inventory.note(note));
    survey.short.note().into_iter().for_each(|note| inventory.note(note));
    survey.note_of_unknown(&mut inventory);
    if let Some(error) = &survey.error {
        inventory.end_at(damage::with_cure(error.clone(), text));
    }
    inventory.columns = vec![(0, table.columns.clone())];
    inventory.keeping(keep, &table.columns)?.within_memory()
}

/// The row of a record, and what is wrong with it.
fn row_of(record: &Record<'_>, cells: &Cells<'_>, number: u64, table: &RecordTable) -> (FleetRow, Option<BrokenRow>) {
    let problem = match record {
        Record { is_cut: true, .. } => Some(RowProblem::Cut),
        Record { kind: None, .. } => Some(RowProblem::NoDevice),
        _ => cells.problem(),
    };
    let mut phone = cells.phone(table);
    let is_said = phone.product_text().is_some();
    if let Some(problem @ (RowProblem::Cut | RowProblem::NoDevice)) = problem.filter(|_| !is_said) {
        let text: String = record.text.chars().take(limits::KEPT).collect();
        phone = phone.with_product(Evidence::Unreadable(format!("{problem}: {text}").into()));
    }
    let row = FleetRow::new(number, phone).labeled(cells.label(table)).with_kept(cells.kept(table));
    (row, problem.map(|problem| BrokenRow { line: number, problem }))
}

/// The fields that a part of a record may say under a key of its own.
pub(super) fn is_field(folded: &str) -> bool {
    super::field::ranked(folded).is_some_and(|(field, _)| field != InventoryField::Contradictions)
}
