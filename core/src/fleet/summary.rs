use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::assess::{Assessment, Code, Effect, Field, Verdict};
use crate::destination::Request;
use crate::firmware::LoadName;
use crate::phone::Model;
use crate::rulebook::RuleBook;
use crate::rulebook::rows::LicenseNeed;

/// How many phones got which verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VerdictCounts([usize; 4]);

impl VerdictCounts {
    /// How many got this one.
    pub fn of(&self, verdict: Verdict) -> usize {
        self.0[verdict as usize]
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    fn add(&mut self, verdict: Verdict) {
        self.0[verdict as usize] += 1;
    }
}

/// How many licenses of one SKU have to be bought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LicenseCount {
    /// The support SKU that goes with it.
    pub service_sku: Option<String>,
    /// For phones that are eligible.
    pub eligible: usize,
    /// For phones whose verdict is still unknown: needed if they turn out eligible.
    pub unknown: usize,
    /// For phones that run MPP firmware already, but without a license.
    pub not_needed: usize,
}

/// What an audit of a fleet comes to: every phone is counted exactly once in [`Summary::verdicts`].
#[derive(Debug, Clone)]
pub struct Summary {
    book: RuleBook,
    request: Request,
    verdicts: VerdictCounts,
    models: BTreeMap<Option<Model>, VerdictCounts>,
    findings: BTreeMap<(Code, Effect), usize>,
    licenses: BTreeMap<String, LicenseCount>,
    needs: BTreeMap<LicenseNeed, usize>,
    loads: BTreeMap<LoadName, usize>,
    first_loads: BTreeMap<LoadName, usize>,
    without_load: usize,
    missing: BTreeMap<MissingEvidence, usize>,
}

impl Summary {
    pub(super) fn new(book: RuleBook, request: Request) -> Self {
        Self {
            book,
            request,
            verdicts: VerdictCounts::default(),
            models: BTreeMap::new(),
            findings: BTreeMap::new(),
            licenses: BTreeMap::new(),
            needs: BTreeMap::new(),
            loads: BTreeMap::new(),
            first_loads: BTreeMap::new(),
            without_load: 0,
            missing: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, answer: &Assessment<'_>) {
        let verdict = answer.verdict();
        self.verdicts.add(verdict);
        self.models.entry(answer.phone_read().model).or_default().add(verdict);

        // A code that speaks twice of one phone counts once.
        let said: BTreeSet<_> = answer.findings().map(|finding| (finding.code(), finding.effect())).collect();
        for finding in said {
            *self.findings.entry(finding).or_default() += 1;
        }
        if let Some(license) = answer.license() {
            *self.needs.entry(license.need()).or_default() += 1;
            if let Some(sku) = license.sku() {
                let count = self.licenses.entry(sku.to_owned()).or_default();
                count.service_sku = license.service_sku().map(str::to_owned);
                match verdict {
                    Verdict::Eligible => count.eligible += 1,
                    Verdict::NotNeeded => count.not_needed += 1,
                    Verdict::Unknown => count.unknown += 1,
                    // No license is named for a phone that cannot be converted.
                    Verdict::Ineligible => {}
                }
            }
        }
        if verdict == Verdict::Eligible
            && let Some(firmware) = answer.firmware()
        {
            match firmware.load() {
                Some(load) => *self.loads.entry(load).or_default() += 1,
                None => self.without_load += 1,
            }
            // One load gets a phone over all of its start gates.
            if let Some(load) = answer.gates().find_map(|gate| gate.install_first()) {
                *self.first_loads.entry(load).or_default() += 1;
            }
        }
        if verdict == Verdict::Unknown {
            *self.missing.entry(MissingEvidence::of(answer)).or_default() += 1;
        }
    }

    /// The book that answered.
    pub fn rulebook(&self) -> &RuleBook {
        &self.book
    }

    /// What was asked.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// How many phones got which verdict.
    pub fn verdicts(&self) -> VerdictCounts {
        self.verdicts
    }

    /// The same for each model; `None` for phones whose model cannot be read.
    pub fn models(&self) -> &BTreeMap<Option<Model>, VerdictCounts> {
        &self.models
    }

    /// How many phones each finding spoke of, by code and effect.
    pub fn findings(&self) -> &BTreeMap<(Code, Effect), usize> {
        &self.findings
    }

    /// Licenses to buy, by SKU.
    pub fn licenses(&self) -> &BTreeMap<String, LicenseCount> {
        &self.licenses
    }

    /// How many phones have which need of a license.
    pub fn license_needs(&self) -> &BTreeMap<LicenseNeed, usize> {
        &self.needs
    }

    /// Loads to stage for the eligible phones.
    pub fn loads(&self) -> &BTreeMap<LoadName, usize> {
        &self.loads
    }

    /// Loads that eligible phones have to install before the conversion, because what runs is too old.
    pub fn loads_to_install_first(&self) -> &BTreeMap<LoadName, usize> {
        &self.first_loads
    }

    /// Eligible phones for which the rule book knows no load of the target.
    pub fn without_load(&self) -> usize {
        self.without_load
    }

    /// What evidence would settle the unknown phones, and how many phones it is about.
    pub fn missing_evidence(&self) -> &BTreeMap<MissingEvidence, usize> {
        &self.missing
    }
}

/// What would settle everything that is unsettled about a phone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MissingEvidence {
    /// Of each of these groups, one field.
    pub fields: Vec<&'static [Field]>,
    /// Findings that no field settles.
    pub beyond: BTreeSet<Code>,
}

impl MissingEvidence {
    fn of(answer: &Assessment<'_>) -> Self {
        let mut missing = Self { fields: Vec::new(), beyond: BTreeSet::new() };
        for finding in answer.findings().filter(|finding| finding.effect() == Effect::Unsettled) {
            match finding.evidence() {
                [] => {
                    missing.beyond.insert(finding.code());
                }
                fields if missing.fields.contains(&fields) => {}
                fields => missing.fields.push(fields),
            }
        }
        missing
    }
}

/// `vid`, or `load or firmware_type`, or both.
impl fmt::Display for MissingEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_of = |fields: &&[Field]| fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(" or ");
        let mut parts: Vec<String> = self.fields.iter().map(one_of).collect();
        parts.extend(self.beyond.iter().map(|code| format!("an answer from Cisco ({code} {})", code.name())));
        f.write_str(&parts.join(", and "))
    }
}
