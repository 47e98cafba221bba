use super::Destination;
use crate::ParseError;
use crate::firmware::FirmwareType;
use crate::text::words;

words! {
    /// A call control by its product name, as S0 lists them.
    ///
    /// # Accepted spellings
    /// The names below; case, spaces, `_` and `-` do not matter. `CUCM`, `CallManager` and `HCS` are read too.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{CallControl, Destination, FirmwareType};
    ///
    /// let asterisk: CallControl = "Asterisk".parse()?;
    /// assert_eq!(asterisk.destination(), Some(Destination::ThirdParty));
    /// assert!(asterisk.registers(FirmwareType::Mpp));
    /// assert!(!asterisk.registers(FirmwareType::Enterprise));
    /// # Ok::<(), crossgrade::ParseError>(())
    /// ```
    #[non_exhaustive]
    pub enum CallControl as "call control" {
        /// Cisco's cloud service.
        WebexCalling = "Webex Calling",
        /// A service provider.
        RingCentral = "Ring Central",
        /// A service provider.
        Verizon = "Verizon",
        /// An IP PBX.
        Asterisk = "Asterisk",
        /// An IP PBX.
        Centile = "Centile",
        /// An IP PBX.
        Metaswitch = "Metaswitch",
        /// Cisco's call control on premises.
        UnifiedCm = "Unified CM" | "CUCM" | "Unified Communications Manager" | "CallManager",
        /// Unified CM, hosted.
        HostedCollaborationSolution = "Hosted Collaboration Solution" | "HCS",
        /// The former Cisco cloud service: phones come from there, none goes there.
        SparkCalling = "Spark Calling",
    }
}

impl CallControl {
    /// The destination that it is; none for Spark Calling.
    pub const fn destination(self) -> Option<Destination> {
        match self {
            Self::WebexCalling => Some(Destination::WebexCalling),
            Self::RingCentral | Self::Verizon | Self::Asterisk | Self::Centile | Self::Metaswitch => {
                Some(Destination::ThirdParty)
            }
            Self::UnifiedCm | Self::HostedCollaborationSolution => Some(Destination::UnifiedCm),
            Self::SparkCalling => None,
        }
    }

    /// Whether phones with this firmware can register with it (S0): MPP never with Unified CM, Enterprise with nothing
    /// else.
    pub fn registers(self, firmware_type: FirmwareType) -> bool {
        self.destination().is_some_and(|destination| destination.needs() == firmware_type)
    }
}

impl Destination {
    /// The destination that a text names: one of its words, or the product name of a call control.
    ///
    /// # Errors
    /// If it names neither, or Spark Calling.
    ///
    /// # Example
    /// ```
    /// use crossgrade::Destination;
    ///
    /// assert_eq!(Destination::named("Asterisk"), Ok(Destination::ThirdParty));
    /// assert_eq!(Destination::named("webex-calling"), Ok(Destination::WebexCalling));
    /// assert!(Destination::named("Spark Calling").is_err());
    /// ```
    pub fn named(text: &str) -> Result<Self, ParseError> {
        let by_product = || text.parse::<CallControl>().ok().and_then(CallControl::destination);
        text.parse().or_else(|error| by_product().ok_or(error))
    }
}
