//! Inventories as they come: one file for each reader.

mod csv;
mod device_page;
mod ends;
mod folder;
mod headers;
mod identity;
mod keep;
mod merge;
mod messages;
mod messages_of_tables;
mod pages_of_one_phone;
mod recognize;
mod records;
mod repeated;
mod risport;
mod risport_astray;
mod risport_entries;
mod said_differently;
mod settle;
mod sums;
mod text;
mod webex;
mod webex_astray;
mod xlsx;
mod xlsx_row_numbers;
mod xlsx_rows;
