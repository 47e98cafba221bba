//! Reading the texts: 2.3, 2.4, 7 and R1 to R12.

use std::sync::LazyLock;

use super::Question;
use super::tables::*;

/// 2: each thing may be absent, unreadable or known; 2.4: or said twice, differently.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Read<T> {
    #[default]
    Absent,
    Unreadable,
    Known(T),
    Contradictory,
}

impl<T: Clone> Read<T> {
    /// The thing, where it is known.
    pub(super) fn known(&self) -> Option<T> {
        match self {
            Read::Known(thing) => Some(thing.clone()),
            _ => None,
        }
    }
}

/// 7: "releases and gates compare (maj, min, mic, SS) only".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Release(pub u16, pub u16, pub u16, pub u16);

impl Release {
    /// 1: display form.
    pub(super) fn display(self) -> String {
        let Release(major, minor, micro, service) = self;
        match service {
            0 => format!("{major}.{minor}({micro})"),
            _ => format!("{major}.{minor}({micro})SR{service}"),
        }
    }
}

/// A load name that was read (7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) name: String,
    pub(super) family: String,
    pub(super) firmware_type: String,
    /// None for TLexE2M (R9).
    pub(super) release: Option<Release>,
    pub(super) respin: u16,
    pub(super) build: u32,
    /// An engineering build, "MN".
    pub(super) engineering: bool,
}

/// What the PID text says (R2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Label {
    pub(super) pid: Option<String>,
    pub(super) model: Option<String>,
    pub(super) other_device: bool,
    /// 2.2: whatever else is no desk phone.
    pub(super) no_phone: bool,
    pub(super) marked: bool,
    pub(super) says_mpp: bool,
    pub(super) vid: Read<u16>,
    pub(super) mac: Read<String>,
    pub(super) release: Read<Release>,
}

/// All evidence about one phone.
#[derive(Debug, Clone)]
pub(super) struct Phone {
    pub(super) pid_absent: bool,
    /// Two product texts name different products.
    pub(super) pid_contradictory: bool,
    pub(super) label: Option<Label>,
    pub(super) vid: Read<u16>,
    pub(super) mac: Read<String>,
    /// The serial as the answer shows it.
    pub(super) serial: Option<String>,
    pub(super) serial_absent: bool,
    pub(super) serial_unusual: bool,
    pub(super) serial_contradictory: bool,
    pub(super) load: Read<Load>,
    /// Every load that was said and can be read.
    pub(super) loads_said: Vec<Load>,
    /// 2.4: the load is of another family than the model's.
    pub(super) load_of_other_family: bool,
    /// 2.3: an unreadable load text contains `MPP`, `MSR` or `3PCC`.
    pub(super) unreadable_text_names_mpp: bool,
    pub(super) firmware_type: Read<String>,
    /// Every type that some evidence says.
    pub(super) types_said: Vec<String>,
    /// The words about the type differ.
    pub(super) words_of_type_differ: bool,
    pub(super) release: Read<Release>,
    /// Every release that some evidence says.
    pub(super) releases_said: Vec<Release>,
    /// `Classic`, `WxC`, `blank`; or absent, or any other text.
    pub(super) authorization: Read<String>,
    /// The authorization as it was said, whether it counts or not.
    pub(super) authorization_said: Read<String>,
    pub(super) authorization_contradictory: bool,
}

