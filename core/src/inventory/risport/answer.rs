//! The tree of an answer, whatever it is written in: elements begin, say something and end.

use std::collections::HashMap;

use super::device::{Device, DeviceField, kept};
use super::heard::{Entry, Heard};
use super::place::Place;
use crate::inventory::keep::NamesOfDevices;
use crate::inventory::other_names::{self, OtherName};
use crate::inventory::records::keys;
use crate::inventory::said::Said;
use crate::inventory::short_entries::ShortEntries;
use crate::inventory::{InventoryError, Keep, RowProblem, limits};
use crate::text::trim;

/// What an answer says, in order.
#[derive(Debug)]
pub(super) struct Answer {
    /// The names of what stands in devices, and which of them the caller keeps.
    pub(super) names: NamesOfDevices,
    pub(super) devices: Vec<Device>,
    pub(super) nodes: Vec<Node>,
    /// How many devices the service found, if it says so.
    pub(super) found: Option<u64>,
    /// What SOAP faults say, and of a fault without texts the first of its details.
    pub(super) fault: Vec<String>,
    /// It is written in JSON, in which programs write an element that is not there as one that says nothing.
    pub(super) is_json: bool,
    /// Some name in it is one of such answers.
    pub(super) is_known: bool,
    /// The element around everything.
    pub(super) outermost: Option<String>,
    /// How many devices stand where none belong.
    pub(super) strays: u64,
    /// Texts that stand where no text belongs: how many, and the first.
    pub(super) texts: (u64, String),
    /// A list of devices or nodes is in it: what stands beside is astray.
    pub(super) has_list: bool,
    /// Devices of another kind of answer or page, which are not read: how many, and what the first says.
    pub(super) foreign: (u64, String),
    /// A text holds an answer of its own.
    pub(super) has_answer_in_text: bool,
    /// Entries of lists of devices that say nothing of one.
    pub(super) short: ShortEntries,
    /// Of a capture: how many nodes have no phones, and what it shows besides phones.
    pub(super) has_no_phones: usize,
    pub(super) other_queries: Option<String>,
    frames: Vec<Frame>,
    /// What begins next is a member of an object, and not an entry of a list.
    pub(super) next_is_member: bool,
    /// How many texts of faults there were before the one that is being read, and what its details say.
    faults_before: usize,
    detail: Option<String>,
    /// The node of devices that no node is around.
    bare_node: Option<usize>,
    /// The nodes that devices name themselves.
    named_nodes: HashMap<String, usize>,
}

/// A node of the cluster.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: Said<'static>,
    pub(super) return_code: Said<'static>,
}

/// An element that has begun.
#[derive(Debug)]
struct Frame {
    place: Place,
    /// Its own text, and all that it says if it is an entry of a list of devices.
    said: Option<Heard>,
    entry: Option<Entry>,
    /// The device that it is, or may be.
    device: Option<Box<Device>>,
    /// The node that it is.
    node: Option<usize>,
    /// A list of devices or nodes stands within it, and devices were read within it.
    has_list: bool,
    has_devices: bool,
    /// Something was said of the field that it is.
    has_said: bool,
    /// The name is the first of those that devices of another kind have, and not those of RisPort.
    foreign_name: Option<OtherName>,
    /// An element of such a name stands in it.
    foreign: Option<Foreign>,
    /// The kept column that it is, or stands in.
    kept: Option<usize>,
    /// Its name, where that is the name of a device.
    key: Option<String>,
    /// It stands under a name, and not in a list.
    is_member: bool,
    /// Parts of the device that it may be: they say something of one, and have no name.
    parts: Vec<Device>,
}

/// What is said as devices of another kind say it.
#[derive(Debug)]
struct Foreign {
    /// The first name.
    name: OtherName,
    /// The name, with what it says.
    said: String,
    /// Nothing but such a device says this.
    is_device: bool,
}

impl Answer {
    pub(super) fn new(keep: &Keep) -> Self {
        Self {
            names: NamesOfDevices::new(keep),
            devices: Vec::new(),
            nodes: Vec::new(),
            found: None,
            fault: Vec::new(),
            is_json: false,
            is_known: false,
            outermost: None,
            strays: 0,
            has_list: false,
            texts: (0, String::new()),
            foreign: (0, String::new()),
            has_answer_in_text: false,
            short: ShortEntries::default(),
            has_no_phones: 0,
            other_queries: None,
            frames: Vec::new(),
            next_is_member: false,
            faults_before: 0,
            detail: None,
            bare_node: None,
            named_nodes: HashMap::new(),
        }
    }

    /// An element begins.
    pub(super) fn open(&mut self, name: &str) {
        self.open_called(name, name);
    }

