//! Several sources, one fleet: nothing is lost, and no value is chosen silently where that could change an answer.

use std::ops::ControlFlow;

use crossgrade::fleet::{FleetColumn, RowLabel, Source, SourceKind};
use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::merge::{Merged, merge, merge_with};
use crossgrade::{Destination, Evidence, Fleet, FleetRow, Phone, Request, RuleBook, Verdict};
use proptest::prelude::*;

const MAC: &str = "00CCFC123456";

fn source(kind: SourceKind, name: &str, phones: impl IntoIterator<Item = Phone<'static>>) -> Inventory {
    let rows = (1..).zip(phones).map(|(row, phone)| FleetRow::new(row, phone));
    Inventory::of(Source::new(kind, name), rows)
}

fn export(phone: Phone<'static>) -> Inventory {
    source(SourceKind::Csv, "export.csv", [phone.mac(MAC)])
}

fn page(phone: Phone<'static>) -> Inventory {
    source(SourceKind::DevicePage, "pages", [phone.mac(MAC)])
}

fn risport(status: &str, phone: Phone<'static>) -> Inventory {
    let label = RowLabel::default().with_status(status).with_ip_address("10.0.1.7");
    let row = FleetRow::new(1, phone.mac(MAC)).labeled(label);
    Inventory::of(Source::new(SourceKind::Risport, "risport.xml"), [row])
}

#[track_caller]
fn only(merged: &Merged) -> &FleetRow {
    let [row] = merged.fleet().rows() else { panic!("one phone, not {:#?}", merged.fleet()) };
    row
}

fn column(merged: &Merged, column: FleetColumn) -> String {
    column.text(merged.fleet(), only(merged)).unwrap_or_default().into_owned()
}

fn verdict(row: &FleetRow, destination: Destination) -> Verdict {
    crossgrade::assess(row.phone(), destination).verdict()
}

#[test]
fn each_source_gives_what_it_knows_and_the_trail_says_who_said_what() {
    let merged = merge([
        export(Phone::new("Cisco 7821")),
        risport("Registered", Phone::new("621").load("sip78xx.14-2-1-0101-26").firmware_type("enterprise")),
        page(Phone::new("CP-7821-K9").vid("V03").serial("FCH20100312")),
    ]);
    assert_eq!(verdict(only(&merged), Destination::ThirdParty), Verdict::Eligible, "{merged}");
    assert_eq!(
        column(&merged, FleetColumn::Evidence),
        "page pages: pid vid mac serial; risport.xml device 1: load firmware_type"
    );
    assert_eq!(merged.report().to_string(), "3 rows read, 1 phone out: 2 rows matched, 0 conflicts, 0 orphans");
}

#[test]
fn the_phone_itself_beats_a_list_for_the_serial() {
    let merged = merge([
        export(Phone::new("CP-8841-K9=").serial("FCH20100312")),
        page(Phone::new("CP-8841-K9").serial("FCH20100313")),
    ]);
    assert_eq!(column(&merged, FleetColumn::Serial), "FCH20100313");
    assert_eq!(
        column(&merged, FleetColumn::Problem),
        "serial: FCH20100313 (page pages) or FCH20100312 (export.csv line 1): the first counts"
    );
    assert_eq!(merged.report().conflicts, 1);
}

