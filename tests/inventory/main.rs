//! Inventories as they come: one file for each reader.

mod csv;
mod device_page;
mod headers;
mod merge;
mod recognize;
mod risport;
mod text;
mod webex;
mod workbook;
mod xlsx;
