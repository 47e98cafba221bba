use crate::text::words;

words! {
    /// A column that an audit adds to the columns of an inventory.
    ///
    /// A value that is not there is null, or empty in CSV.
    ///
    /// Ordered as a table has them.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum ResultColumn as "result column" {
        /// The model that was read.
        ReadModel = "read_model",
        /// The hardware version that was read.
        ReadVid = "read_vid",
        /// The MAC address that was read: twelve upper-case hexadecimal digits.
        ReadMac = "read_mac",
        /// The type of firmware that runs, as far as the evidence tells.
        ReadFirmwareType = "read_firmware_type",
        /// The release that runs, as far as the evidence tells.
        ReadRelease = "read_release",
        /// The answer in one word.
        Verdict = "verdict",
        /// The codes of the findings, in order, each once, separated by spaces.
        Findings = "findings",
        /// The codes of the findings that decided the verdict, in order, each once, separated by spaces; null for eligible.
        DecidedBy = "decided_by",
        /// The fields that would settle an unknown verdict, each once, separated by spaces; null elsewhere, and where no field
        /// would.
        EvidenceNeeded = "evidence_needed",
        /// The worst status of the gates before the conversion: unmet, unknown, met; null if there is no gate.
        StartGate = "start_gate",
        /// The worst status of the gates on what is installed.
        TargetGate = "target_gate",
        /// The load to install before the conversion, where a start gate is unmet and the rule book has one.
        InstallFirst = "install_first",
        /// The load to install.
        TargetLoad = "target_load",
        /// The server that has it, where Cisco serves it.
        LoadServer = "load_server",
        /// Whether a license is needed.
        LicenseNeed = "license_need",
        /// The license to order.
        LicenseSku = "license_sku",
        /// The support to order with it.
        ServiceSku = "service_sku",
        /// The file name to keep the license under; it holds the MAC address.
        LicenseFile = "license_file",
        /// One sentence that says why, or what comes first on the way of an eligible phone. It quotes no cell.
        Why = "why",
    }
}

impl ResultColumn {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::ALL.len();

    /// Whether it tells what was read, and so is the same for every destination.
    #[cfg(feature = "csv")]
    pub(crate) fn is_about_reading(self) -> bool {
        self < Self::Verdict
    }

    /// Whether its text holds the MAC address of the row, and so is another for every phone.
    pub(crate) fn holds_mac(self) -> bool {
        matches!(self, Self::ReadMac | Self::LicenseFile)
    }
}

/// The columns of a request, of several that are answered side by side: what was read is told with the first.
#[cfg(feature = "csv")]
pub(crate) fn result_columns(request: usize) -> impl Iterator<Item = &'static ResultColumn> {
    ResultColumn::ALL.iter().filter(move |column| request == 0 || !column.is_about_reading())
}
