//! Rows of which nothing can be trusted. The engine keeps one text of such a row, in the place of the product: what is wrong
//! with it, and the row as it stands, so that no reader of tables takes it for a product. Here the two come apart, for C has
//! a place for each.

use std::borrow::Cow;

use engine::fleet::SourceKind;
use engine::{Evidence, FleetRow, Phone};

/// The pid of a row: of a spoiled one its own words, without what is wrong with it. NULL where there are none, or where
/// they would be read as a product again: nothing in the row can be trusted.
pub(super) fn pid<'a>(row: &FleetRow, kind: Option<SourceKind>, pid: Cow<'a, str>) -> Option<Cow<'a, str>> {
    let Evidence::Unreadable(_) = row.phone().product() else { return Some(pid) };
    let Some(own) = row.problem().and_then(|problem| own_words(&pid, row.line(), problem, kind)) else {
        return Some(pid);
    };
    match Phone::new(own).product() {
        Evidence::Unreadable(_) => Some(Cow::Owned(own.to_owned())),
        _ => None,
    }
}

/// What stands behind the words of the engine; none if they do not stand in front.
fn own_words<'t>(text: &'t str, line: u64, problem: &str, kind: Option<SourceKind>) -> Option<&'t str> {
    let place = format!("line {line}: ");
    let problem_first = text.strip_prefix(&place).unwrap_or(text).strip_prefix(problem);
    if let Some(own) = problem_first.and_then(|rest| rest.strip_prefix(": ")) {
        return Some(own);
    }
    let came = problem.strip_suffix(" came instead of what the phone says of itself");
    let came = came.filter(|_| kind == Some(SourceKind::DevicePage))?;
    let rest = text.strip_prefix(came)?.strip_prefix(" instead of the page of a phone")?;
    Some(rest.strip_prefix(": ").unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use engine::fleet::FleetColumn;
    use engine::inventory::{Document, Inventory, ReadOptions, read};
    use engine::{RuleBook, Verdict};

    use super::*;

    fn inventory(name: &str, text: &str, kind: SourceKind) -> Inventory {
        let mut options = ReadOptions::default();
        options.kind = Some(kind);
        read(&Document::new(name, text), &options).expect("an inventory")
    }

    fn pids(inventory: &Inventory) -> Vec<Option<String>> {
        let fleet = inventory.fleet();
        let of = |row: &FleetRow| {
            let kind = fleet.source(row.origin()).map(engine::fleet::Source::kind);
            pid(row, kind, FleetColumn::Pid.text(fleet, row)?).map(Cow::into_owned)
        };
        fleet.rows().iter().map(of).collect()
    }

    #[test]
    fn the_pid_of_a_spoiled_row_is_the_row() {
        let table = "PID,VID\nCP-8841-K9=,V05,stray\nCP-8841-K9=\ngarbled,V05\nCP-8841-K9=,V05\n";
        let found = pids(&inventory("a.csv", table, SourceKind::Csv));
        let expected = [Some("CP-8841-K9=,V05,stray"), None, Some("garbled"), Some("CP-8841-K9=")];
        assert_eq!(found, expected.map(|pid| pid.map(str::to_owned)));
        let long = format!("PID,VID\n{},V05\n", "x".repeat(70_000));
        let found = pids(&inventory("a.csv", &long, SourceKind::Csv));
        assert_eq!(found, [Some("x".repeat(100))]);
    }

    /// Every kind of what may come instead of a page: if the engine says it in other words, this fails.
    #[test]
    fn the_pid_of_what_is_no_page_is_how_it_begins() {
        let pages = [
            ("", None),
            ("<html><title>Sign in</title><form><input type=password></form></html>", Some("<html><title>")),
            ("<html><body>It works</body></html>", Some("<html><body>")),
            ("<answer>yes</answer>", Some("<answer>yes")),
            ("<DeviceInf", Some("<DeviceInf")),
            ("garbled", Some("garbled")),
            ("\u{1}\u{2}\u{3}", None),
        ];
        for (page, expected) in pages {
            let found = pids(&inventory("10.0.1.11", page, SourceKind::DevicePage)).remove(0);
            let begins = found.as_deref().zip(expected).is_some_and(|(found, expected)| found.starts_with(expected));
            assert!(begins || (found.is_none() && expected.is_none()), "{page:?}: {found:?}");
        }
    }

    #[test]
    fn no_spoiled_row_gets_an_answer() {
        let tables =
            ["CP-8841-K9=", "CP-8841-K9=,V05,x", "line 2: 1 columns where the header has 2: CP-8841-K9=", "8841"];
        for table in tables {
            let inventory = inventory("a.csv", &format!("PID,VID\n{table}\n"), SourceKind::Csv);
            let pid = pids(&inventory).remove(0);
            let phone = Phone::new(pid.as_deref());
            let answer = RuleBook::field().assess(&phone, engine::Destination::ThirdParty);
            assert_eq!(answer.verdict(), Verdict::Unknown, "{table}: {pid:?}");
        }
    }
}
