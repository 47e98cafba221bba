//! The fields that tables have columns for, and the headers by which they are found.

use super::folded_header::{folded, folded_with_number};
#[cfg(feature = "csv")]
use super::headers::{BESIDE, LABELS};
use super::headers::{FIELDS, HEADERS, OF_UDI, RANKS};
use crate::text::words;

words! {
    /// A field that inventories have columns for.
    ///
    /// A column is found by its header. Only the letters and digits of a header count, and their case does not matter:
    /// `Serial No.`, `serial_no` and `SerialNo` are one header. Where a cell of a better column is empty, the next one is
    /// asked.
    ///
    /// | field | columns, best first | everyday words |
    /// |---|---|---|
    /// | pid | `PID`, `Product ID`; `PID VID`; `Part Number`, `Part No`, `P/N`, `Product Number`, `SKU`; `Model Number`, `Model No`, `N.º de modelo`, `Numéro du modèle`; `Model`, `Phone Model`, `Device Model`, `Model Name`, `model_raw`; `Product`, `Product Type`, `Product Name`; `Device Type`, `Phone Type`; `tkmodel` | `Platform`, `IPPhone`, `Produkt`, `Producto`, `Produto`, `Produit`, `Prodotto`; `Artikelnummer`, `Produktnummer`, `Productnummer`, `Varenummer`, `Referencia`, `Référence`, `Codice prodotto`, `Numer katalogowy` |
    /// | vid | `VID`, `Hardware Version ID`; `Version ID`; `Hardware Version`, `HW Version`, `HW Ver`, `Hardware Ver` | `Hardware Revision`, `HW Revision`, `HW Rev`, `Hardware Rev`, `Revisión de Hardware`, `Hardwarestand`, `Maskinvarerevisjon`, `Hardwarerevisie`, `Revisão do hardware`, `Révision matérielle`, `Revisione hardware`, `Rewizja sprzętu` |
    /// | mac | `MAC`, `MAC Address`, `MAC Addr`; `Phone MAC`, `Ethernet MAC`, `LAN MAC`, `Dirección MAC`; `Device Name`, `Device Name (Line)`, `Phone Name`, `SEP`, `SEP Name`; `Host Name`, `Nombre de host`, `Nom d'hôte`, `Nom hôte`, `Nom système`; `Name` | `Device`, `Gerät`, `Geraet`, `Enhet`, `Enhed` |
    /// | serial | `Serial Number`, `Serial`, `Serial No`, `S/N`, `Phone Serial Number`, `Device Serial Number`, `SerialNum`, `N.º de serie` | `Serie`, `Matricola` |
    /// | load | `Active Load ID`, `Active Load`, `Active Load Name`, `Running Load`, `Running Load ID`; `App Load ID`, `ID de carga de la aplicación`; `Load`, `Load ID`, `Firmware Load` | `Carga` |
    /// | firmware | `Running Firmware`, `Active Firmware`, `Current Firmware`; `Firmware`, `Firmware Version`, `FW Version`; `Software Version`, `SW Version`, `Software`; `Release` | `Version` |
    /// | firmware_type | `Firmware Type` |  |
    /// | authorization | `Transition Authorization Type`, `Transition Authorization`, `Migration Authorization`; `Authorization Type`, `Authorization`, `Authorisation` | `Autorisierung`, `Autorisasjon`, `Auktorisering`, `Autorisation`, `Autorisatie`, `Autorización`, `Autorização`, `Autorizzazione`, `Autoryzacja`; `License`, `Licence`, `Device License`, `Auth`, `Lizenz`, `Lisens`, `Licens`, `Licentie`, `Licencia`, `Licença`, `Licenza`, `Licencja`, `Berechtigung`, `Freischaltung`, `Godkjenning`, `Godkendelse`, `Behörighet`, `Machtiging` |
    /// | contradictions | `contradictions` |  |
    ///
    /// Accents do not matter either, and a `#` behind a word means `No`. Words of nine languages more are in
    /// `core/data/headers.toml` and in the guide for migration engineers: they are ours, and beat none of these.
    ///
    /// An everyday word stands above other things too. A cell below one counts only where it reads as the field, a firmware version
    /// only with three numbers, a product only with a letter, and only where no other column of the row says what can be read; of
    /// several such cells the first counts.
    ///
    /// `UDI` and `Unique Device Identifier` say product, VID and serial number in one text, as phones do (`CP-8851-K9= V05 FCH2043ABCD`): each
    /// counts by its shape, before the columns of its field.
    ///
    /// `contradictions` is read in tables that crossgrade wrote of a fleet, and nowhere else. `Phone Load Name` of Unified CM,
    /// `InactiveLoadID` and `bootLoadID` are missing on purpose: they do not say what runs.
    /// `Name` comes late for a MAC address, for it often is the name of a person: what is no device name there is
    /// unreadable, and never a MAC address. A `Version ID` that is a load name counts as firmware, as phones use that place
    /// for either.
    ///
    /// Ordered as everything lists them.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum InventoryField as "inventory field" {
        /// The product text.
        Pid = "pid",
        /// The hardware version.
        Vid = "vid",
        /// The MAC address or device name.
        Mac = "mac",
        /// The serial number.
        Serial = "serial",
        /// The load that runs.
        Load = "load",
        /// A load or a release that runs, whichever it reads as.
        Firmware = "firmware",
        /// The type that runs.
        FirmwareType = "firmware_type",
        /// The transition authorization.
        Authorization = "authorization",
        /// What was said differently, in a table that crossgrade wrote of a fleet; elsewhere it is not read.
        Contradictions = "contradictions",
    }
}

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

/// The headers of one rank of a field.
pub(super) struct Rank {
    pub(super) kind: RankKind,
    /// The headers say that the load is the one that runs.
    pub(super) is_running: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the documentation is checked by it"))]
    pub(super) headers: &'static [&'static str],
}

/// What the headers of a rank are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RankKind {
    /// Files and pages have them.
    Known,
    /// Translations of our own.
    Translated,
    /// Words that other tables use for other things: a cell counts only where it reads as the field and no other column says it.
    Everyday,
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
