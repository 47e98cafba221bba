//! What is no phone: soft clients, gateways, room systems and whatever else an inventory lists beside phones.

use crate::text::words;

words! {
    /// What kind of device something is that is no desk phone.
    ///
    /// # Example
    /// ```
    /// use crossgrade::phone::{DeviceClass, Product};
    ///
    /// let product: Product = "Cisco IP Communicator".parse()?;
    /// assert_eq!(product.model().device_class(), Some(DeviceClass::SoftClient));
    /// assert_eq!("30016".parse::<Product>()?.model(), product.model());
    /// assert_eq!("CP-8841-K9=".parse::<Product>()?.model().device_class(), None);
    /// # Ok::<(), crossgrade::ParseError>(())
    /// ```
    ///
    /// Ordered as everything lists them, for sorted tables; none is more than another.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum DeviceClass as "class of a device" {
        /// A program that registers like a phone: Jabber, Webex, IP Communicator.
        SoftClient = "soft-client",
        /// A CTI port, route point or remote device.
        Cti = "cti",
        /// An analog telephone adapter.
        Ata = "ata",
        /// A gateway, a trunk, or an analog port of a gateway.
        Gateway = "gateway",
        /// A room or video system.
        RoomSystem = "room-system",
        /// A key expansion module, attached to a phone.
        ExpansionModule = "expansion-module",
        /// A conference bridge.
        ConferenceBridge = "conference-bridge",
        /// Media termination, music on hold, voice mail.
        MediaResource = "media-resource",
        /// A template, a profile or a list of Unified CM.
        LogicalDevice = "logical-device",
        /// A device of another vendor, or a tablet.
        OtherEndpoint = "other-endpoint",
        /// A row that adds up a table.
        SumRow = "sum-row",
    }
}

impl DeviceClass {
    /// What one of them is, in a sentence.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::SoftClient => "a soft client",
            Self::Cti => "a CTI device",
            Self::Ata => "an analog telephone adapter",
            Self::Gateway => "a gateway, a trunk or a port of one",
            Self::RoomSystem => "a room or video system",
            Self::ExpansionModule => "a key expansion module",
            Self::ConferenceBridge => "a conference bridge",
            Self::MediaResource => "a media or voice mail resource",
            Self::LogicalDevice => "a logical device or template",
            Self::OtherEndpoint => "an endpoint that is no Cisco desk phone",
            Self::SumRow => "a row that adds up a table",
        }
    }
}

/// A row of `data/no_phones.toml`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoPhone {
    /// The name that Unified CM or Cisco gives it.
    pub(crate) name: &'static str,
    pub(crate) class: DeviceClass,
    /// The one source that knows it, where nothing confirms it.
    pub(crate) only_source: Option<&'static str>,
}
