//! One row of an inventory, whatever kind of file it stands in: the cells of each field become a phone.

use std::borrow::Cow;
use std::fmt;

use super::field_cell::{Cell, Place, is_load, reads, says_nothing};
use super::{InventoryField, everyday_headers};
use crate::firmware::LoadName;
#[cfg(any(feature = "csv", feature = "arrow"))]
use crate::fleet::with_contradictions;
use crate::phone::{Evidence, Phone, Product, ProductField, Vid};
use crate::text::FieldText;

/// The phone of a row; `cells` gives the cells of a field, best column first, each with its place. What two cells say
/// differently is a contradiction.
pub(crate) fn phone<'a, C>(cells: impl Fn(InventoryField) -> C) -> Phone<'a>
where
    C: Iterator<Item = Cell<'a>>,
{
    let said = |field| said(counting(field, &cells));
    let vids = || said(InventoryField::Vid);
    let (product, more) = product(said(InventoryField::Pid));
    let phone = Phone::new(product)
        .vid(with(vid(vids().filter(|cell| !is_load(cell))), || vids().filter(|cell| !is_load(cell)), &more.vids))
        .mac(evidence(said(InventoryField::Mac)))
        .serial(evidence(said(InventoryField::Serial)))
        .firmware_type(with(
            evidence(said(InventoryField::FirmwareType)),
            || said(InventoryField::FirmwareType),
            &more.firmware_types,
        ))
        .authorization(evidence(said(InventoryField::Authorization)));
    let firmware = said(InventoryField::Firmware).chain(vids().filter(is_load));
    let phone = what_runs(phone, said(InventoryField::Load), firmware, &more.releases);
    contradictory(phone, cells(InventoryField::Contradictions).next())
}

/// The phone, with what a cell of contradictions says.
fn contradictory<'a>(phone: Phone<'a>, cell: Option<Cell<'a>>) -> Phone<'a> {
    match cell {
        #[cfg(any(feature = "csv", feature = "arrow"))]
        Some(cell) if !cell.bytes.is_empty() => with_contradictions(phone, cell.bytes),
        _ => phone,
    }
}

/// The phone of a row that crossgrade wrote of a fleet: each cell says its own field and nothing else.
#[cfg(any(feature = "csv", feature = "arrow"))]
pub(crate) fn phone_of_fleet<'a, C>(cells: impl Fn(InventoryField) -> C) -> Phone<'a>
where
    C: Iterator<Item = Cell<'a>>,
{
    let cell = |field| cells(field).next().map(|cell| cell.bytes);
    let phone = Phone::new(cell(InventoryField::Pid))
        .vid(cell(InventoryField::Vid))
        .mac(cell(InventoryField::Mac))
        .serial(cell(InventoryField::Serial))
        .load(cell(InventoryField::Load))
        .release(cell(InventoryField::Firmware))
        .firmware_type(cell(InventoryField::FirmwareType))
        .authorization(cell(InventoryField::Authorization));
    contradictory(phone, cells(InventoryField::Contradictions).next())
}

/// What the cells of a field say: what can be read beats what cannot, so that `N/A` in the best column hides nothing that
/// another one says.
pub(crate) fn evidence<'a, T: FieldText + PartialEq>(cells: impl Iterator<Item = Cell<'a>>) -> Evidence<'a, T> {
    let mut cells = said(cells);
    let Some(first) = cells.next() else { return Evidence::Absent };
    match cells.next() {
        None => Evidence::read(first.bytes),
        Some(second) => several([first, second].into_iter().chain(cells)),
    }
}

#[cold]
fn several<'a, T: FieldText + PartialEq>(cells: impl Iterator<Item = Cell<'a>>) -> Evidence<'a, T> {
    Evidence::said(cells.map(|cell| cell.side()))
}

/// What the cells say of the VID. A number in the best column that is no VID is not passed over for a better one: some
/// inventories keep another number there.
fn vid<'a>(cells: impl Iterator<Item = Cell<'a>>) -> Evidence<'a, Vid> {
    let is_number = |cell: &Cell<'_>| cell.bytes.iter().any(u8::is_ascii_digit);
    let mut cells = cells.peekable();
    match cells.next_if(|first| is_number(first) && !reads::<Vid>(first)) {
        Some(number) => Evidence::read(number.bytes),
        None => evidence(cells),
    }
}

/// The cells of a field that count: see [`everyday`](super::everyday_headers).
pub(crate) fn counting<'a, C>(
    field: InventoryField,
    cells: &impl Fn(InventoryField) -> C,
) -> impl Iterator<Item = Cell<'a>>
where
    C: Iterator<Item = Cell<'a>>,
{
    let counts = everyday_headers::first(field, cells);
    let mut place = 0..;
    cells(field).filter(move |cell| {
        let place = place.next();
        !cell.is_everyday || counts.is_some() && place == counts
    })
}

