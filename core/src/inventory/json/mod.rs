//! Records of any tool: JSON in which each device is an object, read like the rows of a table.
//!
//! Keys are headers: those by which columns of tables are found ([`InventoryField`]), in
//! any spelling, such as `macAddress` or `serial_number`, also behind the names of wrappers (`device.serial_number`). Records may have
//! different keys: they line up by what the keys are called. Of two keys of one field both count, so that what differs in one record is a
//! contradiction. The order of records and keys does not matter. A value may stand in a
//! wrapper (`{"value": "V05"}`), or in a part of the record (`{"hardware": {"serial": "..."}}`), if its key is such a header; what else
//! is nested is not read. Only parts that are the device's own (`ris`, `device`, `firmware`) say what runs, and a part that has a product or
//! an identity of its own is another device. A device may stand under its name: `{"SEP00CCFC123456": {...}}`.
//!
//! A table is read too, in which the names of columns stand once: what pandas writes with `df.to_json()` in every `orient`, a dictionary of
//! lists, and `{"columns": [...], "data": [[...]]}`. A table without names (`orient="values"`) is refused.
//!
//! Records stand in lists, in lists within other objects, one behind the other, or one on each line. A record that says nothing of a
//! device among those that do is a row that nobody can read. If none says anything, that is an error, which
//! names the keys.
//!
//! Nothing but a load, a product or a type in the record itself is evidence of what runs; records of RisPort, Webex and AXL that the caller calls
//! flat are read by the same rules as tables. Of a phone that is gone (`"registered": false`) the load is what it was last seen with.

mod records_table;

use super::records::frames::{self, Frame};
use super::records::mended_json::mended;
use super::records::{Record, RecordKind, Survey, damage};
use super::table::{Counts, Skipped};
use super::{BrokenRow, ChosenColumn, Document, Encoding, Inventory, InventoryError, InventoryField, Keep, RowProblem};
use super::{decode, limits, lossy, registration};
use crate::fleet::{FleetRow, SourceKind};
use crate::phone::{Evidence, Phone};
use crate::text::{MOST_LINES, ShownNames, trim};
use records_table::{Cells, RecordTable, Row};

const EXPECTED: &str = "JSON in which each device is an object with keys such as mac, name, model or serial";

/// Reads the records of a document.
///
/// # Errors
/// [`InventoryError::OtherThing`] if no record says anything of a device, or if a table has no names;
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
    if let Some(frame) = frames::of(&text)? {
        return read_frame(&frame, document, encoding, columns, keep);
    }
    let survey = Survey::with(&text, columns)?.into_flat();
    survey.check_flattened()?;
    read_survey(&survey, &text, begin(document, encoding), columns, keep)
}

/// No record yet of a document that is written so.
pub(super) fn begin(document: &Document<'_>, encoding: Encoding) -> Inventory {
    let mut inventory = Inventory::begin(SourceKind::Json, document);
    if encoding != Encoding::Utf8 {
        inventory.note(format!("read as {encoding}"));
    }
    inventory
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
    if survey.records.is_empty() && survey.error.is_none() && survey.is_empty_list(text) {
        inventory.note("there is no record in it".to_owned());
        return inventory.asked_to_keep(keep);
    }
    survey.refuse_others(RecordKind::Flat, EXPECTED).map_err(|error| damage::with_cure(error, text))?;
    let is_read = |record: &&Record<'_>| matches!(record.kind, None | Some(RecordKind::Flat));
    let mut inventory = read_rows(survey.records.iter().filter(is_read).map(Row::Record), inventory, columns, keep)?;
    survey.short.note().into_iter().for_each(|note| inventory.note(note));
    survey.note_of_unknown(&mut inventory);
    if let Some(error) = &survey.error {
        inventory.end_at(damage::with_cure(error.clone(), text));
    }
    inventory.within_memory()
}

