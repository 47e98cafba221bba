//! The first bytes of files that hold no text.

const TABLE: &str = "text: CSV with a header row, or an Excel workbook (.xlsx)";
const IN_PYTHON: &str = "text: CSV with a header row, or in Python the table that pandas or Polars reads from the file";
const UNPACKED: &str = "text: CSV with a header row; unpack the file first";
const DOCUMENT: &str = "text: CSV with a header row; copy the table of the document into a spreadsheet and save that";
const PICTURE: &str = "text: CSV with a header row; a picture is not read";
const DATABASE: &str = "text: CSV with a header row, as `sqlite3 -csv -header` writes a table";
const MAIL: &str = "text: CSV with a header row, or another attachment of the message, saved as a file";

/// The bytes that a file begins with, what it is, and what should have come.
const BEGINNINGS: [(&[u8], &str, &str); 30] = [
    (b"PAR1", "Parquet", IN_PYTHON),
    (b"ARROW1", "an Arrow file", IN_PYTHON),
    (b"FEA1", "a Feather file", IN_PYTHON),
    (b"ORC", "an ORC file", IN_PYTHON),
    (b"Obj\x01", "an Avro file", IN_PYTHON),
    (b"\x89HDF\r\n", "an HDF5 file", IN_PYTHON),
    (b"\x80\x02", "a pickle of Python", IN_PYTHON),
    (b"\x80\x03", "a pickle of Python", IN_PYTHON),
    (b"\x80\x04\x95", "a pickle of Python", IN_PYTHON),
    (b"\x80\x05\x95", "a pickle of Python", IN_PYTHON),
    (b"SQLite format 3\0", "a SQLite database", DATABASE),
    (b"PK\x03\x04", "an Excel workbook or another zip file", TABLE),
    (b"\x1f\x8b", "compressed by gzip", UNPACKED),
    (b"7z\xbc\xaf\x27\x1c", "compressed by 7-Zip", UNPACKED),
    (b"Rar!\x1a\x07", "compressed by RAR", UNPACKED),
    (b"\xfd7zXZ\0", "compressed by xz", UNPACKED),
    (b"BZh9", "compressed by bzip2", UNPACKED),
    (b"\x28\xb5\x2f\xfd", "compressed by Zstandard", UNPACKED),
    (b"%PDF", "a PDF document", DOCUMENT),
    (b"{\\rtf", "an RTF document", DOCUMENT),
    (b"%!PS", "a PostScript document", DOCUMENT),
    (b"\x89PNG\r\n", "a picture (PNG)", PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", PICTURE),
    (b"GIF87a", "a picture (GIF)", PICTURE),
    (b"GIF89a", "a picture (GIF)", PICTURE),
    (b"II*\0", "a picture (TIFF)", PICTURE),
    (b"MM\0*", "a picture (TIFF)", PICTURE),
    (b"\x7fELF", "a program", TABLE),
    (b"MZ\x90\0", "a program", TABLE),
    (b"{\\urtf", "an RTF document", DOCUMENT),
];

/// How the files of older programs of Microsoft begin, and the names of their parts, in UTF-16, that tell them apart.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0";
const PARTS_OF_OLD_OFFICE: [(&str, &str, &str); 2] =
    [("__substg1.0_", "a message of Outlook (.msg)", MAIL), ("WordDocument", "an old Word document (.doc)", DOCUMENT)];

/// What bytes are, and what should have come.
pub(super) fn of(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(OLD_OFFICE) {
        let part = PARTS_OF_OLD_OFFICE.iter().find(|(part, ..)| has_utf16(bytes, part));
        let old = ("an old Excel workbook (.xls), or one with a password", TABLE);
        return Some(part.map_or(old, |(_, found, expected)| (found, expected)));
    }
    let is_picture_of_web = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    if is_picture_of_web {
        return Some(("a picture (WebP)", PICTURE));
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(("a tar archive", UNPACKED));
    }
    BEGINNINGS
        .iter()
        .find(|(beginning, ..)| bytes.starts_with(beginning))
        .map(|(_, found, expected)| (*found, *expected))
}

/// Whether a text stands in these bytes, two bytes for each letter.
fn has_utf16(bytes: &[u8], text: &str) -> bool {
    let text: Vec<u8> = text.bytes().flat_map(|letter| [letter, 0]).collect();
    bytes.windows(text.len()).any(|part| part == text)
}
