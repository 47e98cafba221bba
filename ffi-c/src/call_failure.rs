//! Why a call failed: the reason within this library, and the object that C is given.

use std::ffi::CString;

use engine::inventory::InventoryError;
use engine::merge::{SettlementError, SettlementProblem};

use crate::status::cg_status;

/// Why a call failed, with the details that a status does not tell.
pub struct cg_error {
    pub(crate) status: cg_status,
    pub(crate) message: CString,
}

/// A call that cannot be answered.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: cg_status,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(status: cg_status, message: String) -> Self {
        Self { status, message }
    }

    pub(crate) fn null(argument: &str) -> Self {
        Self::new(cg_status::Null, format!("{argument} is NULL"))
    }

    /// What an inventory says that cannot be read.
    pub(crate) fn inventory(error: &InventoryError) -> Self {
        let status = match error {
            InventoryError::Memory { .. } => cg_status::Memory,
            _ => cg_status::Inventory,
        };
        Self::new(status, error.to_string())
    }

    /// Why settlements are refused; the message names them and the row.
    pub(crate) fn settlement(error: &SettlementError) -> Self {
        let status = match error.problem() {
            SettlementProblem::Unreadable(InventoryError::Memory { .. }) => cg_status::Memory,
            _ => cg_status::Inventory,
        };
        Self::new(status, error.to_string())
    }

    /// There is no memory for so many bytes.
    pub(crate) fn memory(what: &str, bytes: usize) -> Self {
        Self::new(cg_status::Memory, format!("{what}: there is not enough memory for {bytes} bytes"))
    }

    pub(crate) fn panic() -> Self {
        Self::new(cg_status::Panic, "a defect of the library; please report it".to_owned())
    }
}
