use std::fmt;

use crate::text::MOST_LINES;

/// One thing that is wrong with a rule book: where, what was found, what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The line, the first being 1.
    pub line: usize,
    /// The character in the line, the first being 1.
    pub column: usize,
    /// The row and key, such as `gates.start-third-party.minimum`.
    pub place: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, place, message } = self;
        write!(f, "line {line}, column {column}: {place}: {message}")
    }
}

/// Why a text is no rule book: its problems in the order of the text, and of many the first 1,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleBookError {
    problems: Vec<Problem>,
}

impl RuleBookError {
    pub(super) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| (problem.line, problem.column));
        Self { problems }
    }

    /// What is wrong.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// The first problems, and how many more there are; [`RuleBookError::problems`] has all.
impl fmt::Display for RuleBookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.problems.len();
        write!(f, "rule book: {count} problem{}", if count == 1 { "" } else { "s" })?;
        self.problems.iter().take(MOST_LINES).try_for_each(|problem| write!(f, "\n{problem}"))?;
        match count.checked_sub(MOST_LINES) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for RuleBookError {}
