use super::cucm_types::CUCM_TYPES;
use super::{Mac, Model, Pid, Vid};
use crate::firmware::{FirmwareType, Release};
use crate::text::{Fault, FieldText, Folded, InlineText, Spaces, fault, private};

/// What the text in the product field of an inventory says: always a model, often a PID, sometimes more.
///
/// # Accepted spellings
/// | text | says |
/// |---|---|
/// | `CP-8841-K9=`, `CP-8841-K9`, `CP-8841`, `CP8841`, `CP-8832-NR-K9=`, `CP-8841-3PCC-K9=` | PID |
/// | `8841`, `Cisco 8841`, `Cisco IP Phone 8841`, `IP Phone 8841`, `DMS Cisco 8841`, `8841-3PCC` | model |
/// | `8841 MPP`, `Cisco 8841 MPP` | model, and that MPP firmware runs |
/// | `683` | model, by CUCM type code |
/// | `CP-7841-K9=V04`, `CP-7841-K9= V20`, `PID VID: CP-8841-K9 V15` | PID and VID |
/// | `Cisco-CP-8841-3PCC/11.0.1 (00562b043615)` | PID, that MPP firmware runs, its release, MAC |
///
/// Case, Unicode hyphens, and spaces for hyphens do not matter. Behind the number, the variants that Cisco sells are
/// read (`W`, `A`, `NC`, `R`, `L`, `EU`, `J`, `LA`, `3PCC`, `3PC-RC`, `3PW`, `3PB`), and any other short word beside `K9`
/// or such a mark. `RF`, `WS` and `BUN` may stand behind `K9`. The 9800 series is `DP`. Accessories such as
/// `CP-8832-MIC-WIRED=` are not phones and are refused.
///
/// # Example
/// ```
/// use crossgrade::{FirmwareType, Product};
///
/// let product: Product = "Cisco-CP-8841-3PCC/11.0.1 (00562b043615)".parse()?;
/// assert_eq!(product.model().as_str(), "8841");
/// assert_eq!(product.pid().unwrap().as_str(), "CP-8841-3PCC");
/// assert_eq!(product.firmware_type(), Some(FirmwareType::Mpp));
/// assert_eq!(product.release().unwrap().to_string(), "11.0(1)");
/// # Ok::<(), crossgrade::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Product {
    pid: Option<Pid>,
    model: Model,
    marked: bool,
    vid: Option<Vid>,
    firmware_type: Option<FirmwareType>,
    release: Option<Release>,
    mac: Option<Mac>,
    has_unreadable_release: bool,
    has_unreadable_mac: bool,
}

impl Product {
    /// The PID, if the text contains one.
    pub fn pid(&self) -> Option<Pid> {
        self.pid
    }

    /// The model.
    pub fn model(&self) -> Model {
        self.model
    }

    /// Whether the text marks MPP hardware (`3PCC`).
    pub fn is_marked_3pcc(&self) -> bool {
        self.marked
    }

    /// The VID behind the PID.
    pub fn vid(&self) -> Option<Vid> {
        self.vid
    }

    /// What runs, if the text is evidence of it.
    pub fn firmware_type(&self) -> Option<FirmwareType> {
        self.firmware_type
    }

    /// The release in a user agent.
    pub fn release(&self) -> Option<Release> {
        self.release
    }

    /// The MAC in a user agent.
    pub fn mac(&self) -> Option<Mac> {
        self.mac
    }

    /// A user agent says something in the place of the release that is none.
    pub(crate) fn has_unreadable_release(&self) -> bool {
        self.has_unreadable_release
    }

    /// A user agent says something in the place of the MAC that is none.
    pub(crate) fn has_unreadable_mac(&self) -> bool {
        self.has_unreadable_mac
    }

    fn of_model(model: Model) -> Self {
        Self {
            pid: None,
            model,
            marked: false,
            vid: None,
            firmware_type: None,
            release: None,
            mac: None,
            has_unreadable_release: false,
            has_unreadable_mac: false,
        }
    }
}

impl From<Model> for Product {
    fn from(model: Model) -> Self {
        Self::of_model(model)
    }
}

impl From<Pid> for Product {
    fn from(pid: Pid) -> Self {
        Self { pid: Some(pid), marked: pid.is_marked_3pcc(), ..Self::of_model(pid.model()) }
    }
}

impl private::Sealed for Product {}

impl std::str::FromStr for Product {
    type Err = crate::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        crate::ParseError::reading(text)
    }
}

impl FieldText for Product {
    const THING: &'static str = "product";
    const EXPECTED: &'static str = "a product id or model such as CP-8841-K9=, CP-8841-3PCC-K9= or Cisco 8841";
    const SPACES: Spaces = Spaces::Keep;

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let folded = Folded::<96>::new(text, Self::SPACES)?;
        let text = folded.bytes();
        if text.iter().all(u8::is_ascii_digit)
            && let Some(model) = cucm_type(text)
        {
            return Ok(Self::of_model(model));
        }
        match text.iter().position(|byte| *byte == b'/') {
            None => label(text),
            // `7811/21/41/61` is a list, not a user agent.
            Some(slash) => {
                let (product, version) = (&text[..slash], &text[slash + 1..]);
                if !product.starts_with(b"CISCO-CP") || !version.first().is_some_and(u8::is_ascii_digit) {
                    return Err(fault("a slash outside a user agent", slash));
                }
                user_agent(product, version)
            }
        }
    }
}

