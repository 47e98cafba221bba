//! The digest of a book: SHA-256 over a canonical form of the rows in force, which does not depend on their order or
//! spelling in a file, nor on what the book is called.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::rows::{FieldValue, Row};
use super::tables::Rows;

/// 64 lower-case hexadecimal digits.
pub(super) fn of(rows: &Rows, step: u8) -> String {
    let mut lines: Vec<String> = rows.in_force(step).map(line).collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// One line for each row: its section, its id, and every field. `{:?}` quotes texts, so that no text can pretend to be
/// two.
fn line(row: &dyn Row) -> String {
    let mut line = format!("{} {:?}", row.section(), row.origin().id);
    for (key, value) in row.fields() {
        let _ = match value {
            FieldValue::Text(text) => write!(line, " {key}={text:?}"),
            FieldValue::List(items) => write!(line, " {key}={items:?}"),
        };
    }
    line
}
