//! Whether a file is a workbook that can be unpacked, before anything is.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::inventory::{InventoryError, limits};
use crate::text::{Shown, trim};

pub(super) const EXPECTED: &str = "an Excel workbook (.xlsx) without password";

const UNPACKED: &str = "the files that are in it: unpack it, and read those; pages of phones are read from a folder";

/// Parts that only files of another kind have.
const OTHERS: [(&str, &str); 5] = [
    ("Index/Document.iwa", "an Apple Numbers, Pages or Keynote file"),
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
];

/// No text of a workbook takes fewer bytes than `<si><t/></si>`.
const LEAST_OF_TEXT: u64 = 13;

/// The parts, by the place where each begins in the file.
pub(super) type Parts = HashMap<u64, Part>;

/// A part of a workbook.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Its number in the archive.
    pub(super) index: usize,
    /// Bytes once it is unpacked.
    pub(super) size: u64,
}

pub(super) type Archive<'d> = ZipArchive<Cursor<&'d [u8]>>;

/// Refuses what is no workbook, or would become too large.
pub(super) fn check(bytes: &[u8]) -> Result<(Archive<'_>, Parts), InventoryError> {
    limits::check_file(bytes.len() as u64)?;
    let other = |found: &str| InventoryError::OtherThing { found: found.to_owned(), expected: EXPECTED };
    if bytes.is_empty() {
        return Err(InventoryError::Empty);
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(other("an old Excel workbook (.xls), or one with a password"));
    } else if !bytes.starts_with(b"PK") {
        return Err(other("no Excel workbook, which is a zip file"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        other(&format!("a zip file that is damaged or was cut off ({})", Shown::new(&error.to_string())))
    })?;
    for (part, found) in OTHERS {
        if archive.index_for_name(part).is_some() {
            return Err(other(found));
        }
    }
    const OF_OFFICE: [&str; 3] = ["[Content_Types]", "_rels/", "xl/"];
    let is_of_office = |name: &str| OF_OFFICE.iter().any(|begin| name.starts_with(begin));
    let names = || archive.file_names().filter_map(Result::ok);
    if let Some(first) = names().next().filter(|_| !names().any(|name| is_of_office(&name))) {
        let count = archive.len();
        let (files, first) = (if count == 1 { "file" } else { "files" }, Shown::quoted(&first));
        let found = format!("a zip file of {count} {files} ({first}) and no Excel workbook");
        return Err(InventoryError::OtherThing { found, expected: UNPACKED });
    }
    let parts = check_sizes(&mut archive)?;
    Ok((archive, parts))
}

fn check_sizes(archive: &mut Archive<'_>) -> Result<Parts, InventoryError> {
    let stated = archive.decompressed_size().map_or(0, |size| u64::try_from(size).unwrap_or(u64::MAX));
    check_unpacked(stated)?;
    // The directory may say anything. What cannot be unpacked is told when it is read.
    let (mut unpacked, mut parts) = (0, Parts::new());
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let is_strings = part.name().is_ok_and(|name| name.to_lowercase().contains("sharedstrings"));
        let place = part.data_start().unwrap_or_default();
        let size = size_of_part(part, limits::WORKBOOK - unpacked);
        let known = parts.entry(place).or_insert(Part { index, size });
        known.size = known.size.max(size);
        unpacked += size;
        check_unpacked(unpacked)?;
        if is_strings && let Ok(part) = archive.by_index(index) {
            check_strings(part, size)?;
        }
    }
    Ok(parts)
}

/// Refuses a workbook of which more bytes were unpacked than are read, each part as often as it was.
pub(super) fn check_unpacked(found: u64) -> Result<(), InventoryError> {
    match found {
        ..=limits::WORKBOOK => Ok(()),
        found => Err(InventoryError::TooMuch { what: "bytes unpacked", line: 1, found, limit: limits::WORKBOOK }),
    }
}

/// How large a part really is; at most one byte more than the limit.
fn size_of_part(mut part: impl Read, limit: u64) -> u64 {
    let mut buffer = [0; 1 << 15];
    let mut size = 0;
    while size <= limit
        && let Ok(read @ 1..) = part.read(&mut buffer)
    {
        size += read as u64;
    }
    size.min(limit + 1)
}

/// Refuses texts that calamine would not read as they are: it makes room for as many as a workbook says it has, and passes
/// over what stands outside of the elements of a text.
fn check_strings(part: impl Read, size: u64) -> Result<(), InventoryError> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    // What is damaged is told when it is read.
    reader.config_mut().check_end_names = false;
    let damaged = |what: String| {
        let found = format!("a damaged Excel workbook, {what}");
        Err(InventoryError::OtherThing { found, expected: EXPECTED })
    };
    let (mut buffer, mut in_text, mut in_item) = (Vec::new(), false, false);
    loop {
        buffer.clear();
        let astray = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == "sst" => {
                let promised = promised(&element);
                if let Some(promised) = promised.filter(|promised| *promised > size / LEAST_OF_TEXT + 1) {
                    return damaged(format!("which says that it has {promised} texts in {size} bytes"));
                }
                continue;
            }
            Ok(Event::Start(element)) => {
                in_text |= element.local_name().as_ref() == "t";
                in_item |= element.local_name().as_ref() == "si";
                continue;
            }
            Ok(Event::End(element)) => {
                in_text &= element.local_name().as_ref() != "t";
                in_item &= element.local_name().as_ref() != "si";
                continue;
            }
            Ok(Event::Text(text)) => text.into_inner(),
            Ok(Event::CData(text)) => text.into_inner(),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => continue,
        };
        if in_item && !in_text && !trim(&astray).is_empty() {
            return damaged(format!("which has {} beside its texts", Shown::quoted(&astray)));
        }
    }
}

/// How many texts there are, as the element around them says.
fn promised(element: &BytesStart<'_>) -> Option<u64> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let counts = attributes.filter(|attribute| attribute.key.local_name().as_ref() == "uniqueCount");
    counts.filter_map(|count| count.value.trim().parse().ok()).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the directory of a zip file says of it.
    #[test]
    fn no_more_of_a_part_is_unpacked_than_is_read_of_a_workbook() {
        assert_eq!(size_of_part(std::io::repeat(b' '), 100_000), 100_001);
        assert_eq!(size_of_part(&b"part"[..], 100_000), 4);
        assert!(check_unpacked(limits::WORKBOOK).is_ok());
        assert!(check_unpacked(limits::WORKBOOK + 1).is_err());
    }
}
