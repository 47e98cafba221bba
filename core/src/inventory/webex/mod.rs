//! Device lists of Webex: answers of `GET /v1/devices`, and CSV files of Control Hub.
//!
//! # JSON
//! An answer `{"items": [...]}`, a list, a single device, and any number of these one after another, as pages that were
//! written to one file or line by line; also pages in a list. Read as soon as they come: what stands before a cut counts.
//!
//! | member | becomes |
//! |---|---|
//! | `product` | the product, such as `Cisco 8841` |
//! | `mac`, `serial` | the same |
//! | `software` | the load, or else the release: `sip88xx.12-0-3MPP0001-87` |
//! | `displayName`, `ip`, `connectionStatus` | [`description`], [`ip_address`], [`status`] of the label |
//! | `model`, `description`, `activationState` | the same as product, display name and connection, in devices of Webex Calling: `DMS Cisco 8811` |
//!
//! What stands under other headers of tables, such as `vid`, is read, too, and then the record is no evidence of MPP firmware. Neither is a
//! phone of another maker (`DMS Poly VVX 250`).
//!
//! Devices may stand in any wrapper, such as `{"devices": [...]}`, and keys in any spelling. A device that is added and not
//! yet activated is no evidence of MPP firmware. A document of records that are RisPort's or Unified CM's is refused by what it is.
//!
//! A device in Webex is evidence of
//! MPP firmware. Every item is a row, also devices that are no phones, and items that are no devices at all; of such items
//! that are short, as `1` or `{}`, the first 20, and a note counts the others. Lists in lists, and `items` of a device, are
//! looked into too. A member that is said twice, differently, is unreadable, and so is what is no text where a text belongs.
//! An error of the service (`message`, `errors`) beside items is told by [`Inventory::cuts`], and a member that is not read
//! but may hold devices, of Webex or of another kind, by a note.
//!
//! # CSV
//! | rows | read as |
//! |---|---|
//! | below `Model`, `MAC Address`, and at most `Username`, `Type`, `Phone Number`, `Extension`, `Device Type`, `Location`, `Calling Plan` | the template for migrations: `Model` and `MAC Address` alone, no evidence of MPP firmware |
//! | with a connection status of Webex, in a file without `Calling Plan` | a device in Webex: evidence of MPP firmware, unless the row says which firmware it runs |
//! | else | as in any CSV: a load says what runs, nothing else is evidence of MPP firmware |
//!
//! The connection status stands below `Connection Status`, `Online Status` or `Status`: `connected`, `connected_with_issues`,
//! `disconnected`, `online`, `online with issues`, `offline`, `offline_expired` or `offline_deep_sleep`, in any case. Other
//! words, such as `Registered` or `to migrate`, are those of other lists.
//!
//! The template lists phones that shall come to Webex: its guide (S1) warns not to list those that are there already.
//! [`Inventory::notes`](super::Inventory::notes) says so when a file was read without evidence of MPP firmware.
//!
//! [`description`]: crate::fleet::RowLabel::description
//! [`ip_address`]: crate::fleet::RowLabel::ip_address
//! [`status`]: crate::fleet::RowLabel::status

mod control_hub_csv;
mod device_list;
mod webex_device;

use super::records::{RecordKind, Survey, damage};
use super::{Document, Encoding, Inventory, InventoryError, Keep, decode, limits, lossy};
use crate::fleet::SourceKind;
use crate::text::Shown;

const EXPECTED: &str = "a device list of Webex, JSON or CSV";

/// Reads a device list of Webex, JSON or CSV; see [the module](self) for what is read.
///
/// # Errors
/// If nothing can be read: [`InventoryError::Refused`] if the service answers with an error, [`InventoryError::Broken`] and
/// [`InventoryError::TooMuch`] if reading ends before the first device, [`InventoryError::OtherThing`] for other JSON, and
/// the errors of [`csv`](super::csv). Once there is a device, the same stand in [`Inventory::cuts`].
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, webex};
/// use crossgrade::{Destination, Verdict, assess};
///
/// let answer = r#"{"items": [
///     {"displayName": "Reception", "product": "Cisco 8841", "mac": "00:CC:FC:12:34:56",
///      "software": "sip88xx.12-0-3MPP0001-87", "connectionStatus": "connected"},
///     {"displayName": "Board", "product": "Cisco Room Kit", "software": "RoomOS 11.19"}
/// ]}"#;
/// let inventory = webex::read(&Document::new("devices.json", answer))?;
/// let rows = inventory.fleet().rows();
/// assert_eq!(rows.len(), 2);
/// assert_eq!(assess(rows[0].phone(), Destination::WebexCalling).verdict(), Verdict::NotNeeded);
/// assert!(assess(rows[1].phone(), Destination::WebexCalling).not_a_phone().is_some());
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read(document: &Document<'_>) -> Result<Inventory, InventoryError> {
    read_keeping(document, &Keep::default())
}

/// The same; these columns of CSV, or members of devices in JSON, come with the phones. A member that is no text is kept as
/// its JSON, `null` as nothing.
///
/// # Errors
/// As [`read`]; also if there is no such column to keep, or if no device has such a member.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, webex};
///
/// let answer = r#"{"items": [{"product": "Cisco 8841", "locationId": "Oslo", "tags": ["a", "b"]}]}"#;
/// let inventory = webex::read_keeping(&Document::new("devices.json", answer), &"locationId,tags".parse()?)?;
/// let kept = inventory.fleet().rows()[0].kept();
/// assert_eq!(kept.collect::<Vec<_>>(), [("locationId", "Oslo"), ("tags", r#"["a", "b"]"#)]);
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read_keeping(document: &Document<'_>, keep: &Keep) -> Result<Inventory, InventoryError> {
    limits::check_file(document.bytes().len() as u64)?;
    let decoded = decode(document.bytes())?;
    let encoding = decoded.encoding;
    let text = lossy(decoded.text)?;
    match text.trim_start().chars().next() {
        Some('{' | '[') => {
            let survey = Survey::of(&text)?;
            if !survey.records.is_empty() {
                survey.refuse_others(RecordKind::Webex, EXPECTED)?;
            }
            read_survey(document, &survey, &text, encoding, keep)
        }
        Some('<') => {
            Err(InventoryError::OtherThing { found: format!("a page: {}", Shown::new(&text)), expected: EXPECTED })
        }
        _ => control_hub_csv::read(document, keep),
    }
}

/// Reads JSON that was looked through.
pub(super) fn read_survey(
    document: &Document<'_>,
    survey: &Survey<'_>,
    text: &str,
    encoding: Encoding,
    keep: &Keep,
) -> Result<Inventory, InventoryError> {
    let mut inventory = Inventory::begin(SourceKind::Webex, document);
    if encoding != Encoding::Utf8 {
        inventory.note(format!("read as {encoding}"));
    }
    let outcome = match survey.has_webex_elsewhere() {
        true => device_list::Answer::read_records(survey, inventory, keep),
        false => device_list::Answer::read(text, inventory, keep),
    };
    outcome.and_then(Inventory::within_memory).map_err(|error| damage::with_cure(error, text))
}
