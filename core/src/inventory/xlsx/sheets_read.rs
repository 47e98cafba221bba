//! What was read of several sheets.

use std::collections::HashSet;

use super::sheet_header::NotRead;
use crate::fleet::SourceKind;
use crate::inventory::reading_report::counted;
use crate::inventory::{Document, Inventory, InventoryError, InventoryField};
use crate::text::{Shown, listed};

/// The sheets so far.
pub(super) struct SheetsRead {
    /// The caller named them: each is read, or why it cannot be is an error.
    is_named: bool,
    read: Vec<(String, Inventory)>,
    /// Those without a header of phones, with how many of their rows say a phone, and why the first is none.
    without_header: Vec<(String, u64)>,
    refused: Option<InventoryError>,
    /// Those that count phones by model.
    counting: Vec<String>,
    /// Those that are damaged, and how.
    broken: Vec<(String, InventoryError)>,
    /// Those that are the same sheet under another name.
    shared: Vec<String>,
}

impl SheetsRead {
    pub(super) fn of(is_named: bool) -> Self {
        let [counting, shared] = Default::default();
        Self {
            is_named,
            read: Vec::new(),
            without_header: Vec::new(),
            refused: None,
            counting,
            broken: Vec::new(),
            shared,
        }
    }

    /// A sheet that is another one under this name.
    pub(super) fn share(&mut self, name: &str) {
        self.shared.push(name.to_owned());
    }

    /// What came of a sheet.
    pub(super) fn add(&mut self, name: &str, sheet: Result<Inventory, NotRead>) -> Result<(), InventoryError> {
        let of_sheet = |error| InventoryError::Sheet { sheet: name.to_owned(), error: Box::new(error) };
        let counts_phones = matches!(sheet, Err(NotRead::CountsPhones(_)));
        match sheet.map_err(NotRead::into_error) {
            Ok(inventory) => self.read.push((name.to_owned(), inventory.within_memory()?)),
            Err(error @ InventoryError::Memory { .. }) => return Err(error),
            Err(error) if self.is_named => return Err(of_sheet(error)),
            Err(InventoryError::Empty) => {}
            Err(error) if counts_phones => {
                self.counting.push(name.to_owned());
                self.refused = Some(error);
            }
            Err(
                error @ (InventoryError::Broken { .. }
                | InventoryError::TooMuch { .. }
                | InventoryError::OtherThing { .. }),
            ) => {
                self.broken.push((name.to_owned(), error));
            }
            // It may be the one that matters, and the caller can say what is what.
            Err(error) => return Err(of_sheet(error)),
        }
        Ok(())
    }

    /// Whether a sheet is refused because nothing in it is a header of phones.
    pub(super) fn has_no_header(error: &InventoryError) -> bool {
        matches!(
            error,
            InventoryError::NoColumn { .. } | InventoryError::LoneHeader { .. } | InventoryError::NoSuchColumn { .. }
        )
    }

    /// A sheet without a header of phones, of which so many rows say one.
    pub(super) fn add_without_header(
        &mut self,
        name: &str,
        error: InventoryError,
        phones: u64,
    ) -> Result<(), InventoryError> {
        if self.is_named {
            return Err(InventoryError::Sheet { sheet: name.to_owned(), error: Box::new(error) });
        }
        self.without_header.push((name.to_owned(), phones));
        if matches!(self.refused, None | Some(InventoryError::NoColumn { .. })) {
            self.refused = Some(error);
        }
        Ok(())
    }

