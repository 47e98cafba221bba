//! The generated pages of `docs/` are what the rule books and the registry say, and what they claim of the engine is
//! true.
//!
//! ```text
//! UPDATE=1 cargo test -p crossgrade-tests --test docs
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crossgrade::{Code, Destination, Effect, Request, RuleBook};
use crossgrade_tests::corpus_cases::{self, PhoneTexts};
use crossgrade_tests::docs::{COMMAND, findings, path, rules};
use crossgrade_tests::generate;

/// The checked-in page must be the generated one; with `UPDATE=1` it is rewritten.
#[track_caller]
fn compare(name: &str, expected: &str) {
    let path = path(name);
    if std::fs::read_to_string(&path).unwrap_or_default() == expected {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, expected).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    panic!("docs/{name} is not what the rule books and the registry say; run `{COMMAND}` and look at the diff");
}

#[test]
fn rules_page_is_up_to_date() {
    compare("rules.md", &rules::page());
}

#[test]
fn findings_page_is_up_to_date() {
    compare("findings.md", &findings::page());
}

#[test]
fn every_row_of_both_books_is_on_the_rules_page() {
    let page = rules::page();
    // An id is a word: `e2m-8851nr-third-party` does not stand there because a longer one does.
    let words: BTreeSet<&str> =
        page.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).collect();
    for book in [RuleBook::guide(), RuleBook::field()] {
        let ids = book.rows().map(|row| &*row.origin().id);
        let missing: Vec<&str> = ids.filter(|id| !words.contains(id)).collect();
        assert!(missing.is_empty(), "rows of {} that are not on docs/rules.md: {missing:?}", book.edition());
    }
}

/// What stands behind the links of a page: the part behind `#`.
fn anchors_of(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter_map(|line| line.strip_prefix('#')).map(|line| line.trim_start_matches('#'));
    let headings = headings.map(|heading| {
        let heading = heading.trim().to_lowercase().replace(' ', "-");
        heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
    });
    let named = page.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned);
    headings.chain(named).collect()
}

#[test]
fn links_between_the_generated_pages_lead_somewhere() {
    let pages = [("rules.md", rules::page()), ("findings.md", findings::page())];
    for (name, page) in &pages {
        for target in page.split("](").skip(1).chain(page.split("]: ").skip(1)) {
            let target = target.split([')', '\n', ' ']).next().unwrap_or_default();
            let Some((to, anchor)) = target.split_once('#') else { continue };
            let page = pages.iter().find(|(other, _)| *other == to || to.is_empty() && other == name);
            let (_, page) = page.unwrap_or_else(|| panic!("docs/{name}: {target} leads to no generated page"));
            assert!(anchors_of(page).contains(anchor), "docs/{name}: {target} leads nowhere");
        }
    }
}

/// What the engine says over many questions: with which effects and from which rows each code speaks.
#[derive(Default)]
struct Said {
    effects: BTreeMap<Code, BTreeSet<Effect>>,
    rows: BTreeMap<Code, BTreeSet<String>>,
}

impl Said {
    fn ask(&mut self, book: &RuleBook, phone: &PhoneTexts, request: &Request) {
        let phone = phone.phone();
        for finding in book.assess_request(&phone, request).findings() {
            self.effects.entry(finding.code()).or_default().insert(finding.effect());
            self.rows.entry(finding.code()).or_default().extend(finding.rule().map(str::to_owned));
        }
    }
}

/// The corpus, and every model with hardware versions, loads, targets and authorizations on both sides of each rule.
fn said(book: &RuleBook) -> Said {
    let mut said = Said::default();
    for case in corpus_cases::load() {
        let destination = case.to.parse().unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let request = case.book().request(destination, case.target.as_deref());
        said.ask(book, &case.phone, &request.unwrap_or_else(|error| panic!("{}: {error}", case.name)));
    }
    for destination in Destination::ALL {
        let targets: &[Option<&str>] = match destination {
            Destination::UnifiedCm => {
                &[None, Some("10.1(1)"), Some("10.2(1)"), Some("12.8(1)"), Some("14.0(1)"), Some("14.2(1)")]
            }
            _ => &[None, Some("11.3(1)")],
        };
        for target in targets {
            let request = book.request(*destination, *target).expect("a target of the right type");
            let listed = book.models().map(|row| (row.model.to_string(), row.family.to_string()));
            let others = generate::MODELS.iter().map(|model| ((*model).to_owned(), generate::family(model).to_owned()));
            listed.chain(others).for_each(|(model, family)| ask_about(book, &model, &family, &request, &mut said));
        }
    }
    said
}

