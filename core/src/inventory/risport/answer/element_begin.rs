//! Elements begin.

use super::super::device_place::Place;
use super::super::heard_element::Entry;
use super::super::risport_device::{Device, kept};
use super::{Answer, Foreign, Frame};
use crate::inventory::RowProblem;
use crate::inventory::keys_of_pages;
use crate::inventory::records::keys;

impl Answer {
    /// An element begins.
    pub(in crate::inventory::risport) fn open(&mut self, name: &str) {
        self.open_called(name, name);
    }

    /// The same of an element that is kept under another name than that by which it is known.
    pub(in crate::inventory::risport) fn open_called(&mut self, name: &str, called: &str) {
        if self.outermost.is_none() {
            self.outermost = Some(kept(name));
        }
        let is_known_name = |name: &str| name.get(..14).is_some_and(|name| name.eq_ignore_ascii_case("selectCmDevice"));
        let place = self.place().unwrap_or(Place::Around).inner(name);
        self.is_known |= place.is_list() || is_known_name(name);
        self.hear_in_entry(name, name.len());
        if place.is_list() {
            self.has_list = true;
            self.frames.iter_mut().for_each(|frame| frame.has_list = true);
        }
        self.begin(place);
        self.begin_kept(place, called);
        self.begin_foreign(place, name);
        if let (true, Some(frame)) =
            (self.is_json && !place.is_list() && keys::is_device_name(name), self.frames.last_mut())
        {
            frame.key = Some(name.to_owned());
        }
        if place == Place::Device {
            let device = Box::new(Device::new(self.node()));
            if let Some(frame) = self.frames.last_mut() {
                (frame.device, frame.entry) = (Some(device), Some(Entry::default()));
            }
        }
    }

    /// Nothing in the device that began last can be trusted, but this can be shown.
    pub(in crate::inventory::risport) fn spoil(&mut self, problem: RowProblem, text: &str) {
        if let Some(device) = self.frames.last_mut().and_then(|frame| frame.device.as_mut()) {
            device.is_spoiled(problem, text);
        }
    }

    /// Whether an element of this name is a list of devices or nodes here.
    pub(in crate::inventory::risport) fn begins_list(&self, name: &str) -> bool {
        self.place().unwrap_or(Place::Around).inner(name).is_list()
    }

    /// A value without a name begins.
    pub(in crate::inventory::risport) fn open_root(&mut self) {
        let place = if self.frames.is_empty() { Place::Root } else { Place::Inside };
        self.begin(place);
    }

    pub(super) fn begin(&mut self, place: Place) {
        // The pieces of a field are said one by one, as they may be of several wrappers.
        if let Some(Place::Field(field) | Place::Stray(field)) = self.place() {
            self.say_kept();
            let said = self.frames.last_mut().and_then(|frame| frame.said.take());
            self.say_of_device(field, said);
        }
        if place == Place::Fault && self.place() != Some(Place::Fault) {
            (self.faults_before, self.detail) = (self.fault.len(), None);
        }
        let (said, entry, device, node, foreign_name, foreign) = (None, None, None, None, None, None);
        let (has_list, has_devices, has_said) = (false, false, false);
        self.frames.push(Frame {
            place,
            said,
            entry,
            device,
            node,
            has_list,
            has_devices,
            has_said,
            foreign_name,
            foreign,
            kept: None,
            key: None,
            is_member: std::mem::take(&mut self.next_is_member),
            is_part: std::mem::take(&mut self.next_is_part),
            parts: Vec::new(),
        });
    }

    /// The element that began last may be one that the caller keeps, or stand in one.
    pub(super) fn begin_kept(&mut self, place: Place, name: &str) {
        let [.., around, frame] = self.frames.as_mut_slice() else { return };
        let is_of_device = matches!(around.place, Place::Device | Place::Inside | Place::Field(_) | Place::Stray(_))
            || matches!(place, Place::Stray(_));
        if is_of_device && !matches!(place, Place::Device | Place::Devices | Place::Nodes | Place::Node) {
            frame.kept = self.names.hear(name).or(around.kept);
        }
    }

    /// The element that began last may be one of a device of another kind; in a device of RisPort it is one more of its
    /// own. Answers of RisPort have none of these names elsewhere.
    pub(super) fn begin_foreign(&mut self, place: Place, name: &str) {
        if !matches!(place, Place::Around | Place::Inside) {
            return;
        }
        let Some(name) = keys_of_pages::named(name) else { return };
        let [.., around, frame] = self.frames.as_mut_slice() else { return };
        match &mut around.foreign {
            _ if around.place == Place::Device => {}
            Some(foreign) => foreign.is_device |= name != foreign.name || name.is_of_devices_only(),
            None => {
                frame.foreign_name = Some(name);
                let is_device = name.is_of_devices_only();
                around.foreign = Some(Foreign { name, said: name.as_str().to_owned(), is_device });
            }
        }
    }
}
