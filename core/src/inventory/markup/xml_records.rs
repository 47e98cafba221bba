//! XML in which each phone is an element: what it says stands in elements within it, or in its attributes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::markup_cells::{Grid, Room, Row};
use super::{InventoryError, cut, device_name, device_names};
use crate::inventory::known_headers::ranked;
use crate::inventory::records::own_keys::is_part;
use crate::inventory::xml_elements::{Event, Events};
use crate::inventory::{InventoryField, MOST_COLUMNS, limits, phone_page, registration};
use crate::phone::{Mac, Product, Serial};
use crate::text::{FieldText, trim};

/// The attributes that say what an element is called: of PowerShell, and of lists of fields.
const NAMES: [&str; 6] = ["N", "Name", "name", "key", "field", "column"];
/// The attribute in which ServiceNow has what people read; the text is an identifier.
const DISPLAYED: &str = "display_value";
/// Elements that are called by such an attribute.
const AROUND_PARTS: [&str; 4] = ["Obj", "Property", "object", "field"];
/// The element of a property list with the name of a field.
const KEY: &str = "key";
/// Elements of PowerShell around the fields of an object.
const AROUND_FIELDS: [&str; 2] = ["MS", "Props"];
/// Parts that say whether a phone is registered, beside those of records of JSON.
const OF_REGISTRATION: [&str; 6] = ["ris", "risport", "registration", "status", "state", "connection"];
/// Parts that say what a phone was, or shall be.
const OF_ANOTHER_TIME: [&str; 10] =
    ["configured", "default", "history", "last", "next", "old", "planned", "previous", "replacement", "target"];
/// The header of a device that has its name as its only text.
const DEVICE_NAME: &str = "Device Name";

/// An element.
struct Node<'t> {
    name: &'t str,
    parent: Option<usize>,
    attributes: Vec<(&'t str, Cow<'t, str>)>,
    text: Cow<'t, str>,
    is_leaf: bool,
    /// Where its path stands among all paths.
    path: usize,
    /// The element behind the last one within it.
    end: usize,
}

/// The rows of a list of phones; nothing if it is none, or is what one phone says of itself.
///
/// # Errors
/// If the text is damaged or ends within the list.
pub(super) fn list(text: &str) -> Result<Option<Grid<'_>>, InventoryError> {
    let (nodes, damage) = nodes(text)?;
    if nodes.first().is_some_and(|first| phone_page::is_of_page(first.name)) {
        return Ok(None);
    }
    let records = records(&nodes);
    let mut phones: HashSet<String> = HashSet::new();
    records.iter().filter_map(|(_, pairs)| identity(pairs)).for_each(|phone| {
        phones.insert(phone);
    });
    if records.is_empty() || phones.len() < 2 {
        let is_page = phone_page::says_a_phone_in_xml(text);
        let named = if records.is_empty() && !is_page { names(&nodes) } else { 0 };
        if named > 1 {
            return Err(super::without_list(named));
        } else if records.is_empty() || is_page {
            return Ok(None);
        }
    }
    match damage {
        Some(message) => Err(cut(&format!("a list of devices in XML that is damaged: {message}"))),
        None => Ok(Some(grid(records, Room::of(text.len()))?)),
    }
}