/// The model behind a CUCM type code.
fn cucm_type(digits: &[u8]) -> Option<Model> {
    let code = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('0'))?.parse().ok()?;
    let index = CUCM_TYPES.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    Some(CUCM_TYPES[index].1)
}

/// `Cisco-CP-8841-3PCC/11.0.1 (00562b043615)`
fn user_agent(product: &[u8], version: &[u8]) -> Result<Product, Fault> {
    let mut product = label(product)?;
    let end = version.iter().position(|byte| b" _".contains(byte)).unwrap_or(version.len());
    let (release, mac) = version.split_at(end);
    product.release = Release::read(release).ok();
    let is_around = |byte: &u8| b" _()".contains(byte);
    let first = mac.iter().position(|byte| !is_around(byte)).unwrap_or(mac.len());
    let last = mac.iter().rposition(|byte| !is_around(byte)).map_or(first, |last| last + 1);
    product.mac = Mac::read(&mac[first..last]).ok();
    product.has_unreadable_release = product.release.is_none();
    product.has_unreadable_mac = product.mac.is_none() && first < last;
    if product.marked {
        product.firmware_type = Some(FirmwareType::Mpp);
    }
    Ok(product)
}

/// Marks of MPP hardware.
const MARKS: [&[u8]; 4] = [b"3PCC", b"3PC", b"3PW", b"3PB"];
/// Variants that are read without `K9` behind them.
const VARIANTS: [&[u8]; 9] = [b"W", b"A", b"NC", b"R", b"L", b"EU", b"J", b"LA", b"RC"];
/// What Cisco sells the same phone as, behind `K9`: refreshed, refurbished, in a bundle.
const SALES_FORMS: [&[u8]; 3] = [b"RF", b"WS", b"BUN"];
/// Words of marketing names between `Cisco` and the number.
const NAME_WORDS: [&[u8]; 7] = [b"UNIFIED", b"WIRELESS", b"IP", b"CONFERENCE", b"VIDEO", b"DESK", b"PHONE"];
/// Series of Cisco phones, for numbers that stand without `CP`.
const SERIES: [&[u8]; 9] = [b"39", b"68", b"69", b"78", b"79", b"88", b"89", b"98", b"99"];
/// Cisco devices that are no phones of those series; a number follows.
const OTHER_DEVICES: [&[u8]; 5] = [b"SPA", b"ATA", b"VG", b"DX", b"DBS"];

/// Everything but user agents and type codes.
fn label(text: &[u8]) -> Result<Product, Fault> {
    let mut words = Words { text, at: 0 };
    if words.take(b"PID") {
        words.take(b"VID");
    }
    words.take(b"DMS");
    words.take(b"CISCO");
    while NAME_WORDS.iter().any(|word| words.take(word)) {}
    // The 9800 series is sold as DP.
    let has_dp = words.take(b"DP") || words.take_prefix(b"DP");
    let has_cp = has_dp || words.take(b"CP") || words.take_prefix(b"CP");

    let mut pid = InlineText::<30>::constant(if has_dp { "DP" } else { "CP" });
    let device = Device::next(&mut words, has_cp, &mut pid)?;
    let mut model = device.model;
    let mut marked = false;
    let mut vid = None;
    let mut firmware_type = None;
    let mut strong_crypto = false;
    let mut unnamed_variant = None;
    let mut is_closed = false;

    while let Some((word, at)) = words.next() {
        if vid.is_some() {
            return Err(fault("something after the VID", at));
        }
        let is_part_of_pid = match word {
            b"=" | b"*" | b"VID" => {
                is_closed = true;
                false
            }
            b"++" if strong_crypto => {
                pid.push(word).ok_or(fault(TOO_LONG, at))?;
                false
            }
            [b'V', b'0'..=b'9', ..] => {
                vid = Some(Vid::read(word).map_err(|inner| fault(inner.what, at + inner.at))?);
                false
            }
            b"MPP" => {
                firmware_type = Some(FirmwareType::Mpp);
                false
            }
            _ if is_closed => return Err(fault("something after = that is no VID", at)),
            _ if strong_crypto && !SALES_FORMS.contains(&word) => {
                return Err(fault("something after K9 that is no VID", at));
            }
            // Wherever it stands: a phone without radio is another model.
            b"NR" if device.can_be_nr && !model.as_str().ends_with("NR") => {
                model.0.push(word).ok_or(fault(TOO_LONG, at))?;
                true
            }
            b"K9" => {
                strong_crypto = true;
                true
            }
            _ if MARKS.contains(&word) => {
                marked = true;
                true
            }
            _ if VARIANTS.contains(&word) => true,
            _ if word.len() <= 4 && word.iter().all(u8::is_ascii_alphanumeric) => {
                unnamed_variant.get_or_insert(at);
                true
            }
            _ => return Err(fault("a word that no product id has", at)),
        };
        if is_part_of_pid {
            pid.push(b"-").and_then(|()| pid.push(word)).ok_or(fault(TOO_LONG, at))?;
        }
    }

    match unnamed_variant {
        Some(at) if !strong_crypto && !marked => {
            return Err(fault("a variant that is known only with K9 behind it", at));
        }
        _ if device.needs_k9 && !strong_crypto => return words.fault("no K9 behind the number of an unknown series"),
        _ => {}
    }
    let pid = has_cp.then_some(Pid { text: pid, model, marked });
    Ok(Product { pid, marked, vid, firmware_type, ..Product::of_model(model) })
}

