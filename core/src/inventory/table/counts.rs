//! Lists that count phones by model, as pivot tables do: each row is of several phones, and none is one.

use crate::inventory::fold::folded;
use crate::inventory::headers::COUNTS;
use crate::inventory::{ColumnReport, InventoryError, InventoryField};
use crate::text::{Shown, listed};

/// What should have come.
pub(crate) const EXPECTED: &str = "an inventory with a row for each phone, such as a device export of Unified CM";

/// How headers of pivot tables begin, folded: `Count of Device Name`.
const BEGINNINGS: [&str; 5] = ["countof", "sumof", "anzahlvon", "nombrede", "numberof"];

/// So many rows are looked at for a count.
const LOOKED_AT: usize = 50;

/// A table whose columns may count phones: products and counts, and nothing that says which phone a row is of.
pub(crate) struct Counts {
    column: usize,
    headers: Vec<String>,
    looked_at: usize,
}

impl Counts {
    pub(crate) fn of(columns: &ColumnReport) -> Option<Self> {
        let says = |field| !columns.columns(field).is_empty();
        if !says(InventoryField::Pid)
            || says(InventoryField::Mac)
            || says(InventoryField::Serial)
            || columns.is_of_fleet()
        {
            return None;
        }
        let is_count = |header: &String| {
            let header = folded(header);
            COUNTS.contains(&header.as_str()) || BEGINNINGS.iter().any(|begin| header.starts_with(begin))
        };
        let column = columns.headers().iter().position(is_count)?;
        Some(Self { column, headers: columns.headers().to_vec(), looked_at: 0 })
    }

    /// Where the count of a row stands.
    pub(crate) fn column(&self) -> usize {
        self.column
    }

    /// Looks at the count of a row.
    ///
    /// # Errors
    /// If it is one of several phones.
    pub(crate) fn look(&mut self, cell: &[u8]) -> Result<(), InventoryError> {
        self.looked_at += 1;
        let text = std::str::from_utf8(cell).unwrap_or_default().trim();
        let counts_several = text.parse::<f64>().is_ok_and(|count| count >= 2.0 && count.fract() == 0.0);
        if !counts_several {
            return Ok(());
        }
        let headers = listed(self.headers.iter(), ", ", 0, |header| Shown::quoted(header).to_string());
        let found = format!("a list that counts phones by model, with the columns {headers}");
        Err(InventoryError::OtherThing { found, expected: EXPECTED })
    }

    /// Whether enough rows were looked at.
    pub(crate) fn is_over(&self) -> bool {
        self.looked_at >= LOOKED_AT
    }
}
