//! One row of an inventory, whatever kind of file it stands in: the cells of each field become a phone.

use super::InventoryField;
use crate::firmware::{FirmwareType, LoadName, Release};
use crate::phone::{Authorization, Evidence, Mac, Phone, Product, Serial, Vid};
use crate::text::{FieldText, trim};

/// The phone of a row; `cells` gives the cells of a field, best column first.
pub(crate) fn phone<'a, C>(cells: impl Fn(InventoryField) -> C) -> Phone<'a>
where
    C: Iterator<Item = &'a [u8]>,
{
    let vids = || said(cells(InventoryField::Vid));
    let phone = product(said(cells(InventoryField::Pid)))
        .vid(best(vids().filter(|cell| !is_load(cell)), is_version))
        .mac(best(said(cells(InventoryField::Mac)), reads::<Mac>))
        .serial(best(said(cells(InventoryField::Serial)), reads::<Serial>))
        .firmware_type(best(said(cells(InventoryField::FirmwareType)), reads::<FirmwareType>))
        .authorization(best(said(cells(InventoryField::Authorization)), reads::<Authorization>));
    let is_firmware = |cell: &[u8]| reads::<Release>(cell) || reads::<LoadName>(cell);
    let firmware = best(said(cells(InventoryField::Firmware)), is_firmware);
    let firmware = firmware.or_else(|| vids().find(|cell| is_load(cell)));
    what_runs(phone, best(said(cells(InventoryField::Load)), reads::<LoadName>), firmware)
}

/// The phone of a row that crossgrade wrote of a fleet: each cell says its own field and nothing else.
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) fn phone_of_fleet<'a, C>(cells: impl Fn(InventoryField) -> C) -> Phone<'a>
where
    C: Iterator<Item = &'a [u8]>,
{
    let cell = |field| cells(field).next();
    Phone::new(cell(InventoryField::Pid))
        .vid(cell(InventoryField::Vid))
        .mac(cell(InventoryField::Mac))
        .serial(cell(InventoryField::Serial))
        .load(cell(InventoryField::Load))
        .release(cell(InventoryField::Firmware))
        .firmware_type(cell(InventoryField::FirmwareType))
        .authorization(cell(InventoryField::Authorization))
}

/// The first cell that can be read, or else the first: `N/A` in the best column hides nothing that another one says.
fn best<'a>(mut cells: impl Iterator<Item = &'a [u8]>, is_read: impl Fn(&[u8]) -> bool) -> Option<&'a [u8]> {
    let first = cells.next()?;
    let Some(second) = cells.next().filter(|_| !is_read(first)) else { return Some(first) };
    Some(std::iter::once(second).chain(cells).find(|cell| is_read(cell)).unwrap_or(first))
}

/// Whether a cell says the version of something: a number that is no VID is not passed over for a better one.
fn is_version(cell: &[u8]) -> bool {
    cell.iter().any(u8::is_ascii_digit)
}

fn reads<T: FieldText>(cell: &[u8]) -> bool {
    T::read(cell).is_ok()
}

/// Whether a cell in the place of a VID is a load: what a phone calls `versionID` holds either.
fn is_load(cell: &[u8]) -> bool {
    Vid::read(cell).is_err() && LoadName::read(cell).is_ok()
}

/// The cells that say anything.
fn said<'a>(cells: impl Iterator<Item = &'a [u8]>) -> impl Iterator<Item = &'a [u8]> {
    cells.filter(|cell| !says_nothing(cell))
}

/// Whether a cell is blank.
pub(crate) fn says_nothing(cell: &[u8]) -> bool {
    let begins_with_a_letter = cell.first().is_some_and(u8::is_ascii_graphic);
    !begins_with_a_letter && says_nothing_at_all(cell)
}

#[cold]
fn says_nothing_at_all(cell: &[u8]) -> bool {
    cell.is_empty() || std::str::from_utf8(cell).is_ok_and(|text| trim(text).is_empty())
}

/// The phone that the product columns name. Two that name different models name none: nobody knows which is right. A number
/// beside a name or another number is no side: RisPort's `Product` holds codes of another table than its `Model`.
fn product<'a>(mut cells: impl Iterator<Item = &'a [u8]>) -> Phone<'a> {
    let Some(first) = cells.next() else { return Phone::default() };
    let others: Vec<_> = cells.filter(|cell| !(is_type_code(first) && is_type_code(cell))).collect();
    let first = best(std::iter::once(first).chain(others.iter().copied()), reads::<Product>).unwrap_or(first);
    let model = |cell: &[u8]| Some(Product::read(cell).ok()?.model());
    let is_other = |cell: &&[u8]| {
        !is_type_code(cell) && matches!((model(first), model(cell)), (Some(one), Some(two)) if one != two)
    };
    match others.into_iter().find(is_other) {
        Some(other) => Phone::new(format!("{} and {}", String::from_utf8_lossy(first), String::from_utf8_lossy(other))),
        None => Phone::new(first),
    }
}

/// Whether a cell is a number, but not of four digits as models are.
fn is_type_code(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.len() != 4 && !cell.is_empty() && cell.iter().all(u8::is_ascii_digit)
}

/// The load and release of a row. A column called Firmware holds releases in one inventory and load names in the next.
fn what_runs<'a>(phone: Phone<'a>, load: Option<&'a [u8]>, firmware: Option<&'a [u8]>) -> Phone<'a> {
    let (Some(Ok(second)), Some(text)) = (firmware.map(LoadName::read), firmware) else {
        return phone.load(load).release(firmware);
    };
    match load.map(LoadName::read) {
        Some(Ok(first)) if first == second => phone.load(first),
        // Two loads for the same phones: what the second says joins what the first says, and may contradict it.
        Some(Ok(first)) if first.family() == second.family() && phone.firmware_type_evidence() == &Evidence::Absent => {
            let phone = phone.load(first).firmware_type(second.firmware_type());
            match second.release() {
                Some(release) => phone.release(release),
                None => phone,
            }
        }
        // Two loads that cannot both be of this phone: nobody knows which.
        Some(Ok(first)) => phone.load(format!("{first} and {}", String::from_utf8_lossy(text))),
        Some(Err(_)) | None => phone.load(second),
    }
}
