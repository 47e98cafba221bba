//! Which models can be converted.

use crossgrade::rulebook::rows::{Answer, ConversionRow, Origin, PidMark, SingleFirmwareRow};
use crossgrade::{Code, Destination, Direction, FirmwareType, Model, RuleBook};

use crate::docs::books::{Books, amended_by};
use crate::docs::markdown::{comma, grouped, lines, link};
use crate::docs::side_by_side::{Line, SAME, in_one_cell, table_of};
use crate::docs::words_of_pages::{destinations_of, keys, name_of, once_each, row_ids, vids};

const INTRODUCTION: &str = "\
What each model may do, by direction. `yes` may be bound to conditions: hardware versions, what runs, what is \
installed. Several rows that say yes about a phone are alternatives, and one whose conditions all hold is enough; \
where the evidence for one is missing, the verdict is `unknown`.

`no` is the verdict `ineligible`, and `unknown` means that no document answers; the code names the finding. A phone \
that is known to run the firmware of its destination is `not-needed`, whatever these tables say of its model. A row \
about a model outweighs one about its series (`88xx`), and that one the row about any other device; a series stands \
for its models that have no row of their own.
";

const TO_MPP: &str = "\
For the destinations `webex-calling` and `third-party`; an answer without a destination is about both. A phone whose \
product id is marked 3PCC stands in no document's list ([CG106]), unless it runs MPP firmware: then nothing is needed.
";

const TO_ENTERPRISE: &str = "\
For the destination `unified-cm`. \"3PCC\" is a phone whose product id marks MPP hardware, \"returning\" one without \
such a mark that runs MPP firmware; an answer without either word is about both. What some hardware versions need on \
this way stands with the [floors](#floors-of-the-hardware).
";

/// What the table can be asked about a model.
struct Question {
    to: Destination,
    is_marked: bool,
    label: String,
}

pub(super) fn section(books: &Books) -> String {
    let to_mpp = destinations_of(Direction::EnterpriseToMpp);
    let to_mpp = to_mpp.into_iter().map(|to| Question { to, is_marked: false, label: format!("`{to}`") });
    let back = [(true, "3PCC"), (false, "returning")];
    let back =
        back.map(|(is_marked, label)| Question { to: Destination::UnifiedCm, is_marked, label: label.to_owned() });
    format!(
        "{INTRODUCTION}\n### To MPP firmware\n\n{TO_MPP}\n{}\n### Back to Enterprise firmware\n\n{TO_ENTERPRISE}\n{}",
        table(books, &to_mpp.collect::<Vec<_>>()),
        table(books, &back),
    )
}

/// A line for all models about which the books say the same.
fn table(books: &Books, questions: &[Question]) -> String {
    let keys = keys(&books.both());
    let models = keys.iter().map(|key| {
        let ask = |book| questions.iter().map(|question| answers(book, *key, question)).collect::<Vec<_>>();
        let (guide, field) = (ask(books.guide()), ask(books.field()));
        let labels = questions.iter().map(|question| question.label.clone());
        let in_guide = labels.clone().zip(guide.iter().map(|answers| told(answers))).collect::<Vec<_>>();
        let in_field = labels.zip(guide.iter().zip(&field).map(|(guide, field)| told_again(guide, field)));
        let says = (in_one_cell(&in_guide), in_one_cell(&in_field.collect::<Vec<_>>()));
        let origins = guide.into_iter().chain(field).flatten().flat_map(|answer| answer.origins);
        (says, (name_of(*key, &keys), origins.collect::<Vec<_>>()))
    });
    let lines = grouped(models).into_iter().map(|((guide, field), models)| {
        let (names, origins): (Vec<_>, Vec<_>) = models.into_iter().unzip();
        let rows = once_each(origins.into_iter().flatten());
        Line { about: vec![comma(names)], guide, field, behind: vec![row_ids(rows)] }
    });
    table_of(&["models"], &["rows"], lines.collect())
}

/// What a row answers.
struct Says<'b> {
    text: String,
    is_yes: bool,
    /// The row, and others that speak with it.
    origins: Vec<&'b Origin>,
}

/// The answers of a book about a model, those that ask for the least first.
fn answers<'b>(book: &'b RuleBook, key: Model, question: &Question) -> Vec<Says<'b>> {
    let rows = rows_about(book, key, question);
    if let Some(single) = book.single_firmware().find(|row| row.models.contains(&key)) {
        // A row of `conversions` speaks where it says no about just this series.
        let no = rows.iter().filter(|row| row.answer == Answer::SeriesExcluded && row.models.contains(&key));
        let origins = std::iter::once(&single.origin).chain(no.map(|row| &row.origin)).collect();
        return vec![Says { text: hardware(single, question.to), is_yes: false, origins }];
    }
    let says = rows.into_iter().map(|row| {
        let is_yes = row.answer == Answer::Convertible;
        Says { text: answer(row), is_yes, origins: vec![&row.origin] }
    });
    says.collect()
}

