//! The facts of one decision: what the evidence says once contradictions are set aside (specification 2.4).

use crate::destination::{Destination, Direction, Request};
use crate::firmware::{Firmware, FirmwareType, LoadName, Release, mentions_mpp};
use crate::phone::{Authorization, Evidence, Mac, NoPhone, Phone, Product, Sides, Vid};
use crate::rulebook::rows::{EvidenceRow, EvidenceRule, FloorRow, ModelRow, SingleFirmwareRow};
use crate::rulebook::{Profile, Tables};

/// What all that was said about one thing comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told<T> {
    /// Nobody said anything.
    Nothing,
    /// What was said cannot be read.
    Unreadable,
    /// It was said more than once, and differently: no evidence.
    Contradictory,
    Known(T),
}

impl<T: Copy + PartialEq> Told<T> {
    fn by(evidence: &Evidence<'_, T>) -> Self {
        match evidence {
            Evidence::Absent => Self::Nothing,
            Evidence::Unreadable(_) => Self::Unreadable,
            Evidence::Contradictory(_) => Self::Contradictory,
            Evidence::Known(value) => Self::Known(*value),
        }
    }

    /// What it comes to with evidence more.
    fn and_by(self, evidence: &Evidence<'_, T>) -> Self {
        match evidence {
            Evidence::Contradictory(_) => Self::Contradictory,
            Evidence::Known(value) => self.and(Some(*value)),
            Evidence::Absent | Evidence::Unreadable(_) => self,
        }
    }

    /// What it comes to with one thing more that may have been said.
    fn and(self, said: Option<T>) -> Self {
        let Some(value) = said else { return self };
        match self {
            Self::Nothing | Self::Unreadable => Self::Known(value),
            Self::Known(known) if known == value => self,
            Self::Known(_) | Self::Contradictory => Self::Contradictory,
        }
    }

    /// The same with what several things that were said come to.
    fn and_all(self, said: Option<Self>) -> Self {
        match said {
            None | Some(Self::Nothing | Self::Unreadable) => self,
            Some(Self::Known(value)) => self.and(Some(value)),
            Some(Self::Contradictory) => Self::Contradictory,
        }
    }

    /// Where nothing was said that can be read, something may have been said that cannot.
    fn or_unreadable(self, is_unreadable: bool) -> Self {
        if self == Self::Nothing && is_unreadable { Self::Unreadable } else { self }
    }

    pub(super) fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Nothing | Self::Unreadable | Self::Contradictory => None,
        }
    }
}

/// What is known about the type of firmware that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Running {
    Known(FirmwareType),
    /// No evidence, but the product id suggests it.
    Assumed(FirmwareType),
    /// No evidence, and nothing may be assumed.
    Open,
}

/// One phone, one request and one book, with the evidence weighed. What only some answers ask for is weighed then.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) tables: Tables<'a>,
    pub(super) phone: &'a Phone<'a>,
    pub(super) request: &'a Request,
    pub(super) product: Option<&'a Product>,
    pub(super) profile: Option<&'a Profile>,
    /// The row of a model with a load ("a model of the table").
    pub(super) model: Option<&'a ModelRow>,
    pub(super) single_firmware: Option<&'a SingleFirmwareRow>,
    pub(super) load: Option<&'a LoadName>,
    /// The load is for another family than the model's: no evidence of type or release.
    pub(super) has_load_of_other_family: bool,
    pub(super) firmware_type: Told<FirmwareType>,
    /// The rule that makes an untokened load on a 3PCC phone a contradiction, where it speaks.
    pub(super) outdated_mpp: Option<&'a EvidenceRow>,
    /// The floor that lies above what is said to run: neither the release nor the hardware version counts then.
    pub(super) above_what_runs: Option<&'a FloorRow>,
    pub(super) vid: Told<Vid>,
}

