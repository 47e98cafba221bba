use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::ControlFlow;

use super::{Fleet, FleetRow};
use crate::assess::{Assessment, Code, Effect, Verdict};
use crate::destination::Request;
use crate::firmware::LoadName;
use crate::rulebook::RuleBook;
use crate::rulebook::rows::LicenseNeed;
use crate::text::Shown;

/// What an answer comes to: verdict, loads and license.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Outcome {
    /// The answer in one word.
    pub verdict: Verdict,
    /// The load to install, where there is one.
    pub load: Option<LoadName>,
    /// The load to install before the conversion, where what runs is too old.
    pub install_first: Option<LoadName>,
    /// Whether a license has to be had, where that is said.
    pub license_need: Option<LicenseNeed>,
    /// The license to order, if one is bought.
    pub license_sku: Option<String>,
}

impl Outcome {
    fn of(answer: &Assessment<'_>) -> Self {
        let license = answer.license();
        Self {
            verdict: answer.verdict(),
            load: answer.firmware().and_then(|firmware| firmware.load()),
            install_first: answer.gates().find_map(|gate| gate.install_first()),
            license_need: license.map(|license| license.need()),
            license_sku: license.and_then(|license| license.sku().map(str::to_owned)),
        }
    }

    /// `purchase L-CP-E2M-88XX-CNV=`; none where nothing is said of a license.
    fn license(&self) -> Option<String> {
        let need = self.license_need?;
        Some(self.license_sku.as_ref().map_or_else(|| need.to_string(), |sku| format!("{need} {sku}")))
    }
}

/// One phone whose answer is another in the later book.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImpactRow {
    /// Where the row begins in its source: the line of a text, the row of a sheet, or the number of the device, from 1.
    pub line: u64,
    /// The same as a person finds it: `export.csv line 2`, or `line 2` of a fleet without sources.
    pub place: String,
    /// The product text as it came.
    pub product: String,
    /// What it says in the columns that the caller keeps: name and text.
    pub kept: Vec<(String, String)>,
    /// What the earlier book answers.
    pub before: Outcome,
    /// What the later book answers.
    pub after: Outcome,
    /// The rows about this phone and its way that differ between the books, by id.
    pub rules: Vec<String>,
}

/// What changes for a fleet between two books, or between two days of one.
#[derive(Debug, Clone)]
pub struct Impact {
    before: RuleBook,
    after: RuleBook,
    request: Request,
    total: usize,
    rows: Vec<ImpactRow>,
    findings: BTreeMap<(Code, Effect), FindingChange>,
}

/// Of how many phones a finding speaks that it did not speak of, and of how many no more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FindingChange {
    /// Phones that it speaks of now and did not.
    pub gained: usize,
    /// Phones that it spoke of and does not now.
    pub lost: usize,
}

impl Fleet {
    /// Which phones get another verdict, load or license from a later book, and which work and warnings come and go.
    ///
    /// Make the request with `after`. Where `before` would refuse its target, no phone was eligible that had to be converted
    /// (CG312).
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, Fleet, Phone, RuleBook, Verdict};
    ///
    /// let mut fleet = Fleet::default();
    /// fleet.push(2, Phone::new("CP-8851NR-K9=").vid("V15"));
    /// fleet.push(3, Phone::new("CP-8841-K9=").vid("V15"));
    ///
    /// let [before, after] = ["2024-08-25", "2024-08-26"].map(|day| RuleBook::field_as_of(day.parse().unwrap()));
    /// let request = after.request(Destination::WebexCalling, "12.0(5)")?;
    /// let impact = fleet.impact(before, after, &request);
    /// assert_eq!(impact.rows().len(), 1);
    /// assert_eq!(impact.verdicts().collect::<Vec<_>>(), [((Verdict::Ineligible, Verdict::Eligible), 1)]);
    /// # Ok::<(), crossgrade::TargetError>(())
    /// ```
    pub fn impact(&self, before: &RuleBook, after: &RuleBook, request: &Request) -> Impact {
        let done = |_| ControlFlow::<std::convert::Infallible>::Continue(());
        let ControlFlow::Continue(impact) = self.impact_with(before, after, request, done);
        impact
    }

    /// The same; after each phone `progress` hears how many are done, and may break it off.
    pub fn impact_with<B>(
        &self,
        before: &RuleBook,
        after: &RuleBook,
        request: &Request,
        mut progress: impl FnMut(usize) -> ControlFlow<B>,
    ) -> ControlFlow<B, Impact> {
        let different: BTreeSet<String> =
            before.diff(after).changes().iter().map(|change| change.id().to_owned()).collect();
        let mut rows = Vec::new();
        let mut findings = BTreeMap::new();
        for (index, row) in self.rows().iter().enumerate() {
            let answers = [before, after].map(|book| book.assess_request(row.phone(), request));
            count_findings(&answers, &mut findings);
            rows.extend(changed(self, row, &answers, &different));
            progress(index + 1)?;
        }
        let (before, after, request) = (before.clone(), after.clone(), request.clone());
        ControlFlow::Continue(Impact { before, after, request, total: self.rows().len(), rows, findings })
    }
}

