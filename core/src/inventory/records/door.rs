//! The door for JSON of any kind: each record goes to the reader of its kind.

use super::mend::mended;
use super::{RecordKind, Survey, damage, mask};
use crate::fleet::SourceKind;
use crate::inventory::{
    Document, Inventory, InventoryError, ReadOptions, axl, decode, json, limits, lossy, risport, webex,
};

/// What a document of JSON is, by its beginning.
pub(in crate::inventory) fn kind_of(survey: &Survey<'_>) -> SourceKind {
    match survey.kinds().first() {
        Some(RecordKind::Risport) => SourceKind::Risport,
        Some(RecordKind::Webex) => SourceKind::Webex,
        Some(RecordKind::Axl) => SourceKind::Axl,
        Some(RecordKind::Flat) => SourceKind::Json,
        None if survey.is_like_risport => SourceKind::Risport,
        None if survey.is_like_axl => SourceKind::Axl,
        None if survey.is_like_webex => SourceKind::Webex,
        None => SourceKind::Json,
    }
}

/// Reads a document of JSON of which nobody said what it is.
pub(in crate::inventory) fn read(document: &Document<'_>, options: &ReadOptions) -> Result<Inventory, InventoryError> {
    limits::check_file(document.bytes().len() as u64)?;
    let text = lossy(decode(document.bytes())?.text)?;
    let text = mended(&text);
    let survey = Survey::of(&text)?;
    let outcome = match survey.kinds().as_slice() {
        [] | [_] => read_as(kind_of(&survey), document, options),
        kinds => read_each(kinds, &survey, &text, document, options),
    };
    let mut inventory = match outcome {
        Ok(inventory) => inventory,
        // What the reader of a kind finds wrong is told as it is, but for damage that has a cure.
        Err(error) => return Err(damage::with_cure(error, &text)),
    };
    for (_, error) in &mut inventory.cut {
        *error = damage::with_cure(error.clone(), &text);
    }
    let is_claimed = survey.count.as_ref().is_some_and(|(_, count)| *count > 0);
    match inventory.rows_read {
        0 if is_claimed && inventory.cut.is_empty() => Err(survey.nothing("the devices themselves in the answer")),
        _ => Ok(inventory),
    }
}

fn read_as(kind: SourceKind, document: &Document<'_>, options: &ReadOptions) -> Result<Inventory, InventoryError> {
    match kind {
        SourceKind::Risport => risport::read_keeping(document, &options.keep),
        SourceKind::Webex => webex::read_keeping(document, &options.keep),
        SourceKind::Axl => axl::read_keeping(document, &options.keep),
        _ => json::read_keeping(document, &options.columns, &options.keep),
    }
}

/// Reads the records of each kind as a source of its own.
fn read_each(
    kinds: &[RecordKind],
    survey: &Survey<'_>,
    text: &str,
    document: &Document<'_>,
    options: &ReadOptions,
) -> Result<Inventory, InventoryError> {
    let mut whole: Option<Inventory> = None;
    for (index, kind) in kinds.iter().enumerate() {
        // An entry that is no device stays with the first kind.
        let is_of_others = |of: Option<RecordKind>| of.map_or(index > 0, |of| of != *kind);
        let others = survey.records.iter().filter(|record| is_of_others(record.kind));
        let own: Vec<_> = survey.records.iter().filter(|record| !is_of_others(record.kind)).collect();
        let own = mask::without(text, others, &own);
        let kind = match kind {
            RecordKind::Risport => SourceKind::Risport,
            RecordKind::Webex => SourceKind::Webex,
            RecordKind::Axl => SourceKind::Axl,
            RecordKind::Flat => SourceKind::Json,
        };
        let mut one = read_as(kind, &document.with_bytes(own.as_bytes()), options)?;
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
