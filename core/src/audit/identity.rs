//! What one row says of the identity of its phone, and how much of that an answer depends on.

use crate::inventory::row::says_nothing;
use crate::phone::{Evidence, Mac, Serial};
use crate::text::FieldText;

/// MAC address and serial number of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) mac: SaidMac,
    pub(crate) serial: SaidSerial,
}

impl Identity {
    /// A row that says nothing of it.
    pub(crate) const NOTHING: Self = Self { mac: SaidMac::Nothing, serial: SaidSerial::Nothing };

    /// A cell of a MAC column: it counts where no better column said anything.
    #[inline]
    pub(crate) fn hear_mac(&mut self, cell: &[u8]) {
        if self.mac == SaidMac::Nothing {
            self.mac = said_mac(cell);
        }
    }

    /// The same for a serial number.
    #[inline]
    pub(crate) fn hear_serial(&mut self, cell: &[u8]) {
        if self.serial == SaidSerial::Nothing {
            self.serial = said_serial(cell);
        }
    }
}

/// What a row says of its MAC address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SaidMac {
    Nothing,
    Unreadable,
    Known(Mac),
}

/// What a row says of its serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SaidSerial {
    Nothing,
    Usual,
    /// Unusual or unreadable, which come to the same finding.
    Unusual,
}

/// Reads a MAC address without keeping the text.
#[inline]
fn said_mac(cell: &[u8]) -> SaidMac {
    match Mac::usual(cell) {
        Some(mac) => SaidMac::Known(mac),
        None => other_mac(cell),
    }
}

#[cold]
fn other_mac(cell: &[u8]) -> SaidMac {
    match Mac::read(cell) {
        Ok(mac) => SaidMac::Known(mac),
        Err(_) if says_nothing(cell) => SaidMac::Nothing,
        Err(_) => SaidMac::Unreadable,
    }
}

/// Reads a serial number without keeping it.
#[inline]
fn said_serial(cell: &[u8]) -> SaidSerial {
    if Serial::is_usual_text(cell) { SaidSerial::Usual } else { other_serial(cell) }
}

#[cold]
fn other_serial(cell: &[u8]) -> SaidSerial {
    match Serial::read(cell) {
        Ok(serial) if serial.is_usual() => SaidSerial::Usual,
        Ok(_) => SaidSerial::Unusual,
        Err(_) if says_nothing(cell) => SaidSerial::Nothing,
        Err(_) => SaidSerial::Unusual,
    }
}

/// As much of an [`Identity`] as the result columns depend on, but for the digits of the MAC address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    mac: MacKind,
    serial: SaidSerial,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MacKind {
    Nothing,
    Unreadable,
    Known,
    /// The product text holds another one.
    Contradicted,
}

impl Kind {
    /// How many there are.
    pub(super) const COUNT: usize = 4 * 3;

    /// The kind of an identity, beside the MAC address that the product text may hold.
    pub(super) fn of(identity: Identity, of_product: Option<Mac>) -> Self {
        let mac = match identity.mac {
            SaidMac::Nothing => MacKind::Nothing,
            SaidMac::Unreadable => MacKind::Unreadable,
            SaidMac::Known(mac) if of_product.is_some_and(|other| other != mac) => MacKind::Contradicted,
            SaidMac::Known(_) => MacKind::Known,
        };
        Self { mac, serial: identity.serial }
    }

    /// Its place among them.
    pub(super) fn index(self) -> usize {
        self.mac as usize * 3 + self.serial as usize
    }

    /// Whether the MAC address that was read is that of the row.
    pub(super) fn has_mac_of_row(self) -> bool {
        self.mac == MacKind::Known
    }
}

impl Identity {
    /// The same as evidence of a phone.
    pub(super) fn evidence(self) -> (Evidence<'static, Mac>, Evidence<'static, Serial>) {
        let mac = match self.mac {
            SaidMac::Nothing => Evidence::Absent,
            SaidMac::Unreadable => Evidence::Unreadable("?".into()),
            SaidMac::Known(mac) => Evidence::Known(mac),
        };
        let serial = match self.serial {
            SaidSerial::Nothing => Evidence::Absent,
            SaidSerial::Usual => "FCH20100312".into(),
            SaidSerial::Unusual => Evidence::Unreadable("?".into()),
        };
        (mac, serial)
    }
}
