//! The labels of pages that phones show in other languages than English, and English ones that only some phones have.
//!
//! Spanish and French have labels that were seen on phones; the others are ordinary translations. What no label says is
//! read by its shape, so that a word that is missing here costs little.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::page_field::PageField;
use crate::inventory::folded_header::folded;

/// The longest label that is looked up.
const LONGEST: usize = 64;

const LABELS: &[(PageField, &[&str])] = &[
    // Seen on phones: English of wireless, conference and older phones; Spanish; French.
    (PageField::Mac, &["Ethernet MAC Address", "Direcci\u{f3}n MAC"]),
    (
        PageField::HostName,
        &["Ethernet Host Name", "Nombre de host", "Nom d'h\u{f4}te", "Nom h\u{f4}te", "Nom syst\u{e8}me"],
    ),
    (PageField::Serial, &["Serial No.", "N.\u{ba} de serie"]),
    (PageField::Model, &["Product ID", "Model No.", "N.\u{ba} de modelo", "Num\u{e9}ro du mod\u{e8}le"]),
    (PageField::AppLoad, &["ID de carga de la aplicaci\u{f3}n"]),
    // Ordinary translations: German, Norwegian, Swedish, Danish, Dutch, Spanish, Portuguese, French, Italian, Polish. Of
    // words that differ by accents, blanks or case only, one stands here; of those that are English so, none.
    (
        PageField::Mac,
        &["MAC-Adresse", "MAC-adress", "MAC-adres", "Endere\u{e7}o MAC", "Adresse MAC", "Indirizzo MAC", "Adres MAC"],
    ),
    (
        PageField::HostName,
        &["Vertsnavn", "V\u{e4}rdnamn", "V\u{e6}rtsnavn", "Hostnaam", "Nome do host", "Nome host", "Nazwa hosta"],
    ),
    (
        PageField::Serial,
        &[
            "Seriennummer",
            "Serien-Nr.",
            "Serienummer",
            "Serienr.",
            "N\u{fa}mero de serie",
            "N\u{b0} s\u{e9}rie",
            "Numero di serie",
            "Numero seriale",
            "Numer seryjny",
            "Nr seryjny",
        ],
    ),
    (
        PageField::Model,
        &[
            "Modellnummer",
            "Modelnummer",
            "N\u{fa}mero de modelo",
            "N\u{fa}mero do modelo",
            "Num\u{e9}ro de mod\u{e8}le",
            "Numero modello",
            "Numero di modello",
            "Numer modelu",
        ],
    ),
    (
        PageField::Software,
        &[
            "Programvareversjon",
            "Programvaruversion",
            "Mjukvaruversion",
            "Softwareversie",
            "Versi\u{f3}n de software",
            "Vers\u{e3}o de software",
            "Version logicielle",
            "Versione software",
            "Wersja oprogramowania",
        ],
    ),
    (
        PageField::Hardware,
        &[
            "Maskinvareversjon",
            "Hardwareversjon",
            "H\u{e5}rdvaruversion",
            "Hardwareversie",
            "Versi\u{f3}n de hardware",
            "Vers\u{e3}o de hardware",
            "Vers\u{e3}o do hardware",
            "Version mat\u{e9}rielle",
            "Version du mat\u{e9}riel",
            "Versione hardware",
            "Wersja sprz\u{119}tu",
            "Wersja sprz\u{119}towa",
        ],
    ),
    (PageField::VersionId, &["Versjon", "Versie", "Versi\u{f3}n", "Vers\u{e3}o", "Versione", "Wersja"]),
];

/// The field of this label. Case, accents and everything but letters and digits do not matter.
///
/// A tree, because valgrind takes a hash map that lives as long as the program for one that was lost.
pub(super) fn labeled(label: &str) -> Option<PageField> {
    static FIELDS: LazyLock<BTreeMap<String, PageField>> = LazyLock::new(|| {
        LABELS.iter().flat_map(|(field, labels)| labels.iter().map(|label| (folded(label), *field))).collect()
    });
    (label.len() <= LONGEST).then(|| FIELDS.get(&folded(label)).copied())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_however_they_are_written() {
        for (label, expected) in [
            ("N.\u{ba} de modelo", Some(PageField::Model)),
            ("No. de modelo", Some(PageField::Model)),
            ("DIRECCI\u{d3}N  MAC", Some(PageField::Mac)),
            ("Direccio\u{301}n MAC", Some(PageField::Mac)),
            ("Numero du modele", Some(PageField::Model)),
            ("Nom d\u{2019}h\u{f4}te", Some(PageField::HostName)),
            ("Versi\u{f3}n", Some(PageField::VersionId)),
            ("Revisi\u{f3}n de Hardware", None),
            ("ID de carga de inicio", None),
            ("", None),
        ] {
            assert_eq!(labeled(label), expected, "{label}");
        }
    }

    #[test]
    fn no_label_is_of_two_fields_or_told_twice() {
        let mut known = BTreeMap::new();
        for (field, label) in LABELS.iter().flat_map(|(field, labels)| labels.iter().map(move |label| (*field, *label)))
        {
            assert_eq!(known.insert(folded(label), field), None, "{label}");
            assert_eq!(PageField::named(label), None, "{label}");
        }
    }
}