/// The rows about the model, else about its series, else about any other device.
fn rows_about<'b>(book: &'b RuleBook, key: Model, question: &Question) -> Vec<&'b ConversionRow> {
    let series = key.as_str().get(..2).map(|start| format!("{start}xx")).unwrap_or_default();
    let is_about = |row: &ConversionRow, name: &str| {
        let is_about_mark = match row.pid {
            PidMark::Marked => question.is_marked,
            PidMark::Other => !question.is_marked,
            _ => true,
        };
        is_about_mark
            && row.destinations.contains(&question.to)
            && row.models.iter().any(|model| model.as_str() == name)
    };
    let levels = [key.as_str(), &series, "other"];
    let rows = levels.map(|name| book.conversions().filter(|row| is_about(row, name)).collect::<Vec<_>>());
    let mut rows = rows.into_iter().find(|rows| !rows.is_empty()).unwrap_or_default();
    rows.sort_by_key(|row| {
        let asks_for_release = row.running_at_least.is_some() || row.target_at_least.is_some();
        (row.answer != Answer::Convertible, asks_for_release, row.origin.date)
    });
    rows
}

fn answer(row: &ConversionRow) -> String {
    match row.answer {
        Answer::Convertible => {
            let direction = row.destinations[0].direction();
            let (from, to) = (direction.from().name(), direction.to().name());
            let conditions = [
                vids(row.vid).map(|vids| format!("VID {vids}")),
                row.running_at_least.map(|release| format!("if {from} {release} or later runs")),
                row.target_at_least.map(|release| format!("if the target is {to} {release} or later")),
            ];
            std::iter::once("yes".to_owned()).chain(conditions.into_iter().flatten()).collect::<Vec<_>>().join(", ")
        }
        Answer::Excluded => format!("no {}", link(Code::CG104)),
        Answer::SeriesExcluded => format!("no {}", link(Code::CG103)),
        Answer::NotListed => format!("unknown {}", link(Code::CG105)),
        Answer::PidNotListed => format!("unknown {}", link(Code::CG106)),
        other => panic!("tests/src/docs/rules/conversions_section.rs has no words for the answer {other}"),
    }
}

fn hardware(row: &SingleFirmwareRow, to: Destination) -> String {
    match (row.runs == to.needs(), to.direction()) {
        _ if row.runs == FirmwareType::PhoneOs => format!("not needed {}", link(Code::CG109)),
        (true, _) => format!("not needed {}", link(Code::CG107)),
        (false, Direction::EnterpriseToMpp) => format!("no {}", link(Code::CG103)),
        (false, Direction::MppToEnterprise) => format!("no {}", link(Code::CG107)),
    }
}

/// Answers that stand beside each other: every yes, then what is said where none holds.
fn beside<'a>(answers: impl IntoIterator<Item = (bool, &'a str)>) -> String {
    let (yes, no): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(is_yes, _)| *is_yes);
    let yes = yes.iter().enumerate().map(|(place, (_, text))| format!("{}{text}", if place == 0 { "" } else { "or " }));
    let yes: Vec<String> = yes.collect();
    let or_else = if yes.is_empty() { "" } else { "else " };
    lines(yes.into_iter().chain(no.iter().map(|(_, text)| format!("{or_else}{text}"))))
}

fn told(answers: &[Says<'_>]) -> String {
    match answers {
        [] => format!("unknown {}", link(Code::CG105)),
        answers => beside(answers.iter().map(|answer| (answer.is_yes, answer.text.as_str()))),
    }
}

/// What `field` answers, beside what `guide` did. What stays names an amendment only if it has other sources now.
fn told_again(guide: &[Says<'_>], field: &[Says<'_>]) -> String {
    if field.is_empty() {
        return if guide.is_empty() { SAME.to_owned() } else { told(field) };
    }
    let is_in = |answers: &[Says<'_>], text: &str| answers.iter().any(|answer| answer.text == text);
    let amendment = |answer: &Says<'_>| {
        let by = answer.origins.iter().find_map(|origin| amended_by(origin));
        by.map(|by| format!(" ({by})")).unwrap_or_default()
    };
    let keeps_all = guide.iter().all(|old| is_in(field, &old.text));
    let (kept, new): (Vec<_>, Vec<_>) = field.iter().partition(|answer| keeps_all && is_in(guide, &answer.text));
    let is_restated = |answer: &Says<'_>| {
        let old = guide.iter().find(|old| old.text == answer.text);
        old.is_some_and(|old| old.origins[0].sources != answer.origins[0].sources)
    };
    let restated = kept.iter().filter(|answer| is_restated(answer)).map(|answer| amendment(answer));
    let same = format!("{SAME}{}", restated.collect::<String>());
    let same = (!kept.is_empty()).then(|| (kept.iter().any(|answer| answer.is_yes), same));
    let new = new.iter().map(|answer| (answer.is_yes, format!("{}{}", answer.text, amendment(answer))));
    let texts: Vec<(bool, String)> = same.into_iter().chain(new).collect();
    beside(texts.iter().map(|(is_yes, text)| (*is_yes, text.as_str())))
}
