//! The sentences of findings. Written only when somebody asks for text.

use std::fmt::{self, Display};

use super::advice::Advice;
use super::case::{Case, Running, Told};
use super::contradiction_subject::Subject;
use super::gates;
use super::permission::Why;
use super::registry::{Code, Effect};
use super::remark::{About, Remark};
use crate::destination::{Destination, Direction};
use crate::firmware::FirmwareType;
use crate::phone::{DeviceClass, Evidence, Mac};
use crate::rulebook::rows::{AdviceRow, ConversionRow, Origin, VidRange};
use crate::text::{Shown, listed};

/// The message of one finding.
pub(super) struct Message<'m, 'a> {
    pub(super) case: &'m Case<'a>,
    pub(super) remark: &'m Remark<'a>,
    /// Of other rules that would do, only the first is told.
    pub(super) is_brief: bool,
}

impl Display for Message<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, remark, .. } = *self;
        let model = case.product.map_or_else(String::new, |product| product.model().to_string());
        let rule = remark.rule.map_or("", |rule| &*rule.id);
        let needed = case.needed().name();
        match (remark.code, remark.about) {
            (code, About::Advice(row, firmware)) if code != Code::CG602 && row.told.is_some() => {
                Advice { case, row, firmware }.fmt(f)
            }
            (Code::CG101, _) => write!(f, "The product id is missing."),
            (Code::CG102, _) => write!(f, "{} names no device that crossgrade can read.", quoted(case.phone.product())),
            (Code::CG103, _) => {
                write!(f, "The {model} is of no series that runs MPP firmware (rule {rule})")?;
                self.alternatives(f)?;
                self.unless_it_runs_already(f)
            }
            (Code::CG104, _) => {
                write!(f, "The {model} is named as not eligible for {} (rule {rule})", case.destination().name())?;
                self.alternatives(f)?;
                self.unless_it_runs_already(f)
            }
            (Code::CG105, _) => {
                let direction = conversion_name(case.direction());
                match remark.rule {
                    Some(row) => {
                        let sources = row.sources.join(" and ");
                        write!(f, "The {model} is not listed in {sources} to be converted {direction} (rule {rule})")?;
                        self.alternatives(f)?;
                        write!(f, ".")
                    }
                    None => write!(f, "The rule book has no row about the {model} to be converted {direction}."),
                }
            }
            (Code::CG106, _) if case.direction() == Direction::EnterpriseToMpp => {
                write!(f, "The product id marks MPP hardware, which is not in the list of phones to convert; ")?;
                match case.firmware_type {
                    Told::Known(firmware_type) => write!(f, "yet it runs {} firmware.", firmware_type.name()),
                    _ => write!(f, "nothing reliable says that MPP firmware already runs."),
                }
            }
            (Code::CG106, _) => {
                write!(f, "The {model} with 3PCC mark is not in the list of phones that go back (rule {rule})")?;
                self.alternatives(f)?;
                write!(f, ".")
            }
            (Code::CG107, _) => {
                let runs = case.single_firmware.map_or("", |row| row.runs.name());
                write!(f, "The {model} runs {runs} firmware only (rule {rule}).")
            }
            (Code::CG109, _) => {
                write!(f, "One image of the {model} serves Unified CM, Webex Calling and BroadWorks, so there is ")?;
                write!(f, "nothing to convert (rule {rule}), so no license to buy")?;
                if case.destination() == Destination::ThirdParty {
                    write!(f, "; of other call controls the source says nothing")?;
                }
                match case.single_firmware.and_then(|row| row.remark.as_ref()) {
                    Some(remark) => write!(f, "; {}.", Shown::of_rule(remark)),
                    None => write!(f, "."),
                }
            }
            (Code::CG108, _) => {
                let Some(row) = case.no_phone() else { return Ok(()) };
                match row.class {
                    DeviceClass::SumRow => write!(f, "The row adds up a table; it is no phone")?,
                    class => write!(f, "{model} is {}, not a phone", class.in_words())?,
                }
                if row.class == DeviceClass::ExpansionModule {
                    write!(f, "; it needs no migration of its own")?;
                }
                if let Some(source) = row.only_source {
                    write!(f, " (by {source} alone)")?;
                }
                write!(f, ".")
            }
            (Code::CG111, _) => write!(f, "The MAC address is missing; a license is bound to it."),
            (Code::CG112, _) => match case.phone.mac_evidence() {
                Evidence::Unreadable(text) => {
                    write!(f, "{} is no MAC address of a phone: {}.", Shown::quoted(text), Mac::what_is_wrong(text))
                }
                _ => write!(
                    f,
                    "{} holds no MAC address of a phone.",
                    Shown::quoted(case.phone.product_text().unwrap_or_default())
                ),
            },
            (Code::CG113, _) => write!(f, "The serial number is missing."),
            (Code::CG114, _) => match case.phone.serial_evidence() {
                Evidence::Known(serial) => write!(f, "{serial} does not have the shape of a Cisco serial number."),
                unreadable => write!(f, "{} does not have the shape of a Cisco serial number.", quoted(unreadable)),
            },
            (Code::CG201, _) => {
                write!(f, "The hardware version (VID) is missing")?;
                self.vid_allowed(f, &model)
            }
            (Code::CG202, _) => {
                write!(f, "{} is no hardware version (VID)", quoted(case.phone.vid_evidence()))?;
                self.vid_allowed(f, &model)
            }
            (Code::CG203 | Code::CG204, About::Conversion(row, why)) => {
                let Some(vid) = case.vid.known() else { return Ok(()) };
                let (side, end, word) = match why {
                    Why::VidBelow => ("below", row.vid.from, "lowest"),
                    _ => ("above", row.vid.to, "highest"),
                };
                let end = end.map_or_else(String::new, |end| end.to_string());
                write!(f, "{vid} is {side} {end}, the {word} hardware version of the {model} that rule {rule} allows")?;
                self.alternatives(f)?;
                self.unless_it_runs_already(f)
            }
            (Code::CG301, _) => {
                write!(f, "The phone runs {needed} firmware, which {} needs.", case.destination().name())
            }
            (Code::CG302, _) => match case.running() {
                Running::Assumed(FirmwareType::Mpp) => {
                    write!(f, "Nothing readable says what runs; MPP firmware is assumed because of the 3PCC mark.")
                }
                _ => write!(
                    f,
                    "Nothing readable says what runs; Enterprise firmware is assumed for a phone without 3PCC mark."
                ),
            },
            (Code::CG303, _) => {
                write!(f, "{} cannot be read as a load name.", quoted(case.phone.load_evidence()))
            }
            (Code::CG304, _) => {
                let (Some(load), Some(row)) = (case.load, case.model) else { return Ok(()) };
                let (found, family) = (load.family(), row.family);
                write!(f, "The load {load} is for {found} phones; the {model} takes loads of family {family}.")
            }
            (Code::CG305, About::Gate(gate)) => {
                let actual = gate.actual.map_or_else(String::new, |actual| actual.to_string());
                let (firmware_type, minimum) = (gate.firmware_type.name(), gate.minimum());
                write!(
                    f,
                    "{firmware_type} {actual} runs; the minimum before the conversion is {minimum} (rule {rule})"
                )?;
                match gate.install_first {
                    Some(load) => write!(f, "; install {load} first."),
                    None => write!(f, "."),
                }
            }
            (Code::CG305, About::Conversion(row, _)) => {
                let actual = case.running_firmware().map_or_else(String::new, |runs| runs.release().to_string());
                let left = case.direction().from().name();
                let minimum = row.running_at_least.map_or_else(String::new, |minimum| minimum.to_string());
                write!(f, "{left} {actual} runs; rule {rule} asks for {minimum} or later")?;
                self.alternatives(f)?;
                self.unless_it_runs_already(f)
            }
            (Code::CG306, About::Gate(gate)) if gate.actual.is_some() => {
                let (firmware_type, minimum) = (gate.firmware_type.name(), gate.minimum());
                let range = in_words(gate.minimum.vid());
                write!(
                    f,
                    "With {range}, at least {firmware_type} {minimum} must run before the conversion (rule {rule}); "
                )?;
                write!(f, "the hardware version (VID) is not known.")
            }
            (Code::CG306, about) => {
                let firmware_type = case.direction().from().name();
                match about {
                    About::Gate(gate) => {
                        let minimum = gate.minimum();
                        write!(f, "At least {firmware_type} {minimum} must run before the conversion (rule {rule}); ")?;
                    }
                    About::Conversion(row, _) => {
                        write!(f, "Rule {rule} lets this {model} be converted")?;
                        self.conditions(f, row)?;
                        write!(f, "; ")?;
                    }
                    _ => {}
                }
                let is_engineering_build = case.load.is_some_and(|load| load.is_engineering_build());
                match case.release() {
                    Told::Known(_) if is_engineering_build => {
                        write!(f, "the running load is an engineering build, not a release.")
                    }
                    Told::Known(release) => {
                        write!(f, "the release {release} is known, but not that it is {firmware_type} firmware.")
                    }
                    Told::Contradictory => write!(f, "the evidence of the running release contradicts itself."),
                    Told::Unreadable => {
                        let text = case.phone.release_evidence().unreadable().or(case.phone.product_text());
                        write!(f, "{} says no release that can be read.", Shown::quoted(text.unwrap_or_default()))
                    }
                    Told::Nothing => write!(f, "the running release is not known."),
                }
            }
            (Code::CG307, About::Conversion(row, _)) => {
                write!(f, "Rule {rule} lets this {model} be converted")?;
                self.conditions(f, row)?;
                let intended = case.target_of_conversion();
                match intended.and_then(|intended| intended.comparable_release()) {
                    Some(release) => write!(f, "; {release} is older")?,
                    None if intended.is_some_and(|intended| intended.is_chosen) => {
                        write!(f, "; the chosen load has no release to compare with")?
                    }
                    None => write!(f, "; the book has no load of its own to install")?,
                }
                self.alternatives(f)?;
                self.unless_it_runs_already(f)
            }
            (Code::CG307, About::Gate(gate)) => {
                let minimum = gate.minimum();
                match gate.actual {
                    Some(actual) => {
                        write!(f, "The chosen release {actual} is below {minimum}, the minimum of rule {rule}")?
                    }
                    None => write!(
                        f,
                        "The chosen load has no release to compare with {minimum}, the minimum of rule {rule}"
                    )?,
                }
                self.unless_it_runs_already(f)
            }
            (Code::CG308, About::Gate(gate)) => {
                let (firmware_type, minimum) = (gate.firmware_type.name(), gate.minimum());
                let vid = case.vid.known().map_or_else(String::new, |vid| format!(" {vid}"));
                write!(
                    f,
                    "Once converted, this {model}{vid} must never go below {firmware_type} {minimum} (rule {rule})."
                )
            }
            (Code::CG309, _) if remark.effect == Effect::Unsettled => {
                write!(f, "The phone runs a TLexE2M load; no document says how it goes back to Enterprise firmware.")
            }
            (Code::CG309, _) => write!(f, "The phone runs a TLexE2M load: the license comes first, then the MPP load."),
            (Code::CG310, _) => {
                write!(f, "The {model} without 3PCC mark runs MPP firmware: a phone that goes back (rule {rule}).")
            }
            (Code::CG311, About::Contradiction(subject @ Subject::Floor)) => {
                let sides = case.contradiction(subject);
                let sides = listed(sides.sides(), "; ", 0, ToString::to_string);
                write!(f, "Evidence of {} contradicts itself: {sides}.", subject.in_words())
            }
            (Code::CG311, About::Contradiction(subject)) => case.contradiction(subject).fmt(f),
            (Code::CG312, _) => {
                // What the book is called stands beside the findings: equal digests, equal findings.
                if let Some((release, found)) = case.chosen_for_other_type() {
                    return write!(
                        f,
                        "The rule book knows the chosen release {release} as {} firmware only; {} needs {needed} firmware.",
                        found.name(),
                        case.destination().name(),
                    );
                }
                let family = case.model.map_or_else(String::new, |row| row.family.to_string());
                write!(f, "The chosen target has no load for family {family} of the {model}.")
            }
            (Code::CG313, _) => {
                let family = case.model.map_or_else(String::new, |row| row.family.to_string());
                match case.target_of_conversion().and_then(|intended| intended.release) {
                    Some(release) => write!(f, "The rule book has no load of {needed} {release} for family {family}."),
                    None => {
                        write!(f, "The rule book has no {needed} load for family {family} that could be installed.")
                    }
                }
            }
            (Code::CG314, _) => {
                let below = self.advice_row().and_then(|row| row.below);
                let below = below.map_or_else(String::new, |release| release.to_string());
                match case.target_of_conversion().and_then(|intended| intended.comparable_release()) {
                    Some(release) => {
                        write!(f, "The chosen release {release} is below {needed} {below} (rule {rule}); ")?
                    }
                    None => {
                        write!(f, "The chosen load has no release to compare with {needed} {below} (rule {rule}); ")?
                    }
                }
                write!(f, "notices forbid going lower on some hardware.")
            }
            (Code::CG315, _) if case.firmware_type == Told::Contradictory => {
                write!(f, "Evidence of the firmware type contradicts itself, so no type is assumed.")
            }
            (Code::CG315, _) => write!(f, "Nothing reliable says which type of firmware runs."),
            (Code::CG403, _) => {
                let row = self.advice_row();
                let is_certain = row.is_none_or(|row| !row.vid.has_bound()) || case.vid.known().is_some();
                let (possibly, why) = match (is_certain, row) {
                    (false, Some(row)) => ("possibly ", format!(", namely with {}", in_words(row.vid))),
                    _ => ("", String::new()),
                };
                let vid = case.vid.known().map_or_else(String::new, |vid| format!(" {vid}"));
                write!(f, "The {model}{vid} {possibly}performs worse under MPP firmware{why} (rule {rule}).")
            }
            (Code::CG402, _) => write!(f, "The {model} loses its Wi-Fi settings (rule {rule})."),
            (Code::CG401, _) => {
                write!(f, "Wi-Fi and daisy chain are not supported on the {model} under MPP firmware; ")?;
                write!(f, "it needs permanent Ethernet (rule {rule}).")
            }
            (Code::CG501, _) => {
                let sku = case.conversion_license().and_then(|license| license.sku()).unwrap_or_default();
                write!(f, "A migration license {sku} is needed, bound to the phone's MAC address (rule {rule}).")
            }
            (Code::CG502, _) => {
                write!(
                    f,
                    "Control Hub issues the license; the phone is then authorized for Webex Calling only (rule {rule})."
                )
            }
            (Code::CG503, _) => {
                let shown = case.authorization().map_or("an authorization", |authorization| authorization.as_str());
                write!(f, "The phone shows {shown} and may go back without a license (rule {rule}).")
            }
            (Code::CG504, _) => {
                write!(f, "Whether a license is needed depends on the transition authorization; ")?;
                match (case.phone.authorization_evidence(), case.too_old_to_show_authorization()) {
                    (Evidence::Known(said), Some(row)) => write!(
                        f,
                        "{said} does not count, because it can be read from MPP {} on only (rule {}).",
                        row.release, row.origin.id
                    ),
                    (Evidence::Unreadable(said), _) => {
                        write!(f, "{} is neither Classic, WxC nor blank", Shown::quoted(said))?;
                        match rule {
                            "" => write!(f, "."),
                            rule => write!(f, " (rule {rule})."),
                        }
                    }
                    (Evidence::Contradictory(_), _) => write!(f, "the evidence of it contradicts itself."),
                    _ => write!(f, "it is not known."),
                }
            }
            (Code::CG505, _) => write!(f, "The phone is authorized for Webex Calling only."),
            (Code::CG506, _) => {
                write!(
                    f,
                    "The phone runs MPP firmware without authorization and cannot call until its license is applied"
                )?;
                match rule {
                    "" => write!(f, "."),
                    rule => write!(f, " (rule {rule})."),
                }
            }
            (Code::CG601, About::Disagreement(row, brought_up_by)) => {
                write!(f, "{rule}, {}. ", Shown::of_rule(&row.subject))?;
                for side in row.sides.iter() {
                    write!(f, "{}: {}. ", side.sources.join(", "), Shown::of_rule(&side.says))?;
                }
                // What the book follows was written before a later amendment changed the rule.
                match brought_up_by {
                    Origin { id, amendment: Some(amendment), sources, .. }
                        if Some(amendment) != row.origin.amendment.as_ref() =>
                    {
                        let sources = sources.join(", ");
                        write!(f, "This answer follows rule {id}, amended by {amendment} ({sources}).")
                    }
                    _ => write!(f, "This answer follows: {}.", Shown::of_rule(&row.follows)),
                }
            }
            (Code::CG602, _) => {
                let destination = case.destination().name();
                let (intended, row) = (case.target_of_conversion(), self.advice_row());
                // The alternative must do for this very phone, and nobody goes back for it.
                let choose = row.and_then(|row| row.choose).filter(|release| !gates::could_stop(case, *release));
                let choose = choose.filter(|release| intended.is_none_or(|intended| intended.release < Some(*release)));
                let own = case.own_target().map(|(load, _)| load);
                match (intended, own.and_then(|own| own.release())) {
                    (Some(intended), Some(own)) if intended.is_chosen && intended.release != Some(own) => {
                        write!(f, "For {destination} the book names {} {own}", case.needed().name())?;
                        write!(f, ", not the chosen target, and no second document confirms either (rule {rule})")?;
                    }
                    (Some(intended), _) if intended.load.is_some() => {
                        write!(f, "No second document confirms this load for {destination} (rule {rule})")?;
                        if let Some(release) = choose.filter(|_| !intended.is_chosen) {
                            write!(f, "; {release} is the alternative")?;
                        }
                    }
                    _ => write!(f, "The book has no load for {destination} that any document confirms (rule {rule})")?,
                }
                match row.and_then(|row| row.told.as_deref()) {
                    Some(told) => write!(f, "; {}.", Shown::of_rule(told)),
                    None => f.write_str("."),
                }
            }
            // The meaning of the code says it all.
            (code, _) => match rule {
                "" => f.write_str(code.meaning()),
                rule => write!(f, "{} (rule {rule}).", code.meaning().trim_end_matches('.')),
            },
        }
    }
}

