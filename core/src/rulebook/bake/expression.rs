//! Values as the Rust expressions that make them, in the words that `baked.rs` defines at its head.

use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadFamily, LoadForm, LoadName, Release};
use crate::phone::{Model, Vid};
use crate::rulebook::date::Date;
use crate::rulebook::rows::*;
use crate::rulebook::tables::{Index, KnownRelease, Profile, Span};

/// A value as the Rust expression that makes it.
pub(super) trait Bake: Sized {
    /// What stands for nothing, which rows leave out; none for what every row says.
    const NOTHING: Option<&'static str> = None;

    fn bake(&self) -> String;

    fn list(items: &[Self]) -> String {
        format!("B(&[{}])", joined(items))
    }
}

fn joined<T: Bake>(items: &[T]) -> String {
    items.iter().map(Bake::bake).collect::<Vec<_>>().join(", ")
}

/// Structs: every field by name, so that a field that is missing here does not compile there.
macro_rules! bake_struct {
    ($($name:ident { $($field:ident),+ })+) => {$(
        impl Bake for $name {
            fn bake(&self) -> String {
                let fields = [$( format!(concat!(stringify!($field), ": {}"), self.$field.bake()) ),+];
                format!(concat!(stringify!($name), " {{ {} }}"), fields.join(", "))
            }
        }
    )+};
}

bake_struct! {
    Side { says, sources }
    Profile { key, model, single_firmware, conversions, gates, advice, target, step, licenses, floors, loads }
    Index { profiles, buckets, positions, releases }
}

/// Enums: the names that `Debug` prints are the names of the variants.
macro_rules! bake_enum {
    ($($name:ident)+) => {$(
        impl Bake for $name {
            fn bake(&self) -> String {
                format!(concat!(stringify!($name), "::{:?}"), self)
            }
        }
    )+};
}

bake_enum! { Answer Stage LicenseNeed AuthorizationState EvidenceRule AdviceKind FirmwareType LoadForm Confidence }

impl Bake for PidMark {
    const NOTHING: Option<&'static str> = Some("PidMark::Any");

    fn bake(&self) -> String {
        format!("PidMark::{self:?}")
    }
}

impl Bake for Destination {
    fn bake(&self) -> String {
        format!("Destination::{self:?}")
    }

    fn list(items: &[Self]) -> String {
        let names: Vec<String> = items.iter().map(|item| format!("{item:?}")).collect();
        format!("destinations![{}]", names.join(", "))
    }
}

impl Bake for Text {
    fn bake(&self) -> String {
        format!("B({self:?})")
    }

    fn list(items: &[Self]) -> String {
        let texts: Vec<String> = items.iter().map(|item| format!("{item:?}")).collect();
        format!("texts![{}]", texts.join(", "))
    }
}

impl Bake for Date {
    fn bake(&self) -> String {
        let (year, month, day) = self.parts();
        format!("Date::constant({year}, {month}, {day})")
    }
}

impl Bake for Span {
    fn bake(&self) -> String {
        format!("s({}, {})", self.from, self.len)
    }
}

impl Bake for KnownRelease {
    fn bake(&self) -> String {
        format!("known({}, {}, {})", self.release.bake(), self.is_enterprise, self.is_mpp)
    }
}

impl Bake for bool {
    const NOTHING: Option<&'static str> = Some("false");

    fn bake(&self) -> String {
        self.to_string()
    }
}

impl Bake for u16 {
    fn bake(&self) -> String {
        self.to_string()
    }
}

impl Bake for Model {
    fn bake(&self) -> String {
        format!("model({:?})", self.as_str())
    }

    fn list(items: &[Self]) -> String {
        let names: Vec<String> = items.iter().map(|item| format!("{:?}", item.as_str())).collect();
        format!("models![{}]", names.join(", "))
    }
}

impl Bake for LoadFamily {
    fn bake(&self) -> String {
        format!("family({:?})", self.as_str())
    }
}

impl Bake for Release {
    fn bake(&self) -> String {
        let Self { major, minor, micro, service } = self;
        format!("release({major}, {minor}, {micro}, {service})")
    }
}

impl Bake for LoadName {
    fn bake(&self) -> String {
        let (family, form, release, respin, build) = self.parts();
        format!("load_name({}, {}, {}, {respin}, {build})", family.bake(), form.bake(), release.bake())
    }
}

impl Bake for VidRange {
    const NOTHING: Option<&'static str> = Some("VidRange::ANY");

    fn bake(&self) -> String {
        let number = |vid: Vid| vid.number();
        match (self.from.map(number), self.to.map(number)) {
            (None, None) => "VidRange::ANY".to_owned(),
            (Some(from), None) => format!("vid_from({from})"),
            (None, Some(to)) => format!("vid_to({to})"),
            (Some(from), Some(to)) => format!("vid_between({from}, {to})"),
        }
    }
}

impl<T: Bake> Bake for Option<T> {
    const NOTHING: Option<&'static str> = Some("None");

    fn bake(&self) -> String {
        self.as_ref().map_or("None".to_owned(), |value| format!("Some({})", value.bake()))
    }
}

impl<T: Bake + Clone> Bake for List<T>
where
    [T]: ToOwned<Owned = Vec<T>>,
{
    const NOTHING: Option<&'static str> = Some("B(&[])");

    fn bake(&self) -> String {
        if self.is_empty() { "B(&[])".to_owned() } else { T::list(self) }
    }
}

impl<T: Bake, const N: usize> Bake for [T; N] {
    fn bake(&self) -> String {
        format!("[{}]", joined(self))
    }
}
