//! Whether Unified CM shows a phone registered, as a table of any kind says it.
//!
//! Unified CM goes on telling the load of a phone that is gone, also of one that was converted since. So a load beside a
//! status that says so is what the phone was last seen with, and no evidence of what runs: the status of the label keeps
//! it, as that of [`risport`](super::risport) does. Which words say so depends on the table:
//!
//! | the table has | these words say that the phone is gone |
//! |---|---|
//! | three names that only RisPort has, such as `InactiveLoadID` | all but those of `REGISTERED` and `PARTLY_REGISTERED`, and no word too, as in an answer of RisPort |
//! | a column named after registration, such as `Registration Status`, or one of loads, such as `ActiveLoadID` | those of `GONE` and `GONE_OF_LOADS` |
//! | none of these | those of `GONE`, which mean nothing else anywhere |
//!
//! The first word of a cell counts: `UnRegistered since 3 days` is one of them. Words of other lists are none of them: `Active`, `offline` and `disconnected` say nothing of Unified CM.
//!
//! `Registered` is evidence that Enterprise firmware runs only in the first kind of table: other call controls register
//! phones too, and anybody may put a column `Status` beside a load. A table that crossgrade wrote of a fleet has decided
//! all this before: its cells are read as they are.

#[cfg(any(feature = "csv", feature = "arrow"))]
use super::InventoryField;
use super::fold::folded;
#[cfg(any(feature = "csv", feature = "arrow"))]
use super::row::says_nothing;

/// The names of columns that say whether a phone is registered, best first: those of registration, then those of anything.
const OF_REGISTRATION: [&str; 6] =
    ["registrationstatus", "regstatus", "registrationstate", "registration", "risstatus", "cucmstatus"];
const OF_ANYTHING: [&str; 4] = ["status", "devicestatus", "phonestatus", "state"];

/// Names of columns that only RisPort has.
const OF_RISPORT: [&str; 13] = [
    "activeloadid",
    "inactiveloadid",
    "dirnumber",
    "loginuserid",
    "statusreason",
    "perfmonobject",
    "numoflines",
    "linesstatus",
    "registrationattempts",
    "iscticontrollable",
    "downloadstatus",
    "downloadfailurereason",
    "downloadserver",
];
/// So many of them make a table one of RisPort.
const ENOUGH: usize = 3;

const REGISTERED: [&str; 2] = ["registered", "reg"];
const PARTLY_REGISTERED: [&str; 2] = ["partiallyregistered", "part"];
const GONE: [&str; 3] = ["unregistered", "notregistered", "unr"];
const GONE_OF_LOADS: [&str; 4] = ["rejected", "rej", "unknown", "none"];

/// The column that says whether phones are registered, and what its words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Registration {
    pub(super) column: usize,
    words: Words,
}

/// What the table has beside the status, and so what its words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Anything,
    Loads,
    Risport,
}

impl Registration {
    /// Finds the column by these headers; `has_loads` tells whether a column is one of loads.
    pub(super) fn find(headers: &[String], has_loads: bool) -> Option<Self> {
        let folded_headers: Vec<String> = headers.iter().map(|header| folded(header)).collect();
        let named =
            |names: &[&str]| names.iter().find_map(|name| folded_headers.iter().position(|header| header == name));
        let of_registration = named(&OF_REGISTRATION);
        let column = of_registration.or_else(|| named(&OF_ANYTHING))?;
        let of_risport = folded_headers.iter().filter(|header| OF_RISPORT.contains(&header.as_str())).count();
        let words = match () {
            () if of_risport >= ENOUGH => Words::Risport,
            // A state may be one of a country.
            () if of_registration.is_some()
                || has_loads && folded_headers.get(column).is_none_or(|name| name != "state") =>
            {
                Words::Loads
            }
            () => Words::Anything,
        };
        Some(Self { column, words })
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
        match self.words {
            Words::Risport => !is(status, &REGISTERED) && !is(status, &PARTLY_REGISTERED),
            Words::Loads => is(status, &GONE) || is(status, &GONE_OF_LOADS),
            Words::Anything => is(status, &GONE),
        }
    }

    /// Whether this status is evidence that Enterprise firmware runs.
    #[cfg(any(feature = "csv", feature = "arrow"))]
    pub(super) fn is_of_enterprise(self, status: &[u8]) -> bool {
        let letters = || status.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
        self.words == Words::Risport && status.is_ascii() && REGISTERED.iter().any(|word| letters().eq(word.bytes()))
    }
}

/// Whether a field says what runs: what a phone was last seen with is no evidence of it.
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(super) fn says_what_runs(field: InventoryField) -> bool {
    matches!(field, InventoryField::Load | InventoryField::Firmware)
}

/// The first cell that says something.
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(super) fn first_said<'a>(mut cells: impl Iterator<Item = &'a [u8]>) -> Option<&'a [u8]> {
    cells.find(|cell| !says_nothing(cell))
}

/// Whether a status is one of these words, whatever its case and signs, or begins with one of them: behind it may stand since
/// when, where or why.
#[cfg(any(feature = "csv", feature = "arrow"))]
fn is(status: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| begins_with(status, word))
}

/// The letters of the word may have blanks, `-` and `_` between them, and no letter or digit behind them.
#[cfg(any(feature = "csv", feature = "arrow"))]
fn begins_with(status: &[u8], word: &str) -> bool {
    let mut rest = status.trim_ascii_start();
    // A status may stand in brackets or quotes.
    while rest.first().is_some_and(u8::is_ascii_punctuation) {
        rest = &rest[1..];
    }
    for (at, letter) in word.bytes().enumerate() {
        while at > 0 && matches!(rest.first(), Some(b' ' | b'-' | b'_')) {
            rest = &rest[1..];
        }
        match rest.split_first() {
            Some((found, behind)) if found.eq_ignore_ascii_case(&letter) => rest = behind,
            _ => return false,
        }
    }
    rest.first().is_none_or(|next| next.is_ascii() && !next.is_ascii_alphanumeric())
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
    const WORDS: [(&str, &str); 4] =
        [("reg", "Registered"), ("unr", "UnRegistered"), ("rej", "Rejected"), ("part", "PartiallyRegistered")];
    WORDS.into_iter().find(|(short, _)| folded(status) == *short).map_or(status, |(_, word)| word)
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
        for word in ["Active", "offline", "disconnected", "Noneuclidean", ""] {
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
        assert_eq!(of(&["Connection Status", "Model"], true), None);
    }
}
