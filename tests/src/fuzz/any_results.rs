//! A fleet of any texts on its way out: rows out are phones, answers those of the report, and what is read again is the same.

use crossgrade::exports::{self, results};
use crossgrade::inventory::csv;
use crossgrade::{Destination, Fleet, FleetRow, Phone, Request, RuleBook};

/// The texts of a phone, separated by NUL; tells how many phones the bytes are.
pub fn run(bytes: &[u8]) -> usize {
    let fleet = fleet(bytes);
    check(&fleet);
    fleet.rows().len()
}

fn fleet(bytes: &[u8]) -> Fleet {
    let texts: Vec<_> = bytes.split(|byte| *byte == 0).collect();
    let mut fleet = Fleet::default();
    for (line, texts) in (2..).zip(texts.chunks(8)) {
        let text = |index: usize| texts.get(index).copied().unwrap_or_default();
        let phone = Phone::new(text(0)).vid(text(1)).mac(text(2)).serial(text(3)).load(text(4)).release(text(5));
        fleet.push(line, phone.firmware_type(text(6)).authorization(text(7)).into_owned());
    }
    fleet
}

/// What holds of every fleet.
///
/// # Panics
/// If it does not.
pub fn check(fleet: &Fleet) {
    let phones = |fleet: &Fleet| fleet.rows().iter().map(FleetRow::phone).cloned().collect::<Vec<_>>();
    let requests: Vec<_> = Destination::ALL.iter().copied().map(Request::to).collect();
    for is_raw in [true, false] {
        let (mut out, options) = (Vec::new(), results::ResultsOptions::default().raw(is_raw));
        let summaries =
            results::fleet_to_csv(fleet, RuleBook::guide(), &requests, &options, &mut out).expect("results");
        for (request, summary) in requests.iter().zip(&summaries) {
            assert_eq!(summary.to_string(), fleet.audit(RuleBook::guide(), request).to_string());
        }
        let again = csv::read(&out).expect("a fleet");
        assert_eq!(phones(again.fleet()), phones(fleet), "rows out are phones");
        assert!(again.notes().is_empty(), "each line is a row");
    }
    let again = csv::read(&exports::fleet::to_csv(fleet).expect("a fleet")).expect("a fleet");
    assert_eq!(phones(again.fleet()), phones(fleet));
}
