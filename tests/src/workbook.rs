//! Workbooks as Excel writes them, but unpacked: zip files of stored parts.

/// A part of a zip file.
pub struct Part {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What the directory says of its size.
    pub stated_size: u32,
}

impl Part {
    /// A part of this text.
    pub fn new(name: &str, text: impl Into<String>) -> Self {
        let bytes = text.into().into_bytes();
        Self { name: name.to_owned(), stated_size: bytes.len() as u32, bytes }
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

/// A zip file of these parts.
pub fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let offset = file.len() as u32;
        let size = part.bytes.len() as u32;
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(crc32(&part.bytes).to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend(part.stated_size.to_le_bytes());
        common.extend((part.name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(part.name.as_bytes());
        file.extend(&part.bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(part.name.as_bytes());
    }
    let begin = file.len() as u32;
    let count = (parts.len() as u16).to_le_bytes();
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count);
    file.extend(count);
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(begin.to_le_bytes());
    file.extend([0, 0]);
    file
}

/// A sheet: its name, how it is shown, and its rows.
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// Whether Excel shows it: `visible`, `hidden` or `veryHidden`.
    pub state: &'static str,
    /// Its rows, as XML.
    pub rows: String,
}

impl Sheet {
    /// A sheet that is shown.
    pub fn new(name: &'static str, rows: impl Into<String>) -> Self {
        Self { name, state: "visible", rows: rows.into() }
    }
}

/// A row of cells.
pub fn row(number: usize, cells: &[String]) -> String {
    let cells: String =
        cells.iter().zip('A'..='Z').map(|(cell, column)| cell.replace("@", &format!("{column}{number}"))).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A cell of a text.
pub fn text(text: &str) -> String {
    format!("<c r=\"@\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escaped(text))
}

/// A cell of a number.
pub fn number(number: &str) -> String {
    format!("<c r=\"@\"><v>{number}</v></c>")
}

/// A cell of this type.
pub fn typed(kind: &str, value: &str) -> String {
    format!("<c r=\"@\" t=\"{kind}\"><v>{}</v></c>", escaped(value))
}

/// A cell of a date.
pub fn date(days: &str) -> String {
    format!("<c r=\"@\" s=\"1\"><v>{days}</v></c>")
}

/// A cell that says nothing.
pub fn nothing() -> String {
    "<c r=\"@\"/>".to_owned()
}

/// Rows of nothing but text, from the first on.
pub fn texts(rows: &[&[&str]]) -> String {
    let cells = |row: &&[&str]| row.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    (1..).zip(rows).map(|(number, texts)| row(number, &cells(texts))).collect()
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts of a workbook; `shared` are the texts that cells share.
pub fn parts(sheets: &[Sheet], shared: &[&str]) -> Vec<Part> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inner: String| format!("<Relationships xmlns=\"{PACKAGE}\">{inner}</Relationships>");
    let (mut listed, mut targets) = (String::new(), String::new());
    let mut parts = vec![Part::new("_rels/.rels", relations(relation("r1", "officeDocument", "xl/workbook.xml")))];
    for (index, Sheet { name, state, rows }) in (1..).zip(sheets) {
        listed += &format!("<sheet name=\"{name}\" sheetId=\"{index}\" state=\"{state}\" r:id=\"s{index}\"/>");
        targets += &relation(&format!("s{index}"), "worksheet", &format!("worksheets/sheet{index}.xml"));
        let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
        parts.push(Part::new(&format!("xl/worksheets/sheet{index}.xml"), sheet));
    }
    let workbook = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{listed}</sheets></workbook>");
    parts.push(Part::new("xl/workbook.xml", workbook));
    parts.push(Part::new("xl/_rels/workbook.xml.rels", relations(targets)));
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    parts.push(Part::new("xl/styles.xml", styles));
    if !shared.is_empty() {
        let texts: String = shared.iter().map(|text| format!("<si><t>{}</t></si>", escaped(text))).collect();
        let count = shared.len();
        let strings = format!("<sst xmlns=\"{MAIN}\" count=\"{count}\" uniqueCount=\"{count}\">{texts}</sst>");
        parts.push(Part::new("xl/sharedStrings.xml", strings));
    }
    parts
}

/// A workbook of these sheets.
pub fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    zip(&parts(sheets, &[]))
}
