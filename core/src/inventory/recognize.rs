//! What a document is, by its content alone.

use super::csv::{Table, Written};
use super::{InventoryError, InventoryField, Layout, decode, foreign, json_door, markup, phone_page, terminal};
use crate::fleet::SourceKind;
use crate::text::trim;

/// How far into a document is looked: what speaks for a kind stands in front.
const HEAD: usize = 64 << 10;

/// The beginning of a document, as far as is looked. A letter in UTF-8 is not cut: the whole would be taken for Windows-1252.
pub(super) fn head(bytes: &[u8]) -> &[u8] {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    match std::str::from_utf8(head) {
        Err(error) if head.len() < bytes.len() && error.error_len().is_none() => &head[..error.valid_up_to()],
        _ => head,
    }
}

/// Names that stand in every answer of RisPort in XML, also of one that holds nothing but an error. Services write the
/// prefixes as they like.
const OF_RISPORT_XML: [&str; 4] = ["CmNodes", "electCmDevice", ":Envelope", "<Envelope"];

/// Names that stand in answers of AXL, also of one that holds nothing but an error; and elements that phones have in what
/// somebody kept of an answer.
const OF_AXL_XML: [&str; 8] = [
    "cisco.com/AXL",
    "listPhoneResponse",
    "getPhoneResponse",
    "executeSQLQueryResponse",
    "axlcode",
    "<devicePoolName",
    "<phone uuid",
    "<tkmodel>",
];

/// So many rows are looked at for phones of a list.
const LISTED: usize = 20;

