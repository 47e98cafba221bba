//! `docs/rules.md`: every row of the rule book, for people.

use std::fmt::Write as _;

use crossgrade::rulebook::rows::{
    AdviceKind, AdviceRow, Answer, ConversionRow, EvidenceRule, GateRow, Origin, PidMark, SingleFirmwareRow, Text,
    VidRange,
};
use crossgrade::{Code, Destination, Direction, Model, RuleBook, Stage};

use super::{generated, link, link_targets, list, or_dash, table};

const INTRODUCTION: &str = "
This page prints every row of the rule book, which is all that crossgrade decides from. The rows are written in
[`core/data/guide.toml`](../core/data/guide.toml); [CONTRIBUTING.md](../CONTRIBUTING.md) tells how to correct one.

## How to read it

- Each row has an **id** (`e2m-7821`). Findings and gates of an answer name the id of the row that spoke. Ids are never
  renamed or reused.
- Each row has **sources**, by the ids of the first table. `ours` marks a decision of the project that no document states.
- **E2M** is the conversion from Enterprise to MPP firmware, which the destinations `webex-calling` and `third-party`
  need. **M2E** is the way back, for `unified-cm`.
- **A disagreement** (`D03`) stands beside a row on which the sources do not say the same. Where such a row gives an
  answer a value, the answer names every side ([CG601]).
- A phone that is known to run the firmware type of its destination is `not-needed`, whatever the tables say of its model.
- What a row asks for and nobody knows makes the verdict `unknown` wherever it could decide.
- A row about a model outweighs one about its series (`88xx`), and that one outweighs the row about `other` devices.
";

/// The page.
pub fn page(book: &RuleBook) -> String {
    let mut page = generated();
    let (edition, revision, digest) = (book.edition(), book.revision(), book.digest());
    let _ = writeln!(page, "\n# The rules of `{edition}`\n\nRevision {revision}, digest `{digest}`.");
    page.push_str(INTRODUCTION);
    let mut section = |title: &str, text: &str, table: String| {
        let _ = write!(page, "\n## {title}\n");
        if !text.is_empty() {
            let _ = write!(page, "\n{text}\n");
        }
        let _ = write!(page, "\n{table}");
    };
    section("Sources", "", sources(book));
    section(
        "Models",
        "The models that have a load: the load family they take, and the series that their licenses are sold for. The \
         other tables call them the listed models.",
        models(book),
    );
    section(
        "Which models can be converted",
        "`yes` may be bound to hardware versions (VID), which count on the way to MPP only. `no` is the verdict \
         `ineligible`; `unknown` means that no document answers. \"3PCC\" is a phone whose product id marks MPP hardware, \
         \"other\" one without such a mark that runs MPP firmware: a phone that returns. On the way to MPP a phone marked \
         3PCC is in no list ([CG106]); one that runs MPP firmware is `not-needed`. The code names the finding. A series \
         stands for its models that have no row of their own.",
        conversions(book),
    );
    section(
        "Gates",
        "Minimum releases. A start gate is about what runs before the conversion, and never changes the verdict: it is \
         work to do first. A target gate is about what is installed: a target that the caller chose below it makes the \
         phone `ineligible` ([CG307]), and the book's own target always meets it.",
        gates(book),
    );
    section("Loads", "The loads that the book knows, as the documents print them.", loads(book));
    section(
        "Targets",
        "The load that is installed when the caller chooses none.",
        targets(book) + "\n" + &load_servers(book),
    );
    section(
        "Licenses",
        "One for each phone, bound to its MAC address and to the direction. `{MAC}` stands for the twelve upper-case \
         digits. Without an authorization means that the phone shows it blank, or that nobody has read it on a phone \
         whose product id is marked 3PCC.",
        licenses(book),
    );
    section("Evidence", "What evidence is worth.", evidence(book));
    section("Advice", "What a person should know beside the verdict.", advice(book));
    section(
        "Disagreements",
        "Every side, and what the book follows. A disagreement that no row names touches nothing that this book decides.",
        disagreements(book),
    );
    section("Errata", "Errors in the documents, so that nobody takes them for rules.", errata(book));
    let targets = link_targets(&page);
    let _ = write!(page, "\n{targets}");
    page
}

fn code(text: impl std::fmt::Display) -> String {
    format!("`{text}`")
}