/// The cells that say anything.
fn said<'a>(cells: impl Iterator<Item = Cell<'a>>) -> impl Iterator<Item = Cell<'a>> {
    cells.filter(|cell| !says_nothing(cell.bytes))
}

/// What product cells say beside the product that counts, each with its place: it belongs to the fields of its own.
#[derive(Default)]
struct More {
    vids: Vec<(String, String)>,
    firmware_types: Vec<(String, String)>,
    releases: Vec<(String, String)>,
}

impl More {
    fn keep(&mut self, product: &Product, counts: &Product, place: Place<'_>) {
        fn keep<T: PartialEq + Copy + fmt::Display>(
            kept: &mut Vec<(String, String)>,
            value: Option<T>,
            counts: Option<T>,
            place: Place<'_>,
        ) {
            if let Some(value) = value.filter(|_| value != counts) {
                kept.push((value.to_string(), place.to_string()));
            }
        }
        keep(&mut self.vids, product.vid(), counts.vid(), place);
        keep(&mut self.firmware_types, product.firmware_type(), counts.firmware_type(), place);
        keep(&mut self.releases, product.release(), counts.release(), place);
    }
}

/// The evidence of a field, with what product cells say of it besides.
fn with<'a, T, C>(evidence: Evidence<'a, T>, cells: impl Fn() -> C, more: &[(String, String)]) -> Evidence<'a, T>
where
    T: FieldText + PartialEq,
    C: Iterator<Item = Cell<'a>>,
{
    if more.is_empty() {
        return evidence;
    }
    let more = more.iter().map(|(text, place)| (Cow::Owned(text.clone()), place.clone()));
    Evidence::said(cells().map(|cell| cell.side()).chain(more))
}

/// What the product columns say. A number beside a name or another number is no side: RisPort's `Product` holds codes of
/// another table than its `Model`. Of names that agree the one that says most counts, else the first.
fn product<'a>(mut cells: impl Iterator<Item = Cell<'a>>) -> (ProductField<'a>, More) {
    let Some(first) = cells.next() else { return Default::default() };
    match cells.next() {
        None => (first.bytes.into(), More::default()),
        Some(second) => several_products(first, [second].into_iter().chain(cells)),
    }
}

#[cold]
fn several_products<'a>(first: Cell<'a>, others: impl Iterator<Item = Cell<'a>>) -> (ProductField<'a>, More) {
    let is_of_another_table =
        |cell: &Cell<'_>| is_type_code(&first) && is_type_code(cell) && matches!(cell.place, Place::Column(_));
    let cells = std::iter::once(first).chain(others.filter(|cell| !is_of_another_table(cell)));
    let mut readable = cells.filter_map(|cell| Some((Product::read(cell.bytes).ok()?, cell)));
    let Some((mut counts, mut best)) = readable.next() else { return (first.bytes.into(), More::default()) };
    let mut agreeing = vec![(counts, best)];
    let mut different = Vec::new();
    for (product, cell) in readable {
        let is_beside_a_name = is_type_code(&cell) && matches!(cell.place, Place::Column(_));
        // A user agent says a MAC address, which no other field takes over.
        let differs = |(known, _): &(Product, Cell<'_>)| {
            !known.agrees_with(&product) || known.mac().zip(product.mac()).is_some_and(|(one, other)| one != other)
        };
        if is_beside_a_name {
            continue;
        }
        if agreeing.iter().any(differs) {
            different.push(cell);
            continue;
        }
        let says = |product: &Product| (product.mac().is_some(), product.pid().is_some());
        if !counts.covers(&product) && (product.covers(&counts) || says(&product) > says(&counts)) {
            (counts, best) = (product, cell);
        }
        agreeing.push((product, cell));
    }
    if !different.is_empty() {
        let sides = agreeing.iter().map(|(_, cell)| cell).chain(&different).map(Cell::side);
        return (Evidence::said(sides).into(), More::default());
    }
    let mut more = More::default();
    agreeing.iter().for_each(|(product, cell)| more.keep(product, &counts, cell.place));
    (best.bytes.into(), more)
}

/// Whether a cell is a number, but not of four digits as models are.
fn is_type_code(cell: &Cell<'_>) -> bool {
    let cell = cell.bytes.trim_ascii();
    cell.len() != 4 && !cell.is_empty() && cell.iter().all(u8::is_ascii_digit)
}

/// The load and release of a row. A column called Firmware holds releases in one inventory and load names in the next.
fn what_runs<'a>(
    phone: Phone<'a>,
    loads: impl Iterator<Item = Cell<'a>>,
    firmware: impl Iterator<Item = Cell<'a>>,
    more_releases: &[(String, String)],
) -> Phone<'a> {
    let firmware: Vec<_> = firmware.collect();
    let (other_loads, releases): (Vec<_>, Vec<_>) = firmware.into_iter().partition(reads::<LoadName>);
    let load = evidence(loads.chain(other_loads));
    phone.load(load).release(with(evidence(releases.iter().copied()), || releases.iter().copied(), more_releases))
}