/// Specification 2.2: an 8841 converts at any hardware version, so that the page may be believed; a 7821 does not.
#[test]
fn the_page_beats_the_list_for_the_vid_only_where_no_answer_hinges_on_it() {
    let of = |pid: &'static str, said: &'static str| {
        merge([export(Phone::new(pid).vid("V01")), page(Phone::new(pid).vid(said))])
    };
    let harmless = of("CP-8841-K9=", "V03");
    assert_eq!(column(&harmless, FleetColumn::Vid), "V03");
    assert_eq!(verdict(only(&harmless), Destination::ThirdParty), Verdict::Eligible);

    let decisive = of("CP-7821-K9=", "V03");
    assert_eq!(column(&decisive, FleetColumn::Vid), "");
    let sides = r#"[{"field":"vid","sides":[{"value":"V03","place":"page pages"},{"value":"V01","place":"export.csv line 1"}]}]"#;
    assert_eq!(column(&decisive, FleetColumn::Contradictions), sides);
    let answer = crossgrade::assess(only(&decisive).phone(), Destination::ThirdParty);
    let finding = answer.findings().find(|finding| finding.effect() == crossgrade::Effect::Unsettled).unwrap();
    assert_eq!(
        (finding.code(), finding.message().as_str()),
        (
            crossgrade::Code::CG311,
            "Evidence of the hardware version contradicts itself: the VID says V03 (page pages); the VID says V01 \
             (export.csv line 1)."
        )
    );
    assert_eq!(verdict(only(&decisive), Destination::ThirdParty), Verdict::Unknown);
    assert_eq!(
        column(&decisive, FleetColumn::Problem),
        "vid: V03 (page pages) or V01 (export.csv line 1): no side counts"
    );
    assert_eq!((decisive.report().conflicts, decisive.report().open_conflicts), (1, 1));
}

#[test]
fn what_runs_is_asked_of_risport_before_a_list() {
    let merged = merge([
        export(Phone::new("CP-8841-K9=").load("sip88xx.12-8-1-0001-455")),
        risport("Registered", Phone::new("683").load("sip88xx.14-2-1-0101-26").firmware_type("enterprise")),
    ]);
    assert_eq!(column(&merged, FleetColumn::Load), "sip88xx.14-2-1-0101-26");
    assert_eq!(column(&merged, FleetColumn::Pid), "CP-8841-K9=", "the product id says more than the type code");
    assert_eq!(merged.report().conflicts, 1);
}

#[test]
fn a_release_that_an_old_list_says_does_not_contradict_the_load_that_runs() {
    let merged = merge([
        export(Phone::new("CP-8841-K9=").release("12.8(1)")),
        risport("Registered", Phone::new("683").load("sip88xx.14-2-1-0101-26").firmware_type("enterprise")),
    ]);
    let answer = crossgrade::assess(only(&merged).phone(), Destination::ThirdParty);
    assert_eq!(answer.gates().next().map(|gate| gate.status()), Some(crossgrade::GateStatus::Met));
}

/// Specification 2.4: a registered row is evidence of Enterprise firmware, a device of Webex of MPP.
#[test]
fn a_phone_that_is_in_both_worlds_is_unknown_in_both_directions() {
    let webex = source(SourceKind::Webex, "devices.json", [Phone::new("Cisco 8841").mac(MAC).firmware_type("mpp")]);
    for load in [None, Some("sip88xx.14-2-1-0101-26")] {
        let cucm = risport("Registered", Phone::new("683").load(load).firmware_type("enterprise"));
        let merged = merge([cucm, webex.clone()]);
        for destination in Destination::ALL {
            assert_eq!(verdict(only(&merged), *destination), Verdict::Unknown, "{destination} {load:?}");
        }
        assert_eq!(merged.report().open_conflicts, 1);
    }
}

#[test]
fn a_row_of_risport_that_is_not_registered_is_no_evidence_beside_one_that_is() {
    let merged = merge([
        risport("UnRegistered", Phone::new("683").load("sip88xx.12-8-1-0001-455")),
        risport("Registered", Phone::new("683").load("sip88xx.14-2-1-0101-26").firmware_type("enterprise")),
    ]);
    assert_eq!(column(&merged, FleetColumn::Load), "sip88xx.14-2-1-0101-26");
    assert_eq!(merged.report().conflicts, 0);
    assert_eq!(only(&merged).trail().map(|trail| trail.set_aside().len()), Some(1), "but it is recorded");
    assert_eq!(merged.report().matched, 1);
}

#[test]
fn what_can_be_read_beats_what_cannot() {
    let merged = merge([export(Phone::new("CP-7821-K9=").vid("V03")), page(Phone::new("CP-7821-K9").vid("1.0"))]);
    assert_eq!(column(&merged, FleetColumn::Vid), "V03");
    let merged = merge([export(Phone::new("CP-7821-K9=").vid("0x0005")), page(Phone::new("").vid("1.0"))]);
    assert_eq!(column(&merged, FleetColumn::Vid), "1.0", "of two that cannot, the better source is shown");
}

