use super::source::RowOrigin;
use crate::assess::Field;

/// The way of a merged phone: which rows became it, where each piece of evidence came from, and where rows disagreed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    pub(crate) rows: Vec<RowOrigin>,
    pub(crate) fields: Vec<(Field, RowOrigin)>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) set_aside: Vec<RowOrigin>,
    pub(crate) passed_over: Vec<(Field, ConflictValue)>,
    /// How many texts more there were than are kept.
    pub(crate) more_passed_over: usize,
}

/// Rows that say different things about one field of a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conflict {
    /// The field.
    pub field: Field,
    /// What the rows say, the best source first.
    pub values: Vec<ConflictValue>,
    /// How many rows more say something else still: of one field of one phone, 64 different values are kept.
    pub more: usize,
    /// Whether the choice could change an answer: then no side counts as evidence. Otherwise the first side counts.
    pub is_open: bool,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConflictValue {
    /// What was read, canonical.
    pub value: String,
    /// Where.
    pub origin: RowOrigin,
}

impl Trail {
    /// Every row that became this phone, the best source first.
    pub fn rows(&self) -> &[RowOrigin] {
        &self.rows
    }

    /// Where the evidence of a field came from; nothing where there is none, or no side of a conflict counts.
    pub fn origin(&self, field: Field) -> Option<RowOrigin> {
        self.fields.iter().find(|(of, _)| *of == field).map(|(_, origin)| *origin)
    }

    /// Where rows disagreed.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Rows that are no evidence, because another row of their cluster shows the phone registered.
    pub fn set_aside(&self) -> &[RowOrigin] {
        &self.set_aside
    }

    /// Whether its fields come from several rows; rows that were set aside gave nothing.
    pub(super) fn is_of_several_rows(&self) -> bool {
        !self.fields.is_empty() || !self.conflicts.is_empty()
    }

    /// Texts that cannot be read, where another row says something that can, or a better source something that cannot.
    pub fn passed_over(&self) -> &[(Field, ConflictValue)] {
        &self.passed_over
    }

    pub(super) fn move_origins(&mut self, moved: impl Fn(RowOrigin) -> RowOrigin) {
        let fields = self.fields.iter_mut().map(|(_, origin)| origin);
        let values = self.conflicts.iter_mut().flat_map(|conflict| &mut conflict.values).map(|value| &mut value.origin);
        let values = values.chain(self.passed_over.iter_mut().map(|(_, value)| &mut value.origin));
        let rows = self.rows.iter_mut().chain(&mut self.set_aside);
        rows.chain(fields).chain(values).for_each(|origin| *origin = moved(*origin));
    }
}
