//! Inventories as they come: one file for each reader.

mod csv;