#[test]
fn a_name_of_a_model_does_not_contradict_a_mark_but_a_product_id_does() {
    let marked = || export(Phone::new("CP-8841-3PCC-K9="));
    let named = merge([marked(), page(Phone::new("Cisco 8841"))]);
    assert_eq!((column(&named, FleetColumn::Pid).as_str(), named.report().conflicts), ("CP-8841-3PCC-K9=", 0));
    let contradicted = merge([marked(), page(Phone::new("CP-8841-K9"))]);
    assert_eq!(contradicted.report().open_conflicts, 1);
    assert_eq!(verdict(only(&contradicted), Destination::UnifiedCm), Verdict::Unknown);
}

/// A user agent says more than a product: that it is weighed with the other fields keeps it from hiding in the name.
#[test]
fn what_a_product_text_says_besides_is_evidence_like_the_rest() {
    let merged = merge([
        export(Phone::new("Cisco 8841 MPP")),
        risport("Registered", Phone::new("683").firmware_type("enterprise")),
    ]);
    assert_eq!(merged.report().open_conflicts, 1);
    assert_eq!(verdict(only(&merged), Destination::ThirdParty), Verdict::Unknown);
}

#[test]
fn a_page_of_which_nothing_can_be_read_belongs_to_the_phone_with_its_address() {
    let label = RowLabel::default().with_ip_address("10.0.1.7");
    let row = FleetRow::new(1, Phone::new("a login page: Sign in")).labeled(label);
    let login = || Inventory::of(Source::new(SourceKind::DevicePage, "pages"), [row.clone()]);
    let registered = || risport("Registered", Phone::new("683").firmware_type("enterprise"));
    let merged = merge([login(), registered()]);
    assert_eq!(column(&merged, FleetColumn::Pid), "683");
    assert_eq!(merged.report().matched, 1);

    // Two phones with one address: nobody knows whose page it is.
    let other = FleetRow::new(1, Phone::new("683").mac("00CCFC123457"));
    let other = other.labeled(RowLabel::default().with_ip_address("10.0.1.7"));
    let merged = merge([login(), registered(), Inventory::of(Source::new(SourceKind::Risport, "b"), [other])]);
    assert_eq!(
        merged.report().to_string(),
        "3 rows read, 3 phones out: 0 rows matched, 0 conflicts, 3 orphans, 1 without MAC"
    );
}

