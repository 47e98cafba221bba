//! Where boxes stand in layers, and the ways of lines between them. A line that passes a layer has a place of its own in it,
//! so that it crosses no box.

use std::collections::BTreeSet;

/// Between two places of a layer.
const GAP: f64 = 24.0;
/// The width of a line's place.
const WAY: f64 = 10.0;
/// How often the places are sorted, and how often they are moved.
const SWEEPS: usize = 24;
const ROUNDS: usize = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occupant {
    /// A box, by its number.
    Box(usize),
    /// The lines that lead to this box.
    Way(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) occupant: Occupant,
    pub(crate) width: f64,
    /// The middle.
    pub(crate) x: f64,
}

pub(crate) struct Layers {
    /// From top to bottom.
    pub(crate) places: Vec<Vec<Place>>,
    /// Behind each layer: which place of it is joined with which of the next, by the place's number.
    pub(crate) links: Vec<BTreeSet<(usize, usize)>>,
}

/// `layers` has the widths of the boxes from top to bottom, which are counted through; `arrows` lead down.
pub(crate) fn lay_out(layers: &[Vec<f64>], arrows: &[(usize, usize)]) -> Layers {
    let layer_of: Vec<usize> =
        layers.iter().enumerate().flat_map(|(at, boxes)| boxes.iter().map(move |_| at)).collect();
    let mut number = 0;
    let mut places: Vec<Vec<Place>> = Vec::new();
    for boxes in layers {
        let numbered = boxes.iter().zip(number..);
        places
            .push(numbered.map(|(&width, number)| Place { occupant: Occupant::Box(number), width, x: 0.0 }).collect());
        number += boxes.len();
    }
    let mut joined: Vec<Vec<(Occupant, Occupant)>> = vec![Vec::new(); layers.len()];
    for &(from, to) in arrows {
        let mut above = Occupant::Box(from);
        for layer in layer_of[from] + 1..=layer_of[to] {
            let here = if layer == layer_of[to] { Occupant::Box(to) } else { Occupant::Way(to) };
            if !places[layer].iter().any(|place| place.occupant == here) {
                places[layer].push(Place { occupant: here, width: WAY, x: 0.0 });
            }
            joined[layer - 1].push((above, here));
            above = here;
        }
    }
    let mut best: Option<(usize, Layers)> = None;
    for sweep in 0..=SWEEPS {
        let found = links(&places, &joined);
        let count = found.iter().map(crossings).sum();
        if best.as_ref().is_none_or(|(fewest, _)| count < *fewest) {
            best = Some((count, Layers { places: places.clone(), links: found }));
        }
        let down = sweep % 2 == 0;
        for step in 1..places.len() {
            let layer = if down { step } else { places.len() - 1 - step };
            let found = links(&places, &joined);
            sort_by_neighbors(&mut places, &found, layer, down);
        }
    }
    let mut layers = best.expect("there is a sweep").1;
    set_positions(&mut layers);
    layers
}

/// Sorts the places of a layer by the middle of those that they are joined with in the layer above, or below. A place that
/// is joined with none keeps its share of the layer.
fn sort_by_neighbors(places: &mut [Vec<Place>], links: &[BTreeSet<(usize, usize)>], layer: usize, above: bool) {
    let share = |at: f64, layer: usize| (at + 0.5) / places[layer].len() as f64;
    let key = |at: usize| {
        let found = neighbors(links, layer, at, above);
        let middle = found.iter().sum::<usize>() as f64 / found.len() as f64;
        if found.is_empty() {
            share(at as f64, layer)
        } else {
            share(middle, if above { layer - 1 } else { layer + 1 })
        }
    };
    let mut keyed: Vec<(f64, Place)> =
        places[layer].iter().cloned().enumerate().map(|(at, place)| (key(at), place)).collect();
    keyed.sort_by(|(one, _), (two, _)| one.total_cmp(two));
    places[layer] = keyed.into_iter().map(|(_, place)| place).collect();
}

