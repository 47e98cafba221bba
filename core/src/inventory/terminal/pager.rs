//! What terminals write where a page is full: `--More--`, `Press <enter> for 1 line, <space> for one page, or <q> to quit`.

/// How such a line begins, in small letters, and the words that end it; what stands behind them is a part of the next page.
const ASKS: [(&str, &[&str]); 7] = [
    ("press <", &["to quit", "quit", "to continue", "for more"]),
    ("press any key", &["to continue", "for more", "to quit", "press any key"]),
    ("press enter", &["to continue", "for more", "to quit"]),
    ("press return", &["to continue", "for more", "to quit"]),
    ("press space", &["to continue", "for more", "to quit"]),
    ("hit any key", &["to continue", "for more", "to quit", "hit any key"]),
    ("options: q=quit", &[") :", "):", ")", "e=end", "q=quit"]),
];

/// The longest line that asks for a key.
const LONGEST: usize = 160;

/// A line without what asks for a key.
pub(super) fn without_pager(line: &str) -> &str {
    let mut rest = line;
    while let Some(behind) = behind_more(rest.trim_start()).or_else(|| behind_asking(rest.trim_start())) {
        rest = behind.trim_start_matches([' ', '\t', '\u{8}', '.']);
    }
    rest
}

/// What stands behind `--More--`, in whatever signs, and how much of the text was shown.
fn behind_more(line: &str) -> Option<&str> {
    let inner = line.trim_start_matches(['-', '<', '(', ' ']);
    let front = &line[..line.len() - inner.len()];
    let (word, behind) = inner.split_at_checked("more".len())?;
    if !word.eq_ignore_ascii_case("more") || front.matches('-').count() < 2 {
        return None;
    }
    let end = behind.trim_start_matches(['-', '>', ')', ' ']);
    let is_closed = behind[..behind.len() - end.len()].contains('-');
    let percent = end
        .strip_prefix('(')
        .and_then(|end| end.split_once("%)"))
        .filter(|(number, _)| number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit()));
    is_closed.then(|| percent.map_or(end, |(_, behind)| behind))
}

fn behind_asking(line: &str) -> Option<&str> {
    let begins = |asks: &str| line.get(..asks.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(asks));
    let (_, ends) = ASKS.iter().find(|(asks, _)| begins(asks))?;
    let begin: String = line.chars().take(LONGEST).map(|letter| letter.to_ascii_lowercase()).collect();
    // Small letters of ASCII are as long as capital ones.
    let end = ends.iter().find_map(|end| Some(begin.find(end)? + end.len()))?;
    line.get(end..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_for_a_key_is_no_part_of_the_text() {
        for asks in [
            "--More--",
            "-- more --",
            "<--- More --->",
            "---(more)---",
            "---- More ---- (45%)",
            "--More--(45%)",
            "Press <enter> for 1 line, <space> for one page, or <q> to quit",
            "Press <enter> for 1 line, <space> for one page, <q> to quit",
            "Press any key to continue . . .",
            "options: q=quit, n=next, p=prev, b=begin, e=end (lines 1 - 20 of 50) :",
            "Options: q=quit, n=next, p=prev, b=begin, e=end",
        ] {
            assert_eq!(without_pager(asks), "", "{asks}");
            assert_eq!(without_pager(&format!("{asks}   SEP00CCFC000021, Lab")), "SEP00CCFC000021, Lab", "{asks}");
        }
        for line in ["more", "-more", "--moresby--", "Press office", "--- ----", "", "SEP00CCFC000021 --More--"] {
            assert_eq!(without_pager(line), line);
        }
    }
}