/// The row of a phone that the two books answer differently.
fn changed(
    fleet: &Fleet,
    row: &FleetRow,
    answers: &[Assessment<'_>; 2],
    different: &BTreeSet<String>,
) -> Option<ImpactRow> {
    let [was, is] = answers.each_ref().map(Outcome::of);
    if was == is {
        return None;
    }
    let known = row.phone().product().known();
    let vid = answers[0].phone_read().vid;
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (book, request) in answers.iter().map(|answer| (answer.rulebook(), answer.request())) {
        let about =
            known.map(|product| book.rows_for(product.model(), request.destination(), product.is_marked_3pcc(), vid));
        ids.extend(about.iter().flatten().map(|row| row.origin().id.to_string()));
        // What evidence is worth bears on every phone.
        ids.extend(book.evidence().map(|row| row.origin.id.to_string()));
    }
    // So do the loads that are named.
    let loads = [was.load, was.install_first, is.load, is.install_first];
    ids.extend(loads.into_iter().flatten().map(|load| load.to_string()));
    let rules: BTreeSet<String> = ids.into_iter().filter(|id| different.contains(id)).collect();
    let rules = rules.into_iter().collect();
    let product = row.phone().product_text().unwrap_or_default().to_owned();
    let kept = row.kept().map(|(column, text)| (column.to_owned(), text.to_owned())).collect();
    let line = row.line();
    let source = fleet.source(row.origin()).filter(|source| !source.name().is_empty());
    let place = source.map_or_else(|| format!("line {line}"), |source| source.place(line));
    Some(ImpactRow { line, place, product, kept, before: was, after: is, rules })
}

impl Impact {
    /// The earlier book.
    pub fn before(&self) -> &RuleBook {
        &self.before
    }

    /// The later book.
    pub fn after(&self) -> &RuleBook {
        &self.after
    }

    /// What was asked.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// How many phones were asked about.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The phones whose answer is another, in the order of the fleet.
    pub fn rows(&self) -> &[ImpactRow] {
        &self.rows
    }

    /// How many phones got which verdict instead of which, in the order of [`Verdict::ALL`].
    pub fn verdicts(&self) -> impl Iterator<Item = ((Verdict, Verdict), usize)> {
        let pairs = Verdict::ALL.iter().flat_map(|was| Verdict::ALL.iter().map(|is| (*was, *is)));
        let counts = pairs.map(|change @ (was, is)| {
            let is_this = |row: &&ImpactRow| was != is && (row.before.verdict, row.after.verdict) == change;
            (change, self.rows.iter().filter(is_this).count())
        });
        counts.filter(|(_, count)| *count > 0)
    }

    /// How many phones got which load instead of which.
    pub fn loads(&self) -> BTreeMap<(Option<LoadName>, Option<LoadName>), usize> {
        self.count(|outcome| outcome.load)
    }

    /// How many phones got which load to install first instead of which.
    pub fn loads_to_install_first(&self) -> BTreeMap<(Option<LoadName>, Option<LoadName>), usize> {
        self.count(|outcome| outcome.install_first)
    }

    /// Findings that decide, ask for work or warn, and speak of other phones than before, by code and effect.
    pub fn findings(&self) -> &BTreeMap<(Code, Effect), FindingChange> {
        &self.findings
    }

    /// How many phones need which license instead of which, by need and SKU.
    pub fn licenses(&self) -> BTreeMap<(Option<String>, Option<String>), usize> {
        self.count(Outcome::license)
    }

    fn count<T: Ord>(&self, of: impl Fn(&Outcome) -> T) -> BTreeMap<(T, T), usize> {
        let mut counts = BTreeMap::new();
        for row in &self.rows {
            let (before, after) = (of(&row.before), of(&row.after));
            if before != after {
                *counts.entry((before, after)).or_default() += 1;
            }
        }
        counts
    }
}

impl Impact {
    /// `e2m-7821-mpp-12-0-6 by A03`, as the later book has it.
    fn amended(&self, rule: &str) -> String {
        let row = self.after.row(rule).or_else(|| self.before.row(rule));
        let amendment = row.and_then(|row| row.origin().amendment.as_deref());
        amendment.map_or_else(|| rule.to_owned(), |amendment| format!("{rule} by {amendment}"))
    }
}

/// Counts findings that decide, ask for work or warn, where only one of the books says them.
fn count_findings(answers: &[Assessment<'_>; 2], findings: &mut BTreeMap<(Code, Effect), FindingChange>) {
    let [was, is] = answers.each_ref().map(|answer| -> BTreeSet<(Code, Effect)> {
        let said = answer.findings().map(|finding| (finding.code(), finding.effect()));
        said.filter(|(_, effect)| *effect != Effect::Notes).collect()
    });
    is.difference(&was).for_each(|finding| findings.entry(*finding).or_default().gained += 1);
    was.difference(&is).for_each(|finding| findings.entry(*finding).or_default().lost += 1);
}

/// How many phones the text lists one by one; [`Impact::rows`] has all.
const SHOWN: usize = 20;

/// The report that a person reads.
impl fmt::Display for Impact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "To {}", self.request.destination().name())?;
        if let Some(target) = self.request.chosen_target() {
            write!(f, " with {}", Shown::new(&target.to_string()))?;
        }
        writeln!(f, ", from rule book {} to {}", self.before.label(), self.after.label())?;
        write!(f, "\n  {} of {} phones change", self.rows.len(), self.total)?;
        let section = |f: &mut fmt::Formatter<'_>, name: &str, lines: Vec<(String, String, usize)>| {
            if lines.is_empty() {
                return Ok(());
            }
            write!(f, "\n\n  {name}")?;
            lines.iter().try_for_each(|(was, is, count)| write!(f, "\n    {count:>7}  {was} -> {is}"))
        };
        let lines = |((was, is), count): ((Verdict, Verdict), usize)| (was.to_string(), is.to_string(), count);
        section(f, "Verdicts", self.verdicts().map(lines).collect())?;
        let loads = self.loads().into_iter().map(|((was, is), count)| (or_none(was), or_none(is), count));
        section(f, "Loads", loads.collect())?;
        let first = self.loads_to_install_first().into_iter();
        let first = first.map(|((was, is), count)| (or_none(was), or_none(is), count));
        section(f, "Loads to install first", first.collect())?;
        let licenses = self.licenses().into_iter().map(|((was, is), count)| (or_none(was), or_none(is), count));
        section(f, "Licenses", licenses.collect())?;
        if !self.findings.is_empty() {
            write!(f, "\n\n  Findings, of how many phones more and fewer")?;
        }
        for ((code, effect), FindingChange { gained, lost }) in &self.findings {
            write!(
                f,
                "\n    {:>7} {:>7}  {code} {} ({effect})",
                format!("+{gained}"),
                format!("-{lost}"),
                code.name()
            )?;
        }
        if !self.rows.is_empty() {
            write!(f, "\n\n  Phones")?;
        }
        // A verdict that changes matters most.
        let (first, then): (Vec<_>, Vec<_>) = self.rows.iter().partition(|row| row.before.verdict != row.after.verdict);
        for ImpactRow { place, product, before, after, rules, .. } in first.into_iter().chain(then).take(SHOWN) {
            let product = if product.is_empty() { "no product id" } else { product };
            write!(f, "\n    {place}, {}: ", Shown::new(product))?;
            let mut parts = Vec::new();
            if before.verdict != after.verdict {
                parts.push(format!("{} -> {}", before.verdict, after.verdict));
            }
            if before.load != after.load {
                parts.push(format!("load {} -> {}", or_none(before.load), or_none(after.load)));
            }
            if before.install_first != after.install_first {
                parts.push(format!("first {} -> {}", or_none(before.install_first), or_none(after.install_first)));
            }
            if before.license() != after.license() {
                parts.push(format!("license {} -> {}", or_none(before.license()), or_none(after.license())));
            }
            write!(f, "{}", parts.join("; "))?;
            if !rules.is_empty() {
                let rules: Vec<String> = rules.iter().map(|rule| self.amended(rule)).collect();
                write!(f, " ({})", rules.join(", "))?;
            }
        }
        if self.rows.len() > SHOWN {
            write!(f, "\n    and {} more", self.rows.len() - SHOWN)?;
        }
        Ok(())
    }
}

fn or_none(value: Option<impl fmt::Display>) -> String {
    value.map_or("none".to_owned(), |value| value.to_string())
}
