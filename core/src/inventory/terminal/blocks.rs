//! Blocks of names and values, one for each device: `Format-List` of PowerShell, `\G` of mysql, `\x` of psql.
//!
//! ```text
//! Name  : SEP00CCFC000041
//! Model : Cisco 8851
//!
//! Name  : SEP00CCFC000042
//! Model : Cisco 7841
//! ```
//!
//! All signs between name and value stand below each other, and each block begins with the same name. A page of one phone
//! has one block, too; a list of one device says the name of the device under a name that pages have not.

use super::screen::Line;
use super::terminal_words;
use crate::inventory::capture_as_csv::MOST_COLUMNS;
use crate::inventory::capture_as_csv::{Sheet, is_table_header};
use crate::inventory::known_headers::ranked;
use crate::inventory::row_labels::is_name_of_device;
use crate::inventory::{ChosenColumn, InventoryError};
use crate::phone::Mac;
use crate::text::FieldText;

/// The signs between a name and its value.
const SIGNS: [char; 2] = [':', '|'];

/// Where the sign of each pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign {
    sign: char,
    /// Letters in front of it.
    at: usize,
}

/// What a line is.
enum Said<'l> {
    /// A name and a value.
    Pair(&'l str, &'l str),
    /// More of the value above.
    More(&'l str),
    /// What parts blocks.
    Between,
    /// A prompt, which ends all blocks.
    Prompt,
}

impl Sign {
    /// The sign of a line that is the first pair.
    fn of(line: &str) -> Option<Self> {
        let (at, sign) = line.chars().enumerate().find(|(_, letter)| SIGNS.contains(letter))?;
        let sign = Self { sign, at };
        matches!(sign.read(line), Some(Said::Pair(..))).then_some(sign)
    }

    /// What a line is below such pairs.
    fn read(self, line: &str) -> Option<Said<'_>> {
        let trimmed = line.trim();
        if trimmed.is_empty() || is_between(trimmed) {
            return Some(Said::Between);
        } else if terminal_words::command(line).is_some() {
            return Some(Said::Prompt);
        }
        let (byte, letter) = line.char_indices().nth(self.at)?;
        let (name, value) = (line[..byte].trim(), line[byte..].strip_prefix(self.sign).unwrap_or(&line[byte..]));
        let is_apart = value.is_empty() || value.starts_with(' ');
        match name.is_empty() {
            true if letter == ' ' => Some(Said::More(trimmed)),
            true => None,
            false if letter == self.sign && is_apart && !name.contains(SIGNS) => Some(Said::Pair(name, value.trim())),
            false => None,
        }
    }
}

/// A line between two blocks: `*** 1. row ***`, `-[ RECORD 1 ]---`.
fn is_between(line: &str) -> bool {
    let of_mysql = line.starts_with("***") && line.ends_with("***");
    of_mysql || line.starts_with("-[ RECORD") || terminal_words::is_drawn(line) || terminal_words::counts_rows(line)
}

/// A block, which is a device.
struct Block<'l> {
    /// The line where it ends.
    end: u64,
    pairs: Vec<(&'l str, String)>,
}

impl Block<'_> {
    fn first_name(&self) -> Option<&str> {
        self.pairs.first().map(|(name, _)| *name)
    }
}

/// The blocks of a text.
struct Blocks<'l> {
    blocks: Vec<Block<'l>>,
    /// The line of the first pair.
    first: u64,
}

impl<'l> Blocks<'l> {
    /// Reads all blocks behind what stands above the first; nothing if some line is no part of such a list. `is_cut` tells
    /// that the last line may be cut off.
    fn read(lines: &'l [Line<'_>], is_cut: bool) -> Option<Self> {
        let (begin, sign) = lines.iter().enumerate().find_map(|(at, line)| Some((at, Sign::of(&line.text)?)))?;
        if lines[..begin].iter().any(|line| is_table_header(&line.text)) {
            return None;
        }
        let mut blocks: Vec<Block<'l>> = Vec::new();
        let mut is_inside = false;
        for (at, line) in lines.iter().enumerate().skip(begin) {
            match (sign.read(&line.text), blocks.last_mut().filter(|_| is_inside)) {
                (Some(Said::Pair(name, value)), Some(block)) => {
                    if block.pairs.len() >= MOST_COLUMNS || block.pairs.iter().any(|(of, _)| *of == name) {
                        return None;
                    }
                    block.end = line.number;
                    block.pairs.push((name, value.to_owned()));
                }
                (Some(Said::Pair(name, value)), None) => {
                    blocks.push(Block { end: line.number, pairs: vec![(name, value.to_owned())] });
                    is_inside = true;
                }
                (Some(Said::More(more)), Some(block)) => {
                    if let Some((_, value)) = block.pairs.last_mut() {
                        value.push(' ');
                        value.push_str(more);
                    }
                }
                (Some(Said::Between), _) => is_inside = false,
                (Some(Said::Prompt), _) => break,
                (Some(Said::More(_)) | None, _) if is_cut && at + 1 == lines.len() => {}
                (Some(Said::More(_)) | None, _) => return None,
            }
        }
        Some(Self { blocks, first: lines[begin].number })
    }

    /// Whether each of several blocks begins with the same name, and has a name that is read.
    fn are_devices(&self, chosen: &[ChosenColumn]) -> bool {
        let is_known = |name: &str| ranked(name).is_some() || chosen.iter().any(|chosen| chosen.is_of(name));
        if let [only] = self.blocks.as_slice() {
            let known = only.pairs.iter().filter(|(name, _)| is_known(name)).count();
            return known > 1 && only.pairs.iter().any(|(name, value)| names_device(name, value));
        }
        let [first, .., last] = self.blocks.as_slice() else { return false };
        let begins_alike = |block: &Block<'_>| block.first_name() == first.first_name();
        // The last one may be cut off.
        let is_whole = |block: &Block<'_>| block.pairs.len() > 1 || std::ptr::eq(block, last);
        self.blocks.iter().all(|block| begins_alike(block) && is_whole(block))
            && first.pairs.iter().any(|(name, _)| is_known(name))
    }
}

/// Whether a pair says the name of a device as lists do: pages call it the name of a host.
fn names_device(name: &str, value: &str) -> bool {
    is_name_of_device(name) && Mac::read(value.as_bytes()).is_ok()
}

/// Whether a text is such a list. `is_cut` tells that it is only the beginning.
pub(super) fn is_there(lines: &[Line<'_>], chosen: &[ChosenColumn], is_cut: bool) -> bool {
    Blocks::read(lines, is_cut).is_some_and(|blocks| blocks.are_devices(chosen))
}

/// Reads each block as a row; nothing if the whole is no such list.
pub(super) fn read(lines: &[Line<'_>], chosen: &[ChosenColumn]) -> Result<Option<Sheet>, InventoryError> {
    let Some(blocks) = Blocks::read(lines, false).filter(|blocks| blocks.are_devices(chosen)) else { return Ok(None) };
    let mut sheet = Sheet::default();
    let columns = |block: &Block<'_>| {
        let names: Vec<String> = block.pairs.iter().map(|(name, _)| (*name).to_owned()).collect();
        sheet.columns(&names, block.end)
    };
    let places: Vec<_> = blocks.blocks.iter().map(columns).collect::<Result<_, _>>()?;
    sheet.header(blocks.first)?;
    for (block, places) in blocks.blocks.iter().zip(&places) {
        sheet.row(block.end, places, block.pairs.iter().map(|(_, value)| value.as_str()))?;
    }
    Ok(Some(sheet))
}