/// What kind of inventory these bytes are, by their content alone, never by a name; [`SourceKind::Csv`] if nothing speaks
/// for another kind, whose reader says what is wrong.
///
/// | the document begins with | and, within its first 64 KiB | is |
/// |---|---|---|
/// | `PK`, as zip files | | [`SourceKind::Xlsx`] |
/// | what other kinds of files begin with: `%PDF`, `{\rtf`, `PAR1` and others | | [`SourceKind::Csv`], whose reader says what it is |
/// | anything | is what a program printed instead of an inventory, such as an object of Python, an email, an error or the neighbors of a switch | [`SourceKind::Csv`], whose reader says what it is |
/// | `{` or `[` | has a record with keys that only RisPort has, such as `ActiveLoadID`, or names of its answers, such as `CmNodes` | [`SourceKind::Risport`] |
/// | `{` or `[` | has a record with keys that only Webex has, such as `workspaceId`, or is a page or a refusal without devices | [`SourceKind::Webex`] |
/// | `{` or `[` | has a record with keys of Unified CM's configuration, such as `devicePoolName` or `tkmodel` | [`SourceKind::Axl`] |
/// | `{` or `[` | | [`SourceKind::Json`] |
/// | `<` | has an answer to `listPhone`, `getPhone` or `executeSQLQuery`, or elements of its phones | [`SourceKind::Axl`] |
/// | `<` | has `CmNodes`, `selectCmDevice` or an `Envelope` | [`SourceKind::Risport`] |
/// | `<` | has, anywhere, a table of phones in HTML or of a spreadsheet, or several elements that are devices | [`SourceKind::Csv`] |
/// | `<` | | [`SourceKind::DevicePage`], also HTML: what came instead of a page |
/// | anything else | has the header of `show risdb query phone`, `DeviceName, Descr, ...`, and no header of another table above it | [`SourceKind::Risport`] |
/// | anything else | has a line of a known name with a ruler below it (`====== =====`), or several blocks of names and values that begin with the same name | [`SourceKind::Csv`] |
/// | anything else | is no list of phones in one column and has no header of several, but the heading of a page, `Cisco IP Phone CP-8865 ( SEP00CCFC0000B1 )`; or two lines such as `Product Name: ...`, with `:`, `=` or a tab, or with the value on the next line; or one, and at most one line beside it | [`SourceKind::DevicePage`] |
/// | anything else | | [`SourceKind::Csv`] |
///
/// Other names of such lines are those of [pages](super::device_page), in any language that is known; case, spaces, `_` and `-` do not
/// matter. A line with tabs may as well be the header of a table: it is of a phone if it has two cells that are not empty, and
/// a digit in the second.
///
/// What a record is, is judged by all its keys; case, `_` and `-` do not matter. Of records of several kinds, the first counts here;
/// [`read`](super::read()) reads each as its own.
///
/// Byte order marks, UTF-16 and blanks in front are looked through. [`SourceKind::Table`] is never recognized.
///
/// # Example
/// ```
/// use crossgrade::fleet::SourceKind;
/// use crossgrade::inventory::recognize;
///
/// assert_eq!(recognize(b"{\"items\": []}"), SourceKind::Webex);
/// assert_eq!(recognize(b"[{\"product\": \"Cisco 8841\", \"mac\": \"00CCFC123456\"}]"), SourceKind::Json);
/// assert_eq!(recognize(b"[{\"product\": \"Cisco 8841\", \"pkid\": \"x\", \"name\": \"SEP00CCFC123456\"}]"), SourceKind::Axl);
/// assert_eq!(recognize(b"<DeviceInformation>"), SourceKind::DevicePage);
/// assert_eq!(recognize(b"Product Name: CP-8841-3PCC\n"), SourceKind::DevicePage);
/// assert_eq!(recognize(b"PID,VID\nCP-8841-K9=,V05\n"), SourceKind::Csv);
/// assert_eq!(recognize(b"DeviceName, Descr, Ipaddr, RegStatus, DeviceModel, LoadId\n"), SourceKind::Risport);
/// ```
pub fn recognize(bytes: &[u8]) -> SourceKind {
    if [&b"PK\x03\x04"[..], b"PK\x05\x06"].iter().any(|beginning| bytes.starts_with(beginning)) {
        return SourceKind::Xlsx;
    }
    if foreign::check_bytes(bytes).is_err() {
        return SourceKind::Csv;
    }
    let Ok(decoded) = decode(head(bytes)) else { return SourceKind::Csv };
    let text = String::from_utf8_lossy(&decoded.text);
    let head = trim(&text);
    if foreign::text(head).is_some() {
        return SourceKind::Csv;
    }
    if !head.starts_with(['<', '{', '[']) {
        match terminal::recognize(&text, bytes.len() > HEAD, &[]) {
            Some(Layout::Risdb) => return SourceKind::Risport,
            Some(Layout::Fixed | Layout::Blocks) => return SourceKind::Csv,
            Some(Layout::Markup(_) | Layout::Bare(_)) | None => {}
        }
    }
    let has = |names: &[&str]| names.iter().any(|name| head.contains(name));
    match head.chars().next() {
        Some('{' | '[') => json_door::kind_of(head),
        Some('<') if has(&OF_AXL_XML) && !has(&["CmNodes", "electCmDevice"]) => SourceKind::Axl,
        Some('<') if has(&OF_RISPORT_XML) => SourceKind::Risport,
        // What speaks for a table may stand behind the styles of a page.
        Some('<') if decode(bytes).is_ok_and(|all| markup::is_there(&String::from_utf8_lossy(&all.text))) => {
            SourceKind::Csv
        }
        Some('<') => SourceKind::DevicePage,
        _ if is_page(head) => SourceKind::DevicePage,
        _ => SourceKind::Csv,
    }
}

/// Whether a document begins as JSON does.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let Ok(decoded) = decode(head(bytes)) else { return false };
    let text = String::from_utf8_lossy(&decoded.text);
    let head = trim(&text);
    // What Python prints begins so, too.
    head.starts_with(['{', '[']) && foreign::check_bytes(bytes).is_ok() && foreign::text(head).is_none()
}

/// Whether a text is what a phone shows. Reports have such lines too, above their header and within their cells.
fn is_page(text: &str) -> bool {
    if text.lines().any(phone_page::is_heading) {
        return !is_header(text.as_bytes(), |row| is_row_of_phone(row, phone_page::is_label, |_| true));
    }
    let labels = text.lines().filter(|line| is_of_phone(line)).count();
    let lines = || text.lines().filter(|line| !trim(line).is_empty()).count();
    match labels {
        _ if has_lone_labels(text) => !has_header(text.as_bytes()),
        0 => false,
        1 => lines() <= 2 && !has_header(text.as_bytes()),
        _ => !has_header(text.as_bytes()) && !is_list(text.as_bytes()),
    }
}

