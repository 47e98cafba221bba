//! One door for every kind of inventory.

use super::read_options::ReadOptions;
use super::{
    ChosenColumn, Document, Inventory, InventoryError, axl, csv, device_page, json, json_door, recognize, risport,
    webex, xlsx,
};
use crate::fleet::SourceKind;

/// Reads phones from a document of any kind.
///
/// # Errors
/// If nothing can be read at all; see [`InventoryError`]. What is wrong with one row, and where a file breaks off, is told by
/// the inventory.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, ReadOptions, read};
///
/// let inventory = read(&Document::new("export.csv", "Model,VID\nCisco 8841,V05\n"), &ReadOptions::default())?;
/// assert_eq!(inventory.fleet().rows().len(), 1);
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read(document: &Document<'_>, options: &ReadOptions) -> Result<Inventory, InventoryError> {
    if options.kind.is_none() && recognize::is_json(document.bytes()) {
        return json_door::read(document, options);
    }
    let kind = options.kind.unwrap_or_else(|| recognize(document.bytes()));
    if matches!(kind, SourceKind::Risport | SourceKind::Webex | SourceKind::Axl) {
        ChosenColumn::refuse_for(kind, &options.columns)?;
    }
    match kind {
        SourceKind::Csv | SourceKind::Table => csv::read_document_keeping(document, &options.columns, &options.keep),
        SourceKind::Webex => webex::read_keeping(document, &options.keep),
        SourceKind::Xlsx => xlsx::read_keeping(document, &options.sheets, &options.columns, &options.keep),
        SourceKind::Risport => risport::read_keeping(document, &options.keep),
        SourceKind::Axl => axl::read_keeping(document, &options.keep),
        SourceKind::Json => json::read_keeping(document, &options.columns, &options.keep),
        // A page has no columns.
        SourceKind::DevicePage => device_page::read([*document]).within_memory()?.asked_to_keep(&options.keep),
        SourceKind::Settlement => Err(InventoryError::OtherThing {
            found: "a file of settlements".to_owned(),
            expected: "a file of phones; a merge takes settlements",
        }),
    }
}
