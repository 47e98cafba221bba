//! The tree of an answer, whatever it is written in: elements begin, say something and end.

mod element_begin;
mod element_end;
mod element_text;

use std::collections::HashMap;

use super::device_place::Place;
use super::heard_element::{Entry, Heard};
use super::risport_device::Device;
use crate::inventory::Keep;
use crate::inventory::kept_of_devices::NamesOfDevices;
use crate::inventory::keys_of_pages::OtherName;
use crate::inventory::records::said_beside::Unread;
use crate::inventory::said_in_document::Said;
use crate::inventory::short_entries::ShortEntries;

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
    /// What begins next is a member of an object, and not an entry of a list; and it says something of the device around it.
    pub(super) next_is_member: bool,
    pub(super) next_is_part: bool,
    /// The caller calls it an answer of RisPort.
    pub(super) is_said: bool,
    /// Keys of devices that nobody knows.
    pub(super) unread: Unread,
    /// Entries of lists may be references to what stands elsewhere, as SOAP writes them.
    pub(super) has_references: bool,
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
    is_part: bool,
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
            next_is_part: false,
            is_said: false,
            unread: Unread::default(),
            has_references: false,
            faults_before: 0,
            detail: None,
            bare_node: None,
            named_nodes: HashMap::new(),
        }
    }

    pub(super) fn place(&self) -> Option<Place> {
        self.frames.last().map(|frame| frame.place)
    }

    /// Whether what comes next is an entry of a list of devices or nodes.
    pub(super) fn is_list(&self) -> bool {
        self.place().is_some_and(Place::is_list)
    }
}
