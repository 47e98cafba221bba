//! The question: what is said of a phone, as Python handed it over.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use crossgrade::{Evidence, Phone};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple};

/// A text of Python: a `str`, or `bytes` that may be no text at all. It is kept as it came, so that an answer can be
/// pickled with its question.
#[derive(Debug)]
pub(crate) enum Text {
    Str(Box<str>),
    Bytes(Box<[u8]>),
}

impl Text {
    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Str(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// The text; what is not UTF-8 becomes U+FFFD.
    fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Str(text) => Cow::Borrowed(text),
            Self::Bytes(bytes) => String::from_utf8_lossy(bytes),
        }
    }
}

/// What is said of one field: a text, or several texts, each with the place where it was said.
#[derive(Debug)]
pub(crate) enum Said {
    Once(Text),
    Often(Box<[(Text, Text)]>),
}

/// An argument that may be missing. PyO3 would name it in a note below the message; here the message itself does.
pub(crate) type Argument<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

const EXPECTED: &str = "str, bytes, None, or a list of pairs (text, place)";

/// What is said of one field of the phone.
pub(crate) fn said(name: &str, argument: Argument<'_, '_>) -> PyResult<Option<Said>> {
    let Some(object) = argument else { return Ok(None) };
    if let Some(text) = text(object)? {
        return Ok(Some(Said::Once(text)));
    }
    if object.cast::<PyList>().is_err() && object.cast::<PyTuple>().is_err() {
        return Err(wrong_type(name, EXPECTED, object));
    }
    let pairs = object.try_iter()?.map(|pair| pair_of(name, &pair?)).collect::<PyResult<Vec<_>>>()?;
    Ok(Some(Said::Often(pairs.into())))
}

fn pair_of(name: &str, pair: &Bound<'_, PyAny>) -> PyResult<(Text, Text)> {
    let expected = "a list of pairs (text, place) of str or bytes";
    let Ok((value, place)) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>() else {
        return Err(wrong_type(name, expected, pair));
    };
    let part = |part: &Bound<'_, PyAny>| text(part)?.ok_or_else(|| wrong_type(name, expected, part));
    Ok((part(&value)?, part(&place)?))
}

/// The text of a `str` or of `bytes`; nothing for another object.
fn text(object: &Bound<'_, PyAny>) -> PyResult<Option<Text>> {
    if let Ok(text) = object.cast::<PyString>() {
        return match text.to_str() {
            Ok(text) => Ok(Some(Text::Str(text.into()))),
            Err(_) => Ok(Some(Text::Bytes(not_utf8(text)?))),
        };
    }
    Ok(object.cast::<PyBytes>().ok().map(|bytes| Text::Bytes(bytes.as_bytes().into())))
}

pub(crate) fn wrong_type(name: &str, expected: &str, found: &Bound<'_, PyAny>) -> PyErr {
    let found = found.get_type().name().map_or_else(|_| "another type".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("argument '{name}': expected {expected}, not {found}"))
}

/// The bytes of a text with surrogates: those that the text was decoded from, if that is how they came in.
fn not_utf8(text: &Bound<'_, PyString>) -> PyResult<Box<[u8]>> {
    let encode = |errors| text.call_method1("encode", ("utf-8", errors));
    let bytes = encode("surrogateescape").or_else(|_| encode("surrogatepass"))?;
    Ok(bytes.cast_into::<PyBytes>()?.as_bytes().into())
}

impl<'py> IntoPyObject<'py> for &Text {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(match self {
            Text::Str(text) => PyString::new(py, text).into_any(),
            Text::Bytes(bytes) => PyBytes::new(py, bytes).into_any(),
        })
    }
}

impl<'py> IntoPyObject<'py> for &Said {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Said::Once(text) => text.into_pyobject(py),
            Said::Often(pairs) => {
                let pairs = pairs.iter().map(|(value, place)| PyTuple::new(py, [value, place]));
                Ok(PyList::new(py, pairs.collect::<PyResult<Vec<_>>>()?)?.into_any())
            }
        }
    }
}

/// What is said of a phone. An empty text is absent, as everywhere.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) pid: Option<Said>,
    pub(crate) vid: Option<Said>,
    pub(crate) mac: Option<Said>,
    pub(crate) serial: Option<Said>,
    pub(crate) load: Option<Said>,
    pub(crate) release: Option<Said>,
    pub(crate) firmware_type: Option<Said>,
    pub(crate) authorization: Option<Said>,
}

/// What is said of one field as evidence, whatever is read from it.
macro_rules! evidence {
    ($said:expr) => {
        match &$said {
            None => Evidence::Absent,
            Some(Said::Once(text)) => Some(text.as_bytes()).filter(|bytes| !bytes.is_empty()).into(),
            Some(Said::Often(pairs)) => {
                Evidence::said(pairs.iter().map(|(value, place)| (value.shown(), place.shown())))
            }
        }
    };
}

impl Question {
    /// The phone, read from the texts each time: that is cheap, and keeps an answer small.
    pub(crate) fn phone(&self) -> Phone<'_> {
        Phone::new(evidence!(self.pid))
            .vid(evidence!(self.vid))
            .mac(evidence!(self.mac))
            .serial(evidence!(self.serial))
            .load(evidence!(self.load))
            .release(evidence!(self.release))
            .firmware_type(evidence!(self.firmware_type))
            .authorization(evidence!(self.authorization))
    }
}

/// Two questions are equal if the library reads them as the same phone.
impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.phone() == other.phone()
    }
}

impl Hash for Question {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.phone().hash(state);
    }
}
