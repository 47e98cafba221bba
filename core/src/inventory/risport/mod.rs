//! Answers of Unified CM's RisPort service: which phones are registered, where, and with which load.
//!
//! An answer to `selectCmDevice` or `selectCmDeviceExt` of RisPort70, as XML; or the same tree as JSON, as
//! `json.dumps(zeep.helpers.serialize_object(answer))` writes it, with or without its outer keys. Prefixes and namespaces
//! do not matter.
//!
//! Programs keep the devices in other shapes of JSON too, and these are read alike: with keys in another spelling (`activeLoadId`,
//! `cmNodes` with `devices`), as one list of records that name their node themselves (`nodeName`), under any key such as `ris`, and
//! under their names (`{"SEP00CCFC123456": {...}}`).
//!
//! | element of a device | read as |
//! |---|---|
//! | `Name` | MAC; name of the label |
//! | `Model` | product: a type code of Unified CM, such as `683`, or a name |
//! | `ActiveLoadID` | load, where `Status` is `Registered` or `PartiallyRegistered` |
//! | `Status` | `Registered`, in any case, is evidence that Enterprise firmware runs; every other word is no evidence |
//! | `Description`, `IPAddress`, `Status`, name of the node | label; of several addresses an IPv4 one |
//!
//! A record of JSON may say more under headers of tables, such as `serial_number`, `vid` or `mac`: that is read, too. A record that
//! stands in no answer (`cmNodes`, `CmDevices`) proves Enterprise firmware only if the caller calls it one of RisPort, or if it has three names that only
//! RisPort has, as in a table.
//!
//! `Product` is a type code of another list and no PID; `InactiveLoadID` is not what runs. Every device is a row, also
//! gateways and CTI ports; the number of a row is the number of the device in the document, from 1, by where it ends.
//!
//! Devices are found in wrappers too, in other devices, and beside `CmDevices`, where they are named and say something more;
//! a note counts those. An entry of `CmDevices` that says nothing of a device is a broken row; of short ones, such as `1` or
//! `<item/>`, the first 20, and a note counts the others. Of what is named and no device, notes tell what it says, and so they
//! do of texts beside the elements of a device, and of devices of Webex and pages of phones that somebody put beside
//! those of RisPort, which are not read. A fault beside devices, and an answer within a text, are told by
//! [`Inventory::cuts`].
//!
//! # Captures of `show risdb query phone`
//! What the command line of Unified CM shows of one node is an answer too, and several captures in one file are one of
//! several nodes, which have no name:
//!
//! | column | read as |
//! |---|---|
//! | `DeviceName`, `DeviceModel`, `Descr`, `Ipaddr` | `Name`, `Model`, `Description`, `IPAddress` |
//! | `RegStatus` | `Status`: `reg`, `unr`, `rej` and `part` are `Registered`, `UnRegistered`, `Rejected` and `PartiallyRegistered` |
//! | `ActiveLoadId`, where it is empty or missing `LoadId` | `ActiveLoadID` |
//!
//! ```
//! use crossgrade::inventory::{Document, risport};
//!
//! let capture = "admin:show risdb query phone\n\
//!     DeviceName, Descr, Ipaddr, MACaddr, RegStatus, DeviceModel, LoadId, ActiveLoadId\n\
//!     SEP00CCFC000021, Lab, 10.1.1.21, SEP00CCFC000021, unr, 683, , sip88xx.12-5-1SR3-74\nTotal count 1\n";
//! let inventory = risport::read(&Document::new("cucm.log", capture))?;
//! let status = inventory.fleet().rows()[0].label().and_then(|label| label.status.as_deref());
//! assert_eq!(status, Some("UnRegistered, last seen with load sip88xx.12-5-1SR3-74"));
//! # Ok::<(), crossgrade::inventory::InventoryError>(())
//! ```
//!
//! Prompts, rulers, headings, counts and pages are no devices, and neither are gateways and other devices, which queries
//! of other names show. Rows may be wrapped, and descriptions may hold commas; a row whose cells do not line up is a
//! broken one. A capture of a node without phones gives none, and a note says so.
//!
//! # Phones that are not registered
//! RisPort goes on telling the load of a phone that is gone, also of one that was converted since. Such a load is no evidence
//! of what runs: the status of the label keeps it (`UnRegistered, last seen with load sip88xx.12-5-1SR3-74`), and a note
//! counts the phones.
//!
//! # One phone on several nodes
//! Rows belong together if their names are the same MAC, or the same name where it is none. Those that are registered
//! are the phone; where none is, those that are partially registered, else the first that says a load, else the first. If
//! several are registered and differ, the evidence contradicts itself and keeps all sides, and a note names them;
//! [`merge`](crate::merge::merge()) asks whether an answer hinges on it. The others are kept by their numbers in the [`Trail`](crate::fleet::Trail) of the phone: they are among its rows, and set aside.
//!
//! # Answers that are cut
//! Strings and numbers of JSON that no program can hold do not end it: half a surrogate pair is a replacement character,
//! `NaN` and infinity are null, and a number that is too large is its text. Devices before the cut are read as usual. The device that was cut is a row too, with what was read of it completely.
//! A note tells if the service found more devices than the answer has: it gives 1,000 at most, and must be asked again for
//! the rest.

