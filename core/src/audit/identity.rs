//! What one row says of the identity of its phone, and how much of that an answer depends on.

use crate::inventory::row::says_nothing;
use crate::phone::{Evidence, Mac, Phone, Serial};
use crate::text::FieldText;

/// MAC address and serial number of a row, without their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    mac: Option<Mac>,
    /// Whether the serial number was read; another one counts no more.
    has_serial: bool,
    kind: Kind,
}

/// As much of an identity as the result columns depend on, but for the digits of the MAC address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    mac: MacKind,
    serial: SerialKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MacKind {
    Nothing,
    Unreadable,
    Known,
    /// The product text holds another one.
    Contradicted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SerialKind {
    Nothing,
    Usual,
    /// Unusual or unreadable, which come to the same finding.
    Unusual,
}

impl Identity {
    /// A row that says nothing of it.
    pub(crate) const NOTHING: Self =
        Self { mac: None, has_serial: false, kind: Kind { mac: MacKind::Nothing, serial: SerialKind::Nothing } };

    /// That of a phone that was read.
    pub(crate) fn of(phone: &Phone<'_>) -> Self {
        let mac = match phone.mac_evidence() {
            Evidence::Absent => MacKind::Nothing,
            Evidence::Unreadable(_) => MacKind::Unreadable,
            Evidence::Known(_) => MacKind::Known,
        };
        let serial = match phone.serial_evidence() {
            Evidence::Absent => SerialKind::Nothing,
            Evidence::Known(serial) if serial.is_usual() => SerialKind::Usual,
            Evidence::Known(_) | Evidence::Unreadable(_) => SerialKind::Unusual,
        };
        let has_serial = matches!(phone.serial_evidence(), Evidence::Known(_));
        Self { mac: phone.mac_evidence().known(), has_serial, kind: Kind { mac, serial } }
    }

    /// The MAC address of the row, if it can be read.
    pub(crate) fn mac(&self) -> Option<Mac> {
        self.mac
    }

    /// A cell of a MAC column: it counts where no better column said anything that can be read.
    #[inline]
    pub(crate) fn hear_mac(&mut self, cell: &[u8]) {
        if matches!(self.kind.mac, MacKind::Known | MacKind::Contradicted) {
            return;
        }
        let heard = match Mac::usual(cell) {
            Some(mac) => (Some(mac), MacKind::Known),
            None => other_mac(cell),
        };
        if self.kind.mac == MacKind::Nothing || heard.1 == MacKind::Known {
            (self.mac, self.kind.mac) = heard;
        }
    }

    /// The same for a serial number.
    #[inline]
    pub(crate) fn hear_serial(&mut self, cell: &[u8]) {
        if self.has_serial {
            return;
        }
        let (heard, is_read) = match Serial::is_usual_text(cell) {
            true => (SerialKind::Usual, true),
            false => other_serial(cell),
        };
        if self.kind.serial == SerialKind::Nothing || is_read {
            (self.kind.serial, self.has_serial) = (heard, is_read);
        }
    }

    /// Its kind where the product text holds no MAC address.
    #[inline]
    pub(super) fn kind(self) -> Kind {
        self.kind
    }

    /// Its kind beside the MAC address that the product text holds.
    pub(super) fn kind_beside(self, of_product: Mac) -> Kind {
        match self.mac {
            Some(mac) if mac != of_product => Kind { mac: MacKind::Contradicted, ..self.kind },
            _ => self.kind,
        }
    }

    /// The same as evidence of a phone.
    pub(super) fn evidence(self) -> (Evidence<'static, Mac>, Evidence<'static, Serial>) {
        let mac = match (self.mac, self.kind.mac) {
            (Some(mac), _) => Evidence::Known(mac),
            (None, MacKind::Nothing) => Evidence::Absent,
            (None, _) => Evidence::Unreadable("?".into()),
        };
        let serial = match self.kind.serial {
            SerialKind::Nothing => Evidence::Absent,
            SerialKind::Usual => "FCH20100312".into(),
            SerialKind::Unusual => Evidence::Unreadable("?".into()),
        };
        (mac, serial)
    }
}

#[cold]
fn other_mac(cell: &[u8]) -> (Option<Mac>, MacKind) {
    match Mac::read(cell) {
        Ok(mac) => (Some(mac), MacKind::Known),
        Err(_) if says_nothing(cell) => (None, MacKind::Nothing),
        Err(_) => (None, MacKind::Unreadable),
    }
}

/// What kind a cell is of, and whether it can be read.
#[cold]
fn other_serial(cell: &[u8]) -> (SerialKind, bool) {
    match Serial::read(cell) {
        Ok(serial) if serial.is_usual() => (SerialKind::Usual, true),
        Ok(_) => (SerialKind::Unusual, true),
        Err(_) if says_nothing(cell) => (SerialKind::Nothing, false),
        Err(_) => (SerialKind::Unusual, false),
    }
}

impl Kind {
    /// How many there are.
    pub(super) const COUNT: usize = 4 * 3;

    /// Its place among them.
    #[inline]
    pub(super) fn index(self) -> usize {
        self.mac as usize * 3 + self.serial as usize
    }

    /// Whether the MAC address that was read is that of the row.
    pub(super) fn has_mac_of_row(self) -> bool {
        self.mac == MacKind::Known
    }
}
