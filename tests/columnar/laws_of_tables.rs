//! Laws of the kernel: row by row what `assess` says, the same bytes whatever the threads and the cuts, nothing lost.

use std::num::NonZeroUsize;

use arrow_array::{Array, RecordBatch, RecordBatchIterator};
use crossgrade::columnar::{self, AuditOptions, TextLayout};
use crossgrade::{Destination, Fleet, LoadName, Request, RuleBook};
use crossgrade_tests::arrow_tables::{RESULTS, result_columns, table, texts};
use crossgrade_tests::corpus_cases::PhoneTexts;
use crossgrade_tests::{generate, law};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

const KEPT: &str = "tests/columnar/laws.proptest-regressions";

/// Inventories have one column for a load or a release, whichever it reads as. What is asked here is unambiguous.
fn unambiguous(mut phone: PhoneTexts) -> PhoneTexts {
    phone.release = phone.release.filter(|release| release.parse::<LoadName>().is_err());
    phone
}

/// A fleet as fleets are: few combinations, each with many identities. Every field may also be anything.
fn fleets() -> impl Strategy<Value = Vec<PhoneTexts>> {
    let combinations = prop::collection::vec(generate::phones().prop_map(unambiguous), 1..6);
    let identity = (prop::option::of(generate::macs()), prop::option::of(generate::serials()));
    (combinations, prop::collection::vec((any::<prop::sample::Index>(), identity), 1..40)).prop_map(
        |(combinations, rows)| {
            let row = |(index, (mac, serial)): (prop::sample::Index, _)| PhoneTexts {
                mac,
                serial,
                ..index.get(&combinations).clone()
            };
            rows.into_iter().map(row).collect()
        },
    )
}

fn books() -> impl Strategy<Value = &'static RuleBook> {
    prop::sample::select(vec![RuleBook::guide(), RuleBook::field()])
}

/// The result columns, row by row.
fn rows(audit: &RecordBatch) -> Vec<Vec<Option<String>>> {
    let first = audit.num_columns() - RESULTS;
    let columns: Vec<_> = audit.columns()[first..].iter().map(|column| texts(&**column)).collect();
    (0..audit.num_rows()).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect()
}

fn expected(book: &RuleBook, request: &Request, phones: &[PhoneTexts]) -> Vec<Vec<Option<String>>> {
    phones.iter().map(|phone| result_columns(&book.assess_request(&phone.phone(), request)).to_vec()).collect()
}

/// The report of the same phones, audited one by one.
fn summary(phones: &[PhoneTexts], request: &Request) -> String {
    let mut fleet = Fleet::default();
    phones.iter().enumerate().for_each(|(line, phone)| fleet.push(line as u64, phone.phone().into_owned()));
    fleet.audit(RuleBook::guide(), request).to_string()
}

fn layout(index: usize) -> TextLayout {
    TextLayout::ALL[index % TextLayout::ALL.len()]
}

