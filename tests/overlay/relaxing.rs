//! What counts as relaxing, and what does not.

use crate::refused_overlays::problems;
use crate::{acme, laid};
use crossgrade::RuleBook;

/// One row that allows more than the book did; `@` stands where it says so. `what` is what it relaxes.
#[track_caller]
pub(crate) fn relaxes(base: &RuleBook, rows: &str, what: &str) {
    let with = |keys: &str| acme(base, &rows.replace('@', keys));
    let (line, place) = culprit(rows);
    let found = problems(base, &with(""));
    let message = format!("relaxes the book: {what}; expected `relax = true` and a `reason`, or a stricter row");
    let expected = format!("line {line}, column 1: {place}: {message}");
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);

    let found: Vec<_> = problems(base, &with(", relax = true")).iter().map(ToString::to_string).collect();
    let message = "missing; expected why the row may allow more than the book did";
    let expected = format!("line {line}, column 1: {place}.reason: {message}");
    assert!(found.contains(&expected), "{found:?}");

    let book = base.overlay(&with(", relax = true, reason = \"case 1\"")).unwrap_or_else(|error| panic!("{error}"));
    let reasons = book.rows().filter(|row| row.origin().reason.as_deref() == Some("case 1")).count();
    assert_eq!(reasons, usize::from(!rows.contains("remove = true@")), "the row that stays says why");
}

/// A row that allows no more than the book did needs no `relax`, and may not have it.
#[track_caller]
pub(crate) fn relaxes_nothing(base: &RuleBook, rows: &str) {
    let with = |keys: &str| acme(base, &rows.replace('@', keys));
    base.overlay(&with("")).unwrap_or_else(|error| panic!("{error}"));
    base.overlay(&with(", relax = false, reason = \"case 1\"")).unwrap_or_else(|error| panic!("{error}"));
    let (line, place) = culprit(rows);
    let found = problems(base, &with(", relax = true, reason = \"case 1\""));
    let message = "`relax = true`, but the row relaxes nothing of the book; expected it without";
    let expected = format!("line {line}, column 1: {place}: {message}");
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
}

/// Line and place of the row with the `@`.
pub(crate) fn culprit(rows: &str) -> (usize, String) {
    let mut section = "";
    for (index, line) in rows.lines().enumerate() {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
        }
        if line.contains('@') {
            let id = line.split(" = ").next().unwrap_or_default().trim_matches('"');
            return (13 + index, format!("{section}.{id}"));
        }
    }
    panic!("no row is marked in {rows}");
}

pub(crate) fn conversions(rows: &str) -> String {
    format!("[amendments.acme-1.conversions]\n{rows}")
}

pub(crate) fn gate_rows(rows: &str) -> String {
    format!("[amendments.acme-1.gates]\n{rows}")
}

fn floor_rows(rows: &str) -> String {
    format!("[amendments.acme-1.floors]\n{rows}")
}

#[test]
fn a_wider_range_of_hardware_versions_relaxes() {
    let guide = RuleBook::guide();
    for (vid, what) in [
        ("V02-V24", "7821 V02 can be converted for webex-calling"),
        ("V03-V25", "7821 V25 can be converted for webex-calling"),
        ("V03-", "7821 V25 can be converted for webex-calling"),
        ("any", "7821 V00 can be converted for webex-calling"),
        // Wider above, narrower below.
        ("V20-V30", "7821 V25 can be converted for webex-calling"),
    ] {
        relaxes(guide, &conversions(&format!("e2m-7821 = {{ vid = {vid:?}@ }}")), what);
    }
    for vid in ["V03-V24", "V04-V24", "V03-V23", "V10-V10"] {
        relaxes_nothing(guide, &conversions(&format!("e2m-7821 = {{ vid = {vid:?}@ }}")));
    }
}

