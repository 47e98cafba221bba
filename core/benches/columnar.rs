//! What a row of a table costs, beside copying the same bytes; and a CSV file, beside the `csv` crate alone.
//!
//! ```text
//! cargo bench -p crossgrade --features arrow,csv --bench columnar
//! ```
//! prints criterion's report, then the medians of this run for one row and their ratios. One thread works unless it says
//! otherwise; "four columns" are verdict, findings, target_load and license_sku.

mod fleet;
mod median;

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch, RecordBatchIterator, StringArray, StringViewArray};
use criterion::Criterion;
use crossgrade::audit::ResultColumn;
use crossgrade::columnar::{self, AuditOptions, TextLayout};
use crossgrade::exports::results::{self, ResultsOptions};
use crossgrade::{Destination, Request, RuleBook};
use median::median;

const ROWS: usize = 1 << 20;
const COLUMNS: [&str; 5] = ["PID", "VID", "Active Load ID", "MAC", "Serial Number"];
const FOUR: [ResultColumn; 4] =
    [ResultColumn::Verdict, ResultColumn::Findings, ResultColumn::TargetLoad, ResultColumn::LicenseSku];

/// The texts of a column.
fn texts(inventory: &str, column: usize) -> impl Iterator<Item = &str> {
    inventory.lines().map(move |line| line.split('\t').nth(column).unwrap_or_default())
}

fn table(inventory: &str, layout: impl Fn(usize) -> ArrayRef) -> RecordBatch {
    assert_eq!(inventory.lines().count(), ROWS);
    RecordBatch::try_from_iter(COLUMNS.iter().enumerate().map(|(index, name)| (*name, layout(index)))).expect("columns")
}

fn audit(batch: &RecordBatch, select: &[ResultColumn], layout: TextLayout, threads: usize) {
    let threads = NonZeroUsize::new(threads).expect("at least one");
    let options = AuditOptions::default().select(select.iter().copied()).text(layout).threads(threads);
    let reader = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    let request = Request::to(Destination::WebexCalling);
    let stream = columnar::audit_stream(reader, RuleBook::guide(), &request, &options).expect("an inventory");
    assert_eq!(stream.map(|batch| black_box(batch.expect("a batch")).num_rows()).sum::<usize>(), ROWS);
}

/// Copies the bytes of every column.
fn copy(batch: &RecordBatch) {
    for column in batch.columns() {
        for buffer in column.to_data().buffers() {
            black_box(buffer.as_slice().to_vec());
        }
    }
}

/// Reads a CSV text and writes it again.
fn csv_crate_alone(text: &[u8]) -> usize {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let mut writer = csv::Writer::from_writer(Vec::with_capacity(text.len()));
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).expect("a record") {
        writer.write_byte_record(&record).expect("memory");
    }
    writer.into_inner().expect("memory").len()
}

fn main() {
    let inventory = fleet::inventory(ROWS);
    let utf8 = |column| Arc::new(StringArray::from_iter_values(texts(&inventory, column))) as ArrayRef;
    let view = |column| Arc::new(StringViewArray::from_iter_values(texts(&inventory, column))) as ArrayRef;
    let dictionary = |column| match column {
        3.. => utf8(column),
        _ => Arc::new(texts(&inventory, column).collect::<DictionaryArray<Int32Type>>()) as ArrayRef,
    };
    let (utf8, view, dictionary) = (table(&inventory, utf8), table(&inventory, view), table(&inventory, dictionary));
    let file = format!("{}\n{}", COLUMNS.join(","), inventory.replace('\t', ","));
    let requests = [Request::to(Destination::WebexCalling)];
    let options = ResultsOptions::default();
    let results = || {
        let mut out = Vec::new();
        results::csv_to_csv(file.as_bytes(), RuleBook::guide(), &requests, &options, &mut out).expect("an inventory");
        out
    };
    let written = results();

    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4))
        .configure_from_args();
    let mut names = Vec::new();
    let mut case = |name: &'static str, work: &dyn Fn()| {
        names.push(name);
        criterion.bench_function(name, |bencher| bencher.iter(work));
    };
    let (all, layout) = (ResultColumn::ALL, [TextLayout::Dictionary, TextLayout::Utf8View]);
    case("copy the bytes", &|| copy(&utf8));
    case("utf8 in, four columns as dictionaries", &|| audit(&utf8, &FOUR, layout[0], 1));
    case("utf8 in, four columns as views", &|| audit(&utf8, &FOUR, layout[1], 1));
    case("views in, four columns as dictionaries", &|| audit(&view, &FOUR, layout[0], 1));
    case("views in, four columns as views", &|| audit(&view, &FOUR, layout[1], 1));
    case("utf8 in, all columns as dictionaries", &|| audit(&utf8, all, layout[0], 1));
    case("utf8 in, all columns as views", &|| audit(&utf8, all, layout[1], 1));
    case("dictionaries in, four columns as dictionaries", &|| audit(&dictionary, &FOUR, layout[0], 1));
    case("utf8 in, four columns as dictionaries, two threads", &|| audit(&utf8, &FOUR, layout[0], 2));
    case("csv crate reads the file and writes the same", &|| {
        black_box(csv_crate_alone(file.as_bytes()));
    });
    case("csv crate reads the results and writes the same", &|| {
        black_box(csv_crate_alone(&written));
    });
    case("CSV to CSV with results", &|| {
        black_box(results());
    });
    criterion.final_summary();

    let per_row = |name: &str| median(name).map(|nanoseconds| nanoseconds / ROWS as f64);
    let Some(floor) = per_row("copy the bytes") else { return };
    println!("nanoseconds a row, and times copying the bytes:");
    for name in names {
        if let Some(row) = per_row(name) {
            println!("{name:<56}{row:>8.1}{:>8.1}", row / floor);
        }
    }
}
