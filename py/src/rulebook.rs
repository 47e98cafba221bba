//! The rule book as Python sees it.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple};

use crate::answer_parts;
use crate::date;
use crate::errors::{RuleBookError, request_error, rule_book_error, rule_book_problems};
use crate::python_class::class;
use crate::question::{Argument, wrong_type};

/// A complete, checked set of rules, by which phones are assessed.
///
/// It is immutable, hashable and picklable. Books are equal if their digests are: equal digests, equal answers, whatever
/// the books are called. Two books are embedded: `guide()`, what the Cisco documents say, and `field()`, which amends it.
/// `from_toml()` reads a whole book, `overlay()` amends the book that it is called on, and `check()` reads either.
///
/// A pickle of an embedded book holds its digest, that of any other book the texts that it was made of too. It comes back
/// only as a book of the same digest; otherwise `RuleBookError` is raised, so that an answer never changes unnoticed.
///
/// >>> book = cg.RuleBook.guide()
/// >>> book.edition
/// 'guide'
/// >>> len(book.digest)
/// 64
/// >>> [row.id for row in book.rows if row.section == "gates" and row["on"] == "start" and row["minimum"] == "14.1(1)"]
/// ['start-webex-calling']
#[pyclass(frozen, eq, hash, module = "crossgrade")]
pub(crate) struct RuleBook {
    book: crossgrade::RuleBook,
    recipe: Recipe,
}

/// What a book was made of, for `pickle`: an embedded book by its digest, else the text of a whole one; then overlays.
#[derive(Clone)]
struct Recipe {
    base: Option<&'static str>,
    texts: Vec<Arc<str>>,
}

impl RuleBook {
    pub(crate) fn book(&self) -> &crossgrade::RuleBook {
        &self.book
    }

    fn embedded(book: &'static crossgrade::RuleBook) -> Self {
        Self { book: book.clone(), recipe: Recipe { base: Some(book.digest()), texts: Vec::new() } }
    }

    fn whole(text: &str) -> Result<Self, crossgrade::rulebook::RuleBookError> {
        let book = crossgrade::RuleBook::from_toml(text)?;
        Ok(Self { book, recipe: Recipe { base: None, texts: vec![text.into()] } })
    }

    fn amended(&self, text: &str) -> Result<Self, crossgrade::rulebook::RuleBookError> {
        let book = self.book.overlay(text)?;
        let mut recipe = self.recipe.clone();
        recipe.texts.push(text.into());
        Ok(Self { book, recipe })
    }

    /// The library does not tell what it made the book of, so this looks for the way that leads to the same one.
    fn checked(text: &str) -> Result<Self, crossgrade::rulebook::RuleBookError> {
        let book = crossgrade::RuleBook::check(text)?;
        let dated = crossgrade::RuleBook::field_dates().map(crossgrade::RuleBook::field_as_of);
        let bases = [crossgrade::RuleBook::guide(), crossgrade::RuleBook::field()].into_iter().chain(dated);
        let amended = bases.map(|base| Self::embedded(base).amended(text));
        let mut ways = std::iter::once_with(|| Self::whole(text)).chain(amended).flatten();
        let made = ways.find(|made| made.book.digest() == book.digest() && made.book.edition() == book.edition());
        Ok(made.unwrap_or_else(|| Self { book, recipe: Recipe { base: None, texts: vec![text.into()] } }))
    }

    /// The book that was asked for, else the default.
    pub(crate) fn or_guide(py: Python<'_>, argument: Argument<'_, '_>) -> PyResult<Py<Self>> {
        match argument {
            None => Self::guide(py),
            Some(object) => match object.cast::<Self>() {
                Ok(book) => Ok(book.clone().unbind()),
                Err(_) => Err(wrong_type("rulebook", "RuleBook or None", object)),
            },
        }
    }

    /// The book that an argument must be.
    pub(crate) fn required<'a, 'py>(name: &str, object: &'a Bound<'py, PyAny>) -> PyResult<&'a Self> {
        object.cast::<Self>().map(Bound::get).map_err(|_| wrong_type(name, "RuleBook", object))
    }
}

impl PartialEq for RuleBook {
    fn eq(&self, other: &Self) -> bool {
        self.book.digest() == other.book.digest()
    }
}

impl Hash for RuleBook {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.book.digest().hash(state);
    }
}

/// A text in TOML.
fn toml<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    let text = object.cast::<PyString>().map_err(|_| wrong_type("text", "str", object))?;
    text.to_str().map_err(|_| {
        RuleBookError::new_err("rule book: the text holds surrogates; expected a text that was read from UTF-8")
    })
}

