//! Files out: text for the caller to write. Nothing here opens a file.

pub mod results;
