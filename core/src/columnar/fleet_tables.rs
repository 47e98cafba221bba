//! Fleets as tables, and tables as inventories.

use std::ops::{Deref, Range};
use std::sync::Arc;

use arrow_array::builder::{StringBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::array_cells::{Cells, Fault, with_integers_as_text};
use super::audit_stream::{self, Fragment};
use super::audited_columns::{check_types, is_asked, wrong_type};
use super::{AuditError, AuditOptions, AuditStream, kept_columns};
use crate::destination::Request;
use crate::fleet::{Fleet, FleetColumn, FleetRow, Kept, Source};
use crate::inventory::{ChosenColumn, ColumnReport, Inventory, InventoryField, Keep, registration};
use crate::rulebook::RuleBook;

/// How many rows of a fleet make a batch.
const ROWS: usize = 1 << 16;

/// A fleet as a table: the columns of [`FleetColumn`], then those that the caller keeps, batch by batch. An audit of it reads the same phones.
///
/// # Example
/// ```
/// use crossgrade::columnar::{self, AuditOptions, FleetReader};
/// use crossgrade::{Destination, Fleet, Phone, Request, RuleBook};
///
/// let mut fleet = Fleet::default();
/// fleet.push(2, Phone::new("CP-7821-K9=").vid("V03"));
/// let request = Request::to(Destination::ThirdParty);
/// let table = FleetReader::new(&fleet);
/// let audit = columnar::audit_stream(table, RuleBook::guide(), &request, &AuditOptions::default())?;
/// assert_eq!(audit.map(|batch| Ok(batch?.num_rows())).sum::<Result<usize, arrow_schema::ArrowError>>()?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct FleetReader<F> {
    fleet: F,
    at: usize,
    schema: SchemaRef,
}

impl<F: Deref<Target = Fleet>> FleetReader<F> {
    /// The whole fleet, from its first row.
    pub fn new(fleet: F) -> Self {
        let field = |column: &FleetColumn| Field::new(column.as_str(), data_type(*column), *column != FleetColumn::Row);
        let kept = fleet.kept_columns().map(|name| Field::new(name, DataType::Utf8, true));
        let fields: Vec<_> = FleetColumn::ALL.iter().map(field).chain(kept).collect();
        Self { fleet, at: 0, schema: Arc::new(Schema::new(fields)) }
    }
}

fn data_type(column: FleetColumn) -> DataType {
    if column == FleetColumn::Row { DataType::UInt64 } else { DataType::Utf8 }
}

fn array(column: FleetColumn, fleet: &Fleet, rows: &[FleetRow]) -> ArrayRef {
    if column == FleetColumn::Row {
        let mut numbers = UInt64Builder::with_capacity(rows.len());
        rows.iter().for_each(|row| numbers.append_value(row.line()));
        return Arc::new(numbers.finish());
    }
    let mut texts = StringBuilder::new();
    rows.iter().for_each(|row| texts.append_option(column.text(fleet, row)));
    Arc::new(texts.finish())
}

fn kept_arrays(fleet: &Fleet, rows: &[FleetRow]) -> impl Iterator<Item = ArrayRef> {
    let mut texts: Vec<_> = fleet.kept_columns().map(|_| StringBuilder::new()).collect();
    for row in rows {
        texts.iter_mut().zip(fleet.kept_cells(row)).for_each(|(texts, cell)| texts.append_option(cell));
    }
    texts.into_iter().map(|mut texts| Arc::new(texts.finish()) as ArrayRef)
}

impl<F: Deref<Target = Fleet>> Iterator for FleetReader<F> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rows = self.fleet.rows().get(self.at..)?;
        let rows = &rows[..rows.len().min(ROWS)];
        if rows.is_empty() {
            return None;
        }
        let kept = kept_arrays(&self.fleet, rows);
        let columns = FleetColumn::ALL.iter().map(|column| array(*column, &self.fleet, rows)).chain(kept).collect();
        self.at += rows.len();
        Some(RecordBatch::try_new(Arc::clone(&self.schema), columns))
    }
}

impl<F: Deref<Target = Fleet>> RecordBatchReader for FleetReader<F> {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// Audits a fleet: the columns of [`FleetColumn`], those that the caller keeps, and the result columns behind them. The answers are those of
/// [`Fleet::audit`]: the phones are asked about as they were read, and no text is read again, unless the options choose
/// columns to read.
///
/// # Errors
/// As [`audit`](super::audit).
///
/// # Example
/// ```
/// use crossgrade::columnar::{self, AuditOptions};
/// use crossgrade::{Destination, Fleet, Phone, Request, RuleBook};
///
/// let mut fleet = Fleet::default();
/// fleet.push(2, Phone::new("CP-7821-K9=").vid("V03"));
/// let request = Request::to(Destination::ThirdParty);
/// let audit = columnar::audit_fleet(&fleet, RuleBook::guide(), &request, &AuditOptions::default())?;
/// assert_eq!(audit.map(|batch| Ok(batch?.num_rows())).sum::<Result<usize, arrow_schema::ArrowError>>()?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn audit_fleet<'a, F>(
    fleet: F,
    book: &RuleBook,
    request: &Request,
    options: &AuditOptions,
) -> Result<AuditStream<'a>, AuditError>
where
    F: Deref<Target = Fleet> + Send + 'a,
{
    let reader = FleetReader::new(fleet);
    match options.columns.is_empty() {
        true => AuditStream::new(FleetSource { reader, last: 0..0 }, book, request, options),
        false => AuditStream::new(reader, book, request, options),
    }
}

