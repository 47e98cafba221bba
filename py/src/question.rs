//! The question: the texts about a phone as Python handed them over.

use std::hash::{Hash, Hasher};

use crossgrade::Phone;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

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
}

/// An argument that may be missing. PyO3 would name it in a note below the message; here the message itself does.
pub(crate) type Argument<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// A text about the phone.
pub(crate) fn text(name: &str, argument: Argument<'_, '_>) -> PyResult<Option<Text>> {
    let Some(object) = argument else { return Ok(None) };
    if let Ok(text) = object.cast::<PyString>() {
        return match text.to_str() {
            Ok(text) => Ok(Some(Text::Str(text.into()))),
            Err(_) => Ok(Some(Text::Bytes(not_utf8(text)?))),
        };
    }
    match object.cast::<PyBytes>() {
        Ok(bytes) => Ok(Some(Text::Bytes(bytes.as_bytes().into()))),
        Err(_) => Err(wrong_type(name, "str, bytes or None", object)),
    }
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

/// The texts about a phone. An empty text is absent, as everywhere.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) pid: Option<Text>,
    pub(crate) vid: Option<Text>,
    pub(crate) mac: Option<Text>,
    pub(crate) serial: Option<Text>,
    pub(crate) load: Option<Text>,
    pub(crate) release: Option<Text>,
    pub(crate) firmware_type: Option<Text>,
    pub(crate) authorization: Option<Text>,
}

impl Question {
    /// The phone, read from the texts each time: that is cheap, and keeps an answer small.
    pub(crate) fn phone(&self) -> Phone<'_> {
        fn bytes(text: &Option<Text>) -> Option<&[u8]> {
            text.as_ref().map(Text::as_bytes).filter(|bytes| !bytes.is_empty())
        }
        Phone::new(bytes(&self.pid))
            .vid(bytes(&self.vid))
            .mac(bytes(&self.mac))
            .serial(bytes(&self.serial))
            .load(bytes(&self.load))
            .release(bytes(&self.release))
            .firmware_type(bytes(&self.firmware_type))
            .authorization(bytes(&self.authorization))
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
        let phone = self.phone();
        phone.product_text().hash(state);
        phone.vid_evidence().hash(state);
        phone.mac_evidence().hash(state);
        phone.serial_evidence().hash(state);
        phone.load_evidence().hash(state);
        phone.release_evidence().hash(state);
        phone.firmware_type_evidence().hash(state);
        phone.authorization_evidence().hash(state);
    }
}
