//! Why a text is not read as a value.

/// What a reader stumbled over and where, counted in folded characters. Costs nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub(crate) what: &'static str,
    pub(crate) at: usize,
}

pub(crate) const fn fault(what: &'static str, at: usize) -> Fault {
    Fault { what, at }
}
