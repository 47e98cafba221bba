//! Words of terminals around what they show.

/// The prompt of Unified CM's command line. What somebody typed stands behind it.
const PROMPT: &str = "admin:";

/// What prompts of other command lines end with.
const ENDS_OF_PROMPTS: [char; 4] = ['#', '>', '$', '%'];

/// The first words of commands that people type behind prompts.
const COMMANDS: [&str; 12] =
    ["show", "sh", "run", "select", "exit", "quit", "logout", "terminal", "term", "get-", "import-", "enable"];

/// The command behind a prompt, which may be empty; nothing if the line is none.
pub(crate) fn command(line: &str) -> Option<&str> {
    let line = line.trim();
    if let Some((prompt, command)) = line.split_at_checked(PROMPT.len())
        && prompt.eq_ignore_ascii_case(PROMPT)
    {
        return Some(command.trim());
    }
    let begin = line.strip_prefix("PS ").unwrap_or(line);
    let end = begin.find(ENDS_OF_PROMPTS)?;
    let (prompt, command) = (&begin[..end], begin[end..].trim_start_matches(ENDS_OF_PROMPTS).trim());
    let is_command = |known: &str| {
        let (word, is_whole) = (command.get(..known.len()), command.as_bytes().get(known.len()));
        word.is_some_and(|word| word.eq_ignore_ascii_case(known))
            && (known.ends_with('-') || is_whole.is_none_or(u8::is_ascii_whitespace))
    };
    let is_prompt = !prompt.is_empty() && !prompt.contains([' ', ',', ';', '\t']);
    (is_prompt && (command.is_empty() || COMMANDS.iter().any(|known| is_command(known)))).then_some(command)
}

/// Whether a line counts what stands above it: `(3 rows)`, `3 rows in set (0.00 sec)`, `Total count 3`.
pub(super) fn counts_rows(line: &str) -> bool {
    let line = line.trim().trim_start_matches('(').to_ascii_lowercase();
    let behind = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_number = behind.len() < line.len();
    let behind = behind.trim_start();
    let is_of_rows =
        ["row ", "row)", "row(s)", "rows ", "rows)", "records "].iter().any(|word| behind.starts_with(word));
    is_number && (is_of_rows || matches!(behind, "row" | "rows" | "records")) || total(&line).is_some()
}

/// The number behind `Total count`.
pub(super) fn total(line: &str) -> Option<u64> {
    const TOTAL: &str = "total count";
    let (words, number) = line.trim().split_at_checked(TOTAL.len())?;
    let number = number.trim_start_matches([' ', '\t', ':', '=']);
    words.eq_ignore_ascii_case(TOTAL).then(|| number.trim().parse().ok()).flatten()
}

/// Whether a line holds nothing but signs that draw one: `-----`, `=~=~=~=`, `****`.
pub(super) fn is_drawn(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.chars().all(|letter| "-=~*_+| ".contains(letter))
}

/// Whether a line begins a log of PuTTY.
pub(super) fn begins_log(line: &str) -> bool {
    line.trim_start().starts_with("=~=~=~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_told_from_cells() {
        assert_eq!(command("admin:show risdb query phone"), Some("show risdb query phone"));
        assert_eq!(command("admin:"), Some(""));
        assert_eq!(command("SW1#show cdp neighbors"), Some("show cdp neighbors"));
        assert_eq!(command("PS C:\\Users\\a> Get-Content x"), Some("Get-Content x"));
        assert_eq!(command("mysql>"), Some(""));
        for row in ["SEP00CCFC000041 Room#12 Cisco 8841", "Room#12", "#TotalPhones, 3", "a, b#", "show", ""] {
            assert_eq!(command(row), None, "{row}");
        }
    }

    #[test]
    fn counts_are_told_from_cells() {
        for line in [
            "(3 rows)",
            "3 rows in set (0.00 sec)",
            "(1 row)",
            "Total count 3",
            "(3 rows affected)",
            "2 row(s) retrieved.",
        ] {
            assert!(counts_rows(line), "{line}");
        }
        for line in ["8841", "3 phones", "SEP00CCFC000041 row 3", "rows", ""] {
            assert!(!counts_rows(line), "{line}");
        }
        assert_eq!((total("Total count 12"), total("Total count: 0"), total("Total")), (Some(12), Some(0), None));
    }
}