impl Phone {
    pub(super) fn model(&self) -> Option<String> {
        self.label.as_ref()?.model.clone()
    }
    pub(super) fn marked(&self) -> bool {
        self.label.as_ref().is_some_and(|label| label.marked)
    }
    pub(super) fn other_device(&self) -> bool {
        self.label.as_ref().is_some_and(|label| label.other_device)
    }
    /// "A model of the table": its row of 2.2.
    pub(super) fn row(&self) -> Option<Vec<&'static str>> {
        row(&MODELS, &[&self.model()?])
    }
    /// R14: "single-firmware hardware" and the type that it runs: 6800 only MPP, the legacy series no MPP.
    pub(super) fn only_type(&self) -> Option<&'static str> {
        let model = self.model().filter(|_| !self.other_device())?;
        match &model[..2] {
            "68" => Some("mpp"),
            series if has(LEGACY_SERIES, series) => Some("enterprise"),
            _ => None,
        }
    }
    /// 2.2: "8875, 9800 series: not-needed: one PhoneOS image serves Unified CM and Webex".
    pub(super) fn one_image(&self) -> bool {
        let model = self.model().filter(|_| !self.other_device()).unwrap_or_default();
        model.starts_with("98") || model == "8875" || model == "8875NR"
    }
    /// R24: the release that a gate on `firmware_type` compares, if any. R10: gates on an MN load are unknown.
    pub(super) fn release_to_compare(&self, firmware_type: &str) -> Option<Release> {
        let engineering = self.loads_said.iter().any(|load| load.engineering);
        if engineering && !self.load_of_other_family {
            return None;
        }
        let of_hardware = self.type_of_hardware().filter(|_| !self.contradicts_hardware());
        match of_hardware.map(str::to_string).or(self.firmware_type.known()) {
            Some(known) if known == firmware_type => self.release.known(),
            _ => None,
        }
    }

    /// 2.2: the type of hardware that runs one type only.
    pub(super) fn type_of_hardware(&self) -> Option<&'static str> {
        if self.one_image() { Some("phoneos") } else { self.only_type() }
    }

    /// 2.2: "For single-firmware hardware the hardware rule wins over contrary evidence (CG311)."
    pub(super) fn contradicts_hardware(&self) -> bool {
        let contrary = |only: &str| self.types_said.iter().any(|said| said != only);
        self.type_of_hardware().is_some_and(|only| contrary(only) || self.firmware_type == Read::Contradictory)
    }

    /// The lowest of the releases that may run, by the same readings.
    pub(super) fn lowest_release_said(&self, firmware_type: &str) -> Option<Release> {
        let engineering = self.loads_said.iter().any(|load| load.engineering) && !self.load_of_other_family;
        let is_of_type = self.firmware_type.known().as_deref() == Some(firmware_type);
        let differs = self.release == Read::Contradictory && is_of_type && !engineering;
        if differs { self.releases_said.iter().copied().min() } else { self.release_to_compare(firmware_type) }
    }
}

/// R1: fields are trimmed (a no-break space is white space), empty text is absent.
fn field(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Law 2: Unicode hyphens are hyphens, case says nothing.
fn plain(text: &str) -> String {
    let hyphens = [
        '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}', '\u{FE58}', '\u{FE63}',
        '\u{FF0D}',
    ];
    text.replace(hyphens, "-").to_ascii_uppercase()
}

/// Law 2: spaces say nothing.
fn squeezed(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().concat()
}

fn is_digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_letters_or_digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The digits that a text starts with, and the rest.
fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

/// Major, minor, micro and service release have one or two digits.
fn number(text: &str) -> Option<u16> {
    is_digits(text, 1..=2).then(|| text.parse().expect("digits"))
}

/// 7: SSNN, service release and respin.
fn ssnn(text: &str) -> Option<(u16, u16)> {
    if !is_digits(text, 4..=4) {
        return None;
    }
    Some((number(&text[..2])?, number(&text[2..])?))
}

/// Reads with `read`; text that `read` refuses is unreadable.
fn read_field<T>(text: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Read<T> {
    match field(text) {
        None => Read::Absent,
        Some(text) => read(text).map_or(Read::Unreadable, Read::Known),
    }
}

/// 2.4: several sources of one thing; R6: an unreadable one does not count where another is readable.
fn together<T: Clone + PartialEq>(sources: &[Read<T>]) -> Read<T> {
    let mut known: Vec<T> = Vec::new();
    for source in sources {
        if let Read::Known(thing) = source
            && !known.contains(thing)
        {
            known.push(thing.clone());
        }
    }
    match known.len() {
        _ if sources.iter().any(|source| matches!(source, Read::Contradictory)) => Read::Contradictory,
        0 if sources.iter().any(|s| matches!(s, Read::Unreadable)) => Read::Unreadable,
        0 => Read::Absent,
        1 => Read::Known(known[0].clone()),
        _ => Read::Contradictory,
    }
}

/// 7, last paragraph: "Releases to read". R8: it never says a type.
pub(super) fn read_release(text: &str) -> Option<Release> {
    let text = squeezed(text);
    // major
    let (major, rest) = text.split_once(['.', '-'])?;
    // minor: up to the first thing that is no digit
    let (minor, rest) = split_digits(rest);
    let (major, minor) = (number(major)?, number(minor)?);
    // `14.1` (= 14.1(1))
    if rest.is_empty() {
        return Some(Release(major, minor, 1, 0));
    }
    // micro: `(3)`, `.(3)`, `.3`, `-3`
    let rest = match rest.strip_prefix(['.', '-']) {
        Some(rest) => rest,
        None if rest.starts_with('(') => rest,
        None => return None,
    };
    let (micro, tail) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')')?,
        None => split_digits(rest),
    };
    let service = read_release_tail(tail)?;
    Some(Release(major, minor, number(micro)?, service))
}