    /// All of them as one inventory, each sheet a source of its own if there are several.
    pub(super) fn end(mut self, document: &Document<'_>) -> Result<Inventory, InventoryError> {
        let others = if self.is_named { Vec::new() } else { self.take_lists_of_others() };
        if self.read.is_empty() {
            let broken = self.broken.into_iter().next().map(|(_, error)| error);
            return Err(broken.or(self.refused).unwrap_or(InventoryError::Empty));
        }
        let is_one = self.read.len() + self.broken.len() == 1;
        let several = in_several(&self.read);
        let first: Vec<_> = self.read.iter().take(1).map(|(name, _)| name.clone()).collect();
        let mut sheets = self.read.into_iter().map(|(name, inventory)| match is_one {
            true => inventory,
            false => renamed(inventory, document, &name),
        });
        let mut all = sheets.next().ok_or(InventoryError::Empty)?;
        let is_alone = self.without_header.is_empty() && others.is_empty() && self.counting.is_empty();
        if is_one && !is_alone {
            let read = listed(&first, ", ", 0, |name| Shown::quoted(name).to_string());
            all.note(format!("sheet {read} is read"));
        }
        let mut about = |sheet: &str, note: &str, is_loud| {
            all.note_about(name_of(document, sheet), &format!("the sheet is not read, {note}"), is_loud);
        };
        for (sheet, phones) in &self.without_header {
            match phones {
                0 => about(sheet, "for no header of phones is found there", false),
                phones => about(
                    sheet,
                    &format!(
                        "for no header of phones is found there, and it may hold {}: a row of names above them, such as Name and \
                         Model, makes it one that is read",
                        counted(*phones, "phone")
                    ),
                    true,
                ),
            }
        }
        self.counting.iter().for_each(|sheet| about(sheet, "for its rows count phones by model", false));
        let no_name = "for no column there says a MAC address, a device name or a serial number, as those of other sheets do; name \
                       the sheets to read them";
        others.iter().for_each(|sheet| about(sheet, no_name, false));
        self.shared.iter().for_each(|sheet| about(sheet, "being another sheet once more", false));
        if several > 0 {
            let phones = counted(several, "phone");
            let note = format!("{phones} in several sheets, by MAC address: name the sheets to read, or merge");
            all.note_about(document.name().to_owned(), &note, false);
        }
        sheets.for_each(|sheet| all.append(sheet));
        for (name, error) in self.broken {
            let mut sheet = renamed(Inventory::begin(SourceKind::Xlsx, document), document, &name);
            sheet.end_at(error);
            all.append(sheet);
        }
        Ok(all)
    }

    /// The sheets of which no column says which phone a row is of, if others say it: they count phones, or list models.
    fn take_lists_of_others(&mut self) -> Vec<String> {
        let says_which = |inventory: &Inventory| {
            let says = |field| inventory.columns().is_some_and(|columns| columns.read_from(field).next().is_some());
            says(InventoryField::Mac) || says(InventoryField::Serial)
        };
        if !self.read.iter().any(|(_, inventory)| says_which(inventory)) {
            return Vec::new();
        }
        let (read, others) =
            std::mem::take(&mut self.read).into_iter().partition(|(_, inventory)| says_which(inventory));
        self.read = read;
        let others: Vec<(String, Inventory)> = others;
        others.into_iter().map(|(name, _)| name).collect()
    }
}

/// `phones.xlsx sheet Oslo`
fn name_of(document: &Document<'_>, sheet: &str) -> String {
    format!("{} sheet {sheet}", document.name())
}

/// The same, whose source is this sheet of the workbook.
fn renamed(mut inventory: Inventory, document: &Document<'_>, sheet: &str) -> Inventory {
    let name = name_of(document, sheet);
    inventory.set_source(document.under(&name).source(SourceKind::Xlsx));
    inventory
}

/// How many MAC addresses stand in more than one sheet.
fn in_several(sheets: &[(String, Inventory)]) -> u64 {
    if sheets.len() < 2 {
        return 0;
    }
    let (mut seen, mut several) = (HashSet::new(), HashSet::new());
    for (_, sheet) in sheets {
        let macs: HashSet<_> =
            sheet.fleet().rows().iter().filter_map(|row| row.phone().mac_evidence().known()).collect();
        several.extend(macs.iter().filter(|mac| seen.contains(*mac)).copied());
        seen.extend(macs);
    }
    several.len() as u64
}
