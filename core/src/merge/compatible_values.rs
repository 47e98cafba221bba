//! The values that rows can say, and which of them can be true together.

use crate::firmware::{FirmwareType, LoadName, Release, mentions_mpp};
use crate::phone::{Authorization, Evidence, Phone, Product, Serial, Vid};

/// What runs, as one row says it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Running {
    pub(super) load: Option<LoadName>,
    pub(super) said_release: Option<Release>,
    /// A load that cannot be read and mentions MPP: over that, nothing may be assumed (specification 2.3).
    pub(super) hint: Option<String>,
}

/// The values that evidence holds, the best first.
pub(super) fn values<T: Copy>(evidence: &Evidence<'_, T>) -> Vec<T> {
    match evidence {
        Evidence::Absent | Evidence::Unreadable(_) => Vec::new(),
        Evidence::Known(value) => vec![*value],
        Evidence::Contradictory(sides) => sides.values().copied().collect(),
    }
}

/// The products that a row says: each may say more than which product it is.
pub(super) fn products<'p>(phone: &'p Phone<'_>) -> impl Iterator<Item = &'p Product> {
    let known = match phone.product() {
        Evidence::Known(product) => Some(product),
        Evidence::Absent | Evidence::Unreadable(_) | Evidence::Contradictory(_) => None,
    };
    known.into_iter().chain(phone.product().sides().into_iter().flat_map(|sides| sides.values()))
}

/// A product, and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Named {
    pub(super) product: Product,
    pub(super) text: String,
}

/// A value that a second row may say too, perhaps with more in it.
pub(super) trait Value: Clone + PartialEq {
    /// Whether both can be true.
    fn agrees(&self, other: &Self) -> bool;

    /// The one that says more, where they agree.
    fn with(self, other: Self) -> Self {
        let _ = other;
        self
    }

    /// Whether one that contradicts it says something of which it says nothing.
    fn lacks(&self, other: &Self) -> bool {
        let _ = other;
        false
    }

    /// It, if the other one is right in what it adds.
    fn beside(&self, other: &Self) -> Self {
        if self.agrees(other) { self.clone().with(other.clone()) } else { self.clone() }
    }

    /// Whether it says all that the other one says.
    fn covers(&self, other: &Self) -> bool {
        self.agrees(other) && self.clone().with(other.clone()) == *self
    }
}

macro_rules! plain_values {
    ($($type:ty)+) => {$(
        impl Value for $type {
            fn agrees(&self, other: &Self) -> bool {
                self == other
            }
        }
    )+};
}

plain_values!(Vid Serial FirmwareType Authorization);

impl Running {
    const NOTHING: Self = Self { load: None, said_release: None, hint: None };

    /// What a row says of what runs. Load and release of one row stay together, so that the release in a list of last year does
    /// not contradict the load of today.
    pub(super) fn of(phone: &Phone<'_>) -> Vec<Self> {
        let of_product = products(phone).filter_map(|product| product.release());
        let loads: Vec<_> = values(phone.load_evidence());
        let releases: Vec<_> = values(phone.release_evidence());
        let together = match (loads.as_slice(), releases.as_slice()) {
            ([], []) => Vec::new(),
            ([load], []) => vec![Self { load: Some(*load), ..Self::NOTHING }],
            ([], [release]) => vec![Self { said_release: Some(*release), ..Self::NOTHING }],
            ([load], [release]) => {
                vec![Self { load: Some(*load), said_release: Some(*release), ..Self::NOTHING }]
            }
            (loads, releases) => {
                let loads = loads.iter().map(|load| Self { load: Some(*load), ..Self::NOTHING });
                let release = |release: &Release| Self { said_release: Some(*release), ..Self::NOTHING };
                loads.chain(releases.iter().map(release)).collect()
            }
        };
        let of_product = of_product.map(|release| Self { said_release: Some(release), ..Self::NOTHING });
        let Some(hint) = Self::hint(phone) else { return together.into_iter().chain(of_product).collect() };
        // A load says what runs before a hint does, unless it is for other phones; both stay together.
        let has_load = together.iter().any(|running| running.load.is_some());
        let with_hint = |running: Self| Self { hint: running.load.map(|_| hint.to_owned()), ..running };
        let together = together.into_iter().map(with_hint).chain(of_product);
        together.chain(Self::read(hint).filter(|_| !has_load)).collect()
    }