/// 7: ``, `SR1`, `MSR1`, `MPP`, `MPP0101`, `-0101`, `(0201.40)`; the service release.
fn read_release_tail(tail: &str) -> Option<u16> {
    if tail.is_empty() || tail == "MPP" {
        return Some(0);
    }
    if let Some(n) = tail.strip_prefix("SR").or(tail.strip_prefix("MSR")) {
        return number(n);
    }
    if let Some(digits) = tail.strip_prefix("MPP").or(tail.strip_prefix(['-', '.'])) {
        return Some(ssnn(digits)?.0);
    }
    let (digits, build) = tail.strip_prefix('(')?.strip_suffix(')')?.split_once('.')?;
    is_digits(build, 1..=5).then_some(ssnn(digits)?.0)
}

/// 7: `load`, also inside `cmterm-`.
pub(super) fn read_load(text: &str) -> Option<Load> {
    let text = squeezed(text);
    if text.contains("PHONEOS") {
        return read_phoneos_load(&text);
    }
    let (family, version) = match text.strip_prefix("CMTERM-") {
        Some(inside) => {
            let mut endings = [".ZIP", ".K3.COP.SGN", ".K4.COP.SHA512"].iter();
            let inside = endings.find_map(|ending| inside.strip_suffix(ending))?;
            let (family, version) = inside.split_once('.')?;
            let family = family.strip_suffix("-SIP").unwrap_or(family);
            (family, version.strip_suffix("_REL").unwrap_or(version))
        }
        None => {
            let name = text.strip_suffix(".LOADS").unwrap_or(&text);
            name.strip_prefix("SIP").unwrap_or(name).split_once('.')?
        }
    };
    let family = read_family(family)?;
    let version = version.replace('.', "-");
    // tlexe2m := family ".TLexE2M-" 11-2-3C-<n>
    if let Some(build) = version.strip_prefix("TLEXE2M-11-2-3C-") {
        return Some(Load {
            name: format!("sip{family}.TLexE2M-11-2-3C-{build}"),
            family,
            firmware_type: "tlexe2m".to_string(),
            release: None,
            respin: 0,
            build: read_build(build)?,
            engineering: false,
        });
    }
    // version := maj "-" min "-" mic tail "-" build
    let parts: Vec<&str> = version.split('-').collect();
    let (micro_and_tail, service_and_respin, build) = match parts[..] {
        [_, _, micro_and_tail, build] => (micro_and_tail, None, build),
        [_, _, micro, digits, build] => (micro, Some(ssnn(digits)?), build),
        _ => return None,
    };
    let (micro, tail) = split_digits(micro_and_tail);
    // tail
    let (firmware_type, service, respin) = match (tail, service_and_respin) {
        ("", None) | ("MN", None) => ("enterprise", 0, 0),
        ("", Some((service, respin))) => ("enterprise", service, respin),
        ("MPP", None) => ("mpp", 0, 0),
        (_, Some(_)) => return None,
        (_, None) => {
            if let Some(n) = tail.strip_prefix("SR") {
                ("enterprise", number(n)?, 0)
            } else if let Some(n) = tail.strip_prefix("MSR") {
                ("mpp", number(n)?, 0)
            } else {
                let (service, respin) = ssnn(tail.strip_prefix("MPP")?)?;
                ("mpp", service, respin)
            }
        }
    };
    let release = Release(number(parts[0])?, number(parts[1])?, number(micro)?, service);
    Some(Load {
        name: format!("sip{family}.{version}"),
        family,
        firmware_type: firmware_type.to_string(),
        release: Some(release),
        respin,
        build: read_build(build)?,
        engineering: tail == "MN",
    })
}

