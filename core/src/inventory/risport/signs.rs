//! How much of a record is only RisPort's.

use crate::inventory::fold::folded;
use crate::inventory::registration;

/// Names that only RisPort has, each once.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Signs(u32);

impl Signs {
    pub(super) fn hear(&mut self, name: &str) {
        let sign = registration::sign_of_risport(&folded(name));
        self.0 |= sign.and_then(|sign| 1_u32.checked_shl(sign)).unwrap_or(0);
    }

    pub(super) fn take_over(&mut self, part: Self) {
        self.0 |= part.0;
    }

    pub(super) fn are_there(self) -> bool {
        self.0 != 0
    }

    /// Whether they are as many as make a table one of RisPort.
    pub(super) fn are_enough(self) -> bool {
        registration::is_of_risport(self.0.count_ones())
    }
}
