//! What one row says of the identity of its phone, and how much of that an answer depends on.

use crate::inventory::InventoryField;
use crate::inventory::everyday_headers::counts;
use crate::inventory::field_cell::says_nothing;
use crate::phone::{Evidence, Mac, Phone, Serial};
use crate::text::FieldText;

/// MAC address and serial number of a row, without their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    mac: Option<Mac>,
    /// Where another column may say another one.
    serial: Option<Serial>,
    /// Year and week of manufacture, as a serial of the usual shape spells them; others tell none.
    made: [u8; 4],
    kind: Kind,
}

/// What `made` holds where the serial number has no year and week.
const UNMADE: [u8; 4] = *b"0001";

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
    /// Two were said; or the product text holds another one.
    Contradicted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SerialKind {
    Nothing,
    Usual,
    /// Unusual or unreadable, which come to the same finding.
    Unusual,
    /// Two were said.
    Contradicted,
}

impl Identity {
    /// A row that says nothing of it.
    pub(crate) const NOTHING: Self = Self {
        mac: None,
        serial: None,
        made: UNMADE,
        kind: Kind { mac: MacKind::Nothing, serial: SerialKind::Nothing },
    };

    /// That of a phone that was read.
    pub(crate) fn of(phone: &Phone<'_>) -> Self {
        let mac = match phone.mac_evidence() {
            Evidence::Absent => MacKind::Nothing,
            Evidence::Unreadable(_) => MacKind::Unreadable,
            Evidence::Contradictory(_) => MacKind::Contradicted,
            Evidence::Known(_) => MacKind::Known,
        };
        let serial = match phone.serial_evidence() {
            Evidence::Absent => SerialKind::Nothing,
            Evidence::Known(serial) if serial.is_usual() => SerialKind::Usual,
            Evidence::Contradictory(_) => SerialKind::Contradicted,
            Evidence::Known(_) | Evidence::Unreadable(_) => SerialKind::Unusual,
        };
        let known = phone.serial_evidence().known();
        let made = known.map_or(UNMADE, |serial| year_and_week(serial.as_str().as_bytes()));
        Self { mac: phone.mac_evidence().known(), serial: known, made, kind: Kind { mac, serial } }
    }

    /// The MAC address of the row, if it can be read.
    pub(crate) fn mac(&self) -> Option<Mac> {
        self.mac
    }

    /// A cell of a MAC column. What can be read beats what cannot, and two that differ contradict each other.
    #[inline]
    pub(crate) fn hear_mac(&mut self, cell: &[u8]) {
        if self.kind.mac == MacKind::Contradicted {
            return;
        }
        let heard = match Mac::usual(cell) {
            Some(mac) => (Some(mac), MacKind::Known),
            None => other_mac(cell),
        };
        match (self.kind.mac, heard.1) {
            (MacKind::Known, MacKind::Known) if heard.0 != self.mac => {
                (self.mac, self.kind.mac) = (None, MacKind::Contradicted);
            }
            (MacKind::Nothing, _) | (_, MacKind::Known) => (self.mac, self.kind.mac) = heard,
            _ => {}
        }
    }

    /// A cell of a column of MAC addresses or serials whose header is an everyday word, after those of all others.
    pub(crate) fn hear_everyday(&mut self, field: InventoryField, cell: &[u8]) {
        if !counts(field, cell) {
            return;
        }
        match field {
            InventoryField::Mac if matches!(self.kind.mac, MacKind::Nothing | MacKind::Unreadable) => {
                self.hear_mac(cell)
            }
            InventoryField::Serial if self.serial.is_none() && self.kind.serial != SerialKind::Contradicted => {
                self.hear_serial(cell);
            }
            _ => {}
        }
    }

    /// The same for a cell of the only serial column: whether two differ is no question.
    #[inline]
    pub(crate) fn hear_only_serial(&mut self, cell: &[u8]) {
        self.kind.serial = match Serial::is_usual_text(cell) {
            true => {
                self.made = year_and_week(cell);
                SerialKind::Usual
            }
            false => other_serial(cell).0,
        };
    }