fn links(places: &[Vec<Place>], joined: &[Vec<(Occupant, Occupant)>]) -> Vec<BTreeSet<(usize, usize)>> {
    let number = |layer: usize, occupant: Occupant| {
        places[layer].iter().position(|place| place.occupant == occupant).expect("it has a place")
    };
    let of_layer = |(layer, pairs): (usize, &Vec<(Occupant, Occupant)>)| {
        pairs.iter().map(|&(above, below)| (number(layer, above), number(layer + 1, below))).collect()
    };
    joined.iter().enumerate().map(of_layer).collect()
}

fn crossings(links: &BTreeSet<(usize, usize)>) -> usize {
    let cross = |one: &(usize, usize), two: &(usize, usize)| one.0 < two.0 && one.1 > two.1;
    links.iter().map(|one| links.iter().filter(|two| cross(one, two)).count()).sum()
}

/// The places of the layer above, or below, that a place is joined with.
fn neighbors(links: &[BTreeSet<(usize, usize)>], layer: usize, at: usize, above: bool) -> Vec<usize> {
    if above {
        links[layer - 1].iter().filter(|link| link.1 == at).map(|link| link.0).collect()
    } else {
        links[layer].iter().filter(|link| link.0 == at).map(|link| link.1).collect()
    }
}

/// Moves each place as near as it may to the middle of what it is joined with.
fn set_positions(layers: &mut Layers) {
    for layer in 0..layers.places.len() {
        let wanted = vec![(0.0, 1.0); layers.places[layer].len()];
        place(&mut layers.places[layer], &wanted);
    }
    for _ in 0..ROUNDS {
        for layer in 0..layers.places.len() {
            let wanted: Vec<(f64, f64)> = (0..layers.places[layer].len())
                .map(|at| {
                    let mut xs = Vec::new();
                    if layer > 0 {
                        xs.extend(
                            neighbors(&layers.links, layer, at, true).iter().map(|&n| layers.places[layer - 1][n].x),
                        );
                    }
                    if layer + 1 < layers.places.len() {
                        xs.extend(
                            neighbors(&layers.links, layer, at, false).iter().map(|&n| layers.places[layer + 1][n].x),
                        );
                    }
                    // A bend of a long line disturbs more than a box beside the middle.
                    let weight = if matches!(layers.places[layer][at].occupant, Occupant::Way(_)) { 3.0 } else { 1.0 };
                    let middle = if xs.is_empty() { 0.0 } else { xs.iter().sum::<f64>() / xs.len() as f64 };
                    (middle, weight)
                })
                .collect();
            place(&mut layers.places[layer], &wanted);
        }
    }
}

/// The nearest positions to the wanted ones in which no two places overlap; each wish has a weight.
fn place(places: &mut [Place], wanted: &[(f64, f64)]) {
    let mut offset = 0.0;
    let mut offsets = Vec::new();
    for (at, place) in places.iter().enumerate() {
        if at > 0 {
            offset += (places[at - 1].width + place.width) / 2.0 + GAP;
        }
        offsets.push(offset);
    }
    // Neighbors that would overlap move as one block to the middle of their wishes.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (&(wish, weight), offset) in wanted.iter().zip(&offsets) {
        let mut block = (wish - offset, weight, 1);
        while let Some(&(before, heavy, count)) = blocks.last().filter(|last| last.0 > block.0) {
            blocks.pop();
            let whole = heavy + block.1;
            block = ((before * heavy + block.0 * block.1) / whole, whole, count + block.2);
        }
        blocks.push(block);
    }
    let shifts = blocks.iter().flat_map(|&(shift, _, count)| std::iter::repeat_n(shift, count));
    for ((place, offset), shift) in places.iter_mut().zip(offsets).zip(shifts) {
        place.x = offset + shift;
    }
}
