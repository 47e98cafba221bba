//! How much a table from outside may claim. Real tables stay far below; what is above is a mistake or an attack.

/// Types within types.
pub const DEPTH: usize = 64;
/// Columns and types within them, of a whole schema. A child that two parents share counts twice.
pub const NODES: usize = 1 << 16;
/// Bytes of a name, a format, or a key of metadata.
pub const TEXT: usize = 64 << 10;
/// Bytes of all names, formats and metadata of a schema. A text that two columns share counts twice.
pub const TEXTS: usize = 16 << 20;
/// Pairs of metadata of one column, or of the schema.
pub const PAIRS: usize = 1 << 12;
/// Data buffers of one column of views.
pub const VIEW_BUFFERS: usize = 1 << 20;
/// Rows of a column, and bytes of a buffer: the address space of a process.
pub const MOST: i64 = if usize::BITS < 64 { 1 << 28 } else { 1 << 47 };