impl Message<'_, '_> {
    pub(super) fn unless_it_runs_already(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.remark.effect {
            Effect::Unsettled if self.case.may_already_run_what_is_needed() => {
                write!(f, "; but the phone may already run {} firmware.", self.case.needed().name())
            }
            _ => write!(f, "."),
        }
    }

    fn vid_allowed(&self, f: &mut fmt::Formatter<'_>, model: &str) -> fmt::Result {
        if let Some(minimum) = gates::decided_by_vid(self.case) {
            let (needed, range) = (self.case.needed().name(), in_words(minimum.vid()));
            let (rule, release) = (&minimum.origin().id, minimum.release());
            write!(f, "; rule {rule} asks for {needed} {release} or later with {range}")?;
        }
        for row in self.case.alternatives().filter(|row| row.vid.has_bound()) {
            write!(f, "; rule {} allows {} of the {model}", row.origin.id, in_words(row.vid))?;
            self.conditions(f, row)?;
        }
        write!(f, ".")
    }

    /// Other rows that would let this hardware be converted with other releases.
    pub(super) fn alternatives(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = self.remark.rule.map_or("", |rule| &*rule.id);
        let others = self.case.alternatives().filter(|row| row.origin.id != rule);
        let mut rows = others.filter(|row| self.case.is_a_matter_of_releases(row));
        for row in rows.by_ref().take(if self.is_brief { 1 } else { usize::MAX }) {
            write!(f, "; rule {} allows it", row.origin.id)?;
            self.conditions(f, row)?;
        }
        match rows.count() {
            0 => Ok(()),
            more => write!(f, "; {more} more would with other releases"),
        }
    }

