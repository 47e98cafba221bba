//! All rows of a book, and an index by model over those that are in force.

use super::date::Date;
use super::rows::*;
use crate::destination::Destination;
use crate::firmware::{FirmwareType, Release};
use crate::phone::Model;

macro_rules! rows {
    ($($name:ident: $row:ident, $about:literal,)+) => {
        /// Every row of a book, in every version that it had at some date.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(crate) struct Rows {
            $( #[doc = $about] pub(crate) $name: List<$row>, )+
        }

        impl Rows {
            /// A book before it is read.
            #[cfg(any(feature = "load", crossgrade_unbaked))]
            pub(crate) const NONE: Self = Self { $( $name: List::Borrowed(&[]), )+ };

            /// The rows that are in force at this step, in whatever section.
            pub(crate) fn in_force(&self, step: u8) -> impl Iterator<Item = &dyn Row> + Clone {
                let rows = std::iter::empty();
                $( let rows = rows.chain(self.$name.iter().map(|row| row as &dyn Row)); )+
                rows.filter(move |row| row.origin().life.holds(step))
            }
        }
    };
}
with_sections!(rows);

/// A book as of one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    /// What the book is called: `field as of 2024-08-26`.
    pub(crate) edition: Text,
    /// What the book was before amendments and overlays: `guide`, `field`.
    pub(crate) root: Text,
    pub(crate) revision: semver::Version,
    /// SHA-256 over the canonical form of the rows in force.
    pub(crate) digest: Text,
    /// The day of the last amendment, where later ones are left out.
    pub(crate) as_of: Option<Date>,
    /// Which rows are in force.
    pub(crate) step: u8,
    pub(crate) index: Index,
}

/// Where the rows about a model stand, so that no decision has to search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Index {
    /// Sorted by bucket, then by key.
    pub(crate) profiles: List<Profile>,
    /// Where the profiles of each bucket begin, and at the end where those of the last one end.
    pub(crate) buckets: List<u16>,
    /// Positions in the sections; the profiles name parts of this list.
    pub(crate) positions: List<u16>,
    /// Every release of which the book has a load, the lowest first.
    pub(crate) releases: List<KnownRelease>,
}

/// A release, and the types of firmware of the loads that a book has of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KnownRelease {
    pub(crate) release: Release,
    pub(crate) is_enterprise: bool,
    pub(crate) is_mpp: bool,
}

impl Index {
    /// The profile of exactly this name.
    fn profile(&self, key: Model) -> Option<&Profile> {
        let bucket = bucket(key);
        let from = usize::from(*self.buckets.get(bucket)?);
        let until = usize::from(*self.buckets.get(bucket + 1)?);
        self.profiles.get(from..until)?.iter().find(|profile| profile.key == key)
    }

    fn part(&self, span: Span) -> &[u16] {
        let from = usize::try_from(span.from).unwrap_or(usize::MAX);
        self.positions.get(from..from.saturating_add(usize::from(span.len))).unwrap_or_default()
    }
}

/// How many buckets an index has: so many that few models of a book share one.
#[cfg(feature = "load")]
pub(crate) const BUCKETS: usize = 256;

/// The bucket of a model: a hash of the number that most names start with, and of the length, which tells `8851NR` from
/// `8851`.
pub(crate) fn bucket(key: Model) -> usize {
    let name = key.0.as_bytes();
    let start = name.first_chunk().map_or(0, |start| u32::from_le_bytes(*start));
    let mixed = (start ^ name.len() as u32).wrapping_mul(0x9E37_79B1);
    (mixed >> 24) as usize
}

/// A part of the positions of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) from: u32,
    pub(crate) len: u16,
}

/// Where the rows about one model, series or `other` stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) key: Model,
    pub(crate) model: Option<u16>,
    pub(crate) single_firmware: Option<u16>,
    /// By destination, for product ids without and with 3PCC mark.
    pub(crate) conversions: [[Span; 2]; 3],
    /// By destination, as the following.
    pub(crate) gates: [Span; 3],
    pub(crate) advice: [Span; 3],
    pub(crate) target: [Option<u16>; 3],
    pub(crate) step: [Option<u16>; 3],
    pub(crate) licenses: [Span; 3],
    /// Floors of Enterprise and MPP firmware: those of all hardware versions first, then the lowest.
    pub(crate) floors: [Span; 2],
    /// Enterprise and MPP loads of the family that an answer may choose, the lowest first.
    pub(crate) loads: [Span; 2],
}

/// What rows call every Cisco device that no row names.
pub(crate) const OTHER: Model = Model::constant("other");
/// What rows call every model with a load.
#[cfg(feature = "load")]
pub(crate) const LISTED: Model = Model::constant("listed");

