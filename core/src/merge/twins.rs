//! Phones without a MAC address that may be others of the fleet.

use std::collections::BTreeMap;

use crate::fleet::{FleetRow, Source};
use crate::phone::Serial;

/// Says in the problems of both rows that a phone without a MAC address has the serial number of another.
pub(super) fn tell(rows: &mut [FleetRow], sources: &[Source]) {
    let mut of_serial: BTreeMap<Serial, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some(serial) = row.phone().serial_evidence().known() {
            of_serial.entry(serial).or_default().push(index);
        }
    }
    for (serial, twins) in of_serial {
        let has_mac = |index: &usize| rows.get(*index).is_some_and(|row| row.phone().mac_evidence().known().is_some());
        // Two MAC addresses are two phones, whatever is said of their serial numbers.
        let Some(without) = twins.iter().copied().find(|index| !has_mac(index)) else { continue };
        let Some(other) = twins.iter().copied().find(|index| *index != without) else { continue };
        for (row, twin) in [(without, other), (other, without)] {
            let place = rows.get(twin).and_then(|twin| Some(sources.get(twin.origin().source())?.place(twin.line())));
            let told = format!("serial {serial} is also that of {}: the same phone?", place.unwrap_or_default());
            if let Some(row) = rows.get_mut(row) {
                row.add_problem(told);
            }
        }
    }
}
