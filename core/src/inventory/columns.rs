//! Which column is read as what.

use std::fmt;

use super::InventoryError;
use crate::text::words;

words! {
    /// A field that inventories have columns for.
    #[non_exhaustive]
    pub enum InventoryField as "inventory field" {
        /// The product text.
        Pid = "pid",
        /// The hardware version.
        Vid = "vid",
        /// The MAC address or device name.
        Mac = "mac",
        /// The serial number.
        Serial = "serial",
        /// The load that runs.
        Load = "load",
        /// A load or a release that runs, whichever it reads as.
        Firmware = "firmware",
        /// The type that runs.
        FirmwareType = "firmware_type",
        /// The transition authorization.
        Authorization = "authorization",
    }
}

/// Headers by field and rank; case, spaces, `_` and `-` do not matter. Where a cell of a better rank is empty, the next
/// rank is asked. `Phone Load Name` of Unified CM is missing on purpose: it says what is configured, not what runs.
const ALIASES: &[(InventoryField, &[&[&str]])] = &[
    (
        InventoryField::Pid,
        &[
            &["pid", "product id"],
            &["part number", "part no", "product number"],
            &["model number", "model", "phone model", "device model"],
            &["device type", "product", "product type", "phone type"],
        ],
    ),
    (InventoryField::Vid, &[&["vid", "version id", "hardware version id"], &["hardware version", "hw version"]]),
    (InventoryField::Mac, &[&["mac", "mac address"], &["device name", "phone name"]]),
    (InventoryField::Serial, &[&["serial number", "serial", "serial no", "sn"]]),
    (
        InventoryField::Load,
        &[&["active load id", "active load", "running load", "running load id"], &["load", "load id", "firmware load"]],
    ),
    (
        InventoryField::Firmware,
        &[&["firmware", "firmware version", "running firmware"], &["software version", "version", "release"]],
    ),
    (InventoryField::FirmwareType, &[&["firmware type"]]),
    (
        InventoryField::Authorization,
        &[&["transition authorization type", "transition authorization"], &["authorization type", "authorization"]],
    ),
];

/// The column that the caller wants a field to be read from, whatever the column is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenColumn {
    field: InventoryField,
    column: Option<String>,
}

impl ChosenColumn {
    /// This field is read from this column.
    pub fn new(field: InventoryField, column: impl Into<String>) -> Self {
        Self { field, column: Some(column.into()) }
    }

    /// This field is read from no column, even if one has its name.
    pub fn none(field: InventoryField) -> Self {
        Self { field, column: None }
    }
}

/// The columns of a field, best rank first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldColumns {
    pub(super) field: InventoryField,
    pub(super) columns: Vec<usize>,
}

/// The columns that are read, best first: those whose cells many phones have in common, and those that name one phone.
pub(crate) struct PartedColumns {
    pub(crate) combination: Vec<(InventoryField, usize)>,
    pub(crate) macs: Vec<(InventoryField, usize)>,
    pub(crate) serials: Vec<(InventoryField, usize)>,
}

/// Which column of an inventory was read as what; printed for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReport {
    headers: Vec<String>,
    fields: Vec<FieldColumns>,
}

impl ColumnReport {
    /// Finds the columns: those that the caller chose, and for the other fields those that have one of its names.
    pub(crate) fn find(headers: Vec<String>, chosen: &[ChosenColumn]) -> Result<Self, InventoryError> {
        let position = |chosen: &ChosenColumn| {
            let Some(column) = &chosen.column else { return Ok((chosen.field, None)) };
            match headers.iter().position(|name| name == column) {
                Some(position) => Ok((chosen.field, Some(position))),
                None => Err(InventoryError::NoSuchColumn {
                    field: chosen.field,
                    column: column.clone(),
                    found: headers.clone(),
                }),
            }
        };
        let chosen = chosen.iter().map(position).collect::<Result<Vec<_>, _>>()?;
        let mut fields = Vec::new();
        for (field, ranks) in ALIASES {
            let of_field = || chosen.iter().filter(|(chosen, _)| chosen == field);
            let mut columns: Vec<_> = of_field().filter_map(|(_, column)| *column).collect();
            let ranks = if of_field().next().is_some() { &[] } else { *ranks };
            for aliases in ranks {
                let is_alias = |header: &String| aliases.iter().any(|alias| folded(alias) == folded(header));
                let is_free = |column| chosen.iter().all(|(_, chosen)| *chosen != Some(column));
                let mut found =
                    headers.iter().enumerate().filter(|(column, header)| is_free(*column) && is_alias(header));
                let Some((column, first)) = found.next() else { continue };
                if let Some((_, second)) = found.next() {
                    let (first, second) = (first.clone(), second.clone());
                    return Err(InventoryError::Ambiguous { field: *field, first, second });
                }
                columns.push(column);
            }
            if !columns.is_empty() {
                fields.push(FieldColumns { field: *field, columns });
            }
        }
        if fields.is_empty() {
            return Err(InventoryError::NoColumn { found: headers });
        }
        Ok(Self { headers, fields })
    }

    /// The headers of the file.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The headers that a field was read from, best first.
    pub fn read_from(&self, field: InventoryField) -> impl Iterator<Item = &str> {
        self.columns(field).iter().map(|column| self.headers[*column].as_str())
    }

    pub(crate) fn columns(&self, field: InventoryField) -> &[usize] {
        self.fields.iter().find(|columns| columns.field == field).map_or(&[], |columns| &columns.columns)
    }

    /// The columns by what they do to an answer.
    pub(crate) fn parted(&self) -> PartedColumns {
        let of = |fits: fn(InventoryField) -> bool| {
            let fields = InventoryField::ALL.iter().copied().filter(move |field| fits(*field));
            fields.flat_map(|field| self.columns(field).iter().map(move |column| (field, *column))).collect()
        };
        PartedColumns {
            combination: of(|field| !matches!(field, InventoryField::Mac | InventoryField::Serial)),
            macs: of(|field| field == InventoryField::Mac),
            serials: of(|field| field == InventoryField::Serial),
        }
    }

    /// The headers that were read as nothing.
    pub fn not_read(&self) -> impl Iterator<Item = &str> {
        let is_read = |index| self.fields.iter().any(|field| field.columns.contains(&index));
        self.headers.iter().enumerate().filter(move |(index, _)| !is_read(*index)).map(|(_, header)| header.as_str())
    }
}

impl fmt::Display for ColumnReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  Columns")?;
        for field in InventoryField::ALL {
            let from: Vec<_> = self.read_from(*field).map(printable).collect();
            let from = if from.is_empty() { "no column".to_owned() } else { from.join(", where empty ") };
            writeln!(f, "    {:<14} {from}", field.as_str())?;
        }
        let rest: Vec<_> = self.not_read().map(printable).collect();
        if !rest.is_empty() {
            writeln!(f, "    {:<14} {}", "not read", rest.join(", "))?;
        }
        Ok(())
    }
}

/// A header for a terminal.
fn printable(header: &str) -> String {
    header.chars().map(|letter| if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}

/// A header without what does not matter.
pub(super) fn folded(header: &str) -> String {
    let kept = header.chars().filter(|character| !character.is_whitespace() && !matches!(character, '_' | '-'));
    kept.flat_map(char::to_lowercase).collect()
}
