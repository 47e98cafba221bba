//! `docs/findings.md`: one section for each code of the registry.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crossgrade::rulebook::rows::{AdviceKind, Answer, AuthorizationState, EvidenceRule, LicenseNeed, Origin, Stage};
use crossgrade::{Code, Effect, RuleBook};

use super::rules::says;
use super::{anchor, generated, table};

const INTRODUCTION: &str = "
# Findings

A finding says what was found, what that does to the verdict, which row of the [rule book](rules.md) says so, and what to
do. Its code is for programs and never changes its meaning; its message is for people and may be worded better in any
release.

The effects make the verdict: anything that `settled` makes it `not-needed`, else anything that `blocks` makes it
`ineligible`, else anything `unsettled` makes it `unknown`, else it is `eligible`. The other three never change it.
";

/// What the registry does not say of a code: what makes it speak, and which effects it can have besides the usual one.
struct Speaks {
    code: Code,
    /// Whose word it is.
    when: &'static str,
    /// Another effect, and when it has it.
    also: Option<(Effect, &'static str)>,
}

const NO_ROW: &str = "No row: the evidence itself.";
const MAY_RUN_IT: &str =
    "where the phone may already run what the destination needs; then nothing would have to be converted";

const SPEAKS: &[Speaks] = &[
    speaks(Code::CG101, NO_ROW),
    speaks(Code::CG102, NO_ROW),
    also(Code::CG103, "Rows of `conversions` with the answer `series-excluded`.", Effect::Unsettled, MAY_RUN_IT),
    also(Code::CG104, "Rows of `conversions` with the answer `excluded`.", Effect::Unsettled, MAY_RUN_IT),
    speaks(
        Code::CG105,
        "Rows of `conversions` with the answer `not-listed`, or no row at all in a book that says nothing of the model.",
    ),
    speaks(
        Code::CG106,
        "On the way to MPP no row: the product id is marked 3PCC, and nothing says that MPP firmware runs. On the way back, \
         rows of `conversions` with the answer `pid-not-listed`.",
    ),
    also(
        Code::CG107,
        "Rows of `single-firmware`.",
        Effect::Blocks,
        "where the hardware runs MPP firmware only and the destination needs Enterprise firmware",
    ),
    speaks(Code::CG111, NO_ROW),
    speaks(Code::CG112, NO_ROW),
    speaks(Code::CG113, NO_ROW),
    speaks(Code::CG114, NO_ROW),
    also(
        Code::CG201,
        "Rows of `conversions` with a VID range; elsewhere no row.",
        Effect::Requires,
        "on the way to MPP where the hardware version decides nothing",
    ),
    also(
        Code::CG202,
        "Rows of `conversions` with a VID range; elsewhere no row.",
        Effect::Requires,
        "on the way to MPP where the hardware version decides nothing",
    ),
    also(Code::CG203, "Rows of `conversions` with a lowest VID.", Effect::Unsettled, MAY_RUN_IT),
    also(Code::CG204, "Rows of `conversions` with a highest VID.", Effect::Unsettled, MAY_RUN_IT),
    speaks(Code::CG301, NO_ROW),
    speaks(Code::CG302, NO_ROW),
    speaks(Code::CG303, NO_ROW),
    speaks(Code::CG304, "No row: the load family in `models` and the one in the load name."),
    speaks(Code::CG305, "Rows of `gates` on `start`."),
    speaks(Code::CG306, "Rows of `gates` on `start`."),
    also(
        Code::CG307,
        "Rows of `gates` on `target`, for a target that the caller chose.",
        Effect::Unsettled,
        "where the phone may already run what the destination needs, and for an engineering build, whose release is unknown",
    ),
    speaks(Code::CG308, "Rows of `gates` that are `lasting`, once the VID is known to be in their range."),
    also(Code::CG309, NO_ROW, Effect::Unsettled, "on the way to Enterprise firmware, which no document describes"),
    speaks(Code::CG310, "Rows of `advice` that say `returning-phone`."),
    also(
        Code::CG311,
        "No row where two fields exclude each other. Rows of `single-firmware` where evidence contradicts the hardware, and \
         the row of `evidence` about outdated loads on phones marked 3PCC.",
        Effect::Notes,
        "where the thing that was said twice cannot change the verdict",
    ),
    speaks(Code::CG312, "No row: the load families of the chosen target."),
    speaks(Code::CG313, "No row: the book has no row of `loads` that fits."),
    speaks(Code::CG314, "Rows of `advice` that say `target-unverified`."),
    speaks(Code::CG315, NO_ROW),
    speaks(Code::CG401, "Rows of `advice` that say `features-lost`."),
    speaks(Code::CG402, "Rows of `advice` that say `use-wired-connection`."),
    speaks(Code::CG403, "No row of `guide`."),
    speaks(Code::CG404, "Rows of `advice` that say `local-data-lost`."),
    speaks(Code::CG501, "Rows of `licenses` with the need `purchase`."),
    speaks(Code::CG502, "Rows of `licenses` with the need `issued-by-control-hub`."),
    speaks(Code::CG503, "Rows of `licenses` with the need `not-required`."),
    speaks(Code::CG504, "No row: the rows of `licenses` differ by an authorization that nobody has read."),
    speaks(Code::CG505, "No row: the authorization on the phone."),
    speaks(Code::CG506, "Rows of `licenses` for phones on MPP firmware: the license that is still to be applied."),
    speaks(
        Code::CG601,
        "Rows of `disagreements`, one finding each, where a row that names them gave this answer a value.",
    ),
    speaks(Code::CG602, "Rows of `advice` that say `target-unconfirmed`."),
];

const fn speaks(code: Code, when: &'static str) -> Speaks {
    Speaks { code, when, also: None }
}

const fn also(code: Code, when: &'static str, effect: Effect, why: &'static str) -> Speaks {
    Speaks { code, when, also: Some((effect, why)) }
}

/// The page.
pub fn page(book: &RuleBook) -> String {
    let mut page = generated();
    page.push_str(INTRODUCTION);
    let effects = Effect::ALL.iter().map(|effect| {
        let what = match effect {
            Effect::Settled => "makes the verdict not-needed",
            Effect::Blocks => "makes it ineligible",
            Effect::Unsettled => "makes it unknown",
            Effect::Requires => "something must be done; the verdict stays",
            Effect::Advises => "something should be considered",
            Effect::Notes => "something is good to know",
        };
        vec![format!("`{effect}`"), what.to_owned()]
    });
    let _ = write!(page, "\n{}", table(&["effect", "what it does"], effects));
    let _ = write!(page, "\n## All codes\n\n");
    let codes = Code::ALL.iter().map(|code| {
        let mut effects: Vec<String> = effects_of(*code).iter().map(ToString::to_string).collect();
        effects.sort_by_key(|effect| *effect != code.effect().as_str());
        vec![format!("[{code}](#{})", anchor(*code)), code.name().to_owned(), effects.join(", ")]
    });
    page.push_str(&table(&["code", "name", "effect"], codes));
    let _ = write!(page, "\n## One by one\n");
    for code in Code::ALL {
        section(&mut page, book, *code);
    }
    page
}

fn section(page: &mut String, book: &RuleBook, code: Code) {
    let speaks = speaks_of(code);
    let _ = write!(page, "\n### {code} {}\n\n{}\n\n", code.name(), code.meaning());
    let _ = write!(page, "- **Effect**: `{}`", code.effect());
    if let Some((effect, why)) = speaks.also {
        let _ = write!(page, "; `{effect}` {why}");
    }
    let _ = writeln!(page, ".\n- **What to do**: {}", code.remedy());
    let _ = writeln!(page, "- **Spoken by**: {}", speaks.when);
    let rows = rows_of(book, code);
    if !rows.is_empty() {
        let ids: Vec<String> = rows.iter().map(|row| format!("`{}`", row.id)).collect();
        let _ = writeln!(page, "- **Rows of `{}`**: {}", book.edition(), ids.join(", "));
    }
    let mut sources: BTreeSet<&str> = code.sources().iter().copied().collect();
    sources.extend(rows.iter().flat_map(|row| row.sources.iter().map(|source| &**source)));
    if !sources.is_empty() {
        let _ = writeln!(page, "- **Sources**: {}", sources.into_iter().collect::<Vec<_>>().join(", "));
    }
}

fn speaks_of(code: Code) -> &'static Speaks {
    let speaks = SPEAKS.iter().find(|speaks| speaks.code == code);
    speaks
        .unwrap_or_else(|| panic!("tests/src/docs/findings.rs does not say what makes {code} speak; add it to SPEAKS"))
}

