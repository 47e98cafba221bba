//! What a person should know beside the verdict, and what evidence is worth.

use crossgrade::Code;
use crossgrade::rulebook::rows::{AdviceRow, EvidenceRow, EvidenceRule};

use crate::docs::books::Books;
use crate::docs::markdown::link;
use crate::docs::side_by_side::{Said, lines, rows, table_of};
use crate::docs::words::{destinations, finding_of, phones};

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
    format!("{ADVICE}\n{}", table_of(&["finding", "to", "phones"], &["row"], lines))
}

fn said(row: &AdviceRow) -> Said<'_> {
    let finding = finding_of(row.says);
    let choose = row.choose.map(|release| format!(", choose {release} instead"));
    let below = row.below.map(|release| format!(", for a target below {release}"));
    let about = vec![
        format!("{} {}", link(finding), finding.name()),
        destinations(&row.destinations),
        phones(&row.models, &row.except, row.vid),
    ];
    let says = format!("yes{}{}", choose.unwrap_or_default(), below.unwrap_or_default());
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
        other => panic!("tests/src/docs/rules/advice.rs has no words for the evidence rule {other}"),
    };
    Said { about: Vec::new(), says, origin: &row.origin }
}