mod answer;
mod capture;
mod device_place;
mod heard_element;
mod joined_nodes;
mod risport_device;
mod risport_field;
mod risport_json;
mod risport_notes;
mod risport_xml;
mod signs;
mod wrapper;

use answer::Answer;

use super::records::mended_json::mended;
use super::records::{RecordKind, Survey};
use super::xml_elements::text;
use super::{Came, Document, Inventory, InventoryError, Keep, html_text, limits};
use crate::fleet::SourceKind;
use crate::text::{Shown, listed, trim};

const EXPECTED: &str = "an answer to selectCmDevice or selectCmDeviceExt of RisPort70, as XML or JSON, or a capture of `show risdb query phone`";

/// Reads an answer.
///
/// # Errors
/// [`InventoryError::Refused`] if the service answered with a fault, [`InventoryError::OtherThing`] if something else came,
/// [`InventoryError::TooMuch`] if the file is too large. Where reading ends later, [`Inventory::cuts`] says why.
///
/// # Example
/// ```
/// use crossgrade::FirmwareType;
/// use crossgrade::inventory::{Document, risport};
///
/// let answer = "<CmNodes><item><Name>cucm-pub</Name><CmDevices><item><Name>SEP00CCFC992E7C</Name><Model>683</Model>\
///     <Status>Registered</Status><ActiveLoadID>sip88xx.14-3-1-0001-60</ActiveLoadID></item></CmDevices></item></CmNodes>";
/// let inventory = risport::read(&Document::new("cluster.xml", answer))?;
/// let row = &inventory.fleet().rows()[0];
/// assert_eq!(row.phone().product().known().unwrap().model().as_str(), "8841");
/// assert_eq!(row.phone().firmware_type_evidence().known(), Some(FirmwareType::Enterprise));
/// assert_eq!(row.label().unwrap().node.as_deref(), Some("cucm-pub"));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read(document: &Document<'_>) -> Result<Inventory, InventoryError> {
    read_keeping(document, &Keep::default())
}

