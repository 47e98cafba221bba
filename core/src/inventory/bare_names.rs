//! Lists of nothing but the names of devices or MAC addresses, as people keep them: with bullets, several on a line, and
//! with lines between them that are something else.

use super::InventoryError;
use super::capture_as_csv::names_column;
use crate::phone::Mac;
use crate::text::{FieldText, trim};

/// What may stand between the names on one line.
const BETWEEN: [char; 5] = [',', ';', '\t', '|', ' '];
/// What may stand around a name.
const AROUND: [char; 8] = ['"', '\'', '`', '[', ']', '(', ')', '.'];
/// Marks of an entry of a list.
const BULLETS: [char; 5] = ['-', '*', '+', '\u{2022}', '\u{b7}'];

/// What was left out of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bare {
    /// How many lines hold no name, and the first of them.
    odd: u64,
    first: u64,
    /// Several names stand on a line.
    has_several: bool,
}

impl Bare {
    /// The same for people.
    pub(crate) fn note(self) -> String {
        let odd = match self.odd {
            0 => String::new(),
            1 => format!("; line {} holds none, and is not read", self.first),
            odd => format!("; {odd} lines hold none, and are not read, the first being line {}", self.first),
        };
        let counted = if self.has_several { "; several stand on a line, and each is counted as one" } else { "" };
        format!("a list of MAC addresses or names of devices{odd}{counted}")
    }
}

/// What a line is.
enum Said<'l> {
    Nothing,
    Names(Vec<&'l str>),
    /// It may be a name in which something is wrong: it has a digit.
    MayBeName(&'l str),
    Other,
}

fn said(line: &str) -> Said<'_> {
    let text = trim(line);
    if text.is_empty() || text.starts_with('#') {
        return Said::Nothing;
    }
    let text = without_bullet(text);
    if is_mac(text) {
        return Said::Names(vec![text]);
    }
    let mut names = Vec::new();
    for word in text.split(BETWEEN).map(|word| word.trim_matches(AROUND)).filter(|word| !word.is_empty()) {
        if !is_mac(word) {
            let may_be_name = names.is_empty() && text.contains(|letter: char| letter.is_ascii_digit());
            return if may_be_name { Said::MayBeName(text) } else { Said::Other };
        }
        names.push(word);
    }
    if names.is_empty() { Said::Other } else { Said::Names(names) }
}

/// Whether a line holds names of devices or MAC addresses, and nothing else but marks.
pub(super) fn names_devices(line: &str) -> bool {
    matches!(said(line), Said::Names(_))
}

/// A line without the mark or number of an entry in front.
fn without_bullet(text: &str) -> &str {
    let behind = text.trim_start_matches(BULLETS);
    if behind.len() < text.len() && behind.starts_with([' ', '\t']) {
        return trim(behind);
    }
    let behind = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_number = behind.len() < text.len() && behind.starts_with([')', '.']);
    let behind = behind.get(1..).filter(|behind| is_number && behind.starts_with(' '));
    behind.map_or(text, trim)
}

fn is_mac(text: &str) -> bool {
    Mac::read(text.as_bytes()).is_ok()
}

/// The list with one name on each line, each in its line where it stands alone there; nothing if a text is no such list,
/// or is one already.
///
/// # Errors
/// If there is no memory for it.
pub(super) fn list(text: &[u8]) -> Result<Option<(String, Bare)>, InventoryError> {
    let (mut names, mut lines_of_names, mut others) = (0_usize, 0_usize, 0_usize);
    let mut is_plain = true;
    let mut odd = Bare { odd: 0, first: 0, has_several: false };
    let mut list = String::new();
    let end = if text.contains(&b'\n') { b'\n' } else { b'\r' };
    for (line, number) in text.split(|byte| *byte == end).zip(1..) {
        let line = &*String::from_utf8_lossy(line);
        let bytes = line.len() + 1;
        list.try_reserve(bytes).map_err(|_| InventoryError::Memory { bytes: list.len() + bytes })?;
        match said(line) {
            Said::Nothing => list.push_str(line),
            Said::Names(of_line) => {
                is_plain &= of_line.len() == 1 && of_line.first().is_some_and(|name| *name == trim(line));
                names += of_line.len();
                odd.has_several |= of_line.len() > 1;
                lines_of_names += 1;
                for (at, name) in of_line.into_iter().enumerate() {
                    list.push_str(if at > 0 { "\n" } else { "" });
                    list.push_str(name);
                }
            }
            Said::MayBeName(text) if is_of_table(text) => return Ok(None),
            Said::Other if is_of_table(line) => return Ok(None),
            Said::MayBeName(text) => {
                (others, is_plain) = (others + 1, false);
                list.push_str(text);
            }
            Said::Other => {
                (others, is_plain) = (others + 1, false);
                if odd.odd == 0 {
                    odd.first = number;
                }
                odd.odd += 1;
            }
        }
        // What has more other lines than names in front is no list: nothing behind is looked at.
        if others > lines_of_names + MOST_ABOVE {
            return Ok(None);
        }
        list.push('\n');
    }
    Ok((names > 1 && lines_of_names > others && !is_plain).then_some((list, odd)))
}

/// Whether a line is the header of a table, or a row with more than a name.
fn is_of_table(line: &str) -> bool {
    names_column(line) || line.split(BETWEEN).any(is_mac)
}

/// So many lines may stand above the names.
const MOST_ABOVE: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, u64, u64)>) {
        let list = list(text.as_bytes()).expect("memory");
        let found = list.as_ref().map(|(list, bare)| (list.as_str(), bare.odd, bare.first));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn odd_lines_marks_and_several_names_on_a_line_are_understood() {
        check("SEP00CCFC000001\rSEP00CCFC000002\ra\r", Some(("SEP00CCFC000001\nSEP00CCFC000002\n\n\n", 1, 3)));
        check("SEP00CCFC000001\nSEP00CCFC000002\nForbidden City", Some(("SEP00CCFC000001\nSEP00CCFC000002\n\n", 1, 3)));
        check("Phones:\n- 00CCFC000001\n* 00:CC:FC:00:00:02\n", Some(("\n00CCFC000001\n00:CC:FC:00:00:02\n\n", 1, 1)));
        check("1. SEP00CCFC000001\n2) SEP00CCFC000002", Some(("SEP00CCFC000001\nSEP00CCFC000002\n", 0, 0)));
        check("SEP00CCFC000001, SEP00CCFC000002;", Some(("SEP00CCFC000001\nSEP00CCFC000002\n", 0, 0)));
        let misspelled = "SEP00CCFC000001\nSEP00CCFC000002\nSEP00CCFC00003\n";
        check(misspelled, Some((&format!("{misspelled}\n"), 0, 0)));
    }

    #[test]
    fn tables_texts_and_plain_lists_are_left_as_they_are() {
        for text in [
            "SEP00CCFC000001\nSEP00CCFC000002\n",
            "SEP00CCFC000001,Oslo\nSEP00CCFC000002,Ulm\n",
            "Device Name\nSEP00CCFC000001\nSEP00CCFC000002\n",
            "SEP00CCFC000001 is broken\nnobody knows\n",
            "SEP00CCFC000001\nForbidden City",
            "",
        ] {
            check(text, None);
        }
    }
}