/// facts/phoneos.tsv, load-shape: `PHONEOS.A-B-C-DDDD-EE`, before 3.2(1) `PHONEOS-8875.A-B-C-DDDD-EE`; "release = A.B(C);
/// DDDD as in 88xx: 01xx = SR1, 0005 is no SR"; file names `cmterm-PHONEOS.5-0-1-0005-62.cop.sha512`.
fn read_phoneos_load(text: &str) -> Option<Load> {
    let name = match text.strip_prefix("CMTERM-") {
        Some(inside) => inside.strip_suffix(".COP.SHA512").unwrap_or(inside),
        None => text,
    };
    let name = name.strip_suffix(".LOADS").unwrap_or(name);
    let (family, version) = name.strip_prefix("PHONEOS")?.split_once('.')?;
    let family = match family.strip_prefix('-') {
        Some(family) => read_family(family)?,
        None if family.is_empty() => "phoneos".to_string(),
        None => return None,
    };
    let version = version.replace('.', "-");
    let parts: Vec<&str> = version.split('-').collect();
    let [major, minor, micro, digits, build] = parts[..] else { return None };
    let (service, respin) = ssnn(digits)?;
    let ending = if family == "phoneos" { String::new() } else { format!("-{family}") };
    Some(Load {
        name: format!("PHONEOS{ending}.{version}"),
        family,
        firmware_type: "phoneos".to_string(),
        release: Some(Release(number(major)?, number(minor)?, number(micro)?, service)),
        respin,
        build: read_build(build)?,
        engineering: false,
    })
}

/// R7: families are `NNNN`, `NNxx` or `NNNN_NN`.
fn read_family(text: &str) -> Option<String> {
    let numbers = is_digits(text, 4..=4)
        || text.strip_suffix("XX").is_some_and(|n| is_digits(n, 2..=2))
        || text.split_once('_').is_some_and(|(a, b)| is_digits(a, 4..=4) && is_digits(b, 2..=2));
    numbers.then(|| text.to_ascii_lowercase())
}

/// R7: a build does not start with `0`.
fn read_build(text: &str) -> Option<u32> {
    let readable = is_digits(text, 1..=5) && !text.starts_with('0');
    readable.then(|| text.parse().expect("digits"))
}

/// 2.3: `V03`, `v03`, `V3`, `= V02`; digits without `V` are not a VID. R6: one to three digits.
pub(super) fn read_vid(text: &str) -> Option<u16> {
    let text = squeezed(text);
    let digits = text.trim_matches('=').strip_prefix('V')?;
    is_digits(digits, 1..=3).then(|| digits.parse().expect("digits"))
}

/// Law 2: `SEP` and separators say nothing. Zero, broadcast and multicast are no phone's address.
fn read_mac(text: &str) -> Option<String> {
    let text = squeezed(text);
    let digits = text.strip_prefix("SEP").unwrap_or(&text);
    let digits = digits.replace([':', '-', '.'], "");
    if digits.len() != 12 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let first = u8::from_str_radix(&digits[..2], 16).expect("hex");
    (first.is_multiple_of(2) && digits != "000000000000").then_some(digits)
}

/// 3, CG114: three letters, YYWW with WW 01-53, four characters.
fn serial_is_usual(text: &str) -> bool {
    is_letters_or_digits(text, 11..=11)
        && text[..3].bytes().all(|b| b.is_ascii_alphabetic())
        && is_digits(&text[3..7], 4..=4)
        && (1..=53).contains(&text[5..7].parse::<u16>().expect("digits"))
}

/// The firmware types as the project spells them.
fn read_type(text: &str) -> Option<String> {
    let types = ["enterprise", "mpp", "tlexe2m", "phoneos"];
    let text = squeezed(text).to_ascii_lowercase();
    types.contains(&text.as_str()).then_some(text)
}

fn read_authorization(text: &str) -> Option<String> {
    let text = squeezed(text);
    let mut known = ["Classic", "WxC", "blank"].iter();
    known.find(|name| name.to_ascii_uppercase() == text).map(|name| name.to_string())
}

