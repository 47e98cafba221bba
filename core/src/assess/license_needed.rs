//! Which license a conversion needs (specification 2.7).

use super::Verdict;
use super::case::{Case, Told};
use crate::destination::{Destination, Direction};
use crate::firmware::FirmwareType;
use crate::phone::{Authorization, Mac};
use crate::rulebook::rows::{AuthorizationState, LicenseNeed, LicenseRow};
use crate::rulebook::slot;

/// The license of a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct License<'a> {
    pub(super) need: LicenseNeed,
    pub(super) row: Option<&'a LicenseRow>,
    mac: Option<Mac>,
}

impl<'a> License<'a> {
    /// Whether it has to be had.
    pub fn need(&self) -> LicenseNeed {
        self.need
    }

    /// What to order, if anything is bought.
    pub fn sku(&self) -> Option<&'a str> {
        self.row?.sku.as_deref()
    }

    /// The support SKU that goes with it.
    pub fn service_sku(&self) -> Option<&'a str> {
        self.row?.service_sku.as_deref()
    }

    /// The file name to keep it under; none where nothing is bought or the MAC is missing.
    pub fn file(&self) -> Option<String> {
        self.file_for(&self.mac?)
    }

    /// The same for a phone of this address.
    pub(crate) fn file_for(&self, mac: &dyn std::fmt::Display) -> Option<String> {
        Some(self.row?.file.as_deref()?.replace("{MAC}", &mac.to_string()))
    }

    fn unknown() -> Self {
        Self { need: LicenseNeed::Unknown, row: None, mac: None }
    }
}

/// What a converted phone that stays on MPP still needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Converted {
    /// It shows no authorization: CG506.
    Unlicensed,
    /// Nobody knows whether it does: CG504.
    NobodyKnows,
    /// It is authorized for another destination: CG505.
    ForWebexCallingOnly,
}

impl<'a> Case<'a> {
    pub(super) fn license(&self, verdict: Verdict) -> Option<License<'a>> {
        match verdict {
            Verdict::Eligible => self.conversion_license(),
            Verdict::Unknown if self.is_listed() => self.conversion_license(),
            Verdict::NotNeeded => match self.converted()? {
                Converted::Unlicensed => self.license_row(AuthorizationState::Without).map(|row| self.by_row(row)),
                Converted::NobodyKnows | Converted::ForWebexCallingOnly => Some(License::unknown()),
            },
            Verdict::Unknown | Verdict::Ineligible => None,
        }
    }

    /// Some row of the model says yes, perhaps under conditions.
    pub(super) fn is_listed(&self) -> bool {
        self.alternatives().next().is_some()
    }

    /// A phone that was sold with Enterprise firmware (or may have been), runs MPP and stays there.
    pub(super) fn converted(&self) -> Option<Converted> {
        let stays = self.direction() == Direction::EnterpriseToMpp && self.runs_what_is_needed();
        if !stays || self.is_marked() || self.model.is_none() {
            return None;
        }
        match self.authorization() {
            Some(Authorization::Blank) => Some(Converted::Unlicensed),
            None => Some(Converted::NobodyKnows),
            Some(Authorization::WxC) if self.destination() != Destination::WebexCalling => {
                Some(Converted::ForWebexCallingOnly)
            }
            Some(_) => None,
        }
    }

    /// Sold with Enterprise firmware, runs MPP, goes back.
    pub(super) fn is_returning(&self) -> bool {
        self.direction() == Direction::MppToEnterprise
            && !self.is_marked()
            && self.firmware_type == Told::Known(FirmwareType::Mpp)
    }

    pub(super) fn conversion_license(&self) -> Option<License<'a>> {
        let state = match self.authorization() {
            Some(Authorization::Classic | Authorization::WxC) => AuthorizationState::Given,
            Some(Authorization::Blank) => AuthorizationState::Without,
            None if self.has_contradictory_authorization() || self.has_doubtful_authorization() => {
                AuthorizationState::Any
            }
            // It was said, and nobody knows what it means.
            None if self.has_other_authorization() => AuthorizationState::Other,
            // A phone sold with MPP firmware was never converted, so it has none.
            None if self.is_marked() => AuthorizationState::Without,
            // A row for every state does not ask.
            None => AuthorizationState::Any,
        };
        Some(self.license_row(state).map_or(License::unknown(), |row| self.by_row(row)))
    }

    /// The authorization is a text that is neither Classic, WxC nor blank.
    pub(super) fn has_other_authorization(&self) -> bool {
        self.phone.authorization_evidence().unreadable().is_some() && self.shows_authorization()
    }

    fn license_row(&self, state: AuthorizationState) -> Option<&'a LicenseRow> {
        let span = self.profile?.licenses[slot(self.destination())];
        self.tables
            .at(&self.tables.rows.licenses, span)
            .find(|row| row.when == AuthorizationState::Any || row.when == state)
    }

    fn by_row(&self, row: &'a LicenseRow) -> License<'a> {
        License { need: row.need, row: Some(row), mac: self.mac().known() }
    }
}
