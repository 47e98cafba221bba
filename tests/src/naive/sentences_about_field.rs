//! `field` as of several days. Each test is named for the sentence it checks: of the specification (`s`), of the
//! amendments (`a`) or of the readings (`r`).

use super::sentences_of_the_specification::{ask_book, codes as all_codes, gates};
use super::{Answer, Book, Question};

/// All amendments.
const NOW: Book = Book::Field;
/// The day before A01.
const BEFORE: Book = Book::FieldAsOf("2024-08-25");
/// A01 and A02 apply; A03 and the 12.0(7) targets do not.
const OCTOBER_2024: Book = Book::FieldAsOf("2024-10-01");
/// A03 and its floor of 12.0(6) apply, but no 12.0(7) load of the 78xx is known.
const JANUARY_2025: Book = Book::FieldAsOf("2025-01-01");

/// The codes but for dated advice, which the corpus has cases of.
fn codes(answer: &Answer) -> String {
    const ADVICE: &[&str] = &["CG405", "CG406", "CG407", "CG408", "CG409r", "CG410", "CG411", "CG603"];
    let of_advice = answer.disagreements.iter().filter(|id| matches!(id.as_str(), "D19" | "D21")).count();
    let all = all_codes(answer);
    let disagreements = all.matches("CG601").count() - of_advice;
    let mut told = 0;
    let kept = all.split(' ').filter(|code| {
        told += usize::from(*code == "CG601");
        !ADVICE.contains(code) && (*code != "CG601" || told <= disagreements)
    });
    kept.collect::<Vec<_>>().join(" ")
}

/// A 7821 V26 on Enterprise 14.3(1).
fn v26(question: &mut Question) {
    question.pid = Some("CP-7821-K9=");
    question.vid = Some("V26");
    question.load = Some("sip78xx.14-3-1-0001-60");
}

/// A phone that goes back, on MPP 12.0(3).
fn back(question: &mut Question, pid: &'static str, vid: Option<&'static str>, load: &'static str) {
    question.pid = Some(pid);
    question.vid = vid;
    question.load = Some(load);
    question.authorization = Some("Classic");
}

fn load(answer: &Answer) -> String {
    let firmware = answer.firmware.clone().expect("firmware");
    firmware.load.unwrap_or("null".to_string())
}

fn disagreements(answer: &Answer) -> String {
    answer.disagreements.join(" ")
}

/// One test: book, destination, base and changes, verdict, findings.
macro_rules! case {
    ($name:ident, $book:expr, $to:literal, $base:expr, { $($field:ident: $value:expr),* }, $verdict:literal, $codes:literal) => {
        #[test]
        fn $name() {
            let answer = ask_book($book, $to, |question| {
                $base(question);
                $(question.$field = $value;)*
            });
            assert_eq!((answer.verdict.as_str(), codes(&answer).as_str()), ($verdict, $codes));
        }
    };
}

// "A02 7821 V26 eligible if Enterprise 14.3(1) or later runs [2024-09-10]"
case!(a02_not_yet, BEFORE, "third-party", v26, {}, "ineligible", "CG204b CG601");
case!(a02_runs_14_3_1, OCTOBER_2024, "third-party", v26, {}, "eligible", "CG404 CG501r CG601 CG601");
case!(a02_runs_less, OCTOBER_2024, "third-party", v26, { load: Some("sip78xx.14-2-1-0101-26") }, "ineligible", "CG204b CG601");
case!(a02_no_other_vid, OCTOBER_2024, "third-party", v26, { vid: Some("V27") }, "ineligible", "CG204b CG601");
case!(a02_without_a_load, OCTOBER_2024, "third-party", v26, { load: None }, "unknown", "CG302 CG306u CG306r CG404 CG501r CG601 CG601");
case!(r33_a_bare_release_is_not_known, OCTOBER_2024, "third-party", v26, { load: None, release: Some("14.3(1)") }, "unknown", "CG302 CG306u CG306r CG404 CG501r CG601 CG601");
case!(r33_tlexe2m_is_not_known, OCTOBER_2024, "third-party", v26, { load: Some("sip78xx.TLexE2M-11-2-3C-4") }, "unknown", "CG306u CG309r CG404 CG501r CG601 CG601");
case!(r35_contradictory_release, OCTOBER_2024, "third-party", v26, { release: Some("14.1") }, "unknown", "CG306r CG311u CG404 CG501r CG601 CG601");
case!(r33_missing_vid_leaves_v00_out, OCTOBER_2024, "third-party", v26, { vid: None }, "unknown", "CG201u CG404 CG501r CG601");
case!(r33_a_failing_row_is_not_open, OCTOBER_2024, "third-party", v26, { vid: Some("V24"), load: None }, "eligible", "CG302 CG306r CG404 CG501r CG601");
case!(r16_a02_where_mpp_may_run, OCTOBER_2024, "third-party", v26, { vid: Some("V02"), firmware_type: Some("mpp") }, "unknown", "CG203u CG306r CG311u CG315u CG404 CG501r CG601");

