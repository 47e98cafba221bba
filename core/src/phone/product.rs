use super::cucm_types::{CUCM_TYPES, NO_PRODUCT};
use super::no_phone_names::{by_name, no_phone_of_name};
use super::product_words::{
    OTHER_DEVICES, is_mark, is_name_word, is_of_series, is_sales_form, is_suffix, is_variant, is_word_of_series,
    may_be_no_phone,
};
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
/// | `30016`, `Cisco IP Communicator`, `CP-8800-A-KEM=` | a device that is no phone |
/// | `CP-7841-K9=V04`, `CP-7841-K9= V20`, `PID VID: CP-8841-K9 V15` | PID and VID |
/// | `Cisco-CP-8841-3PCC/11.0.1 (00562b043615)` | PID, that MPP firmware runs, its release, MAC |
///
/// Case, Unicode hyphens, and spaces for hyphens do not matter. Behind the number, the variants that documents explain are
/// read (`W`, `A`, `NC`, `R`, `L`, `EU`, `J`, `LA`, `C`, `CL`, `NA`, `CE`, `3PCC`, `3PC-RC`, `3PW`, `3PB`). Any
/// other suffix is refused, never cut off: it may name another phone. So `8841NS`, which Unified CM knows and no document
/// explains, is a model of its own. `RF`, `WS` and `BUN` may stand behind `K9`. The 9800 series is `DP`.
///
/// What is no phone is read by its type code, its name or its product id: `CTI Port`, `Cisco Jabber for Tablet`, `ATA 191`,
/// `CP-8800-A-KEM=`, `Total`; [`Model::device_class`] says what it is. Accessories such as `CP-8832-MIC-WIRED=` are refused.
///
/// # Example
/// ```
/// use crossgrade::phone::Product;
/// use crossgrade::FirmwareType;
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
    /// The text of the PID, empty if there is none.
    pid: InlineText<30>,
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
        let pid = Pid { text: self.pid, model: self.model, marked: self.marked };
        (!self.pid.is_empty()).then_some(pid)
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

    /// Whether both may be the same product. A name of a model says nothing of a 3PCC mark; a product id does.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        let is_silent = |product: &Self| product.pid().is_none() && !product.marked;
        self.model == other.model && (self.marked == other.marked || is_silent(self) || is_silent(other))
    }

    /// A user agent says something in the place of the release that is none.
    pub(crate) fn has_unreadable_release(&self) -> bool {
        self.has_unreadable_release
    }

    /// A user agent says something in the place of the MAC that is none.
    pub(crate) fn has_unreadable_mac(&self) -> bool {
        self.has_unreadable_mac
    }

    fn push_to_pid(&mut self, part: &[u8]) -> Option<()> {
        self.pid.push(b"-")?;
        self.pid.push(part)
    }

    fn of_model(model: Model) -> Self {
        Self {
            pid: InlineText::EMPTY,
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
        Self { pid: pid.text, marked: pid.is_marked_3pcc(), ..Self::of_model(pid.model()) }
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

    /// A product id says all that a name of the same model says.
    fn covers(&self, other: &Self) -> bool {
        fn covers<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            other.is_none() || one == other
        }
        self.agrees_with(other)
            && (self.pid().is_some() || other.pid().is_none())
            && (self.marked || !other.marked)
            && covers(self.vid, other.vid)
            && covers(self.firmware_type, other.firmware_type)
            && covers(self.release, other.release)
            && covers(self.mac, other.mac)
            && (self.has_unreadable_release || !other.has_unreadable_release)
            && (self.has_unreadable_mac || !other.has_unreadable_mac)
    }

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut folded = Folded::<96>::EMPTY;
        let text = folded.fold(text, Self::SPACES)?;
        if text.iter().all(u8::is_ascii_digit)
            && let Some(model) = cucm_type(text)?
        {
            return Ok(Self::of_model(model));
        }
        let read = match text.iter().position(|byte| *byte == b'/') {
            None => label(text),
            // `7811/21/41/61` is a list, not a user agent.
            Some(slash) => {
                let (product, version) = (&text[..slash], &text[slash + 1..]);
                if product.starts_with(b"CISCO-CP") && version.first().is_some_and(u8::is_ascii_digit) {
                    user_agent(product, version)
                } else {
                    Err(fault("a slash outside a user agent", slash))
                }
            }
        };
        read.or_else(|fault| named(text).ok_or(fault))
    }
}

