//! Phones whose cells were read before: lists repeat few products, releases and hardware versions.

use super::TableRow;
use crate::inventory::row::says_nothing;
use crate::inventory::{ColumnReport, Combinations, InventoryField, PartedColumns};
use crate::phone::{Evidence, Phone};
use crate::text::FieldText;

/// Reads the phones of a table, each combination of cells once, and of every row who it is.
pub(crate) struct KnownPhones {
    columns: PartedColumns,
    phones: Combinations<Phone<'static>>,
}

impl KnownPhones {
    pub(crate) fn new(columns: &ColumnReport) -> Self {
        Self { columns: columns.parted(), phones: Combinations::default() }
    }

    /// The phone of a row, as [`TableRow::phone`] reads it.
    #[inline]
    pub(crate) fn phone(&mut self, row: &TableRow<'_>) -> &Phone<'static> {
        self.phones.make_room(1);
        if let Some(text) = row.unreadable() {
            let place = self.phones.place(true, std::iter::once(text.as_bytes()), || Phone::new(text.clone()));
            return self.phones.value(place);
        }
        let PartedColumns { combination, macs, serials } = &self.columns;
        let place = self.phones.place(false, cells(row, combination), || row.phone().into_owned());
        let phone = self.phones.value(place);
        phone.set_identity(first(cells(row, macs)), first(cells(row, serials)));
        phone
    }
}

#[inline]
fn cells<'t>(row: &TableRow<'t>, columns: &[(InventoryField, usize)]) -> impl Iterator<Item = &'t [u8]> + Clone {
    columns.iter().map(|(_, column)| row.cells.get(*column).unwrap_or_default())
}

/// The evidence of the first cell that can be read, or else of the first that says anything.
#[inline]
fn first<'t, T: FieldText>(mut cells: impl Iterator<Item = &'t [u8]>) -> Evidence<'static, T> {
    let Some(cell) = cells.find(|cell| !says_nothing(cell)) else { return Evidence::Absent };
    match T::read(cell) {
        Ok(value) => Evidence::Known(value),
        Err(_) => other(cells).unwrap_or_else(|| Evidence::read(cell).into_owned()),
    }
}

#[cold]
fn other<'t, T: FieldText>(mut cells: impl Iterator<Item = &'t [u8]>) -> Option<Evidence<'static, T>> {
    cells.find_map(|cell| T::read(cell).ok()).map(Evidence::Known)
}
