//! What is read from which column, and which columns come out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Field, FieldRef, Schema, SchemaRef};

use super::array_cells::{Cells, Fault, is_readable, with_integers_as_text};
use super::text_layout::data_type;
use super::{AuditError, AuditOptions, TextLayout};
use crate::destination::Request;
use crate::fleet::ResultColumn;
use crate::inventory::field_cell::Cell;
use crate::inventory::{ColumnReport, InventoryField, MOST_COLUMNS};
use crate::rulebook::RuleBook;
#[cfg(feature = "csv")]
use crate::text::Shown;

/// The columns of an inventory and of the results.
pub(super) struct AuditedColumns {
    pub(super) columns: ColumnReport,
    /// The columns that a row is read from: first those that make its combination, then MAC addresses and serials.
    read: Vec<(InventoryField, usize)>,
    /// How many of them make the combination.
    pub(super) combination: usize,
    /// Which of these say whether phones are registered; their field in `read` means nothing.
    registration: Range<usize>,
    pub(super) select: Vec<ResultColumn>,
    pub(super) layout: TextLayout,
    pub(super) schema: SchemaRef,
    /// The columns of the table that stand in it once more, under other names.
    pub(super) again: Vec<usize>,
}

/// Whether a column is read as its field. Other tables use an everyday word for other things, so a column of that name is left
/// alone where its type cannot hold the field.
pub(super) fn is_asked(columns: &ColumnReport, table: &Schema, (field, column): (InventoryField, usize)) -> bool {
    !columns.is_everyday(field, column) || is_readable(field, table.field(column).data_type())
}

/// Refuses columns of types that cannot be read as their fields.
pub(super) fn check_types(table: &Schema, read: &[(InventoryField, usize)]) -> Result<(), AuditError> {
    let wrong = read.iter().find(|(field, column)| !is_readable(*field, table.field(*column).data_type()));
    wrong.map_or(Ok(()), |(field, column)| Err(wrong_type(*field, table.field(*column))))
}

impl AuditedColumns {
    pub(super) fn new(
        input: &Schema,
        book: &RuleBook,
        request: &Request,
        options: &AuditOptions,
    ) -> Result<Self, AuditError> {
        let headers = input.fields().iter().map(|field| field.name().clone()).collect();
        let columns = ColumnReport::find(headers, &options.columns)?.keeping(&options.keep)?;
        let again = options.keep.find_beside(columns.headers())?;
        let parted = columns.parted();
        let (combination, identity) = (parted.combination, [parted.macs, parted.serials].concat());
        let is_asked = |column: &(InventoryField, usize)| is_asked(&columns, input, *column);
        let mut combination: Vec<_> = combination.into_iter().filter(is_asked).collect();
        // Nobody asked for this column either: one that holds no text says nothing.
        let is_text = |column: &usize| {
            let data_type = input.field(*column).data_type();
            is_readable(InventoryField::Load, data_type) && !data_type.is_floating()
        };
        let status = parted.registration.into_iter().filter(is_text).map(|column| (InventoryField::Load, column));
        let begin = combination.len();
        combination.extend(status);
        let combination_count = combination.len();
        let registration = begin..combination_count;
        let read: Vec<_> = combination.into_iter().chain(identity.into_iter().filter(is_asked)).collect();
        check_types(input, &read)?;
        let select = options.select.clone().unwrap_or_else(|| ResultColumn::ALL.to_vec());
        let layout = options.text.unwrap_or(TextLayout::Dictionary);
        let schema = Arc::new(schema(input, &again, book, request, &options.prefix, &select, layout)?);
        let again = again.into_iter().map(|(_, column)| column).collect();
        Ok(Self { columns, read, combination: combination_count, registration, select, layout, schema, again })
    }

    /// Which columns have another name in the table that comes out, for people.
    #[cfg(feature = "csv")]
    pub(super) fn renamed(&self) -> impl Iterator<Item = String> {
        let columns = self.columns.headers().iter().zip(self.schema.fields()).enumerate();
        columns.filter(|(_, (header, field))| *header != field.name()).map(|(column, (header, field))| {
            let (header, name) = (Shown::quoted(header), Shown::quoted(field.name()));
            format!("column {} is {name} in the table of results: another column is called {header} too", column + 1)
        })
    }

    /// Whether a batch has the columns that its reader promised.
    pub(super) fn check(&self, batch: &RecordBatch) -> Result<(), ArrowError> {
        let found = batch.schema_ref().fields().iter().map(|field| field.data_type());
        let promised = self.schema.fields().iter().map(|field| field.data_type()).take(self.columns.headers().len());
        if found.clone().eq(promised.clone()) {
            return Ok(());
        }
        let (found, promised) = (found.collect::<Vec<_>>(), promised.collect::<Vec<_>>());
        let message = format!("found a batch with columns of types {found:?}; expected {promised:?}");
        Err(ArrowError::SchemaError(message))
    }

    /// The columns that a row is read from, with integers as text.
    pub(super) fn texts(&self, batch: &RecordBatch) -> Vec<ArrayRef> {
        self.read.iter().map(|(field, column)| with_integers_as_text(*field, batch.column(*column))).collect()
    }

