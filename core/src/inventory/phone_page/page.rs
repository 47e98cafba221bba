//! What a page says, and the phone that it is of.

use std::borrow::Cow;

use super::heading::Heading;
use super::page_authorization;
use super::page_field::PageField;
use super::value_shapes::Shapes;
use crate::firmware::{FirmwareType, LoadName};
use crate::inventory::field_cell::Cell;
use crate::inventory::said_in_document::Said;
use crate::inventory::udi::{self, Word};
use crate::inventory::{InventoryField, RowProblem, limits, row_to_phone};
use crate::phone::{Authorization, Mac, Phone, Product, Vid};
use crate::text::{FieldText, trim};

/// The texts of a page.
#[derive(Debug, Default)]
pub(in crate::inventory) struct Page<'a> {
    mac: Said<'a>,
    host_name: Said<'a>,
    serial: Said<'a>,
    product: Said<'a>,
    version: Said<'a>,
    app_load: Said<'a>,
    software: Said<'a>,
    hardware: Said<'a>,
    udi: Said<'a>,
    authorization: Said<'a>,
    heading_product: Said<'a>,
    heading_name: Said<'a>,
    shapes: Shapes<'a>,
    /// A label says which phone it is, or which product: then the language is known.
    has_known_label: bool,
    /// The product has the label that MPP phones give it.
    is_named_as_mpp: bool,
    /// There is a label that only MPP phones have.
    has_label_of_mpp: bool,
    pub(super) problem: Option<RowProblem>,
    /// What the first label of each field of identity says.
    identity: Vec<(PageField, Cow<'a, str>)>,
    /// The first MAC address that a label says, by itself or in a host name.
    first_mac: Option<Mac>,
    /// The field whose label began, and of which nothing is said yet.
    begun: Option<PageField>,
    is_of_several: bool,
}

/// The words of `udi` that are read.
#[derive(Default)]
struct Udi<'p> {
    pid: Said<'p>,
    vid: Said<'p>,
    serial: Said<'p>,
}

/// Where a value stands that counts by its shape.
const UNLABELED: &str = "a cell without a known label";

/// Whether two texts are one, as far as pages are read.
fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Whether two texts say the same of a field, however they are written. Blanks stand one by one in both; a text that is
/// longer than any name is not walked again for each that comes behind it.
fn is_same_value(field: PageField, one: &str, other: &str) -> bool {
    const LONGEST_NAME: usize = 255;
    if is_same(one, other) {
        return true;
    }
    if one.len().max(other.len()) > LONGEST_NAME {
        return false;
    }
    let product = |text: &str| Product::read(text.as_bytes()).ok();
    match field {
        PageField::Mac => mac(field, one).is_some() && mac(field, one) == mac(field, other),
        PageField::HostName => match (mac(field, one), mac(field, other)) {
            (Some(one), Some(other)) => one == other,
            _ => is_same(without_domain(one), other) || is_same(one, without_domain(other)),
        },
        PageField::Product | PageField::Model => product(one).is_some() && product(one) == product(other),
        _ => false,
    }
}

/// The MAC address that a text says, if it is said in such a field: a host name may have a domain behind it.
fn mac(field: PageField, text: &str) -> Option<Mac> {
    let read = |text: &str| Mac::read(text.as_bytes()).ok();
    match field {
        PageField::Mac => read(text),
        PageField::HostName => read(text).or_else(|| read(without_domain(text))),
        _ => None,
    }
}

/// A host name without its domain; an address has none.
fn without_domain(name: &str) -> &str {
    let host = name.split_once('.').map(|(host, _)| host);
    host.filter(|host| !host.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(name)
}

/// The text with one blank wherever there are some: two that say the same are then of one length.
fn with_single_blanks(text: &str) -> Cow<'_, str> {
    let is_so =
        |text: &str| !text.contains("  ") && !text.contains(|letter: char| letter != ' ' && letter.is_whitespace());
    if is_so(text) {
        return Cow::Borrowed(text);
    }
    let mut single = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        single.extend((!single.is_empty()).then_some(' '));
        single.push_str(word);
    }
    Cow::Owned(single)
}

