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
//! Any other column whose name has a part such as `status` or `registration` (`Status of today`) is heard, too: there only words of `gone`
//! count, and the best column does not outrank them.
//!
//! The first words of a cell count: `UnRegistered since 3 days` is one of them. What no list has says nothing: `In stock`.
//!
//! `Registered` is evidence that Enterprise firmware runs only in the first kind of table: other call controls register
//! phones too, and anybody may put a column `Status` beside a load. A table that crossgrade wrote of a fleet has decided
//! all this before: its cells are read as they are.

#[cfg(test)]
mod bake_registration;
mod baked_registration;
mod registration_word;
mod status_words;

use super::InventoryField;
#[cfg(any(feature = "csv", feature = "arrow"))]
use super::field_cell::{is_no_value, says_nothing};
use super::folded_header::folded;
use baked_registration::{COLUMNS, OF_OTHERS, OF_RISDB, OF_RISPORT, PARTS};
use registration_word::Word;

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
#[cfg(any(test, feature = "xml", feature = "webex"))]
pub(super) fn is_registered(name: &str, said: &str) -> Option<bool> {
    StatusColumn::of(name)?.0.is_there(Word::first_of(said.as_bytes()), true)
}

/// The one word of RisPort that is evidence that Enterprise firmware runs.
#[cfg(any(feature = "csv", feature = "arrow"))]
const REGISTERED: &str = "registered";

/// So many names of RisPort make a table one of RisPort.
const ENOUGH: usize = 3;

/// Whether a name is that of a status, of which the words say whether a phone is registered.
#[cfg(any(feature = "xml", feature = "webex"))]
pub(super) fn is_status(name: &str) -> bool {
    StatusColumn::of(name).is_some_and(|(column, _)| !matches!(column, StatusColumn::IsThere | StatusColumn::IsGone))
}

/// The number of a folded name that only RisPort has.
#[cfg(any(feature = "xml", feature = "webex"))]
pub(super) fn sign_of_risport(folded: &str) -> Option<u32> {
    OF_RISPORT.iter().position(|known| *known == folded).and_then(|place| u32::try_from(place).ok())
}

/// Whether so many names that only RisPort has make a table, or a record, one of RisPort.
#[cfg(feature = "xml")]
pub(super) fn is_of_risport(names: u32) -> bool {
    usize::try_from(names).is_ok_and(|names| names >= ENOUGH)
}

/// The columns that say whether phones are registered, and what their words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Registration {
    /// The best one.
    column: usize,
    of: StatusColumn,
    beside: Beside,
    /// Others that may say that a phone is gone.
    others: [Option<usize>; MOST_OTHERS],
}

/// So many columns of a status are heard beside the best one.
const MOST_OTHERS: usize = 4;

/// Whether a header may be of a status, though nobody knows it.
fn may_be_status(header: &str) -> bool {
    let whole = folded(header);
    let is_other = |word: &str| OF_OTHERS.contains(&folded(word).as_str());
    let is_boundary = |letter: char| !letter.is_alphanumeric();
    PARTS.iter().any(|part| whole.contains(part))
        && !OF_RISPORT.contains(&whole.as_str())
        && !header.split(is_boundary).flat_map(words_of_camel_case).any(is_other)
}

/// `PC`, `Port` and `Status` of `PCPortStatus`.
fn words_of_camel_case(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices().peekable();
        letters.peek()?;
        let mut before = None;
        let mut end = rest.len();
        while let Some((place, letter)) = letters.next() {
            let is_small = |letter: char| letter.is_lowercase();
            let begins = letter.is_uppercase()
                && (before.is_some_and(is_small)
                    || before.is_some() && letters.peek().is_some_and(|(_, next)| is_small(*next)));
            if begins {
                end = place;
                break;
            }
            before = Some(letter);
        }
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word)
    })
}

/// What the table has beside the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Anything,
    Loads,
    Risport,
}

impl Registration {
    /// Finds the columns by these headers; `has_loads` tells whether a column is one of loads.
    pub(super) fn find(headers: &[String], has_loads: bool) -> Option<Self> {
        let columns = headers.iter().enumerate().filter_map(|(column, header)| {
            let (of, rank) = StatusColumn::of(header)?;
            Some((rank, column, of))
        });
        let best = columns.min_by_key(|(rank, column, _)| (*rank, *column)).map(|(_, column, of)| (column, of));
        let may_be = |column: &usize| {
            headers.get(*column).is_some_and(|header| StatusColumn::of(header).is_some() || may_be_status(header))
        };
        let mut more = (0..headers.len()).filter(|column| best.is_none_or(|(best, _)| best != *column)).filter(may_be);
        let of_risport = headers.iter().filter(|header| OF_RISPORT.contains(&folded(header).as_str())).count();
        let (column, of, beside) = match (best, of_risport >= ENOUGH, has_loads) {
            (None, ..) => (more.next()?, StatusColumn::State, Beside::Anything),
            // Yes or no is no word of RisPort.
            (Some((column, of)), true, _) if !matches!(of, StatusColumn::IsThere | StatusColumn::IsGone) => {
                (column, of, Beside::Risport)
            }
            (Some((column, of)), _, true) => (column, of, Beside::Loads),
            (Some((column, of)), _, false) => (column, of, Beside::Anything),
        };
        Some(Self { column, of, beside, others: std::array::from_fn(|_| more.next()) })
    }

