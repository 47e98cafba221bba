//! The values that rows can say, and which of them can be true together.

use crate::assess::mentions_mpp;
use crate::firmware::{FirmwareType, LoadName, Release};
use crate::phone::{Authorization, Evidence, Phone, Product, Serial, Vid};

/// What runs, as one row says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    pub(super) load: Option<LoadName>,
    pub(super) said_release: Option<Release>,
    /// A load that cannot be read and mentions MPP: over that, nothing may be assumed (specification 2.3).
    pub(super) hint: Option<String>,
}

/// A product, and how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub(super) const NOTHING: Self = Self { load: None, said_release: None, hint: None };

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

    pub(super) fn text(&self) -> String {
        match (self.load, self.said_release) {
            (Some(load), _) => load.to_string(),
            (None, Some(release)) => release.to_string(),
            (None, None) => self.hint.clone().unwrap_or_default(),
        }
    }
}

impl Value for Running {
    fn agrees(&self, other: &Self) -> bool {
        if self.hint != other.hint {
            return false;
        }
        let loads = self.load.zip(other.load).is_none_or(|(one, two)| one == two);
        loads && self.release().zip(other.release()).is_none_or(|(one, two)| one == two)
    }

    fn with(self, other: Self) -> Self {
        Self { load: self.load.or(other.load), said_release: self.said_release.or(other.said_release), hint: self.hint }
    }
}

impl Named {
    pub(super) fn of(phone: &Phone<'_>) -> Option<Self> {
        let Evidence::Known(product) = phone.product() else { return None };
        let has_more = product.vid().is_some()
            || product.firmware_type().is_some()
            || product.release().is_some()
            || product.mac().is_some();
        // What a text says besides the product is weighed with the other fields.
        let bare = || match product.pid() {
            Some(pid) => pid.to_string(),
            None if product.is_marked_3pcc() => format!("{}-3PCC", product.model()),
            None => product.model().to_string(),
        };
        let text = phone.product_text().filter(|_| !has_more).map_or_else(bare, str::to_owned);
        Self::read(&text)
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        Some(Self { product: text.parse().ok()?, text: text.to_owned() })
    }
}

impl Value for Named {
    /// A name of a model says nothing of a 3PCC mark; a product id does.
    fn agrees(&self, other: &Self) -> bool {
        let (one, two) = (&self.product, &other.product);
        let is_silent = |product: &Product| product.pid().is_none() && !product.is_marked_3pcc();
        one.model() == two.model() && (one.is_marked_3pcc() == two.is_marked_3pcc() || is_silent(one) || is_silent(two))
    }

    fn with(self, other: Self) -> Self {
        // A type code says the same as a name, and a person has to look it up.
        let is_name = |named: &Self| !named.text.bytes().all(|byte| byte.is_ascii_digit());
        let says = |named: &Self| (named.product.pid().is_some(), named.product.is_marked_3pcc(), is_name(named));
        if says(&other) > says(&self) { other } else { self }
    }
}