impl<'a> Page<'a> {
    /// The label of a field begins. What is said up to the next label is its value, in one piece or several; a label of
    /// identity that is there again with another value, and a host name with another MAC address than the page says, are
    /// those of another phone.
    pub(super) fn label(&mut self, field: PageField) {
        match field {
            PageField::OfMpp => self.has_label_of_mpp = true,
            _ => self.begun = Some(field),
        }
        self.is_named_as_mpp |= field == PageField::Product;
        self.has_known_label |= matches!(
            field,
            PageField::Mac | PageField::HostName | PageField::Serial | PageField::Product | PageField::Model
        );
    }

    /// Keeps what the heading of the page says.
    pub(super) fn say_heading(&mut self, heading: Heading<'a>) {
        if let Some(mac) = mac(PageField::HostName, heading.name) {
            self.is_of_several |= *self.first_mac.get_or_insert(mac) != mac;
        }
        self.heading_product.hear(heading.product, |one, other| is_same_value(PageField::Model, one, other));
        self.heading_name.hear(heading.name, is_same);
        let problem = self.heading_product.problem().or(self.heading_name.problem());
        self.problem = problem.or(self.problem);
    }

    /// Keeps the value of a label that is not known, if its shape says what it is.
    pub(super) fn look_at_shape(&mut self, text: &'a str) {
        self.shapes.look_at(text);
    }

    /// Another page begins in the same document.
    pub(super) fn begin_another(&mut self) {
        self.is_of_several = true;
    }

    /// Whether the document has pages of several phones: what one says is not mixed with what the other says.
    pub(in crate::inventory) fn is_of_several(&self) -> bool {
        self.is_of_several && self.says_anything()
    }

    /// Keeps what the label of identity that just began says first.
    fn identify(&mut self, field: PageField, text: Cow<'a, str>) {
        if let Some(mac) = mac(field, &text) {
            self.is_of_several |= *self.first_mac.get_or_insert(mac) != mac;
        }
        match self.identity.iter().find(|(known, _)| *known == field) {
            None => self.identity.push((field, text)),
            Some((_, before)) => self.is_of_several |= !is_same_value(field, before, &text),
        }
    }

