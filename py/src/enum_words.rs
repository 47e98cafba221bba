//! The closed sets of words, and the Python enums that stand for them.

use crossgrade::audit::ResultColumn;
use crossgrade::columnar::TextLayout;
use crossgrade::fleet::SourceKind;
use crossgrade::inventory::InventoryField;
use crossgrade::phone::DeviceClass;
use crossgrade::{
    Authorization, CallControl, Destination, Direction, Effect, Field, FirmwareType, GateStatus, LicenseNeed, Stage,
    Verdict,
};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::errors::request_error;

/// A word of the library, which Python shows as a member of the enum of the same name.
pub(crate) trait Word: Sized + Copy {
    /// The member of `crossgrade/_enums.py`.
    fn member(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>>;
}

macro_rules! enums {
    ($($name:ident),+ $(,)?) => {
        $(
            impl Word for $name {
                fn member(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                    static MEMBERS: PyOnceLock<Vec<Py<PyAny>>> = PyOnceLock::new();
                    let members = MEMBERS.get_or_try_init(py, || {
                        let class = py.import("crossgrade._enums")?.getattr(stringify!($name))?;
                        Self::ALL.iter().map(|word| Ok(class.call1((word.as_str(),))?.unbind())).collect::<PyResult<_>>()
                    })?;
                    // The words stand in `ALL` as the enum declares them.
                    Ok(members[self as usize].bind(py).clone())
                }
            }
        )+

        /// The words of every enum, by the name of the enum, in the order of the library.
        #[pyfunction]
        pub(crate) fn words(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
            let words = PyDict::new(py);
            $( words.set_item(stringify!($name), PyTuple::new(py, $name::ALL.iter().map(|word| word.as_str()))?)?; )+
            Ok(words)
        }
    };
}

enums!(
    Authorization,
    CallControl,
    Destination,
    DeviceClass,
    Direction,
    Effect,
    Field,
    FirmwareType,
    GateStatus,
    InventoryField,
    LicenseNeed,
    ResultColumn,
    SourceKind,
    Stage,
    TextLayout,
    Verdict,
);

/// The name of a call control, by any of the spellings that are read.
#[pyfunction]
pub(crate) fn call_control_read(text: &str) -> PyResult<&'static str> {
    let call_control: CallControl = text.parse().map_err(request_error)?;
    Ok(call_control.as_str())
}

/// The destination that a call control is; none where no phone can go.
#[pyfunction]
pub(crate) fn call_control_destination<'py>(py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let call_control: CallControl = name.parse().map_err(request_error)?;
    call_control.destination().map(|destination| destination.member(py)).transpose()
}

/// Whether phones with this type of firmware register with a call control.
#[pyfunction]
pub(crate) fn call_control_registers(name: &str, firmware_type: &str) -> PyResult<bool> {
    let call_control: CallControl = name.parse().map_err(request_error)?;
    Ok(call_control.registers(firmware_type.parse().map_err(request_error)?))
}

/// Whether they do, and why, in one sentence.
#[pyfunction]
pub(crate) fn call_control_why(name: &str, firmware_type: &str) -> PyResult<String> {
    let call_control: CallControl = name.parse().map_err(request_error)?;
    Ok(call_control.why(firmware_type.parse().map_err(request_error)?))
}
