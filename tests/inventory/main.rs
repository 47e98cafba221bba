//! Inventories as they come: one file for each reader.

mod csv;
mod headers;
mod text;
mod workbook;
mod xlsx;
