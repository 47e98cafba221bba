//! Elements say something.

use super::super::device_place::Place;
use super::super::heard_element::Heard;
use super::super::risport_device::{Device, kept};
use super::super::risport_field::DeviceField;
use super::super::signs::Signs;
use super::{Answer, Frame, Node};
use crate::inventory::limits;
use crate::inventory::records::own_keys;
use crate::inventory::records::said_beside::{Others, Unread};
use crate::text::trim;

impl Answer {
    /// What the element that began last says is kept with the device around it.
    pub(super) fn say_kept(&mut self) {
        let Some((frame, around)) = self.frames.split_last() else { return };
        let (Some(index), Some(said)) = (frame.kept, &frame.said) else { return };
        let text = said.text().to_owned();
        let is_owner =
            |frame: &Frame| !matches!(frame.place, Place::Field(_) | Place::Stray(_)) && frame.kept.is_none();
        let device = around.iter().rposition(|frame| frame.place == Place::Device);
        let Some(owner) = device.or_else(|| around.iter().rposition(is_owner)) else { return };
        let node = self.node();
        if let Some(owner) = self.frames.get_mut(owner) {
            owner.device.get_or_insert_with(|| Box::new(Device::new(node))).kept.hear(index, &text);
        }
    }

    /// The object that is being read has a key of this name.
    pub(in crate::inventory::risport) fn hear_sign(&mut self, name: &str) {
        let mut sign = Signs::default();
        sign.hear(name);
        if sign.are_there() || sign.say_status() {
            self.device_of_object().into_iter().for_each(|device| device.signs.hear(name));
        }
    }

    /// The object that is being read says this under a key that is none of RisPort: it may be a header of tables.
    pub(in crate::inventory::risport) fn say_other(&mut self, key: &str, text: &str) {
        let name = own_keys::own(key).name;
        if DeviceField::named(name).is_some() || trim(text).is_empty() {
            return;
        }
        let (mut others, mut unread) = (Others::default(), Unread::default());
        if !others.hear(key, text) {
            unread.hear(key, text);
        }
        if let Some(device) = self.device_of_object() {
            device.others.take_over(others);
            device.unread.take_over(unread);
        }
    }

    /// The device that the object may be which is being read.
    pub(super) fn device_of_object(&mut self) -> Option<&mut Device> {
        let is_object =
            |place| matches!(place, Place::Device | Place::Around | Place::Root | Place::Node | Place::Inside);
        let node = self.node();
        let frame = self.frames.last_mut().filter(|frame| is_object(frame.place))?;
        Some(frame.device.get_or_insert_with(|| Box::new(Device::new(node))))
    }

    /// The element that began last says this.
    pub(in crate::inventory::risport) fn text(&mut self, text: &str) {
        self.hear_in_entry(text, text.len());
        match self.place() {
            None | Some(Place::Root | Place::Nodes | Place::Node | Place::Devices) => self.text_astray(text),
            Some(Place::Around) if text.len() > limits::CELL => self.text_astray(&limits::beginning(text)),
            place => {
                let may_hold_answer = matches!(place, Some(Place::Around | Place::Inside | Place::Detail));
                if may_hold_answer && text.len() <= limits::CELL {
                    self.has_answer_in_text |= ["CmDevices", "CmNodes"].iter().any(|name| text.contains(name));
                }
                self.hear(Heard::new(text));
            }
        }
    }

    /// The same, if it is more than is read.
    pub(in crate::inventory::risport) fn too_long(&mut self, beginning: String, found: usize) {
        self.hear_in_entry(&beginning, found);
        match self.place() {
            None | Some(Place::Root | Place::Nodes | Place::Node | Place::Devices | Place::Around) => {
                self.text_astray(&beginning);
            }
            Some(_) => self.hear(Heard::TooLong { beginning, found }),
        }
    }

    pub(super) fn hear(&mut self, heard: Heard) {
        if let Some(frame) = self.frames.last_mut() {
            frame.said = Some(match frame.said.take() {
                Some(before) => before.and(heard),
                None => heard,
            });
        }
    }

