//! Lists that count phones by model, as pivot tables do: each row is of several phones, and none is one.

use crate::inventory::folded_header::folded;
use crate::inventory::headers::{COUNTS, COUNTS_OF};
use crate::inventory::known_headers::ranked;
use crate::inventory::{ColumnReport, InventoryError, InventoryField};
use crate::phone::Mac;
use crate::text::{FieldText, Shown, listed};

/// What should have come.
const EXPECTED: &str = "an inventory with a row for each phone, such as a device export of Unified CM";

/// So many rows are looked at for a count.
const LOOKED_AT: usize = 50;

/// A table whose columns may count phones: products and counts, and nothing that says which phone a row is of.
pub(crate) struct Counts {
    column: usize,
    headers: Vec<String>,
    looked_at: usize,
    /// How many of the rows have a number there, and how many one of several phones.
    numbers: usize,
    several: usize,
    /// A row says which phone it is of.
    says_which: bool,
}

/// Whether a header counts phones: by a word for that, or as pivot tables call the number of cells of a column of phones.
fn is_count(header: &str) -> bool {
    let header = folded(header);
    let is_word = |word: &str| COUNTS.contains(&word);
    let says_phones = |rest: &str| {
        is_word(rest)
            || ranked(rest).is_some_and(|(field, _)| {
                matches!(field, InventoryField::Pid | InventoryField::Mac | InventoryField::Serial)
            })
    };
    is_word(&header) || COUNTS_OF.iter().any(|begin| header.strip_prefix(begin).is_some_and(says_phones))
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
        let column = columns.headers().iter().position(|header| is_count(header))?;
        let headers = columns.headers().to_vec();
        Some(Self { column, headers, looked_at: 0, numbers: 0, several: 0, says_which: false })
    }

    /// Where the count of a row stands.
    pub(crate) fn column(&self) -> usize {
        self.column
    }

    /// Looks at the count of a row, and at all that it says.
    pub(crate) fn look(&mut self, count: &[u8], mut cells: impl Iterator<Item = impl AsRef<[u8]>>) {
        self.looked_at += 1;
        let text = std::str::from_utf8(count).unwrap_or_default().trim();
        let number = text.parse::<f64>().ok().filter(|count| *count >= 0.0 && count.fract() == 0.0);
        self.numbers += usize::from(number.is_some());
        self.several += usize::from(number.is_some_and(|count| count >= 2.0));
        self.says_which |= cells.any(|cell| Mac::read(cell.as_ref()).is_ok());
    }

    /// What the rows come to that were looked at.
    ///
    /// # Errors
    /// If most have a number, one of them is of several phones, and none says which phone it is of.
    pub(crate) fn check(&self) -> Result<(), InventoryError> {
        if self.several == 0 || self.says_which || self.numbers * 2 <= self.looked_at {
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
