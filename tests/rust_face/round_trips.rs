//! Phones and requests come back from JSON as they were.

use crossgrade::phone::Product;
use crossgrade::{Destination, Evidence, LoadName, Phone, Request, RuleBook, Target, Verdict, Vid};
use crossgrade_tests::generate::{self, questions};
use crossgrade_tests::law::config;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

fn from_json(phone: &Phone<'_>) -> Phone<'static> {
    let json = serde_json::to_string(phone).expect("JSON");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// Texts of one field with the places where they were said, sometimes bytes that are no text.
fn said() -> impl Strategy<Value = Vec<(String, String)>> {
    let texts = prop_oneof![
        generate::vids(),
        generate::macs(),
        generate::loads("88xx"),
        generate::releases(),
        generate::firmware_types(),
        generate::authorizations(),
        generate::serials(),
        generate::user_agents("8841"),
        generate::names("8841"),
        generate::junk(),
    ];
    vec((texts, ".{0,6}"), 0..4)
}

proptest! {
    #![proptest_config(config(2000, concat!(env!("CARGO_MANIFEST_DIR"), "/regressions/rust_face.txt")))]

    #[test]
    fn a_phone_comes_back_whatever_its_texts_are((texts, request) in questions()) {
        let phone = texts.phone();
        prop_assert_eq!(&from_json(&phone), &phone);
        let value = serde_json::to_value(&phone).expect("JSON");
        prop_assert_eq!(&serde_json::from_value::<Phone<'_>>(value).expect("a phone"), &phone);
        let json = serde_json::to_string(&request).expect("JSON");
        prop_assert_eq!(&serde_json::from_str::<Request>(&json).expect("a request"), &request);
    }

    #[test]
    fn a_phone_comes_back_that_contradicts_itself(
        said in vec(said(), 8),
        bytes in weighted(0.3, vec(any::<u8>(), 0..8)),
    ) {
        let [pid, vid, mac, serial, load, release, firmware_type, authorization] = said.try_into().expect("eight");
        let mut phone = Phone::new(Evidence::<Product>::said(pid))
            .vid(Evidence::said(vid))
            .mac(Evidence::said(mac))
            .serial(Evidence::said(serial))
            .load(Evidence::said(load))
            .release(Evidence::said(release))
            .firmware_type(Evidence::said(firmware_type))
            .authorization(Evidence::said(authorization));
        if let Some(bytes) = bytes {
            phone = phone.serial(bytes.clone()).load(bytes);
        }
        match serde_json::to_string(&phone) {
            Ok(json) => prop_assert_eq!(&serde_json::from_str::<Phone<'_>>(&json).expect("a phone"), &phone, "{}", json),
            // A product that agrees with others loses the text that it was read from, and may say more than its name.
            Err(error) => {
                prop_assert!(error.to_string().ends_with("says more than its name, and its text is missing"), "{}", error);
                prop_assert!(phone.product().known().is_some_and(|_| phone.product_text().is_none()));
            }
        }
    }
}

#[test]
fn a_phone_is_a_map_of_what_was_said() {
    let vid = Evidence::said([("V03", "page 10.0.0.7"), ("V01", "labels.csv line 2")]);
    let phone = Phone::new("cp-7821-k9=").vid(vid).mac("00:cc:fc:12:34:56").load(b"sip\xFF");
    let json = concat!(
        r#"{"pid":"cp-7821-k9=","vid":[{"value":"V03","place":"page 10.0.0.7"},"#,
        r#"{"value":"V01","place":"labels.csv line 2"}],"mac":"00CCFC123456","load":"sip�"}"#
    );
    assert_eq!(serde_json::to_string(&phone).expect("JSON"), json);
    assert_eq!(from_json(&phone), phone);
    assert_eq!(serde_json::from_str::<Phone<'_>>("{}").expect("a phone"), Phone::default());
    let toml = "pid = \"8841\"\nvid = [{ value = \"V03\", place = \"a page\" }, { value = \"V01\" }]";
    let expected = Phone::new("8841").vid(Evidence::said([("V03", "a page"), ("V01", "")]));
    assert_eq!(toml::from_str::<Phone<'_>>(toml).expect("a phone"), expected);
    let one = r#"{"vid": [{"value": "V03"}, {"value": "v3"}, {"value": "?"}]}"#;
    assert_eq!(serde_json::from_str::<Phone<'_>>(one).expect("a phone"), Phone::default().vid("V03"));
    for (json, told) in [
        (r#"{"vid": 3}"#, "invalid type: integer `3`, expected a text, null, or a list of what was said"),
        (r#"{"vid": [{"text": "V03"}]}"#, "unknown field `text`, expected `value` or `place`"),
        (r#"{"model": "8841"}"#, "unknown field `model`, expected one of `pid`, `vid`"),
    ] {
        let error = serde_json::from_str::<Phone<'_>>(json).expect_err(json).to_string();
        assert!(error.starts_with(told), "{json}: {error}");
    }
}

#[test]
fn evidence_that_no_text_gives_is_refused() {
    let refused = |phone: Phone<'_>| serde_json::to_string(&phone).expect_err("no JSON").to_string();
    let readable = Evidence::Unreadable("V03".into());
    assert_eq!(
        refused(Phone::default().vid(readable)),
        "vid: a text that can be read is marked as unreadable: \"V03\""
    );
    assert!(refused(Phone::default().vid(Evidence::<Vid>::Unreadable(" ".into()))).starts_with("vid: "));
    let agent: Product = "Cisco-CP-8841-3PCC/11.3.1 (00CCFC123456)".parse().expect("a user agent");
    let told = "pid: the product CP-8841-3PCC says more than its name, and its text is missing";
    assert_eq!(refused(Phone::new(agent)), told);
    let product: Product = "CP-8841-K9".parse().expect("a product");
    assert_eq!(from_json(&Phone::new(product)), Phone::new(product));
    assert_eq!(from_json(&Phone::new(product)).product_text(), None);
}

#[test]
fn a_request_that_was_read_is_judged_by_the_book_that_answers() {
    let json = r#"{"destination":"webex-calling","target":"14.3(1)"}"#;
    let request: Request = serde_json::from_str(json).expect("a request");
    assert_eq!(serde_json::to_string(&request).expect("JSON"), json);
    assert!(RuleBook::field().request(Destination::WebexCalling, "14.3(1)").is_err());
    let phone = Phone::new("CP-8841-K9=").vid("V15").load("sip88xx.14-2-1-0101-26");
    assert_eq!(RuleBook::field().assess_request(&phone, &request).verdict(), Verdict::Unknown);

    let load: LoadName = "sip88xx.12-0-3MPP0001-87".parse().expect("a load");
    let loads = Target::of_loads([load, "sip78xx.12-0-3MPP0001-87".parse().expect("a load")]).expect("a target");
    let request = RuleBook::guide().request(Destination::ThirdParty, &loads).expect("a request");
    let json = serde_json::to_string(&request).expect("JSON");
    assert_eq!(serde_json::from_str::<Request>(&json).expect("a request"), request);
    let wrong = r#"{"destination":"unified-cm","target":"sip88xx.12-0-3MPP0001-87"}"#;
    assert_eq!(
        serde_json::from_str::<Request>(wrong).expect_err("another type").to_string(),
        "target sip88xx.12-0-3MPP0001-87: it is MPP firmware; unified-cm needs Enterprise firmware"
    );
    for own in [r#"{"destination":"third-party"}"#, r#"{"destination":"third-party","target":" "}"#] {
        assert_eq!(serde_json::from_str::<Request>(own).expect("a request"), Request::to(Destination::ThirdParty));
    }
    assert!(serde_json::from_str::<Request>(r#"{"destination":"third-party","load":null}"#).is_err());
}
