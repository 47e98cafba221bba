//! What a page says, and the phone that it is of.

use std::borrow::Cow;

use super::authorization;
use super::field::PageField;
use crate::inventory::said::Said;
use crate::inventory::{InventoryField, RowProblem, limits, row};
use crate::phone::{Authorization, Evidence, Mac, Phone, Product, Serial, Vid};
use crate::text::{FieldText, trim};

/// The texts of a page.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
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
        PageField::Mac => readable(one).is_some() && mac(field, one) == mac(field, other),
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
        self.begun = Some(field);
    }

    /// Another page begins in the same document.
    pub(super) fn begin_another(&mut self) {
        self.is_of_several = true;
    }

    /// Whether the document has pages of several phones: what one says is not mixed with what the other says.
    pub(super) fn is_of_several(&self) -> bool {
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
        if is_blank && field != PageField::Authorization {
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
            PageField::Authorization => &mut self.authorization,
        }
    }

    /// Keeps the authorization, if a longer text says one.
    #[inline]
    pub(super) fn look_for_authorization(&mut self, text: &str) {
        if text.len() >= authorization::SHORTEST
            && let Some(authorization) = authorization::within(text)
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
    pub(super) fn says_a_phone(&self) -> bool {
        self.says_which_phone()
            || self.says_a_product()
            || [&self.software, &self.authorization].into_iter().any(Said::is_there)
    }

    /// Whether the page says by MAC or serial which phone it is of.
    pub(super) fn says_which_phone(&self) -> bool {
        [&self.mac, &self.serial, &self.udi].into_iter().any(Said::is_there)
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
        self.product.is_there() || self.udi.is_there()
    }

    pub(super) fn host_name(&self) -> Option<&str> {
        self.host_name.text()
    }

    /// The phone, and what is wrong with the page.
    pub(super) fn phone(&self) -> (Phone<'static>, Option<RowProblem>) {
        // Of a text that is too long nothing is evidence.
        let udi = self.udi.text().filter(|_| self.udi.problem().is_none()).map(Udi::read).unwrap_or_default();
        let product = self.product.text();
        // What cannot be read stays as it is written.
        let pid = udi.pid.text().or_else(|| self.udi.text().filter(|_| product.is_none()));
        let mut vids = [udi.vid.text(), vid(&self.version), vid(&self.hardware)].into_iter().flatten();
        let first_vid = vids.next();
        let differs =
            |other: &&str| first_vid.is_some_and(|first| Vid::read(first.as_bytes()) != Vid::read(other.as_bytes()));
        let (pid, vid) = match (first_vid, vids.find(differs)) {
            (Some(first), Some(other)) => contradictory(pid.or(product), first, other),
            _ => (pid.map(Cow::Borrowed), first_vid.map(Cow::Borrowed)),
        };
        let (load, firmware) = self.what_runs();
        let serial = joined(self.serial.text(), udi.serial.text());
        let host = self.host_name.text().map(|name| readable(name).unwrap_or_else(|| without_domain(name)));
        let mac = joined(self.mac.text().and_then(readable), host.and_then(readable));
        let mac = mac.text().or(self.mac.text()).or(self.host_name.text());
        let phone = row::phone(|field| {
            let cells = match field {
                InventoryField::Pid => [pid.as_deref(), product],
                InventoryField::Vid => [vid.as_deref(), None],
                InventoryField::Mac => [mac, None],
                InventoryField::Serial => [serial.text(), None],
                InventoryField::Load => [load, None],
                InventoryField::Firmware => [firmware, None],
                InventoryField::Authorization => [self.authorization.text(), None],
                _ => [None, None],
            };
            cells.into_iter().flatten().map(str::as_bytes)
        });
        let put_together = [&udi.pid, &udi.vid, &udi.serial, &serial].into_iter().find_map(Said::problem);
        (phone.into_owned(), self.problem.or(put_together))
    }

    /// The texts that say what runs: load, and load or release.
    fn what_runs(&self) -> (Option<&str>, Option<&str>) {
        let version = self.version.text().filter(|_| vid(&self.version).is_none());
        (self.app_load.text(), version.or(self.software.text()))
    }
}

/// A text that is a VID.
fn vid<'p>(text: &'p Said<'_>) -> Option<&'p str> {
    let begins_so = |text: &&str| text.starts_with(['V', 'v', '=']);
    text.text().filter(begins_so).filter(|text| Vid::read(text.as_bytes()).is_ok())
}

/// Product and VID of a page that says two VIDs: in two places where that is possible, so that an assessment sees both.
fn contradictory<'p>(
    pid: Option<&'p str>,
    first: &str,
    other: &'p str,
) -> (Option<Cow<'p, str>>, Option<Cow<'p, str>>) {
    let glued = format!("{} {first}", pid.unwrap_or_default());
    match Product::read(glued.as_bytes()) {
        Ok(product) if product.vid().is_some() => (Some(glued.into()), Some(other.into())),
        _ => (pid.map(Cow::Borrowed), Some(format!("{first} and {other}").into())),
    }
}

/// A text that is a MAC.
fn readable(text: &str) -> Option<&str> {
    Some(text).filter(|text| Mac::read(text.as_bytes()).is_ok())
}

/// One text of two: both, if they say different things.
fn joined<'p>(one: Option<&'p str>, two: Option<&'p str>) -> Said<'p> {
    let mut joined = Said::default();
    let mac = |text: &str| Evidence::<Mac>::from(text).known();
    for text in [one, two].into_iter().flatten() {
        if joined.text().is_some_and(|before| mac(before).is_some() && mac(before) == mac(text)) {
            continue;
        }
        joined.hear(text, is_same);
    }
    joined
}

impl<'p> Udi<'p> {
    /// Reads the words by their shapes: lines, spaces and tabs stand between them, in any number.
    fn read(text: &'p str) -> Self {
        let mut udi = Self::default();
        for word in text.split_whitespace() {
            let bytes = word.as_bytes();
            match bytes.first().map(u8::to_ascii_uppercase) {
                Some(b'C' | b'D') if Product::read(bytes).is_ok_and(|product| product.pid().is_some()) => {
                    udi.pid.hear(word, is_same);
                }
                Some(b'V' | b'=') if Vid::read(bytes).is_ok() => udi.vid.hear(word, is_same),
                _ if Serial::is_usual_text(bytes) => udi.serial.hear(word, is_same),
                _ => {}
            }
        }
        udi
    }
}