/// A label whose MAC address Excel spoiled may be of a phone that is there already: whoever orders licenses must hear of it.
#[test]
fn a_phone_without_a_mac_that_shares_its_serial_says_so() {
    let label = Phone::new("CP-8841-K9=").mac("1.22E+11").serial("FCH20100312");
    let merged =
        merge([page(Phone::new("CP-8841-K9").serial("FCH20100312")), source(SourceKind::Xlsx, "labels.xlsx", [label])]);
    let problems: Vec<_> = merged.fleet().rows().iter().map(|row| row.problem().unwrap_or_default()).collect();
    let expected = [
        "serial FCH20100312 is also that of labels.xlsx row 1: the same phone?",
        "serial FCH20100312 is also that of page pages: the same phone?",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn phones_without_a_mac_stay_rows() {
    let phones = || [Phone::new("CP-8841-K9="), Phone::new("CP-8841-K9=").mac("not a MAC"), Phone::new("CP-8841-K9=")];
    let merged = merge([source(SourceKind::Csv, "a", phones()), source(SourceKind::Csv, "b", phones())]);
    assert_eq!(merged.fleet().rows().len(), 6);
    assert_eq!(merged.report().without_mac, 6);
}

/// What readers make of a row that says two things is two sides, also where another row repeats one of them.
#[test]
fn a_row_that_contradicts_itself_is_not_settled_by_a_row_that_repeats_one_side() {
    let list = |text: &'static str| {
        let document = crossgrade::inventory::Document::new("list.csv", text);
        crossgrade::inventory::csv::read_document(&document, &[]).unwrap()
    };
    for (torn, repeated) in [
        ("PID,Model,MAC\nCP-7821-K9=,Cisco 8841,00CCFC123456\n", "Model,MAC\n8841,00CCFC123456\n"),
        (
            "PID,MAC,Load,Firmware\nCP-8841-K9=,00CCFC123456,sip88xx.12-0-3MPP0001-87,sip78xx.14-2-1-0101-26\n",
            "PID,MAC,Load\nCP-8841-K9=,00CCFC123456,sip88xx.14-2-1-0101-26\n",
        ),
    ] {
        let merged = merge([list(torn), list(repeated)]);
        assert_eq!(verdict(only(&merged), Destination::ThirdParty), Verdict::Unknown, "{torn}");
        assert_eq!(merged.report().open_conflicts, 1, "{torn}");
    }
}

/// Specification 2.3: nothing may be assumed over a load that cannot be read and mentions MPP.
#[test]
fn a_load_of_the_phone_that_hints_at_mpp_is_not_outdone_by_an_old_list() {
    let merged = merge([
        export(Phone::new("CP-8841-K9=").load("sip88xx.14-2-1-0101-26")),
        page(Phone::new("CP-8841-K9").load("sip88xx.12-0-3MPP-beta")),
    ]);
    assert_eq!(verdict(only(&merged), Destination::ThirdParty), Verdict::Unknown);
    assert_eq!(merged.report().open_conflicts, 1);
}

/// From V15 on, an 8841 must never run MPP below 11.3(3) (S1, S2): a target that the caller chooses can hinge on the VID.
#[test]
fn a_conflict_is_open_where_a_chosen_target_or_an_earlier_book_hinges_on_it() {
    let merged = merge([export(Phone::new("CP-8841-K9=").vid("V15")), page(Phone::new("CP-8841-K9").vid("V14"))]);
    assert_eq!(merged.report().open_conflicts, 1);
    let request = RuleBook::guide().request(Destination::WebexCalling, "11.2(3)").unwrap();
    let answer = RuleBook::guide().assess_request(only(&merged).phone(), &request).verdict();
    assert_eq!(answer, Verdict::Unknown);
    assert_eq!(verdict(only(&merged), Destination::WebexCalling), Verdict::Eligible, "the book's own target does not");

    // A02 asks a 7821 V26 for the release that runs, until A03 lifts the bound.
    let of_day = RuleBook::field_as_of("2024-09-15".parse().unwrap());
    let running = |load: &'static str| Phone::new("CP-7821-K9=").vid("V26").load(load);
    let merged = merge([export(running("sip78xx.14-2-1-0101-26")), page(running("sip78xx.14-3-1-0001-60"))]);
    let answer = of_day.assess_request(only(&merged).phone(), &Request::to(Destination::ThirdParty)).verdict();
    assert_eq!(answer, Verdict::Unknown);
}

#[test]
fn a_phone_that_an_old_answer_shows_on_two_nodes_is_set_aside_like_one() {
    let stale = |row| {
        let label = RowLabel::default().with_status("UnRegistered");
        FleetRow::new(row, Phone::new("683").mac(MAC).load("sip88xx.12-0-3MPP0001-87")).labeled(label)
    };
    let (old, _) =
        merge([Inventory::of(Source::new(SourceKind::Risport, "old.xml"), [stale(1), stale(2)])]).into_parts();
    let new = risport("Registered", Phone::new("683").load("sip88xx.14-2-1-0101-26").firmware_type("enterprise"));
    let merged = merge([old, new]);
    assert_eq!((merged.report().conflicts, merged.report().matched), (0, 2));
    assert_eq!(only(&merged).trail().map(|trail| trail.set_aside().len()), Some(2));
}

#[test]
fn what_cannot_be_read_is_told_where_it_does_not_count() {
    let merged = merge([export(Phone::new("CP-7821-K9=").vid("n/a")), page(Phone::new("CP-7821-K9").vid("V03"))]);
    assert_eq!(column(&merged, FleetColumn::Problem), "vid: \"n/a\" (export.csv line 1) cannot be read");
}

#[test]
fn a_mac_that_a_million_rows_share_is_no_work_without_end() {
    let rows = (1..100_000).map(|row| FleetRow::new(row, Phone::new("683").mac(MAC).serial(format!("FCH{row:08}"))));
    let merged = merge([Inventory::of(Source::new(SourceKind::Csv, "list.csv"), rows)]);
    assert_eq!(only(&merged).trail().unwrap().conflicts()[0].values.len(), 64, "enough to see that nobody knows");
    assert_eq!(merged.report().matched, 99_998);
}

#[test]
fn a_merge_of_merges_remembers_what_was_in_conflict() {
    let first = merge([export(Phone::new("CP-7821-K9=").vid("V01")), page(Phone::new("CP-7821-K9").vid("V03"))]);
    let (first, _) = first.into_parts();
    let again = merge([source(SourceKind::Csv, "third", [Phone::new("CP-7821-K9=").vid("V03").mac(MAC)]), first]);
    assert_eq!(again.report().open_conflicts, 1, "a third row does not outvote the first");
    assert_eq!(again.report().rows_read, 3);
    assert_eq!(verdict(only(&again), Destination::ThirdParty), Verdict::Unknown);
}

/// Few values of each field, so that rows meet, agree and disagree.
pub(crate) fn any_phone() -> impl Strategy<Value = Phone<'static>> {
    let text = |texts: &'static [&'static str]| proptest::sample::select(texts);
    (
        text(&[
            "",
            "CP-7821-K9=",
            "Cisco 7821",
            "CP-7821-3PCC-K9=",
            "CP-8841-K9=",
            "8841 MPP",
            "683",
            "CP-8851NR-K9=",
            "?",
        ]),
        text(&["", "V01", "V03", "V26", "1.0"]),
        text(&["", "", "00CCFC123456", "00CCFC123457", "SEP00CCFC123458", "x"]),
        text(&["", "FCH20100312", "FCH20100313"]),
        text(&[
            "",
            "sip78xx.14-3-1-0001-60",
            "sip78xx.12-8-1-0001-455",
            "sip88xx.12-0-3MPP0001-87",
            "sip88xx.14-2-1-0101-26",
            "MPP?",
        ]),
        text(&["", "14.2(1)SR1", "11.2(1)", "12.0(3)"]),
        text(&["", "enterprise", "mpp"]),
        text(&["", "Classic", "blank", "WxC"]),
    )
        .prop_map(|(pid, vid, mac, serial, load, release, firmware_type, authorization)| {
            Phone::new(pid)
                .vid(vid)
                .mac(mac)
                .serial(serial)
                .load(load)
                .release(release)
                .firmware_type(firmware_type)
                .authorization(authorization)
        })
}

