//! The impact as JSON, `crossgrade.impact/1`.

use serde::{Serialize, Serializer};

use super::{Impact, ImpactRow, Outcome};
use crate::rulebook::book_keys::BookKeys;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    before: BookKeys<'a>,
    after: BookKeys<'a>,
    destination: &'static str,
    target: Option<String>,
    phones: usize,
    changed: usize,
    verdicts: Vec<CountKeys>,
    loads: Vec<CountKeys>,
    install_first: Vec<CountKeys>,
    findings: Vec<FindingKeys>,
    licenses: Vec<CountKeys>,
    rows: Vec<RowKeys<'a>>,
}

/// How many phones got what instead of what; null where there is none.
#[derive(Serialize)]
struct CountKeys {
    before: Option<String>,
    after: Option<String>,
    phones: usize,
}

#[derive(Serialize)]
struct FindingKeys {
    code: &'static str,
    effect: &'static str,
    gained: usize,
    lost: usize,
}

#[derive(Serialize)]
struct RowKeys<'a> {
    line: u64,
    place: &'a str,
    product: &'a str,
    before: OutcomeKeys<'a>,
    after: OutcomeKeys<'a>,
    rules: &'a [String],
    /// What it says in the columns that the caller keeps, by their names.
    #[serde(serialize_with = "as_map")]
    kept: &'a [(String, String)],
}

fn as_map<S: Serializer>(pairs: &&[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(column, text)| (column, text)))
}

#[derive(Serialize)]
struct OutcomeKeys<'a> {
    verdict: &'static str,
    load: Option<String>,
    install_first: Option<String>,
    license_need: Option<&'static str>,
    license_sku: Option<&'a str>,
}

impl<'a> From<&'a Outcome> for OutcomeKeys<'a> {
    fn from(outcome: &'a Outcome) -> Self {
        Self {
            verdict: outcome.verdict.as_str(),
            load: outcome.load.map(|load| load.to_string()),
            install_first: outcome.install_first.map(|load| load.to_string()),
            license_need: outcome.license_need.map(|need| need.as_str()),
            license_sku: outcome.license_sku.as_deref(),
        }
    }
}

impl Impact {
    /// The impact as compact JSON, the same bytes in every language.
    pub fn to_json(&self) -> String {
        let verdicts = self.verdicts().map(|((before, after), phones)| CountKeys {
            before: Some(before.to_string()),
            after: Some(after.to_string()),
            phones,
        });
        let text = |load: Option<crate::firmware::LoadName>| load.map(|load| load.to_string());
        let counts = |loads: std::collections::BTreeMap<_, _>| -> Vec<CountKeys> {
            let keys = |((before, after), phones)| CountKeys { before: text(before), after: text(after), phones };
            loads.into_iter().map(keys).collect()
        };
        let findings = self.findings().iter().map(|((code, effect), change)| FindingKeys {
            code: code.as_str(),
            effect: effect.as_str(),
            gained: change.gained,
            lost: change.lost,
        });
        let licenses = self.licenses().into_iter().map(|((before, after), phones)| CountKeys { before, after, phones });
        let document = Document {
            schema: "crossgrade.impact/1",
            before: self.before().into(),
            after: self.after().into(),
            destination: self.request().destination().as_str(),
            target: self.request().chosen_target().map(ToString::to_string),
            phones: self.total(),
            changed: self.rows().len(),
            verdicts: verdicts.collect(),
            loads: counts(self.loads()),
            install_first: counts(self.loads_to_install_first()),
            findings: findings.collect(),
            licenses: licenses.collect(),
            rows: self
                .rows()
                .iter()
                .map(|ImpactRow { line, place, product, kept, before, after, rules }| RowKeys {
                    line: *line,
                    place,
                    product,
                    before: before.into(),
                    after: after.into(),
                    rules,
                    kept,
                })
                .collect(),
        };
        serde_json::to_string(&document).unwrap_or_default()
    }
}