/// How many phones the texts and attributes name, by the names of devices.
fn names(nodes: &[Node<'_>]) -> usize {
    let texts = nodes.iter().flat_map(|node| {
        node.attributes.iter().map(|(_, value)| value.as_ref()).chain(std::iter::once(node.text.as_ref()))
    });
    texts.flat_map(device_names).collect::<HashSet<Mac>>().len()
}

/// All elements, and what is wrong with the text.
fn nodes(text: &str) -> Result<(Vec<Node<'_>>, Option<String>), InventoryError> {
    let (mut nodes, mut open): (Vec<Node<'_>>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut paths: HashMap<(usize, &str), usize> = HashMap::new();
    let mut events = Events::new(text);
    while let Some(event) = events.next() {
        match event {
            Ok(Event::Open(name)) => {
                let parent = open.last().copied();
                let above = parent.and_then(|parent| nodes.get_mut(parent)).map_or(0, |node: &mut Node<'_>| {
                    node.is_leaf = false;
                    node.path
                });
                let next = paths.len() + 1;
                let path = *paths.entry((above, name)).or_insert(next);
                open.push(nodes.len());
                let attributes = events.attributes().collect();
                let text = Cow::Borrowed("");
                nodes.push(Node { name, parent, attributes, text, is_leaf: true, path, end: 0 });
            }
            Ok(Event::Text(text)) => {
                let node = open.last().and_then(|node| nodes.get_mut(*node));
                node.into_iter().for_each(|node| node.text = text.clone());
            }
            Ok(Event::TooLong { beginning, found }) => {
                let text = format!("a text of {found} bytes; expected at most {}: {beginning}", limits::CELL);
                let node = open.last().and_then(|node| nodes.get_mut(*node));
                node.into_iter().for_each(|node| node.text = Cow::Owned(text.clone()));
            }
            Ok(Event::Close) => {
                let end = nodes.len();
                let node = open.pop().and_then(|node| nodes.get_mut(node));
                node.into_iter().for_each(|node| node.end = end);
            }
            Err(error) => {
                let end = nodes.len();
                open.iter().for_each(|node| nodes.get_mut(*node).into_iter().for_each(|node| node.end = end));
                return match *error {
                    InventoryError::Broken { line, message } => Ok((nodes, Some(format!("line {line}: {message}")))),
                    error => Err(error),
                };
            }
        }
    }
    Ok((nodes, None))
}

type Pairs<'n> = Vec<(&'n str, &'n str)>;

/// The elements that are devices, each with what it says: of every path on which one is a device, all elements.
fn records<'n>(nodes: &'n [Node<'_>]) -> Vec<(usize, Pairs<'n>)> {
    let mut names_on: HashMap<usize, (usize, bool)> = HashMap::new();
    for node in nodes.iter().filter(|node| node.is_leaf && !trim(&node.text).is_empty()) {
        let (times, are_names) = names_on.entry(node.path).or_insert((0, true));
        (*times, *are_names) = (*times + 1, *are_names && device_name(trim(&node.text)).is_some());
    }
    let is_candidate = |node: &Node<'_>| {
        // A text alone is a device in a list of nothing but names; elsewhere it is what a device says.
        let is_list = || matches!(names_on.get(&node.path), Some((2.., true)));
        let is_field = || node.is_leaf && node.attributes.is_empty() && !is_list();
        node.parent.is_some() && !AROUND_FIELDS.contains(&node.name) && !is_field()
    };
    // How often an element stands beside others of its name.
    let mut times: HashMap<(usize, usize), usize> = HashMap::new();
    nodes.iter().filter_map(|node| Some((node.parent?, node.path))).for_each(|of| *times.entry(of).or_default() += 1);
    let mut paths = HashSet::new();
    // The devices around an element, each with where it ends.
    let mut around: Vec<(usize, usize, String)> = Vec::new();
    let mut at = 0;
    while let Some(node) = nodes.get(at) {
        if phone_page::is_of_page(node.name) {
            at = node.end.max(at + 1);
            continue;
        }
        around.truncate(around.iter().rposition(|(_, end, _)| *end > at).map_or(0, |last| last + 1));
        let own = if is_candidate(node) { own(nodes, at).0 } else { Vec::new() };
        if let Some(identity) = identity(&own) {
            // What stands within a device is a part of it, unless it is a phone in a list.
            let is_device = around.last().is_none_or(|(device, _, of_device)| {
                *of_device != identity && is_in_list(nodes, at, *device, &times) && is_sure(&own)
            });
            if is_device {
                paths.insert(node.path);
                around.push((at, node.end, identity));
            }
        }
        at += 1;
    }
    let is_of_path = |(at, node): (usize, &'n Node<'_>)| paths.contains(&node.path).then_some(at);
    nodes.iter().enumerate().filter_map(is_of_path).map(|at| (at, pairs(nodes, at, &paths))).collect()
}

