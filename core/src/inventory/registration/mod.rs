//! Whether Unified CM shows a phone registered, as a table of any kind says it.
//!
//! Unified CM goes on telling the load of a phone that is gone, also of one that was converted since. So a load beside a
//! status that says so is what the phone was last seen with, and no evidence of what runs: the status of the label keeps
//! it, as that of [`risport`](super::risport) does. `data/registration.toml` has the words, of all languages; which of them say so
//! depends on the table:
//!
//! | the table has | these words say that the phone is gone |
//! |---|---|
//! | three names that only RisPort has, such as `InactiveLoadID` | all but those of `registered` and `partly`, and no word too, as in an answer of RisPort |
//! | a column named after registration, such as `Registration Status` | those of `gone`, `ambiguous` and `no` |
//! | a column that is called as a word, such as `Registered` or `Online` | the same; below `Unregistered`, those of `gone`, `ambiguous` and `yes` |
//! | a column of loads, such as `ActiveLoadID`, or `Active Firmware` | those of `gone` and `ambiguous` |
//! | none of these | those of `gone`, which mean nothing else anywhere |
//!
//! The first words of a cell count: `UnRegistered since 3 days` is one of them. What no list has says nothing: `In stock`.
//!
//! `Registered` is evidence that Enterprise firmware runs only in the first kind of table: other call controls register
//! phones too, and anybody may put a column `Status` beside a load. A table that crossgrade wrote of a fleet has decided
//! all this before: its cells are read as they are.

#[cfg(test)]
mod bake;
mod baked;
mod words;

use super::InventoryField;
use super::fold::folded;
#[cfg(any(feature = "csv", feature = "arrow"))]
use super::row::says_nothing;
use baked::{COLUMNS, OF_RISDB, OF_RISPORT};
use words::Word;

/// What the words below a header are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StatusColumn {
    /// A registration: `Registration Status`.
    Registration,
    /// The status of anything.
    Status,
    /// The same, or a state of a country.
    State,
    /// The header is a word that says that a phone is there: yes or no.
    IsThere,
    /// The header is a word that says that a phone is gone.
    IsGone,
}

impl StatusColumn {
    /// The column of this header, if it is one of a status; and how good it is, the least being best.
    fn of(header: &str) -> Option<(Self, (usize, usize))> {
        let header = folded(header);
        let named = COLUMNS.iter().enumerate().find_map(|(group, (column, headers))| {
            Some((*column, (2 * group, headers.iter().position(|known| *known == header)?)))
        });
        // Behind those of registration.
        named.or_else(|| {
            let column = match Word::of_folded(&header)? {
                Word::Registered | Word::There => Self::IsThere,
                Word::Gone => Self::IsGone,
                _ => return None,
            };
            Some((column, (1, 0)))
        })
    }

    /// Whether a phone is registered or reached, of which this is said; nothing if that says neither. `is_beside_loads` tells
    /// whether the table has a column of loads.
    fn is_there(self, said: Option<Word>, is_beside_loads: bool) -> Option<bool> {
        match (said?, self) {
            (Word::Registered | Word::There | Word::PartlyRegistered, _) => Some(true),
            (Word::Gone, _) => Some(false),
            (Word::Ambiguous, Self::Registration | Self::IsThere | Self::IsGone) => Some(false),
            (Word::Ambiguous, Self::Status) => is_beside_loads.then_some(false),
            (Word::Ambiguous, Self::State) => None,
            (Word::Yes, Self::Registration | Self::IsThere) | (Word::No, Self::IsGone) => Some(true),
            (Word::No, Self::Registration | Self::IsThere) | (Word::Yes, Self::IsGone) => Some(false),
            (Word::Yes | Word::No, Self::Status | Self::State) => None,
        }
    }
}