#[test]
fn a_no_or_unknown_that_becomes_a_yes_relaxes() {
    let guide = RuleBook::guide();
    for (id, what) in [
        ("e2m-8851nr-webex-calling", "8851NR V00 can be converted for webex-calling"),
        ("e2m-8851nr-third-party", "8851NR V00 can be converted for third-party"),
        ("m2e-8832nr-3pcc", "8832NR V00 can be converted for unified-cm"),
    ] {
        relaxes(guide, &conversions(&format!("{id} = {{ answer = \"convertible\"@ }}")), what);
    }
    // An alternative beside a no; no gate or license makes up for it.
    let yes = r#"destination = "third-party", answer = "convertible", target-at-least = "12.0(3)""#;
    let alternative = format!("x = {{ models = [\"8865NR\"], {yes}@ }}");
    relaxes(guide, &conversions(&alternative), "8865NR V00 can be converted for third-party");
    // Not-listed is no yes, neither is a no for a model that no row named.
    relaxes_nothing(guide, &conversions("e2m-8851nr-webex-calling = { answer = \"not-listed\"@ }"));
    relaxes_nothing(
        guide,
        &conversions(r#"x = { models = ["7842"], destination = "third-party", answer = "excluded"@ }"#),
    );
}

#[test]
fn a_weaker_condition_relaxes() {
    let field = RuleBook::field();
    for (row, what) in [
        ("e2m-7821-v26 = { running-at-least = \"14.2(1)\"@ }", "7821 V26 can be converted for webex-calling"),
        ("e2m-7821-v26 = { running-at-least = \"any\"@ }", "7821 V26 can be converted for webex-calling"),
        ("e2m-8851nr-mpp-12-0-5 = { target-at-least = \"12.0(4)\"@ }", "8851NR V00 can be converted for webex-calling"),
        (
            "m2e-8851nr-returning = { pid = \"3pcc\"@ }\nm2e-8851nr = { pid = \"other\" }",
            "8851NR V00 can be converted for unified-cm",
        ),
    ] {
        relaxes(field, &conversions(row), what);
    }
    for row in [
        "e2m-7821-v26 = { running-at-least = \"14.4(1)\"@ }",
        "e2m-8851nr-mpp-12-0-5 = { target-at-least = \"12.0(6)\"@ }",
        "e2m-8851nr-mpp-12-0-5 = { destination = \"third-party\"@ }",
    ] {
        relaxes_nothing(field, &conversions(row));
    }
}

#[test]
fn a_gate_that_is_lowered_narrowed_moved_or_taken_away_relaxes() {
    let guide = RuleBook::guide();
    let start =
        |vid: &str, is: &str| format!("the start gate of 7811 {vid} for third-party is {is}, and was 14.2(1)SR1");
    for (row, what) in [
        ("start-third-party = { minimum = \"14.2(1)\"@ }", start("V00", "14.2(1)")),
        ("start-third-party = { vid = \"V05-\"@ }", start("V00", "none")),
        ("start-third-party = { except = [\"7811\"]@ }", start("V00", "none")),
        ("start-third-party = { models = [\"88xx\"]@ }", start("V00", "none")),
        ("start-third-party = { on = \"target\", minimum = \"11.3(6)\"@ }", start("V00", "none")),
        ("start-third-party = { remove = true@ }", start("V00", "none")),
        ("start-third-party = { destination = \"unified-cm\", minimum = \"11.3(6)\"@ }", start("V00", "none")),
        (
            "target-third-party-8832 = { minimum = \"12.0(3)\"@ }",
            "the target gate of 8832 V00 for third-party is 12.0(3), and was 12.0(3)SR1".to_owned(),
        ),
    ] {
        relaxes(guide, &gate_rows(row), &what);
    }
    for row in [
        "start-webex-calling = { minimum = \"14.2(1)\"@ }",
        "x = { on = \"target\", destination = \"webex-calling\", models = [\"listed\"], minimum = \"11.3(6)\"@ }",
    ] {
        relaxes_nothing(guide, &gate_rows(row));
    }
}

#[test]
fn a_floor_that_is_lowered_narrowed_moved_or_taken_away_relaxes() {
    let guide = RuleBook::guide();
    let floor = |vid: &str, is: &str| format!("the MPP floor of 8811 {vid} is {is}, and was 11.3(3)");
    for (row, what) in [
        ("target-v15-8800-audio = { minimum = \"11.3(2)\"@ }", floor("V15", "11.3(2)")),
        ("target-v15-8800-audio = { vid = \"V16-\"@ }", floor("V15", "none")),
        ("target-v15-8800-audio = { lasting = false@ }", floor("V15", "none")),
        ("target-v15-8800-audio = { models = [\"8841\"]@ }", floor("V15", "none")),
        ("target-v15-8800-audio = { firmware-type = \"enterprise\"@ }", floor("V15", "none")),
        ("target-v15-8800-audio = { remove = true@ }", floor("V15", "none")),
    ] {
        relaxes(guide, &floor_rows(row), &what);
    }
    for row in [
        "target-v15-8800-audio = { vid = \"V10-\"@ }",
        "target-v15-8800-audio = { models = [\"8811\", \"8841\", \"8845\", \"8851\", \"8861\"]@ }",
        "x = { models = [\"listed\"], firmware-type = \"mpp\", minimum = \"11.3(6)\"@ }",
    ] {
        relaxes_nothing(guide, &floor_rows(row));
    }
    // A target gate takes the place of the floor for one way, not for the other.
    let gate = r#"x = { on = "target", direction = "enterprise-to-mpp", models = ["8811", "8841", "8851", "8861"], vid = "V15-", minimum = "11.3(3)" }"#;
    let moved = format!("{}\n{}", floor_rows("target-v15-8800-audio = { remove = true@ }"), gate_rows(gate));
    relaxes(guide, &moved, &floor("V15", "none"));
    // A floor does all that a target gate did.
    let floor = r#"x = { models = ["listed"], firmware-type = "mpp", minimum = "12.0(3)" }"#;
    laid(guide, &format!("{}\n{}", gate_rows("target-third-party = { remove = true }"), floor_rows(floor)));
}

#[test]
fn an_older_load_to_install_first_relaxes() {
    let guide = RuleBook::guide();
    let rows = |rows: &str| format!("[amendments.acme-1.steps]\n{rows}");
    let older = "step-unified-cm-88xx = { load = \"sip88xx.11-3-6MPP0001-272\"@ }";
    let what =
        "the load to install before unified-cm is sip88xx.11-3-6MPP0001-272, older than sip88xx.12-0-3MPP0001-87";
    relaxes(guide, &rows(older), what);
    // Without a row it is the newest.
    relaxes_nothing(guide, &rows("step-unified-cm-88xx = { remove = true@ }"));
    let newest = "x = { destination = \"third-party\", load = \"sip88xx.14-2-1-0101-26\"@ }";
    relaxes_nothing(guide, &rows(newest));
}

/// Floors forbid the named 12.0(3) on a 7821 from V25 on, which gets the newest load; a later named load that its floor allows would
/// be older than that.
#[test]
fn a_later_load_to_install_first_may_be_older_for_some_hardware() {
    let field = RuleBook::field();
    let rows = |load: &str| format!("[amendments.acme-1.steps]\nstep-unified-cm-78xx = {{ load = {load:?}@ }}");
    let what =
        "the load to install before unified-cm is sip78xx.12-0-7MPP0201-66, older than sip78xx.12-0-7MPP0501-123";
    relaxes(field, &rows("sip78xx.12-0-7MPP0201-66"), what);
    relaxes_nothing(field, &rows("sip78xx.12-0-4MPP0001-195"));
    relaxes_nothing(field, &rows("sip78xx.12-0-7MPP0501-123"));
}

#[test]
fn the_newest_load_that_is_taken_away_relaxes() {
    let field = RuleBook::field();
    let rows = |rows: &str| format!("[amendments.acme-1.loads]\n{rows}");
    let what = "the newest Enterprise load is sip88xx.14-4-1-0101-153, older than sip88xx.14-4-1-0301-6";
    let target = "[amendments.acme-1.targets]\nload-unified-cm-88xx = { load = \"sip88xx.14-4-1-0101-153\", relax = true, reason = \"r\" }";
    let removed = rows("\"sip88xx.14-4-1-0301-6\" = { remove = true@ }");
    relaxes(field, &format!("{removed}\n{target}"), what);
    relaxes_nothing(field, &rows("\"sip88xx.12-0-1-8\" = { remove = true@ }"));
}

/// It does not matter how a rule is spelled, split, moved or renamed: only what all rows together allow.
#[test]
fn a_rule_that_is_split_moved_or_renamed_is_held_against_what_it_was() {
    let (guide, field) = (RuleBook::guide(), RuleBook::field());
    let yes = r#"models = ["7821"], direction = "enterprise-to-mpp", answer = "convertible""#;
    let renamed = |vid: &str| conversions(&format!("e2m-7821 = {{ remove = true }}\nx = {{ {yes}, vid = {vid:?}@ }}"));
    relaxes_nothing(guide, &renamed("V03-V24"));
    relaxes(guide, &renamed("V03-V26"), "7821 V25 can be converted for webex-calling");
    let split =
        |vid: &str| conversions(&format!("e2m-7821 = {{ vid = \"V03-V10\" }}\nx = {{ {yes}, vid = {vid:?}@ }}"));
    relaxes_nothing(guide, &split("V11-V24"));
    relaxes_nothing(guide, &split("V15-V20"));
    relaxes(
        guide,
        &split("V11-V25").replace("e2m-7821 = { vid = \"V03-V10\" }", "e2m-7821 = { remove = true }"),
        "7821 V25 can be converted for webex-calling",
    );
    // The row of another model.
    let moved = "e2m-7821 = { remove = true }\ne2m-7861 = { models = [\"7821\", \"7861\"]@ }";
    relaxes(guide, &conversions(moved), "7821 V25 can be converted for webex-calling");

    let gate = |vid: &str| {
        let same = r#"on = "start", destination = "third-party", models = ["listed"], minimum = "14.2(1)SR1""#;
        gate_rows(&format!("start-third-party = {{ vid = \"-V10\"@ }}\nx = {{ {same}, vid = {vid:?} }}"))
    };
    // The other half stands in a row of its own; the first half alone would relax, so it may say so.
    guide.overlay(&acme(guide, &gate("V11-").replace('@', ""))).unwrap_or_else(|error| panic!("{error}"));
    relaxes(guide, &gate("V12-"), "the start gate of 7811 V11 for third-party is none, and was 14.2(1)SR1");
    // Several gates stand before a 7841 V20; the highest of them counts.
    laid(field, &floor_rows("floor-7841-v02 = { remove = true }\nfloor-7841-v04 = { vid = \"V02-\" }"));
    let what = "the Enterprise floor of 7841 V18 is 10.3(1), and was 14.0(1)SR2";
    relaxes(field, &floor_rows("floor-7841-v18 = { remove = true@ }"), what);
}

#[test]
fn a_license_that_need_not_be_bought_any_more_relaxes() {
    let guide = RuleBook::guide();
    let rows = |rows: &str| format!("[amendments.acme-1.licenses]\n{rows}");
    for (row, what) in [
        (
            "license-e2m-third-party-7800 = { need = \"not-required\"@ }",
            "the license of series 7800 for third-party is not-required, and was purchase",
        ),
        (
            "license-e2m-third-party-7800 = { need = \"issued-by-control-hub\"@ }",
            "the license of series 7800 for third-party is issued-by-control-hub, and was purchase",
        ),
        (
            "license-m2e-8800 = { need = \"not-required\"@ }",
            "the license of series 8800 for unified-cm is not-required, and was purchase",
        ),
        (
            "license-e2m-third-party-7800 = { when = \"none\"@ }",
            "the license of series 7800 for third-party is nothing, and was purchase",
        ),
    ] {
        relaxes(guide, &rows(row), what);
    }
    // A model that is sold the licenses of a cheaper series.
    let cheap = |need: &str, mark: &str| {
        format!(
            r#"[amendments.acme-1.licenses]
a = {{ destination = "third-party", series = "cheap", when = "any", need = {need} }}
b = {{ destination = "webex-calling", series = "cheap", when = "any", need = "issued-by-control-hub" }}
c = {{ destination = "unified-cm", series = "cheap", when = "any", {bought} }}
[amendments.acme-1.models]
7811 = {{ series = "cheap"{mark} }}"#,
            bought = r#"need = "purchase", sku = "A", service-sku = "B", file = "{MAC}.lic""#
        )
    };
    let bought = r#""purchase", sku = "A", service-sku = "B", file = "{MAC}.lic""#;
    laid(guide, &cheap(bought, ""));
    let found = problems(guide, &acme(guide, &cheap("\"not-required\"", "")));
    let message = "the license of series cheap for third-party is not-required, and was purchase";
    assert!(found.len() == 1 && found[0].message.contains(message), "{found:?}");
    laid(guide, &cheap("\"not-required\"", ", relax = true, reason = \"case 1\""));

    let bought = r#"sku = "A", service-sku = "B", file = "{MAC}.lic""#;
    relaxes_nothing(guide, &rows("license-e2m-third-party-7800 = { sku = \"L-NEW=\"@ }"));
    let row = format!("license-e2m-webex-calling-7800 = {{ need = \"purchase\", {bought}@ }}");
    relaxes_nothing(guide, &rows(&row));
}

#[test]
fn an_older_target_relaxes() {
    let field = RuleBook::field();
    let rows = |load: &str| format!("[amendments.acme-1.targets]\nload-third-party-78xx = {{ load = {load:?}@ }}");
    let what = "the target for third-party is sip78xx.12-0-4MPP0101-205, older than sip78xx.12-0-7MPP0501-123";
    relaxes(field, &rows("sip78xx.12-0-4MPP0101-205"), what);
    relaxes_nothing(field, &rows("sip78xx.12-0-7MPP0501-123"));
    let newer = "[amendments.acme-1.loads]\n\"sip78xx.12-0-8MPP0001-1\" = {}\n";
    relaxes_nothing(field, &format!("{newer}{}", rows("sip78xx.12-0-8MPP0001-1")));
}

#[test]
fn hardware_that_may_run_more_than_it_did_relaxes() {
    let guide = RuleBook::guide();
    let rows = |rows: &str| format!("[amendments.acme-1.single-firmware]\n{rows}");
    relaxes(guide, &rows("runs-only-mpp-68xx = { remove = true@ }"), "68xx is said to run both types of firmware");
    relaxes(
        guide,
        &rows("runs-only-mpp-68xx = { runs = \"enterprise\"@ }"),
        "68xx is said to run Enterprise firmware only",
    );
    relaxes(
        guide,
        &rows("runs-only-enterprise-79xx = { models = [\"7965\"]@ }"),
        "79xx is said to run both types of firmware",
    );
    // A conversion, and its license, may fall away.
    let mpp_only = "8871 is said to run MPP firmware only";
    relaxes(guide, &rows("x = { models = [\"8871\"], runs = \"mpp\"@ }"), mpp_only);
    relaxes(guide, &rows("runs-only-mpp-68xx = { models = [\"68xx\", \"8871\"]@ }"), mpp_only);
    relaxes(guide, &rows("x = { models = [\"7975\"], runs = \"mpp\"@ }"), "7975 is said to run MPP firmware only");
    relaxes_nothing(guide, &rows("x = { models = [\"7975\"], runs = \"enterprise\"@ }"));
}

/// Its loads would be evidence of what runs, where they were a contradiction.
#[test]
fn a_model_of_another_family_relaxes() {
    let guide = RuleBook::guide();
    let rows = |keys: &str| format!("[amendments.acme-1.models]\n8841 = {{ {keys}@ }}");
    relaxes(guide, &rows("family = \"8845_65\""), "8841 takes loads of another family than 88xx");
    relaxes_nothing(guide, &rows("family = \"88xx\""));
    relaxes_nothing(guide, "[amendments.acme-1.models]\n8871 = { family = \"88xx\", series = \"8800\"@ }");
}

#[test]
fn evidence_that_counts_for_more_relaxes() {
    let guide = RuleBook::guide();
    let rows = |rows: &str| format!("[amendments.acme-1.evidence]\n{rows}");
    let readable = "authorization-readable-from holds for other releases than before";
    relaxes(guide, &rows("authorization-readable = { release = \"11.3(2)\"@ }"), readable);
    relaxes(guide, &rows("authorization-readable = { remove = true@ }"), readable);
    let mark = "3pcc-load-contradicts holds for other releases than before";
    relaxes(guide, &rows("outdated-mpp-on-3pcc = { major = 11@ }"), mark);
    relaxes(guide, &rows("outdated-mpp-on-3pcc = { remove = true@ }"), mark);
    relaxes_nothing(guide, &rows("authorization-readable = { release = \"11.3(5)\"@ }"));
    relaxes_nothing(guide, &rows("outdated-mpp-on-3pcc = { major = 10@ }"));
}

#[test]
fn a_warning_taken_away_relaxes() {
    let guide = RuleBook::guide();
    let rows = |rows: &str| format!("[amendments.acme-1.advice]\n{rows}");
    let lost = |model: &str| format!("{model} V00 for webex-calling is not warned of use-wired-connection as before");
    for (row, what) in [
        ("use-wired-connection = { remove = true@ }", lost("8861")),
        ("use-wired-connection = { models = [\"8861\"]@ }", lost("8865")),
        ("use-wired-connection = { vid = \"V04-\"@ }", lost("8861")),
        ("use-wired-connection = { says = \"features-lost\"@ }", lost("8861")),
        (
            "target-unconfirmed = { except = [\"7811\", \"8832\", \"8832NR\"]@ }",
            "7811 V00 for webex-calling is not warned of target-unconfirmed as before".to_owned(),
        ),
        (
            "target-unverified = { below = \"14.0(1)\"@ }",
            "7811 V00 for unified-cm with release 14.0(1) is not warned of target-unverified as before".to_owned(),
        ),
    ] {
        relaxes(guide, &rows(row), &what);
    }
    relaxes_nothing(guide, &rows("target-unverified = { below = \"14.3(1)\"@ }"));
    relaxes_nothing(guide, &rows("use-wired-connection = { models = [\"8861\", \"8865\", \"8851\"]@ }"));
    // A note is no warning.
    relaxes_nothing(guide, &rows("local-data-lost-e2m = { remove = true@ }"));
    relaxes_nothing(guide, &rows("returning-phone = { remove = true@ }"));
}

/// Models that fall back to a row of their series, which says the same.
#[test]
fn what_the_series_runs_need_not_be_said_of_its_models() {
    let rows = |rows: &str| format!("[amendments.acme-1.single-firmware]\n{rows}");
    relaxes_nothing(RuleBook::guide(), &rows("runs-phoneos-nr = { models = [\"9841NR\"]@ }"));
    relaxes_nothing(RuleBook::guide(), &rows("runs-phoneos-nr = { remove = true@ }"));
}

/// Rows that decide nothing relax nothing.
#[test]
fn loads_servers_and_disagreements_relax_nothing() {
    for rows in [
        "[amendments.acme-1.loads]\n\"sip78xx.12-0-4MPP0001-9\" = { disagreements = []@ }",
        "[amendments.acme-1.load-servers]\nload-server-webex-calling = { server = \"x\"@ }",
        "[amendments.acme-1.disagreements]\nD03 = { follows = \"x\"@ }",
        "[amendments.acme-1.errata]\nE01 = { says = \"x\"@ }",
    ] {
        relaxes_nothing(RuleBook::guide(), rows);
    }
}
