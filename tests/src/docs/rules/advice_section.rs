//! What a person should know beside the verdict, and what evidence is worth.

use crossgrade::rulebook::rows::{AdviceKind, AdviceRow, EvidenceRow, EvidenceRule};
use crossgrade::{Code, Release};

use crate::docs::books::Books;
use crate::docs::markdown::link;
use crate::docs::side_by_side::{Said, lines, rows, table_of};
use crate::docs::words_of_pages::{destinations, finding_of, phones};

const ADVICE: &str = "\
What a person should know beside the verdict. Where advice is for some hardware versions, a phone without a VID is \
advised too. [findings.md](findings.md) has the words of each finding.
";

const EVIDENCE: &str = "\
What some evidence is worth.
";

pub(super) fn advice(books: &Books) -> String {
    let [guide, field] = books.both().map(|book| book.advice().map(said).collect());
    let mut lines = lines(guide, field);
    lines.sort_by(|one, other| one.about[0].cmp(&other.about[0]));
    format!("{ADVICE}\n{}", table_of(&["finding", "to", "phones", "what"], &["row"], lines))
}

fn said(row: &AdviceRow) -> Said<'_> {
    let finding = finding_of(row.says);
    let end = |release: Option<Release>, word: &str| release.map(|release| format!(" {word} {release}"));
    let released = [end(row.from, "from"), end(row.below, "below")].map(Option::unwrap_or_default).concat();
    let released = if row.says == AdviceKind::TargetUnverified { String::new() } else { released };
    let running = row.running_below.map(|release| format!(" below MPP {release}")).unwrap_or_default();
    let made = row.made_from.map(|day| format!(" made from {day} on")).unwrap_or_default();
    // What CG602 is about stays the same, whatever is told of it.
    let told = row.told.as_deref().filter(|_| row.says != AdviceKind::TargetUnconfirmed).unwrap_or_default();
    let limits = [released, running, made].concat();
    let what = if limits.is_empty() { told.to_owned() } else { format!("{}: {told}", limits.trim_start()) };
    let choose = row.choose.map(|release| format!(", choose {release} instead"));
    let below = row
        .below
        .filter(|_| row.says == AdviceKind::TargetUnverified)
        .map(|release| format!(", for a target below {release}"));
    let about = vec![
        format!("{} {}", link(finding), finding.name()),
        destinations(&row.destinations),
        phones(&row.models, &row.except, row.vid),
        what,
    ];
    let told = row.told.as_deref().filter(|_| row.says == AdviceKind::TargetUnconfirmed);
    let told = told.map(|told| format!("; {told}"));
    let says = [choose, below, told].map(Option::unwrap_or_default).concat();
    let says = format!("yes{says}");
    Said { about, says, origin: &row.origin }
}

pub(super) fn evidence(books: &Books) -> String {
    let [guide, field] = books.both().map(|book| book.evidence().map(worth).collect());
    format!("{EVIDENCE}\n{}", rows(&[], guide, field))
}

fn worth(row: &EvidenceRow) -> Said<'_> {
    let says = match row.means {
        EvidenceRule::ContradictsMark => format!(
            "A load of {}.x without a firmware token, on a phone marked 3PCC, contradicts the mark ({}).",
            row.release.major(),
            link(Code::CG311)
        ),
        EvidenceRule::AuthorizationReadable => format!(
            "A transition authorization counts from MPP {} on; one that is supplied for an older release is absent.",
            row.release
        ),
        other => panic!("tests/src/docs/rules/advice_section.rs has no words for the evidence rule {other}"),
    };
    Said { about: Vec::new(), says, origin: &row.origin }
}
