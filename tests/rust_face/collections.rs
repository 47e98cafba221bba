//! A fleet and what it is made of are collections.

use std::collections::HashSet;

use crossgrade::fleet::RowLabel;
use crossgrade::inventory::csv;
use crossgrade::{Destination, Fleet, FleetRow, Phone, Request, RuleBook, Verdict};

fn lines(fleet: &Fleet) -> Vec<u64> {
    fleet.into_iter().map(FleetRow::line).collect()
}

#[test]
fn a_fleet_is_collected_extended_and_looped_over() {
    let text = String::from("CP-7821-K9=");
    let mut fleet: Fleet = vec![Phone::new(&text).vid("V01"), Phone::new(&text).vid("V03")].into_iter().collect();
    drop(text);
    fleet.extend([(7, Phone::new("garbled"))]);
    fleet.extend(Some(Phone::new("8841")));
    fleet.extend([FleetRow::new(20, Phone::new("8865")).labeled(RowLabel::default().with_name("SEP00CCFC123456"))]);
    assert_eq!(lines(&fleet), [1, 2, 7, 8, 20]);
    let labels: Vec<_> = fleet.rows().iter().map(|row| row.label().and_then(|label| label.name.as_deref())).collect();
    assert_eq!(labels, [None, None, None, None, Some("SEP00CCFC123456")]);

    let mut vids = HashSet::new();
    for row in &fleet {
        vids.insert(row.phone().vid_evidence().known());
    }
    assert_eq!(vids.len(), 3);

    let again: Fleet = fleet.clone().into_iter().collect();
    assert_eq!(again, fleet);
    let numbered: Fleet = [(3, Phone::new("8841"))].into_iter().collect();
    assert_eq!(lines(&numbered), [3]);
    let counts = fleet.audit(RuleBook::guide(), &Request::to(Destination::ThirdParty)).verdicts();
    assert_eq!((counts.total(), counts.of(Verdict::Ineligible)), (5, 1));
}

#[test]
fn rows_that_are_kept_keep_their_source_and_kept_columns() -> Result<(), Box<dyn std::error::Error>> {
    let text = b"PID,VID,Room\nCP-7821-K9=,V01,1.1\nCP-8841-K9=,V15,2.2\nCP-8865-K9=,V15,\n";
    let fleet = csv::read_keeping(text, &[], &"Room".parse()?)?.fleet().clone();
    let mut kept = fleet.clone();
    kept.retain(|row| row.kept_in("Room").is_some_and(|room| room.starts_with('2')));
    assert_eq!((lines(&kept), kept.sources(), kept.kept_columns().len()), (vec![3], fleet.sources(), 1));
    assert_eq!(kept.rows(), &fleet.rows()[1..2]);

    let rows: Fleet = fleet.clone().into_iter().filter(|row| row.line() != 3).collect();
    assert_eq!((lines(&rows), rows.kept_columns().collect::<Vec<_>>()), (vec![2, 4], vec!["Room"]));
    assert_eq!(rows.kept_cells(&rows.rows()[0]), [Some("1.1")]);

    let mut both = fleet.clone();
    both.extend(kept);
    assert_eq!(lines(&both), [2, 3, 4, 3]);
    assert!(both.rows().iter().all(|row| both.source(row.origin()) == fleet.sources().first()));
    Ok(())
}
