//! Which phones settlements are of, and whether they agree.

use std::collections::BTreeMap;

use super::choice::place;
use super::devices::{Devices, names};
use super::rows_of_one_phone::Group;
use super::said_by_rows::AllSaid;
use super::settlement::Settlements;
use super::settlement_error::{SettlementError, SettlementProblem};
use crate::fleet::{FleetRow, Source};

/// What persons say, by phone: rows that are heard before those of the sources.
#[derive(Default)]
pub(super) struct Settled(BTreeMap<usize, Vec<FleetRow>>);

impl Settled {
    /// Finds the phone of each settlement; `source` is the number of the settlements among the sources.
    pub(super) fn of(
        settlements: &Settlements,
        source: usize,
        groups: &[Group],
        rows: &[FleetRow],
        sources: &[Source],
    ) -> Result<Self, SettlementError> {
        let mut settled = Self::default();
        if settlements.iter().len() == 0 {
            return Ok(settled);
        }
        let mut devices = Devices::wanted(settlements.iter().map(|settlement| settlement.device()));
        for (phone, group) in groups.iter().enumerate() {
            if let Some(mac) = group.mac {
                devices.hear_mac(phone, mac);
            }
            for row in group.rows.iter().filter_map(|row| rows.get(*row)) {
                names(row, sources).for_each(|name| devices.hear_name(phone, &name));
                let origins = row.trail().map_or(vec![row.origin()], |trail| trail.rows().to_vec());
                for origin in origins {
                    devices.hear_place(phone, &place(sources, origin));
                }
            }
        }
        for (row, settlement, said) in settlements.rows(source) {
            let device = settlement.device();
            let phones: Vec<usize> = devices.find(device).into_iter().collect();
            let phone = match phones.as_slice() {
                [phone] => *phone,
                [] => {
                    return Err(settlements.error(row, SettlementProblem::NoSuchDevice { device: device.to_owned() }));
                }
                several => {
                    let origin = |phone: &usize| Some(rows.get(*groups.get(*phone)?.rows.first()?)?.origin());
                    let places = several.iter().filter_map(origin).map(|origin| place(sources, origin)).collect();
                    let device = device.to_owned();
                    return Err(settlements.error(row, SettlementProblem::SeveralDevices { device, places }));
                }
            };
            settled.0.entry(phone).or_default().push(said);
        }
        settled.check(settlements, source, sources)?;
        Ok(settled)
    }

    /// Refuses what is said differently of one phone.
    fn check(&self, settlements: &Settlements, source: usize, sources: &[Source]) -> Result<(), SettlementError> {
        for said in self.0.values().filter(|said| said.len() > 1) {
            let trail = AllSaid::of(said, &[], sources).trail(&[]);
            let Some(conflict) = trail.conflicts().first() else { continue };
            let [one, other, ..] = conflict.values.as_slice() else { continue };
            let row = other.origin.row();
            let device = settlements.rows(source).find(|(at, ..)| *at == row).map(|(_, said, _)| said.device());
            let problem = SettlementProblem::Contradiction {
                device: device.unwrap_or_default().to_owned(),
                field: conflict.field,
                value: other.value.clone(),
                other: one.origin.row(),
                other_value: one.value.clone(),
                has_lines: settlements.has_lines(),
            };
            return Err(settlements.error(row, problem));
        }
        Ok(())
    }

    /// Takes out what is said of a phone.
    pub(super) fn take(&mut self, phone: usize) -> Vec<FleetRow> {
        self.0.remove(&phone).unwrap_or_default()
    }
}