/// 2.3 and R2 to R5: what the PID text says, or None if it names no device.
pub(super) fn read_label(text: &str) -> Option<Label> {
    let text = plain(text);
    let text = text.trim();
    let mut label = read_phone_label(text).or_else(|| read_name(text))?;
    // R43: modules with the number of a phone, and a gateway with the name of one
    let model = label.model.clone().unwrap_or_default();
    if has("7914 7915 7916", &model) {
        label.model = Some(format!("{model} Line Expansion Module"));
        label.no_phone = true;
    }
    label.no_phone |= model == "SPA8800";
    let digits = model.trim_start_matches(|c: char| !c.is_ascii_digit());
    label.no_phone |= has(NO_PHONE_BRANDS, model.strip_suffix(digits).unwrap_or("?")) && !digits.is_empty();
    label.other_device |= label.no_phone;
    Some(label)
}

/// R43: the letters and digits of a name; `Cisco` in front says nothing, but of a number.
fn key(text: &str) -> String {
    let kept: String = text.to_uppercase().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '+').collect();
    let rest = kept.strip_prefix("CISCO").unwrap_or("");
    if rest.is_empty() || is_digits(rest, 1..=9) { kept } else { rest.to_string() }
}

/// R43: the model that Unified CM's name for a device stands for.
fn model_of_name(device: &str) -> String {
    let short = device.trim_start_matches("Cisco ").trim_start_matches("Webex ").trim_start_matches("TelePresence ");
    let squeezed = short.to_uppercase().replace(' ', "");
    match device {
        _ if ["7914", "7915", "7916"].iter().any(|module| device.starts_with(module)) => {
            format!("{} Line Expansion Module", &device[..4])
        }
        _ if squeezed.starts_with("ATA1") || squeezed.starts_with("DX") => squeezed,
        "Cisco 840" | "Cisco 860" => format!("CP-{short}"),
        _ => device.to_string(),
    }
}

/// R43: the names that Unified CM and Cisco give to what is no phone, and to phones without a number.
fn read_name(text: &str) -> Option<Label> {
    let of = |model: String, no_phone| Label { model: Some(model), other_device: true, no_phone, ..Label::default() };
    let (bare, vid) = match text.rsplit_once(['=', ' ']) {
        Some((before, after)) => (before, read_vid(after)),
        None => (text, None),
    };
    static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| OTHER_NAMES.iter().map(|(name, _)| key(name)).collect());
    static FACTS: LazyLock<Vec<String>> =
        LazyLock::new(|| crate::facts::cucm().iter().map(|fact| key(fact.device)).collect());
    let wanted = key(text);
    let letters = wanted.trim_end_matches(|c: char| c.is_ascii_digit());
    for ((name, model), known) in OTHER_NAMES.iter().zip(KEYS.iter()) {
        let is_pid = name.starts_with("CP-") || name.starts_with("DP-");
        let pid = is_pid.then(|| name.to_string());
        if *known == wanted || (*model == "Sum" && known == letters) {
            return Some(Label { pid, ..of(model.to_string(), true) });
        }
        if is_pid && vid.is_some() && *known == key(bare) {
            return Some(Label { pid, vid: Read::Known(vid?), ..of(model.to_string(), true) });
        }
    }
    let place = FACTS.iter().position(|known| *known == wanted)?;
    let fact = crate::facts::cucm().get(place).filter(|fact| !fact.names_no_product())?;
    let number = fact.device.trim_start_matches("Cisco ").replace(' ', "");
    match fact.is_no_phone() {
        true => Some(of(model_of_name(fact.device), true)),
        // `Cisco 30 VIP`, `Cisco 860`
        false if number.starts_with("30") || number.starts_with("12") => Some(of(number, false)),
        false if number.len() == 3 => Some(of(format!("CP-{number}"), false)),
        false => None,
    }
}

/// What the text of a phone says.
fn read_phone_label(text: &str) -> Option<Label> {
    // R4: bare numbers
    if is_digits(text, 1..=9) {
        return read_bare_number(text);
    }
    // user agents: `Cisco-CP-8841-3PCC/11.0.1 (00562b043615)`
    if let Some((product, rest)) = text.split_once('/') {
        let (release, mac) = match rest.split_once('(') {
            None => (rest, ""),
            Some((release, mac)) => (release, mac.trim_end().strip_suffix(')')?),
        };
        let mut label = read_product(product)?;
        label.pid.as_ref()?;
        label.release = read_field(Some(release), read_release);
        label.mac = read_field(Some(mac), read_mac);
        // 2.4: a user agent says MPP; R2: without a 3PCC mark it says no type
        label.says_mpp = label.says_mpp || label.marked;
        return Some(label);
    }
    // PID with VID as labels print them: `PID VID: CP-8841-K9 V15`
    let text = match text.split_once(':') {
        None => text,
        Some((before, after)) if before.split_whitespace().eq(["PID", "VID"]) => after,
        Some(_) => return None,
    };
    read_product(text)
}