/// A fleet whose phones are asked about, beside its table.
struct FleetSource<F> {
    reader: FleetReader<F>,
    /// The rows of the last batch.
    last: Range<usize>,
}

impl<F: Deref<Target = Fleet>> audit_stream::Source for FleetSource<F> {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.reader.schema)
    }

    fn next(&mut self) -> Option<Result<Fragment, AuditError>> {
        let begin = self.reader.at;
        let batch = Iterator::next(&mut self.reader)?;
        self.last = begin..self.reader.at;
        Some(batch.map(|batch| Fragment { batch, broken: None }).map_err(AuditError::from))
    }

    fn phones(&self) -> Option<&[FleetRow]> {
        self.reader.fleet.rows().get(self.last.clone())
    }
}

/// Reads the phones of a table, one for each row, as an inventory that can be merged with others. The types of columns are
/// those that [`audit`](super::audit) reads; rows are counted from 1.
///
/// # Errors
/// As [`audit`](super::audit).
pub fn read(table: impl RecordBatchReader, source: Source, columns: &[ChosenColumn]) -> Result<Inventory, AuditError> {
    read_keeping(table, source, columns, &Keep::default())
}

/// The same; these columns come with the phones, as text. They may hold text, integers, floats or booleans.
///
/// # Errors
/// As [`read`]; also if there is no such column to keep, if two columns could be it, or if it is of another type.
pub fn read_keeping(
    table: impl RecordBatchReader,
    source: Source,
    columns: &[ChosenColumn],
    keep: &Keep,
) -> Result<Inventory, AuditError> {
    let schema = table.schema();
    let headers = schema.fields().iter().map(|field| field.name().clone()).collect();
    let report = ColumnReport::find(headers, columns)?.keeping(keep)?;
    let read: Vec<(InventoryField, usize)> = InventoryField::ALL
        .iter()
        .flat_map(|field| report.columns(*field).iter().map(|column| (*field, *column)))
        .filter(|column| is_asked(&report, &schema, *column))
        .collect();
    check_types(&schema, &read)?;
    for (name, column) in report.kept_columns() {
        if !kept_columns::is_readable(schema.field(*column).data_type()) {
            return Err(kept_columns::wrong_type(name, schema.field(*column)));
        }
    }
    let mut rows = Vec::new();
    let mut last_seen = 0;
    for batch in table {
        let batch = batch?;
        let texts: Vec<_> =
            read.iter().map(|(field, column)| with_integers_as_text(*field, batch.column(*column))).collect();
        let fault = |index: usize, fault| match fault {
            Fault::Malformed { row, what } => {
                AuditError::Malformed { column: schema.field(read[index].1).name().clone(), row, what }
            }
            Fault::Values => wrong_type(read[index].0, schema.field(read[index].1)),
        };
        let cells =
            texts.iter().enumerate().map(|(index, text)| Cells::new(&**text).map_err(|found| fault(index, found)));
        let cells = cells.collect::<Result<Vec<_>, _>>()?;
        // Nothing is decided by labels: a column that cannot be read labels nothing.
        let labels: Vec<_> = report
            .label_columns()
            .filter_map(|column| Some((column, Cells::new(&**batch.column(column)).ok()?)))
            .collect();
        let mut kept: Vec<Kept> = vec![Kept::default(); batch.num_rows()];
        for (name, column) in report.kept_columns() {
            kept_columns::texts(batch.column(*column), |row, text| {
                if let Some(kept) = kept.get_mut(row) {
                    kept.say_more(name, text);
                }
            })
            .map_err(|(row, what)| AuditError::Malformed {
                column: schema.field(*column).name().clone(),
                row,
                what,
            })?;
        }
        for (row, kept) in kept.into_iter().enumerate() {
            let label = report.label(|column| labels.iter().find(|(of, _)| *of == column)?.1.cell(row));
            let mut said = Vec::with_capacity(cells.len());
            for (index, cells) in cells.iter().enumerate() {
                let what = "a text that lies outside the data of the column";
                said.push(cells.cell(row).ok_or_else(|| fault(index, Fault::Malformed { row, what }))?);
            }
            let cells_of = |field| {
                let of_field = read.iter().zip(&said).filter(move |((of, _), _)| *of == field);
                of_field.map(|((field, column), bytes)| report.cell(*field, *column, bytes))
            };
            let label_cell = |column: usize| labels.iter().find(|(of, _)| *of == column)?.1.cell(row);
            last_seen += u64::from(report.last_load(label_cell).is_some());
            let phone = report.phone(cells_of, label_cell);
            rows.push(FleetRow::new(rows.len() as u64 + 1, phone.into_owned()).labeled(label).with_kept(kept));
        }
    }
    let mut inventory = Inventory::of(source, rows).keeping(keep, &report)?;
    inventory.note_columns(&report);
    registration::note(last_seen).into_iter().for_each(|note| inventory.note(note));
    Ok(inventory.with_columns(report))
}