impl<'a> Case<'a> {
    #[inline(always)]
    pub(super) fn new(tables: Tables<'a>, phone: &'a Phone<'a>, request: &'a Request) -> Self {
        let product = known(phone.product());
        let profile = product.and_then(|product| tables.profile(product.model()));
        let model = profile.and_then(|profile| tables.rows.models.get(usize::from(profile.model?)));

        let load = known(phone.load_evidence());
        let has_load_of_other_family =
            matches!((load, model), (Some(load), Some(model)) if load.family() != model.family);
        let own_load = load.filter(|_| !has_load_of_other_family);

        let loads = phone.load_evidence().sides();
        let outdated_mpp = match loads {
            None => product.zip(own_load).and_then(|(product, load)| outdated_mpp(tables, product, load)),
            Some(loads) => {
                product.and_then(|product| loads.values().find_map(|load| outdated_mpp(tables, product, load)))
            }
        };
        let single_firmware =
            profile.and_then(|profile| tables.rows.single_firmware.get(usize::from(profile.single_firmware?)));
        let of_loads = || {
            let of_several = loads.map_or(Told::Nothing, |loads| type_of(loads, model));
            of_several.and(own_load.map(|load| load.firmware_type()))
        };
        let firmware_type = match outdated_mpp {
            Some(_) => Told::Contradictory,
            None if single_firmware.is_some_and(SingleFirmwareRow::serves_all) => {
                words_beside_one_image(phone).fold(of_loads(), |told, word| told.and(Some(word)))
            }
            None => of_loads()
                .and_by(phone.firmware_type_evidence())
                .and(product.and_then(|product| product.firmware_type())),
        };
        let vid = Told::by(phone.vid_evidence()).and(product.and_then(|product| product.vid()));
        let mut case = Self {
            tables,
            phone,
            request,
            product,
            profile,
            model,
            single_firmware,
            load,
            has_load_of_other_family,
            firmware_type,
            outdated_mpp,
            above_what_runs: None,
            vid,
        };
        case.above_what_runs = case.floor_above_what_runs();
        if case.above_what_runs.is_some_and(|row| row.vid.has_bound()) {
            case.vid = Told::Contradictory;
        }
        case
    }