/// R4: a model, else a CUCM type code, else nothing.
fn read_bare_number(text: &str) -> Option<Label> {
    if is_model_number(text) {
        return read_product(text);
    }
    if let Some(row) = row(&TYPE_CODES, &[text]) {
        return Some(Label { model: Some(row[1].to_string()), ..Label::default() });
    }
    // R43: every other code of the facts
    let fact = crate::facts::cucm().iter().find(|fact| fact.model == text && !fact.names_no_product())?;
    let number = fact.device.trim_start_matches("Cisco ").replace(' ', "");
    let (of_series, suffix) = split_digits(&number);
    let mut label = Label::default();
    if fact.is_no_phone() {
        label.model = Some(model_of_name(fact.device));
        label.no_phone = true;
    } else if is_model_number(of_series) {
        // `7941G-GE` is a 7941
        label.model = Some(if suffix.starts_with('G') { of_series.to_string() } else { number });
        return Some(label);
    } else {
        label.model = Some(if number.len() == 3 && suffix.is_empty() { format!("CP-{number}") } else { number });
    }
    label.other_device = true;
    Some(label)
}

/// R4: four digits of a series, not `7800`, `8800`, ...
fn is_model_number(text: &str) -> bool {
    is_digits(text, 4..=4) && has(SERIES, &text[..2]) && &text[2..] != "00"
}

/// 2.3: `CP-<model>[NR|-NR][-<variant>]-K9[++][=]`, names like `Cisco IP Phone 8841`, a VID after it.
fn read_product(text: &str) -> Option<Label> {
    // R3: after `=` only a VID
    let (text, mut vid) = match text.split_once('=') {
        None => (text, Read::Absent),
        Some((text, after)) if after.trim().is_empty() => (text, Read::Absent),
        Some((text, after)) => (text, Read::Known(read_vid(after)?)),
    };
    let text = text.trim_end();
    let (text, plus) = match text.strip_suffix("++") {
        None => (text, ""),
        Some(text) => (text, "++"),
    };
    // R3: runs of spaces and hyphens separate words
    let words = text.split(|c: char| c == '-' || c.is_whitespace());
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    // `Cisco`, `Cisco IP Phone`, `IP Phone`, `DMS Cisco`
    for name in ["DMS CISCO", "CISCO IP PHONE", "IP PHONE", "CISCO"] {
        let name: Vec<&str> = name.split(' ').collect();
        if words.starts_with(&name) {
            words.drain(..name.len());
            break;
        }
    }
    // `CP-8841`, `CP8841`
    let mut has_cp = false;
    if words.first() == Some(&"CP") {
        has_cp = true;
        words.remove(0);
    } else if let Some(first) = words.first().and_then(|word| word.strip_prefix("CP")) {
        has_cp = true;
        words[0] = first;
    }
    // `CP-8841-K9 V15`
    let last = words.last().copied().unwrap_or("");
    if has_cp && vid == Read::Absent && plus.is_empty() && last.starts_with('V') {
        vid = read_vid(last).map_or(Read::Absent, Read::Known);
        if vid != Read::Absent {
            words.pop();
        }
    }
    let first = *words.first()?;
    let ends_with_k9 = words.last() == Some(&"K9");
    if (!plus.is_empty() && !ends_with_k9) || (vid != Read::Absent && !has_cp) {
        return None;
    }
    let says_mpp = words.contains(&"MPP");
    words.pop_if(|last| *last == "MPP");
    let mut label = Label {
        pid: has_cp.then(|| format!("CP-{}{plus}", words.join("-"))),
        marked: words.iter().any(|word| has(MARKS, word)),
        says_mpp,
        vid,
        ..Label::default()
    };
    // R5: any other Cisco device: `SPA504G`, `SPA 504G`
    let brand = first.trim_start_matches(|c: char| !c.is_ascii_digit());
    let brand = first.strip_suffix(brand).unwrap_or(first);
    let number = first.strip_prefix(brand).filter(|rest| !rest.is_empty());
    let number = number.or(words.get(1).copied()).unwrap_or("");
    if has(OTHER_BRANDS, brand) && number.starts_with(|c: char| c.is_ascii_digit()) {
        label.model = Some(format!("{brand}{number}"));
        label.other_device = true;
        return Some(label);
    }
    // the model, with NR
    let model = first.strip_suffix("NR").unwrap_or(first);
    let is_ns = has(NS, first);
    let model = if is_ns { &first[..4] } else { model };
    if !is_model_number(model) {
        let of_another_series = is_digits(model, 3..=4) && !has(SERIES, &model[..2]);
        if has_cp && ends_with_k9 && words.len() > 1 && of_another_series {
            label.model = Some(first.to_string());
            label.other_device = true;
            return Some(label);
        }
        return None;
    }
    let mut variant = words[1..].to_vec();
    let mut nr = first.ends_with("NR");
    if !nr && variant.first() == Some(&"NR") {
        nr = true;
        variant.remove(0);
    }
    label.model = Some(format!(
        "{model}{}",
        if is_ns {
            "NS"
        } else if nr {
            "NR"
        } else {
            ""
        }
    ));
    // R3: only words that documents explain; a suffix that none explains may name another phone
    variant.iter().all(|word| has(VARIANTS, word) || *word == "K9").then_some(label)
}

