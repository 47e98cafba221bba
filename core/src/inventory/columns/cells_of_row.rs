//! What a row says in the columns of a table.

use super::ColumnReport;
use crate::firmware::FirmwareType;
#[cfg(feature = "csv")]
use crate::fleet::Kept;
use crate::fleet::RowLabel;
use crate::inventory::field_cell::{Cell, is_load};
use crate::inventory::registration::Registration;
use crate::inventory::{InventoryField, everyday_headers, registration, row_to_phone, udi};
use crate::phone::Phone;
use crate::text::trim;

/// What a row says of a phone that RisPort shows registered.
const ENTERPRISE: &str = FirmwareType::Enterprise.as_str();

impl ColumnReport {
    /// What a row says in the kept columns.
    #[cfg(feature = "csv")]
    pub(crate) fn kept<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> Kept {
        let mut kept = Kept::default();
        for (name, column) in &self.kept {
            kept.say_more(name, &String::from_utf8_lossy(cell(*column).unwrap_or_default()));
        }
        kept
    }

    /// The columns of which [`label`](Self::label) reads cells.
    #[cfg(feature = "arrow")]
    pub(crate) fn label_columns(&self) -> impl Iterator<Item = usize> {
        let registration = self.registration.into_iter().flat_map(Registration::columns);
        let is_said = self.registration.is_some();
        let loads = self.columns_of_what_runs().map(|(_, column)| column).filter(move |_| is_said);
        self.labels.columns().chain(registration).chain(loads)
    }

    /// The columns that say what runs, best first.
    fn columns_of_what_runs(&self) -> impl Iterator<Item = (InventoryField, usize)> {
        let fields = InventoryField::ALL.iter().filter(|field| registration::says_what_runs(**field));
        fields.flat_map(|field| self.columns(*field).iter().map(|column| (*field, *column)))
    }

    /// The load of a row whose status says that its phone is gone.
    #[inline]
    pub(crate) fn last_load<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> Option<&'a [u8]> {
        let registration = self.registration?;
        match registration.is_gone(&cell) {
            true => {
                let of_field = |(field, column)| {
                    let said = cell(column)?;
                    (!self.is_everyday(field, column) || everyday_headers::counts(field, said)).then_some(said)
                };
                registration::first_said(self.columns_of_what_runs().filter_map(of_field))
            }
            false => None,
        }
    }

    /// What a row says of its phone beside evidence.
    pub(crate) fn label<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> RowLabel {
        let load = self.last_load(&cell).map(String::from_utf8_lossy);
        let label = self.labels.label(cell);
        let status = registration::last_seen(label.status, load.as_deref().map(trim));
        RowLabel { status, ..label }
    }

    /// Whether a record is the header again: case and spaces do not matter.
    #[cfg(feature = "csv")]
    pub(crate) fn is_header(&self, cells: &csv::ByteRecord) -> bool {
        let is_same = |(cell, header): (&[u8], &String)| plain(cell).eq(plain(header.as_bytes()));
        cells.len() == self.headers.len() && cells.iter().zip(&self.headers).all(is_same)
    }

    /// A cell of a column that is read as this field.
    pub(crate) fn cell<'a>(&'a self, field: InventoryField, column: usize, bytes: &'a [u8]) -> Cell<'a> {
        let bytes = if self.udi.contains(&column) { udi::part(field, bytes) } else { bytes };
        Cell::of_column(bytes, self.header(column), self.is_everyday(field, column))
    }

    /// The phone of a row with these cells; `status` gives those of the columns that say whether it is registered.
    pub(crate) fn phone<'a, C>(
        &'a self,
        cells: impl Fn(InventoryField) -> C,
        status: impl Fn(usize) -> Option<&'a [u8]>,
    ) -> Phone<'a>
    where
        C: Iterator<Item = Cell<'a>>,
    {
        let Some(registration) = self.registration else {
            return if self.is_of_fleet { row_to_phone::phone_of_fleet(cells) } else { row_to_phone::phone(cells) };
        };
        let is_gone = registration.is_gone(&status);
        let (column, said) = registration.best(&status);
        let enterprise = said
            .filter(|said| !is_gone && registration.is_of_enterprise(said))
            .map(|said| Cell::of_column(said, self.header(column), false).saying(ENTERPRISE));
        row_to_phone::phone(|field| {
            let is_last_seen = move |cell: &Cell<'a>| match field {
                // What phones call a version may be a load.
                InventoryField::Vid => is_load(cell),
                field => registration::says_what_runs(field),
            };
            let said = cells(field).filter(move |cell| !is_gone || !is_last_seen(cell));
            said.chain(enterprise.filter(|_| field == InventoryField::FirmwareType))
        })
    }
}

#[cfg(feature = "csv")]
fn plain(text: &[u8]) -> impl Iterator<Item = u8> + '_ {
    text.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase)
}
