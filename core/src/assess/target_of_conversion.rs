//! What would be installed: the chosen target or the book's own (specification 2.6).

use super::case::Case;
use crate::destination::Target;
use crate::firmware::{FirmwareType, LoadName, Release};
use crate::rulebook::rows::TargetRow;

/// What would be installed on this phone.
#[derive(Clone, Copy)]
pub(super) struct TargetOfConversion<'a> {
    /// The caller chose it.
    pub(super) is_chosen: bool,
    /// The chosen target has nothing for the family of the phone, or for none that goes there.
    pub(super) is_for_other_families: bool,
    pub(super) release: Option<Release>,
    pub(super) load: Option<LoadName>,
    /// The row that names the book's own load, also where a gate asks for a later one.
    pub(super) row: Option<&'a TargetRow>,
}

impl TargetOfConversion<'_> {
    pub(super) fn is_engineering_build(&self) -> bool {
        self.load.is_some_and(|load| load.is_engineering_build())
    }

    /// The release that gates are held against.
    pub(super) fn comparable_release(&self) -> Option<Release> {
        self.release.filter(|_| !self.is_engineering_build())
    }
}

impl<'a> Case<'a> {
    /// What would be installed; nothing for a model without a load.
    pub(super) fn target_of_conversion(&self) -> Option<TargetOfConversion<'a>> {
        if self.request.chosen_target().is_some() {
            self.chosen_target_of_conversion()
        } else {
            self.own_target_of_conversion()
        }
    }

    /// The same if the caller chose it.
    #[inline(always)]
    pub(super) fn chosen_target_of_conversion(&self) -> Option<TargetOfConversion<'a>> {
        self.request.chosen_target().and_then(|target| self.target_of_conversion_at(target))
    }

    fn target_of_conversion_at(&self, target: &Target) -> Option<TargetOfConversion<'a>> {
        let family = self.model?.family;
        let load = match target {
            // Of several loads the highest.
            Target::Release(release) => {
                self.tables.loads_of(self.profile?, self.needed(), *release).next_back().map(|row| row.load)
            }
            Target::Load(_) | Target::LoadPerFamily(_) => {
                target.loads().iter().copied().find(|load| load.family() == family)
            }
        };
        let release = match target {
            // To this book it may be no release of the type that is needed, where another book judged the request.
            Target::Release(release) => {
                let is_wrong = load.is_none() && self.chosen_for_other_type().is_some();
                (!is_wrong).then_some(*release)
            }
            Target::Load(_) | Target::LoadPerFamily(_) => load.and_then(|load| load.release()),
        };
        Some(TargetOfConversion { is_chosen: true, is_for_other_families: release.is_none(), release, load, row: None })
    }

    /// The chosen release and the type of which the book has it, where that is not the type that is needed.
    pub(super) fn chosen_for_other_type(&self) -> Option<(Release, FirmwareType)> {
        let Some(Target::Release(release)) = self.request.chosen_target() else { return None };
        Some((*release, self.tables.known_for_other_type(*release, self.needed())?))
    }

    /// What is installed where the caller chooses nothing.
    fn own_target_of_conversion(&self) -> Option<TargetOfConversion<'a>> {
        self.profile?;
        let own = self.own_target();
        let load = own.map(|(load, _)| load);
        Some(TargetOfConversion {
            is_chosen: false,
            is_for_other_families: false,
            release: load.and_then(|load| load.release()),
            load,
            row: own.and_then(|(_, row)| row),
        })
    }
}
