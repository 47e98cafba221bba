//! Which rows bear on a phone.

use std::collections::BTreeSet;

use super::rows::{Row, VidRange};
use super::tables::Profile;
use super::{RuleBook, slot};
use crate::destination::Destination;
use crate::phone::{Model, Vid};

impl RuleBook {
    /// Every row that bears on a model: its own, those of its series or of every other device where there are none, and
    /// those about its family and the series of its licenses.
    pub(crate) fn rows_about(&self, model: Model) -> Vec<&dyn Row> {
        let tables = self.tables();
        let Some(profile) = tables.profile(model) else { return Vec::new() };
        let mut rows = self.rows_of_the_model(profile);
        for destination in Destination::ALL {
            rows.extend(self.rows_on_the_way(profile, *destination, false, None));
            rows.extend(self.rows_on_the_way(profile, *destination, true, None));
        }
        let loads = profile.loads.iter().flat_map(|span| tables.at(&tables.rows.loads, *span));
        rows.extend(loads.map(|row| row as &dyn Row));
        in_order(rows)
    }

    /// Every row that bears on a model on its way to a destination, with or without 3PCC mark; with a hardware version
    /// only those about it.
    pub(crate) fn rows_for(
        &self,
        model: Model,
        destination: Destination,
        is_marked: bool,
        vid: Option<Vid>,
    ) -> Vec<&dyn Row> {
        let Some(profile) = self.tables().profile(model) else { return Vec::new() };
        let mut rows = self.rows_of_the_model(profile);
        rows.extend(self.rows_on_the_way(profile, destination, is_marked, vid));
        in_order(rows)
    }

    fn rows_of_the_model(&self, profile: &Profile) -> Vec<&dyn Row> {
        let rows = self.tables().rows;
        let model = profile.model.map(|at| &rows.models[usize::from(at)] as &dyn Row);
        let single = profile.single_firmware.map(|at| &rows.single_firmware[usize::from(at)] as &dyn Row);
        model.into_iter().chain(single).collect()
    }

    fn rows_on_the_way(
        &self,
        profile: &Profile,
        destination: Destination,
        is_marked: bool,
        vid: Option<Vid>,
    ) -> Vec<&dyn Row> {
        let fits = |range: VidRange| vid.is_none_or(|vid| range.contains(vid));
        let (tables, slot) = (self.tables(), slot(destination));
        let rows = tables.rows;
        let mut found: Vec<&dyn Row> = Vec::new();
        let conversions = tables.at(&rows.conversions, profile.conversions[slot][usize::from(is_marked)]);
        found.extend(conversions.filter(|row| fits(row.vid)).map(|row| row as &dyn Row));
        let gates = tables.at(&rows.gates, profile.gates[slot]);
        found.extend(gates.filter(|row| fits(row.vid)).map(|row| row as &dyn Row));
        let floors = profile.floors.iter().flat_map(|span| tables.at(&rows.floors, *span));
        found.extend(floors.filter(|row| fits(row.vid)).map(|row| row as &dyn Row));
        found.extend(profile.target[slot].map(|at| &rows.targets[usize::from(at)] as &dyn Row));
        found.extend(profile.step[slot].map(|at| &rows.steps[usize::from(at)] as &dyn Row));
        found.extend(tables.at(&rows.licenses, profile.licenses[slot]).map(|row| row as &dyn Row));
        let advice = tables.at(&rows.advice, profile.advice[slot]);
        found.extend(advice.filter(|row| fits(row.vid)).map(|row| row as &dyn Row));
        found
    }
}

/// Section by section, each once.
fn in_order(mut rows: Vec<&dyn Row>) -> Vec<&dyn Row> {
    let mut told = BTreeSet::new();
    rows.retain(|row| told.insert((row.section(), row.origin().id.clone())));
    rows.sort_by_key(|row| super::rows::SECTIONS.iter().position(|section| *section == row.section()));
    rows
}
