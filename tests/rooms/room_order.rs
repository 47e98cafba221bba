//! The order of the rooms, as a fenced block of CONTRIBUTING draws it, and arrows against it.

use std::collections::{BTreeMap, BTreeSet};

use crate::declared_modules::Tree;
use crate::known_circles::KnownArrow;

/// How the block begins.
const FENCE: &str = "```rooms";

pub(crate) struct Room {
    pub(crate) name: String,
    pub(crate) holds: String,
}

/// From low to high. Rooms of one floor do not use each other.
pub(crate) type Floors = Vec<Vec<Room>>;

/// Reads the block: a line for each room, its name and what it holds, and an empty line between floors.
pub(crate) fn read(page: &str) -> Result<Floors, String> {
    let mut lines = page.lines().skip_while(|line| line.trim_end() != FENCE);
    lines.next().ok_or_else(|| format!("no block begins with {FENCE}"))?;
    let mut floors: Floors = vec![Vec::new()];
    let mut names = BTreeSet::new();
    for line in lines {
        if line.trim_end() == "```" {
            floors.retain(|floor| !floor.is_empty());
            return Ok(floors);
        }
        let (name, holds) = line.split_once(' ').unwrap_or((line, ""));
        match (name.is_empty(), floors.last_mut()) {
            (false, Some(floor)) => floor.push(Room { name: name.to_owned(), holds: holds.trim().to_owned() }),
            _ => floors.push(Vec::new()),
        }
        if !name.is_empty() && !names.insert(name) {
            return Err(format!("the block names {name} twice"));
        }
    }
    Err("the block of rooms has no end".to_owned())
}

pub(crate) fn floor_of(order: &Floors) -> BTreeMap<&str, usize> {
    order.iter().enumerate().flat_map(|(at, floor)| floor.iter().map(move |room| (&*room.name, at))).collect()
}

/// Which room uses which, with the first place that says so. A room that uses what the root itself defines uses `lib.rs`.
pub(crate) fn arrows_between_rooms(tree: &Tree) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for ((from, to), line) in tree.arrows() {
        // The root may use every room.
        let Some(room) = from.first() else { continue };
        let used = to.first().map_or("lib.rs", String::as_str);
        if room != used {
            let place = || format!("{}:{line} uses {}", tree.file(&from), tree.file(&to));
            found.entry((room.clone(), used.to_owned())).or_insert_with(place);
        }
    }
    found
}

pub(crate) fn complaints(tree: &Tree, order: &Floors, known: &[KnownArrow]) -> Vec<String> {
    let floors = floor_of(order);
    let rooms: BTreeSet<&str> = tree.modules.keys().filter_map(|path| path.first()).map(String::as_str).collect();
    let not_drawn = rooms.iter().filter(|room| !floors.contains_key(*room));
    let not_drawn =
        not_drawn.map(|room| format!("{}/{room} has no place in the order of CONTRIBUTING.md", tree.folder));
    let not_there = floors.keys().filter(|room| !rooms.contains(*room));
    let not_there = not_there.map(|room| format!("CONTRIBUTING.md orders {room}, which {} does not have", tree.folder));

    let arrows = arrows_between_rooms(tree);
    let against = |(from, to): (&str, &str)| match (floors.get(from), floors.get(to)) {
        (Some(from), Some(to)) => from <= to,
        (Some(_), None) => to == "lib.rs",
        _ => false,
    };
    let against: Vec<_> = arrows.iter().filter(|((from, to), _)| against((from, to))).collect();
    let is_known = |(from, to): &(String, String)| known.iter().any(|entry| entry.from == from && entry.to == to);
    let new = against.iter().filter(|(pair, _)| !is_known(pair));
    let new =
        new.map(|((from, to), place)| format!("{from} must not use {to}, which does not stand below it:\n    {place}"));
    let is_left = |entry: &&KnownArrow| against.iter().any(|((from, to), _)| entry.from == from && entry.to == to);
    let gone = known.iter().filter(|entry| !is_left(entry)).map(|entry| {
        let KnownArrow { from, to, reason } = entry;
        format!("{from} uses {to} no more ({reason}); take it off the list in known_circles.rs")
    });
    not_drawn.chain(not_there).chain(new).chain(gone).collect()
}
