//! The report of an audit: what a person reads in a terminal, in every language the same.

use std::collections::BTreeMap;
use std::fmt;

use super::Summary;
use crate::assess::{Effect, Verdict};
use crate::firmware::LoadName;
use crate::phone::Model;
use crate::rulebook::rows::LicenseNeed;
use crate::text::Shown;

/// The order in which a person reads verdicts.
pub(super) const VERDICTS: [Verdict; 4] =
    [Verdict::Eligible, Verdict::Ineligible, Verdict::Unknown, Verdict::NotNeeded];
/// How many findings are shown of those that decide nothing.
const TOP: usize = 6;

/// The report that a person reads.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = self.request();
        write!(f, "To {}", request.destination().name())?;
        if let Some(target) = request.chosen_target() {
            write!(f, " with {}", Shown::new(&target.to_string()))?;
        }
        writeln!(f, ", by rule book {}", self.rulebook().label())?;
        self.write_verdicts(f)?;
        self.write_models(f)?;
        self.write_no_phones(f)?;
        self.write_findings(f)?;
        self.write_licenses(f)?;
        self.write_loads(f)?;
        self.write_missing_evidence(f)
    }
}

impl Summary {
    fn write_verdicts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.verdicts();
        writeln!(f, "\n  Verdicts")?;
        for verdict in VERDICTS {
            let count = counts.of(verdict);
            let percent = 100.0 * count as f64 / counts.total().max(1) as f64;
            write!(f, "    {:<11} {count:>7}  {percent:>5.1} %", verdict.as_str())?;
            match self.not_a_phone() {
                no_phones if verdict == Verdict::Ineligible && no_phones > 0 => {
                    writeln!(f, ", {} of them no phone{}", no_phones, if no_phones == 1 { "" } else { "s" })?;
                }
                _ => writeln!(f)?,
            }
        }
        writeln!(f, "    {:<11} {:>7}", "total", counts.total())
    }

    fn write_models(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_phone = |model: &Option<Model>| model.is_none_or(|model| model.device_class().is_none());
        let phones: Vec<_> = self.models().iter().filter(|(model, _)| is_phone(model)).collect();
        writeln!(f, "\n  Models          total  eligible  ineligible  unknown  not-needed")?;
        for (model, counts) in phones {
            let name = model.as_ref().map_or("not readable", |model| model.as_str());
            let [eligible, ineligible, unknown, not_needed] = VERDICTS.map(|verdict| counts.of(verdict));
            let total = counts.total();
            writeln!(f, "    {name:<12} {total:>6} {eligible:>9} {ineligible:>11} {unknown:>8} {not_needed:>11}")?;
        }
        Ok(())
    }

    fn write_no_phones(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.no_phones().is_empty() {
            return Ok(());
        }
        writeln!(f, "\n  What is no phone, among the ineligible")?;
        self.no_phones().iter().try_for_each(|(class, count)| writeln!(f, "    {:<17} {count:>6}", class.as_str()))
    }

    /// Everything that decided, then the most frequent of the rest.
    fn write_findings(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decides = |effect| matches!(effect, Effect::Blocks | Effect::Unsettled);
        let is_work = |effect| decides(effect) || matches!(effect, Effect::Requires | Effect::Advises);
        let mut findings: Vec<_> = self.findings().iter().filter(|((_, effect), _)| is_work(*effect)).collect();
        findings.sort_by_key(|((code, effect), count)| (!decides(*effect), std::cmp::Reverse(**count), *effect, *code));
        if findings.is_empty() {
            return Ok(());
        }
        let deciding = findings.iter().filter(|((_, effect), _)| decides(*effect)).count();
        let shown = findings.len().min(deciding + TOP);
        writeln!(f, "\n  Findings that decided, then the most frequent others, and what to do")?;
        for ((code, effect), count) in &findings[..shown] {
            writeln!(f, "    {count:>6}  {code} {} ({effect}): {}", code.name(), code.meaning())?;
            writeln!(f, "            -> {}", code.remedy())?;
        }
        match findings.len() - shown {
            0 => Ok(()),
            more => writeln!(f, "    and {more} more"),
        }
    }

    fn write_licenses(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let needs = self.license_needs();
        if needs.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n  Licenses")?;
        for (sku, count) in self.licenses() {
            write!(f, "    {sku:<20} {:>6}", count.eligible)?;
            if count.unknown > 0 {
                write!(f, ", and {} for unknown phones", count.unknown)?;
            }
            if count.not_needed > 0 {
                write!(f, ", and {} for phones that run unlicensed", count.not_needed)?;
            }
            match &count.service_sku {
                Some(service) => writeln!(f, "; support {service}")?,
                None => writeln!(f)?,
            }
        }
        for (need, what) in [
            (LicenseNeed::IssuedByControlHub, "issued by Control Hub"),
            (LicenseNeed::NotRequired, "not required"),
            (LicenseNeed::Unknown, "need not known"),
        ] {
            if let Some(count) = needs.get(&need) {
                writeln!(f, "    {what:<22} {count:>4} phones")?;
            }
        }
        Ok(())
    }

    fn write_loads(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.loads().is_empty() && self.without_load() == 0 {
            return Ok(());
        }
        if !self.loads_to_install_first().is_empty() {
            writeln!(f, "\n  Loads to install first, on eligible phones that run too old a release")?;
            write_counts(f, self.loads_to_install_first())?;
        }
        writeln!(f, "\n  Loads to stage for eligible phones")?;
        write_counts(f, self.loads())?;
        match self.without_load() {
            0 => Ok(()),
            count => writeln!(f, "    {:<36} {count:>6}", "not in the rule book"),
        }
    }

    fn write_missing_evidence(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut missing: Vec<_> = self.missing_evidence().iter().collect();
        missing.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        if missing.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n  What would settle the unknown phones")?;
        missing.iter().try_for_each(|(evidence, count)| writeln!(f, "    {count:>6}  {evidence}"))
    }
}

fn write_counts(f: &mut fmt::Formatter<'_>, loads: &BTreeMap<LoadName, usize>) -> fmt::Result {
    loads.iter().try_for_each(|(load, count)| writeln!(f, "    {:<36} {count:>6}", load.file()))
}
