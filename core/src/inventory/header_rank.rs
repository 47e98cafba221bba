//! What the headers of the tables are: of which rank and worth, or of which part of a label.

/// The headers of one rank of a field.
pub(super) struct Rank {
    pub(super) kind: RankKind,
    /// The headers say that the load is the one that runs.
    pub(super) is_running: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the documentation is checked by it"))]
    pub(super) headers: &'static [&'static str],
}

/// What the headers of a rank are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RankKind {
    /// Files and pages have them.
    Known,
    /// Translations of our own.
    Translated,
    /// Words that other tables use for other things: a cell counts only where it reads as the field and no other column says it.
    Everyday,
}

/// A part of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelPart {
    Name,
    Description,
    IpAddress,
    Status,
    Node,
}

impl LabelPart {
    pub(super) const COUNT: usize = Self::Node as usize + 1;
}
