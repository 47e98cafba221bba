//! Inventories as they come: one file for each reader.

mod csv;
mod headers;
mod merge;
mod recognize;
mod text;
mod webex;