// "A03 7821 upper bound gone if the target is MPP 12.0(6) or later [2024-11-25]"
case!(a03_own_target, NOW, "third-party", v26, { load: Some("sip78xx.14-2-1-0101-26") }, "eligible", "CG404 CG501r CG601 CG601");
case!(a03_the_lower_bound_stays, NOW, "third-party", v26, { vid: Some("V02") }, "ineligible", "CG203b");
case!(a03_target_12_0_3, NOW, "third-party", v26, { load: Some("sip78xx.14-2-1-0101-26"), target: Some("12.0(3)") }, "ineligible", "CG204b CG307b CG601");
case!(a02_holds_but_the_floor_does_not, NOW, "third-party", v26, { target: Some("12.0(3)") }, "ineligible", "CG307b CG601");
case!(a03_the_book_has_no_load, JANUARY_2025, "third-party", v26, { load: Some("sip78xx.14-2-1-0101-26") }, "unknown", "CG307u CG313r CG404 CG501r CG601 CG601");
case!(
    s2_6_a02_holds_and_the_book_has_no_load,
    JANUARY_2025,
    "third-party",
    v26,
    {},
    "eligible",
    "CG313r CG404 CG501r CG601 CG601"
);
case!(s2_6_target_of_another_family, NOW, "third-party", v26, { load: Some("sip78xx.14-2-1-0101-26"), target: Some("sip88xx.12-0-3MPP0001-87") }, "unknown", "CG312u CG404 CG501r CG601 CG601");

// "A01 8851NR, 8865NR eligible if the target is MPP 12.0(5) or later; returning ones may go back [2024-08-26]"
fn nr(question: &mut Question) {
    question.pid = Some("CP-8851NR-K9=");
}
fn nr_back(question: &mut Question) {
    back(question, "CP-8851NR-K9=", Some("V03"), "sip88xx.12-0-7MPP0101-52");
}
case!(a01_not_yet, BEFORE, "webex-calling", nr, { target: Some("12.0(5)") }, "ineligible", "CG104b CG601");
case!(a01_not_yet_third_party, BEFORE, "third-party", nr, { target: Some("12.0(5)") }, "unknown", "CG105u CG404 CG601 CG601");
case!(a01_target_12_0_5, NOW, "webex-calling", nr, { target: Some("12.0(5)") }, "eligible", "CG313r CG403 CG404 CG502 CG601 CG601 CG601 CG602");
case!(a01_own_target, NOW, "third-party", nr, {}, "eligible", "CG403 CG404 CG501r CG601 CG601 CG601");
case!(a01_below_webex, NOW, "webex-calling", nr, { target: Some("12.0(3)") }, "ineligible", "CG104b CG307b CG601");
case!(a01_below_third_party, NOW, "third-party", nr, { target: Some("12.0(3)") }, "ineligible", "CG105u CG307b CG601");
case!(
    a01_the_book_has_no_load,
    OCTOBER_2024,
    "webex-calling",
    nr,
    {},
    "unknown",
    "CG307u CG313r CG404 CG502 CG601 CG601 CG602"
);
case!(a01_marked_is_not_in_table_1, NOW, "third-party", nr, { pid: Some("CP-8851NR-3PCC-K9=") }, "unknown", "CG106u CG403 CG404 CG501r CG601 CG601 CG601");
case!(a01_returning, NOW, "unified-cm", nr_back, {}, "eligible", "CG310 CG404 CG503 CG601 CG601 CG601");
case!(a01_returning_not_yet, BEFORE, "unified-cm", nr_back, {}, "unknown", "CG105u CG310 CG404 CG601 CG601");
case!(a01_marked_back_is_still_not_listed, NOW, "unified-cm", nr_back, { pid: Some("CP-8851NR-3PCC-K9=") }, "unknown", "CG105u CG404 CG601");