/// 2.3: the words that forbid an assumption; R15: any case, and `Multiplatform` too.
fn names_mpp(text: Option<&str>) -> bool {
    let text = squeezed(text.unwrap_or("")).to_uppercase();
    ["MPP", "MSR", "3PCC", "MULTIPLATFORM"].iter().any(|word| text.contains(word))
}

/// What all texts about one field say.
fn read_all<T: Clone + PartialEq>(
    question: &Question,
    name: &str,
    text: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Read<T> {
    together(&[read_field(text, &read), read_field(question.also(name), &read)])
}

/// 2.4: "product ... said twice, differently". A name of a model says nothing of a mark; between PIDs another mark is
/// another product. The text that says more counts.
fn label_of(question: &Question) -> (Option<Label>, bool) {
    let texts = [question.pid, question.also("pid")];
    let mut labels = texts.into_iter().flatten().filter_map(read_label);
    let (Some(first), second) = (labels.next(), labels.next()) else { return (None, false) };
    let Some(second) = second else { return (Some(first), false) };
    let is_silent = |label: &Label| label.pid.is_none() && !label.marked;
    let same_mark = first.marked == second.marked || is_silent(&first) || is_silent(&second);
    let same = first.model == second.model && same_mark;
    let more = if first.pid.is_none() && (second.pid.is_some() || second.marked) { second } else { first };
    (same.then_some(more), !same)
}

/// Everything that the question says about the phone.
pub(super) fn read_phone(question: &Question) -> Phone {
    let (label, pid_contradictory) = label_of(question);
    let said = label.clone().unwrap_or_default();
    let load = read_all(question, "load", question.load, read_load);
    let texts_of_load = [question.load, question.also("load")];
    let loads_said: Vec<Load> = texts_of_load.into_iter().flatten().filter_map(read_load).collect();
    // R26: null only if it is no run of 4 to 16 letters and digits
    let serial_of = |text: &str| Some(squeezed(text)).filter(|serial| is_letters_or_digits(serial, 4..=16));
    let serial = read_all(question, "serial", question.serial, serial_of);
    let unreadable_names_mpp = |name: &str, text: Option<&str>| names_mpp(text) || names_mpp(question.also(name));
    let release = read_all(question, "release", question.release, read_release);
    let firmware_type = read_all(question, "firmware_type", question.firmware_type, read_type);
    let authorization = read_all(question, "authorization", question.authorization, read_authorization);
    let mut phone = Phone {
        pid_absent: field(question.pid).is_none() && field(question.also("pid")).is_none(),
        pid_contradictory,
        vid: together(&[read_all(question, "vid", question.vid, read_vid), said.vid]),
        mac: together(&[read_all(question, "mac", question.mac, read_mac), said.mac]),
        serial_absent: serial == Read::Absent,
        serial_unusual: serial == Read::Unreadable || serial.known().is_some_and(|serial| !serial_is_usual(&serial)),
        serial_contradictory: serial == Read::Contradictory,
        serial: serial.known(),
        load_of_other_family: false,
        // 2.3 says it of the load text; R15: of an unreadable release or type text too
        unreadable_text_names_mpp: (load == Read::Unreadable && unreadable_names_mpp("load", question.load))
            || (release == Read::Unreadable && unreadable_names_mpp("release", question.release))
            || (firmware_type == Read::Unreadable && unreadable_names_mpp("firmware_type", question.firmware_type)),
        load,
        loads_said,
        label,
        firmware_type: Read::Absent,
        types_said: Vec::new(),
        words_of_type_differ: firmware_type == Read::Contradictory,
        release: Read::Absent,
        releases_said: Vec::new(),
        authorization_contradictory: authorization == Read::Contradictory,
        authorization_said: authorization.clone(),
        authorization,
    };
    // 2.4: "A load of another family than the model's counts as no evidence of type or release"
    let family = phone.row().map(|row| row[1]);
    if let (Some(family), Read::Known(load)) = (family, &phone.load) {
        phone.load_of_other_family = load.family != family;
    }
    // Loads that differ all count; of several families not all can be of this phone, and nobody knows which is.
    let counts = if phone.load_of_other_family { Vec::new() } else { phone.loads_said.clone() };
    let mut families: Vec<&str> = counts.iter().map(|load| load.family.as_str()).chain(family).collect();
    families.dedup();
    let of_several_families = phone.load == Read::Contradictory && families.len() > 1;
    // 2.4: evidence of type
    let mut types = vec![firmware_type];
    types.extend(counts.iter().map(|load| Read::Known(load.firmware_type.clone())));
    if said.says_mpp {
        types.push(Read::Known("mpp".to_string()));
    }
    if phone.one_image() {
        // "one PhoneOS firmware for Unified CM, Webex Calling and BroadWorks": `enterprise` and `mpp` say where it is
        // registered, not what runs
        let words =
            [question.firmware_type, question.also("firmware_type")].into_iter().flatten().filter_map(read_type);
        let words = words.filter(|word| word != "enterprise" && word != "mpp");
        types = words.chain(counts.iter().map(|load| load.firmware_type.clone())).map(Read::Known).collect();
    }
    phone.types_said = types.iter().filter_map(Read::known).collect();
    phone.firmware_type = if of_several_families { Read::Contradictory } else { together(&types) };
    // 2.4: "A 3PCC phone with an untokened 10.x load is one"; R12: whatever else is said
    let untokened_10 =
        |load: &Load| load.firmware_type == "enterprise" && load.release.is_some_and(|release| release.0 == 10);
    if phone.marked() && counts.iter().any(untokened_10) {
        phone.firmware_type = Read::Contradictory;
    }
    // 2.4: evidence of release
    let mut releases = vec![release, said.release.clone()];
    releases.extend(counts.iter().map(|load| load.release.map_or(Read::Absent, Read::Known)));
    phone.release = if of_several_families { Read::Contradictory } else { together(&releases) };
    // 2.5, R11: an authorization for a running release below MPP 11.3(3) counts as absent
    let is_mpp = phone.firmware_type.known().as_deref() == Some("mpp");
    let old = |release: Release| release < Release(11, 3, 3, 0);
    if is_mpp && phone.release.known().is_some_and(old) {
        phone.authorization = Read::Absent;
        return phone;
    }
    // Where type or releases differ and one release is below, nobody knows what the authorization is.
    let texts_of_release = [question.release, question.also("release")];
    let of_loads = counts.iter().filter_map(|load| load.release).chain(said.release.known());
    phone.releases_said = texts_of_release.into_iter().flatten().filter_map(read_release).chain(of_loads).collect();
    let is_doubtful = phone.firmware_type == Read::Contradictory || (is_mpp && phone.release == Read::Contradictory);
    let is_said = phone.authorization != Read::Absent;
    if is_doubtful && is_said && phone.releases_said.iter().copied().any(old) {
        phone.authorization = Read::Contradictory;
    }
    phone
}
