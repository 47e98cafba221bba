//! Pages of phones: what each phone says of itself.
//!
//! One page is one row, whatever came; nothing here is an error. Kinds of pages are told by their content.
//!
//! # XML
//! The page `/DeviceInformationX` of an Enterprise phone, and the product information of an MPP phone. Elements count
//! wherever they stand; case, spaces, `_` and `-` in their names do not matter, and neither do prefixes.
//!
//! | element | read as |
//! |---|---|
//! | `MACAddress`, else `HostName` | MAC |
//! | `udi` | PID, VID and serial, each by its shape: blanks of any kind stand between them |
//! | `modelNumber`, `Product_Name` | product, where `udi` has no PID |
//! | `serialNumber`, `Serial_Number` | serial |
//! | `versionID` | load, release or VID (`= V02`), whichever it reads as |
//! | `appLoadID` | load, where `versionID` is none; `rootfs88xx.14-1-1-0001-125` is no load name and is not made one |
//! | `Software_Version` | load or release, whichever it reads as |
//! | `Hardware_Version` | VID, if it reads as one; `hardwareRevision` (`1.0`, `0x0005`) never is |
//! | `Transition_Authorization_Type` | authorization; `blank` if it is there and empty |
//!
//! What is said twice and differently is no evidence: both sides are kept as text.
//!
//! # Text and HTML
//! `Product Name: CP-8841-3PCC`, one field on each line; also with tabs, blanks or `=` between them, or with the value on the
//! next line, as browsers copy such pages. A row may have empty cells in its middle, or several fields. An HTML page is read
//! as the rows and lines that a browser shows, with all references to characters resolved.
//!
//! - **Heading.** `Cisco IP Phone CP-8865 ( SEP00CCFC0000B1 )` stands above every page of an Enterprise phone, in any language: the
//!   product and the name of the phone. A page about the network, or of messages, says no more.
//! - **`UDI`** is shown in several rows, of which only the first has the label, or with line breaks. The rows up to the next
//!   label belong to it, and count by their shape. `Hardware revision` is another number and no VID.
//! - **Languages.** Labels of eleven languages are known. The rows of an unknown label are the UDI if a PID stands right before a
//!   VID or a serial number. Where a page has no label that is known, beside UDI, what a cell says also counts by its shape: a
//!   PID, a name such as `SEP00CCFC0000B1`, a serial number of the usual shape, a load.
//! - **MPP.** `Client Certificate` or `Customization` beside `Product Name` and `Software Version` stand on pages of MPP phones only. If no
//!   load says the type, such a page does.
//!
//! An HTML page is of a phone if it says which, by MAC address, serial number, UDI or heading, and the product; or the MAC address
//! and a host name made of it.
//!
//! # Several pages in one document
//! The reader gives such a document one broken row ([`Came::SeveralPages`]), so that it never mixes two phones. It finds
//! another page by any of these:
//!
//! - a second outermost element, a second `DeviceInformation`, or a second list of RisPort (`CmDevices`);
//! - text behind elements, or elements behind text;
//! - a MAC address, host name, serial number or UDI that is labeled again with another value. A MAC address and a host name
//!   made of it are one value, in any spelling and with any domain.
//!
//! A download status before or behind a page is of the same phone. A second product is a contradiction and no second page.
//!
//! # Download status
//! No document fixes the wording of a download status. `Transition Authorization Type: WxC` is read wherever it stands in a
//! text or an element, also within a longer line. No other wording is read.
//!
//! # Anything else
//! HTML, a login page, nothing, other XML, other text, bytes: a phone whose product text says what came. If the name that
//! the caller gave the page is the name of a phone, such as `SEP00CCFC123456.xml`, the phone has that MAC; what the page
//! says itself counts more.

mod page_name;

use super::phone_page::{Page, is_of_a_phone, page_text, page_xml};
use super::{BrokenRow, Came, Document, Inventory, InventoryError, RowProblem, html_text, limits};
use crate::fleet::{FleetRow, RowLabel, SourceKind};
use crate::phone::{Evidence, Phone};
use crate::text::{Shown, is_blank, trim};

/// Reads one page after the other, each as it comes. The name of a document is the name of the file or the address of the
/// phone. All pages are one source.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, device_page};
///
/// let page = "<DeviceInformation><MACAddress>00CCFC123456</MACAddress><udi>phone\nCisco IP Phone 8851\nCP-8851-K9\n\
///     V05\nFCH18219LDW</udi><versionID>sip88xx.14-1-1-0001-125</versionID></DeviceInformation>";
/// let pages = [Document::new("10.0.1.101.xml", page), Document::new("SEP00CCFC123457.xml", "<html>Sign in</html>")];
/// let inventory = device_page::read(pages);
/// let rows = inventory.fleet().rows();
/// assert_eq!(rows[0].phone().vid_evidence().known().unwrap().to_string(), "V05");
/// assert_eq!(rows[0].label().unwrap().ip_address.as_deref(), Some("10.0.1.101"));
/// assert_eq!(rows[1].phone().mac_evidence().known().unwrap().to_string(), "00CCFC123457");
/// assert_eq!(inventory.broken_rows().count(), 1);
/// ```
pub fn read<'a>(pages: impl IntoIterator<Item = Document<'a>>) -> Inventory {
    read_pages(pages.into_iter(), |_, _| {})
}

/// Whether a document says nothing of a phone.
#[cfg(feature = "inventory")]
pub(super) fn is_no_page(document: &Document<'_>) -> bool {
    let mut nowhere = Inventory::begin(SourceKind::DevicePage, document);
    matches!(read_page(document, 1, &mut nowhere), Ok(Some(came)) if came != Came::SeveralPages)
}

