//! Phones whose cells were read before: lists repeat few products, releases and hardware versions.

use super::TableRow;
use crate::inventory::row_to_phone::{counting, evidence};
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
        let PartedColumns { macs, serials, .. } = &self.columns;
        let cells = row.cells_of_combination(&self.columns);
        let place = self.phones.place(false, cells, || row.phone_of_combination());
        let phone = self.phones.value(place);
        let (mut mac, mut serial) = (identity(row, macs), identity(row, serials));
        // What a table of a fleet says differently stands in a cell of the combination; that of another table is of the row before.
        let is_of_fleet = row.columns.is_of_fleet();
        if is_of_fleet && phone.mac_evidence().sides().is_some() {
            mac = phone.mac_evidence().clone();
        }
        if is_of_fleet && phone.serial_evidence().sides().is_some() {
            serial = phone.serial_evidence().clone();
        }
        phone.set_identity(mac, serial);
        phone
    }
}

/// What the cells of these columns say.
#[inline]
fn identity<T: FieldText + PartialEq>(row: &TableRow<'_>, columns: &[(InventoryField, usize)]) -> Evidence<'static, T> {
    if let [(field, column)] = columns
        && let Some(cell) = row.cells.get(*column)
        && let Ok(value) = T::read(cell)
        && !row.columns.is_everyday(*field, *column)
        && !row.columns.is_of_udi(*column)
    {
        return Evidence::Known(value);
    }
    let Some((field, _)) = columns.first() else { return Evidence::Absent };
    let cells = |field| {
        let cell = move |(_, column): &(_, usize)| {
            row.columns.cell(field, *column, row.cells.get(*column).unwrap_or_default())
        };
        columns.iter().map(cell)
    };
    evidence(counting(*field, &cells)).into_owned()
}
