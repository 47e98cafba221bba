//! `assess` and its answer.

use std::hash::{Hash, Hasher};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::answer_parts;
use crate::enum_words::Word;
use crate::impact::Request;
use crate::question::{Argument, Question, said};
use crate::rulebook::RuleBook;

/// An answer: the verdict, and everything behind it.
///
/// It is immutable, hashable and picklable; it owns its question. Answers are equal if question, destination, target and
/// the digest of the rule book are. `str()` is the text for a person, `to_json()` the JSON that every language writes
/// alike, and the attributes are named as the keys of that JSON or, where they say what decides, as result columns of an
/// audit. Findings are made once, when first asked for; other parts each time.
///
/// >>> answer = cg.assess("CP-7821-K9=", vid="V01", destination="third-party")
/// >>> answer.verdict
/// <Verdict.INELIGIBLE: 'ineligible'>
/// >>> [finding.code for finding in answer.findings if finding.effect == "blocks"]
/// ['CG203']
#[pyclass(frozen, eq, hash, module = "crossgrade")]
pub(crate) struct Assessment {
    question: Question,
    request: crossgrade::Request,
    /// As it was handed over: answers that share a book are pickled with one.
    rulebook: Py<RuleBook>,
    verdict: crossgrade::Verdict,
    /// Written when first asked for.
    findings: PyOnceLock<Py<PyTuple>>,
}

impl Assessment {
    fn new(question: Question, request: crossgrade::Request, rulebook: Py<RuleBook>) -> Self {
        let verdict = rulebook.get().book().assess_request(&question.phone(), &request).verdict();
        Self { question, request, rulebook, verdict, findings: PyOnceLock::new() }
    }

    /// Decides again, which costs less than keeping every part of the answer.
    fn look<R>(&self, look: impl FnOnce(crossgrade::Assessment<'_>) -> R) -> R {
        look(self.rulebook.get().book().assess_request(&self.question.phone(), &self.request))
    }

    fn chosen_target(&self) -> Option<String> {
        self.request.chosen_target().map(ToString::to_string)
    }
}

impl PartialEq for Assessment {
    fn eq(&self, other: &Self) -> bool {
        let (book, other_book) = (self.rulebook.get(), other.rulebook.get());
        self.request == other.request && book == other_book && self.question == other.question
    }
}

impl Hash for Assessment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.question.hash(state);
        self.request.hash(state);
        self.rulebook.get().hash(state);
    }
}

#[pymethods]
impl Assessment {
    /// The answer in one word.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.verdict.member(py)
    }

    /// Why, what to do, and what to know; by code, then by rule.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let make = || {
            let findings = |answer: crossgrade::Assessment<'_>| {
                tuple(py, answer.findings().map(|finding| answer_parts::finding(py, finding)))
            };
            self.look(findings).map(Bound::unbind)
        };
        self.findings.get_or_try_init(py, make).map(|findings| findings.bind(py).clone())
    }

    /// The codes of the findings that decided the verdict, in order, each once; none for eligible.
    #[getter]
    fn decided_by<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.look(|answer| PyTuple::new(py, answer.decided_by().iter().map(|code| code.as_str())))
    }

    /// The fields that would settle an unknown verdict, each once; none elsewhere, and where no field would. Of several that
    /// one finding names, one is enough.
    #[getter]
    fn evidence_needed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.look(|answer| tuple(py, answer.evidence_needed().into_iter().map(|field| field.member(py))))
    }

    /// The load to install before the conversion, where a start gate is unmet and the rule book has one.
    #[getter]
    fn install_first(&self) -> Option<String> {
        self.look(|answer| answer.install_first().map(|load| load.to_string()))
    }

    /// One sentence that says why, or what comes first on the way of an eligible phone. It quotes no text of the phone.
    #[getter]
    fn why(&self) -> String {
        self.look(|answer| answer.why())
    }

    /// What kind of device it is, if it is no desk phone (CG108); None for a phone, and where nobody can tell.
    #[getter]
    fn not_a_phone<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.look(|answer| answer.not_a_phone().map(|class| class.member(py)).transpose())
    }

    /// The minimum releases, before the conversion and after it.
    #[getter]
    fn gates<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.look(|answer| tuple(py, answer.gates().map(|gate| answer_parts::gate(py, gate))))
    }

    /// What to install, where that can be said.
    #[getter]
    fn firmware<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.look(|answer| answer.firmware().map(|firmware| answer_parts::firmware(py, firmware)).transpose())
    }

    /// Which license is needed, where that can be said.
    #[getter]
    fn license<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.look(|answer| answer.license().map(|license| answer_parts::license(py, license)).transpose())
    }

    /// What was read of the phone.
    #[getter]
    fn phone<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.look(|answer| answer_parts::phone_read(py, answer.phone_read(), &answer.contradictions()))
    }

    /// Where the phone shall go.
    #[getter]
    fn destination<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.request.destination().member(py)
    }

    /// The direction that the destination fixes.
    #[getter]
    fn direction<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.request.destination().direction().member(py)
    }

    /// What the caller chose to install, in canonical spelling, if anything.
    #[getter]
    fn target(&self) -> Option<String> {
        self.chosen_target()
    }

    /// The rule book that answered.
    #[getter]
    fn rulebook(&self, py: Python<'_>) -> Py<RuleBook> {
        self.rulebook.clone_ref(py)
    }

    /// The answer as compact JSON, byte for byte the same in every language.
    fn to_json(&self) -> String {
        self.look(|answer| answer.to_json())
    }

    /// The answer as dictionaries, lists, texts and None: what `json.loads` makes of `to_json()`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        answer_parts::loads(py, &self.to_json())
    }

    fn __str__(&self) -> String {
        self.look(|answer| answer.to_string())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let pid = self.question.pid.as_ref().into_pyobject(py)?.repr()?;
        let target = match self.chosen_target() {
            Some(target) => format!(", target={}", PyString::new(py, &target).repr()?),
            None => String::new(),
        };
        let mut codes: Vec<_> = self.look(|answer| answer.findings().map(|finding| finding.code().as_str()).collect());
        codes.dedup();
        Ok(format!(
            "Assessment(pid={pid}, destination='{}'{target}, verdict='{}', findings={})",
            self.request.destination(),
            self.verdict,
            codes.into_pyobject(py)?.repr()?,
        ))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let Question { pid, vid, mac, serial, load, release, firmware_type, authorization } = &self.question;
        let keywords = PyDict::new(py);
        keywords.set_item("pid", pid)?;
        keywords.set_item("vid", vid)?;
        keywords.set_item("mac", mac)?;
        keywords.set_item("serial", serial)?;
        keywords.set_item("load", load)?;
        keywords.set_item("release", release)?;
        keywords.set_item("firmware_type", firmware_type)?;
        keywords.set_item("authorization", authorization)?;
        keywords.set_item("destination", self.request.destination().as_str())?;
        keywords.set_item("target", self.chosen_target())?;
        keywords.set_item("rulebook", &self.rulebook)?;
        (py.import("crossgrade._native")?.getattr("assess_again")?, (keywords,)).into_pyobject(py)
    }
}

