use super::Destination;
use crate::firmware::FirmwareType;
use crate::text::{ParseError, fault, words};

words! {
    /// A call control by its product name: those that S0 lists, BroadWorks, which release notes of MPP firmware name,
    /// others that no document of Cisco names, and any other as `third-party`. Each is a destination, except Spark
    /// Calling.
    ///
    /// # Accepted spellings
    /// The names below, and those by which Cisco calls its own products: `Cisco Unified Communications Manager`, with or
    /// without `(Call Manager)`, `Cisco Unified CM`, `CUCM`, `CallManager`, `HCS`; the words of [`Destination`]. Case,
    /// spaces, `_` and `-` do not matter.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{CallControl, Destination, FirmwareType};
    ///
    /// let asterisk: CallControl = "Asterisk".parse()?;
    /// assert_eq!(asterisk.destination(), Some(Destination::ThirdParty));
    /// assert!(asterisk.registers(FirmwareType::Mpp));
    /// assert!(!asterisk.registers(FirmwareType::Enterprise));
    /// assert!(!asterisk.registers(FirmwareType::PhoneOs));
    /// assert!(CallControl::BroadWorks.registers(FirmwareType::PhoneOs));
    /// assert_eq!("Cisco Unified Communications Manager (Call Manager)".parse(), Ok(CallControl::UnifiedCm));
    /// # Ok::<(), crossgrade::ParseError>(())
    /// ```
    #[non_exhaustive]
    pub enum CallControl as "call control" {
        /// Cisco's cloud service.
        WebexCalling = "Webex Calling" | "Cisco Webex Calling",
        /// A service provider.
        RingCentral = "Ring Central",
        /// A service provider.
        Verizon = "Verizon",
        /// An IP PBX.
        Asterisk = "Asterisk",
        /// An IP PBX.
        Centile = "Centile",
        /// An IP PBX.
        Metaswitch = "Metaswitch" | "MetaSphere" | "MetaSphere CFS",
        /// A platform of service providers.
        BroadWorks = "BroadWorks" | "Cisco BroadWorks" | "BroadSoft",
        /// Cisco's call control on premises.
        UnifiedCm = "Unified CM" | "CUCM" | "Cisco Unified CM" | "Cisco Unified Communications Manager"
            | "Cisco Unified Communications Manager (Call Manager)" | "Cisco Unified Communications Manager (CUCM)"
            | "Unified Communications Manager" | "Unified Communications Manager (Call Manager)"
            | "CallManager" | "Cisco CallManager",
        /// Unified CM, hosted.
        HostedCollaborationSolution = "Hosted Collaboration Solution" | "HCS" | "Cisco Hosted Collaboration Solution"
            | "Cisco Hosted Collaboration Solution (HCS)",
        /// An IP PBX that no document of Cisco names.
        ThreeCx = "3CX",
        /// An IP PBX that no document of Cisco names, built on Asterisk.
        FreePbx = "FreePBX",
        /// A platform that no document of Cisco names, built on Asterisk.
        Wazo = "Wazo",
        /// A service provider that no document of Cisco names.
        Sipgate = "sipgate",
        /// A cloud service that no document of Cisco names.
        ZoomPhone = "Zoom Phone" | "Zoom",
        /// Any other call control than these, Webex Calling and Unified CM.
        Other = "third-party call control" | "third-party",
        /// The former Cisco cloud service: phones come from there, none goes there.
        SparkCalling = "Spark Calling" | "Cisco Spark Calling",
    }
}

impl CallControl {
    /// The destination that it is; none for Spark Calling.
    pub const fn destination(self) -> Option<Destination> {
        match self {
            Self::WebexCalling => Some(Destination::WebexCalling),
            Self::RingCentral
            | Self::Verizon
            | Self::Asterisk
            | Self::Centile
            | Self::Metaswitch
            | Self::BroadWorks
            | Self::ThreeCx
            | Self::FreePbx
            | Self::Wazo
            | Self::Sipgate
            | Self::ZoomPhone
            | Self::Other => Some(Destination::ThirdParty),
            Self::UnifiedCm | Self::HostedCollaborationSolution => Some(Destination::UnifiedCm),
            Self::SparkCalling => None,
        }
    }

    /// Whether phones with this firmware can register with it (S0): MPP never with Unified CM, Enterprise with nothing
    /// else. PhoneOS is one image for Unified CM, Webex Calling and BroadWorks, and of others nobody says that it registers.
    /// [`why`](Self::why) says it in a sentence.
    pub fn registers(self, firmware_type: FirmwareType) -> bool {
        let serves = |destination: Destination| destination.needs() == firmware_type;
        match firmware_type {
            FirmwareType::PhoneOs => self.is_served_by_phoneos(),
            _ => self.destination().is_some_and(serves),
        }
    }

    /// Whether release notes of PhoneOS name it (PO).
    fn is_served_by_phoneos(self) -> bool {
        self == Self::BroadWorks
            || matches!(self.destination(), Some(Destination::UnifiedCm | Destination::WebexCalling))
    }

