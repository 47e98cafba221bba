//! The columns that the caller wants fields to be read from.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::str::FromStr;

#[cfg(feature = "inventory")]
use crate::fleet::SourceKind;
use crate::inventory::kept_columns_chosen::comma_separated;
use crate::inventory::{InventoryError, InventoryField};
use crate::text::trim;

/// The column that the caller wants a field to be read from, whatever the column is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenColumn {
    field: InventoryField,
    column: Option<String>,
    is_optional: bool,
}

impl ChosenColumn {
    /// This field is read from this column.
    pub fn new(field: InventoryField, column: impl Into<String>) -> Self {
        Self { field, column: Some(column.into()), is_optional: false }
    }

    /// This field is read from no column, even if one has its name.
    pub fn none(field: InventoryField) -> Self {
        Self { field, column: None, is_optional: false }
    }

    /// The columns that these texts name, each of which may be several with commas between: `pid=Part No,mac=Address`. A comma of a
    /// header has a backslash in front. `mac=` reads the field from no column.
    ///
    /// # Errors
    /// [`InventoryError::ChosenText`] for a text without `=`, or without the name of a field in front.
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::{ChosenColumn, InventoryField};
    ///
    /// let columns = ChosenColumn::of_texts(["pid=Part No,mac=", "serial=Nr"])?;
    /// assert_eq!(columns[0], ChosenColumn::new(InventoryField::Pid, "Part No"));
    /// assert_eq!(columns[1], ChosenColumn::none(InventoryField::Mac));
    /// assert!(ChosenColumn::of_texts(["product=Part No"]).unwrap_err().to_string().contains("expected pid, vid, mac"));
    /// # Ok::<(), crossgrade::inventory::InventoryError>(())
    /// ```
    pub fn of_texts(texts: impl IntoIterator<Item: AsRef<str>>) -> Result<Vec<Self>, InventoryError> {
        let mut columns = Vec::new();
        for text in texts {
            for text in comma_separated(text.as_ref()) {
                columns.push(text.parse()?);
            }
        }
        Ok(columns)
    }

    /// The field.
    pub fn field(&self) -> InventoryField {
        self.field
    }

    /// The header of the column; nothing for none.
    pub fn header(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// The same for one table of several: one that lacks the column is read as if nothing were said of it. Ask
    /// [`check`](Self::check) when all are read.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    /// Refuses the columns that a caller names for a document of a kind that has no columns.
    ///
    /// # Errors
    /// [`InventoryError::OtherThing`], which names the first column that has to be there.
    #[cfg(feature = "inventory")]
    pub(in crate::inventory) fn refuse_for(kind: SourceKind, columns: &[Self]) -> Result<(), InventoryError> {
        let mut named = columns.iter().filter(|column| !column.is_optional);
        let Some(Self { field, column, .. }) = named.next() else { return Ok(()) };
        let column = column.as_deref().unwrap_or_default();
        Err(InventoryError::OtherThing {
            found: format!("{kind} has no columns that can be named, as {field}={column} does"),
            expected: "no names of columns; or a table, or JSON that you call a list of flat records (--json, read_json)",
        })
    }

    /// Whether it is the column of this header.
    #[cfg(any(feature = "csv", feature = "xml"))]
    pub(in crate::inventory) fn is_of(&self, header: &str) -> bool {
        self.column.as_deref() == Some(header)
    }
}

/// A field, an equals sign, and the header of its column, which may hold equals signs of its own; nothing for no column.
impl FromStr for ChosenColumn {
    type Err = InventoryError;

    fn from_str(text: &str) -> Result<Self, InventoryError> {
        let refused = || InventoryError::ChosenText { text: text.to_owned() };
        let (field, column) = text.split_once('=').ok_or_else(refused)?;
        let field = field.parse().map_err(|_| refused())?;
        Ok(match trim(column) {
            "" => Self::none(field),
            column => Self::new(field, column),
        })
    }
}

/// The columns that the caller chose.
pub(super) struct Chosen {
    /// Of each field of which something is said, the columns; none for a field that is read from no column.
    pub(super) fields: BTreeMap<InventoryField, Vec<usize>>,
    pub(super) columns: HashSet<usize>,
}

impl Chosen {
    pub(super) fn find(headers: &[String], chosen: &[ChosenColumn]) -> Result<Self, InventoryError> {
        let mut found = Self { fields: BTreeMap::new(), columns: HashSet::new() };
        let mut positions: HashMap<&str, Vec<usize>> = HashMap::new();
        if !chosen.is_empty() {
            for (column, name) in headers.iter().enumerate() {
                positions.entry(name).or_default().push(column);
            }
        }
        for ChosenColumn { field, column, is_optional } in chosen {
            let position = column.as_ref().map(|column| (column, positions.get(column.as_str())));
            if *is_optional && matches!(position, Some((_, None))) {
                continue;
            }
            let of_field = found.fields.entry(*field).or_default();
            let Some((column, position)) = position else { continue };
            let Some(position) = position else {
                let (field, column, found) = (*field, column.clone(), headers.to_vec());
                return Err(InventoryError::NoSuchColumn { field, column, found });
            };
            // Of two columns of one header nobody knows which is meant: what they say differently is told of the phone.
            for position in position {
                found.columns.insert(*position);
                if !of_field.contains(position) {
                    of_field.push(*position);
                }
            }
        }
        Ok(found)
    }
}