    /// The same of an element that is kept under another name than that by which it is known.
    pub(super) fn open_called(&mut self, name: &str, called: &str) {
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
    pub(super) fn spoil(&mut self, problem: RowProblem, text: &str) {
        if let Some(device) = self.frames.last_mut().and_then(|frame| frame.device.as_mut()) {
            device.is_spoiled(problem, text);
        }
    }

    /// Whether an element of this name is a list of devices or nodes here.
    pub(super) fn begins_list(&self, name: &str) -> bool {
        self.place().unwrap_or(Place::Around).inner(name).is_list()
    }

    /// A value without a name begins.
    pub(super) fn open_root(&mut self) {
        let place = if self.frames.is_empty() { Place::Root } else { Place::Inside };
        self.begin(place);
    }

    fn begin(&mut self, place: Place) {
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
            parts: Vec::new(),
        });
    }

    /// The element that began last may be one that the caller keeps, or stand in one.
    fn begin_kept(&mut self, place: Place, name: &str) {
        let [.., around, frame] = self.frames.as_mut_slice() else { return };
        let is_of_device = matches!(around.place, Place::Device | Place::Inside | Place::Field(_) | Place::Stray(_))
            || matches!(place, Place::Stray(_));
        if is_of_device && !matches!(place, Place::Device | Place::Devices | Place::Nodes | Place::Node) {
            frame.kept = self.names.hear(name).or(around.kept);
        }
    }

    /// What the element that began last says is kept with the device around it.
    fn say_kept(&mut self) {
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

    /// The element that began last may be one of a device of another kind; in a device of RisPort it is one more of its
    /// own. Answers of RisPort have none of these names elsewhere.
    fn begin_foreign(&mut self, place: Place, name: &str) {
        if !matches!(place, Place::Around | Place::Inside) {
            return;
        }
        let Some(name) = other_names::named(name) else { return };
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

    fn place(&self) -> Option<Place> {
        self.frames.last().map(|frame| frame.place)
    }

    /// Whether what comes next is an entry of a list of devices or nodes.
    pub(super) fn is_list(&self) -> bool {
        self.place().is_some_and(Place::is_list)
    }

    /// The element that began last says this.
    pub(super) fn text(&mut self, text: &str) {
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
    pub(super) fn too_long(&mut self, beginning: String, found: usize) {
        self.hear_in_entry(&beginning, found);
        match self.place() {
            None | Some(Place::Root | Place::Nodes | Place::Node | Place::Devices | Place::Around) => {
                self.text_astray(&beginning);
            }
            Some(_) => self.hear(Heard::TooLong { beginning, found }),
        }
    }

    fn hear(&mut self, heard: Heard) {
        if let Some(frame) = self.frames.last_mut() {
            frame.said = Some(match frame.said.take() {
                Some(before) => before.and(heard),
                None => heard,
            });
        }
    }

    /// A name or a text of the entry of a list of devices that is being read.
    fn hear_in_entry(&mut self, text: &str, size: usize) {
        if let Some(entry) = self.frames.iter_mut().rev().find_map(|frame| frame.entry.as_mut()) {
            entry.hear(text, size);
        }
    }

    fn text_astray(&mut self, text: &str) {
        let (count, first) = &mut self.texts;
        if !text.is_empty() {
            *count += 1;
            if *count == 1 {
                *first = kept(text);
            }
        }
    }

    /// The element that began last ends. An error if it is one device more than is read.
    pub(super) fn close(&mut self) -> Result<(), InventoryError> {
        self.say_kept();
        if let Some(Place::Field(field) | Place::Stray(field)) = self.place() {
            let said = self.frames.last_mut().and_then(|frame| frame.said.take());
            self.say_of_device(field, said);
            self.frames.pop();
            return Ok(());
        }
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        self.say_foreign(&frame);
        match frame.place {
            Place::Fault => {
                let has_ended = self.place() != Some(Place::Fault);
                let is_nothing = frame.said.as_ref().is_some_and(|said| said.text().is_empty());
                self.say(Place::Fault, frame.said.take());
                if has_ended && self.fault.len() == self.faults_before && !is_nothing {
                    let without_text = (!self.is_json).then(|| "a fault without a text".to_owned());
                    self.fault.extend(self.detail.take().or(without_text));
                }
            }
            Place::Device | Place::Around | Place::Root | Place::Node | Place::Inside => {
                if let (Place::Inside, Some(Heard::TooLong { beginning, found })) = (frame.place, &frame.said)
                    && let Some(device) = self.frames.iter_mut().rev().find(|frame| frame.place == Place::Device)
                    && let Some(device) = &mut device.device
                {
                    device.say_too_long(None, beginning, *found);
                }
                return self.close_device(frame, false);
            }
            place => self.say(place, frame.said.take()),
        }
        Ok(())
    }

    /// What an element of a device of another kind says, of which the first is told.
    fn say_foreign(&mut self, frame: &Frame) {
        if let (Some(name), Some(said), Some(around)) = (frame.foreign_name, &frame.said, self.frames.last_mut()) {
            let said = format!("{} {}", name.as_str(), kept(said.text()));
            around.foreign.iter_mut().for_each(|foreign| foreign.said.clone_from(&said));
        }
    }

    /// What may be a device ends, completely or because the answer does.
    fn close_device(&mut self, mut frame: Frame, is_cut: bool) -> Result<(), InventoryError> {
        let foreign = frame.foreign.take().filter(|foreign| foreign.is_device);
        if let Some(foreign) =
            foreign.filter(|_| !frame.device.as_ref().is_some_and(|device| is_device(&frame, device)))
        {
            self.foreign.0 += 1;
            if self.foreign.0 == 1 {
                self.foreign.1 = foreign.said;
            }
        }
        let parts = std::mem::take(&mut frame.parts);
        if frame.device.is_none() && (frame.key.is_some() && !parts.is_empty()) {
            frame.device = Some(Box::new(Device::new(self.node())));
        }
        if let (Some(key), Some(device)) = (frame.key.take(), &mut frame.device)
            && !device.is_named()
        {
            device.say(DeviceField::Name, &key);
        }
        match (&mut frame.device, <[Device; 1]>::try_from(parts)) {
            (Some(device), Ok([part])) if device.is_named() => device.take_over(part),
            (_, Ok(part)) => part.into_iter().try_for_each(|part| self.push_part(part))?,
            (_, Err(parts)) => parts.into_iter().try_for_each(|part| self.push_part(part))?,
        }
        let Some(mut device) = frame.device.take() else { return Ok(()) };
        let is_stray = frame.place != Place::Device;
        // Programs keep what RisPort says of a device under a key of its own: `{"name": "...", "ris": {...}}`.
        let is_part = frame.is_member && is_stray && !is_cut && !device.is_named() && device.is_unmistakable();
        if let (true, Some(around)) = (is_part, self.frames.last_mut()) {
            around.parts.push(*device);
            return Ok(());
        }
        if !is_device(&frame, &device) {
            // What has no name is a part of something else, such as the status of a line.
            if frame.place != Place::Inside && device.is_named() {
                device.texts(!frame.place.is_of_node()).for_each(|text| self.text_astray(text));
            }
            return Ok(());
        }
        let is_empty = !is_cut && !is_stray && !device.says_anything();
        if is_empty {
            // A wrapper of devices.
            if frame.has_devices && frame.said.is_none() {
                return Ok(());
            }
            let entry = frame.entry.unwrap_or_default();
            if !self.short.is_row(entry.size()) {
                return Ok(());
            }
            device.is_none(entry.text());
        } else if let Some(said) = frame.said {
            self.text_astray(said.text());
        }
        if is_cut {
            device.cut();
        }
        // A record by itself stands in no node.
        if is_stray && frame.place.is_of_node() && device.node_name.is_none() {
            device.node = self.node_named("");
        }
        self.push_device(*device, is_stray)
    }

    /// A part that belongs to no device around it is one by itself.
    fn push_part(&mut self, part: Device) -> Result<(), InventoryError> {
        self.push_device(part, true)
    }

    fn push_device(&mut self, mut device: Device, is_stray: bool) -> Result<(), InventoryError> {
        if let Some(name) = device.node_name.take() {
            device.node = self.node_named(&name);
        }
        self.strays += u64::from(is_stray);
        device.row = self.devices.len() as u64 + 1;
        limits::check_rows(device.row - 1, device.row)?;
        let bytes = (self.devices.len() + 1) * size_of::<Device>();
        self.devices.try_reserve(1).map_err(|_| InventoryError::Memory { bytes })?;
        self.devices.push(device);
        self.frames.iter_mut().for_each(|frame| frame.has_devices = true);
        Ok(())
    }

    /// A field of the device that is being read, or of what may be one.
    fn say_of_device(&mut self, field: DeviceField, said: Option<Heard>) {
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
    fn say(&mut self, place: Place, said: Option<Heard>) {
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
    fn node(&mut self) -> usize {
        let frame = self.frames.iter_mut().rev().find(|frame| frame.place.is_of_node());
        let node = frame.map_or(&mut self.bare_node, |frame| &mut frame.node);
        *node.get_or_insert_with(|| {
            self.nodes.push(Node::default());
            self.nodes.len() - 1
        })
    }

    /// The node of this name, which a device says that it is registered with.
    fn node_named(&mut self, name: &str) -> usize {
        *self.named_nodes.entry(name.to_owned()).or_insert_with(|| {
            let mut node = Node::default();
            if !name.is_empty() {
                node.name.hear(kept(name), |before, text| before == text);
            }
            self.nodes.push(node);
            self.nodes.len() - 1
        })
    }

    /// There is nothing more: a device that is not complete is a row too.
    pub(super) fn end(&mut self) -> Result<(), InventoryError> {
        while let Some(frame) = self.frames.pop() {
            // What is around a device says nothing of its own.
            let is_around = frame.has_devices && frame.device.as_ref().is_some_and(|device| !device.says_anything());
            if !is_around {
                self.close_device(frame, true)?;
            }
        }
        Ok(())
    }
}

/// Whether what ends is a device.
fn is_device(frame: &Frame, device: &Device) -> bool {
    match frame.place {
        Place::Device => true,
        Place::Inside => device.is_named() || device.is_unmistakable(),
        // Nodes and whole answers have names too.
        _ => {
            let is_around = frame.has_list || frame.has_devices;
            device.is_unmistakable() || !is_around && device.is_named() && device.says_more_than_name()
        }
    }
}