    /// A name or a text of the entry of a list of devices that is being read.
    pub(super) fn hear_in_entry(&mut self, text: &str, size: usize) {
        if let Some(entry) = self.frames.iter_mut().rev().find_map(|frame| frame.entry.as_mut()) {
            entry.hear(text, size);
        }
    }

    pub(super) fn text_astray(&mut self, text: &str) {
        let (count, first) = &mut self.texts;
        if !text.is_empty() {
            *count += 1;
            if *count == 1 {
                *first = kept(text);
            }
        }
    }

    /// What an element of a device of another kind says, of which the first is told.
    pub(super) fn say_foreign(&mut self, frame: &Frame) {
        if let (Some(name), Some(said), Some(around)) = (frame.foreign_name, &frame.said, self.frames.last_mut()) {
            let said = format!("{} {}", name.as_str(), kept(said.text()));
            around.foreign.iter_mut().for_each(|foreign| foreign.said.clone_from(&said));
        }
    }

    /// A field of the device that is being read, or of what may be one.
    pub(super) fn say_of_device(&mut self, field: DeviceField, said: Option<Heard>) {
        let Some(said) = said else { return };
        if matches!(&said, Heard::Text(text) if trim(text).is_empty()) {
            return;
        }
        let node = self.node();
        let is_owner = |frame: &Frame| !matches!(frame.place, Place::Field(_) | Place::Stray(_) | Place::NodeName);
        let Some(owner) = self.frames.iter().rposition(is_owner) else { return };
        let (owners, fields) = self.frames.split_at_mut(owner + 1);
        let Some(frame) = owners.last_mut() else { return };
        let device = frame.device.get_or_insert_with(|| Box::new(Device::new(node)));
        // What stands in one element of the field is one value, however many pieces it has.
        let is_of_field =
            |frame: &&mut Frame| matches!(frame.place, Place::Field(of) | Place::Stray(of) if of == field);
        let is_piece =
            fields.iter_mut().find(is_of_field).is_some_and(|around| std::mem::replace(&mut around.has_said, true));
        match said {
            Heard::Text(text) if is_piece => device.say_piece(field, &text),
            Heard::Text(text) => device.say(field, &text),
            Heard::TooLong { beginning, found } => device.say_too_long(Some(field), &beginning, found),
        }
    }

    /// What is said of a node or of the whole.
    pub(super) fn say(&mut self, place: Place, said: Option<Heard>) {
        let Some(text) = said.as_ref().map(Heard::text) else { return };
        match place {
            Place::NodeName | Place::ReturnCode => {
                let index = self.node();
                let Some(node) = self.nodes.get_mut(index) else { return };
                let field = if place == Place::NodeName { &mut node.name } else { &mut node.return_code };
                field.hear(kept(text), |before, text| before == text);
                if place == Place::NodeName {
                    self.say_of_device(DeviceField::Name, said);
                }
            }
            Place::Found => match kept(text).parse::<u64>() {
                Ok(found) => self.found = Some(found.saturating_add(self.found.unwrap_or(0))),
                Err(_) => self.text_astray(text),
            },
            Place::Fault | Place::FaultText if trim(text).is_empty() => {}
            Place::Fault | Place::FaultText => self.fault.push(kept(text)),
            Place::Detail => {
                let text = kept(text);
                self.detail = self.detail.take().or(Some(text).filter(|text| !text.is_empty()));
            }
            _ => {}
        }
    }

    /// The node that is being read. Its name may stand behind its devices.
    pub(super) fn node(&mut self) -> usize {
        let frame = self.frames.iter_mut().rev().find(|frame| frame.place.is_of_node());
        let node = frame.map_or(&mut self.bare_node, |frame| &mut frame.node);
        *node.get_or_insert_with(|| {
            self.nodes.push(Node::default());
            self.nodes.len() - 1
        })
    }

    /// The node of this name, which a device says that it is registered with.
    pub(super) fn node_named(&mut self, name: &str) -> usize {
        *self.named_nodes.entry(name.to_owned()).or_insert_with(|| {
            let mut node = Node::default();
            if !name.is_empty() {
                node.name.hear(kept(name), |before, text| before == text);
            }
            self.nodes.push(node);
            self.nodes.len() - 1
        })
    }
}
