//! Columns that are no evidence, but help people and programs to find a phone.

use std::collections::HashMap;

use super::field::folded;
#[cfg(any(feature = "csv", feature = "arrow"))]
use super::row::says_nothing;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::RowLabel;

/// The columns of each part of a label, if there are such.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LabelColumns {
    name: Option<usize>,
    description: Option<usize>,
    ip_address: Option<usize>,
    status: Option<usize>,
    node: Option<usize>,
}

impl LabelColumns {
    /// Of several columns the first one counts. Nothing is decided by them, but for the connection of a device in Webex.
    pub(super) fn find(folded_headers: &[String]) -> Self {
        let mut positions: HashMap<&str, usize> = HashMap::new();
        for (column, header) in folded_headers.iter().enumerate() {
            positions.entry(header).or_insert(column);
        }
        let first = |names: &[&str]| names.iter().find_map(|name| positions.get(folded(name).as_str()).copied());
        Self {
            name: first(&["Device Name", "Device Name (Line)", "Phone Name", "SEP Name", "Name", "Device"]),
            description: first(&["Description", "Device Description", "Phone Description"]),
            ip_address: first(&["IP Address", "IPv4 Address", "IP", "IP Addr"]),
            status: first(&[
                // Of two columns the one that can only be of a connection.
                "Connection Status",
                "Online Status",
                "Status",
                "Registration Status",
                "Device Status",
                "Registration",
            ]),
            node: first(&["Node", "Node Name", "CM Node", "Registered With"]),
        }
    }

    /// The same, each column where it stands now.
    #[cfg(feature = "xlsx")]
    pub(super) fn moved(&self, place: impl Fn(usize) -> usize) -> Self {
        let Self { name, description, ip_address, status, node } = *self;
        let [name, description, ip_address, status, node] =
            [name, description, ip_address, status, node].map(|column| column.map(&place));
        Self { name, description, ip_address, status, node }
    }

    /// The columns themselves.
    #[cfg(any(feature = "arrow", feature = "xlsx"))]
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        let Self { name, description, ip_address, status, node } = *self;
        [name, description, ip_address, status, node].into_iter().flatten()
    }

    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(super) fn label<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> RowLabel {
        let text = |column: Option<usize>| {
            let cell = cell(column?)?;
            (!says_nothing(cell)).then(|| String::from_utf8_lossy(cell).trim().to_owned())
        };
        RowLabel {
            name: text(self.name),
            description: text(self.description),
            ip_address: text(self.ip_address),
            status: text(self.status),
            node: text(self.node),
        }
    }
}