pub(crate) fn any_source() -> impl Strategy<Value = Inventory> {
    let kind = proptest::sample::select(SourceKind::ALL);
    (kind, proptest::collection::vec((any_phone(), any::<bool>()), 0..6)).prop_map(|(kind, phones)| {
        let rows = (1..).zip(phones).map(|(row, (phone, is_registered))| {
            let status = if is_registered { "Registered" } else { "UnRegistered" };
            FleetRow::new(row, phone).labeled(RowLabel::default().with_status(status))
        });
        Inventory::of(Source::new(kind, kind.as_str()), rows)
    })
}

/// Releases that people install, around those at which rules turn.
const TARGETS: [&str; 9] =
    ["10.4(1)", "11.2(3)", "11.3(3)", "12.0(2)", "12.0(3)", "12.0(5)", "12.0(6)", "12.8(1)", "14.2(1)SR1"];

/// All answers about a phone that a choice could change.
pub(crate) fn verdicts(phone: &Phone<'_>) -> Vec<Verdict> {
    let books = [RuleBook::guide(), RuleBook::field()].into_iter();
    let books = books.chain(RuleBook::field_dates().map(RuleBook::field_as_of));
    let questions = books.flat_map(|book| Destination::ALL.iter().map(move |to| (book, *to)));
    let assess = |(book, to): (&'static RuleBook, Destination)| {
        let chosen = TARGETS.into_iter().filter_map(move |target| book.request(to, Some(target)).ok());
        std::iter::once(Request::to(to)).chain(chosen).map(|request| book.assess_request(phone, &request).verdict())
    };
    questions.flat_map(assess).collect()
}