/// The model behind a CUCM type code.
fn cucm_type(digits: &[u8]) -> Result<Option<Model>, Fault> {
    // Four digits are the number of a model.
    let code = std::str::from_utf8(digits).ok().filter(|digits| digits.len() != 4 && !digits.starts_with('0'));
    let Some(code) = code.and_then(|code| code.parse().ok()) else { return Ok(None) };
    if NO_PRODUCT.contains(&code) {
        return Err(fault("a type code of Unified CM that names no product", 0));
    }
    let index = CUCM_TYPES.binary_search_by_key(&code, |(code, _)| *code).ok();
    Ok(index.map(|index| CUCM_TYPES[index].1))
}

/// A device by its name, or by a product id that is none of a phone; a VID may stand behind it.
#[cold]
fn named(text: &[u8]) -> Option<Product> {
    let of = |name| {
        let (model, pid) = by_name(name)?;
        Some(Product { pid: InlineText::constant(pid), ..Product::of_model(model) })
    };
    let with_vid = || {
        let at = text.iter().rposition(|byte| matches!(byte, b' ' | b'=')).map(|at| at + 1)?;
        let vid = Vid::read(&text[at..]).ok()?;
        let product = of(&text[..at]).filter(|product| !product.pid.is_empty())?;
        Some(Product { vid: Some(vid), ..product })
    };
    of(text).or_else(with_vid)
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

/// Everything but user agents and type codes.
fn label(text: &[u8]) -> Result<Product, Fault> {
    let mut words = Words::new(text);
    if words.take(b"PID") {
        words.take(b"VID");
    }
    words.take(b"DMS");
    words.take(b"CISCO");
    while is_name_word(words.word) {
        words.advance();
    }
    // The 9800 series is sold as DP.
    let has_dp = words.take(b"DP") || words.take_prefix(b"DP");
    let has_cp = has_dp || words.take(b"CP") || words.take_prefix(b"CP");

    // In its place from the beginning, because a text that was just put together is slow to move.
    let mut product = Product::of_model(Model(InlineText::EMPTY));
    product.pid.push(if has_dp { b"DP" } else { b"CP" });
    let device = Device::next(&mut words, has_cp, &mut product)?;
    let mut strong_crypto = false;
    let mut is_closed = false;

    while let Some((word, at)) = words.next() {
        if product.vid.is_some() {
            return Err(fault("something after the VID", at));
        }
        let is_part_of_pid = match word {
            b"=" | b"*" | b"VID" => {
                is_closed = true;
                false
            }
            b"++" if strong_crypto => {
                product.pid.push(word).ok_or(fault(TOO_LONG, at))?;
                false
            }
            [b'V', b'0'..=b'9', ..] => {
                product.vid = Some(Vid::read(word).map_err(|inner| fault(inner.what, at + inner.at))?);
                false
            }
            b"MPP" => {
                product.firmware_type = Some(FirmwareType::Mpp);
                false
            }
            _ if is_closed => return Err(fault("something after = that is no VID", at)),
            _ if strong_crypto && !is_sales_form(word) => {
                return Err(fault("something after K9 that is no VID", at));
            }
            // Wherever it stands: a phone without radio is another model.
            b"NR" if device.can_be_nr && !product.model.0.as_bytes().ends_with(b"NR") => {
                product.model.0.push(word).ok_or(fault(TOO_LONG, at))?;
                true
            }
            b"K9" => {
                strong_crypto = true;
                true
            }
            _ if is_mark(word) => {
                product.marked = true;
                true
            }
            // A sales form, see above.
            _ if strong_crypto || is_variant(word) => true,
            _ if is_word_of_series(product.model.0.as_bytes(), word) => true,
            // `ATA 186-I2-A`: whatever it is, it is no phone.
            _ if device.has_any_variant && word.len() <= 4 && word.iter().all(u8::is_ascii_alphanumeric) => true,
            _ if word.len() <= 4 => return Err(fault("a variant that no document explains", at)),
            _ => return Err(fault("a word that no product id has", at)),
        };
        if is_part_of_pid {
            product.push_to_pid(word).ok_or(fault(TOO_LONG, at))?;
        }
    }

    if device.needs_k9 && !strong_crypto {
        return words.fault("no K9 behind the number of an unknown series");
    }
    if device.may_be_no_phone
        && let Some(model) = no_phone_of_name(product.model.0.as_bytes())
    {
        product.model = model;
    }
    if !has_cp {
        product.pid = InlineText::EMPTY;
    }
    Ok(product)
}

const TOO_LONG: &str = "more than a product id can have";

/// The number of a phone, or the name of another device.
struct Device {
    can_be_nr: bool,
    needs_k9: bool,
    /// It is no phone, whatever stands behind the number.
    has_any_variant: bool,
    /// Numbers of the series that are no phones may be among the names.
    may_be_no_phone: bool,
}

impl Device {
    /// Reads it, and writes what it says.
    #[inline]
    fn next(words: &mut Words<'_>, has_cp: bool, product: &mut Product) -> Result<Self, Fault> {
        let Some((word, at)) = words.next() else { return words.fault("no model") };
        let too_long = fault(TOO_LONG, at);
        product.push_to_pid(word).ok_or(too_long)?;

        let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0
            && let Some(name) = OTHER_DEVICES.iter().find(|name| word.starts_with(name))
        {
            product.model.0.push(word).ok_or(too_long)?;
            // `ATA 191` is `ATA191`
            let number = if word.len() == name.len() {
                let (number, at) = words.next().ok_or(fault("no number of the device", at))?;
                product.push_to_pid(number).ok_or(too_long)?;
                product.model.0.push(number).ok_or(fault(TOO_LONG, at))?;
                number
            } else {
                &word[name.len()..]
            };
            if !number[0].is_ascii_digit() || !number.iter().all(u8::is_ascii_alphanumeric) {
                return Err(fault("no number of the device", at));
            }
            let has_any_variant = product.model.no_phone().is_some();
            return Ok(Self { can_be_nr: false, needs_k9: false, has_any_variant, may_be_no_phone: true });
        }

        let (number, suffix) = word.split_at(digits);
        let is_known_series = digits == 4 && is_of_series(number) && !number.ends_with(b"00");
        if is_of_series(number) && number.ends_with(b"00") {
            return Err(fault("a series, not a model", at));
        }
        let is_nr = suffix == b"NR";
        // Another suffix is never cut off: only a model that Unified CM knows by this very name has one.
        if !suffix.is_empty() && !is_nr && is_known_series && is_name_of_type(word) {
            product.model.0.push(word).ok_or(too_long)?;
            return Ok(Self { can_be_nr: false, needs_k9: false, has_any_variant: false, may_be_no_phone: false });
        }
        let fits = match suffix {
            b"" | b"NR" => is_known_series || (has_cp && (3..=4).contains(&digits) && suffix.is_empty()),
            _ => digits == 4 && is_suffix(number, suffix),
        };
        if !fits {
            return Err(fault("no model of a Cisco phone", at));
        }
        // A number of another series alone could be anything; with CP it says what it is.
        let parts: [&[u8]; 2] =
            if is_known_series { [b"", if is_nr { word } else { number }] } else { [b"CP-", number] };
        parts.iter().try_for_each(|part| product.model.0.push(part)).ok_or(too_long)?;
        let may_be_no_phone = may_be_no_phone(number);
        Ok(Self { can_be_nr: is_known_series, needs_k9: !is_known_series, has_any_variant: false, may_be_no_phone })
    }
}

/// Whether a CUCM type code names this very model.
#[cold]
fn is_name_of_type(name: &[u8]) -> bool {
    CUCM_TYPES.iter().any(|(_, model)| model.0.as_bytes() == name)
}

/// Words between spaces, hyphens and colons; `=` and `++` are words of their own.
struct Words<'a> {
    text: &'a [u8],
    /// The word that comes next, empty at the end, and where it stands.
    word: &'a [u8],
    at: usize,
}

