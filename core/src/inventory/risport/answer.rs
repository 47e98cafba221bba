//! The tree of an answer, whatever it is written in: elements begin, say something and end.

use super::device::{Device, DeviceField, kept};
use crate::inventory::{InventoryError, limits};

/// What an answer says, in order.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) devices: Vec<Device>,
    pub(super) nodes: Vec<Node>,
    /// How many devices the service found, if it says so.
    pub(super) found: Option<u64>,
    /// What a SOAP fault says.
    pub(super) fault: Vec<String>,
    /// Some name in it is one of such answers.
    pub(super) is_known: bool,
    /// The element around everything.
    pub(super) outermost: Option<String>,
    places: Vec<Place>,
    /// The text of the innermost element.
    said: Option<Said>,
    /// The device that is being read.
    device: Option<Device>,
    /// The node that is being read.
    node: Option<usize>,
}

/// A node of the cluster.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: Option<String>,
    pub(super) return_code: Option<String>,
}

#[derive(Debug)]
enum Said {
    Text(String),
    TooLong { beginning: String, found: usize },
}

/// Where in the tree an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Around the nodes.
    Around,
    /// A value without a name: any part of an answer that somebody kept.
    Root,
    Nodes,
    Node,
    NodeName,
    ReturnCode,
    Devices,
    Device,
    Field(DeviceField),
    Found,
    Fault,
    FaultText,
    /// Nothing in it is read.
    Ignored,
}

impl Place {
    /// Where an element of this name stands that stands here.
    fn inner(self, name: &str) -> Self {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        match self {
            Self::Nodes => Self::Node,
            Self::Devices => Self::Device,
            Self::Device => DeviceField::named(name).map_or(Self::Ignored, Self::Field),
            // `<IPAddress><item><IP>`
            Self::Field(DeviceField::Address) if is("item") || is("IP") || is("IPAddress") => self,
            Self::Node | Self::Root if is("Name") => Self::NodeName,
            Self::Node | Self::Root if is("ReturnCode") => Self::ReturnCode,
            Self::Root if is("item") => Self::Node,
            Self::Around | Self::Root | Self::Node if is("CmDevices") => Self::Devices,
            Self::Around | Self::Root if is("CmNodes") => Self::Nodes,
            Self::Around | Self::Root if is("TotalDevicesFound") => Self::Found,
            Self::Around | Self::Root if is("Fault") => Self::Fault,
            Self::Around | Self::Root => Self::Around,
            Self::Fault if ["faultcode", "faultstring", "Value", "Text"].into_iter().any(is) => Self::FaultText,
            Self::Fault if is("Code") || is("Reason") => Self::Fault,
            _ => Self::Ignored,
        }
    }
}

impl Answer {
    /// An element begins. An error if it is one device more than is read.
    pub(super) fn open(&mut self, name: &str) -> Result<(), InventoryError> {
        if self.outermost.is_none() {
            self.outermost = Some(kept(name));
        }
        let is_known_name = |name: &str| name.get(..14).is_some_and(|name| name.eq_ignore_ascii_case("selectCmDevice"));
        let place = self.places.last().copied().unwrap_or(Place::Around).inner(name);
        self.is_known |= matches!(place, Place::Nodes | Place::Devices) || is_known_name(name);
        if place == Place::Device {
            let row = self.devices.len() as u64 + 1;
            limits::check_rows(row - 1, row)?;
            let bytes = (self.devices.len() + 1) * size_of::<Device>();
            self.devices.try_reserve(1).map_err(|_| InventoryError::Memory { bytes })?;
            self.device = Some(Device::new(row, self.node()));
        }
        self.begin(place);
        Ok(())
    }

    /// A value without a name begins.
    pub(super) fn open_root(&mut self) {
        let place = if self.places.is_empty() { Place::Root } else { Place::Ignored };
        self.begin(place);
    }

    fn begin(&mut self, place: Place) {
        if matches!(place, Place::Node | Place::Root) {
            self.node = None;
        }
        self.said = None;
        self.places.push(place);
    }

    /// The element that began last says this.
    pub(super) fn text(&mut self, text: &str) {
        if !matches!(self.places.last(), None | Some(Place::Around | Place::Root | Place::Ignored)) {
            self.said = Some(match text.len() {
                ..=limits::CELL => Said::Text(text.to_owned()),
                found => Said::TooLong { beginning: limits::beginning(text), found },
            });
        } else if text.len() > limits::CELL {
            self.too_long(limits::beginning(text), text.len());
        }
    }

    /// The same, if it is more than is read.
    pub(super) fn too_long(&mut self, beginning: String, found: usize) {
        self.said = Some(Said::TooLong { beginning, found });
    }

    /// The element that began last ends.
    pub(super) fn close(&mut self) {
        let (place, said) = (self.places.pop().unwrap_or(Place::Ignored), self.said.take());
        match (place, &mut self.device) {
            (Place::Device, _) => self.devices.extend(self.device.take()),
            (Place::Node | Place::Root, _) => self.node = None,
            (Place::Field(field), Some(device)) => match said {
                Some(Said::Text(text)) => device.say(field, &text),
                Some(Said::TooLong { beginning, found }) => device.say_too_long(Some(field), &beginning, found),
                None => {}
            },
            (Place::Ignored, Some(device)) => {
                if let Some(Said::TooLong { beginning, found }) = said {
                    device.say_too_long(None, &beginning, found);
                }
            }
            _ => self.say(place, said),
        }
    }

    /// What is said of a node or of the whole.
    fn say(&mut self, place: Place, said: Option<Said>) {
        let text = match said {
            Some(Said::Text(text)) => text,
            Some(Said::TooLong { beginning, .. }) => beginning,
            None => return,
        };
        match place {
            Place::NodeName | Place::ReturnCode => {
                let index = self.node();
                let Some(node) = self.nodes.get_mut(index) else { return };
                let field = if place == Place::NodeName { &mut node.name } else { &mut node.return_code };
                *field = Some(kept(&text));
            }
            Place::Found => {
                self.found = kept(&text).parse().ok().map(|found: u64| found.saturating_add(self.found.unwrap_or(0)))
            }
            Place::FaultText => self.fault.push(kept(&text)),
            _ => {}
        }
    }

    /// The node that is being read. Its name may stand behind its devices.
    fn node(&mut self) -> usize {
        let nodes = &mut self.nodes;
        *self.node.get_or_insert_with(|| {
            nodes.push(Node::default());
            nodes.len() - 1
        })
    }

    /// There is nothing more: a device that is not complete is a row too.
    pub(super) fn end(&mut self) {
        if let Some(mut device) = self.device.take() {
            device.cut();
            self.devices.push(device);
        }
    }
}
