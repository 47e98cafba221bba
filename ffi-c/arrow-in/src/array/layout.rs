//! What an array of a type is made of.

use arrow_schema::{DataType, UnionMode};

use crate::limits::VIEW_BUFFERS;

/// The buffers of an array, in the order of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Null,
    /// Validity, and values of so many bits.
    Fixed(u64),
    /// Validity, offsets of so many bytes, and data.
    Text(usize),
    /// Validity, views, any number of data buffers, and their lengths.
    Views,
    /// Validity and offsets of so many bytes; the items are a child.
    List(usize),
    /// Validity, offsets and sizes of so many bytes; the items are a child.
    ListView(usize),
    /// Validity; the rest are children.
    Children,
    /// Type ids.
    Sparse,
    /// Type ids, and offsets into the children.
    Dense,
    /// Nothing but children.
    RunEndEncoded,
}

impl Layout {
    pub(super) fn of(data_type: &DataType) -> Self {
        match data_type {
            DataType::Null => Self::Null,
            DataType::Boolean => Self::Fixed(1),
            DataType::FixedSizeBinary(bytes) => Self::Fixed(u64::from(bytes.unsigned_abs()) * 8),
            DataType::Utf8 | DataType::Binary => Self::Text(4),
            DataType::LargeUtf8 | DataType::LargeBinary => Self::Text(8),
            DataType::Utf8View | DataType::BinaryView => Self::Views,
            DataType::List(_) | DataType::Map(..) => Self::List(4),
            DataType::LargeList(_) => Self::List(8),
            DataType::ListView(_) => Self::ListView(4),
            DataType::LargeListView(_) => Self::ListView(8),
            DataType::FixedSizeList(..) | DataType::Struct(_) => Self::Children,
            DataType::Union(_, UnionMode::Sparse) => Self::Sparse,
            DataType::Union(_, UnionMode::Dense) => Self::Dense,
            DataType::RunEndEncoded(..) => Self::RunEndEncoded,
            DataType::Dictionary(keys, _) => Self::of(keys),
            other => Self::Fixed(other.primitive_width().unwrap_or(0) as u64 * 8),
        }
    }

    /// Whether the first buffer says which rows are there.
    pub(super) fn has_validity(self) -> bool {
        !matches!(self, Self::Null | Self::Sparse | Self::Dense | Self::RunEndEncoded)
    }

    /// Fewest and most buffers.
    pub(super) fn buffers(self) -> (usize, usize) {
        match self {
            // polars gives a column of nulls a buffer, which the format does not.
            Self::Null => (0, 1),
            Self::RunEndEncoded => (0, 0),
            Self::Children | Self::Sparse => (1, 1),
            Self::Fixed(_) | Self::List(_) | Self::Dense => (2, 2),
            Self::Text(_) | Self::ListView(_) => (3, 3),
            Self::Views => (3, 3 + VIEW_BUFFERS),
        }
    }
}

/// The type of a child, its name, and how many rows it has at least.
pub(super) type Child<'a> = (&'a str, &'a DataType, i64);

/// The children of an array of this type, `rows` being its length and offset together.
pub(super) fn children(data_type: &DataType, rows: i64) -> Vec<Child<'_>> {
    match data_type {
        DataType::List(field)
        | DataType::LargeList(field)
        | DataType::Map(field, _)
        | DataType::ListView(field)
        | DataType::LargeListView(field) => vec![(field.name(), field.data_type(), 0)],
        DataType::FixedSizeList(field, size) => {
            vec![(field.name(), field.data_type(), rows.saturating_mul(i64::from(*size)))]
        }
        DataType::Struct(fields) => fields.iter().map(|field| (&**field.name(), field.data_type(), rows)).collect(),
        DataType::Union(fields, mode) => {
            let least = if *mode == UnionMode::Sparse { rows } else { 0 };
            fields.iter().map(|(_, field)| (&**field.name(), field.data_type(), least)).collect()
        }
        DataType::RunEndEncoded(ends, values) => {
            vec![(ends.name(), ends.data_type(), 0), (values.name(), values.data_type(), 0)]
        }
        _ => Vec::new(),
    }
}