// "A04 FN74296: 8811 8841 8851 8851NR 8861 at V14 or earlier, 8845 8865 8865NR at any VID: CG403 on E2M"
fn any_8841(_: &mut Question) {}
case!(a04_v14, NOW, "third-party", any_8841, { vid: Some("V14") }, "eligible", "CG403 CG404 CG501r CG601 CG601");
case!(a04_v15, NOW, "third-party", any_8841, { vid: Some("V15") }, "eligible", "CG308 CG404 CG501r CG601 CG601");
case!(a04_possibly, NOW, "third-party", any_8841, { vid: None }, "eligible", "CG201r CG403 CG404 CG501r CG601 CG601 CG601");
case!(a04_8845_at_any_vid, NOW, "third-party", any_8841, { pid: Some("CP-8845-K9="), vid: Some("V30"), load: Some("sip8845_65.14-2-1-0101-26") }, "eligible", "CG403 CG404 CG501r CG601 CG601");
case!(a04_not_yet, Book::FieldAsOf("2025-07-24"), "third-party", any_8841, { vid: Some("V14") }, "eligible", "CG404 CG501r CG601");
case!(a04_the_day, Book::FieldAsOf("2025-07-25"), "third-party", any_8841, { vid: Some("V14") }, "eligible", "CG403 CG404 CG501r CG601 CG601");

// "A05.. hardware floors ...: target gates (M2E and E2M) and CG308"
fn v15_back(question: &mut Question) {
    back(question, "CP-8841-K9=", Some("V15"), "sip88xx.12-0-3MPP0001-87");
}
case!(a11_below_12_6_1, NOW, "unified-cm", v15_back, { target: Some("12.5(1)SR2") }, "ineligible", "CG307b");
case!(a11_not_for_v14, NOW, "unified-cm", v15_back, { vid: Some("V14"), target: Some("12.5(1)SR2") }, "eligible", "CG308 CG310 CG314 CG404 CG503 CG601 CG601 CG601");
case!(r19_back_without_vid_below_a_floor, NOW, "unified-cm", v15_back, { vid: None, target: Some("12.5(1)SR2") }, "unknown", "CG201u CG310 CG314 CG404 CG503 CG601 CG601 CG601");
case!(r19_back_with_an_unreadable_vid, NOW, "unified-cm", v15_back, { vid: Some("1.0"), target: Some("12.5(1)SR2") }, "unknown", "CG202u CG310 CG314 CG404 CG503 CG601 CG601 CG601");
case!(r19_back_with_two_vids, NOW, "unified-cm", v15_back, { pid: Some("CP-8841-K9= V14"), target: Some("12.5(1)SR2") }, "unknown", "CG310 CG311u CG314 CG404 CG503 CG601 CG601 CG601");
case!(r19_back_without_vid_above_all_floors, NOW, "unified-cm", v15_back, { vid: None, target: Some("14.3(1)") }, "eligible", "CG310 CG404 CG503 CG601 CG601 CG601");
case!(s2_5_back_in_guide, Book::Guide, "unified-cm", v15_back, { target: Some("12.5(1)SR2") }, "eligible", "CG310 CG313r CG314 CG404 CG503 CG601 CG601 CG601");
case!(s2_5_an_mn_load_is_not_compared, NOW, "unified-cm", v15_back, { target: Some("sip88xx.14-0-1MN-1036") }, "unknown", "CG307u CG307u CG308 CG308 CG310 CG314 CG404 CG503 CG601 CG601 CG601");

#[test]
fn a02_a03_gates_and_targets_of_the_7821_v26() {
    let of = |book| ask_book(book, "third-party", v26);
    let (october, now) = (of(OCTOBER_2024), of(NOW));
    assert_eq!(
        (gates(&october), load(&october)),
        ("14.2(1)SR1:met 12.0(3):met ".into(), "sip78xx.12-0-3MPP0001-87".into())
    );
    assert_eq!(
        (gates(&now), load(&now)),
        ("14.2(1)SR1:met 12.0(3):met 12.0(6):met ".into(), "sip78xx.12-0-7MPP0501-123".into())
    );
    assert_eq!((disagreements(&october), disagreements(&of(BEFORE))), ("D03 D04 D21".into(), "D03".into()));
    // with its own target no gate changes the verdict, even where the book has no load
    let january = of(JANUARY_2025);
    let missing = "14.2(1)SR1:met 12.0(3):unknown 12.0(6):unknown ";
    assert_eq!((gates(&january), load(&january)), (missing.into(), "null".into()));
}