proptest! {
    #[test]
    fn a_merge_may_be_broken_off_after_any_step(
        sources in proptest::collection::vec(any_source(), 0..5),
        last in 0..20_usize,
    ) {
        let whole = merge(sources.clone());
        let mut heard = Vec::new();
        let broken_off = merge_with(sources.clone(), |done| {
            heard.push(done);
            if heard.len() > last { ControlFlow::Break(done) } else { ControlFlow::Continue(()) }
        });
        let steps: Vec<_> = sources.iter().map(|_| 0).chain(1..=whole.fleet().rows().len()).collect();
        match broken_off {
            ControlFlow::Continue(merged) => {
                prop_assert_eq!(heard, steps);
                prop_assert_eq!(merged, whole);
            }
            ControlFlow::Break(done) => {
                prop_assert_eq!(&heard, &steps[..=last]);
                prop_assert_eq!(Some(&done), heard.last());
            }
        }
    }

    #[test]
    fn rows_in_are_rows_out_or_matched(sources in proptest::collection::vec(any_source(), 0..5)) {
        let rows: u64 = sources.iter().map(Inventory::rows_read).sum();
        let merged = merge(sources);
        let report = merged.report();
        prop_assert_eq!(report.rows_read, rows);
        prop_assert_eq!(report.phones, merged.fleet().rows().len() as u64);
        prop_assert_eq!(report.rows_read, report.phones + report.matched);
        prop_assert!(report.orphans <= report.phones && report.open_conflicts <= report.conflicts);
        // Every row is in the trail of exactly one phone.
        let mut origins: Vec<_> = merged.fleet().rows().iter().flat_map(|row| {
            row.trail().map_or(vec![row.origin()], |trail| trail.rows().to_vec())
        }).collect();
        let count = origins.len() as u64;
        origins.sort();
        origins.dedup();
        prop_assert_eq!((origins.len() as u64, count), (rows, rows));
    }

    /// Where two readable values of one field differ and the answers with either differ, the answer is unknown.
    #[test]
    fn no_conflict_is_decided_silently(one in any_phone(), other in any_phone(), field in 0..5_usize) {
        let with = |phone: &Phone<'static>| match field {
            0 => Phone::new(phone.product_text().map(str::to_owned).unwrap_or_default()),
            1 => Phone::new("CP-7821-K9=").vid(phone.vid_evidence().clone()),
            2 => Phone::new("CP-7821-K9=").vid("V26").load(phone.load_evidence().clone()),
            3 => Phone::new("CP-8841-K9=").firmware_type(phone.firmware_type_evidence().clone()),
            _ => Phone::new("CP-8841-3PCC-K9=").authorization(phone.authorization_evidence().clone()),
        }.mac(MAC);
        let (one, other) = (with(&one), with(&other));
        let merged = merge([page(one.clone()), export(other.clone())]);
        let is_readable = |phone: &Phone<'static>| match field {
            // What runs, as "8841 MPP" says it, is another question than which product it is.
            0 => matches!(phone.product(), Evidence::Known(product) if product.firmware_type().is_none()),
            1 => phone.vid_evidence().known().is_some(),
            2 => phone.load_evidence().known().is_some(),
            3 => phone.firmware_type_evidence().known().is_some(),
            _ => phone.authorization_evidence().known().is_some(),
        };
        let is_conflict = merged.fleet().rows()[0].trail().is_some_and(|trail| !trail.conflicts().is_empty());
        // A name of a model and a product id of it do not differ, though the id says more.
        if !is_readable(&one) || !is_readable(&other) || (field == 0 && !is_conflict) {
            return Ok(());
        }
        let answers = verdicts(merged.fleet().rows()[0].phone());
        for (answer, sides) in answers.iter().zip(verdicts(&one).iter().zip(verdicts(&other))) {
            prop_assert!(*sides.0 == sides.1 || *answer == Verdict::Unknown, "{:?}: {:?}", sides, answer);
        }
    }

    /// The table of a fleet says the same to an audit as the fleet.
    #[test]
    fn a_fleet_as_a_table_is_the_same_fleet(sources in proptest::collection::vec(any_source(), 0..4)) {
        let merged = merge(sources);
        let csv = crossgrade::exports::fleet::to_csv(merged.fleet()).unwrap();
        let again = crossgrade::inventory::csv::read(&csv).unwrap();
        let answers = |fleet: &Fleet| fleet.rows().iter().map(|row| verdicts(row.phone())).collect::<Vec<_>>();
        prop_assert_eq!(answers(merged.fleet()), answers(again.fleet()));
    }
}

