//! Ways around `relax` that a review found; each is closed.

use crate::acme;
use crate::refused_overlays::problems;
use crate::relaxing::{conversions, gate_rows, relaxes};
use crossgrade::RuleBook;

/// A row that asks for a target is met by a load that comes later, too.
#[test]
fn a_load_or_target_that_lets_a_phone_go_relaxes() {
    let before = RuleBook::field_as_of("2024-08-26".parse().expect("a day"));
    let load = "[amendments.acme-1.loads]\n\"sip88xx.12-0-7MPP0101-52\" = {@ }";
    let what = "8851NR V00 can be converted for webex-calling with the book's own target";
    relaxes(before, &load.replace("{@ }", "{ disagreements = []@ }"), what);
}

/// One row that says so does not speak for the others.
#[test]
fn every_row_that_relaxes_has_to_say_so() {
    let guide = RuleBook::guide();
    let flagged = "target-third-party-8832 = { minimum = \"12.0(3)\", relax = true, reason = \"TAC\" }";
    let rows = gate_rows(&format!("{flagged}\ntarget-third-party = {{ minimum = \"11.3(6)\" }}"));
    let found = problems(guide, &acme(guide, &rows));
    assert!(found.len() == 1 && found[0].to_string().contains("target-third-party: relaxes the book"), "{found:?}");

    let low = conversions(
        "e2m-7821-v25 = { models = [\"7821\"], direction = \"enterprise-to-mpp\", answer = \"convertible\", vid = \"V25-V25\", relax = true, reason = \"TAC\" }\n\
         e2m-7821-low = { models = [\"7821\"], direction = \"enterprise-to-mpp\", answer = \"convertible\", vid = \"-V02\" }",
    );
    let found = problems(guide, &acme(guide, &low));
    assert!(found.len() == 1 && found[0].to_string().contains("e2m-7821-low: relaxes the book: 7821 V00"), "{found:?}");
}

/// An earlier amendment does not speak for a later one, and a series is no model.
#[test]
fn each_amendment_of_a_row_says_that_it_relaxes() {
    let guide = RuleBook::guide();
    let first = gate_rows("start-third-party = { minimum = \"14.2(1)\", relax = true, reason = \"TAC\" }");
    let later = "\n[amendments.acme-2]\ndate = 2026-12-01\nsources = [\"S2\"]\nconfidence = \"low\"\nsays = \"lower\"\n\
                 [amendments.acme-2.gates]\nstart-third-party = { minimum = \"12.0(1)\" }";
    let found = problems(guide, &acme(guide, &format!("{first}{later}")));
    assert!(found.iter().any(|problem| problem.to_string().contains("relaxes the book")), "{found:?}");

    let series = "[amendments.acme-1.models]\n88xx = { family = \"88xx\", series = \"8800\" }";
    let found = problems(guide, &acme(guide, series));
    assert!(found[0].to_string().contains("expected one model"), "{found:?}");
}

/// A stricter row beside it is not the one to mend.
#[test]
fn a_relaxation_is_told_where_it_stands() {
    let guide = RuleBook::guide();
    let rows = gate_rows(
        "target-third-party = { minimum = \"12.0(3)SR1\" }\ntarget-third-party-8832 = { minimum = \"12.0(1)\" }",
    );
    let found = problems(guide, &acme(guide, &rows));
    let place = "target-third-party-8832: relaxes the book: the target gate of 8832 V00";
    assert!(found.iter().any(|problem| problem.to_string().contains(place)), "{found:?}");
}

/// A warning that is split by hardware version holds for each of them.
#[test]
fn splitting_a_warning_is_no_trick() {
    let guide = RuleBook::guide();
    let rows = "[amendments.acme-1.advice]\ntarget-unverified = { vid = \"-V01\" }\n\
                x = { says = \"target-unverified\", direction = \"mpp-to-enterprise\", models = [\"listed\"], vid = \"V02-\", below = \"10.1(1)\" }";
    let found = problems(guide, &acme(guide, rows));
    assert!(
        found.iter().any(|problem| problem.to_string().contains("is not warned of target-unverified")),
        "{found:?}"
    );
}

/// How-to, what else is refused.
#[test]
fn a_row_that_is_taken_away_may_not_be_named_any_more() {
    let guide = RuleBook::guide();
    let load = "[amendments.acme-1.loads]\n\"sip88xx.11-3-6MPP0001-272\" = { remove = true }";
    let found = problems(guide, &acme(guide, load));
    assert!(
        found.iter().any(|problem| problem.to_string().contains("row load-webex-calling-88xx names it")),
        "{found:?}"
    );
    let outright = format!(
        "{load}\n[amendments.acme-1.targets]\nload-webex-calling-88xx = {{ load = \"sip88xx.11-3-6MPP0001-272\" }}"
    );
    assert!(!problems(guide, &acme(guide, &outright)).is_empty());
    let disagreement = "[amendments.acme-1.disagreements]\nD04 = { remove = true }";
    assert!(!problems(guide, &acme(guide, disagreement)).is_empty());
}

/// What an answer says of a disagreement depends on the order of its sides, so the digest does.
#[test]
fn the_order_of_sides_is_a_part_of_the_rules() {
    let guide = include_str!("../../core/data/guide.toml");
    let one = r#"{ says = "12.0(3), 8832 12.0(3)SR1", sources = ["S2"] }, { says = "11.3(5)", sources = ["G2"] }"#;
    let other = r#"{ says = "11.3(5)", sources = ["G2"] }, { says = "12.0(3), 8832 12.0(3)SR1", sources = ["S2"] }"#;
    assert!(guide.contains(one));
    let swapped = RuleBook::from_toml(&guide.replace(one, other)).expect("a book");
    assert_ne!(swapped.digest(), RuleBook::guide().digest());
}

/// A no beside a yes that still holds would do nothing; a phone may not lose its row by the way.
#[test]
fn a_no_that_does_nothing_and_a_phone_left_out_are_told() {
    let field = RuleBook::field();
    let found =
        problems(field, &acme(field, &conversions("e2m-8851nr-webex-calling = { answer = \"series-excluded\" }")));
    assert!(found.len() == 1 && found[0].to_string().contains("e2m-8851nr-mpp-12-0-5 still says yes"), "{found:?}");
    let guide = RuleBook::guide();
    let found = problems(guide, &acme(guide, &conversions("e2m-8832 = { destination = \"webex-calling\" }")));
    assert!(
        found.len() == 1 && found[0].to_string().contains("leaves 8832 (3pcc) without a row for third-party"),
        "{found:?}"
    );
}
