//! Columns that are no evidence, but help people and programs to find a phone.

#[cfg(any(feature = "csv", feature = "arrow"))]
use super::field_cell::says_nothing;
use super::folded_header::folded;
use super::header_rank::LabelPart;
use super::headers::LABELS;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::RowLabel;

/// Whether a header is one of the name of a device.
#[cfg(feature = "csv")]
pub(super) fn is_name_of_device(header: &str) -> bool {
    let folded = folded(header);
    let place = LABELS.binary_search_by_key(&&*folded, |(known, ..)| known);
    place.ok().and_then(|place| LABELS.get(place)).is_some_and(|(_, part, _)| *part == LabelPart::Name)
}

/// The columns of each part of a label: those of the best rank that the table has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LabelColumns([Vec<usize>; LabelPart::COUNT]);

impl LabelColumns {
    /// Nothing is decided by labels, but for the connection of a device in Webex: of several columns of one rank the first that says
    /// something counts.
    pub(super) fn find(headers: &[String]) -> Self {
        let mut found = Self::default();
        let mut ranks = [u8::MAX; LabelPart::COUNT];
        for (column, header) in headers.iter().enumerate() {
            let folded = folded(header);
            let Ok(place) = LABELS.binary_search_by_key(&&*folded, |(known, ..)| known) else { continue };
            let Some((_, part, rank)) = LABELS.get(place) else { continue };
            let (columns, best) = (&mut found.0[*part as usize], &mut ranks[*part as usize]);
            if rank < best {
                columns.clear();
                *best = *rank;
            }
            if rank == best {
                columns.push(column);
            }
        }
        found
    }

    /// The same, each column where it stands now.
    #[cfg(feature = "xlsx")]
    pub(super) fn moved(&self, place: impl Fn(usize) -> usize) -> Self {
        Self(std::array::from_fn(|part| self.0[part].iter().map(|column| place(*column)).collect()))
    }

    /// The columns themselves.
    #[cfg(any(feature = "arrow", feature = "xlsx"))]
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.0.iter().flatten().copied()
    }

    /// The columns of each part that has several.
    pub(super) fn repeated(&self) -> impl Iterator<Item = &[usize]> {
        self.0.iter().map(Vec::as_slice).filter(|columns| columns.len() > 1)
    }

    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(super) fn label<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> RowLabel {
        let text = |part: LabelPart| {
            let cell =
                self.0[part as usize].iter().filter_map(|column| cell(*column)).find(|cell| !says_nothing(cell))?;
            Some(String::from_utf8_lossy(cell).trim().to_owned())
        };
        RowLabel {
            name: text(LabelPart::Name),
            description: text(LabelPart::Description),
            ip_address: text(LabelPart::IpAddress),
            status: text(LabelPart::Status),
            node: text(LabelPart::Node),
        }
    }
}