/// The last three cells of most tables.
fn origin(origin: &Origin) -> [String; 3] {
    [code(&origin.id), list(&origin.sources), or_dash(list(&origin.disagreements))]
}

fn vids(vid: VidRange) -> String {
    match (vid.from, vid.to) {
        (None, None) => "any".to_owned(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("{from} or later"),
        (None, Some(to)) => format!("{to} or earlier"),
    }
}

fn destinations(of: &[Destination]) -> String {
    let names = |of: &[Destination]| of.iter().map(code).collect::<Vec<_>>().join(", ");
    for (direction, name) in [(Direction::EnterpriseToMpp, "E2M"), (Direction::MppToEnterprise, "M2E")] {
        let all = Destination::ALL.iter().filter(|destination| destination.direction() == direction);
        if of.len() > 1 && all.clone().count() == of.len() && all.clone().all(|destination| of.contains(destination)) {
            return name.to_owned();
        }
    }
    names(of)
}

/// The models of a row, short where it names (nearly) all listed ones.
fn models_of(book: &RuleBook, models: &[Model]) -> String {
    let listed: Vec<Model> = book.models().iter().map(|row| row.model).collect();
    let without: Vec<String> = listed.iter().filter(|model| !models.contains(model)).map(ToString::to_string).collect();
    let is_listed_only = models.iter().all(|model| listed.contains(model));
    match without.len() {
        0 if is_listed_only => "all listed".to_owned(),
        count if is_listed_only && count < listed.len() / 2 => format!("all listed but {}", without.join(", ")),
        _ => models.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

fn sources(book: &RuleBook) -> String {
    let rows = book
        .sources()
        .iter()
        .map(|row| [&row.id, &row.title, &row.section, &row.language, &row.read].map(ToString::to_string).to_vec());
    table(&["id", "document", "part", "language", "read on"], rows)
}

fn models(book: &RuleBook) -> String {
    let rows = book.models().iter().map(|row| {
        vec![row.model.to_string(), row.family.to_string(), row.series.to_string(), list(&row.origin.sources)]
    });
    table(&["model", "load family", "license series", "sources"], rows)
}

/// Every model and series that some row names, listed models first, `other` last.
pub fn keys(book: &RuleBook) -> Vec<Model> {
    let listed = book.models().iter().map(|row| row.model);
    let named = book.conversions().iter().flat_map(|row| row.models.iter().copied());
    let single = book.single_firmware().iter().flat_map(|row| row.models.iter().copied());
    let mut keys: Vec<Model> = Vec::new();
    for key in listed.chain(named).chain(single) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.sort_by_key(|key| key.as_str() == "other");
    keys
}

/// The row that answers for this key.
fn conversion(book: &RuleBook, key: Model, to: Destination, is_marked: bool) -> Option<&ConversionRow> {
    let series = key.as_str().get(..2).map(|start| format!("{start}xx")).unwrap_or_default();
    let names = [key.as_str(), &series, "other"];
    let fits = |row: &&ConversionRow, name: &str| {
        let is_about = match row.pid {
            PidMark::Marked => is_marked,
            PidMark::Other => !is_marked,
            _ => true,
        };
        is_about && row.destinations.contains(&to) && row.models.iter().any(|model| model.as_str() == name)
    };
    names.into_iter().find_map(|name| book.conversions().iter().find(|row| fits(row, name)))
}

fn conversions(book: &RuleBook) -> String {
    let head =
        ["model", "to Webex Calling", "to third-party", "VID", "M2E, 3PCC", "M2E, other", "rows", "disagreements"];
    let rows = keys(book).into_iter().map(|key| {
        let single = book.single_firmware().iter().find(|row| row.models.contains(&key));
        let row = |to, is_marked| conversion(book, key, to, is_marked);
        let asked = [
            (Destination::WebexCalling, false),
            (Destination::ThirdParty, false),
            (Destination::UnifiedCm, true),
            (Destination::UnifiedCm, false),
        ];
        let [webex, third_party, marked, other] = asked
            .map(|(to, is_marked)| single.map_or_else(|| answer(row(to, is_marked)), |single| hardware(single, to)));
        let rows: Vec<&ConversionRow> = asked.iter().filter_map(|(to, is_marked)| row(*to, *is_marked)).collect();
        let mut origins: Vec<&Origin> = single.iter().map(|row| &row.origin).collect();
        // Where the hardware runs one type only, a row of this table speaks where it says no.
        origins.extend(
            rows.iter()
                .filter(|row| single.is_none() || row.answer == Answer::SeriesExcluded && row.models.contains(&key))
                .map(|row| &row.origin),
        );
        let mut ids: Vec<String> = Vec::new();
        let mut disagreements: Vec<&Text> = Vec::new();
        for origin in origins {
            let id = format!("{} ({})", code(&origin.id), list(&origin.sources));
            if !ids.contains(&id) {
                ids.push(id);
                disagreements.extend(origin.disagreements.iter());
            }
        }
        disagreements.dedup();
        let bounds: Vec<String> = rows
            .iter()
            .filter(|row| row.answer == Answer::Convertible && row.vid.has_bound())
            .map(|row| vids(row.vid))
            .collect();
        let is_convertible = rows.iter().any(|row| {
            row.answer == Answer::Convertible && row.destinations.iter().any(|to| *to != Destination::UnifiedCm)
        });
        let vid = match bounds.first() {
            Some(bound) => {
                assert!(bounds.iter().all(|other| other == bound), "{key} has different VID bounds by destination");
                bound.clone()
            }
            None if is_convertible && single.is_none() => "any".to_owned(),
            None => "-".to_owned(),
        };
        let disagreements = disagreements.iter().map(|id| id.to_string()).collect::<Vec<_>>().join(", ");
        vec![name_of(book, key), webex, third_party, vid, marked, other, ids.join("<br>"), or_dash(disagreements)]
    });
    table(&head, rows)
}

/// A model or series in words.
fn name_of(book: &RuleBook, key: Model) -> String {
    let names_a_model_of = |series: &str| {
        let start = series.trim_end_matches('x');
        keys(book).iter().any(|other| *other != key && other.as_str().starts_with(start))
    };
    match key.as_str() {
        "other" => "any other Cisco device".to_owned(),
        series if series.ends_with("xx") && names_a_model_of(series) => format!("other {series}"),
        model => model.to_owned(),
    }
}

fn answer(row: Option<&ConversionRow>) -> String {
    let Some(row) = row else { return "unknown".to_owned() };
    match row.answer {
        Answer::Convertible => "yes".to_owned(),
        Answer::Excluded => format!("no {}", link(Code::CG104)),
        Answer::SeriesExcluded => format!("no {}", link(Code::CG103)),
        Answer::NotListed => format!("unknown {}", link(Code::CG105)),
        Answer::PidNotListed => format!("unknown {}", link(Code::CG106)),
        other => panic!("tests/src/docs/rules.rs has no words for the answer {other}"),
    }
}

fn hardware(row: &SingleFirmwareRow, to: Destination) -> String {
    match (row.runs == to.needs(), to.direction()) {
        (true, _) => format!("not needed {}", link(Code::CG107)),
        (false, Direction::EnterpriseToMpp) => format!("no {}", link(Code::CG103)),
        (false, Direction::MppToEnterprise) => format!("no {}", link(Code::CG107)),
    }
}

fn gates(book: &RuleBook) -> String {
    let rows = book.gates().iter().map(|row: &GateRow| {
        let firmware = match (row.on, row.destinations.first()) {
            (Stage::Start, Some(to)) => to.direction().from().name(),
            (Stage::Target, Some(to)) => to.direction().to().name(),
            (_, None) => "",
        };
        let lasting = if row.lasting { format!("yes {}", link(Code::CG308)) } else { "-".to_owned() };
        let [id, sources, disagreements] = origin(&row.origin);
        let minimum = format!("{firmware} {}", row.minimum);
        let models = models_of(book, &row.models);
        vec![
            row.on.to_string(),
            destinations(&row.destinations),
            models,
            vids(row.vid),
            minimum,
            lasting,
            id,
            sources,
            disagreements,
        ]
    });
    table(&["gate", "destination", "models", "VID", "minimum", "lasting", "row", "sources", "disagreements"], rows)
}

fn loads(book: &RuleBook) -> String {
    let rows = book.loads().iter().map(|row| {
        let release = row.load.release().map_or_else(|| "-".to_owned(), |release| release.to_string());
        let [id, sources, disagreements] = origin(&row.origin);
        let firmware = format!("{} {release}", row.load.firmware_type().name());
        vec![id, row.load.family().to_string(), firmware, sources, disagreements]
    });
    table(&["load (the row's id)", "family", "firmware", "sources", "disagreements"], rows)
}

fn targets(book: &RuleBook) -> String {
    let rows = book.targets().iter().map(|row| {
        let [id, sources, disagreements] = origin(&row.origin);
        vec![code(row.destination), row.load.family().to_string(), code(row.load), id, sources, disagreements]
    });
    table(&["destination", "family", "load", "row", "sources", "disagreements"], rows)
}

fn load_servers(book: &RuleBook) -> String {
    let rows = book.load_servers().iter().map(|row| {
        let [id, sources, _] = origin(&row.origin);
        vec![code(row.destination), code(&row.server), id, sources]
    });
    table(&["destination", "load server", "row", "sources"], rows)
}

fn licenses(book: &RuleBook) -> String {
    let rows = book.licenses().iter().map(|row| {
        let when = match row.when.as_str() {
            "any" => "any",
            "none" => "without an authorization",
            "given" => "Classic or WxC",
            other => panic!("tests/src/docs/rules.rs has no words for the authorization {other}"),
        };
        let optional = |text: &Option<Text>| text.as_ref().map_or_else(|| "-".to_owned(), code);
        let [id, sources, disagreements] = origin(&row.origin);
        vec![
            code(row.destination),
            row.series.to_string(),
            when.to_owned(),
            row.need.to_string(),
            optional(&row.sku),
            optional(&row.service_sku),
            optional(&row.file),
            id,
            sources,
            disagreements,
        ]
    });
    let head = [
        "destination",
        "series",
        "authorization",
        "need",
        "license",
        "support",
        "file",
        "row",
        "sources",
        "disagreements",
    ];
    table(&head, rows)
}

fn evidence(book: &RuleBook) -> String {
    let rows = book.evidence().iter().map(|row| {
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
            other => panic!("tests/src/docs/rules.rs has no words for the evidence rule {other}"),
        };
        let [id, sources, _] = origin(&row.origin);
        vec![says, id, sources]
    });
    table(&["rule", "row", "sources"], rows)
}

/// The finding that a row of this kind makes.
pub(super) fn says(kind: AdviceKind) -> Code {
    kind.as_str().parse().unwrap_or_else(|error| panic!("advice {kind}: {error}"))
}

fn advice(book: &RuleBook) -> String {
    let rows = book.advice().iter().map(|row: &AdviceRow| {
        let finding = says(row.says);
        let mut what = format!("{} {}", link(finding), finding.meaning());
        if let Some(choose) = row.choose {
            let _ = write!(what, " Instead: {choose}.");
        }
        if let Some(below) = row.below {
            let _ = write!(what, " Below {below}.");
        }
        let [id, sources, disagreements] = origin(&row.origin);
        vec![what, destinations(&row.destinations), models_of(book, &row.models), id, sources, disagreements]
    });
    table(&["finding", "destination", "models", "row", "sources", "disagreements"], rows)
}

fn disagreements(book: &RuleBook) -> String {
    let mut text = String::new();
    for row in book.disagreements() {
        let rows = super::findings::rows_that_disagree(book, &row.origin.id);
        let _ = write!(text, "{}### {} {}\n\n", if text.is_empty() { "" } else { "\n" }, row.origin.id, row.subject);
        for side in row.sides.iter() {
            let _ = writeln!(text, "- {}: {}", list(&side.sources), side.says);
        }
        let _ = writeln!(text, "- **follows**: {}", row.follows);
        if row.vid.has_bound() {
            let _ = writeln!(text, "- hardware: {}", vids(row.vid));
        }
        if !rows.is_empty() {
            let rows: Vec<String> = rows.iter().map(code).collect();
            let _ = writeln!(text, "- rows: {}", rows.join(", "));
        }
    }
    text
}

fn errata(book: &RuleBook) -> String {
    let rows =
        book.errata().iter().map(|row| vec![code(&row.origin.id), list(&row.origin.sources), row.says.to_string()]);
    table(&["row", "document", "what is wrong"], rows)
}