/// A book as decisions see it: rows, and what is in force.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a> {
    pub(crate) rows: &'a Rows,
    pub(crate) view: &'a View,
}

impl<'a> Tables<'a> {
    /// The profile of a model: its own, that of its series, or that of every other device.
    #[inline]
    pub(crate) fn profile(self, model: Model) -> Option<&'a Profile> {
        self.view.index.profile(model).or_else(|| self.profile_of_more(model))
    }

    #[cold]
    fn profile_of_more(self, model: Model) -> Option<&'a Profile> {
        let index = &self.view.index;
        let of_series = model.series().and_then(|series| index.profile(series));
        of_series.or_else(|| index.profile(OTHER))
    }

    /// The rows of a section that a profile names.
    pub(crate) fn at<T>(
        self,
        rows: &'a [T],
        span: Span,
    ) -> impl DoubleEndedIterator<Item = &'a T> + Clone + use<'a, T> {
        let positions = self.view.index.part(span);
        positions.iter().filter_map(move |position| rows.get(usize::from(*position)))
    }

    /// The floors of this type of firmware for a model.
    #[inline]
    pub(crate) fn floors(
        self,
        profile: &'a Profile,
        firmware_type: FirmwareType,
    ) -> impl DoubleEndedIterator<Item = &'a FloorRow> + Clone + use<'a> {
        let span = type_slot(firmware_type).map_or(Span::default(), |slot| profile.floors[slot]);
        self.at(&self.rows.floors, span)
    }

    /// The newest load of this type for the family of a model that an answer may choose.
    pub(crate) fn newest_load(self, profile: &'a Profile, firmware_type: FirmwareType) -> Option<&'a LoadRow> {
        self.load_at(*self.loads(profile, firmware_type).last()?)
    }

    /// The loads of this type and release for the family of a model that an answer may choose, the lowest first.
    pub(crate) fn loads_of(
        self,
        profile: &'a Profile,
        firmware_type: FirmwareType,
        release: Release,
    ) -> impl DoubleEndedIterator<Item = &'a LoadRow> + use<'a> {
        let positions = self.loads(profile, firmware_type);
        let release_at = |position: &u16| self.load_at(*position).and_then(|row| row.load.release());
        let from = positions.partition_point(|position| release_at(position) < Some(release));
        let until = positions.partition_point(|position| release_at(position) <= Some(release));
        positions.get(from..until).unwrap_or_default().iter().filter_map(move |position| self.load_at(*position))
    }

    fn loads(self, profile: &'a Profile, firmware_type: FirmwareType) -> &'a [u16] {
        let span = type_slot(firmware_type).map_or(Span::default(), |slot| profile.loads[slot]);
        self.view.index.part(span)
    }

    fn load_at(self, position: u16) -> Option<&'a LoadRow> {
        self.rows.loads.get(usize::from(position))
    }

    /// What the book knows of a release, if it has a load of it.
    pub(crate) fn known_release(self, release: Release) -> Option<KnownRelease> {
        let releases = &self.view.index.releases;
        let place = releases.binary_search_by_key(&release, |known| known.release).ok()?;
        releases.get(place).copied()
    }

    pub(crate) fn load_server(self, destination: Destination) -> Option<&'a str> {
        let mut rows = self.rows.load_servers.iter().filter(|row| self.holds(&row.origin));
        rows.find(|row| row.destination == destination).map(|row| &*row.server)
    }

    pub(crate) fn evidence_rule(self, means: EvidenceRule) -> Option<&'a EvidenceRow> {
        self.rows.evidence.iter().find(|row| row.means == means && self.holds(&row.origin))
    }

    pub(crate) fn disagreement(self, id: &str) -> Option<&'a DisagreementRow> {
        self.rows.disagreements.iter().find(|row| row.origin.id == id && self.holds(&row.origin))
    }

    pub(crate) fn holds(self, origin: &Origin) -> bool {
        origin.life.holds(self.view.step)
    }
}

/// Position of a destination in the arrays of a profile.
pub(crate) const fn slot(destination: Destination) -> usize {
    match destination {
        Destination::WebexCalling => 0,
        Destination::ThirdParty => 1,
        Destination::UnifiedCm => 2,
    }
}

/// Position of the loads and floors of a type in a profile.
pub(crate) const fn type_slot(firmware_type: FirmwareType) -> Option<usize> {
    match firmware_type {
        FirmwareType::Enterprise => Some(0),
        FirmwareType::Mpp => Some(1),
        FirmwareType::TlexE2m | FirmwareType::PhoneOs => None,
    }
}