    /// The columns themselves, the best first.
    pub(super) fn columns(self) -> impl Iterator<Item = usize> {
        std::iter::once(self.column).chain(self.others.into_iter().flatten())
    }

    /// The same where the columns stand now.
    #[cfg(feature = "xlsx")]
    pub(super) fn moved(self, place: impl Fn(usize) -> usize) -> Self {
        Self { column: place(self.column), others: self.others.map(|other| other.map(&place)), ..self }
    }

    /// What stands in the best column.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(super) fn best<C>(self, cell: impl Fn(usize) -> C) -> (usize, C) {
        (self.column, cell(self.column))
    }

    /// Whether a phone with these cells is gone.
    #[inline]
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(super) fn is_gone<'a>(self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> bool {
        let said = |column: usize| Word::first_of(cell(column).unwrap_or_default());
        let is_gone = match self.beside {
            Beside::Risport => !matches!(said(self.column), Some(Word::Registered | Word::PartlyRegistered)),
            beside => self.of.is_there(said(self.column), beside == Beside::Loads) == Some(false),
        };
        is_gone || self.others.iter().flatten().any(|column| said(*column) == Some(Word::Gone))
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
    cells.find(|cell| !says_nothing(cell) && !is_no_value(cell))
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
    fn is_gone(table: Registration, word: &str) -> bool {
        table.is_gone(|column| (column == table.column).then_some(word.as_bytes()))
    }

    #[cfg(any(feature = "csv", feature = "arrow"))]
    #[test]
    fn any_column_of_a_status_may_say_that_a_phone_is_gone() {
        for header in [
            "Reg. State",
            "RegState",
            "Connection State",
            "Current Status",
            "Status (RIS)",
            "SIP Status",
            "CM Status",
            "Real-time Status",
            "Phone Registration",
            "Registration Info",
            "Last Status",
            "registered_status",
            "Online/Offline",
            "Status of today",
            "CallManagerRegistrationInformation",
            "Anmeldezustand",
        ] {
            for headers in [vec![header], vec!["Status", header]] {
                let table = of(&headers, false).expect(header);
                let said = |word: &'static str| {
                    let column = headers.len() - 1;
                    table.is_gone(move |at| (at == column).then_some(word.as_bytes()))
                };
                assert!(said("UnRegistered") && !said("Registered") && !said("In stock"), "{header}");
            }
        }
        for header in ["PC Port Status", "PCPortStatus", "VPN state", "Line Status", "Model", "StatusReason"] {
            assert_eq!(of(&[header], false), None, "{header}");
        }
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
            assert!([asset_list, with_loads, of_risport].iter().all(|table| is_gone(*table, word)), "{word}");
        }
        for word in ["Rejected", "Unknown", "None", "rej"] {
            let is_gone = [asset_list, with_loads, of_risport].map(|table| is_gone(table, word));
            assert_eq!(is_gone, [false, true, true], "{word}");
        }
        for word in ["Active", "In stock", "Noneuclidean", ""] {
            let is_gone = [asset_list, with_loads, of_risport].map(|table| is_gone(table, word));
            assert_eq!(is_gone, [false, false, true], "{word}");
        }
        for word in ["Registered", "reg", "PartiallyRegistered", "part"] {
            assert!(![asset_list, with_loads, of_risport].iter().any(|table| is_gone(*table, word)), "{word}");
        }
        let is_evidence = [asset_list, with_loads, of_risport].map(|table| table.is_of_enterprise(b"Registered"));
        assert_eq!(is_evidence, [false, false, true]);
        assert!(!of_risport.is_of_enterprise(b"PartiallyRegistered"));
    }

    #[cfg(any(feature = "csv", feature = "arrow"))]
    #[test]
    fn a_column_of_registration_is_better_than_one_of_anything() {
        assert_eq!(of(&["Status", "Registration Status"], false).map(|found| found.column), Some(1));
        assert_eq!(of(&["Status", "Registered"], false).map(|found| found.column), Some(1));
        assert_eq!(of(&["Registered", "Reg Status"], false).map(|found| found.column), Some(1));
        // Below a name that only has a word of registration, words count that mean nothing else anywhere.
        let with = of(&["Model", "Registered With"], true).expect("a column that may be of a registration");
        assert!(is_gone(with, "UnRegistered") && !is_gone(with, "cucm1") && !is_gone(with, "None"));
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
