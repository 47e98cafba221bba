//! Blocks of names and values without anything that parts them: a block begins where the first name is there again.
//!
//! ```text
//! Name=SEP00CCFC000041
//! Model=Cisco 8851
//! Name=SEP00CCFC000042
//! Model=Cisco 7841
//! ```

use std::collections::HashSet;

use super::screen::Line;
use super::terminal_words;
use crate::inventory::capture_as_csv::MOST_COLUMNS;
use crate::inventory::capture_as_csv::Sheet;
use crate::inventory::folded_header::folded;
use crate::inventory::known_headers::ranked;
use crate::inventory::row_labels::is_name_of_device;
use crate::inventory::{ChosenColumn, InventoryError, InventoryField};
use crate::phone::{Mac, Product};
use crate::text::FieldText;

/// What stands between a name and its value.
const SIGNS: [char; 2] = ['=', ':'];
/// A longer name is a sentence.
const LONGEST_NAME: usize = 40;

struct Block<'l> {
    /// The line where it ends.
    end: u64,
    pairs: Vec<(&'l str, &'l str)>,
}

/// A name and its value, on a line of its own.
fn pair(line: &str) -> Option<(&str, &str)> {
    let at = line.find(SIGNS)?;
    let (name, value) = (line[..at].trim(), line[at..].trim_start_matches(SIGNS).trim());
    let is_name =
        !name.is_empty() && name.len() <= LONGEST_NAME && !line.starts_with([' ', '\t', '-', '#', '<', '{', '[']);
    (is_name && !line.contains('\t') && !name.contains([',', ';', '"'])).then_some((name, value))
}

/// The blocks; nothing if some line is no pair. `is_cut` tells that the last line may be cut off.
fn blocks<'l>(lines: &'l [Line<'_>], is_cut: bool) -> Option<Vec<Block<'l>>> {
    let mut blocks: Vec<Block<'l>> = Vec::new();
    let mut names: HashSet<&str> = HashSet::new();
    let mut first = "";
    for (at, line) in lines.iter().enumerate() {
        if line.text.is_empty() || terminal_words::is_drawn(&line.text) {
            continue;
        }
        let Some((name, value)) = pair(&line.text) else {
            if is_cut && at + 1 == lines.len() {
                continue;
            }
            return None;
        };
        if first.is_empty() {
            first = name;
        }
        if name.eq_ignore_ascii_case(first) {
            names.clear();
            blocks.push(Block { end: line.number, pairs: Vec::new() });
        }
        let block = blocks.last_mut()?;
        if !names.insert(name) || block.pairs.len() >= MOST_COLUMNS {
            return None;
        }
        block.end = line.number;
        block.pairs.push((name, value));
    }
    Some(blocks)
}

/// Whether each of several blocks says which phone it is of, or the only one says a phone as no page does.
fn are_devices(blocks: &[Block<'_>], chosen: &[ChosenColumn]) -> bool {
    let field = |name: &str| {
        let of_chosen = chosen.iter().find(|chosen| chosen.is_of(name)).map(ChosenColumn::field);
        of_chosen.or_else(|| ranked(name).map(|(field, _)| field))
    };
    let says_which = |block: &Block<'_>| {
        block.pairs.iter().any(|(name, _)| {
            matches!(field(name), Some(InventoryField::Mac | InventoryField::Serial | InventoryField::Pid))
        })
    };
    if let [only] = blocks {
        let is_name = |name: &str| is_name_of_device(name) || ["name", "mac"].contains(&&*folded(name));
        let names_device = |(name, value): &(&str, &str)| is_name(name) && Mac::read(value.as_bytes()).is_ok();
        let names_product = |(name, value): &(&str, &str)| {
            field(name) == Some(InventoryField::Pid) && Product::read(value.as_bytes()).is_ok()
        };
        return only.pairs.iter().any(names_device) && only.pairs.iter().any(names_product);
    }
    let [before @ .., last] = blocks else { return false };
    // The last one may be cut off.
    !before.is_empty()
        && before.iter().all(|block| block.pairs.len() > 1 && says_which(block))
        && last.pairs.first().is_some_and(|(_, value)| !value.is_empty())
}

/// Whether a text is such a list.
pub(super) fn is_there(lines: &[Line<'_>], chosen: &[ChosenColumn], is_cut: bool) -> bool {
    blocks(lines, is_cut).is_some_and(|blocks| are_devices(&blocks, chosen))
}

/// Reads each block as a row; nothing if the whole is no such list.
pub(super) fn read(lines: &[Line<'_>], chosen: &[ChosenColumn]) -> Result<Option<Sheet>, InventoryError> {
    let Some(blocks) = blocks(lines, false).filter(|blocks| are_devices(blocks, chosen)) else { return Ok(None) };
    let mut sheet = Sheet::default();
    let columns = |block: &Block<'_>| {
        let names: Vec<String> = block.pairs.iter().map(|(name, _)| (*name).to_owned()).collect();
        sheet.columns(&names, block.end)
    };
    let places: Vec<_> = blocks.iter().map(columns).collect::<Result<_, _>>()?;
    // The header stands in the line of the first pair, for each block ends behind its first line.
    sheet.header(lines.iter().find(|line| !line.text.is_empty()).map_or(1, |line| line.number))?;
    for (block, places) in blocks.iter().zip(&places) {
        sheet.row(block.end, places, block.pairs.iter().map(|(_, value)| *value))?;
    }
    Ok(Some(sheet))
}