/// Whether a text is a list of one column, or of MAC addresses without a header: two of its first lines are phones.
fn is_list(text: &[u8]) -> bool {
    let Ok(decoded) = decode(text) else { return false };
    let Ok(mut table) = Table::open(&*decoded.text, Written::from(&decoded), &[]) else { return false };
    if table.columns().headers().len() > 1 {
        return false;
    }
    let mut phones = 0;
    for _ in 0..LISTED {
        let Some(Ok(row)) = table.next() else { break };
        let phone = row.phone();
        phones += usize::from(
            phone.product().known().is_some()
                || phone.mac_evidence().known().is_some()
                || phone.serial_evidence().known().is_some(),
        );
    }
    phones > 1
}

/// Whether a text has a header of several columns that are read.
pub(super) fn has_header(text: &[u8]) -> bool {
    is_header(text, |row| is_row_of_phone(row, phone_page::is_label, has_digit))
}

/// The same; `is_label` tells whether a row with tabs is the name of what a phone shows, and what it shows.
fn is_header(text: &[u8], is_label: impl Fn(&str) -> bool) -> bool {
    let Ok(decoded) = decode(text) else { return false };
    let written = Written::from(&decoded);
    let table = match Table::open(&*decoded.text, written, &[]) {
        Ok(table) => table,
        Err(error) => return matches!(error, InventoryError::Ambiguous { .. }),
    };
    let columns = table.columns();
    let mut read: Vec<_> = InventoryField::ALL.iter().flat_map(|field| columns.columns(*field)).collect();
    read.sort_unstable();
    read.dedup();
    // With a tab between, a name and what it shows are two cells too.
    let first = || columns.headers().join("\t");
    let is_label = || table.delimiter() == b'\t' && is_label(&first());
    columns.headers().len() > 1 && (read.len() > 1 && !are_pairs(&first()) || !is_label())
}

/// Whether a line is the name of what a phone shows, and what it shows.
fn is_of_phone(line: &str) -> bool {
    is_row_of_phone(line, phone_page::is_label_of_phones, has_digit) || foreign::says_phone(line)
}

/// Headers have few digits, and what phones show has many.
fn has_digit(value: &str) -> bool {
    value.contains(|letter: char| letter.is_ascii_digit())
}

/// The same for labels and values, behind tabs, of another choice.
fn is_row_of_phone(line: &str, is_label: impl Fn(&str) -> bool, is_value: impl Fn(&str) -> bool) -> bool {
    let line = line.trim_start_matches('\t');
    let named = line.find([':', '=', '\t']).map(|at| line.split_at(at)).filter(|(name, _)| is_label(trim(name)));
    let Some((_, value)) = named else {
        // An editor makes blanks of tabs.
        return phone_page::parted_by_blanks(line).is_some_and(|(name, value)| is_label(name) && is_value(value));
    };
    // A browser puts a tab in the place of an empty cell.
    let cells = || value.split('\t').filter(|cell| !trim(cell).is_empty());
    match value.starts_with('\t') {
        true => (cells().count() == 1 || are_pairs(line)) && is_value(value),
        false => true,
    }
}

/// Whether a row shows several fields: a label with a colon, its value, another label with a colon. Headers have none.
fn are_pairs(row: &str) -> bool {
    let is_label = |cell: Option<&str>| {
        cell.and_then(|cell| cell.strip_suffix(':')).is_some_and(|cell| phone_page::is_label(trim(cell)))
    };
    let mut cells = row.split('\t').map(trim).filter(|cell| !cell.is_empty());
    let [label, value, next] = [cells.next(), cells.next(), cells.next()];
    is_label(label) && value.is_some() && !is_label(value) && is_label(next)
}

/// Whether a text has two labels of phones each on a line of its own, as a copy has in which each cell is on its own line.
fn has_lone_labels(text: &str) -> bool {
    let name = |line| trim(trim(line).trim_end_matches(':'));
    let mut labels = text.lines().map(name).filter(|line| phone_page::is_label_of_phones(line));
    let first = labels.next();
    first.is_some_and(|first| labels.any(|label| !label.eq_ignore_ascii_case(first)))
}
