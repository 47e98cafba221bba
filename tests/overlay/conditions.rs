//! Rows that say yes under conditions: which condition a no names, and whether the hardware version has to be known
//! where several rows say yes to some versions each.

use crate::laid;
use crossgrade::Destination::WebexCalling;
use crossgrade::{Code, Effect, Phone, RuleBook, Verdict};

/// A book in which the 8841 has two rows that say yes, with these conditions.
#[track_caller]
fn two_rows(one: &str, other: &str) -> RuleBook {
    let rows = format!(
        r#"[amendments.acme-1.conversions]
e2m-8841 = {{ {one} }}
e2m-8841-other = {{ models = ["8841"], direction = "enterprise-to-mpp", answer = "convertible", {other} }}"#
    );
    laid(RuleBook::guide(), &rows)
}

/// The verdict about an 8841 without a hardware version that runs 14.2(1)SR1, and with which effect it is asked for.
fn without_version(book: &RuleBook, target: &str) -> (Verdict, Option<Effect>) {
    let phone = Phone::new("CP-8841-K9=").load("sip88xx.14-2-1-0101-26");
    let request = book.request(WebexCalling, Some(target)).expect("a target");
    let answer = book.assess_request(&phone, &request);
    let asked = answer.findings().find(|finding| finding.code() == Code::CG201);
    (answer.verdict(), asked.map(|finding| finding.effect()))
}

const NOT_NEEDED: (Verdict, Option<Effect>) = (Verdict::Eligible, Some(Effect::Requires));
const DECIDES: (Verdict, Option<Effect>) = (Verdict::Unknown, Some(Effect::Unsettled));

#[test]
fn rows_that_leave_no_version_out_do_not_need_it() {
    for (one, other) in [
        (r#"vid = "-V09""#, r#"vid = "V10-""#),
        (r#"vid = "V10-""#, r#"vid = "-V09""#),
        (r#"vid = "-V09""#, r#"vid = "V05-""#),
        (r#"vid = "V01-""#, r#"vid = "V00-V00""#),
    ] {
        assert_eq!(without_version(&two_rows(one, other), "12.0(3)"), NOT_NEEDED, "{one} {other}");
    }
}

#[test]
fn rows_that_leave_a_version_out_need_it() {
    for (one, other) in [
        (r#"vid = "-V09""#, r#"vid = "V11-""#),
        (r#"vid = "V01-V09""#, r#"vid = "V10-""#),
        (r#"vid = "-V09""#, r#"vid = "V10-V20""#),
    ] {
        assert_eq!(without_version(&two_rows(one, other), "12.0(3)"), DECIDES, "{one} {other}");
    }
}

/// A row that asks for more than a hardware version closes a gap only for phones that are as it asks.
#[test]
fn a_row_whose_other_condition_fails_leaves_its_versions_out() {
    let by_target = two_rows(r#"vid = "-V09""#, r#"vid = "V10-", target-at-least = "12.0(3)""#);
    assert_eq!(without_version(&by_target, "12.0(2)"), DECIDES);
    assert_eq!(without_version(&by_target, "12.0(3)"), NOT_NEEDED);
    let by_release = two_rows(r#"vid = "-V09""#, r#"vid = "V10-", running-at-least = "14.2(1)SR1""#);
    assert_eq!(without_version(&by_release, "12.0(3)"), NOT_NEEDED);
    let old = Phone::new("CP-8841-K9=").load("sip88xx.14-1-1-0211-134");
    assert_eq!(by_release.assess(&old, WebexCalling).verdict(), Verdict::Unknown);
}

/// Nor does a row whose other condition is open.
#[test]
fn a_row_whose_other_condition_is_open_leaves_its_versions_out() {
    let book = two_rows(r#"vid = "-V09""#, r#"vid = "V10-", running-at-least = "14.2(1)SR1""#);
    let verdict = |phone: Phone<'_>| book.assess(&phone, WebexCalling).verdict();
    assert_eq!(verdict(Phone::new("CP-8841-K9=").firmware_type("enterprise")), Verdict::Unknown);
    assert_eq!(verdict(Phone::new("CP-8841-K9=").firmware_type("enterprise").release("14.3(1)")), Verdict::Eligible);
    let book = two_rows(r#"vid = "-V09""#, r#"vid = "V10-", target-at-least = "12.0(3)""#);
    // A load for another family says nothing about what this phone would get.
    assert_eq!(without_version(&book, "sip78xx.12-0-7MPP0201-66").0, Verdict::Unknown);
}

/// Where no row says no, the first that could have said yes tells what it lacks.
#[test]
fn a_no_names_the_condition_that_fails() {
    let rows = r#"[amendments.acme-1.conversions]
e2m-8841 = { vid = "V03-V20", running-at-least = "14.2(1)SR1", target-at-least = "12.0(3)" }"#;
    let book = laid(RuleBook::guide(), rows);
    let (old, new) = ("sip88xx.14-1-1-0211-134", "sip88xx.14-2-1-0101-26");
    let blocks = |vid: &str, load: &str, target: &str| {
        let phone = Phone::new("CP-8841-K9=").vid(vid).load(load);
        let request = book.request(WebexCalling, Some(target)).expect("a target");
        let answer = book.assess_request(&phone, &request);
        let blocks = answer.findings().filter(|finding| finding.effect() == Effect::Blocks);
        blocks.map(|finding| finding.code()).collect::<Vec<_>>()
    };
    assert_eq!(blocks("V03", new, "12.0(3)"), []);
    assert_eq!(blocks("V02", old, "12.0(2)"), [Code::CG203]);
    assert_eq!(blocks("V21", old, "12.0(2)"), [Code::CG204]);
    assert_eq!(blocks("V20", old, "12.0(2)"), [Code::CG307]);
    assert_eq!(blocks("V20", old, "12.0(3)"), [Code::CG305]);
}