    /// Keeps what is said of a field.
    pub(super) fn say(&mut self, field: PageField, text: Cow<'a, str>) {
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
            Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
        };
        let is_blank = text.is_empty();
        if field == PageField::OfMpp || is_blank && field != PageField::Authorization {
            return;
        }
        if text.len() > limits::CELL {
            let (beginning, found) = (limits::beginning(&text), text.len());
            return self.say_too_long(Some(field), beginning, found);
        }
        let text = match text {
            _ if is_blank => Cow::Borrowed(Authorization::Blank.as_str()),
            Cow::Borrowed(text) => with_single_blanks(text),
            Cow::Owned(text) => Cow::Owned(with_single_blanks(&text).into_owned()),
        };
        if self.begun.take_if(|begun| *begun == field).is_some() && field.is_of_identity() {
            self.identify(field, text.clone());
        }
        let said = self.said(field);
        said.hear(text, |one, other| is_same_value(field, one, other));
        self.problem = said.problem().or(self.problem);
    }

    /// Keeps one more piece of the value that was said last.
    pub(super) fn say_piece(&mut self, field: PageField, piece: &str) {
        let piece = trim(piece);
        if piece.is_empty() {
            return;
        }
        let said = self.said(field);
        said.hear_piece(piece);
        self.problem = said.problem().or(self.problem);
    }

    /// Keeps the beginning of what is said of a field at too great length, or of none.
    pub(super) fn say_too_long(&mut self, field: Option<PageField>, beginning: String, found: usize) {
        self.problem = Some(RowProblem::TooLong { found });
        if let Some(field) = field {
            self.begun.take_if(|begun| *begun == field);
            let said = self.said(field);
            said.hear_beginning(beginning, found);
            self.problem = said.problem();
        }
    }

    fn said(&mut self, field: PageField) -> &mut Said<'a> {
        match field {
            PageField::Mac => &mut self.mac,
            PageField::HostName => &mut self.host_name,
            PageField::Serial => &mut self.serial,
            PageField::Product | PageField::Model => &mut self.product,
            PageField::VersionId => &mut self.version,
            PageField::AppLoad => &mut self.app_load,
            PageField::Software => &mut self.software,
            PageField::Hardware => &mut self.hardware,
            PageField::Udi => &mut self.udi,
            // What only MPP phones have says nothing but that.
            PageField::Authorization | PageField::OfMpp => &mut self.authorization,
        }
    }

    /// Keeps the authorization, if a longer text says one.
    #[inline]
    pub(super) fn look_for_authorization(&mut self, text: &str) {
        if text.len() >= page_authorization::SHORTEST
            && let Some(authorization) = page_authorization::within(text)
        {
            self.say(PageField::Authorization, Cow::Owned(authorization.to_owned()));
        }
    }

    /// Whether anything is said that is read.
    pub(super) fn says_anything(&self) -> bool {
        self.says_which_phone()
            || self.says_a_product()
            || [&self.host_name, &self.app_load, &self.software, &self.authorization].into_iter().any(Said::is_there)
            || self.version.is_there()
    }

    /// Whether a text without elements is of a phone: `Version:` alone stands in many.
    pub(in crate::inventory) fn says_a_phone(&self) -> bool {
        self.says_which_phone()
            || self.says_a_product()
            || [&self.software, &self.authorization].into_iter().any(Said::is_there)
    }

    /// Whether the page says by MAC, serial or heading which phone it is of.
    pub(in crate::inventory) fn says_which_phone(&self) -> bool {
        [&self.mac, &self.serial, &self.udi, &self.heading_name].into_iter().any(Said::is_there) || self.has_shape()
    }

    /// Whether MAC address and host name are those of one phone, as on a page about its network.
    pub(super) fn says_one_mac_twice(&self) -> bool {
        let read = |said: &Said<'_>, field| said.first().and_then(|text| mac(field, text));
        let (mac, host) = (read(&self.mac, PageField::Mac), read(&self.host_name, PageField::HostName));
        mac.is_some() && mac == host
    }

    /// Whether values count by their shape, because no label is known: they are those of a page about a phone and its load.
    fn has_shape(&self) -> bool {
        !self.has_known_label && (self.udi.is_there() || self.shapes.is_of_phone())
    }

    /// Whether no load says the type, and the page is as only MPP phones show it.
    fn is_mpp(&self) -> bool {
        let is_load = |text: &str| LoadName::read(text.as_bytes()).is_ok();
        let runs = || self.software.texts().chain(self.version.texts()).chain(self.app_load.texts());
        self.has_label_of_mpp && self.is_named_as_mpp && self.software.is_there() && !runs().any(is_load)
    }

    /// Whether the page says no more than a download status does, or a version, which stands in many texts.
    pub(super) fn says_a_status_at_most(&self) -> bool {
        let Self { host_name, app_load, software, hardware, .. } = self;
        let is_of_page = self.says_which_phone()
            || self.says_a_product()
            || [host_name, app_load, software, hardware].into_iter().any(Said::is_there);
        !is_of_page && self.begun.is_none_or(|field| !field.is_of_page())
    }

    pub(super) fn says_a_product(&self) -> bool {
        [&self.product, &self.udi, &self.heading_product].into_iter().any(Said::is_there) || self.has_shape()
    }

    pub(in crate::inventory) fn host_name(&self) -> Option<&str> {
        self.host_name.first().or_else(|| self.heading_name.first())
    }

    /// The phone, and what is wrong with the page.
    pub(in crate::inventory) fn phone(&self) -> (Phone<'static>, Option<RowProblem>) {
        let mut udi = Udi::default();
        // Of a text that is too long nothing is evidence.
        if self.udi.problem().is_none() {
            self.udi.texts().for_each(|text| udi.hear(text));
        }
        let nothing = Shapes::default();
        let shapes = if self.has_shape() { &self.shapes } else { &nothing };
        let is_udi_product =
            ![&udi.pid, &self.product, &self.heading_product, &shapes.product].into_iter().any(Said::is_there);
        let product = || {
            let labeled = udi.pid.cells("UDI").chain(self.product.cells("model number"));
            labeled.chain(self.heading_product.cells("heading")).chain(shapes.product.cells(UNLABELED))
        };
        // What cannot be read stays as it is written.
        let unread_udi = || self.udi.cells("UDI").filter(move |_| is_udi_product);
        let is_vid =
            |cell: &Cell<'_>| matches!(cell.bytes.first(), Some(b'V' | b'v' | b'=')) && Vid::read(cell.bytes).is_ok();
        let vids = || {
            let version = self.version.cells("version").chain(self.hardware.cells("hardware revision"));
            udi.vid.cells("UDI").chain(version.filter(is_vid))
        };
        let versions = || self.version.cells("version").filter(move |cell| !is_vid(cell));
        let says_version = versions().next().is_some();
        // Where UDI stands, a load is what runs, whatever its label is called.
        let is_unlabeled_load = self.udi.is_there() && !says_version && !self.software.is_there();
        let load = if is_unlabeled_load { &self.shapes.load } else { &shapes.load };
        let firmware = || {
            let software = self.software.cells("software version").filter(move |_| !says_version);
            versions().chain(software).chain(load.cells(UNLABELED))
        };
        // A MAC address may have dots in it.
        let host = |name| if Mac::read(str::as_bytes(name)).is_ok() { name } else { without_domain(name) };
        let host_names = || {
            let labeled = self.host_name.texts().map(move |name| Cell::named(host(name), "host name"));
            labeled.chain(self.heading_name.cells("heading")).chain(shapes.name.cells(UNLABELED))
        };
        let serials = || {
            let labeled = self.serial.cells("serial number").chain(udi.serial.cells("UDI"));
            labeled.chain(shapes.serial.cells(UNLABELED))
        };
        let is_mpp = self.is_mpp();
        let phone = row_to_phone::phone(|field| -> Box<dyn Iterator<Item = Cell<'_>> + '_> {
            match field {
                InventoryField::Pid => Box::new(product().chain(unread_udi())),
                InventoryField::Vid => Box::new(vids()),
                InventoryField::Mac => Box::new(self.mac.cells("MAC address").chain(host_names())),
                InventoryField::Serial => Box::new(serials()),
                InventoryField::Load => Box::new(self.app_load.cells("app load ID")),
                InventoryField::Firmware => Box::new(firmware()),
                InventoryField::Authorization => Box::new(self.authorization.cells("authorization type")),
                InventoryField::FirmwareType => {
                    let mpp = Cell::named(FirmwareType::Mpp.as_str(), "product information");
                    Box::new(is_mpp.then_some(mpp).into_iter())
                }
                InventoryField::Contradictions => Box::new(std::iter::empty()),
            }
        });
        let put_together = [&udi.pid, &udi.vid, &udi.serial].into_iter().find_map(Said::problem);
        (phone.into_owned(), self.problem.or(put_together))
    }
}

impl<'p> Udi<'p> {
    /// Reads the words by their shapes: lines, spaces and tabs stand between them, in any number.
    fn hear(&mut self, text: &'p str) {
        for word in udi::words(text) {
            match Word::of(word) {
                Word::Pid => self.pid.hear(word, is_same),
                Word::Vid => self.vid.hear(word, is_same),
                Word::Serial => self.serial.hear(word, is_same),
                Word::Other => {}
            }
        }
    }
}
