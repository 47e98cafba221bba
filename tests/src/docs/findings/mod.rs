//! `docs/findings.md`: one section for each code of the registry.

mod rows_that_speak;
mod speaks;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crossgrade::rulebook::rows::Origin;
use crossgrade::{Code, Effect};

use super::books::Books;
use super::generated;
use super::markdown::{code as literal, codes, comma, link, link_targets, table};

pub use rows_that_speak::rows_of;
pub(super) use rows_that_speak::rows_that_disagree;
use speaks::speaks_of;

const INTRODUCTION: &str = "
# Findings

A finding says what was found, what that does to the verdict, which row of the [rule books](rules.md) says so, and
what to do. Its code is for programs and never changes its meaning; its message is for people and may be worded better
in any release.

The effects make the verdict: anything that `settled` makes it `not-needed`, else anything that `blocks` makes it
`ineligible`, else anything `unsettled` makes it `unknown`, else it is `eligible`. The other three never change it.
";

/// The page.
pub fn page() -> String {
    let books = Books::embedded();
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
        vec![literal(effect), what.to_owned()]
    });
    let _ = write!(page, "\n{}", table(&["effect", "what it does"], effects));
    let _ = write!(page, "\n## All codes\n\n");
    let all = Code::ALL.iter().map(|code| {
        let mut effects: Vec<Effect> = effects_of(*code).into_iter().collect();
        effects.sort_by_key(|effect| *effect != code.effect());
        vec![link(code), code.name().to_owned(), comma(effects)]
    });
    page.push_str(&table(&["code", "name", "effect"], all));
    let _ = write!(
        page,
        "\n## One by one\n\nThe rows that can make a code speak are those of [`guide`](rules.md). Where `field` has \
         others, they are named with the [amendment](rules.md#amendments) that added them.\n"
    );
    for code in Code::ALL {
        section(&mut page, &books, *code);
    }
    let targets = link_targets(&page, books.field(), false);
    let _ = write!(page, "\n{targets}");
    page
}

fn section(page: &mut String, books: &Books, code: Code) {
    let speaks = speaks_of(code);
    let _ = write!(page, "\n### {code} {}\n\n{}\n\n", code.name(), code.meaning());
    let also = speaks.also.iter().map(|(effect, why)| format!("; {} {why}", literal(effect)));
    let _ = writeln!(page, "- **Effect**: {}{}.", literal(code.effect()), also.collect::<String>());
    let _ = writeln!(page, "- **What to do**: {}", code.remedy());
    let _ = writeln!(page, "- **Spoken by**: {}", speaks.when);
    let [guide, mut field] = books.both().map(|book| rows_of(book, code));
    field.sort_by_key(|row| &row.id);
    let is_in = |rows: &[&Origin], row: &Origin| rows.iter().any(|other| other.id == row.id);
    let ids = |rows: &[&'static Origin]| codes(rows.iter().map(|row| &row.id));
    let gone: Vec<&Origin> = guide.iter().copied().filter(|row| !is_in(&field, row)).collect();
    if !guide.is_empty() {
        let _ = writeln!(page, "- **Rows**: {}", ids(&guide));
    }
    let new = field.iter().filter(|row| !is_in(&guide, row)).map(|row| {
        let amendment = row.amendment.as_deref().map(|amendment| format!(" ({})", link(amendment)));
        format!("{}{}", literal(&row.id), amendment.unwrap_or_default())
    });
    let new: Vec<String> = new.collect();
    if !new.is_empty() {
        let _ = writeln!(page, "- **Rows of `field` only**: {}", comma(new));
    }
    if !gone.is_empty() {
        let _ = writeln!(page, "- **Not in `field`**: {}", ids(&gone));
    }
    let mut sources: BTreeSet<&str> = code.sources().iter().copied().collect();
    sources.extend(guide.iter().chain(&field).flat_map(|row| row.sources.iter().map(|source| &**source)));
    if !sources.is_empty() {
        let _ = writeln!(page, "- **Sources**: {}", comma(sources));
    }
}

/// The effects that a code can have, in these books and in others.
pub fn effects_of(code: Code) -> BTreeSet<Effect> {
    let also = speaks_of(code).also.iter().map(|(effect, _)| *effect);
    std::iter::once(code.effect()).chain(also).collect()
}
