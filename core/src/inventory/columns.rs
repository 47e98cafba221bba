//! Which column is read as what.

use std::fmt;

use super::field::is_same_header;
use super::labels::LabelColumns;
use super::{InventoryError, InventoryField};
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::RowLabel;
use crate::text::{Shown, joined};

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

/// Which column of an inventory was read as what; printed for people. [`InventoryField`] says by which headers columns are
/// found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReport {
    headers: Vec<String>,
    fields: Vec<FieldColumns>,
    labels: LabelColumns,
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
        for field in InventoryField::ALL {
            let of_field = || chosen.iter().filter(|(chosen, _)| chosen == field);
            let mut columns: Vec<_> = of_field().filter_map(|(_, column)| *column).collect();
            let ranks = if of_field().next().is_some() { &[] } else { field.headers() };
            for aliases in ranks {
                let is_alias = |header: &String| aliases.iter().any(|alias| is_same_header(alias, header));
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
        let labels = LabelColumns::find(&headers);
        Ok(Self { headers, fields, labels })
    }

    /// The report of a file without headers, in which every line is a MAC address.
    #[cfg(feature = "csv")]
    pub(crate) fn of_mac_list() -> Self {
        let fields = vec![FieldColumns { field: InventoryField::Mac, columns: vec![0] }];
        Self { headers: vec!["MAC".to_owned()], fields, labels: LabelColumns::default() }
    }

    /// The columns of which [`label`](Self::label) reads cells.
    #[cfg(feature = "arrow")]
    pub(crate) fn label_columns(&self) -> impl Iterator<Item = usize> {
        self.labels.columns()
    }

    /// What a row says of its phone beside evidence.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(crate) fn label<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> RowLabel {
        self.labels.label(cell)
    }

    /// Whether a record is the header again: case and spaces do not matter.
    #[cfg(feature = "csv")]
    pub(crate) fn is_header(&self, cells: &csv::ByteRecord) -> bool {
        let is_same = |(cell, header): (&[u8], &String)| plain(cell).eq(plain(header.as_bytes()));
        cells.len() == self.headers.len() && cells.iter().zip(&self.headers).all(is_same)
    }

    /// The headers of the file.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// `pid from PID, Model; mac from Device Name`.
    pub(super) fn in_a_line(&self) -> String {
        let told = |field: &InventoryField| {
            let headers = joined(self.read_from(*field).map(Shown::new), ", ");
            (!headers.is_empty()).then(|| format!("{field} from {headers}"))
        };
        InventoryField::ALL.iter().filter_map(told).collect::<Vec<_>>().join("; ")
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
            let from = joined(self.read_from(*field).map(Shown::new), ", where empty ");
            let from = if self.columns(*field).is_empty() { "no column" } else { &from };
            writeln!(f, "    {:<14} {from}", field.as_str())?;
        }
        if self.not_read().next().is_some() {
            writeln!(f, "    {:<14} {}", "not read", joined(self.not_read().map(Shown::new), ", "))?;
        }
        Ok(())
    }
}

#[cfg(feature = "csv")]
fn plain(text: &[u8]) -> impl Iterator<Item = u8> + '_ {
    text.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase)
}
