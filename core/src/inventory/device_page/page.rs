//! What a page says, and the phone that it is of.

use std::borrow::Cow;

use super::authorization;
use super::field::PageField;
use crate::inventory::{InventoryField, RowProblem, limits, row};
use crate::phone::{Authorization, Evidence, Mac, Phone, Product, Serial, Vid};
use crate::text::{FieldText, trim};

/// The texts of a page.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    mac: Option<Cow<'a, str>>,
    host_name: Option<Cow<'a, str>>,
    serial: Option<Cow<'a, str>>,
    product: Option<Cow<'a, str>>,
    version: Option<Cow<'a, str>>,
    app_load: Option<Cow<'a, str>>,
    software: Option<Cow<'a, str>>,
    hardware: Option<Cow<'a, str>>,
    udi: Option<Cow<'a, str>>,
    authorization: Option<Cow<'a, str>>,
    pub(super) problem: Option<RowProblem>,
}

/// The words of `udi` that are read.
#[derive(Default)]
struct Udi<'p> {
    pid: Option<Cow<'p, str>>,
    vid: Option<Cow<'p, str>>,
    serial: Option<Cow<'p, str>>,
}

/// Keeps a text beside one that was said before: if they differ, nobody knows which is right.
fn keep<'a>(place: &mut Option<Cow<'a, str>>, text: Cow<'a, str>) {
    *place = Some(match place.take() {
        Some(before) if !before.eq_ignore_ascii_case(&text) => format!("{before} and {text}").into(),
        Some(before) => before,
        None => text,
    });
}

impl<'a> Page<'a> {
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
        let text = match text.len() {
            ..=limits::CELL if is_blank => Cow::Borrowed(Authorization::Blank.as_str()),
            ..=limits::CELL => text,
            found => {
                self.problem = Some(RowProblem::TooLong { found });
                limits::beginning(&text).into()
            }
        };
        let place = match field {
            PageField::Mac => &mut self.mac,
            PageField::HostName => &mut self.host_name,
            PageField::Serial => &mut self.serial,
            PageField::Product => &mut self.product,
            PageField::VersionId => &mut self.version,
            PageField::AppLoad => &mut self.app_load,
            PageField::Software => &mut self.software,
            PageField::Hardware => &mut self.hardware,
            PageField::Udi => &mut self.udi,
            PageField::Authorization => &mut self.authorization,
        };
        keep(place, text);
    }

    /// Keeps the authorization, if a longer text says one.
    #[inline]
    pub(super) fn look_for_authorization(&mut self, text: &str) {
        if text.len() >= authorization::SHORTEST
            && let Some(authorization) = authorization::within(text)
        {
            self.say(PageField::Authorization, Cow::Owned(authorization));
        }
    }

    /// Whether anything is said that is read.
    pub(super) fn says_anything(&self) -> bool {
        self.says_which_phone()
            || self.says_a_product()
            || [&self.host_name, &self.app_load, &self.software, &self.authorization].into_iter().any(Option::is_some)
            || self.version.is_some()
    }

    /// Whether a text without elements is of a phone: `Version:` alone stands in many.
    pub(super) fn says_a_phone(&self) -> bool {
        self.says_which_phone()
            || self.says_a_product()
            || [&self.software, &self.authorization].into_iter().any(Option::is_some)
    }

    /// Whether the page says by MAC or serial which phone it is of.
    pub(super) fn says_which_phone(&self) -> bool {
        self.mac.is_some() || self.serial.is_some() || self.udi.is_some()
    }

    pub(super) fn says_a_product(&self) -> bool {
        self.product.is_some() || self.udi.is_some()
    }

    pub(super) fn host_name(&self) -> Option<&str> {
        self.host_name.as_deref()
    }

    /// The phone.
    pub(super) fn phone(&self) -> Phone<'static> {
        let udi = self.udi.as_deref().map(Udi::read).unwrap_or_default();
        let product = self.product.as_deref();
        // What cannot be read stays as it is written.
        let pid = udi.pid.as_deref().or_else(|| self.udi.as_deref().filter(|_| product.is_none()));
        let mut vids = [udi.vid.as_deref(), vid(&self.version), vid(&self.hardware)].into_iter().flatten();
        let first_vid = vids.next();
        let differs =
            |other: &&str| first_vid.is_some_and(|first| Vid::read(first.as_bytes()) != Vid::read(other.as_bytes()));
        let (pid, vid) = match (first_vid, vids.find(differs)) {
            (Some(first), Some(other)) => contradictory(pid.or(product), first, other),
            _ => (pid.map(Cow::Borrowed), first_vid.map(Cow::Borrowed)),
        };
        let (load, firmware) = self.what_runs();
        let serial = joined(self.serial.as_deref(), udi.serial.as_deref());
        let mac = joined(self.mac.as_deref().and_then(readable), self.host_name.as_deref().and_then(readable));
        let mac = mac.or(self.mac.as_deref().or(self.host_name.as_deref()).map(Cow::Borrowed));
        let phone = row::phone(|field| {
            let cells = match field {
                InventoryField::Pid => [pid.as_deref(), product],
                InventoryField::Vid => [vid.as_deref(), None],
                InventoryField::Mac => [mac.as_deref(), None],
                InventoryField::Serial => [serial.as_deref(), None],
                InventoryField::Load => [load, None],
                InventoryField::Firmware => [firmware, None],
                InventoryField::Authorization => [self.authorization.as_deref(), None],
                _ => [None, None],
            };
            cells.into_iter().flatten().map(str::as_bytes)
        });
        phone.into_owned()
    }

    /// The texts that say what runs: load, and load or release.
    fn what_runs(&self) -> (Option<&str>, Option<&str>) {
        let version = self.version.as_deref().filter(|_| vid(&self.version).is_none());
        (self.app_load.as_deref(), version.or(self.software.as_deref()))
    }
}

/// A text that is a VID.
fn vid<'p>(text: &'p Option<Cow<'_, str>>) -> Option<&'p str> {
    let begins_so = |text: &&str| text.starts_with(['V', 'v', '=']);
    text.as_deref().filter(begins_so).filter(|text| Vid::read(text.as_bytes()).is_ok())
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
fn joined<'p>(one: Option<&'p str>, two: Option<&'p str>) -> Option<Cow<'p, str>> {
    let mut joined = None;
    let mac = |text: &str| Evidence::<Mac>::from(text).known();
    for text in [one, two].into_iter().flatten() {
        if joined.as_deref().is_some_and(|before| mac(before).is_some() && mac(before) == mac(text)) {
            continue;
        }
        keep(&mut joined, Cow::Borrowed(text));
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
                    keep(&mut udi.pid, Cow::Borrowed(word));
                }
                Some(b'V' | b'=') if Vid::read(bytes).is_ok() => keep(&mut udi.vid, Cow::Borrowed(word)),
                _ if Serial::is_usual_text(bytes) => keep(&mut udi.serial, Cow::Borrowed(word)),
                _ => {}
            }
        }
        udi
    }
}
