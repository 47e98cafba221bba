use std::fmt::{self, Display};

/// What a row says under one key: one text, or a list of them in canonical order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldValue {
    /// `vid`: `V03-V24`
    Text(String),
    /// `models`: `8811`, `8841`
    List(Vec<String>),
}

impl Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            // Sentences hold commas of their own.
            Self::List(items) if items.iter().any(|item| item.contains(',')) => f.write_str(&items.join(" / ")),
            Self::List(items) => f.write_str(&items.join(", ")),
        }
    }
}

/// Texts in canonical order.
fn list<T: Display>(items: &[T]) -> FieldValue {
    let mut items: Vec<String> = items.iter().map(T::to_string).collect();
    items.sort();
    FieldValue::List(items)
}

/// The fields of a row while they are collected.
#[derive(Default)]
pub(crate) struct Fields(Vec<(&'static str, FieldValue)>);

impl Fields {
    pub(super) fn text(&mut self, key: &'static str, value: &impl Display) {
        self.0.push((key, FieldValue::Text(value.to_string())));
    }

    pub(super) fn if_any(&mut self, key: &'static str, value: Option<&impl Display>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    /// A list whose order says nothing.
    pub(super) fn list<T: Display>(&mut self, key: &'static str, items: &[T]) {
        if !items.is_empty() {
            self.0.push((key, list(items)));
        }
    }

    /// A list whose order is part of what it says.
    pub(super) fn in_order(&mut self, key: &'static str, items: Vec<String>) {
        self.0.push((key, FieldValue::List(items)));
    }

    pub(super) fn into_inner(self) -> Vec<(&'static str, FieldValue)> {
        self.0
    }
}