#[pymethods]
impl RuleBook {
    /// The default book: what the Cisco documents say.
    #[staticmethod]
    pub(crate) fn guide(py: Python<'_>) -> PyResult<Py<Self>> {
        static GUIDE: PyOnceLock<Py<RuleBook>> = PyOnceLock::new();
        let guide = GUIDE.get_or_try_init(py, || Py::new(py, Self::embedded(crossgrade::RuleBook::guide())))?;
        Ok(guide.clone_ref(py))
    }

    /// `guide` with dated amendments: what is known beyond the documents, each change with its source and confidence.
    ///
    /// Args:
    ///     as_of: A day, as a text such as `2024-09-01` or a `datetime.date`: the book as it was known then. All that is
    ///         known if none is given.
    ///
    /// Raises:
    ///     RequestError: If a text is no such day.
    ///     TypeError: If it is neither, or has a time.
    ///
    /// >>> cg.RuleBook.field(as_of="2024-09-01").edition
    /// 'field as of 2024-08-26'
    #[staticmethod]
    #[pyo3(signature = (as_of=None))]
    fn field(as_of: Argument<'_, '_>) -> PyResult<Self> {
        Ok(Self::embedded(match as_of {
            None => crossgrade::RuleBook::field(),
            Some(day) => crossgrade::RuleBook::field_as_of(date::read("as_of", day)?),
        }))
    }

    /// The days on which `field` changed, the first first.
    ///
    /// >>> str(cg.RuleBook.field_dates()[-1]) == str(cg.RuleBook.field().as_of)
    /// True
    #[staticmethod]
    fn field_dates(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        let dates = crossgrade::RuleBook::field_dates().map(|date| date::show(py, date));
        PyTuple::new(py, dates.collect::<PyResult<Vec<_>>>()?)
    }

    /// Reads a whole book from a text in TOML.
    ///
    /// Raises:
    ///     RuleBookError: With everything that is wrong with it as `problems`.
    ///
    /// >>> try:
    /// ...     cg.RuleBook.from_toml("schema = 2")
    /// ... except cg.RuleBookError as error:
    /// ...     print(error.problems[0])
    /// line 1, column 10: schema: found 2; this version reads 1
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = toml(text)?;
        py.detach(|| Self::whole(text)).map_err(|error| rule_book_error(py, &error))
    }

    /// This book with the amendments of a text in TOML; the book itself stays as it is.
    ///
    /// A row that allows more than the book did has to say so with `relax = true` and a reason.
    ///
    /// Raises:
    ///     RuleBookError: With everything that is wrong with it as `problems`.
    ///
    /// >>> book = cg.RuleBook.guide().overlay('''
    /// ... schema = 1
    /// ... overlay = "acme"
    /// ... version = "1.0.0"
    /// ... base = { edition = "guide", revision = ">=2026.11" }
    /// ... [sources]
    /// ... TAC = { title = "Answer of Cisco TAC", section = "case 1", language = "en", read = 2026-11-20 }
    /// ... [amendments.acme-1]
    /// ... date = 2026-11-20
    /// ... sources = ["TAC"]
    /// ... confidence = "high"
    /// ... says = "the 7841 needs V05"
    /// ... [amendments.acme-1.conversions]
    /// ... e2m-7841 = { vid = "V05-" }
    /// ... ''')
    /// >>> book.edition
    /// 'guide + acme 1.0.0'
    /// >>> str(cg.assess("CP-7841-K9=", vid="V04", destination="third-party", rulebook=book).verdict)
    /// 'ineligible'
    fn overlay(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = toml(text)?;
        py.detach(|| self.amended(text)).map_err(|error| rule_book_error(py, &error))
    }

    /// Reads a text in TOML that is a whole book or an overlay; an overlay is laid over the embedded book that it names as
    /// its base.
    ///
    /// Raises:
    ///     RuleBookError: With everything that is wrong with it as `problems`.
    #[staticmethod]
    fn check(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = toml(text)?;
        py.detach(|| Self::checked(text)).map_err(|error| rule_book_error(py, &error))
    }

    /// What `check()` finds, as compact JSON: the book, or null, and the problems. It raises nothing about the text.
    ///
    /// >>> cg.RuleBook.check_json("schema = 2")
    /// '{"schema":"crossgrade.rulebook-check/1","clean":false,"rulebook":null,"problems":[...
    #[staticmethod]
    fn check_json(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<String> {
        let text = toml(text)?;
        Ok(py.detach(|| crossgrade::RuleBook::check_json(text)))
    }

    /// What the book is called: `guide`, `field`, `field as of 2024-08-26`, `guide + acme 1.0.0`.
    #[getter]
    fn edition(&self) -> &str {
        self.book.edition()
    }

    /// The revision of its data, which rises whenever a row changes.
    #[getter]
    fn revision(&self) -> String {
        self.book.revision().to_string()
    }

    /// SHA-256 over the rows in force, 64 lower-case hexadecimal digits. What the book is called does not count.
    #[getter]
    fn digest(&self) -> &str {
        self.book.digest()
    }

    /// The day of its last amendment; None for a book without dated amendments.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.book.as_of().map(|day| date::show(py, day)).transpose()
    }

    /// Every row that is in force, section by section.
    #[getter]
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static ROWS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        ROWS.import(py, "crossgrade._rulebook", "rows")?.call1((self.to_dict(py)?.get_item("rows")?,))
    }

    /// What is different in another, later book.
    ///
    /// >>> before, after = cg.RuleBook.field("2024-09-09"), cg.RuleBook.field("2024-09-10")
    /// >>> [f"{change.kind} {change.id}" for change in before.diff(after).changes if change.section == "conversions"]
    /// ['added e2m-7821-v26']
    fn diff<'py>(&self, py: Python<'py>, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let diff = self.book.diff(&Self::required("other", other)?.book);
        class!(py, "crossgrade._rulebook", "RuleBookDiff")?.call1((diff.to_json(), diff.to_string()))
    }

    /// Everything that the book knows about a finding code (`CG203`, `vid-below-range`), a row (`e2m-7821`, `S2`, `D03`, a
    /// load) or a model (`8851NR`, or any product text that names one), with sources and disagreements.
    ///
    /// Raises:
    ///     RequestError: If the text is none of these.
    ///
    /// >>> why = cg.RuleBook.field().explain("8851NR")
    /// >>> [row["answer"] for row in why.rows if row.id == "e2m-8851nr-mpp-12-0-5"]
    /// ['convertible']
    /// >>> "D01" in {row.id for row in why.disagreements}
    /// True
    fn explain<'py>(&self, py: Python<'py>, about: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let text = about.cast::<PyString>().map_err(|_| wrong_type("about", "str", about))?;
        let why = self.book.explain(&text.to_string_lossy()).map_err(request_error)?;
        class!(py, "crossgrade._rulebook", "Explanation")?.call1((why.to_json(), why.to_string()))
    }

    /// Every row that is in force as compact JSON, byte for byte the same in every language.
    fn to_json(&self) -> String {
        self.book.to_json()
    }

    /// Every row that is in force as dictionaries, lists and texts: what `json.loads` makes of `to_json()`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        answer_parts::loads(py, &self.to_json())
    }

    fn __repr__(&self) -> String {
        let digest = self.digest().get(..12).unwrap_or_default();
        format!("RuleBook(edition='{}', revision='{}', digest='{digest}...')", self.edition(), self.revision())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let again = py.import("crossgrade._native")?.getattr("same_rule_book")?;
        let label = (self.edition(), self.revision(), self.digest());
        let Recipe { base, texts } = &self.recipe;
        if texts.is_empty() {
            return (again, label).into_pyobject(py);
        }
        let texts = PyTuple::new(py, texts.iter().map(|text| &**text))?;
        (again, (label.0, label.1, label.2, base, texts)).into_pyobject(py)
    }
}