    /// The highest lasting floor of this hardware, if what is said to run is below it: such hardware cannot run it. Of several
    /// releases one that it cannot run is enough: where that one is right, the hardware version is wrong.
    #[inline(always)]
    fn floor_above_what_runs(&self) -> Option<&'a FloorRow> {
        let (profile, firmware_type) = (self.profile?, self.firmware_type.known()?);
        let mut floors = self.tables.floors(profile, firmware_type).rev().peekable();
        floors.peek()?;
        let release = match self.release() {
            Told::Contradictory if !self.may_run_engineering_build() => self.releases_said().min()?,
            _ => self.running_firmware()?.release(),
        };
        let is_about = |row: &FloorRow| {
            row.lasting && (!row.vid.has_bound() || self.vid.known().is_some_and(|vid| row.vid.contains(vid)))
        };
        floors.find(|row| release < row.minimum && is_about(row))
    }

    /// What is known of the device, if it is no phone.
    #[inline(always)]
    pub(super) fn no_phone(&self) -> Option<&'static NoPhone> {
        self.product.and_then(|product| product.model().no_phone())
    }

    /// The load, if it says what runs.
    pub(super) fn own_load(&self) -> Option<&'a LoadName> {
        self.load.filter(|_| !self.has_load_of_other_family)
    }

    /// The loads, where several were said.
    pub(super) fn loads_said(&self) -> Option<&'a Sides<'a, LoadName>> {
        self.phone.load_evidence().sides()
    }

    #[inline(always)]
    pub(super) fn release(&self) -> Told<Release> {
        if self.above_what_runs.is_some() {
            return Told::Contradictory;
        }
        Told::by(self.phone.release_evidence())
            .and(self.own_load().and_then(|load| load.release()))
            .and_all(self.loads_said().map(|loads| release_of(loads, self.model)))
            .and(self.product.and_then(|product| product.release()))
            .or_unreadable(self.product.is_some_and(|product| product.has_unreadable_release()))
    }

    pub(super) fn mac(&self) -> Told<Mac> {
        Told::by(self.phone.mac_evidence())
            .and(self.product.and_then(|product| product.mac()))
            .or_unreadable(self.product.is_some_and(|product| product.has_unreadable_mac()))
    }

    pub(super) fn authorization(&self) -> Option<Authorization> {
        self.phone.authorization_evidence().known().filter(|_| self.shows_authorization())
    }

    /// Authorizations were said that differ, and count.
    pub(super) fn has_contradictory_authorization(&self) -> bool {
        self.phone.authorization_evidence().sides().is_some() && self.shows_authorization()
    }

    /// Whether an authorization counts: no release that may run is too old to show it.
    pub(super) fn shows_authorization(&self) -> bool {
        self.too_old_to_show_authorization().is_none() && !self.may_be_too_old_to_show_authorization()
    }

    /// An authorization was said, and nobody knows whether what runs can show one.
    pub(super) fn has_doubtful_authorization(&self) -> bool {
        let evidence = self.phone.authorization_evidence();
        let is_said = !matches!(evidence, Evidence::Absent);
        is_said && self.may_be_too_old_to_show_authorization()
    }

    /// Whether type or release are contradictory, and one of the releases that were said is too old to show an authorization.
    fn may_be_too_old_to_show_authorization(&self) -> bool {
        let is_contradictory = match self.firmware_type {
            Told::Contradictory => true,
            Told::Known(FirmwareType::Mpp) => self.release() == Told::Contradictory,
            _ => false,
        };
        is_contradictory && self.says_release_too_old_for_authorization()
    }

    #[cold]
    fn says_release_too_old_for_authorization(&self) -> bool {
        let Some(row) = self.tables.evidence_rule(EvidenceRule::AuthorizationReadable) else { return false };
        self.releases_said().any(|release| release < row.release)
    }

    /// Every release that some evidence says.
    fn releases_said(&self) -> impl Iterator<Item = Release> + use<'a> {
        let said = self.phone.release_evidence();
        let of_loads = self.own_load().into_iter().chain(self.loads_said().into_iter().flat_map(Sides::values));
        let releases = said.known().into_iter().chain(said.sides().into_iter().flat_map(Sides::values).copied());
        let releases = releases.chain(of_loads.filter_map(|load| load.release()));
        releases.chain(self.product.and_then(|product| product.release()))
    }

    /// The rule by which an authorization of this release does not count, where it speaks.
    pub(super) fn too_old_to_show_authorization(&self) -> Option<&'a EvidenceRow> {
        let release = self.release().known().filter(|_| self.firmware_type == Told::Known(FirmwareType::Mpp))?;
        self.tables.evidence_rule(EvidenceRule::AuthorizationReadable).filter(|row| release < row.release)
    }

    pub(super) fn destination(&self) -> Destination {
        self.request.destination()
    }

    pub(super) fn direction(&self) -> Direction {
        self.destination().direction()
    }

    /// The type that the destination needs.
    pub(super) fn needed(&self) -> FirmwareType {
        self.destination().needs()
    }

    pub(super) fn is_marked(&self) -> bool {
        self.product.is_some_and(|product| product.is_marked_3pcc())
    }

    /// What runs, with the assumptions of 2.3. None over contradictory evidence, nor where the load that cannot be read
    /// hints at MPP.
    pub(super) fn running(&self) -> Running {
        match (self.firmware_type, self.direction()) {
            // Hardware that converts runs no PhoneOS.
            (Told::Known(FirmwareType::PhoneOs), _) => Running::Open,
            (Told::Known(firmware_type), _) => Running::Known(firmware_type),
            (Told::Contradictory, _) => Running::Open,
            _ if self.has_load_of_other_family || self.hints_at_mpp() => Running::Open,
            (_, Direction::EnterpriseToMpp) if !self.is_marked() => Running::Assumed(FirmwareType::Enterprise),
            (_, Direction::MppToEnterprise) if self.is_marked() => Running::Assumed(FirmwareType::Mpp),
            _ => Running::Open,
        }
    }

    /// Whether an unreadable load, release or type mentions MPP, whatever the case and the blanks in it.
    fn hints_at_mpp(&self) -> bool {
        let texts = [
            self.phone.load_evidence().unreadable(),
            self.phone.release_evidence().unreadable(),
            self.phone.firmware_type_evidence().unreadable(),
        ];
        texts.into_iter().flatten().any(mentions_mpp)
    }

    /// The phone runs what the destination needs, and nothing speaks against it.
    pub(super) fn runs_what_is_needed(&self) -> bool {
        self.firmware_type == Told::Known(self.needed()) && !self.has_load_of_other_family
    }

    /// The phone may already run what the destination needs. Then no rule about the conversion can say no: some value of
    /// the missing evidence makes the conversion unnecessary (2.1). A load of another family alone shields nothing (2.4).
    pub(super) fn may_already_run_what_is_needed(&self) -> bool {
        match self.running() {
            Running::Known(firmware_type) => firmware_type == self.needed() && self.has_load_of_other_family,
            Running::Assumed(_) => false,
            Running::Open if self.has_load_of_other_family && self.firmware_type == Told::Nothing => {
                // Marked to MPP and unmarked to Enterprise: what such phones usually run already.
                (self.direction() == Direction::EnterpriseToMpp) == self.is_marked() || self.hints_at_mpp()
            }
            Running::Open => true,
        }
    }

    /// What runs, where type and release are known and it is a release that customers get.
    pub(super) fn running_firmware(&self) -> Option<Firmware> {
        // A release needs no type where the hardware runs one only.
        let of_hardware = self.single_firmware.filter(|_| !self.contradicts_hardware()).map(|row| row.runs);
        match (of_hardware.or(self.firmware_type.known()), self.release()) {
            (Some(firmware_type), Told::Known(release)) if !self.may_run_engineering_build() => {
                Some(Firmware::new(firmware_type, release))
            }
            _ => None,
        }
    }

    /// Whether a load that may run is no release that customers get.
    fn may_run_engineering_build(&self) -> bool {
        self.own_load().is_some_and(|load| load.is_engineering_build())
            || self.loads_said().is_some_and(|loads| loads.values().any(|load| load.is_engineering_build()))
    }
}

