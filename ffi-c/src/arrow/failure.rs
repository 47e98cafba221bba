use std::ffi::c_int;

use arrow_schema::ArrowError;
use engine::columnar::AuditError;

/// "Invalid argument", "input/output error" and "out of memory": the same numbers on every system.
pub(super) const EINVAL: c_int = 22;
pub(super) const EIO: c_int = 5;
pub(super) const ENOMEM: c_int = 12;

/// Why a stream gives nothing more.
#[derive(Debug, Clone)]
pub(super) struct StreamFailure {
    pub(super) errno: c_int,
    pub(super) message: String,
}

impl StreamFailure {
    pub(super) fn invalid(message: String) -> Self {
        Self { errno: EINVAL, message }
    }

    /// What an audit says; the number that the stream behind it gave comes out as it went in.
    pub(super) fn of(error: &AuditError) -> Self {
        let AuditError::Arrow(ArrowError::ExternalError(inner)) = error else {
            return Self::invalid(error.to_string());
        };
        let errno = match inner.downcast_ref() {
            Some(arrow_in::Error::Failed { errno, .. }) => *errno,
            Some(arrow_in::Error::Memory) => ENOMEM,
            Some(_) => EINVAL,
            None => return Self::invalid(error.to_string()),
        };
        Self { errno, message: format!("audit: {inner}") }
    }
}
