//! What the fuzz targets of `tests/fuzz` do with their input, for the test that replays their corpora.

pub mod inventory;
pub mod merge;
pub mod results;
pub mod rulebook;