/// The effects that a code can have.
pub fn effects_of(code: Code) -> BTreeSet<Effect> {
    let also = speaks_of(code).also.map(|(effect, _)| effect);
    std::iter::once(code.effect()).chain(also).collect()
}

/// The rows that make a code speak.
pub fn rows_of(book: &RuleBook, code: Code) -> Vec<&Origin> {
    let conversions = |answer| -> Vec<&Origin> {
        book.conversions().iter().filter(|row| row.answer == answer).map(|row| &row.origin).collect()
    };
    let bounds = |has: fn(&crossgrade::rulebook::rows::VidRange) -> bool| -> Vec<&Origin> {
        let rows = book.conversions().iter().filter(|row| row.answer == Answer::Convertible && has(&row.vid));
        rows.map(|row| &row.origin).collect()
    };
    let gates =
        |on| -> Vec<&Origin> { book.gates().iter().filter(|row| row.on == on).map(|row| &row.origin).collect() };
    let licenses = |need| -> Vec<&Origin> {
        book.licenses().iter().filter(|row| row.need == need).map(|row| &row.origin).collect()
    };
    match code {
        Code::CG103 => conversions(Answer::SeriesExcluded),
        Code::CG104 => conversions(Answer::Excluded),
        Code::CG105 => conversions(Answer::NotListed),
        Code::CG106 => conversions(Answer::PidNotListed),
        Code::CG107 => book.single_firmware().iter().map(|row| &row.origin).collect(),
        Code::CG201 | Code::CG202 => bounds(|vid| vid.has_bound()),
        Code::CG203 => bounds(|vid| vid.from.is_some()),
        Code::CG204 => bounds(|vid| vid.to.is_some()),
        Code::CG305 | Code::CG306 => gates(Stage::Start),
        Code::CG307 => gates(Stage::Target),
        Code::CG308 => book.gates().iter().filter(|row| row.lasting).map(|row| &row.origin).collect(),
        Code::CG311 => {
            let outdated = book.evidence().iter().filter(|row| row.means == EvidenceRule::ContradictsMark);
            book.single_firmware().iter().map(|row| &row.origin).chain(outdated.map(|row| &row.origin)).collect()
        }
        Code::CG501 => licenses(LicenseNeed::Purchase),
        Code::CG502 => licenses(LicenseNeed::IssuedByControlHub),
        Code::CG503 => licenses(LicenseNeed::NotRequired),
        Code::CG506 => {
            let is_for_mpp = |to: crossgrade::Destination| to.needs() == crossgrade::FirmwareType::Mpp;
            let rows = book.licenses().iter().filter(|row| is_for_mpp(row.destination));
            rows.filter(|row| row.when != AuthorizationState::Given).map(|row| &row.origin).collect()
        }
        Code::CG601 => {
            let rows = book.disagreements().iter();
            rows.map(|row| &row.origin).filter(|row| !rows_that_disagree(book, &row.id).is_empty()).collect()
        }
        code => {
            let kind = AdviceKind::ALL.iter().find(|kind| says(**kind) == code);
            book.advice().iter().filter(|row| Some(&row.says) == kind).map(|row| &row.origin).collect()
        }
    }
}

/// The ids of the rows that name this disagreement.
pub(super) fn rows_that_disagree<'a>(book: &'a RuleBook, id: &str) -> Vec<&'a str> {
    let origins = [
        book.models().iter().map(|row| &row.origin).collect::<Vec<_>>(),
        book.single_firmware().iter().map(|row| &row.origin).collect(),
        book.conversions().iter().map(|row| &row.origin).collect(),
        book.gates().iter().map(|row| &row.origin).collect(),
        book.loads().iter().map(|row| &row.origin).collect(),
        book.targets().iter().map(|row| &row.origin).collect(),
        book.licenses().iter().map(|row| &row.origin).collect(),
        book.evidence().iter().map(|row| &row.origin).collect(),
        book.advice().iter().map(|row| &row.origin).collect(),
    ];
    let named = origins.into_iter().flatten().filter(|origin| origin.disagreements.iter().any(|named| named == id));
    named.map(|origin| &*origin.id).collect()
}
