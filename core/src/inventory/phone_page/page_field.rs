//! What is read of a page, by the names that phones have for it in XML.

/// What is read of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageField {
    Mac,
    HostName,
    Serial,
    /// The product name of an MPP phone.
    Product,
    /// The model number of an Enterprise phone.
    Model,
    /// A load, a release or a VID.
    VersionId,
    AppLoad,
    Udi,
    Software,
    /// Mostly a number that is no VID.
    Hardware,
    Authorization,
    /// What MPP phones show beside their product name, and nobody else: its value is not read.
    OfMpp,
}

/// The longest name that is read.
const LONGEST: usize = "transitionauthorizationtype".len();

impl PageField {
    /// The field of this name. Case, spaces, `_` and `-` do not matter.
    #[inline]
    pub(super) fn named(name: &str) -> Option<Self> {
        let mut folded = [0; LONGEST];
        let mut len = 0;
        for byte in name.bytes() {
            // The last two are a space that does not break.
            if matches!(byte, b' ' | b'_' | b'-' | 0xc2 | 0xa0) {
                continue;
            }
            *folded.get_mut(len)? = byte.to_ascii_lowercase();
            len += 1;
        }
        Some(match folded.get(..len)? {
            b"macaddress" => Self::Mac,
            b"hostname" => Self::HostName,
            b"serialnumber" => Self::Serial,
            b"productname" => Self::Product,
            b"modelnumber" => Self::Model,
            b"versionid" => Self::VersionId,
            b"apploadid" => Self::AppLoad,
            b"udi" => Self::Udi,
            b"softwareversion" => Self::Software,
            b"hardwareversion" => Self::Hardware,
            b"clientcertificate" | b"customization" => Self::OfMpp,
            b"transitionauthorizationtype" | b"transitionauthorization" => Self::Authorization,
            _ => return None,
        })
    }

    /// Whether it says which phone a page is of: a page that says two is of two phones. What says two products of one
    /// phone contradicts itself.
    pub(super) fn is_of_identity(self) -> bool {
        matches!(self, Self::Mac | Self::HostName | Self::Serial | Self::Udi)
    }

    /// Whether a text that says this field is a page. Many other texts say a version, and a download status says an
    /// authorization of the phone whose page stands beside it.
    pub(super) fn is_of_page(self) -> bool {
        !matches!(self, Self::VersionId | Self::Authorization | Self::OfMpp)
    }
}
