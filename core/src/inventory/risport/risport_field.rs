//! What is read of a device, by the names that answers and programs have for it.

/// What is read of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeviceField {
    Name,
    Model,
    Status,
    ActiveLoad,
    Description,
    Address,
    /// The name of its node, in records that stand in no node.
    Node,
}

/// Whether two names are one: case, `_`, `-` and blanks do not matter.
pub(super) fn is_same(name: &str, known: &str) -> bool {
    let mut letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    let is_begun = known.bytes().all(|letter| letters.next().is_some_and(|found| found.eq_ignore_ascii_case(&letter)));
    is_begun && letters.next().is_none()
}

impl DeviceField {
    /// The field of this name. `Product` is missing on purpose: it is a type code of another list, and no PID.
    /// `InactiveLoadID` is not what runs.
    pub(super) fn named(name: &str) -> Option<Self> {
        const NAMES: [(&str, DeviceField); 20] = [
            ("Name", DeviceField::Name),
            ("Model", DeviceField::Model),
            ("Status", DeviceField::Status),
            ("ActiveLoadID", DeviceField::ActiveLoad),
            ("Description", DeviceField::Description),
            ("IPAddress", DeviceField::Address),
            // What programs call them that keep each device as one record.
            ("DeviceName", DeviceField::Name),
            ("PhoneName", DeviceField::Name),
            ("ModelName", DeviceField::Model),
            ("DeviceModel", DeviceField::Model),
            ("RegistrationStatus", DeviceField::Status),
            ("RisStatus", DeviceField::Status),
            ("DeviceStatus", DeviceField::Status),
            ("ActiveLoad", DeviceField::ActiveLoad),
            ("ActiveLoadName", DeviceField::ActiveLoad),
            ("Load", DeviceField::ActiveLoad),
            ("IP", DeviceField::Address),
            ("NodeName", DeviceField::Node),
            ("CmNode", DeviceField::Node),
            ("Node", DeviceField::Node),
        ];
        NAMES.into_iter().find(|(known, _)| is_same(name, known)).map(|(_, field)| field)
    }
}
