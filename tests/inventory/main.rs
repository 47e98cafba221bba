//! Inventories as they come: one file for each reader.

mod csv;
mod device_page;
mod headers;
mod recognize;
mod risport;
mod text;
mod webex;