/// The book of this digest, for `pickle`: made again of an embedded book, or of the first text, and overlays.
#[pyfunction]
#[pyo3(signature = (edition, revision, digest, base=None, texts=Vec::new()))]
pub(crate) fn same_rule_book(
    py: Python<'_>,
    edition: &str,
    revision: &str,
    digest: &str,
    base: Option<&str>,
    texts: Vec<String>,
) -> PyResult<RuleBook> {
    let pickled = || format!("rule book: pickled with {edition} {revision} ({})", short(digest));
    let mut overlays = texts.iter();
    let whole = if base.is_none() { overlays.next() } else { None };
    let made = py.detach(|| {
        let first = match whole {
            Some(text) => RuleBook::whole(text)?,
            None => match crossgrade::RuleBook::embedded(base.unwrap_or(digest)) {
                Some(book) => RuleBook::embedded(book),
                None => return Ok(None),
            },
        };
        overlays.try_fold(first, |book, text| book.amended(text)).map(Some)
    });
    match made {
        Ok(Some(book)) if book.digest() == digest => Ok(book),
        Ok(Some(book)) => Err(RuleBookError::new_err(format!(
            "{}; made again by this crossgrade it is another ({}); assess the phone again",
            pickled(),
            short(book.digest()),
        ))),
        Ok(None) => {
            let known = |book: &crossgrade::RuleBook| {
                format!("{} {} ({})", book.edition(), book.revision(), short(book.digest()))
            };
            Err(RuleBookError::new_err(format!(
                "{}; this crossgrade has {} and {}; assess the phone again",
                pickled(),
                known(crossgrade::RuleBook::guide()),
                known(crossgrade::RuleBook::field()),
            )))
        }
        Err(error) => {
            Err(rule_book_problems(py, format!("{}; this crossgrade cannot make it again: {error}", pickled()), &error))
        }
    }
}

fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}