#[test]
fn a05_a08_a12_a13_gates_of_a_7841_v20_that_goes_back() {
    let of = |book| ask_book(book, "unified-cm", |q| back(q, "CP-7841-K9=", Some("V20"), "sip78xx.12-0-3MPP0001-87"));
    let floors = "12.0(3):met 10.1(1)SR1:met 10.3(1):met 14.0(1)SR2:met ";
    let now = of(NOW);
    assert_eq!((gates(&now), disagreements(&now)), (format!("{floors}14.0(1):met "), "D05 D09 D13 D14".into()));
    // each floor says never lower
    assert!(codes(&now).starts_with("CG308 CG308 CG308 CG308 CG310"), "{}", codes(&now));
    let earlier = of(Book::FieldAsOf("2021-03-31"));
    assert_eq!((gates(&earlier), disagreements(&earlier)), (floors.to_string(), "D05 D09 D14".into()));
    // A14 adds no gate: 14.0(1) is enough
    let chosen = ask_book(NOW, "unified-cm", |q| {
        back(q, "CP-7861-K9=", Some("V20"), "sip78xx.12-0-3MPP0001-87");
        q.target = Some("14.0(1)");
    });
    assert_eq!((chosen.verdict.as_str(), gates(&chosen)), ("eligible", "12.0(3):met 10.3(1):met 14.0(1):met ".into()));
}

#[test]
fn a19_the_8832_to_webex() {
    let of =
        |book| ask_book(book, "webex-calling", |q| (q.pid, q.load) = (Some("8832NR"), Some("sip8832.14-2-1-0101-26")));
    // S1's 11.3(6) is below the floor: the newest load of the book, here one without a day of release
    let early = of(BEFORE);
    assert_eq!(
        (gates(&early), load(&early), disagreements(&early)),
        ("14.1(1):met 12.0(3)SR1:met ".into(), "sip8832.12-0-7MPP0001-46".into(), "D02 D04 D06 D15".into())
    );
    assert_eq!(load(&of(NOW)), "sip8832.12-0-7MPP0501-123");
    let guide = of(Book::Guide);
    assert_eq!((gates(&guide), load(&guide)), ("14.1(1):met ".into(), "sip8832.11-3-6MPP0001-272".into()));
}

#[test]
fn a20_to_a25_own_targets_as_of_a_day() {
    let own = |day: &'static str, pid: &'static str, load_now: &'static str| {
        let answer = ask_book(Book::FieldAsOf(day), "webex-calling", |q| (q.pid, q.load) = (Some(pid), Some(load_now)));
        load(&answer)
    };
    for (day, target) in [
        ("2025-03-24", "sip88xx.11-3-6MPP0001-272"),
        ("2025-03-25", "sip88xx.12-0-7MPP0101-52"),
        ("2026-03-16", "sip88xx.12-0-7MPP0101-52"),
        ("2026-03-17", "sip88xx.12-0-7MPP0501-123"),
    ] {
        assert_eq!(own(day, "8841", "sip88xx.14-2-1-0101-26"), target, "{day}");
    }
    for (day, target) in [
        ("2025-06-25", "sip78xx.11-3-6MPP0001-272"),
        ("2025-06-26", "sip78xx.12-0-7MPP0201-66"),
        ("2026-03-17", "sip78xx.12-0-7MPP0501-123"),
    ] {
        assert_eq!(own(day, "7811", "sip78xx.14-2-1-0101-26"), target, "{day}");
    }
    for (day, target) in [("2025-06-25", "sip8845_65.11-3-6MPP0001-272"), ("2025-06-26", "sip8845_65.12-0-7MPP0201-66")]
    {
        assert_eq!(own(day, "8845", "sip8845_65.14-2-1-0101-26"), target, "{day}");
    }
    // R38: the 12.0(7) of the 7832 without service release is never the book's own
    for (day, target) in [
        ("2025-03-24", "sip7832.11-3-6MPP0001-272"),
        ("2025-03-25", "sip7832.12-0-7MPP0101-52"),
        ("2025-06-26", "sip7832.12-0-7MPP0201-66"),
        ("2025-11-19", "sip7832.12-0-7MPP0301-92"),
        ("2026-03-17", "sip7832.12-0-7MPP0501-123"),
    ] {
        assert_eq!(own(day, "7832", "sip7832.14-2-1-0101-26"), target, "{day}");
    }
    // ... but it is a known load
    let known = ask_book(BEFORE, "webex-calling", |q| {
        (q.pid, q.load, q.target) = (Some("7832"), Some("sip7832.14-2-1-0101-26"), Some("12.0(7)"));
    });
    assert_eq!(load(&known), "sip7832.12-0-7MPP0001-46");
}

