//! Floors of the hardware that are lower, or do not last any more.

use std::collections::{BTreeSet, HashMap};

use super::vids::Highest;
use super::{Books, Relaxation, versions};
use crate::firmware::{FirmwareType, Release};
use crate::phone::Model;
use crate::rulebook::model_names::{is_named, names};
use crate::rulebook::rows::{FloorRow, VidRange};

/// The floors of each model and type of firmware.
pub(super) struct Floors<'r>(HashMap<(Model, FirmwareType), Vec<&'r FloorRow>>);

impl<'r> Floors<'r> {
    /// Goes through the rows once.
    pub(super) fn of(rows: &'r [FloorRow], models: impl Iterator<Item = Model>) -> Self {
        let mut named: HashMap<Model, Vec<Model>> = HashMap::new();
        for model in models.collect::<BTreeSet<_>>() {
            names(model).for_each(|name| named.entry(name).or_default().push(model));
        }
        let mut floors: HashMap<_, Vec<&FloorRow>> = HashMap::new();
        for row in rows {
            let models: BTreeSet<Model> =
                row.models.iter().filter_map(|name| named.get(name)).flatten().copied().collect();
            models.into_iter().for_each(|model| floors.entry((model, row.firmware_type)).or_default().push(row));
        }
        Self(floors)
    }

    pub(super) fn rows(&self, model: Model, firmware_type: FirmwareType) -> &[&'r FloorRow] {
        self.0.get(&(model, firmware_type)).map_or(&[], Vec::as_slice)
    }

    /// The minimum of each, and for which hardware versions.
    pub(super) fn minimums(
        &self,
        model: Model,
        firmware_type: FirmwareType,
    ) -> impl Iterator<Item = (&'r VidRange, Release)> {
        self.rows(model, firmware_type).iter().map(|row| (&row.vid, row.minimum))
    }
}

pub(super) fn floors(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let touched = books.touched(|rows| &rows.floors);
    let models: BTreeSet<Model> = touched.iter().flat_map(|row| books.models_before(&row.models)).collect();
    let [before, after] = [books.before, books.after].map(|rows| Floors::of(&rows.floors, models.iter().copied()));
    for model in models {
        for firmware_type in FirmwareType::ALL.iter().copied() {
            let (was, is) = (before.rows(model, firmware_type), after.rows(model, firmware_type));
            let [was_at, is_at] = [was, is].map(|rows| {
                [false, true].map(|lasting| {
                    let rows = rows.iter().filter(|row| row.lasting || !lasting);
                    Highest::of(rows.map(|row| (&row.vid, row.minimum)))
                })
            });
            let relaxed = versions(was.iter().chain(is).map(|row| &row.vid)).into_iter().find_map(|vid| {
                was_at.iter().zip(&is_at).find_map(|(was, is)| {
                    let (was, is) = (was.at(vid)?, is.at(vid));
                    (is < Some(was)).then_some((vid, was, is))
                })
            });
            if let Some((vid, was, is)) = relaxed {
                let is = is.map_or("none".to_owned(), |is| is.to_string());
                let is_about = |row: &FloorRow| row.firmware_type == firmware_type && is_named(&row.models, &[], model);
                let by = books.culprits(|rows| &rows.floors, is_about);
                let name = firmware_type.name();
                found
                    .push(Relaxation { what: format!("the {name} floor of {model} {vid} is {is}, and was {was}"), by });
            }
        }
    }
}
