//! What is told of a CSV text beside its phones.

use std::fmt;

use super::csv_table::{Table, Written};
use crate::inventory::reading_report::{counted, section};
use crate::inventory::table::TableRow;
use crate::inventory::{BrokenRow, ColumnReport, Encoding, InventoryError};
use crate::text::{MOST_LINES, Shown};

/// What was read of a CSV text: how many phones, from which columns, which rows are broken, where it broke off, and which
/// lines are no rows. Printed, it says so to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvReading {
    columns: ColumnReport,
    delimiter: u8,
    written: Written,
    rows: RowsRead,
    /// The first of them says, if it is so, that no row says a product.
    notes: Vec<String>,
    has_no_product: bool,
}

impl CsvReading {
    /// How many phones there are: one for each row.
    pub fn phones(&self) -> u64 {
        self.rows.count
    }

    /// Which column was read as what.
    pub fn columns(&self) -> &ColumnReport {
        &self.columns
    }

    /// Rows with something wrong, in order. They are phones too. An audit that keeps no rows keeps the first twenty.
    pub fn broken_rows(&self) -> &[BrokenRow] {
        &self.rows.broken
    }

    /// How many rows have something wrong.
    pub fn broken_row_count(&self) -> u64 {
        self.rows.broken_count
    }

    /// Why the text was not read to its end, if it was not, or that it ends in the middle of a row: the rows before were read.
    pub fn cut(&self) -> Option<&InventoryError> {
        self.rows.cut.as_ref()
    }

    /// Which lines were no rows, for people.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The same with more of what a person should know.
    #[cfg(feature = "arrow")]
    pub(crate) fn with_notes(mut self, notes: impl Iterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// The delimiter.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The same for people, with the name of the file in all that is told of it. The name is shown as it is given:
    /// [`Shown::file`](crate::text::Shown::file) makes it fit for that.
    pub fn named<'r>(&'r self, name: &'r impl fmt::Display) -> impl fmt::Display + 'r {
        Named { reading: self, name }
    }

    /// Whether the text began with a byte order mark.
    pub fn has_byte_order_mark(&self) -> bool {
        self.written.has_byte_order_mark
    }

    /// How the text was written.
    pub fn encoding(&self) -> Encoding {
        self.written.encoding
    }
}

impl CsvReading {
    /// What was read; the functions say of which file something is told, and in which file a row stands.
    fn tell(
        &self,
        f: &mut fmt::Formatter<'_>,
        of: &dyn Fn(&dyn fmt::Display) -> String,
        at: &dyn Fn(&BrokenRow) -> String,
    ) -> fmt::Result {
        let written = match (self.written.layout, self.delimiter) {
            (Some(layout), _) => layout.shown(),
            (None, b';') => "semicolon separated",
            (None, b'\t') => "tab separated",
            (None, b'|') => "bar separated",
            (None, _) => "comma separated",
        };
        write!(f, "{}, {written}", counted(self.rows.count, "phone"))?;
        match self.encoding() {
            Encoding::Utf8 => writeln!(f)?,
            encoding => writeln!(f, ", {encoding}")?,
        }
        let loud = self.notes.iter().take(usize::from(self.has_no_product));
        loud.clone().try_for_each(|note| writeln!(f, "  {}", of(note)))?;
        write!(f, "\n{}", self.columns)?;
        let count = usize::try_from(self.rows.broken_count).unwrap_or(usize::MAX);
        section(f, "Broken rows, kept", self.rows.broken.iter().map(at), count)?;
        section(f, "Cut short", self.rows.cut.iter().map(|cut| of(cut)), usize::from(self.rows.cut.is_some()))?;
        let others = self.notes.get(loud.len()..).unwrap_or_default();
        section(f, "Notes", others.iter().map(|note| of(note)), others.len())
    }
}

impl fmt::Display for CsvReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tell(f, &|told| told.to_string(), &|row| row.to_string())
    }
}

/// What was read of a file that has a name.
struct Named<'r, N> {
    reading: &'r CsvReading,
    name: &'r N,
}

impl<N: fmt::Display> fmt::Display for Named<'_, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        write!(f, "{name}: ")?;
        self.reading.tell(f, &|told| format!("{name}: {told}"), &|row| format!("{name} {row}"))
    }
}

/// The rows while they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowsRead {
    count: u64,
    broken: Vec<BrokenRow>,
    broken_count: u64,
    /// So many broken rows are kept.
    most_broken: usize,
    cut: Option<InventoryError>,
    /// Some row says a product.
    has_product: bool,
}

impl RowsRead {
    /// None yet; all that are broken will be kept.
    pub(crate) fn keeping_all() -> Self {
        Self { count: 0, broken: Vec::new(), broken_count: 0, most_broken: usize::MAX, cut: None, has_product: false }
    }

    /// None yet; as many will be kept as a person is shown.
    pub(crate) fn keeping_few() -> Self {
        Self { most_broken: MOST_LINES, ..Self::keeping_all() }
    }

    /// How many were read.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// What the table gives next. Where it gives no row, reading ends.
    ///
    /// # Errors
    /// If there is not enough memory for the row: then the text is no shorter, and may be read elsewhere.
    pub(crate) fn hear<'t>(
        &mut self,
        row: Result<TableRow<'t>, InventoryError>,
    ) -> Result<Option<TableRow<'t>>, InventoryError> {
        match row {
            Ok(row) => {
                self.add(&row);
                Ok(Some(row))
            }
            Err(error @ InventoryError::Memory { .. }) => Err(error),
            Err(error) => {
                self.cut = Some(error);
                Ok(None)
            }
        }
    }

    /// Counts a row.
    pub(crate) fn add(&mut self, row: &TableRow<'_>) {
        self.count += 1;
        self.has_product = self.has_product || row.says_a_product();
        if let Some(broken) = &row.broken {
            self.broken_count += 1;
            if self.broken.len() < self.most_broken {
                self.broken.push(broken.clone());
            }
        }
    }

    /// The broken rows that are kept.
    #[cfg(feature = "arrow")]
    pub(crate) fn broken(&self) -> &[BrokenRow] {
        &self.broken
    }

    /// The same with as many broken rows as a person is shown.
    #[cfg(feature = "arrow")]
    pub(crate) fn with_few(&self) -> Self {
        let broken = self.broken.iter().take(MOST_LINES).cloned().collect();
        let (count, broken_count, cut) = (self.count, self.broken_count, self.cut.clone());
        Self { count, broken, broken_count, cut, has_product: self.has_product, ..Self::keeping_few() }
    }

    /// All that is told of the text.
    pub(crate) fn end<B: AsRef<[u8]> + Clone>(self, table: &Table<B>) -> CsvReading {
        let (delimiter, written) = (table.delimiter(), table.written());
        let rows = Self { cut: self.cut.or_else(|| table.cut()), ..self };
        let has_no_product = rows.count > 0 && !rows.has_product && !table.is_mac_list();
        let columns = table.columns().clone();
        let loud = has_no_product.then(|| columns.without_product());
        let notes = loud.into_iter().chain(columns.notes()).map(|note| Shown::escaped(&note).to_string());
        let notes = notes.chain(table.notes()).collect();
        CsvReading { columns, delimiter, written, rows, notes, has_no_product }
    }
}