/// Whether an element within a device stands in a list: in an element around it, or beside others of its name.
fn is_in_list(nodes: &[Node<'_>], at: usize, device: usize, times: &HashMap<(usize, usize), usize>) -> bool {
    let parent_of = |at: usize| nodes.get(at).and_then(|node| node.parent);
    let is_around_fields = |at: &usize| nodes.get(*at).is_some_and(|node| AROUND_FIELDS.contains(&node.name));
    let mut parent = parent_of(at);
    while let Some(around) = parent.filter(is_around_fields) {
        parent = parent_of(around);
    }
    let has_others = || {
        let of = nodes.get(at).and_then(|node| Some((node.parent?, node.path)));
        of.and_then(|of| times.get(&of)).is_some_and(|times| *times > 1)
    };
    parent != Some(device) || has_others()
}

/// Whether an element is a phone, and no module or port of one: it says which, and a product that is a phone.
fn is_sure(pairs: &Pairs<'_>) -> bool {
    let is_phone =
        |value: &str| Product::read(value.as_bytes()).is_ok_and(|product| product.model().device_class().is_none());
    let is_product = |key: &str| ranked(key).is_some_and(|(field, _)| field == InventoryField::Pid);
    pairs.iter().any(|(key, value)| is_product(key) && is_phone(value))
}

/// What an element says by itself, in its attributes and the leaves within it; and the other elements within it.
fn own<'n>(nodes: &'n [Node<'_>], at: usize) -> (Pairs<'n>, Vec<usize>) {
    let Some(node) = nodes.get(at) else { return Default::default() };
    let mut pairs: Pairs<'n> = node.attributes.iter().map(|(key, value)| (*key, value.as_ref())).collect();
    if node.is_leaf && !trim(&node.text).is_empty() {
        let text = trim(&node.text);
        let is_name = device_name(text).is_some() && !pairs.iter().any(|(_, value)| device_name(value).is_some());
        pairs.push((if is_name { DEVICE_NAME } else { node.name }, text));
    }
    let (mut parts, mut child) = (Vec::new(), at + 1);
    // In a property list, the name of a field stands in an element in front of its value.
    let mut key = None;
    while let Some(inner) = nodes.get(child).filter(|_| child < node.end) {
        if AROUND_FIELDS.contains(&inner.name) && !inner.is_leaf {
            child += 1;
            continue;
        }
        match (leaf(inner), key.take()) {
            (Some((KEY, name)), None) if inner.attributes.is_empty() => key = Some(name),
            (Some((_, value)), Some(key)) => pairs.push((key, value)),
            (Some(pair), None) => pairs.push(pair),
            (None, _) => parts.push(child),
        }
        child = inner.end.max(child + 1);
    }
    (pairs, parts)
}

/// What a device says: by itself, and in a part within it that is there once and is no other device, such as hardware.
fn pairs<'n>(nodes: &'n [Node<'_>], at: usize, devices: &HashSet<usize>) -> Pairs<'n> {
    let (mut pairs, parts) = own(nodes, at);
    let mut times: HashMap<&str, usize> = HashMap::new();
    let parts: Vec<_> = parts.into_iter().filter_map(|at| Some((at, nodes.get(at)?))).collect();
    let parts: Vec<_> = parts.into_iter().map(|(at, part)| (at, part.path, part_name(part))).collect();
    parts.iter().for_each(|(.., name)| *times.entry(name).or_default() += 1);
    let mut known: HashSet<String> = pairs.iter().map(|(key, _)| key.to_lowercase()).collect();
    for (part, path, name) in parts.iter().filter(|(.., name)| times.get(name) == Some(&1)) {
        let (within, _) = own(nodes, *part);
        if devices.contains(path) || identity(&within).is_some() {
            continue;
        }
        let (is_own, part) = (is_part(name), name.to_lowercase());
        let is_field = |key: &str| match ranked(key).map(|(field, _)| field) {
            Some(InventoryField::Mac | InventoryField::Contradictions) => false,
            Some(InventoryField::Pid | InventoryField::Vid | InventoryField::Serial) => {
                !OF_ANOTHER_TIME.iter().any(|word| part.starts_with(word))
            }
            // What a part says of firmware may be what was, or what shall be.
            Some(_) => is_own,
            None => (is_own || OF_REGISTRATION.contains(&&*part)) && registration::is_status(key),
        };
        let new = within.into_iter().filter(|(key, _)| is_field(key) && known.insert(key.to_lowercase()));
        pairs.extend(new);
    }
    pairs
}

/// What a part is called.
fn part_name<'n>(part: &'n Node<'_>) -> &'n str {
    let named = part.attributes.iter().find(|(key, _)| NAMES.contains(key)).map(|(_, name)| name.as_ref());
    named.filter(|_| AROUND_PARTS.contains(&part.name)).unwrap_or(part.name)
}

/// What a leaf says, and what that is called.
fn leaf<'n>(node: &'n Node<'_>) -> Option<(&'n str, &'n str)> {
    if !node.is_leaf {
        return None;
    }
    let attribute = |of: &dyn Fn(&str) -> bool| {
        let found = node.attributes.iter().find(|(key, value)| of(key) && !value.is_empty());
        found.map(|(_, value)| value.as_ref())
    };
    let name = attribute(&|key| NAMES.contains(&key)).unwrap_or(node.name);
    let text = attribute(&|key| key == DISPLAYED).unwrap_or(trim(&node.text));
    // An element with attributes and without text is a part.
    (!text.is_empty() || node.attributes.is_empty()).then_some((name, text))
}

/// By what a device is told from others, if these are of one: a name or MAC address, else a serial number or a product.
fn identity(pairs: &Pairs<'_>) -> Option<String> {
    let of = |field: InventoryField| {
        pairs.iter().filter(move |(key, _)| ranked(key).is_some_and(|(of, _)| of == field)).map(|(_, value)| *value)
    };
    let named = pairs.iter().find_map(|(key, value)| {
        let is_name = ranked(key).is_some_and(|(field, _)| field == InventoryField::Mac);
        if is_name { Mac::read(value.as_bytes()).ok() } else { None }
    });
    if let Some(mac) = named {
        return Some(mac.to_string());
    }
    let serial = of(InventoryField::Serial).find(|value| Serial::read(value.as_bytes()).is_ok());
    let product = of(InventoryField::Pid).find(|value| {
        value.contains(|letter: char| letter.is_ascii_alphabetic()) && Product::read(value.as_bytes()).is_ok()
    });
    // A model alone stands in lists of models, and a serial number on much else.
    product.and_then(|product| Some(format!("{product} {}", serial?)))
}

/// The rows, below the names of all fields.
fn grid<'t>(records: Vec<(usize, Pairs<'_>)>, mut room: Room) -> Result<Grid<'t>, InventoryError> {
    let mut columns: HashMap<(String, usize), usize> = HashMap::new();
    let mut header: Vec<Cow<'t, str>> = Vec::new();
    let mut rows = vec![Row::default()];
    for ((_, pairs), number) in records.into_iter().zip(2..) {
        let mut row: Row<'t> = Row { number, cells: Vec::new() };
        let mut times: HashMap<&str, usize> = HashMap::new();
        for (key, value) in pairs {
            let time = times.entry(key).or_default();
            let next = header.len();
            let place = *columns.entry((key.to_lowercase(), *time)).or_insert(next);
            *time += 1;
            if place == next {
                header.push(Cow::Owned(key.to_owned()));
            }
            if header.len() > MOST_COLUMNS {
                let (found, limit) = (header.len() as u64, MOST_COLUMNS as u64);
                return Err(InventoryError::TooMuch { what: "names of fields", line: number, found, limit });
            }
            if row.cells.len() <= place {
                room.take(place - row.cells.len(), number)?;
                row.cells.resize(place + 1, Cow::Borrowed(""));
            }
            if let Some(cell) = row.cells.get_mut(place) {
                *cell = Cow::Owned(value.to_owned());
            }
        }
        rows.push(row);
    }
    if let Some(first) = rows.first_mut() {
        *first = Row { number: 1, cells: header };
    }
    Ok(Grid { rows, header: Some(0), ..Grid::default() })
}
