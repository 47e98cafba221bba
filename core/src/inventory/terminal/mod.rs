//! What people kept of a terminal, and other texts that are tables without a delimiter.
//!
//! | text | read as |
//! |---|---|
//! | `show risdb query phone` of Unified CM, of one node or several | an answer of RisPort: see [`risport`](super::risport) |
//! | `run sql` of Unified CM, and other tables with a ruler below their header: `psql`, `mysql`, Markdown, `Format-Table` | a table: see [`csv`](super::csv) |
//! | blocks of names and values, one for each device: `Format-List`, `\G`, `\x` | a table, of which a block is a row in the line where it ends |
//!
//! Prompts, what was typed, rulers, headings, counts and pages (`--More--`) are no phones. A table whose columns have
//! fixed widths is cut where the ruler parts them; its last column may be longer or missing, and `NULL` says nothing.
//! Letters of Chinese, Japanese and Korean take one or two columns, whichever leaves blanks between the cells.
//!
//! A load that Unified CM has in its database (`loadinformation`) is what a phone shall load, and no evidence of what runs.

pub(super) mod aligned;
#[cfg(feature = "csv")]
mod blocks;
#[cfg(feature = "csv")]
mod database;
#[cfg(feature = "csv")]
mod fixed_width;
#[cfg(feature = "csv")]
mod loose;
mod pager;
pub(super) mod risdb;
#[cfg(feature = "csv")]
mod ruler;
mod screen;
#[cfg(feature = "csv")]
mod terminal_layout;
mod terminal_words;

#[cfg(feature = "csv")]
pub(super) use database::is_of_database;
#[cfg(feature = "csv")]
pub(super) use ruler::Ruler;
#[cfg(feature = "csv")]
pub(super) use screen::{Line, lines};
#[cfg(feature = "csv")]
pub(crate) use terminal_layout::Layout;
#[cfg(feature = "csv")]
pub(super) use terminal_layout::{as_csv, recognize};
#[cfg(feature = "csv")]
pub(super) use terminal_words::command;
