use std::fmt;

/// A row that is kept, though something is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenRow {
    /// Where it begins.
    pub line: u64,
    /// What is wrong.
    pub problem: RowProblem,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowProblem {
    /// Its cells do not line up with the header: nothing in it can be trusted.
    ColumnCount {
        /// How many cells it has.
        found: usize,
        /// How many the header has.
        expected: usize,
    },
    /// A quote is opened and never closed: nothing in the line can be trusted. The lines below it are read as usual.
    UnclosedQuote,
    /// Some cell holds bytes that are not UTF-8; the other cells are read.
    NotUtf8,
}

impl fmt::Display for BrokenRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match self.problem {
            RowProblem::ColumnCount { found, expected } => {
                write!(f, "{found} columns where the header has {expected}")
            }
            RowProblem::UnclosedQuote => write!(f, "a quote that is never closed"),
            RowProblem::NotUtf8 => write!(f, "bytes that are not UTF-8"),
        }
    }
}
