//! How much of a record is only RisPort's.

use crate::inventory::folded_header::folded;
use crate::inventory::registration;

/// What names of a status have in them, whoever writes them.
const WORDS_OF_STATUS: [&str; 4] = ["line", "regist", "stat", "connect"];

/// Names that only RisPort has, each once.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Signs {
    names: u32,
    says_status: bool,
}

impl Signs {
    pub(super) fn hear(&mut self, name: &str) {
        let name = folded(name);
        let sign = registration::sign_of_risport(&name);
        self.says_status |= registration::is_status(&name) || WORDS_OF_STATUS.iter().any(|word| name.contains(word));
        self.names |= sign.and_then(|sign| 1_u32.checked_shl(sign)).unwrap_or(0);
    }

    pub(super) fn take_over(&mut self, part: Self) {
        self.names |= part.names;
        self.says_status |= part.says_status;
    }

    /// Whether some name of the record is of a status, whatever stands below it.
    pub(super) fn say_status(self) -> bool {
        self.says_status
    }

    pub(super) fn are_there(self) -> bool {
        self.names != 0
    }

    /// Whether they are as many as make a table one of RisPort.
    pub(super) fn are_enough(self) -> bool {
        registration::is_of_risport(self.names.count_ones())
    }
}
