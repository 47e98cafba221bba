//! A line that rules the columns of a table of fixed width.
//!
//! | written by | ruler |
//! |---|---|
//! | `run sql` of Unified CM | `====== ======`, as wide as the columns |
//! | `Format-Table` of PowerShell | `----   -----`, as wide as the headers; numbers end where their header ends |
//! | `psql` | `-------+-------` |
//! | `mysql`, `sqlite3 -table` | `+------+------+`, above the header and below it |
//! | Markdown | `\|---\|:--\|` |
//!
//! Other programs draw the same lines with box-drawing letters.

use std::ops::Range;

use crate::inventory::capture_as_csv::MOST_COLUMNS;

/// How far behind the beginning of a line columns are looked for.
const WIDEST: usize = 1 << 16;

/// Where the columns of a table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::inventory) struct Ruler {
    /// The letters that each column takes.
    columns: Vec<Range<usize>>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Blanks part the columns.
    Blanks,
    /// Bars part them, and stand in front of the first one too if this is said.
    Bars { is_framed: bool },
}

/// Letters that draw boxes, as those of ASCII.
fn as_ascii(letter: char) -> char {
    match letter {
        '\u{2500}' | '\u{2501}' => '-',
        '\u{2550}' => '=',
        '\u{2502}' | '\u{2503}' | '\u{2551}' => '|',
        '\u{2504}'..='\u{257f}' => '+',
        letter => letter,
    }
}

fn is_bar(letter: char) -> bool {
    as_ascii(letter) == '|'
}

/// How many columns of a screen a letter takes, in terminals that give letters of Chinese, Japanese and Korean two.
fn width(letter: char) -> usize {
    1 + usize::from(letter >= '\u{1100}' && !('\u{2000}'..='\u{2e7f}').contains(&letter))
}

