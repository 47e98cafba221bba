//! One door for every kind of inventory.

use super::records::json_door;
use super::{
    ChosenColumn, Document, Inventory, InventoryError, Keep, axl, csv, device_page, json, recognize, risport, webex,
    xlsx,
};
use crate::fleet::SourceKind;

/// How to read a document, where it does not say so itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// What it is; recognized by its content if it is not said.
    pub kind: Option<SourceKind>,
    /// Which sheets of a workbook to read; all that are not hidden and have a header of phones if none is said.
    pub sheets: Vec<String>,
    /// From which columns of a table to read fields, where the names of the columns do not tell.
    pub columns: Vec<ChosenColumn>,
    /// The columns that come with the phones through merging, audits and results.
    pub keep: Keep,
}

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
