//! Which rows of a book make a code speak.

use crossgrade::rulebook::rows::{
    AdviceKind, Answer, AuthorizationState, ConversionRow, EvidenceRule, FloorRow, LicenseNeed, Origin, PidMark, Stage,
};
use crossgrade::{Code, Destination, FirmwareType, Model, RuleBook};

use crate::docs::words_of_pages::finding_of;

/// The rows that make a code speak.
pub fn rows_of(book: &RuleBook, code: Code) -> Vec<&Origin> {
    let conversions = |fits: fn(&RuleBook, &ConversionRow) -> bool| -> Vec<&Origin> {
        book.conversions().filter(|row| fits(book, row)).map(|row| &row.origin).collect()
    };
    let gates = |on| -> Vec<&Origin> { book.gates().filter(|row| row.on == on).map(|row| &row.origin).collect() };
    let licenses =
        |need| -> Vec<&Origin> { book.licenses().filter(|row| row.need == need).map(|row| &row.origin).collect() };
    let single_firmware = |is_one_image: bool| -> Vec<&Origin> {
        let rows = book.single_firmware().filter(|row| (row.runs == FirmwareType::PhoneOs) == is_one_image);
        rows.map(|row| &row.origin).collect()
    };
    match code {
        Code::CG103 => conversions(|_, row| row.answer == Answer::SeriesExcluded),
        Code::CG104 => conversions(|_, row| row.answer == Answer::Excluded),
        Code::CG105 => conversions(|_, row| row.answer == Answer::NotListed),
        Code::CG106 => conversions(|_, row| row.answer == Answer::PidNotListed),
        Code::CG107 => single_firmware(false),
        Code::CG109 => single_firmware(true),
        Code::CG201 | Code::CG202 => {
            let gates = book.gates().filter(|row| row.on == Stage::Target && row.vid.has_bound());
            let gates = gates.filter(|row| asks_first(book, &row.models, &row.destinations));
            let floors = book.floors().filter(|row| row.vid.has_bound());
            let floors = floors.filter(|row| asks_first(book, &row.models, &destinations_of(row)));
            let rows = conversions(|book, row| is_first(book, row, |row| row.vid.has_bound()));
            let gates = gates.map(|row| &row.origin).chain(floors.map(|row| &row.origin));
            rows.into_iter().chain(gates).collect()
        }
        Code::CG203 => conversions(|book, row| row.vid.from.is_some() && tells_the_no(book, row)),
        Code::CG204 => conversions(|book, row| row.vid.to.is_some() && tells_the_no(book, row)),
        Code::CG305 => {
            let rows = conversions(|book, row| row.running_at_least.is_some() && tells_the_no(book, row));
            [gates(Stage::Start), rows].concat()
        }
        Code::CG306 => [gates(Stage::Start), conversions(|_, row| row.running_at_least.is_some())].concat(),
        Code::CG307 => {
            let rows = conversions(|book, row| row.target_at_least.is_some() && tells_the_no(book, row));
            let floors = book.floors().map(|row| &row.origin).collect();
            [gates(Stage::Target), floors, rows].concat()
        }
        Code::CG308 => book.floors().filter(|row| row.lasting).map(|row| &row.origin).collect(),
        Code::CG311 => {
            let outdated = book.evidence().filter(|row| row.means == EvidenceRule::ContradictsMark);
            let floors = book.floors().filter(|row| row.lasting).map(|row| &row.origin);
            let single_firmware = book.single_firmware().map(|row| &row.origin);
            let hardware = single_firmware.chain(floors);
            hardware.chain(outdated.map(|row| &row.origin)).collect()
        }
        Code::CG501 => licenses(LicenseNeed::Purchase),
        Code::CG502 => licenses(LicenseNeed::IssuedByControlHub),
        Code::CG503 => licenses(LicenseNeed::NotRequired),
        Code::CG504 => licenses(LicenseNeed::Unknown),
        Code::CG506 => {
            let rows = book.licenses().filter(|row| row.destination.needs() == FirmwareType::Mpp);
            rows.filter(|row| row.when != AuthorizationState::Given).map(|row| &row.origin).collect()
        }
        Code::CG601 => {
            let rows = book.disagreements();
            rows.map(|row| &row.origin).filter(|row| !rows_that_disagree(book, &row.id).is_empty()).collect()
        }
        code => {
            let kind = AdviceKind::ALL.iter().find(|kind| finding_of(**kind) == code);
            book.advice().filter(|row| Some(&row.says) == kind).map(|row| &row.origin).collect()
        }
    }
}

/// Whether a no is told by this row: the first of those that would say yes, where none says anything else.
fn tells_the_no(book: &RuleBook, row: &ConversionRow) -> bool {
    is_first(book, row, |_| true)
        && questions(row).any(|question| beside(book, question).all(|row| row.answer == Answer::Convertible))
}

/// Whether the row is the first of those that would say yes and fit; those that ask for no release come first.
fn is_first(book: &RuleBook, row: &ConversionRow, fits: fn(&ConversionRow) -> bool) -> bool {
    questions(row).any(|question| {
        let rows = beside(book, question).filter(|row| row.answer == Answer::Convertible && fits(row));
        let first = rows.min_by_key(|row| {
            let asks_for_release = row.running_at_least.is_some() || row.target_at_least.is_some();
            (asks_for_release, row.origin.id.clone())
        });
        first.is_some_and(|first| first.origin.id == row.origin.id)
    })
}

/// The destinations for which a floor is a target gate.
fn destinations_of(floor: &FloorRow) -> Vec<Destination> {
    Destination::ALL.iter().copied().filter(|to| to.needs() == floor.firmware_type).collect()
}

/// Whether some phone of these has no row that says yes and asks for the hardware version before a gate does.
fn asks_first(book: &RuleBook, models: &[Model], destinations: &[Destination]) -> bool {
    let is_bound = |model: &Model, to: &Destination| {
        let mut rows = book.conversions().filter(|row| row.models.contains(model) && row.destinations.contains(to));
        rows.any(|row| row.answer == Answer::Convertible && row.vid.has_bound())
    };
    models.iter().any(|model| destinations.iter().any(|to| !is_bound(model, to)))
}

/// What is asked about a phone: its model, where it goes, and whether its product id is marked 3PCC.
type Question = (Model, Destination, PidMark);

/// The questions that a row answers.
fn questions(row: &ConversionRow) -> impl Iterator<Item = Question> {
    let marks = [PidMark::Marked, PidMark::Other].into_iter().filter(|mark| is_about(row, *mark));
    marks.flat_map(move |mark| {
        let destinations = row.destinations.iter();
        destinations.flat_map(move |to| row.models.iter().map(move |model| (*model, *to, mark)))
    })
}

/// The rows that answer the same question.
fn beside(book: &RuleBook, (model, to, mark): Question) -> impl Iterator<Item = &ConversionRow> {
    let rows = book.conversions().filter(move |row| is_about(row, mark));
    rows.filter(move |row| row.models.contains(&model) && row.destinations.contains(&to))
}

fn is_about(row: &ConversionRow, mark: PidMark) -> bool {
    row.pid == PidMark::Any || row.pid == mark
}

/// The ids of the rows that name this disagreement.
pub(in crate::docs) fn rows_that_disagree<'a>(book: &'a RuleBook, id: &str) -> Vec<&'a str> {
    let origins = book.rows().map(|row| row.origin());
    let named = origins.filter(|origin| origin.disagreements.iter().any(|named| named == id));
    named.map(|origin| &*origin.id).collect()
}