impl Ruler {
    /// The ruler that a line is.
    pub(in crate::inventory) fn read(line: &str) -> Option<Self> {
        if line.len() > WIDEST {
            return None;
        }
        let letters: Vec<char> = line.chars().map(as_ascii).collect();
        let draws = |letter: &char| matches!(letter, '-' | '=');
        let first = letters.iter().find(|letter| draws(letter))?;
        let has_bars = letters.iter().any(|letter| matches!(letter, '+' | '|'));
        let is_ruler = letters.iter().all(|letter| match letter {
            '+' | '|' | ':' => has_bars,
            ' ' => true,
            letter => letter == first,
        });
        if !is_ruler {
            return None;
        }
        let parts = |letter: &char| if has_bars { matches!(letter, '+' | '|') } else { *letter == ' ' };
        let mut columns: Vec<Range<usize>> = Vec::new();
        for (at, _) in letters.iter().enumerate().filter(|(_, letter)| !parts(letter)) {
            match columns.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => columns.push(at..at + 1),
            }
        }
        // Of a line with bars, blanks outside of them are no column.
        columns.retain(|column| letters[column.clone()].iter().any(draws));
        if columns.len() > MOST_COLUMNS {
            return None;
        }
        let is_framed = letters.iter().find(|letter| **letter != ' ').is_some_and(|letter| matches!(letter, '+' | '|'));
        let kind = if has_bars { Kind::Bars { is_framed } } else { Kind::Blanks };
        Some(Self { columns, kind })
    }

    /// How many columns it rules.
    pub(super) fn count(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn has_bars(&self) -> bool {
        self.kind != Kind::Blanks
    }

    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        self.columns.last().map_or(0, |column| column.end)
    }

    /// The cells of a line, one for each column.
    pub(in crate::inventory) fn cells<'l>(&self, line: &'l str) -> Vec<&'l str> {
        if let Kind::Bars { is_framed } = self.kind {
            let inner = if is_framed { line.trim() } else { line };
            let inner = if is_framed { inner.strip_prefix(is_bar).unwrap_or(inner) } else { inner };
            let inner = if is_framed { inner.strip_suffix(is_bar).unwrap_or(inner) } else { inner };
            let cells: Vec<_> = inner.split(is_bar).map(str::trim).collect();
            if cells.len() == self.count() {
                return cells;
            }
        }
        let measures: [fn(char) -> usize; 3] = [|_| 1, width, char::len_utf8];
        let cuts = measures.iter().find_map(|measure| self.cuts(line, *measure));
        let cuts = cuts.unwrap_or_else(|| self.cuts_anywhere(line));
        let mut begin = 0;
        let mut cells: Vec<_> = Vec::with_capacity(self.count());
        for end in cuts.into_iter().chain([line.len()]) {
            cells.push(line.get(begin..end).unwrap_or_default().trim_matches(|letter| letter == ' ' || is_bar(letter)));
            begin = end;
        }
        cells
    }

    /// Where the cells of a line end but for the last, if a blank or a bar stands between each two of them. Letters take as
    /// much of the line as `measure` says.
    fn cuts(&self, line: &str, measure: fn(char) -> usize) -> Option<Vec<usize>> {
        let mut letters = line.char_indices();
        let mut at = 0;
        let mut cuts = Vec::with_capacity(self.count());
        for (this, next) in self.columns.iter().zip(self.columns.iter().skip(1)) {
            // The last blank counts that stands before the next column: a text may be wider than its header, and a number
            // begins before its own.
            let mut cut = None;
            let mut is_over = true;
            while at < next.start {
                let Some((byte, letter)) = letters.next() else {
                    is_over = false;
                    break;
                };
                if at >= this.end && (letter == ' ' || is_bar(letter)) {
                    cut = Some(byte);
                }
                at += measure(letter);
            }
            cuts.push(match cut {
                Some(cut) => cut,
                // The line ends before.
                None if !is_over => line.len(),
                None => return None,
            });
        }
        Some(cuts)
    }

    /// The same where cells run into each other: where the columns begin.
    fn cuts_anywhere(&self, line: &str) -> Vec<usize> {
        let mut letters = line.char_indices().map(|(byte, _)| byte).enumerate().peekable();
        let begin = |column: &Range<usize>| {
            while letters.next_if(|(at, _)| *at < column.start).is_some() {}
            letters.peek().map_or(line.len(), |(_, byte)| *byte)
        };
        self.columns.iter().skip(1).map(begin).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ruler: &str, line: &str, expected: &[&str]) {
        assert_eq!(Ruler::read(ruler).expect(ruler).cells(line), expected, "{line:?} below {ruler:?}");
    }

    #[test]
    fn columns_are_cut_where_the_ruler_parts_them() {
        check("==== =====", "name model", &["name", "model"]);
        check("==== =====", "a", &["a", ""]);
        check("==== =====", "", &["", ""]);
        check("==== =====", "a b  longer than that", &["a b", "longer than that"]);
        check("-----+------", " SEP1 | 8841", &["SEP1", "8841"]);
        check("+------+------+", "| SEP1 | 8841 |", &["SEP1", "8841"]);
        check("|---|:-:|", "| SEP1 | 8841 |", &["SEP1", "8841"]);
        check(
            "\u{251c}\u{2500}\u{2500}\u{253c}\u{2500}\u{2500}\u{2524}",
            "\u{2502} a \u{2502} b \u{2502}",
            &["a", "b"],
        );
    }

    #[test]
    fn headers_of_power_shell_are_narrower_than_their_columns() {
        check("----            -----", "SEP00CCFC000041 Cisco 8841", &["SEP00CCFC000041", "Cisco 8841"]);
        check("----             --", "SEP1            683", &["SEP1", "683"]);
    }

    #[test]
    fn letters_are_measured_as_the_line_lets_them() {
        check("====== =====", "\u{4e8b}\u{52d9}   8841", &["\u{4e8b}\u{52d9}", "8841"]);
        check("====== =====", "\u{4e8b}\u{52d9}     8841", &["\u{4e8b}\u{52d9}", "8841"]);
        check("====== =====", "Z\u{fc}rich 8841", &["Z\u{fc}rich", "8841"]);
        check("======= =====", "Z\u{fc}rich 8841", &["Z\u{fc}rich", "8841"]);
    }

    #[test]
    fn other_lines_rule_nothing() {
        assert_eq!(Ruler::read(&"= ".repeat(MOST_COLUMNS + 1)), None);
        check("== ==", "abcdefgh", &["abc", "defgh"]);
        for line in ["", "  ", "a", "-- a --", "=-=-", "| a |", "+ + +", "1 - 2"] {
            assert_eq!(Ruler::read(line), None, "{line:?}");
        }
        assert_eq!(Ruler::read("-----").map(|ruler| ruler.count()), Some(1));
    }
}
