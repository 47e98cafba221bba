//! The generated pages of `docs/` are what the rule book and the registry say, and what they claim of the engine is true.
//!
//! ```text
//! UPDATE=1 cargo test -p crossgrade-tests --test docs
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crossgrade::{Code, Destination, Effect, Request, RuleBook};
use crossgrade_tests::corpus::{self, PhoneTexts};
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
    panic!("docs/{name} is not what the rule book and the registry say; run `{COMMAND}` and look at the diff");
}

#[test]
fn rules_page_is_up_to_date() {
    compare("rules.md", &rules::page(RuleBook::guide()));
}

#[test]
fn findings_page_is_up_to_date() {
    compare("findings.md", &findings::page(RuleBook::guide()));
}

#[test]
fn every_row_is_on_the_rules_page() {
    let book = RuleBook::guide();
    let page = rules::page(book);
    let missing: Vec<&str> = ids_of(book).into_iter().filter(|id| !page.contains(id)).collect();
    assert!(missing.is_empty(), "not on docs/rules.md: {missing:?}");
}

fn ids_of(book: &RuleBook) -> Vec<&str> {
    let mut ids: Vec<&str> = book.sources().iter().map(|row| &*row.id).collect();
    ids.extend(book.single_firmware().iter().map(|row| &*row.origin.id));
    ids.extend(book.conversions().iter().map(|row| &*row.origin.id));
    ids.extend(book.gates().iter().map(|row| &*row.origin.id));
    ids.extend(book.loads().iter().map(|row| &*row.origin.id));
    ids.extend(book.targets().iter().map(|row| &*row.origin.id));
    ids.extend(book.load_servers().iter().map(|row| &*row.origin.id));
    ids.extend(book.licenses().iter().map(|row| &*row.origin.id));
    ids.extend(book.evidence().iter().map(|row| &*row.origin.id));
    ids.extend(book.advice().iter().map(|row| &*row.origin.id));
    ids.extend(book.disagreements().iter().map(|row| &*row.origin.id));
    ids.extend(book.errata().iter().map(|row| &*row.origin.id));
    ids
}

/// What the engine says over many questions: with which effects and from which rows each code speaks.
#[derive(Default)]
struct Said {
    effects: BTreeMap<Code, BTreeSet<Effect>>,
    rows: BTreeMap<Code, BTreeSet<String>>,
}

impl Said {
    fn ask(&mut self, phone: &PhoneTexts, request: &Request) {
        let phone = phone.phone();
        for finding in RuleBook::guide().assess_request(&phone, request).findings() {
            self.effects.entry(finding.code()).or_default().insert(finding.effect());
            self.rows.entry(finding.code()).or_default().extend(finding.rule().map(str::to_owned));
        }
    }
}

/// The corpus, and every model with hardware versions, loads, targets and authorizations on both sides of each rule.
fn said() -> Said {
    let mut said = Said::default();
    for case in corpus::load() {
        let destination = case.to.parse().unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let request = RuleBook::guide().request(destination, case.target.as_deref());
        said.ask(&case.phone, &request.unwrap_or_else(|error| panic!("{}: {error}", case.name)));
    }
    for destination in Destination::ALL {
        let targets: &[Option<&str>] = match destination {
            Destination::UnifiedCm => &[None, Some("12.5(1)")],
            _ => &[None, Some("11.3(1)")],
        };
        for target in targets {
            let request = RuleBook::guide().request(*destination, *target).expect("a target of the right type");
            for row in RuleBook::guide().models() {
                ask_about(row.model.as_str(), row.family.as_str(), &request, &mut said);
            }
            for model in generate::MODELS {
                ask_about(model, generate::family(model), &request, &mut said);
            }
        }
    }
    said
}

fn ask_about(model: &str, family: &str, request: &Request, said: &mut Said) {
    let loads = ["14-2-1-0101-26", "11-0-1-2", "10-3-1-20", "12-0-3MPP0001-87", "11-3-5MPP0001-1", "MPP"]
        .map(|version| Some(format!("sip{family}.{version}")));
    let text = |text: Option<&str>| text.map(str::to_owned);
    for pid in [format!("CP-{model}-K9="), format!("CP-{model}-3PCC-K9="), model.to_owned()] {
        for vid in [None, Some("5"), Some("V01"), Some("V15"), Some("V26")] {
            for load in loads.iter().chain([&None]) {
                for authorization in [None, Some("blank"), Some("WxC")] {
                    let phone = PhoneTexts {
                        pid: Some(pid.clone()),
                        vid: text(vid),
                        load: load.clone(),
                        authorization: text(authorization),
                        ..PhoneTexts::default()
                    };
                    said.ask(&phone, request);
                }
            }
        }
    }
}

#[test]
fn findings_page_names_the_rows_and_effects_with_which_the_engine_speaks() {
    let said = said();
    let mut differences = Vec::new();
    for code in Code::ALL {
        let rows: BTreeSet<String> =
            findings::rows_of(RuleBook::guide(), *code).iter().map(|row| row.id.to_string()).collect();
        let found = said.rows.get(code).cloned().unwrap_or_default();
        if rows != found {
            let (silent, unnamed): (Vec<_>, Vec<_>) =
                (rows.difference(&found).collect(), found.difference(&rows).collect());
            differences
                .push(format!("{code}: rows named that never spoke {silent:?}; rows that spoke unnamed {unnamed:?}"));
        }
        let effects = findings::effects_of(*code);
        // A code that never speaks belongs to other books than `guide`; the corpus lists those.
        if let Some(found) = said.effects.get(code).filter(|found| **found != effects) {
            differences.push(format!("{code}: effects {effects:?} are named, {found:?} were found"));
        }
    }
    assert!(differences.is_empty(), "correct tests/src/docs/findings.rs:\n{}", differences.join("\n"));
}