    /// A cell of one of several serial columns.
    pub(crate) fn hear_serial(&mut self, cell: &[u8]) {
        let (heard, read) = other_serial(cell);
        match (self.serial, read) {
            _ if self.kind.serial == SerialKind::Contradicted => {}
            (Some(before), Some(serial)) if before != serial => self.kind.serial = SerialKind::Contradicted,
            (Some(_), _) => {}
            (None, read) if self.kind.serial == SerialKind::Nothing || read.is_some() => {
                (self.serial, self.kind.serial) = (read, heard);
                self.made = read.map_or(UNMADE, |serial| year_and_week(serial.as_str().as_bytes()));
            }
            (None, _) => {}
        }
    }

    /// The same, or what the phone says differently: a cell of its own holds that, and beats the others.
    #[inline]
    pub(super) fn or_contradictory(mut self, phone: &Phone<'_>) -> Self {
        if phone.mac_evidence().sides().is_some() {
            (self.mac, self.kind.mac) = (None, MacKind::Contradicted);
        }
        if phone.serial_evidence().sides().is_some() {
            self.kind.serial = SerialKind::Contradicted;
        }
        self
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

    /// The month in which the phone was made, numbered since 1996, where the serial tells it.
    #[inline]
    pub(super) fn month(self) -> Option<u16> {
        if self.kind.serial != SerialKind::Usual {
            return None;
        }
        let (year, month) = Serial::month_of(self.made);
        u16::try_from((year - 1996) * 12 + i16::from(month)).ok()
    }

    /// Any serial of this year and week.
    fn usual_serial(self) -> Option<Serial> {
        let mut text = *b"FCH20100312";
        text[3..7].copy_from_slice(&self.made);
        Serial::read(&text).ok()
    }

    /// The same as evidence of a phone.
    pub(super) fn evidence(self) -> (Evidence<'static, Mac>, Evidence<'static, Serial>) {
        let mac = match (self.mac, self.kind.mac) {
            (Some(mac), _) => Evidence::Known(mac),
            (None, MacKind::Nothing) => Evidence::Absent,
            (None, MacKind::Contradicted) => two(),
            (None, _) => Evidence::Unreadable("?".into()),
        };
        let serial = match self.kind.serial {
            SerialKind::Nothing => Evidence::Absent,
            SerialKind::Usual => self.usual_serial().map_or(Evidence::Absent, Evidence::Known),
            SerialKind::Unusual => Evidence::Unreadable("?".into()),
            SerialKind::Contradicted => Evidence::said([("FCH20100312", ""), ("FCH20100313", "")]),
        };
        (mac, serial)
    }
}

/// Year and week of a serial, of which the usual ones spell them behind the site.
fn year_and_week(serial: &[u8]) -> [u8; 4] {
    serial.get(3..).and_then(|rest| rest.first_chunk()).copied().unwrap_or(UNMADE)
}

/// Any two MAC addresses.
fn two() -> Evidence<'static, Mac> {
    Evidence::said([("00CCFC123456", ""), ("00CCFC123457", "")])
}

#[cold]
fn other_mac(cell: &[u8]) -> (Option<Mac>, MacKind) {
    match Mac::read(cell) {
        Ok(mac) => (Some(mac), MacKind::Known),
        Err(_) if says_nothing(cell) => (None, MacKind::Nothing),
        Err(_) => (None, MacKind::Unreadable),
    }
}

/// What kind a cell is of, and the serial number that it says.
#[cold]
fn other_serial(cell: &[u8]) -> (SerialKind, Option<Serial>) {
    match Serial::read(cell) {
        Ok(serial) if serial.is_usual() => (SerialKind::Usual, Some(serial)),
        Ok(serial) => (SerialKind::Unusual, Some(serial)),
        Err(_) if says_nothing(cell) => (SerialKind::Nothing, None),
        Err(_) => (SerialKind::Unusual, None),
    }
}

impl Kind {
    /// How many there are.
    pub(super) const COUNT: usize = 4 * 4;

    /// Its place among them.
    #[inline]
    pub(super) fn index(self) -> usize {
        self.mac as usize * 4 + self.serial as usize
    }

    /// Whether the MAC address that was read is that of the row.
    pub(super) fn has_mac_of_row(self) -> bool {
        self.mac == MacKind::Known
    }
}
