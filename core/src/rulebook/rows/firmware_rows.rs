use super::{Confidence, List, Origin, Text, VidRange, row};
use crate::destination::Destination;
use crate::firmware::{FirmwareType, LoadName, Release};
use crate::phone::Model;
use crate::text::words;

words! {
    /// When a gate must be passed.
    ///
    /// Ordered in time.
    #[derive(PartialOrd, Ord)]
    pub enum Stage as "stage" {
        /// By the release that runs, before the conversion.
        Start = "start",
        /// By the release that is installed.
        Target = "target",
    }
}

/// A minimum release.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GateRow {
    /// Where it comes from.
    pub origin: Origin,
    /// When it must be passed.
    pub on: Stage,
    /// Models, series, or `listed`: every model with a load.
    pub models: List<Model>,
    /// Models that `listed` leaves out.
    pub except: List<Model>,
    /// The destinations that it is about.
    pub destinations: List<Destination>,
    /// The hardware versions that it is about.
    pub vid: VidRange,
    /// The lowest release that passes.
    pub minimum: Release,
}

row! {
    GateRow in "gates" { on, models, except, destinations, vid, minimum } fields => {
        fields.text("on", on);
        fields.list("models", models);
        fields.list("except", except);
        fields.list("destinations", destinations);
        fields.if_any("vid", vid.has_bound().then_some(vid));
        fields.text("minimum", minimum);
    }
}

/// The lowest release of one type of firmware for some hardware: whatever is installed there must have it, on the way in
/// either direction and in every step. Where the destination needs this type it is a target gate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FloorRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Models, series, or `listed`: every model with a load.
    pub models: List<Model>,
    /// The type of firmware that the release is of.
    pub firmware_type: FirmwareType,
    /// The hardware versions that it is about.
    pub vid: VidRange,
    /// The lowest release that may be installed.
    pub minimum: Release,
    /// Whether a document forbids to go below it: then such hardware cannot run less either.
    pub lasting: bool,
}

row! {
    FloorRow in "floors" { models, firmware_type, vid, minimum, lasting } fields => {
        fields.list("models", models);
        fields.text("firmware-type", firmware_type);
        fields.if_any("vid", vid.has_bound().then_some(vid));
        fields.text("minimum", minimum);
        fields.if_any("lasting", lasting.then_some(lasting));
    }
}

/// A load that the book knows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadRow {
    /// Where it comes from; the id is the load name.
    pub origin: Origin,
    /// The load.
    pub load: LoadName,
}

row! {
    LoadRow in "loads" { load } fields => {
        fields.text("load", load);
    }
}

impl LoadRow {
    /// Whether an answer may choose it by itself: it is for customers, and its name is certain enough.
    pub(crate) fn may_be_chosen(&self) -> bool {
        !self.load.is_engineering_build() && self.origin.confidence != Some(Confidence::Low)
    }
}

/// The load that is installed when the caller chooses none.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TargetRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Where the phone goes.
    pub destination: Destination,
    /// The load, which names its family.
    pub load: LoadName,
}

row! {
    TargetRow in "targets" { destination, load } fields => {
        fields.text("destination", destination);
        fields.text("load", load);
    }
}

/// The load that is installed before the conversion, where what runs is too old for it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Where the phone goes afterwards.
    pub destination: Destination,
    /// The load, which names its family.
    pub load: LoadName,
}

row! {
    StepRow in "steps" { destination, load } fields => {
        fields.text("destination", destination);
        fields.text("load", load);
    }
}

/// The server that Unified CM's field "Load Server" takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadServerRow {
    /// Where it comes from.
    pub origin: Origin,
    /// Where the phone goes.
    pub destination: Destination,
    /// The name of the server.
    pub server: Text,
}

row! {
    LoadServerRow in "load-servers" { destination, server } fields => {
        fields.text("destination", destination);
        fields.text("server", server);
    }
}
