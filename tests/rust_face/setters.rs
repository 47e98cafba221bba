//! Each setter takes every form in which a program holds what an inventory says.
#![allow(clippy::needless_borrows_for_generic_args, reason = "each form is written as a program might write it")]

use std::borrow::Cow;

use crossgrade::phone::{Product, Side};
use crossgrade::{
    Authorization, Destination, Evidence, FirmwareType, LoadName, Mac, Model, Phone, Pid, Release, RuleBook, Serial,
    Target, Vid,
};

/// The evidence of `$getter` after `$setter` was given each form of one text, and the value that was read of it.
macro_rules! forms {
    ($setter:ident, $getter:ident, $value:ty, $text:literal, $bytes:literal) => {{
        let value: $value = $text.parse().expect("a value");
        let known = Evidence::Known(value);
        let text = String::from($text);
        let lent_text = text.as_str();
        let boxed: Box<str> = $text.into();
        let (lent, given): (Cow<'_, str>, Cow<'_, str>) = (Cow::Borrowed(&text), Cow::Owned(text.clone()));
        let (vector, missing) = (text.clone().into_bytes(), None::<String>);
        let (some_lent, some_text, some_value) = (Some(text.as_str()), Some(text.clone()), Some(value));
        let (some_either, some_vector) = (Some(given.clone()), Some(vector.clone()));
        let some_slice = Some(vector.as_slice());
        let (mark, some_mark) = (Cow::Borrowed("?"), Some(String::from("?")));
        let read = [
            Phone::default().$setter($text),
            Phone::default().$setter(text.as_str()),
            Phone::default().$setter(&lent_text),
            Phone::default().$setter(text.clone()),
            Phone::default().$setter(&text),
            Phone::default().$setter(boxed.clone()),
            Phone::default().$setter(&boxed),
            Phone::default().$setter(lent.clone()),
            Phone::default().$setter(given.clone()),
            Phone::default().$setter(&given),
            Phone::default().$setter($bytes),
            Phone::default().$setter(&$bytes[..]),
            Phone::default().$setter(vector.clone()),
            Phone::default().$setter(&vector),
            Phone::default().$setter(Cow::Borrowed(vector.as_slice())),
            Phone::default().$setter(Cow::<[u8]>::Owned(vector.clone())),
            Phone::default().$setter(value),
            Phone::default().$setter(&value),
            Phone::default().$setter(known.clone()),
            Phone::default().$setter(&known),
            Phone::default().$setter(Some($text)),
            Phone::default().$setter(Some(&text)),
            Phone::default().$setter(Some(text.clone())),
            Phone::default().$setter(Some(given.clone())),
            Phone::default().$setter(Some($bytes)),
            Phone::default().$setter(Some(vector.as_slice())),
            Phone::default().$setter(Some(value)),
            Phone::default().$setter(&some_lent),
            Phone::default().$setter(&some_text),
            Phone::default().$setter(&some_either),
            Phone::default().$setter(&some_vector),
            Phone::default().$setter(&some_slice),
            Phone::default().$setter(&some_value),
            Phone::default().$setter(Some(Some(text.clone()))),
        ];
        for (form, phone) in read.iter().enumerate() {
            assert_eq!(phone.$getter(), &known, "{} form {form}", stringify!($setter));
        }
        let absent = [
            Phone::default().$setter(&missing),
            Phone::default().$setter(missing.clone()),
            Phone::default().$setter(missing.as_deref()),
            Phone::default().$setter(None::<$value>),
            Phone::default().$setter(&None::<$value>),
            Phone::default().$setter(Evidence::Absent),
            Phone::default().$setter(String::from(" ")),
            Phone::default().$setter(b" "),
        ];
        assert!(absent.iter().all(|phone| *phone == Phone::default()), "{}", stringify!($setter));
        let unreadable = [
            Phone::default().$setter("?"),
            Phone::default().$setter(String::from("?")),
            Phone::default().$setter(&mark),
            Phone::default().$setter(b"?"),
            Phone::default().$setter(vec![b'?']),
            Phone::default().$setter(&some_mark),
        ];
        assert!(unreadable.iter().all(|phone| phone.$getter().unreadable() == Some("?")), "{}", stringify!($setter));
        let no_text = [Phone::default().$setter(&[0xFF]), Phone::default().$setter(vec![0xFF])];
        assert!(no_text.iter().all(|phone| phone.$getter().unreadable() == Some("\u{fffd}")));
    }};
}

#[test]
fn a_setter_takes_texts_bytes_and_values_lent_given_and_missing() {
    forms!(vid, vid_evidence, Vid, "V03", b"V03");
    forms!(mac, mac_evidence, Mac, "SEP00CCFC123456", b"00:CC:FC:12:34:56");
    forms!(serial, serial_evidence, Serial, "FCH20100312", b"fch20100312");
    forms!(load, load_evidence, LoadName, "sip88xx.14-2-1-0101-26", b"sip88xx.14-2-1-0101-26.loads");
    forms!(release, release_evidence, Release, "12.0(5)", b"12.0.5");
    forms!(firmware_type, firmware_type_evidence, FirmwareType, "mpp", b"MPP");
    forms!(authorization, authorization_evidence, Authorization, "WxC", b"wxc");
}