impl<'a> Words<'a> {
    #[inline]
    fn new(text: &'a [u8]) -> Self {
        let mut words = Self { text, word: b"", at: 0 };
        words.advance();
        words
    }

    #[inline(always)]
    fn advance(&mut self) {
        let behind = &self.text[self.at + self.word.len()..];
        let separators = behind.iter().take_while(|byte| matches!(byte, b' ' | b'-' | b':')).count();
        let rest = &behind[separators..];
        let len = match rest {
            [] => 0,
            [b'+', b'+', ..] => 2,
            [b'=' | b'+' | b'*', ..] => 1,
            _ => rest.iter().take_while(|byte| !matches!(byte, b' ' | b'-' | b':' | b'=' | b'+' | b'*')).count(),
        };
        self.at = self.text.len() - rest.len();
        self.word = &rest[..len];
    }

    /// The next word and where it stands.
    #[inline]
    fn next(&mut self) -> Option<(&'a [u8], usize)> {
        let next = (self.word, self.at);
        self.advance();
        (!next.0.is_empty()).then_some(next)
    }

    /// Takes the word if it comes next.
    #[inline]
    fn take(&mut self, word: &[u8]) -> bool {
        let found = self.word == word;
        if found {
            self.advance();
        }
        found
    }

    /// Takes the first letters of the next word, if a digit follows them.
    #[inline]
    fn take_prefix(&mut self, prefix: &[u8]) -> bool {
        match self.word.strip_prefix(prefix) {
            Some(word @ [b'0'..=b'9', ..]) => {
                self.at += prefix.len();
                self.word = word;
                true
            }
            _ => false,
        }
    }

    fn fault<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err(fault(what, self.at))
    }
}
