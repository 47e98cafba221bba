//! `docs/architecture.svg`: the rooms of core and the faces above them, with the arrows that the code has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::house_sources::{core_tree, faces, read_text, root};
use crate::layer_positions::{Layers, Occupant, lay_out};
use crate::room_order::{self, Floors, Room, arrows_between_rooms, floor_of};

const FILE: &str = "docs/architecture.svg";
const BOX_HEIGHT: f64 = 46.0;
const BETWEEN: f64 = 38.0;
const MARGIN: f64 = 20.0;
/// Between two lines at one box.
const PORT: f64 = 16.0;

/// What the crate `core` is called in its faces.
const NAMES_OF_CORE: [&str; 2] = ["crossgrade", "engine"];

const STYLE: &str = "\
    .paper { fill: #ffffff }
    .room { fill: #eef3f9; stroke: #5b7896 }
    .face { fill: #f6f0e4; stroke: #94793f }
    .name { fill: #14202c; font: bold 14px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace }
    .holds { fill: #3c4a58; font: 12px system-ui, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif }
    .arrow { fill: none; stroke: #6a7a8a; stroke-width: 1.4 }
    .head { fill: #6a7a8a }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #0f151b }
      .room { fill: #1b2733; stroke: #7f9cba }
      .face { fill: #2b2618; stroke: #c2a664 }
      .name { fill: #e8eef4 }
      .holds { fill: #b8c4d0 }
      .arrow { stroke: #8fa0b1 }
      .head { fill: #8fa0b1 }
    }
";

/// Arrows without those that follow from others.
pub(crate) fn without_detours(arrows: &BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    fn reaches(arrows: &BTreeSet<(String, String)>, from: &str, to: &str, except: &(String, String)) -> bool {
        let next = arrows.iter().filter(|arrow| arrow.0 == from && *arrow != except);
        next.into_iter().any(|arrow| arrow.1 == to || reaches(arrows, &arrow.1, to, except))
    }
    arrows.iter().filter(|arrow| !reaches(arrows, &arrow.0, &arrow.1, arrow)).cloned().collect()
}

fn drawing() -> String {
    let order =
        room_order::read(&read_text("CONTRIBUTING.md")).unwrap_or_else(|error| panic!("CONTRIBUTING.md: {error}"));
    let core = core_tree();
    // An arrow against the order is a mistake, which another test tells.
    let floors = floor_of(&order);
    let down = |(from, to): &(String, String)| match (floors.get(&**from), floors.get(&**to)) {
        (Some(from), Some(to)) => to < from,
        _ => false,
    };
    let mut arrows: BTreeSet<(String, String)> = arrows_between_rooms(core).into_keys().filter(down).collect();
    for (face, tree) in faces() {
        arrows.extend(tree.rooms_used(core, &NAMES_OF_CORE).into_iter().map(|room| (face.to_owned(), room)));
    }
    draw(&order, &without_detours(&arrows))
}

fn faces_as_rooms() -> Vec<Room> {
    [("ffi-c", "the C face"), ("py", "the Python face")]
        .map(|(name, holds)| Room { name: name.to_owned(), holds: holds.to_owned() })
        .into()
}

fn draw(order: &Floors, arrows: &BTreeSet<(String, String)>) -> String {
    let faces = faces_as_rooms();
    let layers: Vec<&Vec<Room>> = std::iter::once(&faces).chain(order.iter().rev()).collect();
    let rooms: Vec<&Room> = layers.iter().copied().flatten().collect();
    let number: BTreeMap<&str, usize> = rooms.iter().enumerate().map(|(at, room)| (&*room.name, at)).collect();
    let width = |room: &Room| (room.holds.len() as f64 * 6.6).max(room.name.len() as f64 * 9.0) + 28.0;
    let widths: Vec<Vec<f64>> = layers.iter().map(|layer| layer.iter().map(width).collect()).collect();
    let pairs: Vec<(usize, usize)> = arrows.iter().map(|(from, to)| (number[&**from], number[&**to])).collect();
    let layers = lay_out(&widths, &pairs);
    svg(&layers, &rooms, faces.len())
}

fn svg(layers: &Layers, rooms: &[&Room], faces: usize) -> String {
    let places = || layers.places.iter().flatten();
    let left = places().map(|place| place.x - place.width / 2.0).fold(f64::INFINITY, f64::min) - MARGIN;
    let right = places().map(|place| place.x + place.width / 2.0).fold(f64::NEG_INFINITY, f64::max) + MARGIN;
    let width = (right - left).round();
    let height = layers.places.len() as f64 * (BOX_HEIGHT + BETWEEN) - BETWEEN + 2.0 * MARGIN;
    let top = |layer: usize| MARGIN + layer as f64 * (BOX_HEIGHT + BETWEEN);
    let x_of = |layer: usize, at: usize| layers.places[layer][at].x - left;

    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">"
    ));
    line("  <title>The rooms of crossgrade</title>");
    line("  <desc>Each box is a room. An arrow leads from a room to one that it uses.</desc>");
    line("  <!-- Drawn by tests/rooms/house_picture.rs. -->");
    line(&format!("  <style>\n{STYLE}  </style>"));
    line(&format!("  <rect class=\"paper\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>"));
    for (layer, links) in layers.links.iter().enumerate() {
        for &(above, below) in links {
            let (from, to) = (&layers.places[layer][above], &layers.places[layer + 1][below]);
            let beside = |same: bool| {
                // The places at the other ends of the lines of this box, in the order that they stand in.
                let of_box = links.iter().filter(|link| if same { link.0 == above } else { link.1 == below });
                of_box.map(|link| if same { link.1 } else { link.0 }).collect::<BTreeSet<usize>>()
            };
            let port = |others: &BTreeSet<usize>, other: usize, is_box: bool| {
                let rank = others.iter().position(|at| *at == other).unwrap_or_default() as f64;
                if is_box { (rank - (others.len() as f64 - 1.0) / 2.0) * PORT } else { 0.0 }
            };
            let from_box = matches!(from.occupant, Occupant::Box(_));
            let to_box = matches!(to.occupant, Occupant::Box(_));
            let x1 = (x_of(layer, above) + port(&beside(true), below, from_box)).round();
            let x2 = (x_of(layer + 1, below) + port(&beside(false), above, to_box)).round();
            let (y1, y2) = (top(layer) + BOX_HEIGHT, top(layer + 1));
            let end = if to_box { y2 - 7.0 } else { y2 };
            let middle = (y1 + end) / 2.0;
            line(&format!("  <path class=\"arrow\" d=\"M {x1} {y1} C {x1} {middle}, {x2} {middle}, {x2} {end}\"/>"));
            if to_box {
                let (before, after) = (x2 - 4.5, x2 + 4.5);
                line(&format!(
                    "  <path class=\"head\" d=\"M {before} {} L {after} {} L {x2} {y2} Z\"/>",
                    y2 - 8.0,
                    y2 - 8.0
                ));
            }
        }
    }
    for (layer, places) in layers.places.iter().enumerate() {
        for (at, place) in places.iter().enumerate() {
            let (x, y) = (x_of(layer, at).round(), top(layer));
            let Occupant::Box(number) = place.occupant else {
                line(&format!("  <path class=\"arrow\" d=\"M {x} {y} V {}\"/>", y + BOX_HEIGHT));
                continue;
            };
            let class = if number < faces { "face" } else { "room" };
            let wide = place.width.round();
            line(&format!(
                "  <rect class=\"{class}\" x=\"{}\" y=\"{y}\" width=\"{wide}\" height=\"{BOX_HEIGHT}\" rx=\"6\"/>",
                x - (wide / 2.0).round()
            ));
            let Room { name, holds } = rooms[number];
            line(&format!("  <text class=\"name\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{name}</text>", y + 19.0));
            line(&format!(
                "  <text class=\"holds\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{holds}</text>",
                y + 36.0
            ));
        }
    }
    let _ = writeln!(out, "</svg>");
    out
}

#[test]
fn picture_is_drawn_from_the_code() {
    let expected = drawing();
    let path = root().join(FILE);
    if std::fs::read_to_string(&path).unwrap_or_default() == expected {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, expected).unwrap_or_else(|error| panic!("{FILE}: {error}"));
        return;
    }
    panic!(
        "{FILE} is not what the code says; run `UPDATE=1 cargo test -p crossgrade-tests --test rooms` and look at it"
    );
}