    /// Whether some document of Cisco names it.
    fn is_documented(self) -> bool {
        !matches!(self, Self::ThreeCx | Self::FreePbx | Self::Wazo | Self::Sipgate | Self::ZoomPhone | Self::Other)
    }

    /// Whether phones with this firmware register with it, and why, in one sentence with its source.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{CallControl, FirmwareType};
    ///
    /// assert_eq!(
    ///     CallControl::Asterisk.why(FirmwareType::Enterprise),
    ///     "Phones with Enterprise firmware do not register with Asterisk: Enterprise firmware works with Unified CM only, and \
    ///      Asterisk needs MPP firmware (S0)."
    /// );
    /// ```
    pub fn why(self, firmware_type: FirmwareType) -> String {
        let firmware = firmware_type.name();
        let name = if self == Self::Other { "a third-party call control" } else { self.as_str() };
        let Some(destination) = self.destination() else {
            return format!(
                "No phone registers with {name} any more, whatever its firmware: phones come from there, and Webex Calling is \
                 the service that they go to (S1)."
            );
        };
        let needed = destination.needs().name();
        let of_hosted = if self == Self::HostedCollaborationSolution { ", which is Unified CM, hosted" } else { "" };
        match (firmware_type, destination) {
            (FirmwareType::PhoneOs, _) if self.is_served_by_phoneos() => format!(
                "Phones with PhoneOS register with {name}{of_hosted}: one image serves Unified CM, Webex Calling and BroadWorks \
                 (PO)."
            ),
            (FirmwareType::PhoneOs, _) => format!(
                "No document says that phones with PhoneOS register with {name}: one image serves Unified CM, Webex Calling and \
                 BroadWorks (PO)."
            ),
            (FirmwareType::TlexE2m, _) => format!(
                "Phones with TLexE2M do not register with {name}: it is a step between Enterprise and MPP firmware, and {name} \
                 needs {needed} firmware."
            ),
            (FirmwareType::Enterprise, Destination::UnifiedCm) => format!(
                "Phones with {firmware} firmware register with {name}{of_hosted}: {firmware} firmware is made for Unified CM (S0)."
            ),
            (FirmwareType::Mpp, Destination::UnifiedCm) => format!(
                "Phones with {firmware} firmware do not register with {name}{of_hosted}: it needs {needed} firmware, and \
                 {firmware} firmware works with every other call control (S0)."
            ),
            (FirmwareType::Enterprise, _) => format!(
                "Phones with {firmware} firmware do not register with {name}: {firmware} firmware works with Unified CM only, \
                 and {name} needs {needed} firmware (S0)."
            ),
            (FirmwareType::Mpp, _) if !self.is_documented() => {
                let what_it_takes = if self == Self::Other {
                    "which release it takes"
                } else {
                    "which release it takes, since no document says it"
                };
                format!(
                    "Phones with {firmware} firmware register with {name}: {firmware} firmware is made for call controls other \
                     than Unified CM (S0); ask the provider {what_it_takes}."
                )
            }
            (FirmwareType::Mpp, _) => format!(
                "Phones with {firmware} firmware register with {name}: {firmware} firmware is made for call controls other than \
                 Unified CM (S0)."
            ),
        }
    }
}

impl Destination {
    /// The destination that a text names: one of its words, or the product name of a call control.
    ///
    /// # Errors
    /// If [`CallControl`] does not read the text, or if it names Spark Calling, from which phones only come. Ask about another
    /// call control as `third-party`.
    ///
    /// # Example
    /// ```
    /// use crossgrade::Destination;
    ///
    /// assert_eq!(Destination::named("Cisco Unified Communications Manager"), Ok(Destination::UnifiedCm));
    /// assert_eq!(Destination::named("Asterisk"), Ok(Destination::ThirdParty));
    /// assert_eq!(Destination::named("3CX"), Ok(Destination::ThirdParty));
    /// assert_eq!(Destination::named("webex-calling"), Ok(Destination::WebexCalling));
    /// assert_eq!(
    ///     Destination::named("Spark Calling").unwrap_err().to_string(),
    ///     "destination: a service that phones come from, and none goes to, at character 1 of \"Spark Calling\"; expected \
    ///      webex-calling, third-party (any other call control), unified-cm, or a call control by its name, such as Asterisk"
    /// );
    /// ```
    pub fn named(text: &str) -> Result<Self, ParseError> {
        const EXPECTED: &str = "webex-calling, third-party (any other call control), unified-cm, or a call control by its name, such as Asterisk";
        match text.parse().map(CallControl::destination) {
            Ok(Some(destination)) => Ok(destination),
            Ok(None) => {
                let come_from = fault("a service that phones come from, and none goes to,", 0);
                Err(ParseError::of::<Self>(text, come_from, EXPECTED))
            }
            Err(_) => text.parse().map_err(|error: ParseError| error.expecting(EXPECTED)),
        }
    }
}
