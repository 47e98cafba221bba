use std::collections::BTreeMap;
use std::fmt;

use crate::text::{Shown, words};

words! {
    /// What kind of thing phones were read from.
    #[non_exhaustive]
    pub enum SourceKind as "kind of inventory" {
        /// A page of the phone itself, as XML, HTML or text.
        DevicePage = "device-page" | "PAGE" | "PAGES",
        /// An answer of Unified CM's RisPort service.
        Risport = "risport",
        /// A device list of Webex.
        Webex = "webex",
        /// An answer of Unified CM's AXL service: phones as they are configured.
        Axl = "axl",
        /// Records of any tool, as JSON.
        Json = "json",
        /// A CSV file that somebody exported or keeps.
        Csv = "csv",
        /// An Excel workbook.
        Xlsx = "xlsx" | "EXCEL",
        /// A table in memory.
        Table = "table",
        /// What a person said of open conflicts: see [`Settlements`](crate::merge::Settlements). Nothing reads phones of it.
        Settlement = "settlement" | "SETTLEMENTS",
    }
}

/// One file, answer, folder of pages or table that phones were read from.
///
/// # Example
/// ```
/// use crossgrade::fleet::{Source, SourceKind};
///
/// let source = Source::new(SourceKind::Risport, "cluster-oslo.xml").when("2026-11-20 08:15");
/// assert_eq!(source.to_string(), "cluster-oslo.xml (risport, 2026-11-20 08:15)");
/// assert_eq!(source.cluster("Oslo").to_string(), "cluster-oslo.xml (risport, cluster Oslo, 2026-11-20 08:15)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    kind: SourceKind,
    name: String,
    when: Option<String>,
    cluster: Option<String>,
    /// The names of its pages, in order, where it holds several.
    pages: Vec<Box<str>>,
    /// Its rows are lines, whatever its kind.
    has_lines: bool,
    /// Of settlements: by whom and when a row was said, as a person reads it.
    said_by: BTreeMap<u64, Box<str>>,
    /// Its number, if sources before it have the same name; the name ends with it.
    number: Option<Numbered>,
}

/// Which of several sources of one name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Numbered {
    number: usize,
    /// How long the name is without the number.
    length: usize,
}

