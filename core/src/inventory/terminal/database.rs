//! Whether the database of Unified CM shows a table.

use super::screen::{Line, lines};
use super::terminal_layout::Layout;
use super::terminal_words;

/// Whether a text shows what the database of Unified CM holds: `run sql` was typed, or a `select` of its column of loads, or the header
/// has the ruler that `run sql` draws.
pub(in crate::inventory) fn is_of_database(head: &str, layout: Option<Layout>) -> bool {
    let lines: Vec<Line<'_>> = lines(head).collect();
    let has_ruler = layout == Some(Layout::Fixed);
    (0..lines.len()).any(|at| is_typed(&lines[at..]) || has_ruler && is_ruler_of_sql(&lines, at))
}

/// So many lines somebody types one statement in.
const MOST_LINES: usize = 12;

/// Whether such a command begins in the first of these lines.
fn is_typed(lines: &[Line<'_>]) -> bool {
    let Some(first) = lines.first() else { return false };
    let typed = terminal_words::command(&first.text).unwrap_or(&first.text).to_ascii_lowercase();
    let mut typed = typed.split_whitespace();
    match typed.next() {
        Some("run") => typed.next() == Some("sql"),
        Some("select") => {
            lines.iter().take(MOST_LINES).any(|line| line.text.to_ascii_lowercase().contains("loadinformation"))
        }
        _ => false,
    }
}

/// Whether a line is `====== =====` below a header; a title may be underlined by one such piece. Tables of reStructuredText have the same line above the header, too.
fn is_ruler_of_sql(lines: &[Line<'_>], at: usize) -> bool {
    let is_drawn = |line: &Line<'_>| {
        line.text.split_whitespace().nth(1).is_some() && line.text.chars().all(|letter| letter == '=' || letter == ' ')
    };
    let above = |count: usize| at.checked_sub(count).and_then(|at| lines.get(at));
    lines.get(at).is_some_and(is_drawn)
        && above(1).is_some_and(|line| !line.text.trim().is_empty() && !is_drawn(line))
        && !above(2).is_some_and(is_drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_the_database_are_told() {
        for text in [
            "admin:run sql select name from device\n\nname load\n==== ====\n",
            "name load\n==== ====\nSEP1 x\n",
            "mysql> select name, loadinformation load from device;\n+---+\n",
            "select name,\n  LoadInformation as load\nfrom device\n",
        ] {
            assert!(is_of_database(text, Some(Layout::Fixed)), "{text}");
        }
        for text in [
            "==== ====\nname load\n==== ====\nSEP1 x\n==== ====\n",
            "name | load\n-----+-----\n",
            "mysql> select name, load from phones;\n",
            "Phones\n======\nName,Load\n",
        ] {
            assert!(!is_of_database(text, Some(Layout::Fixed)), "{text}");
        }
    }
}
