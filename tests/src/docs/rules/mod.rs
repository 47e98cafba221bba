//! `docs/rules.md`: every row of both embedded books, for people.

mod advice_section;
mod amendments_section;
mod conversions_section;
mod disagreements_section;
mod gates_section;
mod licenses_section;
mod loads_section;
mod sources_section;
mod targets_section;

use std::fmt::Write as _;

use crossgrade::RuleBook;

use super::books::Books;
use super::generated;
use super::markdown::{anchor, link_targets};

const INTRODUCTION: &str = "
# The rules of `guide` and `field`

This page prints every row of the two rule books, which are all that crossgrade decides from.
";

const HOW_TO_READ: &str = "
## How to read it

- **Two columns, one for each book.** \"as `guide`\" says that `field` changes nothing there. Where the books say the
  same in the whole table, they share a column.
- **Where `field` differs, parentheses say by whose word**: the [amendment](#amendments), the day from which it holds,
  how sure it is, and its [sources](#sources).
- Each row has an **id** (`e2m-7821`). Findings and gates of an answer name the id of the row that spoke. Ids are never
  renamed or reused. Behind the id stand its sources; `ours` marks a decision of the project that no document states.
- **A disagreement** (`D03`) behind a row says that the [sources do not agree](#disagreements). Where such a row gives
  an answer a value, the answer names every side ([CG601]).
- **E2M** is the conversion from Enterprise to MPP firmware, which the destinations `webex-calling` and `third-party`
  need. **M2E** is the way back, for `unified-cm`. \"all listed\" are the [models](#models) that have a load.
- **VID** is the hardware version on the label.
";

/// The page.
pub fn page() -> String {
    let books = Books::embedded();
    let mut page = generated();
    page.push_str(INTRODUCTION);
    page.push_str(&editions(&books));
    let sections = [
        (
            "Which models can be converted",
            "by model and direction, under which conditions",
            conversions_section::section(&books),
        ),
        (
            "Gates",
            "what must run before, what must be installed, and the floors of the hardware",
            gates_section::section(&books),
        ),
        ("Targets", "what is installed when nobody chooses", targets_section::section(&books)),
        ("Loads", "every load that the books know", loads_section::section(&books)),
        ("Licenses", "what to order", licenses_section::section(&books)),
        ("Advice", "what to know beside the verdict", advice_section::advice(&books)),
        ("Evidence", "what some evidence is worth", advice_section::evidence(&books)),
        ("Amendments", "what makes `field` out of `guide`, and since when", amendments_section::section(&books)),
        ("Disagreements", "every side, and what each book follows", disagreements_section::section(&books)),
        ("Models", "the listed models with their load families and series", sources_section::models(&books)),
        ("Sources", "the documents", sources_section::sources(&books)),
        ("Errata", "errors in the documents", sources_section::errata(&books)),
    ];
    let _ = write!(page, "\n## What stands where\n\n");
    for (title, what, _) in &sections {
        let _ = writeln!(page, "- [{title}](#{}): {what}", anchor(title));
    }
    page.push_str(HOW_TO_READ);
    for (title, _, text) in sections {
        let _ = write!(page, "\n## {title}\n\n{text}");
    }
    let targets = link_targets(&page, books.field(), true);
    let _ = write!(page, "\n{targets}");
    page
}

/// Which editions these are.
fn editions(books: &Books) -> String {
    let version = |book: &RuleBook| format!("Revision {}, digest `{}`", book.revision(), book.digest());
    let as_of = books.field().as_of().map(|day| format!(", the last of {day}")).unwrap_or_default();
    let file = |name: &str| format!("[`core/data/{name}.toml`](../core/data/{name}.toml)");
    format!(
        "\n- **`guide`** is what Cisco's documents say, and what crossgrade goes by where nobody asks for another \
         book. It is written in {}. {}.\n\
         - **`field`** is `guide` with [amendments](#amendments){as_of}: what is known beyond those documents. It is \
         written in {}. {}.\n\n\
         [How to correct a rule](how-to-correct-a-rule.md) lays a correction of your own over a book; [CONTRIBUTING.md](../CONTRIBUTING.md) tells how to correct a row of crossgrade.\n",
        file("guide"),
        version(books.guide()),
        file("field"),
        version(books.field()),
    )
}