    /// The text of a phone that cannot be read and hints at MPP.
    pub(super) fn hint<'p>(phone: &'p Phone<'_>) -> Option<&'p str> {
        let texts = [phone.load_evidence().unreadable(), phone.release_evidence().unreadable()];
        texts.into_iter().flatten().find(|text| mentions_mpp(text))
    }

    /// A load, a release, or a text that hints at MPP.
    pub(super) fn read(text: &str) -> Option<Self> {
        let load = text.parse().ok();
        let said_release = if load.is_none() { text.parse().ok() } else { None };
        let has_hint = load.is_none() && said_release.is_none() && mentions_mpp(text);
        let running = Self { load, said_release, hint: has_hint.then(|| text.to_owned()) };
        (running != Self::NOTHING).then_some(running)
    }

    pub(super) fn release(&self) -> Option<Release> {
        self.said_release.or_else(|| self.load?.release())
    }

    /// Whether firmware of this type can be what runs.
    pub(super) fn can_be(&self, firmware_type: FirmwareType) -> bool {
        self.firmware_type().is_none_or(|said| said == firmware_type)
    }

    /// The type of firmware that a load says or a text hints at; a release says none.
    pub(super) fn firmware_type(&self) -> Option<FirmwareType> {
        self.load.map(|load| load.firmware_type()).or(self.hint.as_ref().map(|_| FirmwareType::Mpp))
    }

    /// All that is said: load, the release if the load does not say the same, and the hint.
    pub(super) fn texts(&self) -> Vec<String> {
        let load = self.load.map(|load| load.to_string());
        let release = self.said_release.filter(|release| self.load.and_then(|load| load.release()) != Some(*release));
        load.into_iter().chain(release.map(|release| release.to_string())).chain(self.hint.clone()).collect()
    }
}

impl Value for Running {
    fn agrees(&self, other: &Self) -> bool {
        let both_have_loads = self.load.is_some() && other.load.is_some();
        if self.hint != other.hint && !both_have_loads {
            return false;
        }
        let loads = self.load.zip(other.load).is_none_or(|(one, two)| one == two);
        loads && self.release().zip(other.release()).is_none_or(|(one, two)| one == two)
    }

    fn with(self, other: Self) -> Self {
        Self {
            load: self.load.or(other.load),
            said_release: self.said_release.or(other.said_release),
            hint: self.hint.or(other.hint),
        }
    }

    fn lacks(&self, other: &Self) -> bool {
        self.firmware_type().is_none() && other.firmware_type().is_some()
    }
}

impl Named {
    /// The products that a row says, without what their texts say of other fields: that is weighed with those.
    pub(super) fn of(phone: &Phone<'_>) -> Vec<Self> {
        match phone.product() {
            Evidence::Absent | Evidence::Unreadable(_) => Vec::new(),
            Evidence::Known(product) => Self::bare(product, phone.product_text()).into_iter().collect(),
            Evidence::Contradictory(sides) => {
                sides.iter().filter_map(|side| Self::bare(side.value(), Some(side.text()))).collect()
            }
        }
    }

    fn bare(product: &Product, text: Option<&str>) -> Option<Self> {
        let has_more = product.vid().is_some()
            || product.firmware_type().is_some()
            || product.release().is_some()
            || product.mac().is_some();
        let bare = || match product.pid() {
            Some(pid) => pid.to_string(),
            None if product.is_marked_3pcc() => format!("{}-3PCC", product.model()),
            None => product.model().to_string(),
        };
        Self::read(&text.filter(|_| !has_more).map_or_else(bare, str::to_owned))
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        Some(Self { product: text.parse().ok()?, text: text.to_owned() })
    }
}

impl Value for Named {
    fn agrees(&self, other: &Self) -> bool {
        self.product.agrees_with(&other.product)
    }

    fn with(self, other: Self) -> Self {
        // A type code says the same as a name, and a person has to look it up.
        let is_name = |named: &Self| !named.text.bytes().all(|byte| byte.is_ascii_digit());
        let says = |named: &Self| (named.product.pid().is_some(), named.product.is_marked_3pcc(), is_name(named));
        if says(&other) > says(&self) { other } else { self }
    }

    fn lacks(&self, other: &Self) -> bool {
        self.product.pid().is_none() && !self.product.is_marked_3pcc() && other.product.is_marked_3pcc()
    }

    fn beside(&self, other: &Self) -> Self {
        if self.agrees(other) {
            return self.clone().with(other.clone());
        }
        let marked = Self::read(&format!("{}-3PCC", self.product.model())).filter(|_| self.lacks(other));
        marked.unwrap_or_else(|| self.clone())
    }
}
