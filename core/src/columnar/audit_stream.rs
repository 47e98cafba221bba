use std::collections::VecDeque;

use arrow_array::{RecordBatch, RecordBatchReader, StringArray};
use arrow_schema::{ArrowError, SchemaRef};

use super::auditor::Auditor;
use super::{AuditError, AuditOptions};
use crate::destination::Request;
use crate::fleet::{FleetRow, Summary};
#[cfg(feature = "csv")]
use crate::inventory::BrokenRow;
use crate::inventory::ColumnReport;
#[cfg(feature = "csv")]
use crate::inventory::csv::CsvReading;
use crate::rulebook::RuleBook;

/// How many rows are audited at once: enough for many threads, and some megabytes at most.
const ROWS: usize = 1 << 17;

/// The audit of a stream of batches: each is read, audited and handed on before the next.
///
/// It is a reader of batches of at most 131,072 rows, in the order of the input. After an error there is nothing more.
pub struct AuditStream<'a> {
    source: Box<dyn Source + Send + 'a>,
    auditor: Auditor,
    /// The batch that is worked on, and how many of its rows are done.
    batch: Option<(Fragment, usize)>,
    done: VecDeque<RecordBatch>,
    has_ended: bool,
}

/// A batch of an inventory.
pub(super) struct Fragment {
    pub(super) batch: RecordBatch,
    /// Rows that are broken as a whole, with a text that nobody can read.
    pub(super) broken: Option<StringArray>,
}

/// Where batches come from.
pub(super) trait Source {
    fn schema(&self) -> SchemaRef;

    fn next(&mut self) -> Option<Result<Fragment, AuditError>>;

    /// The phones of the last fragment, row by row, where they were read before: then no cell is read.
    fn phones(&self) -> Option<&[FleetRow]> {
        None
    }

    /// Rows that are kept, though something is wrong with them.
    #[cfg(feature = "csv")]
    fn broken_rows(&self) -> &[BrokenRow] {
        &[]
    }

    /// What was read of a CSV text so far.
    #[cfg(feature = "csv")]
    fn reading(&self) -> Option<CsvReading> {
        None
    }
}

impl<R: RecordBatchReader> Source for R {
    fn schema(&self) -> SchemaRef {
        RecordBatchReader::schema(self)
    }

    fn next(&mut self) -> Option<Result<Fragment, AuditError>> {
        let batch = Iterator::next(self)?;
        Some(batch.map(|batch| Fragment { batch, broken: None }).map_err(AuditError::from))
    }
}

impl<'a> AuditStream<'a> {
    pub(super) fn new(
        source: impl Source + Send + 'a,
        book: &RuleBook,
        request: &Request,
        options: &AuditOptions,
    ) -> Result<Self, AuditError> {
        let auditor = Auditor::new(&source.schema(), book, request, options)?;
        Ok(Self { source: Box::new(source), auditor, batch: None, done: VecDeque::new(), has_ended: false })
    }

    /// Which column is read as what.
    pub fn columns(&self) -> &ColumnReport {
        self.auditor.columns()
    }

    /// How many columns stand before those of the results: those that came in, and those that are kept under other names.
    pub fn inputs(&self) -> usize {
        self.auditor.inputs()
    }

    /// The answers so far, counted.
    pub fn summary(&self) -> Summary {
        self.auditor.summary()
    }

    /// Rows of a CSV text read so far that are kept, though something is wrong with them.
    #[cfg(feature = "csv")]
    pub fn broken_rows(&self) -> &[BrokenRow] {
        self.source.broken_rows()
    }

    /// What was read of a CSV text so far, with its first twenty broken rows; once the stream has ended, also whether the text
    /// ends in the middle of a row. None unless the source is a CSV text.
    #[cfg(feature = "csv")]
    pub fn reading(&self) -> Option<CsvReading> {
        Some(self.source.reading()?.with_notes(self.auditor.renamed()))
    }

    /// The next batch; [`Iterator::next`] gives the same with errors in the form that other readers have.
    pub fn next_batch(&mut self) -> Option<Result<RecordBatch, AuditError>> {
        if self.has_ended {
            return None;
        }
        let next = self.step().transpose();
        self.has_ended = !matches!(next, Some(Ok(_)));
        next
    }

    fn step(&mut self) -> Result<Option<RecordBatch>, AuditError> {
        loop {
            if let Some(batch) = self.done.pop_front() {
                return Ok(Some(batch));
            }
            let (fragment, begin) = match self.batch.take() {
                Some(batch) => batch,
                None => match self.source.next() {
                    Some(fragment) => (fragment?, 0),
                    None => return Ok(None),
                },
            };
            let rows = ROWS.min(fragment.batch.num_rows() - begin);
            let broken = fragment.broken.as_ref().map(|broken| broken.slice(begin, rows));
            let phones = self.source.phones().map(|phones| &phones[begin..begin + rows]);
            let audited = self.auditor.audit(&fragment.batch.slice(begin, rows), broken.as_ref(), phones);
            let audited = audited.map_err(|error| match error {
                AuditError::Malformed { column, row, what } => AuditError::Malformed { column, row: row + begin, what },
                error => error,
            })?;
            self.done.extend(audited.batches);
            if begin + rows < fragment.batch.num_rows() {
                self.batch = Some((fragment, begin + rows));
            }
        }
    }
}

impl Iterator for AuditStream<'_> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_batch()?.map_err(ArrowError::from))
    }
}

impl RecordBatchReader for AuditStream<'_> {
    fn schema(&self) -> SchemaRef {
        self.auditor.schema()
    }
}