#[test]
fn two_rows_never_stand_in_the_same_place() {
    let named = |names: &[&str]| {
        let one = |name: &&str| source(SourceKind::Risport, name, [Phone::new("683").mac(MAC)]);
        let merged = merge(names.iter().map(one));
        let fleet = merged.fleet();
        let rows = fleet.rows()[0].trail().map_or(vec![], |trail| trail.rows().to_vec());
        let places = rows.iter().map(|origin| fleet.source(*origin).expect("a source").place(origin.row()));
        (places.collect::<Vec<_>>(), merged)
    };
    for (names, expected) in [
        (["a", "a", "a"], ["a device 1", "a (2) device 1", "a (3) device 1"]),
        (["a", "a (2)", "a"], ["a device 1", "a (2) device 1", "a (3) device 1"]),
        (["a", "b", "a"], ["a device 1", "b device 1", "a (2) device 1"]),
        (["", "", "b"], [" device 1", "(2) device 1", "b device 1"]),
    ] {
        assert_eq!(named(&names).0, expected);
    }
    // What was merged before is told apart from what comes behind it.
    let again = merge([named(&["a", "a"]).1, named(&["a", "a"]).1].map(|merged| merged.into_parts().0));
    let names: Vec<_> = again.fleet().sources().iter().map(Source::name).collect();
    assert_eq!(names, ["a", "a (2)", "a (3)", "a (4)"]);
}

#[test]
fn one_phone_is_a_phone() {
    let text = |rows: &str| {
        let document = Document::new("x", rows);
        read(&document, &ReadOptions::default()).expect("a table").to_string().lines().next().map(str::to_owned)
    };
    assert_eq!(text("PID\nCP-8841-K9=\n").as_deref(), Some("1 phone from 1 row"));
    assert_eq!(text("PID,VID\nCP-8841-K9=,V05\nCP-8841-K9=,V06\n").as_deref(), Some("2 phones from 2 rows"));
}

/// A list says the load of a phone and a release that is another one. A merge of the merge still knows both.
#[test]
fn a_merge_of_merges_remembers_the_release_beside_a_load() {
    let list = || export(Phone::new("CP-8841-K9=").load("sip88xx.14-2-1-0101-26").release("11.3(1)"));
    let other = || risport("Registered", Phone::new("8841").load("sip88xx.12-0-3MPP0001-87"));
    let once = merge([list(), other()]);
    let again = merge([once.clone().into_parts().0, export(Phone::new("8841"))]);
    for merged in [&once, &again] {
        let [conflict] = only(merged).trail().expect("rows").conflicts() else { panic!("one conflict: {merged}") };
        let values: Vec<_> = conflict.values.iter().map(|side| side.value.as_str()).collect();
        assert_eq!(values, ["sip88xx.12-0-3MPP0001-87", "sip88xx.14-2-1-0101-26", "11.3(1)"]);
        assert_eq!(verdict(only(merged), Destination::ThirdParty), Verdict::Unknown);
    }
}
