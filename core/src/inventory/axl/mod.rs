//! Phones as Unified CM is configured with them: answers of AXL to `listPhone`, `getPhone` and `executeSQLQuery`, as XML or
//! as JSON, and what programs keep of them.
//!
//! | element or key of a phone | read as |
//! |---|---|
//! | `name` | MAC; name of the label |
//! | `model`, `tkmodel` | product: a name or a type code of Unified CM |
//! | `product` | product, where there is no model and it is no number: numbers are codes of another list |
//! | `description` | label |
//! | `devicePoolName`, `loadInformation`, `specialloadinformation` | status of the label: `configured in device pool Oslo with load sip88xx.14-3-1-0001-60` |
//!
//! A record of JSON may say more under headers of tables, such as `serial_number` or `vid`: that is read, too. A load is one that is configured,
//! whatever its key is called.
//!
//! Case, `_` and prefixes do not matter, and values may stand in wrappers: `{"_value_1": "DP-Main", "uuid": "..."}`.
//!
//! A phone that is configured may be switched off, or may have been converted since: nothing here is evidence of what runs, nor
//! of its type. Ask RisPort for that.
//!
//! Every phone is a row, also one that is none, such as a CTI port. An answer without phones is an inventory of none,
//! with a note. A fault is [`InventoryError::Refused`].

mod axl_json;
mod axl_xml;
mod configured_phone;

use super::records::Survey;
use super::records::mended_json::mended;
use super::records::said_beside::Unread;
use super::xml_elements::text;
use super::{BrokenRow, Came, Document, Inventory, InventoryError, Keep, RowProblem, html_text, limits};
use crate::fleet::{FleetRow, SourceKind};
use crate::inventory::kept_of_devices::NamesOfDevices;
use crate::inventory::reading_report::counted;
use crate::text::{Shown, trim};
use configured_phone::Device;

const EXPECTED: &str = "an answer of AXL to listPhone, getPhone or executeSQLQuery, as XML or JSON";

/// Reads an answer.
///
/// # Errors
/// [`InventoryError::Refused`] if the service answered with a fault, [`InventoryError::OtherThing`] if something else came,
/// [`InventoryError::TooMuch`] if the file is too large. Where reading ends later, [`Inventory::cuts`] says why.
///
/// # Example
/// ```
/// use crossgrade::Evidence;
/// use crossgrade::inventory::{Document, axl};
///
/// let answer = "<listPhoneResponse><return><phone><name>SEP00CCFC992E7C</name><model>Cisco 8841</model>\
///     <loadInformation>sip88xx.14-3-1-0001-60</loadInformation></phone></return></listPhoneResponse>";
/// let inventory = axl::read(&Document::new("phones.xml", answer))?;
/// let row = &inventory.fleet().rows()[0];
/// assert_eq!(row.phone().product().known().unwrap().model().as_str(), "8841");
/// assert_eq!(row.phone().load_evidence(), &Evidence::Absent);
/// assert_eq!(row.label().unwrap().status.as_deref(), Some("configured with load sip88xx.14-3-1-0001-60"));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read(document: &Document<'_>) -> Result<Inventory, InventoryError> {
    read_keeping(document, &Keep::default())
}

/// The same; these elements or keys of phones come with them.
///
/// # Errors
/// As [`read`]; also if no phone has such an element.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, axl};
///
/// let answer = r#"[{"name": "SEP00CCFC992E7C", "tkmodel": "683", "ownerUserName": {"_value_1": "anna"}}]"#;
/// let inventory = axl::read_keeping(&Document::new("phones.json", answer), &"owner=ownerUserName".parse()?)?;
/// assert_eq!(inventory.fleet().rows()[0].kept_in("owner"), Some("anna"));
/// # Ok::<(), crossgrade::inventory::InventoryError>(())
/// ```
pub fn read_keeping(document: &Document<'_>, keep: &Keep) -> Result<Inventory, InventoryError> {
    limits::check_file(document.bytes().len() as u64)?;
    let text = text(document.bytes())?;
    let mut answer = Answer::new(document, keep);
    answer.has_references = text.contains(REFERENCE);
    match trim(&text).bytes().next() {
        Some(b'<') => axl_xml::read(&text, &mut answer).map_err(|error| match error {
            InventoryError::OtherThing { .. } if html_text::is_html(&text) => other(Came::Html.as_str()),
            error => error,
        })?,
        Some(b'{' | b'[') => {
            let text = mended(&text);
            axl_json::read(&Survey::of(&text)?, &text, &mut answer)?;
        }
        Some(_) => return Err(other("text that is neither XML nor JSON")),
        None => return Err(InventoryError::Empty),
    }
    answer.end()
}

/// How SOAP calls what stands elsewhere than where it belongs.
const REFERENCE: &str = "multiRef";

/// Reads JSON that was looked through.
#[cfg(feature = "inventory")]
pub(super) fn read_survey(
    document: &Document<'_>,
    survey: &Survey<'_>,
    text: &str,
    keep: &Keep,
) -> Result<Inventory, InventoryError> {
    let mut answer = Answer::new(document, keep);
    axl_json::read(survey, text, &mut answer)?;
    answer.end()
}

fn other(found: &str) -> InventoryError {
    InventoryError::OtherThing { found: found.to_owned(), expected: EXPECTED }
}

/// The phones of an answer, as they are read.
struct Answer {
    names: NamesOfDevices,
    inventory: Inventory,
    /// Of how many phones a load is configured.
    configured: u64,
    /// Keys of phones that nobody knows.
    unread: Unread,
    /// Elements may be references to what stands elsewhere, as SOAP writes them.
    has_references: bool,
}

impl Answer {
    fn new(document: &Document<'_>, keep: &Keep) -> Self {
        let inventory = Inventory::begin(SourceKind::Axl, document);
        Self {
            names: NamesOfDevices::new(keep),
            inventory,
            configured: 0,
            unread: Unread::default(),
            has_references: false,
        }
    }

    /// Adds a row. If it is no device, the row keeps the beginning of `text`.
    fn push(&mut self, device: Device, text: &str, problem: Option<RowProblem>) -> Result<(), InventoryError> {
        let mut device = device;
        let row = self.inventory.rows_read + 1;
        limits::check_rows(row - 1, row)?;
        self.inventory.try_reserve(1)?;
        let nothing = (!device.says_anything()).then_some(RowProblem::NoDevice);
        let problem = problem.or(nothing).or(device.problem());
        let instead = problem
            .filter(|problem| matches!(problem, RowProblem::Cut | RowProblem::NoDevice))
            .map(|problem| format!("{problem}: {}", text.chars().take(limits::KEPT).collect::<String>()));
        self.unread.take_over(std::mem::take(&mut device.unread));
        self.configured += u64::from(device.has_load());
        let row_of_phone = FleetRow::new(row, device.phone(instead.as_deref()))
            .labeled(device.label())
            .with_kept(device.kept.of(&self.names));
        self.inventory.push(row_of_phone, problem.map(|problem| BrokenRow { line: row, problem }));
        Ok(())
    }

    fn end(mut self) -> Result<Inventory, InventoryError> {
        if self.configured > 0 {
            self.inventory.note(format!(
                "{} configured with a load, which is no evidence of what runs",
                match self.configured {
                    1 => "1 phone is".to_owned(),
                    count => format!("{} are", counted(count, "phone")),
                }
            ));
        }
        self.names.end(self.inventory)?.within_memory()
    }

    fn note_of_none(&mut self, what: &str) {
        self.inventory.note(format!("{} has no phones", Shown::new(what)));
    }
}