fn tuple<'py>(
    py: Python<'py>,
    parts: impl Iterator<Item = PyResult<Bound<'py, PyAny>>>,
) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, parts.collect::<PyResult<Vec<_>>>()?)
}

/// Decides whether a phone can be converted to the firmware that a destination needs, and says why.
///
/// Every text about the phone may be missing; a text that cannot be read, and bytes that are not UTF-8, are unreadable
/// evidence, never an error. "Not eligible" is a verdict, never an exception.
///
/// A field that several sources tell is a list of pairs: the text, and the place where it was said. What can be read beats
/// what cannot. Where two values differ, the evidence contradicts itself: none counts, and the answer names all of them
/// with their places.
///
/// Args:
///     pid: The product text: `CP-8841-K9=`, `Cisco 8841`, a user agent.
///     vid: The hardware version on the label: `V03`.
///     mac: The MAC address, or the device name that begins with SEP.
///     serial: The serial number on the label.
///     load: The load that runs, not the one that is configured.
///     release: The release that runs, where no load name is known.
///     firmware_type: The type of firmware that runs, where something says it outright.
///     authorization: The "Transition authorization type" on the phone; `blank` if the phone shows the field empty.
///     destination: Where the phone shall go: a `Destination` or its word.
///     target: What to install instead of the rule book's own load: a release, a load, or loads separated by commas.
///     rulebook: The rules; `RuleBook.guide()` if none are given.
///
/// Raises:
///     RequestError: If the destination is none, or the target cannot be asked for there.
///     TypeError: If a text is neither `str` nor `bytes` nor None, nor a list of pairs of them.
///
/// >>> answer = cg.assess("CP-7841-K9=", vid="V05", load="sip78xx.14-2-1-0101-26", destination="third-party")
/// >>> str(answer.verdict)
/// 'eligible'
/// >>> answer.firmware.load
/// 'sip78xx.12-0-3MPP0001-87'
/// >>> answer = cg.assess("CP-7821-K9=", vid=[("V03", "page 10.0.0.7"), ("V01", "labels.csv line 2")], destination="third-party")
/// >>> str(answer.verdict), answer.phone.vid
/// ('unknown', None)
/// >>> [(side.value, side.place) for side in answer.phone.contradictions[0].sides]
/// [('V03', 'page 10.0.0.7'), ('V01', 'labels.csv line 2')]
/// >>> cg.assess("CP-7841-K9=", destination="the moon")
/// Traceback (most recent call last):
///   ...
/// crossgrade.exceptions.RequestError: destination: none of the known words at character 1 of "the moon"; expected webex-calling, ...
#[pyfunction]
#[pyo3(signature = (
    pid, *, vid=None, mac=None, serial=None, load=None, release=None, firmware_type=None, authorization=None,
    destination, target=None, rulebook=None
))]
#[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn assess(
    py: Python<'_>,
    pid: Argument<'_, '_>,
    vid: Argument<'_, '_>,
    mac: Argument<'_, '_>,
    serial: Argument<'_, '_>,
    load: Argument<'_, '_>,
    release: Argument<'_, '_>,
    firmware_type: Argument<'_, '_>,
    authorization: Argument<'_, '_>,
    destination: &Bound<'_, PyAny>,
    target: Argument<'_, '_>,
    rulebook: Argument<'_, '_>,
) -> PyResult<Assessment> {
    let question = Question {
        pid: said("pid", pid)?,
        vid: said("vid", vid)?,
        mac: said("mac", mac)?,
        serial: said("serial", serial)?,
        load: said("load", load)?,
        release: said("release", release)?,
        firmware_type: said("firmware_type", firmware_type)?,
        authorization: said("authorization", authorization)?,
    };
    let rulebook = RuleBook::or_guide(py, rulebook)?;
    let Request(request) = Request::read(destination, target, rulebook.get())?;
    Ok(Assessment::new(question, request, rulebook))
}

/// `assess` with these keywords, for `pickle`.
#[pyfunction]
pub(crate) fn assess_again<'py>(keywords: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
    keywords.py().import("crossgrade._native")?.getattr("assess")?.call((), Some(keywords))
}
