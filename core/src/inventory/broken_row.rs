use std::fmt;

use super::limits;
use crate::text::words;

/// A row that is kept, though something is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenRow {
    /// The line where it begins, or the number of the device.
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
    /// A quote is opened and never closed, or only by a quote in another row: nothing in the line can be trusted. The lines
    /// below it are read as usual.
    UnclosedQuote,
    /// A quoted cell holds lines that line up with the header as rows do. They are the text of the cell, as the quotes say.
    LinesLikeRows,
    /// A line stands between quotes that open and close cells, and it lines up with the header as every line around it does: it
    /// is a row, and two of the rows have a quote too many, or it is the text of a cell. Nobody can tell, so nothing in the
    /// line can be trusted.
    RowOrText,
    /// Some cell holds bytes that are not UTF-8; the other cells are read.
    NotUtf8,
    /// A value is longer than is read; only its beginning is kept, as evidence that nobody can read.
    TooLong {
        /// How many bytes it has.
        found: usize,
    },
    /// Something else came where a phone should have said what it is.
    Came(Came),
    /// The file ends within the row; what stands before the cut is read.
    Cut,
    /// Another row of the sheet has the same number: nobody can tell which of them the sheet shows.
    RepeatedRowNumber,
    /// A cell of it says that it is of another row: nobody can tell where it belongs.
    CellOfOtherRow {
        /// The number of that row.
        found: u64,
    },
    /// A cell in another row names this row as its own: it may replace a cell of this row.
    CellInOtherRow,
    /// The row adds up the table: a cell of it says so, such as `Total phones`, the others are numbers, and it names no product. It
    /// stays a row, of which the answer says what it is.
    SumRow,
    /// The entry is no device: a number or a list where an object belongs.
    NoDevice,
}

impl RowProblem {
    /// Whether nothing in the row can be trusted.
    #[cfg_attr(not(any(feature = "csv", feature = "arrow")), allow(dead_code, reason = "only tables have such rows"))]
    pub(crate) fn spoils_the_row(self) -> bool {
        !matches!(self, Self::LinesLikeRows | Self::NotUtf8 | Self::Cut)
    }
}

words! {
    /// What came instead of a phone's page.
    #[non_exhaustive]
    pub enum Came as "what came" {
        /// Nothing: no bytes, or only blanks.
        Nothing = "nothing",
        /// A page that asks for a password.
        Login = "a login page",
        /// Another HTML page.
        Html = "an HTML page",
        /// XML that says nothing of a phone.
        OtherXml = "XML without a word about a phone",
        /// XML that breaks off or is damaged before it says anything of a phone.
        DamagedXml = "damaged XML",
        /// Text that says nothing of a phone.
        OtherText = "text without a word about a phone",
        /// Several pages in one document: what one says is not mixed with what the other says.
        SeveralPages = "several pages",
        /// Bytes that are no text.
        Binary = "bytes that are no text",
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ColumnCount { found, expected } => {
                write!(f, "{found} columns where the header has {expected}")
            }
            Self::UnclosedQuote => write!(f, "a quote that is never closed"),
            Self::LinesLikeRows => {
                write!(f, "a quoted cell of several lines that look like rows; they are read as its text")
            }
            Self::RowOrText => write!(f, "a line that is a row or the text of a cell: the quotes around it allow both"),
            Self::NotUtf8 => write!(f, "bytes that are not UTF-8"),
            Self::TooLong { found } => write!(f, "a value of {found} bytes; expected at most {}", limits::CELL),
            Self::Came(Came::SeveralPages) => {
                write!(
                    f,
                    "several pages came instead of what one phone says of itself; expected one page for each file"
                )
            }
            Self::Came(came) => write!(f, "{came} came instead of what the phone says of itself"),
            Self::Cut => write!(f, "the file ends within this row"),
            Self::RepeatedRowNumber => write!(f, "a row with the number of another row"),
            Self::CellOfOtherRow { found } => write!(f, "a cell that says it is of row {found}"),
            Self::CellInOtherRow => write!(f, "a row of which a cell stands in another row"),
            Self::SumRow => write!(f, "a row that adds up the table"),
            Self::NoDevice => write!(f, "an entry that is no device"),
        }
    }
}

impl fmt::Display for BrokenRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}
