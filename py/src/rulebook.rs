//! The rule book as Python sees it.

use std::hash::{Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::errors::RuleBookError;
use crate::question::{Argument, wrong_type};

/// A complete, checked set of rules, by which phones are assessed.
///
/// Books are equal if their digests are: equal digests, equal answers. A pickled book, and a pickled answer, comes back
/// only where crossgrade has a book of the same digest; anywhere else it raises `RuleBookError`.
///
/// >>> book = cg.RuleBook.guide()
/// >>> book.edition
/// 'guide'
/// >>> len(book.digest)
/// 64
#[pyclass(frozen, eq, hash, module = "crossgrade")]
#[derive(Clone)]
pub(crate) struct RuleBook(crossgrade::RuleBook);

impl RuleBook {
    pub(crate) fn book(&self) -> &crossgrade::RuleBook {
        &self.0
    }

    /// The book that was asked for, else the default.
    pub(crate) fn or_guide(argument: Argument<'_, '_>) -> PyResult<Self> {
        match argument {
            None => Ok(Self::guide()),
            Some(object) => match object.cast::<Self>() {
                Ok(book) => Ok(book.get().clone()),
                Err(_) => Err(wrong_type("rulebook", "RuleBook or None", object)),
            },
        }
    }
}

impl PartialEq for RuleBook {
    fn eq(&self, other: &Self) -> bool {
        self.0.digest() == other.0.digest()
    }
}

impl Hash for RuleBook {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.digest().hash(state);
    }
}

#[pymethods]
impl RuleBook {
    /// The default book: what the Cisco documents say.
    #[staticmethod]
    pub(crate) fn guide() -> Self {
        Self(crossgrade::RuleBook::guide().clone())
    }

    /// The name of the book.
    #[getter]
    pub(crate) fn edition(&self) -> &str {
        self.0.edition()
    }

    /// The revision of its data, which rises whenever a row changes.
    #[getter]
    pub(crate) fn revision(&self) -> String {
        self.0.revision().to_string()
    }

    /// SHA-256 over the rows, 64 lower-case hexadecimal digits.
    #[getter]
    pub(crate) fn digest(&self) -> &str {
        self.0.digest()
    }

    fn __repr__(&self) -> String {
        let digest = self.digest().get(..12).unwrap_or_default();
        format!("RuleBook(edition='{}', revision='{}', digest='{digest}...')", self.edition(), self.revision())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let find = py.import("crossgrade._native")?.getattr("same_rule_book")?;
        (find, (self.edition(), self.revision(), self.digest())).into_pyobject(py)
    }
}

/// The book of this digest, for `pickle`.
#[pyfunction]
pub(crate) fn same_rule_book(edition: &str, revision: &str, digest: &str) -> PyResult<RuleBook> {
    let here = RuleBook::guide();
    if here.digest() == digest {
        return Ok(here);
    }
    let short = |digest: &str| digest.chars().take(12).collect::<String>();
    Err(RuleBookError::new_err(format!(
        "rule book: pickled with {edition} {revision} ({}); this crossgrade has {} {} ({}); assess the phone again",
        short(digest),
        here.edition(),
        here.revision(),
        short(here.digest()),
    )))
}
