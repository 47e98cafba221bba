//! What a document is, by its content alone.

use super::decode;
use super::field::folded;
use crate::fleet::SourceKind;
use crate::text::trim;

/// How far into a document is looked: what speaks for a kind stands in front.
const HEAD: usize = 64 << 10;

/// Names that stand in every answer of RisPort, whether it is XML or was written down as JSON.
const OF_RISPORT: [&str; 3] = ["CmNodes", "CmDevices", "SelectCmDeviceResult"];
/// The same in XML, also of an answer that holds nothing but an error. Services write the prefixes as they like.
const OF_RISPORT_XML: [&str; 4] = ["CmNodes", "electCmDevice", ":Envelope", "<Envelope"];

/// Names of what a phone shows as text, folded.
const OF_PHONE: [&str; 11] = [
    "productname",
    "serialnumber",
    "softwareversion",
    "hardwareversion",
    "macaddress",
    "hostname",
    "modelnumber",
    "versionid",
    "apploadid",
    "transitionauthorizationtype",
    "transitionauthorization",
];

/// What kind of inventory these bytes are, by their content alone, never by a name; [`SourceKind::Csv`] if nothing speaks
/// for another kind, whose reader says what is wrong.
///
/// | the document begins with | and, within its first 64 KiB | is |
/// |---|---|---|
/// | `PK`, as zip files | | [`SourceKind::Xlsx`] |
/// | `{` or `[` | has `CmNodes`, `CmDevices` or `SelectCmDeviceResult` | [`SourceKind::Risport`] |
/// | `{` or `[` | | [`SourceKind::Webex`] |
/// | `<` | has `CmNodes`, `selectCmDevice` or an `Envelope` | [`SourceKind::Risport`] |
/// | `<` | | [`SourceKind::DevicePage`], also HTML: what came instead of a page |
/// | anything else | has a line such as `Product Name: ...`, with `:`, `=` or a tab | [`SourceKind::DevicePage`] |
/// | anything else | | [`SourceKind::Csv`] |
///
/// Other names of such lines are Serial Number, Software Version, Hardware Version, MAC Address, Host Name, Model Number,
/// Version ID, App Load ID and Transition Authorization (Type); case, spaces, `_` and `-` do not matter. A line with tabs may
/// as well be the header of a table: it is of a phone if it has one tab, and a digit behind it.
///
/// Byte order marks, UTF-16 and blanks in front are looked through. [`SourceKind::Table`] is never recognized.
///
/// # Example
/// ```
/// use crossgrade::SourceKind;
/// use crossgrade::inventory::recognize;
///
/// assert_eq!(recognize(b"{\"items\": []}"), SourceKind::Webex);
/// assert_eq!(recognize(b"<DeviceInformation>"), SourceKind::DevicePage);
/// assert_eq!(recognize(b"Product Name: CP-8841-3PCC\n"), SourceKind::DevicePage);
/// assert_eq!(recognize(b"PID,VID\nCP-8841-K9=,V05\n"), SourceKind::Csv);
/// ```
pub fn recognize(bytes: &[u8]) -> SourceKind {
    if [&b"PK\x03\x04"[..], b"PK\x05\x06"].iter().any(|beginning| bytes.starts_with(beginning)) {
        return SourceKind::Xlsx;
    }
    let decoded = decode(bytes.get(..HEAD).unwrap_or(bytes));
    let head = String::from_utf8_lossy(&decoded.text);
    let head = trim(&head);
    let has = |names: &[&str]| names.iter().any(|name| head.contains(name));
    match head.chars().next() {
        Some('{' | '[') if has(&OF_RISPORT) => SourceKind::Risport,
        Some('{' | '[') => SourceKind::Webex,
        Some('<') if has(&OF_RISPORT_XML) => SourceKind::Risport,
        Some('<') => SourceKind::DevicePage,
        _ if head.lines().any(is_of_phone) => SourceKind::DevicePage,
        _ => SourceKind::Csv,
    }
}

/// Whether a line is the name of what a phone shows, and what it shows.
fn is_of_phone(line: &str) -> bool {
    let Some(at) = line.find([':', '=', '\t']) else { return false };
    let (name, value) = line.split_at(at);
    if !OF_PHONE.contains(&folded(name).as_str()) {
        return false;
    }
    match value.strip_prefix('\t') {
        Some(value) => !value.contains('\t') && value.contains(|letter: char| letter.is_ascii_digit()),
        None => true,
    }
}
