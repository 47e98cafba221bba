//! Batches in, batches out: the work behind a table and a stream.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arrow_array::{RecordBatch, StringArray};
use arrow_schema::{Schema, SchemaRef};

use super::audited_columns::AuditedColumns;
use super::batch_part::{BatchPart, Input, ROWS, RowsOf, Worker};
use super::decided_rows::Decided;
use super::result_arrays::{self, Fit};
use super::threads::share_out;
use super::{AuditError, AuditOptions};
use crate::audit::Answers;
use crate::destination::Request;
use crate::fleet::{FleetRow, ResultColumn, Summary};
use crate::inventory::ColumnReport;
use crate::rulebook::RuleBook;

/// No batch has work for more, and each has a memory of its own.
const MOST_THREADS: usize = 256;

/// What stays from batch to batch.
pub(super) struct Auditor {
    plan: AuditedColumns,
    workers: Vec<Worker>,
    answers: Mutex<Answers>,
    /// By answer: how many phones got it since the answers were forgotten.
    counts: Vec<usize>,
    summary: Summary,
}

impl Auditor {
    pub(super) fn new(
        input: &Schema,
        book: &RuleBook,
        request: &Request,
        options: &AuditOptions,
    ) -> Result<Self, AuditError> {
        let threads = options.threads.map_or_else(thread::available_parallelism, Ok).map_or(1, usize::from);
        Ok(Self {
            plan: AuditedColumns::new(input, book, request, options)?,
            workers: (0..threads.min(MOST_THREADS)).map(|_| Worker::new(book, request)).collect(),
            answers: Mutex::default(),
            counts: Vec::new(),
            summary: Summary::new(book.clone(), request.clone()),
        })
    }

    pub(super) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.plan.schema)
    }

    /// How many columns stand before those of the results.
    pub(super) fn inputs(&self) -> usize {
        self.plan.schema.fields().len() - self.plan.select.len()
    }

    pub(super) fn columns(&self) -> &ColumnReport {
        &self.plan.columns
    }

    /// Which columns have another name in the table that comes out, for people.
    #[cfg(feature = "csv")]
    pub(super) fn renamed(&self) -> impl Iterator<Item = String> {
        self.plan.renamed()
    }

    /// The answers so far, counted.
    pub(super) fn summary(&self) -> Summary {
        let mut summary = self.summary.clone();
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        count(&answers, &self.counts, &mut summary);
        summary
    }

    /// Audits a batch. It comes out as one batch, unless a dictionary is full before its end. Phones that were read before
    /// stand for the cells of its rows.
    pub(super) fn audit(
        &mut self,
        batch: &RecordBatch,
        broken: Option<&StringArray>,
        phones: Option<&[FleetRow]>,
    ) -> Result<Audited, AuditError> {
        self.plan.check(batch)?;
        let parts = self.decide(batch, broken, phones)?;
        let answers = self.answers.get_mut().unwrap_or_else(PoisonError::into_inner);
        self.counts.resize(answers.len(), 0);
        for (answer, times) in parts.iter().flat_map(|part| &part.distinct) {
            self.counts[*answer as usize] += times;
        }
        let mut audited = Audited { batches: Vec::with_capacity(1), full: None };
        let (mut parts, mut begin) = (parts.as_slice(), 0);
        loop {
            let Fit { parts: fitting, full } = result_arrays::fitting(parts, &self.plan, answers);
            audited.full = audited.full.or(full);
            let (now, later) = parts.split_at(fitting);
            let rows = Decided::new(now, answers);
            let end = begin + rows.rows();
            let batch = batch.slice(begin, end - begin);
            audited.batches.push(finish(&self.plan, &batch, &rows, self.workers.len())?);
            (parts, begin) = (later, end);
            if parts.is_empty() {
                break;
            }
        }
        if answers.is_full() {
            count(answers, &self.counts, &mut self.summary);
            self.counts.clear();
            *answers = Answers::default();
            self.workers.iter_mut().for_each(Worker::clear);
        }
        Ok(audited)
    }

    fn decide(
        &mut self,
        batch: &RecordBatch,
        broken: Option<&StringArray>,
        phones: Option<&[FleetRow]>,
    ) -> Result<Vec<BatchPart>, AuditError> {
        let texts = if phones.is_some() { Vec::new() } else { self.plan.texts(batch) };
        let rows_of = match phones {
            Some(phones) => RowsOf::Phones(phones),
            None => RowsOf::Cells { cells: self.plan.cells(&texts)?, broken },
        };
        let input = Input { plan: &self.plan, rows: rows_of, answers: &self.answers };
        let rows = batch.num_rows();
        self.workers.iter_mut().for_each(|worker| worker.begin(&input));
        let part = |worker: &mut Worker, part: usize| {
            let begin = part * ROWS;
            worker.part(&input, begin..rows.min(begin + ROWS))
        };
        // Of several errors the first, so that the same is told whatever the number of threads.
        share_out(&mut self.workers, rows.div_ceil(ROWS), part).into_iter().collect()
    }
}

/// What came out of a batch.
pub(super) struct Audited {
    pub(super) batches: Vec<RecordBatch>,
    /// The column whose dictionary was full, if there is more than one batch.
    pub(super) full: Option<ResultColumn>,
}

/// The columns of the input, those of them that are kept under other names, and the result columns behind them.
fn finish(
    plan: &AuditedColumns,
    batch: &RecordBatch,
    rows: &Decided<'_>,
    threads: usize,
) -> Result<RecordBatch, AuditError> {
    let column = |(): &mut (), index: usize| result_arrays::column(plan.select[index], plan.layout, rows);
    let mut columns = batch.columns().to_vec();
    columns.extend(plan.again.iter().map(|column| Arc::clone(batch.column(*column))));
    // Threads cost more than they gain where there is little to do.
    let threads = if rows.parts.len() > 1 { threads } else { 1 };
    for column in share_out(&mut vec![(); threads], plan.select.len(), column) {
        columns.push(column?);
    }
    Ok(RecordBatch::try_new(Arc::clone(&plan.schema), columns)?)
}

fn count(answers: &Answers, counts: &[usize], summary: &mut Summary) {
    for (answer, times) in counts.iter().enumerate().filter(|(_, times)| **times > 0) {
        answers.count(answer as u32, *times, summary);
    }
}
