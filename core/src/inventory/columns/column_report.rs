//! The columns of a table as a person is told of them.

use std::fmt;

use super::ColumnReport;
use crate::firmware::LoadName;
use crate::inventory::InventoryField;
use crate::phone::{Mac, Product};
use crate::text::{FieldText, Shown, listed};

impl ColumnReport {
    /// `pid from PID, Model; mac from Device Name; kept: Room, Location as site`.
    pub(in crate::inventory) fn in_a_line(&self) -> String {
        let told = |field: &InventoryField| {
            let headers = listed(self.read_from(*field), ", ", 0, shown);
            (!headers.is_empty()).then(|| format!("{field} from {headers}"))
        };
        let kept = (!self.kept.is_empty()).then(|| format!("kept: {}", self.told_kept()));
        InventoryField::ALL.iter().filter_map(told).chain(kept).collect::<Vec<_>>().join("; ")
    }

    /// A column as a person is told of it: `Platform (where it reads so)`.
    fn told(&self, field: InventoryField, column: usize) -> String {
        let header = shown(self.header(column));
        let is_everyday = self.fields.iter().any(|columns| columns.field == field && columns.is_everyday(column));
        if is_everyday { format!("{header} (only cells that read so)") } else { header }
    }

    /// `Room, Location as site`.
    fn told_kept(&self) -> String {
        listed(self.kept_as(), ", ", 0, |(header, name)| match header == name {
            true => shown(header),
            false => format!("{} as {}", shown(header), shown(name)),
        })
    }

    /// What a person should know of the columns: those of which only the first that says something counts, and loads that are
    /// configured.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let repeated = self.repeated.iter().map(|columns| {
            let is_field = |column: &usize| self.fields.iter().any(|of_field| of_field.columns.contains(column));
            let what = match columns.iter().any(is_field) {
                true => "are read as one field: what two of them say differently is a contradiction of the phone",
                false => "label a phone: the first that says something counts",
            };
            format!("columns {} {what}", self.quoted(columns))
        });
        let columns = if self.configured.len() == 1 { "column" } else { "columns" };
        let configured = (!self.configured.is_empty()).then(|| {
            format!(
                "{columns} {}: of loads, the database of Unified CM knows what is configured, which is no evidence of what runs",
                self.quoted(&self.configured)
            )
        });
        repeated.chain(configured)
    }

    /// `"Load", "Firmware"`
    fn quoted(&self, columns: &[usize]) -> String {
        listed(columns.iter().map(|column| self.header(*column)), ", ", 0, |header| Shown::quoted(header).to_string())
    }

    /// The note for a person whose table has no product in any row.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn without_product(&self) -> String {
        let found = listed(self.headers.iter(), ", ", 0, |header| Shown::quoted(header).to_string());
        format!(
            "no column says which product a phone is, and so this table alone decides nothing; it has {found}; {NAME_IT}"
        )
    }
}

impl fmt::Display for ColumnReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  Columns")?;
        // Only files of crossgrade have a column of contradictions; nobody misses it elsewhere.
        let is_missed = |field: &&InventoryField| **field != InventoryField::Contradictions;
        for field in InventoryField::ALL.iter().filter(|field| is_missed(field) || !self.columns(**field).is_empty()) {
            let from = listed(self.columns(*field).iter(), ", where empty ", 0, |column| self.told(*field, *column));
            let from = if self.columns(*field).is_empty() { "no column" } else { &from };
            writeln!(f, "    {:<14} {from}", field.as_str())?;
        }
        if !self.kept.is_empty() {
            writeln!(f, "    {:<14} {}", "kept", self.told_kept())?;
        }
        if self.not_read().next().is_some() {
            writeln!(f, "    {:<14} {}", "not read", listed(self.not_read(), ", ", 0, shown))?;
        }
        Ok(())
    }
}

/// How a caller says which column is which.
pub(in crate::inventory) const NAME_IT: &str = "say which column is which: --columns pid=HEADER on a command line, \
                                  columns={\"pid\": HEADER} in Python, \"pid=HEADER\" in columns in C, \
                                  ChosenColumn::new in Rust";

/// What a person can do about a header in which no column is known.
pub(in crate::inventory) fn cure(found: &[String]) -> &'static str {
    match found.iter().any(|header| reads_as_phone(header)) {
        true => "the line says a phone itself: write a line of headers in front, such as MAC,PID,VID",
        false => NAME_IT,
    }
}

/// Whether a header says a phone, as no name of a column does: the table has no headers.
pub(in crate::inventory) fn reads_as_phone(header: &str) -> bool {
    let bytes = header.as_bytes();
    let is_product = || bytes.iter().any(u8::is_ascii_digit) && Product::read(bytes).is_ok();
    Mac::read(bytes).is_ok() || LoadName::read(bytes).is_ok() || is_product()
}

/// A header as a person is shown it.
fn shown(header: &str) -> String {
    Shown::new(header).to_string()
}