/// Reads a table.
pub(super) fn read_frame(
    frame: &Frame<'_>,
    document: &Document<'_>,
    encoding: Encoding,
    columns: &[ChosenColumn],
    keep: &Keep,
) -> Result<Inventory, InventoryError> {
    let rows = frame.rows.iter().map(|values| Row::Values { headers: &frame.headers, values });
    let mut inventory = begin(document, encoding);
    if frame.rows.is_empty() {
        inventory.note("the table has no rows".to_owned());
        return inventory.asked_to_keep(keep);
    }
    inventory = read_rows(rows, inventory, columns, keep)?;
    inventory.within_memory()
}

fn read_rows<'r, 't: 'r>(
    rows: impl Iterator<Item = Row<'r, 't>> + Clone,
    mut inventory: Inventory,
    columns: &[ChosenColumn],
    keep: &Keep,
) -> Result<Inventory, InventoryError> {
    let table = RecordTable::of(rows.clone(), columns, keep)?;
    let mut counts = Counts::of(&table.columns).filter(|_| columns.is_empty());
    let mut last_seen = 0;
    let mut skipped = Skipped::none("row");
    let mut unread: Vec<String> = Vec::new();
    for (number, row) in (1..).zip(rows) {
        limits::check_rows(number - 1, number)?;
        let cells = Cells::of(&row, &table);
        if matches!(row, Row::Values { values: [], .. }) {
            skipped.blank(number);
            continue;
        }
        if let Some(counts) = counts.as_mut().filter(|counts| !counts.is_over()) {
            counts.look(cells.first(counts.column()).unwrap_or_default(), cells.texts());
        }
        inventory.try_reserve(1)?;
        for key in &cells.skipped {
            if unread.len() < MOST_LINES && !unread.contains(key) {
                unread.push(key.clone());
            }
        }
        last_seen += u64::from(cells.says_last_load(&table));
        let (row, broken) = fleet_row(&row, &cells, number, &table);
        inventory.push(row, broken);
    }
    counts.map_or(Ok(()), |counts| counts.check())?;
    skipped.notes().into_iter().chain(registration::note(last_seen)).for_each(|note| inventory.note(note));
    if !unread.is_empty() {
        let keys = ShownNames(&unread);
        inventory
            .note(format!("a load stands under {keys}: such a part does not say what the phone runs, and is not read"));
    }
    inventory.columns = vec![(0, table.columns.clone())];
    inventory.keeping(keep, &table.columns)
}

/// The row of a record, and what is wrong with it.
fn fleet_row(row: &Row<'_, '_>, cells: &Cells<'_>, number: u64, table: &RecordTable) -> (FleetRow, Option<BrokenRow>) {
    let problem = match row {
        Row::Record(Record { is_cut: true, .. }) => Some(RowProblem::Cut),
        Row::Record(Record { kind: None, .. }) => Some(RowProblem::NoDevice),
        Row::Record(_) | Row::Values { .. } => cells.problem(),
    };
    let sum = problem.is_none().then(|| cells.sum(table)).flatten();
    if let Some(sum) = sum {
        let row = FleetRow::new(number, Phone::new(sum)).with_kept(cells.kept(table));
        return (row, Some(BrokenRow { line: number, problem: RowProblem::SumRow }));
    }
    let mut phone = cells.phone(table);
    let is_said = phone.product_text().is_some();
    if let (Row::Record(record), Some(problem @ (RowProblem::Cut | RowProblem::NoDevice))) =
        (row, problem.filter(|_| !is_said))
    {
        let text: String = record.text.chars().take(limits::KEPT).collect();
        phone = phone.with_product(Evidence::Unreadable(format!("{problem}: {text}").into()));
    }
    let row = FleetRow::new(number, phone).labeled(cells.label(table)).with_kept(cells.kept(table));
    (row, problem.map(|problem| BrokenRow { line: number, problem }))
}

/// The fields that a part of a record may say under a key of its own.
pub(super) fn is_field(folded: &str) -> bool {
    super::known_headers::is_udi(folded)
        || super::known_headers::ranked(folded).is_some_and(|(field, _)| field != InventoryField::Contradictions)
}