/// Whether a phone is registered or reached, as a name and what stands below it say: `Some(false)` of `registered` and `false`, or of
/// `RegStatus` and `Nicht registriert`. Nothing if the name is none of a status, or if what is said says neither.
#[cfg_attr(not(test), allow(dead_code, reason = "readers of records ask it"))]
pub(crate) fn is_registered(name: &str, said: &str) -> Option<bool> {
    StatusColumn::of(name)?.0.is_there(Word::first_of(said.as_bytes()), true)
}

/// The one word of RisPort that is evidence that Enterprise firmware runs.
#[cfg(any(feature = "csv", feature = "arrow"))]
const REGISTERED: &str = "registered";

/// So many names of RisPort make a table one of RisPort.
const ENOUGH: usize = 3;

/// The column that says whether phones are registered, and what its words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Registration {
    pub(super) column: usize,
    of: StatusColumn,
    beside: Beside,
}

/// What the table has beside the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Anything,
    Loads,
    Risport,
}

impl Registration {
    /// Finds the column by these headers; `has_loads` tells whether a column is one of loads.
    pub(super) fn find(headers: &[String], has_loads: bool) -> Option<Self> {
        let columns = headers.iter().enumerate().filter_map(|(column, header)| {
            let (of, rank) = StatusColumn::of(header)?;
            Some((rank, column, of))
        });
        let (_, column, of) = columns.min_by_key(|(rank, column, _)| (*rank, *column))?;
        let of_risport = headers.iter().filter(|header| OF_RISPORT.contains(&folded(header).as_str())).count();
        let beside = match (of_risport >= ENOUGH, has_loads) {
            // Yes or no is no word of RisPort.
            (true, _) if !matches!(of, StatusColumn::IsThere | StatusColumn::IsGone) => Beside::Risport,
            (_, true) => Beside::Loads,
            (_, false) => Beside::Anything,
        };
        Some(Self { column, of, beside })
    }

    /// The same where the column stands now.
    #[cfg(feature = "xlsx")]
    pub(super) fn moved(self, place: impl Fn(usize) -> usize) -> Self {
        Self { column: place(self.column), ..self }
    }

    /// Whether a phone of this status is gone.
    #[inline]
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(super) fn is_gone(self, status: &[u8]) -> bool {
        let said = Word::first_of(status);
        match self.beside {
            Beside::Risport => !matches!(said, Some(Word::Registered | Word::PartlyRegistered)),
            beside => self.of.is_there(said, beside == Beside::Loads) == Some(false),
        }
    }

    /// Whether this status is evidence that Enterprise firmware runs.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(super) fn is_of_enterprise(self, status: &[u8]) -> bool {
        let is_registered = |status| folded(in_words_of_risport(status)) == REGISTERED;
        self.beside == Beside::Risport
            && std::str::from_utf8(status).is_ok_and(|status| status.is_ascii() && is_registered(status))
    }
}

/// Whether a field says what runs: what a phone was last seen with is no evidence of it.
pub(super) fn says_what_runs(field: InventoryField) -> bool {
    matches!(field, InventoryField::Load | InventoryField::Firmware)
}

/// The first cell that says something.
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(super) fn first_said<'a>(mut cells: impl Iterator<Item = &'a [u8]>) -> Option<&'a [u8]> {
    cells.find(|cell| !says_nothing(cell))
}

/// The status of a phone that is gone, with the load that it was last seen with.
pub(super) fn last_seen(status: Option<String>, load: Option<&str>) -> Option<String> {
    match (status, load) {
        (status, None) => status,
        (Some(status), Some(load)) => Some(format!("{status}, last seen with load {load}")),
        (None, Some(load)) => Some(format!("last seen with load {load}")),
    }
}

/// What a person should know of so many phones that are gone and were last seen with a load.
pub(crate) fn note(phones: u64) -> Option<String> {
    match phones {
        0 => None,
        1 => Some(
            "1 phone is not registered: the load that it was last seen with is no evidence of what runs".to_owned(),
        ),
        count => Some(format!(
            "{count} phones are not registered: the loads that they were last seen with are no evidence of what runs"
        )),
    }
}