/// The same; these elements of devices come with the phones. All texts in such an element are one, with ` and ` between
/// those that differ. Of a phone on several nodes the first device counts that says something, those that are registered
/// first, and the problem of its row tells what others say.
///
/// # Errors
/// As [`read`]; also if no device has such an element.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, risport};
///
/// let answer = "<CmNodes><item><CmDevices><item><Name>SEP00CCFC992E7C</Name><Model>683</Model>\
///     <Httpd>Yes</Httpd></item></CmDevices></item></CmNodes>";
/// let inventory = risport::read_keeping(&Document::new("cluster.xml", answer), &"web=Httpd".parse()?)?;
/// assert_eq!(inventory.fleet().rows()[0].kept_in("web"), Some("Yes"));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read_keeping(document: &Document<'_>, keep: &Keep) -> Result<Inventory, InventoryError> {
    limits::check_file(document.bytes().len() as u64)?;
    let text = text(document.bytes())?;
    if trim(&text).starts_with(['{', '[']) {
        let text = mended(&text);
        let survey = Survey::of(&text)?;
        if !survey.is_like_risport && !survey.records.is_empty() {
            survey.refuse_others(RecordKind::Risport, EXPECTED)?;
        }
        return read_survey(document, &survey, &text, keep, true);
    }
    let mut answer = Answer::new(keep);
    let (end, language) = match trim(&text).bytes().next() {
        Some(b'<') => {
            answer.has_references = text.contains(REFERENCE);
            (risport_xml::read(&text, &mut answer), "XML")
        }
        Some(_) => (capture::read(&text, &mut answer)?, "text"),
        None => return Err(other(Came::Nothing.as_str())),
    };
    inventory_of(document, answer, end, language, &text)
}

/// How SOAP calls what stands elsewhere than where it belongs.
const REFERENCE: &str = "multiRef";

/// Reads JSON that was looked through. `is_said` tells whether the caller calls it an answer of RisPort.
pub(super) fn read_survey(
    document: &Document<'_>,
    survey: &Survey<'_>,
    text: &str,
    keep: &Keep,
    is_said: bool,
) -> Result<Inventory, InventoryError> {
    let mut answer = Answer::new(keep);
    answer.is_known = survey.records.iter().any(|record| record.kind.is_some());
    answer.is_said = is_said;
    let end = risport_json::read(text.trim_start_matches('\u{feff}'), &mut answer);
    inventory_of(document, answer, end, "JSON", text)
}

/// What an answer is that was read to its end.
fn inventory_of(
    document: &Document<'_>,
    mut answer: Answer,
    end: Result<(), InventoryError>,
    language: &str,
    text: &str,
) -> Result<Inventory, InventoryError> {
    let end = end.and(answer.end());
    let fault = (!answer.fault.is_empty()).then(|| InventoryError::Refused {
        message: listed(&answer.fault, ": ", 0, |text| Shown::new(text).to_string()),
    });
    if let Some(fault) = fault.clone().filter(|_| answer.devices.is_empty()) {
        return Err(fault);
    }
    if !answer.is_known {
        return Err(match end {
            Err(error @ InventoryError::TooMuch { .. }) => error,
            _ if html_text::is_html(text) => other(Came::Html.as_str()),
            Err(error) => other(&format!("damaged {language} that says nothing of devices ({error})")),
            Ok(()) => other(&nothing_of_devices(language, answer.outermost.as_deref())),
        });
    }
    let mut inventory = Inventory::begin(SourceKind::Risport, document);
    risport_notes::notes(&answer, end.is_ok(), &mut inventory);
    inventory.try_reserve(answer.devices.len())?;
    joined_nodes::join(&answer, &mut inventory);
    fault.into_iter().for_each(|fault| inventory.end_at(fault));
    if answer.has_answer_in_text {
        inventory.end_at(other("a text of the answer that holds an answer of its own, which is not read"));
    }
    if let Err(error) = end {
        inventory.end_at(error);
    }
    answer.names.end(inventory)?.within_memory()
}

fn other(found: &str) -> InventoryError {
    InventoryError::OtherThing { found: found.to_owned(), expected: EXPECTED }
}

fn nothing_of_devices(language: &str, outermost: Option<&str>) -> String {
    match outermost {
        Some(name) => format!("{language} that says nothing of devices and begins with {}", Shown::quoted(name)),
        None => format!("{language} that says nothing of devices"),
    }
}