fn ask_about(book: &RuleBook, model: &str, family: &str, request: &Request, said: &mut Said) {
    let loads = [
        "14-2-1-0101-26",
        "11-0-1-2",
        "10-3-1-20",
        "10-1-1-9",
        "12-0-7MPP0301-92",
        "12-0-3MPP0001-87",
        "11-3-5MPP0001-1",
        "MPP",
    ]
    .map(|version| Some(format!("sip{family}.{version}")));
    let text = |text: Option<&str>| text.map(str::to_owned);
    for pid in [format!("CP-{model}-K9="), format!("CP-{model}-3PCC-K9="), model.to_owned()] {
        for vid in [None, Some("5"), Some("V01"), Some("V02"), Some("V15"), Some("V26")] {
            for load in loads.iter().chain([&None]) {
                for authorization in [None, Some("blank"), Some("WxC"), Some("other")] {
                    let phone = PhoneTexts {
                        pid: Some(pid.clone()),
                        vid: text(vid),
                        load: load.clone(),
                        authorization: text(authorization),
                        ..PhoneTexts::default()
                    };
                    said.ask(book, &phone, request);
                }
            }
        }
    }
    // And what it runs at the release from which on a row of advice speaks.
    for row in book.rows().filter(|row| row.section() == "advice") {
        let Some((_, from)) = row.fields().into_iter().find(|(key, _)| *key == "from") else { continue };
        let phone = PhoneTexts {
            pid: Some(format!("CP-{model}-3PCC-K9=")),
            release: Some(from.to_string()),
            firmware_type: text(Some("mpp")),
            ..PhoneTexts::default()
        };
        said.ask(book, &phone, request);
    }
}

/// A book in which each rule about one model asks for a release, as only overlays do.
fn book_that_asks_for_releases() -> RuleBook {
    let overlay = format!(
        r#"
            schema = 1
            overlay = "releases"
            version = "1.0.0"
            base = {{ edition = "guide", revision = "{}" }}
            [amendments.releases-1]
            sources = ["ours"]
            confidence = "low"
            says = "a row of its own for each release that a row can ask for"
            [amendments.releases-1.conversions]
            e2m-7841 = {{ running-at-least = "14.0(1)" }}
            e2m-7861 = {{ target-at-least = "12.0(3)" }}
        "#,
        RuleBook::guide().revision()
    );
    RuleBook::guide().overlay(&overlay).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn findings_page_names_the_rows_and_effects_with_which_the_engine_speaks() {
    let mut differences = Vec::new();
    let mut effects: BTreeMap<Code, BTreeSet<Effect>> = BTreeMap::new();
    for book in [RuleBook::guide(), RuleBook::field(), &book_that_asks_for_releases()] {
        let said = said(book);
        for code in Code::ALL {
            let named: BTreeSet<String> = findings::rows_of(book, *code).iter().map(|row| row.id.to_string()).collect();
            let spoke = said.rows.get(code).cloned().unwrap_or_default();
            if named != spoke {
                let (silent, unnamed): (Vec<_>, Vec<_>) =
                    (named.difference(&spoke).collect(), spoke.difference(&named).collect());
                let book = book.edition();
                differences
                    .push(format!("{code} in {book}: named but silent {silent:?}; spoke but not named {unnamed:?}"));
            }
            effects.entry(*code).or_default().extend(said.effects.get(code).into_iter().flatten());
        }
    }
    for (code, found) in effects {
        let named = findings::effects_of(code);
        if named != found {
            differences.push(format!("{code}: effects {named:?} are named, {found:?} were found"));
        }
    }
    assert!(differences.is_empty(), "correct tests/src/docs/findings:\n{}", differences.join("\n"));
}
