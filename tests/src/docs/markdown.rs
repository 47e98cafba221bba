//! Markdown, as GitHub reads it.

use std::fmt::Display;

use crossgrade::{Code, RuleBook};

/// `` `text` ``
pub(super) fn code(text: impl Display) -> String {
    format!("`{text}`")
}

/// `` `a`, `b` ``
pub(super) fn codes(texts: impl IntoIterator<Item = impl Display>) -> String {
    comma(texts.into_iter().map(code))
}

/// `S1, S2`
pub(super) fn comma(texts: impl IntoIterator<Item = impl Display>) -> String {
    texts.into_iter().map(|text| text.to_string()).collect::<Vec<_>>().join(", ")
}

/// A link to a finding, an amendment or a disagreement by its id. [`link_targets`] completes it at the end of the page,
/// so that a table stays legible as text.
pub(super) fn link(id: impl Display) -> String {
    format!("[{id}]")
}

/// Where the links of a page lead.
pub(super) fn link_targets(page: &str, book: &RuleBook, is_rules: bool) -> String {
    let (rules, findings) = if is_rules { ("", "findings.md") } else { ("rules.md", "") };
    let codes = Code::ALL.iter().map(|code| (code.to_string(), format!("{findings}#{}", anchor_of(*code))));
    let amendments = book.amendments().map(|row| &row.origin.id);
    let amendments = amendments.map(|id| (id.to_string(), format!("{rules}#{}", amendment_anchor(id))));
    let disagreements = book.disagreements().map(|row| {
        let heading = format!("{} {}", row.origin.id, row.subject);
        (row.origin.id.to_string(), format!("{rules}#{}", anchor(&heading)))
    });
    let links = codes.chain(amendments).chain(disagreements);
    let mut links: Vec<(String, String)> = links.filter(|(id, _)| page.contains(&link(id))).collect();
    links.sort();
    links.into_iter().map(|(id, target)| format!("[{id}]: {target}\n")).collect()
}

/// What GitHub makes of a heading: the part of an address behind `#` that leads to it.
pub(super) fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}

/// The anchor of a finding on its page.
fn anchor_of(code: Code) -> String {
    anchor(&format!("{code} {}", code.name()))
}

/// The anchor of an amendment, which has a line and no heading.
pub(super) fn amendment_anchor(id: &str) -> String {
    id.to_lowercase()
}

/// A dash where there is nothing: an empty cell looks forgotten.
pub(super) fn or_dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

/// A table: each row is on its own line.
pub(super) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut lines = vec![format!("| {} |", head.join(" | ")), format!("|{}", "---|".repeat(head.len()))];
    for row in rows {
        assert_eq!(row.len(), head.len(), "{row:?} has not one cell for each of {head:?}");
        lines.push(format!("| {} |", row.join(" | ")));
    }
    lines.join("\n") + "\n"
}

/// Lines of one cell.
pub(super) fn lines(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().collect::<Vec<_>>().join("<br>")
}

/// Puts together what has the same key, in the order of the first of each.
pub(super) fn grouped<K: PartialEq, T>(items: impl IntoIterator<Item = (K, T)>) -> Vec<(K, Vec<T>)> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for (key, item) in items {
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    groups
}