impl Source {
    /// A source of this kind with the name that the caller gives it.
    pub fn new(kind: SourceKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            when: None,
            cluster: None,
            pages: Vec::new(),
            has_lines: kind == SourceKind::Csv,
            said_by: BTreeMap::new(),
            number: None,
        }
    }

    /// The same, whose rows are lines of a text.
    #[cfg_attr(not(feature = "csv"), allow(dead_code, reason = "lists of Webex and settlements are one or the other"))]
    pub(crate) fn in_lines(self) -> Self {
        Self { has_lines: true, ..self }
    }

    /// The same of another name, which ends with this number.
    pub(super) fn renamed(self, number: usize, name: String) -> Self {
        let length = self.name_alone().len();
        Self { name, number: Some(Numbered { number, length }), ..self }
    }

    /// Its name with this number.
    pub(super) fn numbered_name(&self, number: usize) -> String {
        format!("{} ({number})", self.name_alone()).trim_start().to_owned()
    }

    /// Which of the sources of its name it is.
    pub(super) fn number(&self) -> usize {
        self.number.map_or(1, |numbered| numbered.number)
    }

    /// Its name without the number.
    pub(super) fn name_alone(&self) -> &str {
        let alone = self.number.and_then(|numbered| self.name.get(..numbered.length));
        alone.unwrap_or(&self.name)
    }

    /// When it was fetched, in the caller's words: it is kept and shown, and decides nothing.
    #[must_use]
    pub fn when(self, when: impl Into<String>) -> Self {
        Self { when: Some(when.into()), ..self }
    }

    /// The cluster that the source describes, in the caller's words. A merge joins devices without MAC address by their names, and
    /// only within one cluster. Capital and small letters do not matter, and a blank text says nothing. Sources of which
    /// nothing is said are of one cluster.
    #[must_use]
    pub fn cluster(self, cluster: impl Into<String>) -> Self {
        let cluster: String = cluster.into();
        Self { cluster: Some(cluster.trim().to_owned()).filter(|cluster| !cluster.is_empty()), ..self }
    }

    /// The same, of which this row was said by this person at this time.
    pub(crate) fn set_said_by(&mut self, row: u64, said_by: &str) {
        self.said_by.insert(row, said_by.into());
    }

    /// One page more, of this name.
    #[cfg_attr(not(feature = "xml"), allow(dead_code, reason = "only pages have names of their own"))]
    pub(crate) fn push_page(&mut self, name: &str) {
        self.pages.push(name.into());
    }

    /// A row of it, as a person finds it: `export.csv line 2`, `risport.xml device 7`, `page 10.0.1.11.xml`, and of what a
    /// person settled `settle.csv line 2, said by Anna, 2026-11-20`.
    ///
    /// # Example
    /// ```
    /// use crossgrade::fleet::{Source, SourceKind};
    ///
    /// assert_eq!(Source::new(SourceKind::Csv, "export.csv").place(2), "export.csv line 2");
    /// ```
    pub fn place(&self, row: u64) -> String {
        let page = usize::try_from(row).ok().and_then(|row| self.pages.get(row.checked_sub(1)?));
        let name = Shown::both_ends(&self.name);
        if let Some(said_by) = self.said_by.get(&row) {
            let row = if self.has_lines { format!("line {row}") } else { format!("row {row}") };
            return format!("{name} {row}, {}", Shown::new(said_by));
        }
        match (self.kind, page) {
            // Two folders may each have a page of this name.
            (SourceKind::DevicePage, Some(page)) if self.number.is_some() => {
                format!("page {} of {name}", Shown::both_ends(page))
            }
            (SourceKind::DevicePage, Some(page)) => format!("page {}", Shown::both_ends(page)),
            (SourceKind::DevicePage, None) if row > 1 => format!("page {row} of {name}"),
            (SourceKind::DevicePage, None) => format!("page {name}"),
            _ if self.has_lines => format!("{name} line {row}"),
            (SourceKind::Risport | SourceKind::Webex | SourceKind::Axl | SourceKind::Json, _) => {
                format!("{name} device {row}")
            }
            (SourceKind::Csv | SourceKind::Xlsx | SourceKind::Table | SourceKind::Settlement, _) => {
                format!("{name} row {row}")
            }
        }
    }

    /// Its kind.
    pub fn kind(&self) -> SourceKind {
        self.kind
    }

    /// Its name. Of several sources of one name in a fleet, all but the first have a number behind it: `risport (2)`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When it was fetched, if the caller said so.
    pub fn fetched(&self) -> Option<&str> {
        self.when.as_deref()
    }

    /// The cluster that the source describes, if the caller named one.
    pub fn of_cluster(&self) -> Option<&str> {
        self.cluster.as_deref()
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", Shown::both_ends(&self.name), self.kind)?;
        if let Some(cluster) = &self.cluster {
            write!(f, ", cluster {}", Shown::new(cluster))?;
        }
        if let Some(when) = &self.when {
            write!(f, ", {}", Shown::new(when))?;
        }
        f.write_str(")")
    }
}

/// Where a row stood: which source of its fleet, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    source: u32,
    row: u64,
}

impl Origin {
    /// A row of this source.
    pub(crate) fn new(source: usize, row: u64) -> Self {
        Self { source: u32::try_from(source).unwrap_or(u32::MAX), row }
    }

    /// The same row in a fleet whose sources have other numbers.
    pub(super) fn moved(self, source: impl Fn(usize) -> usize) -> Self {
        Self::new(source(self.source()), self.row)
    }

    /// The index of the source in [`Fleet::sources`](super::Fleet::sources).
    pub fn source(self) -> usize {
        self.source as usize
    }

    /// The line of a text or the row of a sheet, the first being 1; elsewhere the number of the device, from 1.
    pub fn row(self) -> u64 {
        self.row
    }
}