/// The status as RisPort says it, of the short words of `show risdb`; any other as it is.
pub(super) fn in_words_of_risport(status: &str) -> &str {
    OF_RISDB.iter().find(|(short, _)| folded(status) == *short).map_or(status, |(_, word)| word)
}

/// Whether a status is a word of `show risdb`, short or not.
pub(super) fn is_of_risdb(status: &str) -> bool {
    let status = folded(status);
    OF_RISDB.iter().any(|(short, word)| *short == status || folded(word) == status)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &[&str], has_loads: bool) -> Option<Registration> {
        Registration::find(&headers.iter().map(|header| (*header).to_owned()).collect::<Vec<_>>(), has_loads)
    }

    #[cfg(any(feature = "csv", feature = "arrow"))]
    #[test]
    fn words_mean_what_their_table_lets_them_mean() {
        let asset_list = of(&["Name", "Status", "Firmware"], false).expect("a status");
        let with_loads = of(&["Name", "Status", "ActiveLoadID"], true).expect("a status");
        let of_risport = of(&["Status", "ActiveLoadID", "DirNumber", "StatusReason"], true).expect("a status");
        for word in [
            "UnRegistered",
            "unregistered",
            "Un-Registered",
            "not registered",
            "unr",
            "UnRegistered since 3 days",
            "Unregistered (2024-05-01)",
            "Unregistered with CUCM1",
            "UnRegistered, last seen with load x",
        ] {
            assert!([asset_list, with_loads, of_risport].iter().all(|table| table.is_gone(word.as_bytes())), "{word}");
        }
        for word in ["Rejected", "Unknown", "None", "rej"] {
            let is_gone = [asset_list, with_loads, of_risport].map(|table| table.is_gone(word.as_bytes()));
            assert_eq!(is_gone, [false, true, true], "{word}");
        }
        for word in ["Active", "In stock", "Noneuclidean", ""] {
            let is_gone = [asset_list, with_loads, of_risport].map(|table| table.is_gone(word.as_bytes()));
            assert_eq!(is_gone, [false, false, true], "{word}");
        }
        for word in ["Registered", "reg", "PartiallyRegistered", "part"] {
            assert!(![asset_list, with_loads, of_risport].iter().any(|table| table.is_gone(word.as_bytes())), "{word}");
        }
        let is_evidence = [asset_list, with_loads, of_risport].map(|table| table.is_of_enterprise(b"Registered"));
        assert_eq!(is_evidence, [false, false, true]);
        assert!(!of_risport.is_of_enterprise(b"PartiallyRegistered"));
    }

    #[test]
    fn a_column_of_registration_is_better_than_one_of_anything() {
        assert_eq!(of(&["Status", "Registration Status"], false).map(|found| found.column), Some(1));
        assert_eq!(of(&["Status", "Registered"], false).map(|found| found.column), Some(1));
        assert_eq!(of(&["Registered", "Reg Status"], false).map(|found| found.column), Some(1));
        assert_eq!(of(&["Model", "Registered With"], true), None);
    }

    #[test]
    fn a_name_and_a_value_say_whether_a_phone_is_registered() {
        for (name, said, expected) in [
            ("registered", "false", Some(false)),
            ("isRegistered", "0", Some(false)),
            ("Online", "Nein", Some(false)),
            ("online", "true", Some(true)),
            ("Unregistered", "yes", Some(false)),
            ("offline", "false", Some(true)),
            ("Registered", "UnRegistered", Some(false)),
            ("RegStatus", "Nicht registriert", Some(false)),
            ("Registrierungsstatus", "registriert", Some(true)),
            ("status", "Rejected", Some(false)),
            ("status", "No", None),
            ("state", "None", None),
            ("state", "unregistered", Some(false)),
            ("Registered", "2026-01-01", None),
            ("Room", "unregistered", None),
        ] {
            assert_eq!(is_registered(name, said), expected, "{name}: {said}");
        }
    }
}
