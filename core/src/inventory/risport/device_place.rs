//! Where in the tree of an answer an element stands.

use super::risport_field::{DeviceField, is_same};

/// Where an element stands. Devices are looked for everywhere, also where none belong: in a wrapper, in another device, or
/// beside the list of devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
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
    /// What a device would say, in an element that is none by its place.
    Stray(DeviceField),
    Found,
    /// A fault, whose text may stand in it by itself.
    Fault,
    FaultText,
    /// In a fault, but for its texts.
    Detail,
    /// Nothing in it is read but devices.
    Inside,
}

impl Place {
    /// Where an element of this name stands that stands here.
    pub(super) fn inner(self, name: &str) -> Self {
        let is = |known: &str| is_same(name, known);
        match self {
            // `<IPAddress><item><IP>`
            Self::Field(DeviceField::Address) | Self::Stray(DeviceField::Address)
                if is("item") || is("IP") || is("IPAddress") =>
            {
                self
            }
            _ if is("CmDevices") => Self::Devices,
            // Programs call the list of a node so.
            Self::Node if is("devices") => Self::Devices,
            // A value that programs wrap: `{"Model": {"_value_1": 683}}`. Of an address, what else is told is none.
            Self::Field(field) | Self::Stray(field) if field != DeviceField::Address => self,
            Self::Devices => Self::Device,
            _ if is("CmNodes") => Self::Nodes,
            // What is said of a node or of the whole may stand in a wrapper too.
            Self::NodeName | Self::ReturnCode | Self::Found | Self::FaultText => self,
            Self::Around | Self::Root | Self::Nodes | Self::Node if is("Fault") => Self::Fault,
            Self::Nodes => Self::Node,
            Self::Device => DeviceField::named(name).map_or(Self::Inside, Self::Field),
            Self::Node | Self::Root if is("Name") => Self::NodeName,
            Self::Node | Self::Root if is("ReturnCode") => Self::ReturnCode,
            Self::Node | Self::Root if is("item") => Self::Node,
            Self::Around | Self::Root if is("TotalDevicesFound") => Self::Found,
            Self::Fault if ["faultcode", "faultstring", "Value", "Text"].into_iter().any(is) => Self::FaultText,
            Self::Fault if is("Code") || is("Reason") => Self::Fault,
            Self::Fault | Self::Detail => Self::Detail,
            Self::Around | Self::Root | Self::Node | Self::Inside => match DeviceField::named(name) {
                Some(field) => Self::Stray(field),
                None if matches!(self, Self::Around | Self::Root) => Self::Around,
                None => Self::Inside,
            },
            _ => Self::Inside,
        }
    }

    /// Whether its elements are a list: of devices, or of nodes.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Self::Devices | Self::Nodes)
    }

    /// Whether it is the place of a node. Its name may stand behind its devices.
    pub(super) fn is_of_node(self) -> bool {
        matches!(self, Self::Node | Self::Root)
    }
}
