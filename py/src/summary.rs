//! What an audit comes to, as the dataclasses of `crossgrade/_summary.py`.

use crossgrade::fleet::{LicenseCount, VerdictCounts};
use crossgrade::inventory::{ColumnReport, InventoryField};
use crossgrade::{Summary, Verdict};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::enum_words::Word;
use crate::python_class::class;
use crate::rulebook::RuleBook;

/// The order in which a person reads verdicts.
pub(crate) const VERDICTS: [Verdict; 4] =
    [Verdict::Eligible, Verdict::Ineligible, Verdict::Unknown, Verdict::NotNeeded];

/// Which column was read as what.
pub(crate) fn columns<'py>(py: Python<'py>, report: &ColumnReport) -> PyResult<Bound<'py, PyAny>> {
    let read = PyDict::new(py);
    for field in InventoryField::ALL {
        read.set_item(field.member(py)?, PyTuple::new(py, report.read_from(*field).collect::<Vec<_>>())?)?;
    }
    let not_read = PyTuple::new(py, report.not_read().collect::<Vec<_>>())?;
    let kept = PyDict::new(py);
    for (header, name) in report.kept_as() {
        kept.set_item(name, header)?;
    }
    class!(py, "crossgrade._summary", "ColumnReport")?.call1((read, not_read, kept, report.to_string()))
}

/// The counts, and the report that a person reads.
pub(crate) fn summary<'py>(py: Python<'py>, summary: &Summary, rulebook: &Py<RuleBook>) -> PyResult<Bound<'py, PyAny>> {
    let models = PyDict::new(py);
    for (model, counts) in summary.models() {
        models.set_item(model.as_ref().map(ToString::to_string), verdicts(py, *counts)?)?;
    }
    let licenses = summary.licenses().iter().map(|(sku, count)| {
        let LicenseCount { service_sku, eligible, unknown, not_needed, .. } = count;
        class!(py, "crossgrade._summary", "LicenseCount")?.call1((sku, service_sku, eligible, unknown, not_needed))
    });
    let findings = summary.findings().iter().map(|((code, effect), phones)| {
        let (code, name) = (code.as_str(), code.name());
        class!(py, "crossgrade._summary", "FindingCount")?.call1((code, name, effect.member(py)?, phones))
    });
    let keywords = PyDict::new(py);
    keywords.set_item("rulebook", rulebook)?;
    keywords.set_item("destination", summary.request().destination().member(py)?)?;
    keywords.set_item("target", summary.request().chosen_target().map(ToString::to_string))?;
    keywords.set_item("verdicts", verdicts(py, summary.verdicts())?)?;
    keywords.set_item("models", models)?;
    let no_phones = summary.no_phones().iter().map(|(class, rows)| Ok((class.member(py)?, *rows)));
    keywords.set_item("no_phones", counts(py, no_phones)?)?;
    keywords.set_item("findings", tuple(py, findings)?)?;
    keywords.set_item("licenses", tuple(py, licenses)?)?;
    let needs = summary.license_needs().iter().map(|(need, phones)| Ok((need.member(py)?, *phones)));
    keywords.set_item("license_needs", counts(py, needs)?)?;
    let texts = |loads: &std::collections::BTreeMap<crossgrade::LoadName, usize>| {
        counts(py, loads.iter().map(|(load, phones)| Ok((load.to_string(), *phones))))
    };
    keywords.set_item("loads", texts(summary.loads())?)?;
    keywords.set_item("install_first", texts(summary.loads_to_install_first())?)?;
    keywords.set_item("without_load", summary.without_load())?;
    let missing = summary.missing_evidence().iter().map(|(evidence, phones)| Ok((evidence.to_string(), *phones)));
    keywords.set_item("missing_evidence", counts(py, missing)?)?;
    keywords.set_item("text", summary.to_string())?;
    class!(py, "crossgrade._summary", "Summary")?.call((), Some(&keywords))
}

fn verdicts(py: Python<'_>, of: VerdictCounts) -> PyResult<Bound<'_, PyDict>> {
    counts(py, VERDICTS.iter().map(|verdict| Ok((verdict.member(py)?, of.of(*verdict)))))
}

fn counts<'py, K: IntoPyObject<'py>>(
    py: Python<'py>,
    counts: impl Iterator<Item = PyResult<(K, usize)>>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for count in counts {
        let (key, phones) = count?;
        dict.set_item(key, phones)?;
    }
    Ok(dict)
}

fn tuple<'py>(
    py: Python<'py>,
    parts: impl Iterator<Item = PyResult<Bound<'py, PyAny>>>,
) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, parts.collect::<PyResult<Vec<_>>>()?)
}
