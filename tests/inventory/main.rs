//! Inventories as they come: one file for each reader.

mod csv;
mod recognize;
mod webex;
