use std::ffi::c_int;
use std::fmt;

use arrow_schema::ArrowError;
use engine::columnar::AuditError;

/// "Invalid argument" and "input/output error": the same numbers on every system.
pub(super) const EINVAL: c_int = 22;
pub(super) const EIO: c_int = 5;

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

    /// What an audit says; what the stream behind it said comes out as it went in.
    pub(super) fn of(error: &AuditError) -> Self {
        if let AuditError::Arrow(ArrowError::ExternalError(inner)) = error
            && let Some(failure) = inner.downcast_ref::<Self>()
        {
            return failure.clone();
        }
        Self::invalid(error.to_string())
    }
}

impl fmt::Display for StreamFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StreamFailure {}

impl From<StreamFailure> for ArrowError {
    fn from(failure: StreamFailure) -> Self {
        Self::ExternalError(Box::new(failure))
    }
}