/// Reads pages, and calls `no_page` with each document that is no page and what it is instead.
pub(super) fn read_pages<'a>(
    mut pages: impl Iterator<Item = Document<'a>>,
    mut no_page: impl FnMut(&Document<'a>, Came),
) -> Inventory {
    let (first, second) = (pages.next(), pages.next());
    let all = Document::new("pages", b"");
    let source = match (first, second) {
        (Some(first), None) => first,
        (Some(first), Some(_)) => first.under(all.name()),
        (None, _) => all,
    };
    let has_several = second.is_some();
    let mut inventory = Inventory::begin(SourceKind::DevicePage, &source);
    for (page, row) in first.into_iter().chain(second).chain(pages).zip(1..) {
        if let Err(error) = limits::check_rows(row - 1, row) {
            inventory.end_at(error);
            break;
        }
        if has_several {
            inventory.fleet.push_page(page.name());
        }
        match read_page(&page, row, &mut inventory) {
            Ok(came) => came.into_iter().for_each(|came| no_page(&page, came)),
            Err(error) => {
                inventory.end_at(error);
                break;
            }
        }
    }
    inventory
}

/// Adds the row of a document. If it is no page, the row and the result say what it is instead.
fn read_page(document: &Document<'_>, row: u64, inventory: &mut Inventory) -> Result<Option<Came>, InventoryError> {
    let found = document.bytes().len();
    if limits::check_file(found as u64).is_err() {
        let phone = Phone::new(format!("a page of {found} bytes"));
        push(document, row, phone, None, Some(RowProblem::TooLong { found }), inventory);
        return Ok(None);
    }
    let text = super::xml_elements::text(document.bytes())?;
    let shown;
    let mut page = Page::default();
    let instead = match trim(&text).bytes().next() {
        None => Some(Came::Nothing),
        Some(b'<') => match page_xml::read(&text, &mut page) {
            Some(Came::Html) => {
                shown = html_text::shown(&text)?;
                page = Page::default();
                page_text::read(&shown, &mut page);
                (!is_of_a_phone(&page)).then(|| if html_text::is_login(&text) { Came::Login } else { Came::Html })
            }
            came => came,
        },
        Some(_) if is_binary(&text) => Some(Came::Binary),
        Some(_) => {
            page_text::read(&text, &mut page);
            (!page.says_a_phone()).then_some(Came::OtherText)
        }
    };
    let is_of_several = page.is_of_several() || !page.says_which_phone() && is_list(&text);
    let came = instead.or(is_of_several.then_some(Came::SeveralPages));
    match came {
        Some(came) => push(document, row, other(came, &text), None, Some(RowProblem::Came(came)), inventory),
        None => {
            let (phone, problem) = page.phone();
            push(document, row, phone, page.host_name(), problem, inventory);
        }
    }
    Ok(came)
}

/// Whether a text is a list or table of phones, whose names of fields pages have too.
#[cfg(feature = "csv")]
fn is_list(text: &str) -> bool {
    super::markup::is_there(text)
}

#[cfg(not(feature = "csv"))]
fn is_list(_: &str) -> bool {
    false
}

/// Adds the phone of a page, with what its name says.
fn push(
    document: &Document<'_>,
    row: u64,
    phone: Phone<'static>,
    host_name: Option<&str>,
    problem: Option<RowProblem>,
    inventory: &mut Inventory,
) {
    let phone = match (page_name::mac(document.name()), phone.mac_evidence()) {
        (None, _) | (Some(_), Evidence::Contradictory(_)) => phone,
        (Some(named), Evidence::Known(said)) => {
            if named != *said {
                inventory.note(format!(
                    "{}: the page says that it is of {said}, which counts",
                    Shown::both_ends(document.name())
                ));
            }
            phone
        }
        (Some(named), Evidence::Absent) => phone.mac(named),
        (Some(named), Evidence::Unreadable(said)) => {
            let (name, said) = (Shown::both_ends(document.name()), Shown::quoted(said));
            inventory.note(format!("{name}: the page says {said}, which is no MAC; its name counts"));
            phone.mac(named)
        }
    };
    let label = RowLabel {
        // The name of the document is that of its source.
        name: host_name.filter(|name| !name.is_empty()).map(str::to_owned),
        ip_address: page_name::ip_address(document.name()).map(|address| address.to_string()),
        ..RowLabel::default()
    };
    let broken = problem.map(|problem| BrokenRow { line: row, problem });
    inventory.push(FleetRow::new(row, phone).labeled(label), broken);
}

/// Characters of a page that says nothing of a phone, for a person to see what it is.
const SHOWN: usize = 60;

/// The phone of a page that says nothing of it: what came stands in the place of the product.
fn other(came: Came, text: &str) -> Phone<'static> {
    let blanks_as_one = text.split(|letter: char| is_blank(letter) || letter.is_control());
    let mut begin = String::new();
    for word in blanks_as_one.filter(|word| !word.is_empty()) {
        if begin.len() >= SHOWN {
            break;
        }
        begin.extend((!begin.is_empty()).then_some(' '));
        begin.extend(word.chars().take(SHOWN));
    }
    let begin: String = begin.chars().take(SHOWN).collect();
    let colon = if begin.is_empty() { "" } else { ": " };
    Phone::new(format!("{came} instead of the page of a phone{colon}{begin}"))
}

/// Whether a text has control characters, which no page of a phone has.
fn is_binary(text: &str) -> bool {
    const LOOKED_AT: usize = 4096;
    let is_foreign = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0b' | b'\x0c' | b'\x1b');
    text.bytes().take(LOOKED_AT).any(|byte| is_foreign(&byte))
}