    /// The cells of those columns.
    pub(super) fn cells<'a>(&self, texts: &'a [ArrayRef]) -> Result<Vec<Cells<'a>>, AuditError> {
        let cells = texts.iter().enumerate();
        cells.map(|(index, text)| Cells::new(&**text).map_err(|fault| self.error(index, fault))).collect()
    }

    /// The field that a column is read as.
    pub(super) fn field(&self, index: usize) -> InventoryField {
        self.read[index].0
    }

    /// Whether a column says nothing but whether phones are registered.
    pub(super) fn is_registration(&self, index: usize) -> bool {
        self.registration.contains(&index)
    }

    /// Where a column of the table stands among those that say whether phones are registered.
    pub(super) fn place_of_registration(&self, column: usize) -> Option<usize> {
        self.registration.clone().find(|index| self.read[*index].1 == column)
    }

    /// A cell of a column.
    pub(super) fn cell<'a>(&'a self, index: usize, bytes: &'a [u8]) -> Cell<'a> {
        let (field, column) = self.read[index];
        self.columns.cell(field, column, bytes)
    }

    /// Whether cells of a column count only where they read as the field.
    pub(super) fn is_everyday(&self, index: usize) -> bool {
        let (field, column) = self.read[index];
        self.columns.is_everyday(field, column)
    }

    /// Whether a column says more than one field.
    pub(super) fn is_of_udi(&self, index: usize) -> bool {
        self.columns.is_of_udi(self.read[index].1)
    }

    /// Whether one column alone says serial numbers.
    pub(super) fn has_one_serial(&self) -> bool {
        self.columns.columns(InventoryField::Serial).len() == 1
    }

    pub(super) fn error(&self, index: usize, fault: Fault) -> AuditError {
        let (field, column) = self.read[index];
        match fault {
            Fault::Malformed { row, what } => {
                AuditError::Malformed { column: self.columns.headers()[column].clone(), row, what }
            }
            Fault::Values => wrong_type(field, self.schema.field(column)),
        }
    }
}

pub(super) fn wrong_type(field: InventoryField, column: &Field) -> AuditError {
    AuditError::ColumnType { column: column.name().clone(), field, found: column.data_type().clone() }
}

/// The columns of the input, those of them that are kept under other names, then those of the results. No two have one name: many programs cannot read such a table, and
/// Parquet that they wrote they cannot read back. The metadata says who answered what.
fn schema(
    input: &Schema,
    again: &[(Arc<str>, usize)],
    book: &RuleBook,
    request: &Request,
    prefix: &str,
    select: &[ResultColumn],
    layout: TextLayout,
) -> Result<Schema, AuditError> {
    let mut known: HashSet<String> = input.fields().iter().map(|field| field.name().clone()).collect();
    known.extend(again.iter().map(|(name, _)| name.to_string()));
    let mut results = Vec::with_capacity(select.len());
    for (index, column) in select.iter().enumerate() {
        if select[..index].contains(column) {
            return Err(AuditError::SelectedTwice { column: *column });
        }
        let name = format!("{prefix}{column}");
        if !known.insert(name.clone()) {
            return Err(AuditError::ColumnClash { column: name });
        }
        let is_always_there = matches!(column, ResultColumn::Verdict | ResultColumn::Findings);
        results.push(Arc::new(Field::new(name, data_type(*column, layout), !is_always_there)));
    }
    let mut fields = each_name_once(input, known);
    let once_more = again.iter().map(|(name, column)| Arc::new(input.field(*column).clone().with_name(&**name)));
    fields.extend(once_more);
    fields.append(&mut results);
    if let Some(field) = fields.iter().find(|field| field.name().contains('\0')) {
        return Err(AuditError::ColumnName { column: field.name().clone() });
    }
    if fields.len() > MOST_COLUMNS {
        return Err(AuditError::TooManyColumns { input: fields.len() - select.len(), results: select.len() });
    }
    let mut metadata = input.metadata().clone();
    let mut tell = |key: &str, value: String| metadata.insert(format!("crossgrade.{key}"), value);
    tell("destination", request.destination().to_string());
    tell("rulebook.edition", book.edition().to_owned());
    tell("rulebook.revision", book.revision().to_string());
    tell("rulebook.digest", book.digest().to_owned());
    if let Some(target) = request.chosen_target() {
        tell("target", target.to_string());
    }
    Ok(Schema::new_with_metadata(fields, metadata))
}

/// The columns of a table with a number behind each name that another column has already: `Note`, `Note_2`, `Note_3`.
/// `known` are the names that are taken.
fn each_name_once(input: &Schema, mut known: HashSet<String>) -> Vec<FieldRef> {
    // So many columns of a name have passed; the next number is looked for behind those that were given.
    let mut passed: HashMap<&str, usize> = HashMap::new();
    let mut fields = Vec::with_capacity(input.fields().len());
    for field in input.fields() {
        let number = passed.entry(field.name()).or_default();
        *number += 1;
        if *number == 1 {
            fields.push(Arc::clone(field));
            continue;
        }
        let mut name = format!("{}_{number}", field.name());
        while !known.insert(name.clone()) {
            *number += 1;
            name = format!("{}_{number}", field.name());
        }
        fields.push(Arc::new(field.as_ref().clone().with_name(name)));
    }
    fields
}
