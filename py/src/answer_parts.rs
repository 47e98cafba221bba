//! Parts of an answer as the dataclasses of `crossgrade/_results.py`; their fields are the keys of the JSON.

use crossgrade::{Code, FirmwareToInstall};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;

use crate::enum_words::Word;
use crate::python_class::class;

/// What `json.loads` makes of a text.
pub(crate) fn loads<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    LOADS.import(py, "json", "loads")?.call1((json,))
}

fn member<W: Word>(py: Python<'_>, word: Option<W>) -> PyResult<Option<Bound<'_, PyAny>>> {
    word.map(|word| word.member(py)).transpose()
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn texts<'a, 'py>(py: Python<'py>, texts: impl Iterator<Item = &'a str>) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, texts.collect::<Vec<_>>())
}

pub(crate) fn finding<'py>(py: Python<'py>, finding: crossgrade::Finding<'_>) -> PyResult<Bound<'py, PyAny>> {
    let evidence = finding.evidence().iter().map(|field| field.member(py)).collect::<PyResult<Vec<_>>>()?;
    class!(py, "Finding")?.call1((
        finding.code().as_str(),
        finding.code().name(),
        finding.effect().member(py)?,
        finding.rule(),
        PyTuple::new(py, evidence)?,
        finding.message(),
        finding.remedy(),
        texts(py, finding.sources())?,
    ))
}

pub(crate) fn gate<'py>(py: Python<'py>, gate: crossgrade::Gate<'_>) -> PyResult<Bound<'py, PyAny>> {
    class!(py, "Gate")?.call1((
        gate.on().member(py)?,
        gate.firmware_type().member(py)?,
        gate.minimum().to_string(),
        text(gate.actual()),
        gate.status().member(py)?,
        gate.rule(),
        texts(py, gate.sources())?,
        text(gate.install_first()),
    ))
}

pub(crate) fn firmware<'py>(py: Python<'py>, firmware: FirmwareToInstall<'_>) -> PyResult<Bound<'py, PyAny>> {
    class!(py, "Firmware")?.call1((
        firmware.firmware_type().member(py)?,
        text(firmware.release()),
        text(firmware.load()),
        firmware.file(),
        firmware.load_server(),
    ))
}

pub(crate) fn license<'py>(py: Python<'py>, license: crossgrade::License<'_>) -> PyResult<Bound<'py, PyAny>> {
    class!(py, "License")?.call1((license.need().member(py)?, license.sku(), license.service_sku(), license.file()))
}

fn contradiction<'py>(py: Python<'py>, said: &crossgrade::assess::Contradiction<'_>) -> PyResult<Bound<'py, PyAny>> {
    let side = |side: &crossgrade::assess::ContradictorySide<'_>| {
        class!(py, "ContradictorySide")?.call1((side.said_by().member(py)?, side.value(), side.place()))
    };
    let sides = said.sides().iter().map(side).collect::<PyResult<Vec<_>>>()?;
    class!(py, "Contradiction")?.call1((said.field().member(py)?, PyTuple::new(py, sides)?))
}

pub(crate) fn phone_read<'py>(
    py: Python<'py>,
    read: crossgrade::assess::PhoneRead,
    contradictions: &[crossgrade::assess::Contradiction<'_>],
) -> PyResult<Bound<'py, PyAny>> {
    let contradictions = contradictions.iter().map(|said| contradiction(py, said)).collect::<PyResult<Vec<_>>>()?;
    class!(py, "PhoneRead")?.call1((
        text(read.pid),
        text(read.model),
        text(read.vid),
        text(read.mac),
        text(read.serial),
        text(read.load),
        member(py, read.firmware_type)?,
        text(read.release),
        member(py, read.authorization)?,
        PyTuple::new(py, contradictions)?,
    ))
}

/// Every code that a finding can have, in order, with its usual effect.
///
/// >>> kind = next(kind for kind in cg.codes() if kind.code == "CG203")
/// >>> kind.name
/// 'vid-below-range'
/// >>> str(kind.effect)
/// 'blocks'
#[pyfunction]
pub(crate) fn codes(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    let kind = |code: &Code| {
        class!(py, "FindingKind")?.call1((
            code.as_str(),
            code.name(),
            code.effect().member(py)?,
            code.meaning(),
            code.remedy(),
            texts(py, code.sources().iter().copied())?,
        ))
    };
    PyTuple::new(py, Code::ALL.iter().map(kind).collect::<PyResult<Vec<_>>>()?)
}
