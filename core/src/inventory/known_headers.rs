//! The headers by which the columns of fields are found.

use super::InventoryField;
use super::folded_header::{folded, folded_with_number};
use super::header_rank::{Rank, RankKind};
#[cfg(feature = "csv")]
use super::headers::{BESIDE, LABELS};
use super::headers::{FIELDS, HEADERS, OF_UDI, RANKS};

impl InventoryField {
    /// The headers that it is found by, best rank first; `core/data/headers.toml` says where each was seen. Two columns of the
    /// best rank that a table has are ambiguous, unless it is a rank of translated or everyday words.
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::InventoryField;
    ///
    /// assert_eq!(InventoryField::Vid.headers()[0], ["VID", "Hardware Version ID"]);
    /// ```
    pub fn headers(self) -> &'static [&'static [&'static str]] {
        HEADERS.get(self as usize).copied().unwrap_or_default()
    }

    /// Whether the headers of a rank are everyday words.
    pub(super) fn is_everyday(self, rank: usize) -> bool {
        self.kind(rank) == RankKind::Everyday
    }

    /// What the headers of a rank are worth.
    pub(super) fn kind(self, rank: usize) -> RankKind {
        self.ranks().get(rank).map_or(RankKind::Known, |rank| rank.kind)
    }

    /// What its ranks are, best first.
    pub(super) fn ranks(self) -> &'static [Rank] {
        RANKS.get(self as usize).copied().unwrap_or_default()
    }
}

/// The field that a header is of, and its rank.
pub(super) fn ranked(header: &str) -> Option<(InventoryField, usize)> {
    let known = |folded: &str| {
        let place = FIELDS.binary_search_by_key(&folded, |(known, ..)| known).ok()?;
        FIELDS.get(place).map(|(_, field, rank)| (*field, usize::from(*rank)))
    };
    folded_with_number(header).and_then(|folded| known(&folded)).or_else(|| known(&folded(header)))
}

/// Whether a header is one of product, VID and serial number in one text.
pub(super) fn is_udi(header: &str) -> bool {
    OF_UDI.contains(&folded(header).as_str())
}

/// Whether a header is one that tables of phones have, though it is read as nothing.
#[cfg(feature = "csv")]
pub(super) fn stands_beside_phones(header: &str) -> bool {
    let folded = folded(header);
    BESIDE.binary_search(&&*folded).is_ok() || LABELS.binary_search_by_key(&&*folded, |(known, ..)| known).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_kind(field: InventoryField, kind: RankKind) -> String {
        let rank = |rank: &Rank| rank.headers.iter().map(|header| format!("`{header}`")).collect::<Vec<_>>().join(", ");
        field.ranks().iter().filter(|rank| rank.kind == kind).map(rank).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn the_documented_tables_are_the_headers_that_are_read() {
        let guide = include_str!("../../../docs/guide-migration-engineer.md");
        for field in InventoryField::ALL {
            let [known, translated, everyday] =
                [RankKind::Known, RankKind::Translated, RankKind::Everyday].map(|kind| of_kind(*field, kind));
            let row = format!("| {field} | {known} | {everyday} |");
            assert!(
                include_str!("inventory_field.rs").contains(&format!("    /// {row}\n")),
                "InventoryField lacks {row}"
            );
            assert!(guide.contains(&format!("\n{row}\n")), "docs/guide-migration-engineer.md lacks {row}");
            let row = format!("| {field} | {translated} |");
            assert!(
                translated.is_empty() || guide.contains(&format!("\n{row}\n")),
                "docs/guide-migration-engineer.md lacks {row}"
            );
        }
    }

    #[test]
    fn every_header_is_found_as_its_field() {
        for field in InventoryField::ALL {
            for (rank, header) in
                field.headers().iter().enumerate().flat_map(|(rank, all)| all.iter().map(move |of| (rank, of)))
            {
                for header in [header.to_string(), header.to_uppercase(), header.to_lowercase().replace(' ', "_")] {
                    assert_eq!(ranked(&header), Some((*field, rank)), "{header}");
                }
            }
        }
    }

    #[test]
    fn a_number_sign_behind_a_word_is_a_number() {
        let of = |header| ranked(header).map(|(field, rank)| (field, field.headers()[rank][0]));
        assert_eq!(of("Model #"), Some((InventoryField::Pid, "Model Number")));
        assert_eq!(of("Part #"), Some((InventoryField::Pid, "Part Number")));
        assert_eq!(of("Serial #"), Some((InventoryField::Serial, "Serial Number")));
        assert_eq!(of("#MAC"), Some((InventoryField::Mac, "MAC")));
        assert_eq!(of("Boot Load ID"), None);
        assert_eq!(of("Phone Load Name"), None);
    }
}