const TOO_LONG: &str = "more than a product id can have";

/// The number of a phone, or the name of another device.
struct Device {
    model: Model,
    can_be_nr: bool,
    needs_k9: bool,
}

impl Device {
    fn next<const N: usize>(words: &mut Words<'_>, has_cp: bool, pid: &mut InlineText<N>) -> Result<Self, Fault> {
        let Some((word, at)) = words.next() else { return words.fault("no model") };
        let mut push = |part: &[u8]| pid.push(b"-").and_then(|()| pid.push(part)).ok_or(fault(TOO_LONG, at));
        push(word)?;

        if let Some(name) = OTHER_DEVICES.iter().find(|name| word.starts_with(name)) {
            let mut model = InlineText::new(word).ok_or(fault(TOO_LONG, at))?;
            // `ATA 191` is `ATA191`
            let number = if word.len() == name.len() {
                let (number, at) = words.next().ok_or(fault("no number of the device", at))?;
                push(number)?;
                model.push(number).ok_or(fault(TOO_LONG, at))?;
                number
            } else {
                &word[name.len()..]
            };
            if !number[0].is_ascii_digit() || !number.iter().all(u8::is_ascii_alphanumeric) {
                return Err(fault("no number of the device", at));
            }
            return Ok(Self { model: Model(model), can_be_nr: false, needs_k9: false });
        }

        let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, suffix) = word.split_at(digits);
        let is_known_series = digits == 4 && SERIES.contains(&&number[..2]) && !number.ends_with(b"00");
        if SERIES.contains(&&number[..digits.min(2)]) && number.ends_with(b"00") {
            return Err(fault("a series, not a model", at));
        }
        let is_nr = suffix == b"NR";
        let fits = match suffix {
            b"" | b"NR" => is_known_series || (has_cp && (3..=4).contains(&digits) && suffix.is_empty()),
            b"G" | b"GE" => number.starts_with(b"79") && digits == 4,
            _ => false,
        };
        if !fits {
            return Err(fault("no model of a Cisco phone", at));
        }
        let mut model = InlineText::<15>::EMPTY;
        // A number of another series alone could be anything; with CP it says what it is.
        let parts: [&[u8]; 2] =
            if is_known_series { [b"", if is_nr { word } else { number }] } else { [b"CP-", number] };
        parts.iter().try_for_each(|part| model.push(part)).ok_or(fault(TOO_LONG, at))?;
        let model = Model(model);
        Ok(Self { model, can_be_nr: is_known_series, needs_k9: !is_known_series })
    }
}

/// Words between spaces, hyphens and colons; `=` and `++` are words of their own.
struct Words<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Words<'a> {
    fn skip_separators(&mut self) {
        self.at += self.text[self.at..].iter().take_while(|byte| b" -:".contains(byte)).count();
    }

    /// The next word and where it stands.
    fn next(&mut self) -> Option<(&'a [u8], usize)> {
        self.skip_separators();
        let rest = &self.text[self.at..];
        let len = match rest {
            [] => return None,
            [b'+', b'+', ..] => 2,
            [b'=' | b'+' | b'*', ..] => 1,
            _ => rest.iter().take_while(|byte| !b" -:=+*".contains(byte)).count(),
        };
        let at = self.at;
        self.at += len;
        Some((&rest[..len], at))
    }

    /// Takes the word if it comes next.
    fn take(&mut self, word: &[u8]) -> bool {
        let before = self.at;
        let found = self.next().is_some_and(|(next, _)| next == word);
        if !found {
            self.at = before;
        }
        found
    }

    /// Takes the first letters of the next word, if a digit follows them.
    fn take_prefix(&mut self, prefix: &[u8]) -> bool {
        self.skip_separators();
        let rest = &self.text[self.at..];
        let found = rest.starts_with(prefix) && rest.get(prefix.len()).is_some_and(u8::is_ascii_digit);
        if found {
            self.at += prefix.len();
        }
        found
    }

    fn fault<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err(fault(what, self.at))
    }
}