#[test]
fn r32_the_load_of_a_chosen_release() {
    let of = |book, target| load(&ask_book(book, "webex-calling", |q| q.target = Some(target)));
    assert_eq!(of(Book::Guide, "11.3(6)"), "sip88xx.11-3-6MPP0001-272");
    assert_eq!(of(BEFORE, "11.3(6)"), "sip88xx.11-3-6MPP0001-273");
    // R38: "Before its date such a load is not known to the book"
    assert_eq!(
        (of(BEFORE, "12.0(7)SR1").as_str(), of(NOW, "12.0(7)SR1").as_str()),
        ("null", "sip88xx.12-0-7MPP0101-52")
    );
    // an MN load is no load to install for a release
    let back = ask_book(NOW, "unified-cm", |q| {
        v15_back(q);
        q.target = Some("14.0(1)");
    });
    assert_eq!(load(&back), "sip88xx.14-0-1-0001-135");
}

#[test]
fn s2_6_the_newest_enterprise_load_above_the_floors() {
    let of =
        |book, vid| load(&ask_book(book, "unified-cm", |q| back(q, "CP-7821-K9=", vid, "sip78xx.12-0-4MPP0101-205")));
    let june_2026 = Book::FieldAsOf("2026-07-01");
    assert_eq!(of(june_2026, Some("V24")), "sip78xx.14-2-1-0101-26");
    // A15: 14.3(1) from V26 to V26, or with a VID that may be V26
    assert_eq!(of(june_2026, Some("V26")), "sip78xx.14-4-1-0101-153");
    assert_eq!(of(june_2026, None), "sip78xx.14-4-1-0101-153");
    assert_eq!(
        (of(june_2026, Some("V27")), of(BEFORE, None)),
        ("sip78xx.14-2-1-0101-26".into(), "sip78xx.14-2-1-0101-26".into())
    );
    // "the newest Enterprise load for unified-cm"
    for vid in [Some("V24"), Some("V26"), None] {
        assert_eq!(of(NOW, vid), "sip78xx.14-4-1-0301-6");
    }
}

#[test]
fn s2_6_the_load_to_install_first() {
    let of = |book, destination, change: fn(&mut Question)| ask_book(book, destination, change).install_first;
    let old_7841 = |q: &mut Question| {
        (q.pid, q.vid, q.load) = (Some("CP-7841-K9="), Some("V12"), Some("sip78xx.12-5-1SR3-74"));
    };
    // "in `field` a step before E2M takes the newest", as of the day
    assert_eq!(of(NOW, "webex-calling", old_7841).unwrap(), "sip78xx.14-4-1-0301-6");
    assert_eq!(of(Book::FieldAsOf("2026-07-01"), "webex-calling", old_7841).unwrap(), "sip78xx.14-4-1-0101-153");
    assert_eq!(of(Book::Guide, "third-party", old_7841).unwrap(), "sip78xx.14-2-1-0101-26");
    // "a step before M2E the one S2 names (12.0(3), 8832 SR1), if it passes"
    let old_8841 = |q: &mut Question| back(q, "CP-8841-K9=", None, "sip88xx.11-3-3MPP0001-377");
    assert_eq!(of(NOW, "unified-cm", old_8841).unwrap(), "sip88xx.12-0-3MPP0001-87");
    let old_8832 = |q: &mut Question| back(q, "CP-8832-K9=", None, "sip8832.12-0-3MPP0001-87");
    assert_eq!(of(NOW, "unified-cm", old_8832).unwrap(), "sip8832.12-0-3MPP0101-92");
    // ... which the floors of A17 and A18 do not let pass; the VID of the 7821 could be V25
    let old_nr = |q: &mut Question| back(q, "CP-8851NR-K9=", None, "sip88xx.11-3-3MPP0001-377");
    assert_eq!(of(NOW, "unified-cm", old_nr).unwrap(), "sip88xx.12-0-7MPP0501-123");
    let old_7821 = |q: &mut Question| back(q, "CP-7821-K9=", None, "sip78xx.11-3-3MPP0001-377");
    assert_eq!(of(NOW, "unified-cm", old_7821).unwrap(), "sip78xx.12-0-7MPP0501-123");
    // no load of the book passes
    assert_eq!(of(JANUARY_2025, "unified-cm", old_7821), None);
}

#[test]
fn r40_disagreements_to_webex() {
    let now = ask_book(NOW, "webex-calling", |q| q.vid = Some("V14"));
    assert_eq!(disagreements(&now), "D04 D06 D10");
    let nr_now = ask_book(NOW, "webex-calling", |q| {
        nr(q);
        q.target = Some("11.3(6)");
    });
    assert_eq!((nr_now.verdict.as_str(), disagreements(&nr_now)), ("ineligible", "D01".into()));
    let chosen = ask_book(NOW, "webex-calling", |q| (q.vid, q.target) = (Some("V15"), Some("11.3(6)")));
    assert_eq!(disagreements(&chosen), "D04 D07 D08");
}
