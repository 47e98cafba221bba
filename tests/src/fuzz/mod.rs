//! What the fuzz targets of `tests/fuzz` do with their input, for the test that replays their corpora.

pub mod any_inventory;
pub mod any_merge;
pub mod any_results;
pub mod any_rulebook;