#[test]
fn a_phone_is_made_of_every_form_of_a_product() {
    let text = String::from("CP-8841-K9=");
    let (boxed, given): (Box<str>, Cow<'_, str>) = (text.as_str().into(), Cow::Owned(text.clone()));
    let (lent, some_text, some_lent) = (text.as_str(), Some(text.clone()), Some(text.as_str()));
    let texts = [
        Phone::new("CP-8841-K9="),
        Phone::new(&lent),
        Phone::new(text.clone()),
        Phone::new(&text),
        Phone::new(boxed.clone()),
        Phone::new(&boxed),
        Phone::new(given.clone()),
        Phone::new(&given),
        Phone::new(b"CP-8841-K9="),
        Phone::new(text.as_bytes()),
        Phone::new(text.clone().into_bytes()),
        Phone::new(Some(text.as_str())),
        Phone::new(Some(text.clone())),
        Phone::new(&some_text),
        Phone::new(&some_lent),
    ];
    for (form, phone) in texts.iter().enumerate() {
        assert_eq!(phone, &texts[0], "form {form}");
        assert_eq!(phone.product_text(), Some("CP-8841-K9="), "form {form}");
    }
    let (pid, product): (Pid, Product) = (text.parse().expect("a PID"), text.parse().expect("a product"));
    for phone in [
        Phone::new(pid),
        Phone::new(&pid),
        Phone::new(Some(pid)),
        Phone::new(&Some(pid)),
        Phone::new(product),
        Phone::new(Evidence::Known(product)),
        Phone::new(texts[0].product()),
    ] {
        assert_eq!((phone.product().known(), phone.product_text()), (Some(product), None));
    }
    let model: Model = "8841".parse().expect("a model");
    assert_eq!(Phone::new(model), Phone::new(Product::from(model)));
    assert_eq!(Phone::new(&texts[0]), texts[0], "the product of another phone, with its text");
    assert_eq!(Phone::new(&None::<String>), Phone::default());
    assert_eq!(Phone::new("  "), Phone::default());
    assert_eq!(Phone::new(vec![0xFF]).product_text(), Some("\u{fffd}"));
}

#[test]
fn six_bytes_are_an_address_and_one_of_no_phone_is_unreadable() {
    let mac: Mac = "00CCFC123456".parse().expect("an address");
    let bytes = [0x00, 0xCC, 0xFC, 0x12, 0x34, 0x56];
    for phone in [
        Phone::default().mac(bytes),
        Phone::default().mac(Some(bytes)),
        Phone::default().mac(&Some(bytes)),
        Phone::default().mac(mac.address()),
        Phone::default().mac(mac.address().into_array()),
    ] {
        assert_eq!(phone.mac_evidence().known(), Some(mac));
    }
    assert_eq!(Mac::try_from(bytes), Ok(mac));
    for (bytes, text) in
        [([0xFF; 6], "FF:FF:FF:FF:FF:FF"), ([0; 6], "00:00:00:00:00:00"), ([1, 0, 0, 0, 0, 9], "01:00:00:00:00:09")]
    {
        assert_eq!(Phone::default().mac(bytes).mac_evidence().unreadable(), Some(text));
        assert_eq!(Phone::default().mac(bytes).mac_evidence(), Phone::default().mac(text).mac_evidence());
        assert!(Mac::try_from(bytes).is_err());
    }
}

#[test]
fn values_said_differently_are_set_as_they_are() {
    let said = [("V03", "a page"), ("V01", "a label")];
    let sides = said.iter().filter_map(|(text, place)| Side::<Vid>::read(*text, *place));
    let evidence: Evidence<'_, Vid> = sides.collect();
    assert_eq!(Phone::default().vid(&evidence), Phone::default().vid(Evidence::said(said)));
    assert_eq!(Phone::default().vid(Some(evidence.clone())).vid_evidence(), &evidence);
}

#[test]
fn a_target_is_named_in_every_form() {
    let book = RuleBook::field();
    let ask = |target: Result<crossgrade::Request, crossgrade::TargetError>| target.expect("a target");
    let text = String::from("12.0(5)");
    let (release, given): (Release, Cow<'_, str>) = (text.parse().expect("a release"), Cow::Owned(text.clone()));
    let to = Destination::WebexCalling;
    let requests = [
        ask(book.request(to, "12.0(5)")),
        ask(book.request(to, &text.as_str())),
        ask(book.request(to, text.clone())),
        ask(book.request(to, &text)),
        ask(book.request(to, given.clone())),
        ask(book.request(to, &given)),
        ask(book.request(to, release)),
        ask(book.request(to, &release)),
        ask(book.request(to, Target::from(release))),
        ask(book.request(to, &Target::from(release))),
        ask(book.request(to, Some(text.clone()))),
        ask(book.request(to, &Some(text.clone()))),
        ask(book.request(to, &Some(release))),
    ];
    assert!(requests.iter().all(|request| request.chosen_target() == Some(&Target::Release(release))));
    let load: LoadName = "sip88xx.12-0-5MPP0001-258".parse().expect("a load");
    assert_eq!(ask(book.request(to, &load)), ask(book.request(to, load)));
    assert_eq!(ask(book.request(to, &None::<String>)), crossgrade::Request::to(to));
    assert_eq!(ask(book.request(to, Some(" "))), crossgrade::Request::to(to));
}