    /// What a row asks for beside the hardware version.
    pub(super) fn conditions(&self, f: &mut fmt::Formatter<'_>, row: &ConversionRow) -> fmt::Result {
        if let Some(release) = row.running_at_least {
            write!(f, " if {} {release} or later runs", self.case.direction().from().name())?;
        }
        if let Some(release) = row.target_at_least {
            write!(f, " with a target of {} {release} or later", self.case.needed().name())?;
        }
        Ok(())
    }

    /// The advice that speaks.
    fn advice_row(&self) -> Option<&AdviceRow> {
        match self.remark.about {
            About::Advice(row, _) => Some(row),
            _ => None,
        }
    }
}

/// A range of hardware versions in a sentence.
fn in_words(range: VidRange) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("{from} or later"),
        (None, Some(to)) => format!("{to} or earlier"),
        (None, None) => "any hardware version".to_owned(),
    }
}

/// The text of unreadable evidence, in quotes.
fn quoted<'a, T>(evidence: &'a Evidence<'_, T>) -> Shown<'a> {
    Shown::quoted(evidence.unreadable().unwrap_or_default())
}

/// The direction in a sentence.
pub(super) fn conversion_name(direction: Direction) -> &'static str {
    match direction {
        Direction::EnterpriseToMpp => "from Enterprise to MPP firmware",
        Direction::MppToEnterprise => "from MPP to Enterprise firmware",
    }
}