/// What is known, where it stands: products and loads are too long to copy for each decision.
fn known<'a, T>(evidence: &'a Evidence<'_, T>) -> Option<&'a T> {
    match evidence {
        Evidence::Known(value) => Some(value),
        Evidence::Absent | Evidence::Unreadable(_) | Evidence::Contradictory(_) => None,
    }
}

/// What words say of what runs where one image serves every call control. `Enterprise` and `MPP` say how a call control sees
/// such a phone, which is no evidence of what it runs.
#[cold]
fn words_beside_one_image(phone: &Phone<'_>) -> impl Iterator<Item = FirmwareType> {
    let evidence = phone.firmware_type_evidence();
    let said = evidence.known().into_iter().chain(evidence.sides().into_iter().flat_map(Sides::values).copied());
    said.filter(|word| !is_view_of_call_control(*word))
}

/// Whether this is how a call control sees a phone with one image for all.
pub(super) fn is_view_of_call_control(word: FirmwareType) -> bool {
    matches!(word, FirmwareType::Enterprise | FirmwareType::Mpp)
}

/// The type that loads which differ have in common. Loads of other families than the model's cannot all be of this phone, and
/// nobody knows which is.
#[cold]
fn type_of(loads: &Sides<'_, LoadName>, model: Option<&ModelRow>) -> Told<FirmwareType> {
    match are_of_one_family(loads, model) {
        true => loads.values().fold(Told::Nothing, |told, load| told.and(Some(load.firmware_type()))),
        false => Told::Contradictory,
    }
}

/// The release that they have in common.
#[cold]
fn release_of(loads: &Sides<'_, LoadName>, model: Option<&ModelRow>) -> Told<Release> {
    match are_of_one_family(loads, model) {
        true => loads.values().fold(Told::Nothing, |told, load| told.and(load.release())),
        false => Told::Contradictory,
    }
}

pub(super) fn are_of_one_family(loads: &Sides<'_, LoadName>, model: Option<&ModelRow>) -> bool {
    let mut families = model.map(|row| row.family).into_iter().chain(loads.values().map(LoadName::family));
    families.next().is_none_or(|first| families.all(|family| family == first))
}

/// The rule that makes this load a contradiction to the 3PCC mark of the product.
fn outdated_mpp<'a>(tables: Tables<'a>, product: &Product, load: &LoadName) -> Option<&'a EvidenceRow> {
    if !product.is_marked_3pcc() || load.firmware_type() != FirmwareType::Enterprise {
        return None;
    }
    let row = tables.evidence_rule(EvidenceRule::ContradictsMark)?;
    load.release().is_some_and(|release| release.major() == row.release.major()).then_some(row)
}
