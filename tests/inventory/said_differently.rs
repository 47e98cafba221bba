//! What is said differently stays so, in any table, any order and any merge: nothing of it turns into an answer by accident.

use crossgrade::columnar::{self, AuditOptions};
use crossgrade::exports;
use crossgrade::inventory::{Document, Inventory, ReadOptions, csv, read};
use crossgrade::merge::merge;
use crossgrade::{
    Code, Destination, Evidence, Field, FirmwareType, FleetRow, LicenseNeed, Phone, Request, RuleBook, Verdict, assess,
};
use crossgrade_tests::arrow_tables::texts;
use proptest::prelude::*;

fn of(name: &str, text: &str) -> Inventory {
    read(&Document::new(name, text), &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn verdict(phone: &Phone<'_>) -> Verdict {
    crossgrade::assess(phone, Destination::ThirdParty).verdict()
}

/// The verdict that an audit of this CSV gives, which reads cells by combination.
fn audited(text: &str) -> Vec<Option<String>> {
    let request = Request::to(Destination::ThirdParty);
    let options = AuditOptions::default();
    let mut audit =
        columnar::audit_csv(text.as_bytes().to_vec(), RuleBook::guide(), &request, &options).expect("a fleet");
    let batch = audit.next().expect("rows").expect("a batch");
    texts(batch.column_by_name("verdict").expect("verdicts"))
}

/// One source says MPP, another Enterprise: the phone is unknown. So is its table, with other columns or other headers.
#[test]
fn a_table_of_a_fleet_stays_as_careful_whatever_becomes_of_its_columns() {
    let merged = merge([
        of("a.csv", "PID,VID,MAC,Firmware Type\nCP-8841-K9=,V05,00CCFC123456,mpp\n"),
        of("b.csv", "PID,MAC,Firmware Type\nCP-8841-K9=,00CCFC123456,enterprise\n"),
    ]);
    let [row] = merged.fleet().rows() else { panic!("one phone") };
    assert_eq!(verdict(row.phone()), Verdict::Unknown);
    let written = exports::fleet::to_csv(merged.fleet()).expect("CSV");
    let mut reader = ::csv::Reader::from_reader(&*written);
    let headers: Vec<String> = reader.headers().expect("headers").iter().map(str::to_owned).collect();
    let cells: Vec<String> =
        reader.records().next().expect("a row").expect("a row").iter().map(str::to_owned).collect();
    let table = |headers: &[String], cells: &[String]| {
        let mut out = ::csv::Writer::from_writer(Vec::new());
        out.write_record(headers).and_then(|()| out.write_record(cells)).expect("memory");
        String::from_utf8(out.into_inner().expect("memory")).expect("UTF-8")
    };
    let check = |what: &str, text: &str| {
        let read = csv::read(text.as_bytes()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(verdict(read.fleet().rows()[0].phone()), Verdict::Unknown, "{what}");
        assert_eq!(audited(text), [Some("unknown".to_owned())], "{what}");
    };
    check("as it was written", &table(&headers, &cells));
    let upper: Vec<String> = headers.iter().map(|header| header.to_uppercase()).collect();
    check("in upper case", &table(&upper, &cells));
    for dropped in ["device", "source", "row", "evidence", "problem", "serial"] {
        let keeps = |list: &[String]| -> Vec<String> {
            let kept = list.iter().zip(&headers).filter(|(_, header)| *header != dropped);
            kept.map(|(text, _)| text.clone()).collect()
        };
        check(dropped, &table(&keeps(&headers), &keeps(&cells)));
    }
    // A cell that is cut says something that nobody can read.
    let column = headers.iter().position(|header| header == "contradictions").expect("the column");
    for cut in 2..cells[column].len() {
        let mut cells = cells.clone();
        cells[column].truncate(cut);
        check(&format!("cut to {cut} bytes"), &table(&headers, &cells));
    }
    let unknown_field = cells[column].replace("firmware_type", "color");
    let mut others = cells.clone();
    others[column] = unknown_field;
    check("of a field that is none", &table(&headers, &others));
}

/// A column that somebody else calls so holds notes, and is none of ours.
#[test]
fn a_column_of_notes_that_is_called_so_changes_nothing() {
    let inventory = csv::read(b"PID,VID,contradictions\nCP-7821-K9=,V03,see ticket 7\n").expect("a fleet");
    assert_eq!(verdict(inventory.fleet().rows()[0].phone()), Verdict::Eligible);
}

/// A person who fills in the empty cell of such a field has settled nothing: all ways of reading say so.
#[test]
fn a_cell_beside_sides_does_not_settle_them() {
    let row = FleetRow::new(
        1,
        Phone::new("CP-8841-K9=").vid("V05").mac(Evidence::said([("00CCFC123456", "a"), ("00CCFC123457", "b")])),
    );
    let inventory = Inventory::of(crossgrade::fleet::Source::new(crossgrade::fleet::SourceKind::Csv, "a.csv"), [row]);
    let written = String::from_utf8(exports::fleet::to_csv(inventory.fleet()).expect("CSV")).expect("UTF-8");
    let filled = written.replace("CP-8841-K9=,V05,,", "CP-8841-K9=,V05,00CCFC123456,");
    assert_ne!(filled, written);
    let read = csv::read(filled.as_bytes()).expect("a fleet");
    assert!(read.fleet().rows()[0].phone().mac_evidence().sides().is_some());
    let request = Request::to(Destination::ThirdParty);
    let audit = columnar::audit_csv(filled.into_bytes(), RuleBook::guide(), &request, &AuditOptions::default());
    let batch = audit.expect("a fleet").next().expect("rows").expect("a batch");
    let column = |name: &str| texts(batch.column_by_name(name).expect("a column")).remove(0);
    assert_eq!((column("read_mac"), column("license_file")), (None, None));
    assert!(column("findings").expect("codes").contains("CG311"));
}

/// What a product text says of VID, type and release counts as well if another text names another product.
#[test]
fn a_merge_keeps_what_each_side_of_a_product_says_besides() {
    let contradictory = of("a.csv", "PID,Model,MAC,VID\n8841 MPP,CP-8851-K9=,00CCFC123456,V05\n");
    let alone = verdict(contradictory.fleet().rows()[0].phone());
    let merged = merge([contradictory, of("b.csv", "PID,MAC\nCP-8841-K9=,00CCFC123456\n")]);
    assert_eq!(alone, Verdict::Unknown);
    assert_ne!(verdict(merged.fleet().rows()[0].phone()), Verdict::Eligible);
}

/// A phone whose MAC is said twice is no phone with the MAC that its user agent says.
#[test]
fn a_mac_that_is_said_twice_joins_nothing() {
    let twice = "PID,MAC,Device Name\nCisco-CP-8841-3PCC/11.0.1 (00562b043615),00CCFC123456,SEP00CCFC123457\n";
    let merged = merge([of("a.csv", twice), of("b.csv", "PID,MAC\nCP-8841-3PCC-K9=,00562B043615\n")]);
    let [first, _] = merged.fleet().rows() else { panic!("two phones: {merged}") };
    let answer = crossgrade::assess(first.phone(), Destination::UnifiedCm);
    let contradiction = answer.findings().find(|finding| finding.code() == Code::CG311).expect("CG311");
    assert!(contradiction.message().contains("00CCFC123457"), "{}", contradiction.message());
}

/// Over a load that mentions MPP nothing is assumed, wherever it stands among texts that cannot be read.
#[test]
fn the_order_of_texts_that_cannot_be_read_decides_nothing() {
    for said in [["P0030801", "foo MPP"], ["foo MPP", "P0030801"]] {
        let load = Evidence::said(said.into_iter().zip(["a", "b"]));
        assert_eq!(verdict(&Phone::new("CP-8841-K9=").vid("V05").load(load)), Verdict::Unknown, "{said:?}");
        let row = format!("PID,VID,Active Load,Load\nCP-8841-K9=,V05,{},{}\n", said[0], said[1]);
        assert_eq!(verdict(of("a.csv", &row).fleet().rows()[0].phone()), Verdict::Unknown, "{row}");
        assert_eq!(audited(&row), [Some("unknown".to_owned())], "{row}");
    }
}

/// Texts that name products of two models, with and without what a product text may say besides.
const PRODUCTS: [&str; 13] = [
    "CP-7841-K9=",
    "CP-7841-K9=V02",
    "CP-7841-K9=V05",
    "CP-7841-K9= V04",
    "Cisco 7841",
    "7841 MPP",
    "CP-7841-3PCC-K9=",
    "Cisco-CP-7841-3PCC/11.0.1 (00562b043615)",
    "Cisco-CP-7841-3PCC/11.3.3 (00562b043615)",
    "Cisco-CP-7841-3PCC/11.0.1 (00562b043616)",
    "CP-8841-K9=",
    "8841 MPP",
    "622",
];

/// Two product cells of one row say no less than two rows do: what a merge finds contradictory, the row finds too. A merge may
/// settle what no answer hinges on, so a row may know less.
#[test]
fn two_products_of_a_row_say_what_two_rows_say() {
    for one in PRODUCTS {
        for other in PRODUCTS {
            let both = of("both.csv", &format!("Product ID,Model Number,MAC\n{one},{other},00562B043615\n"));
            let alone = |name, text| of(name, &format!("Product ID,MAC\n{text},00562B043615\n"));
            let merged = merge([alone("one.csv", one), alone("other.csv", other)]);
            // A user agent of another MAC address than the column's joins nothing.
            let [row] = merged.fleet().rows() else {
                assert!([one, other].iter().any(|text| text.contains("00562b043616")), "{one} and {other}: one phone");
                continue;
            };
            for to in Destination::ALL {
                let [row, merged] =
                    [both.fleet().rows()[0].phone(), row.phone()].map(|phone| assess(phone, *to).verdict());
                // RisPort's number of another table than that of models is no side beside a name, and one in another row.
                let is_number = [one, other].contains(&"622") && one != other;
                let knows_no_more = row == merged || row == Verdict::Unknown || is_number;
                assert!(knows_no_more, "{one} and {other} to {to}: {row} in one row, {merged} in two");
            }
        }
    }
}

#[test]
fn what_a_second_product_text_says_besides_goes_to_its_own_field() {
    let row = |text: &str| of("a.csv", text).fleet().rows()[0].phone().clone();
    let marked = row("Product ID,Model Number\nCP-8841-K9=,8841 MPP\n");
    assert_eq!(marked.product_text(), Some("CP-8841-K9="));
    assert_eq!(marked.firmware_type_evidence().known(), Some(FirmwareType::Mpp));
    let answer = assess(&marked, Destination::ThirdParty);
    assert_eq!(answer.verdict(), Verdict::NotNeeded);

    let twice = row("Product ID,Model Number\nCP-7841-K9=V02,CP-7841-K9=V05\n");
    let contradictions = assess(&twice, Destination::ThirdParty).contradictions();
    assert_eq!(contradictions.iter().map(|found| found.field()).collect::<Vec<_>>(), [Field::Vid]);
    let sides: Vec<_> = contradictions[0].sides().iter().map(|side| (side.said_by(), side.value())).collect();
    assert_eq!(sides, [(Field::Vid, "V05"), (Field::Pid, "V02")]);
}

/// Specification 2.5: a release below MPP 11.3(3) shows no authorization. Nobody knows which of two releases runs.
#[test]
fn an_authorization_counts_only_if_every_release_that_was_said_shows_it() {
    let need = |releases: [&'static str; 2]| {
        let release = Evidence::said(releases.map(|release| (release, "a page")));
        let phone = Phone::new("CP-8841-K9=").firmware_type("mpp").release(release).authorization("blank");
        let answer = assess(&phone, Destination::ThirdParty);
        answer.license().map(|license| license.need())
    };
    assert_eq!(need(["11.3(1)", "12.0(3)"]), Some(LicenseNeed::Unknown));
    assert_eq!(need(["12.0(3)", "11.3(1)"]), Some(LicenseNeed::Unknown));
    assert_eq!(need(["11.3(3)", "12.0(3)"]), Some(LicenseNeed::Purchase));

    // Where the type is said differently, the one that is too old may run as well.
    let need = |release: Evidence<'static, _>, firmware_type: &'static str| {
        let phone =
            Phone::new("CP-8841-3PCC-K9=").release(release).firmware_type(firmware_type).authorization("Classic");
        let phone = phone.load("sip88xx.11-2-3MPP-1");
        let answer = assess(&phone, Destination::UnifiedCm);
        answer.license().map(|license| license.need())
    };
    assert_eq!(need(Evidence::Absent, "enterprise"), Some(LicenseNeed::Unknown));
    assert_eq!(need(Evidence::said([("12.0(3)", "a page")]), ""), Some(LicenseNeed::Unknown));
    assert_eq!(need(Evidence::Absent, ""), Some(LicenseNeed::Purchase), "it is known to show none");
}

/// Loads of two families cannot both be of one phone: the answer names the families, not two sides that say the same.
#[test]
fn loads_of_two_families_are_told_by_their_families() {
    let loads = Evidence::said([("sip88xx.14-2-1-0101-26", "a page"), ("sip78xx.14-2-1-0101-26", "a list")]);
    let phone = Phone::new("CP-8841-K9=").load(loads);
    let answer = assess(&phone, Destination::ThirdParty);
    let told: Vec<String> = answer.contradictions().iter().map(ToString::to_string).collect();
    let of_type = told.iter().find(|told| told.contains("what runs")).expect("what runs");
    assert_eq!(
        of_type,
        "Evidence of what runs contradicts itself: the load sip88xx.14-2-1-0101-26 for 88xx phones says Enterprise \
         (a page); the load sip78xx.14-2-1-0101-26 for 78xx phones says Enterprise (a list)."
    );
    let of_release = told.iter().find(|told| told.contains("running release")).expect("the release");
    assert!(of_release.contains("sip78xx.14-2-1-0101-26 for 78xx phones says 14.2(1)"), "{of_release}");
}

/// Two columns of VID, MAC, load, release and authorization, and texts that may stand in them.
const FIELDS: [(&str, &str, &[&str]); 5] = [
    ("VID", "Hardware Version", &["", "V01", "V03", "V05", "n/a"]),
    ("MAC Address", "Host Name", &["", "00CCFC123456", "SEP00CCFC123456", "00CCFC123457", "lobby"]),
    (
        "Active Load ID",
        "Load",
        &["", "sip78xx.14-2-1-0101-26", "sip78xx.12-0-3MPP0001-87", "sip88xx.14-2-1-0101-26", "mpp?"],
    ),
    ("Firmware", "Release", &["", "14.2(1)", "11.3(1)", "12.0(3)", "mpp"]),
    ("Transition Authorization Type", "Authorization", &["", "Classic", "blank", "wxc", "?"]),
];

/// A row of a CSV says what a caller says who gives the texts himself; an audit of the text answers the same; and a merge with a
/// row that says nothing more answers the same, unless it settles what no answer hinges on.
fn check_all_ways(product: &str, firmware_type: &str, chosen: &[(usize, usize)]) {
    let said: Vec<[&str; 2]> =
        FIELDS.iter().zip(chosen).map(|((_, _, texts), (one, other))| [texts[*one], texts[*other]]).collect();
    let headers: Vec<_> = FIELDS.iter().map(|(one, other, _)| format!("{one},{other}")).collect();
    let cells: Vec<_> = said.iter().map(|texts| texts.join(",")).collect();
    let text = format!("PID,Firmware Type,{}\n{product},{firmware_type},{}\n", headers.join(","), cells.join(","));
    let inventory = of("a.csv", &text);
    let row = inventory.fleet().rows()[0].phone();

    let given = |field: usize| said[field].map(|text| (text, "a place"));
    let phone = Phone::new(product)
        .firmware_type(firmware_type)
        .vid(Evidence::said(given(0)))
        .mac(Evidence::said(given(1)))
        .load(Evidence::said(given(2)))
        .release(Evidence::said(given(3)))
        .authorization(Evidence::said(given(4)));
    let answer = |phone: &Phone<'_>| {
        let answer = assess(phone, Destination::ThirdParty);
        let license = answer.license().map(|license| (license.need(), license.sku().map(str::to_owned)));
        let contradictory: Vec<Field> = answer.contradictions().iter().map(|found| found.field()).collect();
        (answer.verdict(), license, contradictory)
    };
    assert_eq!(answer(row), answer(&phone), "{text}");
    assert_eq!(audited(&text), [Some(verdict(row).to_string())], "{text}");

    let Some(mac) = row.mac_evidence().known() else { return };
    let merged = merge([inventory.clone(), of("b.csv", &format!("MAC\n{mac}\n"))]);
    let [merged] = merged.fleet().rows() else { panic!("one phone: {text}") };
    let (alone, together) = (verdict(row), verdict(merged.phone()));
    assert!(alone == together || alone == Verdict::Unknown, "{alone} alone, {together} merged: {text}");
    let settled = merged.trail().is_some_and(|trail| trail.conflicts().iter().any(|conflict| !conflict.is_open));
    assert!(alone == together || settled, "{alone} alone, {together} merged, and nothing was settled: {text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn all_ways_of_saying_a_field_twice_answer_the_same(
        product in proptest::sample::select(vec!["CP-7841-K9=", "CP-7821-K9=", "CP-8841-K9=", "CP-7841-3PCC-K9=", "7841"]),
        firmware_type in proptest::sample::select(vec!["", "enterprise", "mpp", "?"]),
        chosen in proptest::collection::vec((0..5_usize, 0..5_usize), FIELDS.len()),
    ) {
        check_all_ways(product, firmware_type, &chosen);
    }
}
