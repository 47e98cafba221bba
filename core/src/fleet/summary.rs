use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::assess::{Assessment, Code, Effect, Field, Finding, Verdict};
use crate::destination::Request;
use crate::firmware::LoadName;
use crate::phone::{DeviceClass, Model};
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

    fn add(&mut self, verdict: Verdict, times: usize) {
        self.0[verdict as usize] += times;
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

impl LicenseCount {
    /// A book that gives one license two supports is answered the same whatever the order of the phones: with the first by name.
    fn name_support(&mut self, service_sku: Option<&str>) {
        let is_first = |name: &&str| self.service_sku.as_deref().is_none_or(|known| *name < known);
        if let Some(name) = service_sku.filter(is_first) {
            self.service_sku = Some(name.to_owned());
        }
    }
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
    no_phones: BTreeMap<DeviceClass, usize>,
}

impl Summary {
    pub(crate) fn new(book: RuleBook, request: Request) -> Self {
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
            no_phones: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, answer: &Assessment<'_>) {
        self.add_times(&Tally::of(answer), 1);
    }

    /// Counts this many phones whose answers add the same.
    pub(crate) fn add_times(&mut self, tally: &Tally, times: usize) {
        let verdict = tally.verdict;
        self.verdicts.add(verdict, times);
        self.models.entry(tally.model).or_default().add(verdict, times);
        for finding in &tally.findings {
            *self.findings.entry(*finding).or_default() += times;
        }
        if let Some(need) = tally.need {
            *self.needs.entry(need).or_default() += times;
        }
        if let Some((sku, service_sku)) = &tally.skus {
            let count = self.licenses.entry(sku.clone()).or_default();
            count.name_support(service_sku.as_deref());
            match verdict {
                Verdict::Eligible => count.eligible += times,
                Verdict::NotNeeded => count.not_needed += times,
                Verdict::Unknown => count.unknown += times,
                // No license is named for a phone that cannot be converted.
                Verdict::Ineligible => {}
            }
        }
        match tally.load {
            Some(Some(load)) => *self.loads.entry(load).or_default() += times,
            Some(None) => self.without_load += times,
            None => {}
        }
        if let Some(load) = tally.first_load {
            *self.first_loads.entry(load).or_default() += times;
        }
        if let Some(class) = tally.model.and_then(|model| model.device_class()) {
            *self.no_phones.entry(class).or_default() += times;
        }
        if let Some(missing) = &tally.missing {
            *self.missing.entry(missing.clone()).or_default() += times;
        }
    }

    /// Counts the phones of another part of the same fleet too: audited by the same book, and asked the same.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, Fleet, Phone, Request, RuleBook};
    ///
    /// let audit = |phones: &[(&'static str, &'static str)]| {
    ///     let mut fleet = Fleet::default();
    ///     phones.iter().for_each(|(pid, vid)| fleet.push(1, Phone::new(*pid).vid(*vid)));
    ///     fleet.audit(RuleBook::guide(), &Request::to(Destination::ThirdParty))
    /// };
    /// let phones = [("CP-7821-K9=", "V01"), ("CP-7821-K9=", "V03"), ("8841", "?"), ("garbled", "V01")];
    /// let mut summary = audit(&phones[..2]);
    /// summary.merge(&audit(&phones[2..]));
    /// assert_eq!(summary.to_string(), audit(&phones).to_string());
    /// ```
    pub fn merge(&mut self, part: &Self) {
        fn add<K: Clone + Ord>(counts: &mut BTreeMap<K, usize>, part: &BTreeMap<K, usize>) {
            part.iter().for_each(|(key, times)| *counts.entry(key.clone()).or_default() += times);
        }
        for verdict in Verdict::ALL {
            self.verdicts.add(*verdict, part.verdicts.of(*verdict));
            for (model, counts) in &part.models {
                self.models.entry(*model).or_default().add(*verdict, counts.of(*verdict));
            }
        }
        for (sku, part) in &part.licenses {
            let count = self.licenses.entry(sku.clone()).or_default();
            count.name_support(part.service_sku.as_deref());
            count.eligible += part.eligible;
            count.unknown += part.unknown;
            count.not_needed += part.not_needed;
        }
        add(&mut self.findings, &part.findings);
        add(&mut self.needs, &part.needs);
        add(&mut self.loads, &part.loads);
        add(&mut self.first_loads, &part.first_loads);
        self.without_load += part.without_load;
        add(&mut self.missing, &part.missing);
        add(&mut self.no_phones, &part.no_phones);
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

    /// How many rows are no phones (CG108). Their verdict is ineligible, and they are counted there too.
    ///
    /// # Example
    /// ```
    /// use crossgrade::phone::DeviceClass;
    /// use crossgrade::{Destination, Fleet, Phone, Request, RuleBook, Verdict};
    ///
    /// let mut fleet = Fleet::default();
    /// for product in ["CP-8831-K9=", "Cisco IP Communicator", "CTI Port", "CTI Port"] {
    ///     fleet.push(1, Phone::new(product));
    /// }
    /// let summary = fleet.audit(RuleBook::guide(), &Request::to(Destination::WebexCalling));
    /// assert_eq!(summary.verdicts().of(Verdict::Ineligible), 4);
    /// assert_eq!(summary.not_a_phone(), 3);
    /// assert_eq!(summary.no_phones()[&DeviceClass::Cti], 2);
    /// ```
    pub fn not_a_phone(&self) -> usize {
        self.no_phones.values().sum()
    }

    /// The same for each kind of device.
    pub fn no_phones(&self) -> &BTreeMap<DeviceClass, usize> {
        &self.no_phones
    }

    /// How many of each model got which verdict; `None` for phones whose model cannot be read.
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

/// What one answer adds to a summary. Many phones of a fleet add the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Tally {
    verdict: Verdict,
    model: Option<Model>,
    /// A code that speaks twice of one phone counts once.
    findings: BTreeSet<(Code, Effect)>,
    need: Option<LicenseNeed>,
    /// The license and its support, if something is bought.
    skus: Option<(String, Option<String>)>,
    /// Of an eligible phone what to install; `Some(None)` if the book has no load.
    load: Option<Option<LoadName>>,
    /// Of an eligible phone what to install first: one load gets it over all of its start gates.
    first_load: Option<LoadName>,
    /// Of an unknown phone.
    missing: Option<MissingEvidence>,
}

impl Tally {
    pub(crate) fn of(answer: &Assessment<'_>) -> Self {
        Self::of_findings(answer, &answer.findings().collect::<Vec<_>>())
    }

    /// The same where somebody has the findings of the answer already.
    pub(crate) fn of_findings(answer: &Assessment<'_>, findings: &[Finding<'_>]) -> Self {
        let verdict = answer.verdict();
        let license = answer.license();
        let skus =
            license.and_then(|license| Some((license.sku()?.to_owned(), license.service_sku().map(str::to_owned))));
        let eligible = (verdict == Verdict::Eligible).then(|| answer.firmware()).flatten();
        Self {
            verdict,
            model: answer.phone_read().model,
            findings: findings.iter().map(|finding| (finding.code(), finding.effect())).collect(),
            need: license.map(|license| license.need()),
            skus,
            load: eligible.map(|firmware| firmware.load()),
            first_load: eligible.and_then(|_| answer.install_first()),
            missing: (verdict == Verdict::Unknown).then(|| MissingEvidence::of(findings)),
        }
    }
}

/// What would settle everything that is unsettled about a phone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct MissingEvidence {
    /// Of each of these groups, one field.
    pub fields: Vec<&'static [Field]>,
    /// Findings that no field settles.
    pub beyond: BTreeSet<Code>,
}

impl MissingEvidence {
    fn of(findings: &[Finding<'_>]) -> Self {
        let mut missing = Self { fields: Vec::new(), beyond: BTreeSet::new() };
        for finding in findings.iter().filter(|finding| finding.effect() == Effect::Unsettled) {
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