proptest! {
    #![proptest_config(law::config(400, KEPT))]

    #[test]
    fn every_row_has_the_answer_of_assess(
        phones in fleets(),
        book in books(),
        (_, request) in generate::questions(),
        layout_index in 0..4_usize,
    ) {
        let options = AuditOptions::default().text(layout(layout_index));
        let audit = columnar::audit(&table(&phones), book, &request, &options).unwrap();
        prop_assert_eq!(rows(&audit), expected(book, &request, &phones));
    }

    /// However a stream is cut into batches, the rows are the same, and so is the summary.
    #[test]
    fn the_cuts_of_a_stream_do_not_matter(
        phones in fleets(),
        destination in generate::destinations(),
        cut in 1..20_usize,
    ) {
        let request = Request::to(destination);
        let whole = table(&phones);
        let cuts: Vec<_> = (0..phones.len()).step_by(cut)
            .map(|begin| Ok(whole.slice(begin, cut.min(phones.len() - begin)))).collect();
        let reader = RecordBatchIterator::new(cuts, whole.schema());
        let mut stream =
            columnar::audit_stream(reader, RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
        let batches: Vec<_> = stream.by_ref().collect::<Result<_, _>>().unwrap();
        let streamed: Vec<_> = batches.iter().flat_map(rows).collect();
        prop_assert_eq!(streamed, expected(RuleBook::guide(), &request, &phones));

        prop_assert_eq!(stream.summary().to_string(), summary(&phones, &request));
    }
}

/// So many phones that threads have parts to share; many combinations, and all identities.
fn big_fleet(combinations: usize, rows: usize) -> Vec<PhoneTexts> {
    let mut runner = TestRunner::deterministic();
    let strategy = generate::phones().prop_map(unambiguous);
    let phones: Vec<_> =
        (0..combinations).map(|_| strategy.new_tree(&mut runner).expect("a phone").current()).collect();
    let row = |row: usize| PhoneTexts {
        mac: (!row.is_multiple_of(7)).then(|| format!("00CCFC{row:06X}")),
        // A step that visits the combinations in a scattered order, some far more often than others.
        ..phones[(row * 7919 % rows) * (row * 104_729 % rows) / rows % combinations].clone()
    };
    (0..rows).map(row).collect()
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let phones = big_fleet(300, 60_000);
    let fleet = table(&phones);
    let request = Request::to(Destination::ThirdParty);
    for layout in TextLayout::ALL {
        let audit = |threads: usize| {
            let threads = NonZeroUsize::new(threads).expect("at least one");
            let options = AuditOptions::default().text(*layout).threads(threads);
            columnar::audit(&fleet, RuleBook::field(), &request, &options).unwrap()
        };
        let one = audit(1);
        for threads in [2, 3, 16] {
            let many = audit(threads);
            for (name, (one, many)) in one.schema().fields().iter().zip(one.columns().iter().zip(many.columns())) {
                assert_eq!(one.to_data(), many.to_data(), "{layout}: {}: {threads} threads", name.name());
            }
        }
        assert_eq!(rows(&one), expected(RuleBook::field(), &request, &phones), "{layout}");
    }
}

/// A memory that is full is emptied and starts again, and a dictionary that is full begins a new batch.
#[test]
fn a_fleet_without_repetition_is_answered_all_the_same() {
    let release = |row: usize| format!("{}.{}({})SR{}", row / 125_000, row / 2500 % 50, row / 50 % 50, row % 50);
    let phones: Vec<_> = (0..140_000)
        .map(|row| PhoneTexts {
            pid: Some("CP-8841-K9=".to_owned()),
            release: Some(release(row)),
            firmware_type: Some("mpp".to_owned()),
            mac: Some(format!("00CCFC{row:06X}")),
            ..PhoneTexts::default()
        })
        .collect();
    let fleet = table(&phones);
    let request = Request::to(Destination::UnifiedCm);
    let reader = RecordBatchIterator::new([Ok(fleet.clone())], fleet.schema());
    let mut stream = columnar::audit_stream(reader, RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
    let batches: Vec<_> = stream.by_ref().collect::<Result<_, _>>().unwrap();
    assert_eq!(stream.summary().to_string(), summary(&phones, &request), "what was forgotten is counted");
    assert!(batches.len() > 2, "{} batches", batches.len());
    let streamed: Vec<_> = batches.iter().flat_map(rows).collect();
    assert_eq!(streamed, expected(RuleBook::guide(), &request, &phones));

    let error = columnar::audit(&fleet, RuleBook::guide(), &request, &AuditOptions::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "audit: column \"read_release\" has more than 32,768 different texts; \
         expected another text layout than dictionary, or a stream, which starts a new dictionary"
    );
    let options = AuditOptions::default().text(TextLayout::Utf8);
    assert_eq!(columnar::audit(&fleet, RuleBook::guide(), &request, &options).unwrap().num_rows(), phones.len());
}

#[test]
fn dictionaries_hold_each_text_once_and_no_null() {
    let phones = big_fleet(100, 20_000);
    let request = Request::to(Destination::WebexCalling);
    let audit = columnar::audit(&table(&phones), RuleBook::guide(), &request, &AuditOptions::default()).unwrap();
    let mut seen = 0;
    for column in audit.columns() {
        use arrow_array::cast::AsArray;
        let Some(column) = column.as_dictionary_opt::<arrow_array::types::Int16Type>() else { continue };
        let values = texts(&**column.values());
        let different: std::collections::BTreeSet<_> = values.iter().collect();
        assert_eq!(different.len(), values.len());
        assert!(values.iter().all(Option::is_some));
        let first_use: Vec<_> = (0..values.len() as i16)
            .map(|key| column.keys().iter().position(|used| used == Some(key)).expect("every value is used"))
            .collect();
        assert!(first_use.is_sorted(), "values stand in the order of their first use");
        seen += 1;
    }
    assert_eq!(seen, RESULTS - 2, "all but those that hold the MAC address");
}
