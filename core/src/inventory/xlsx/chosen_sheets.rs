//! Which sheets of a workbook are read.

use std::collections::HashSet;

use calamine::{Reader as _, Sheet, SheetType, SheetVisible, Xlsx};

use super::watched_bytes::Watched;
use crate::inventory::{InventoryError, limits};
use crate::text::{Shown, listed};

/// The names of the sheets of a workbook, by what is done with them.
pub(super) struct Sheets {
    /// Those that may be read, best first, each once.
    pub(super) names: Vec<String>,
    /// Those that have the name of another sheet, and their numbers in the workbook, from 1. Sheets are found by their
    /// names: only the first of one name can be read.
    pub(super) twins: Vec<(usize, String)>,
    /// Those that are hidden, if the caller named none.
    pub(super) hidden: Vec<String>,
}

impl Sheets {
    /// All that are not hidden, or those of these names: of each that in the same case, or else the first.
    pub(super) fn of(workbook: &Xlsx<Watched<'_>>, wanted: &[impl AsRef<str>]) -> Result<Self, InventoryError> {
        let all = workbook.sheets_metadata();
        if all.len() > limits::SHEETS {
            let (found, limit) = (all.len() as u64, limits::SHEETS as u64);
            return Err(InventoryError::TooMuch { what: "sheets", line: 1, found, limit });
        }
        // A name belongs to the first sheet that has it, of whatever type.
        let mut names = HashSet::new();
        let is_first = all.iter().map(|sheet| names.insert(&sheet.name));
        let sheets = (1..).zip(all).zip(is_first.collect::<Vec<_>>());
        let (first, twins): (Vec<_>, Vec<_>) =
            sheets.filter(|((_, sheet), _)| sheet.typ == SheetType::WorkSheet).partition(|(_, is_first)| *is_first);
        let first: Vec<_> = first.into_iter().map(|(sheet, _)| sheet).collect();
        let twins: Vec<_> = twins.into_iter().map(|((number, sheet), _)| (number, sheet.name.clone())).collect();
        if wanted.is_empty() {
            let named = |fits: fn(&Sheet) -> bool| {
                first.iter().filter(|(_, sheet)| fits(sheet)).map(|(_, sheet)| sheet.name.clone()).collect()
            };
            let names = named(|sheet| sheet.visible == SheetVisible::Visible);
            return Ok(Self { names, twins, hidden: named(|sheet| sheet.visible != SheetVisible::Visible) });
        }
        let mut found = Self { names: Vec::new(), twins: Vec::new(), hidden: Vec::new() };
        wanted.iter().try_for_each(|wanted| found.add(wanted.as_ref(), &first, &twins))?;
        found.twins.sort_unstable();
        found.twins.dedup();
        Ok(found)
    }

    /// The sheet of this name. Excel lets no two sheets differ in nothing but case.
    fn add(
        &mut self,
        wanted: &str,
        first: &[(usize, &Sheet)],
        twins: &[(usize, String)],
    ) -> Result<(), InventoryError> {
        let wanted_in_lower_case = wanted.to_lowercase();
        let is_wanted = |name: &str| name.to_lowercase() == wanted_in_lower_case;
        let found = || first.iter().filter(|(_, sheet)| is_wanted(&sheet.name));
        let Some((number, sheet)) = found().find(|(_, sheet)| sheet.name == wanted).or_else(|| found().next()) else {
            let found = first.iter().map(|(_, sheet)| sheet.name.clone()).collect();
            return Err(InventoryError::NoSuchSheet { sheet: wanted.to_owned(), found });
        };
        if !self.names.contains(&sheet.name) {
            self.names.push(sheet.name.clone());
        }
        self.twins.extend(twins.iter().filter(|(_, name)| is_wanted(name)).cloned());
        let others = found().filter(|(other, _)| other != number).map(|(number, sheet)| (*number, sheet.name.clone()));
        self.twins.extend(others);
        Ok(())
    }
}

/// The sheets that have the name of another, for people.
pub(super) fn told(twins: &[(usize, String)]) -> String {
    let twins = listed(twins, ", ", 0, |(number, name)| format!("{} (sheet {number})", Shown::quoted(name)));
    format!("sheets that have the name of another sheet are not read: {twins}")
}
