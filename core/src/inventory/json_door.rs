//! The door for JSON of any kind: each record goes to the reader of its kind.

use super::read_options::ReadOptions;
use super::records::mended_json::mended;
use super::records::{Record, RecordKind, Survey, damage, frames, masked_document};
use crate::fleet::SourceKind;
use crate::inventory::reading_report::counted;
use crate::inventory::{
    ChosenColumn, Document, Encoding, Inventory, InventoryError, axl, decode, json, limits, lossy, risport, webex,
};

/// What a document of JSON is, by its beginning.
pub(super) fn kind_of(head: &str) -> SourceKind {
    match frames::of(head) {
        Ok(None) => kind_of_records(&Survey::of(head).unwrap_or_default()),
        // A table, or what was one before the beginning was cut off.
        Ok(Some(_)) | Err(_) => SourceKind::Json,
    }
}

fn kind_of_records(survey: &Survey<'_>) -> SourceKind {
    match survey.kinds().first() {
        Some(RecordKind::Risport) => SourceKind::Risport,
        Some(RecordKind::Webex) => SourceKind::Webex,
        Some(RecordKind::Axl) => SourceKind::Axl,
        Some(RecordKind::Flat) => SourceKind::Json,
        None if survey.has_risport => SourceKind::Risport,
        // An envelope is around both.
        None if survey.is_like_axl => SourceKind::Axl,
        None if survey.is_like_risport => SourceKind::Risport,
        None if survey.is_like_webex => SourceKind::Webex,
        None => SourceKind::Json,
    }
}

/// Reads a document of JSON of which nobody said what it is.
pub(super) fn read(document: &Document<'_>, options: &ReadOptions) -> Result<Inventory, InventoryError> {
    limits::check_file(document.bytes().len() as u64)?;
    let decoded = decode(document.bytes())?;
    let encoding = decoded.encoding;
    let text = lossy(decoded.text)?;
    let text = mended(&text);
    if let Some(frame) = frames::of(&text).map_err(|error| damage::with_cure(error, &text))? {
        return json::read_frame(&frame, document, encoding, &options.columns, &options.keep);
    }
    let survey = Survey::with(&text, &options.columns)?;
    survey.check_flattened()?;
    let one = One { document, encoding, options };
    let outcome = match survey.kinds().as_slice() {
        [] | [_] => one.read(kind_of_records(&survey), &survey, &text),
        kinds => one.read_each(kinds, &survey, &text),
    };
    let mut inventory = match outcome {
        Ok(inventory) => inventory,
        // What the reader of a kind finds wrong is told as it is, but for damage that has a cure.
        Err(error) => return Err(damage::with_cure(error, &text)),
    };
    for (_, error) in &mut inventory.cut {
        *error = damage::with_cure(error.clone(), &text);
    }
    survey.note_of_names().into_iter().for_each(|note| inventory.note_of(0, note));
    check_count(&survey, inventory)
}

/// An answer may say that it found more devices than it has.
fn check_count(survey: &Survey<'_>, mut inventory: Inventory) -> Result<Inventory, InventoryError> {
    let Some((key, count)) = survey.count.as_ref().filter(|_| inventory.cut.is_empty()) else { return Ok(inventory) };
    let read = inventory.rows_read;
    match read {
        0 if *count > 0 => return Err(survey.nothing("the devices themselves in the answer")),
        _ if *count <= read || inventory.tells_missing => {}
        _ => inventory.note_of(
            0,
            format!(
                "the answer says {key}: {count} and has {}: {} missing; ask again for the rest",
                counted(read, "device"),
                match count - read {
                    1 => "1 is".to_owned(),
                    missing => format!("{} are", counted(missing, "device")),
                }
            ),
        ),
    }
    Ok(inventory)
}

/// One document, and how it is read.
struct One<'o, 'd> {
    document: &'o Document<'d>,
    encoding: Encoding,
    options: &'o ReadOptions,
}

impl One<'_, '_> {
    fn read(&self, kind: SourceKind, survey: &Survey<'_>, text: &str) -> Result<Inventory, InventoryError> {
        let Self { document, encoding, options } = self;
        if kind != SourceKind::Json {
            ChosenColumn::refuse_for(kind, &options.columns)?;
        }
        match kind {
            SourceKind::Risport => risport::read_survey(document, survey, text, &options.keep, false),
            SourceKind::Webex => webex::read_survey(document, survey, text, *encoding, &options.keep),
            SourceKind::Axl => axl::read_survey(document, survey, text, &options.keep),
            _ => json::read_survey(survey, text, json::begin(document, *encoding), &options.columns, &options.keep),
        }
    }

    /// Reads the records of each kind as a source of its own. A record keeps its number in the document.
    fn read_each(&self, kinds: &[RecordKind], survey: &Survey<'_>, text: &str) -> Result<Inventory, InventoryError> {
        let mut whole: Option<Inventory> = None;
        for (index, kind) in kinds.iter().enumerate() {
            let (own, numbers) = survey.only(*kind, index == 0);
            let mut one = match kind {
                RecordKind::Risport => {
                    let is_of_others = |record: &&Record<'_>| record.kind.map_or(index > 0, |of| of != *kind);
                    let others = survey.records.iter().filter(is_of_others);
                    let records: Vec<_> = own.records.iter().collect();
                    self.read(SourceKind::Risport, &own, &masked_document::without(text, others, &records))?
                }
                RecordKind::Webex => self.read(SourceKind::Webex, &own, text)?,
                RecordKind::Axl => self.read(SourceKind::Axl, &own, text)?,
                RecordKind::Flat => self.read(SourceKind::Json, &own, text)?,
            };
            one.renumber(&numbers);
            match &mut whole {
                None => whole = Some(one),
                Some(whole) => {
                    // The same end was told of the kind before.
                    one.cut.retain(|(_, error)| !whole.cut.iter().any(|(_, told)| told == error));
                    whole.append(one);
                }
            }
        }
        let mut whole = whole.unwrap_or_else(Inventory::nothing);
        let names: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
        whole.note_of(0, format!("the file has records of several kinds, each read as its own: {}", names.join(", ")));
        Ok(whole)
    }
}
