//! Limits: what is too large is refused by name.

use crate::refused_overlays::problems;
use crate::relaxing::{conversions, gate_rows};
use crate::{acme, laid};
use crossgrade::RuleBook;
use crossgrade_tests::overlays::head;

#[test]
fn a_text_over_1_mib_is_refused_and_one_of_1_mib_is_not() {
    const LONGEST: usize = 1 << 20;
    let guide = RuleBook::guide();
    let fill = |len: usize| {
        let head = head("guide", "acme");
        format!("{head}#{}", "x".repeat(len - head.len() - 1))
    };
    assert!(guide.overlay(&fill(LONGEST)).is_ok());
    for len in [LONGEST + 1, 40 * LONGEST] {
        let found = problems(guide, &fill(len));
        let message = format!("line 1, column 1: file: {len} bytes; expected at most 1048576");
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [message]);
        assert!(RuleBook::check(&fill(len)).is_err());
    }
}

#[test]
fn more_than_2000_rows_of_a_section_are_refused() {
    let rows = |count: usize| (0..count).map(|row| format!("x{row} = {{ says = \"x\" }}\n")).collect::<String>();
    let text = |count| acme(RuleBook::guide(), &format!("[amendments.acme-1.errata]\n{}", rows(count)));
    // The guide has nine.
    assert_eq!(RuleBook::guide().overlay(&text(1991)).map(|book| book.errata().count()), Ok(2000));
    let found = problems(RuleBook::guide(), &text(2001));
    let message = "line 2005, column 1: amendments.acme-1.errata.x1991: more than 2000 rows in section errata";
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [message]);
}

#[test]
fn more_than_200_models_are_refused() {
    // 7914 to 7916 are expansion modules, which a book cannot make phones.
    let models = || (7901..=7999).chain(8901..=8999).filter(|model| !(7914..=7916).contains(model));
    let row = |model| format!("{model} = {{ family = \"88xx\", series = \"8800\" }}\n");
    let text = |count: usize| {
        acme(
            RuleBook::guide(),
            &format!("[amendments.acme-1.models]\n{}", models().take(count).map(row).collect::<String>()),
        )
    };
    // The guide has fifteen.
    assert_eq!(RuleBook::guide().overlay(&text(185)).map(|book| book.models().count()), Ok(200));
    let found = problems(RuleBook::guide(), &text(186));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place, "amendments.acme-1.models");
    assert_eq!(found[0].message, "201 models; expected at most 200");
}

#[test]
fn more_than_16_alternatives_for_one_phone_are_refused() {
    let row = |vid: usize| {
        let yes = r#"models = ["8851NR"], destination = "third-party", pid = "other", answer = "convertible""#;
        let range = format!("V{vid:02}-V{vid:02}");
        format!("x{vid} = {{ {yes}, vid = {range:?}, relax = true, reason = \"case 1\" }}\n")
    };
    let text = |count: usize| conversions(&(0..count).map(row).collect::<String>());
    // One more says no.
    laid(RuleBook::guide(), &text(15));
    let found = problems(RuleBook::guide(), &acme(RuleBook::guide(), &text(16)));
    let message = "line 14, column 1: amendments.acme-1.conversions.x0: 17 rows answer whether 8851NR (other) can be \
                   converted for third-party; expected at most 16";
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [message]);
}

/// A text within the limits may still be meant to take long; `crossgrade_tests::shapes` has it at several sizes.
#[test]
fn the_largest_overlays_are_read() {
    let rows = |prefix: &str, keys: &str| -> String {
        let row = |number: usize| {
            let last = if number < 1000 { 999 } else { 998 };
            format!("{prefix}{number} = {{ {keys}, vid = \"V{:03}-V{last}\" }}\n", number % 1000)
        };
        (0..1900).map(row).collect()
    };
    let scope = r#"direction = "enterprise-to-mpp", models = ["listed"]"#;
    let gates = rows("g", &format!("on = \"target\", minimum = \"11.3(3)\", {scope}"));
    let advice = rows("a", &format!("says = \"features-lost\", {scope}"));
    laid(RuleBook::guide(), &format!("[amendments.acme-1.gates]\n{gates}[amendments.acme-1.advice]\n{advice}"));
    let many = (0..125_000).map(|number| format!("\"{number:04}\",")).collect::<String>();
    let found =
        problems(RuleBook::guide(), &acme(RuleBook::guide(), &gate_rows(&format!("x = {{ models = [{many}] }}"))));
    assert!(found.iter().any(|problem| problem.message == "found 125000 items; expected at most 300"), "{found:?}");
}
