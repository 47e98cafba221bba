//! The words of the domain (specification 1, 2.3 and 7): every spelling that the docs of a type promise, what is refused
//! and in which words, what is printed, and what is greater than what.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use crossgrade::firmware::{Firmware, LoadFamily};
use crossgrade::phone::{DeviceClass, Product};
use crossgrade::{
    Authorization, CallControl, Code, Destination, Direction, Effect, Evidence, Field, FirmwareType, LoadName, Mac,
    Model, ParseError, Phone, Pid, Release, Serial, Target, Verdict, Vid,
};
use crossgrade_tests::{facts, generate};
use proptest::prelude::*;

/// The text is read, and printed like this.
#[track_caller]
fn reads<T: FromStr<Err: Display> + Display>(text: &str, printed: &str) {
    match text.parse::<T>() {
        Ok(value) => assert_eq!(value.to_string(), printed, "{text:?}"),
        Err(error) => panic!("{text:?} is refused: {error}"),
    }
}

/// All of the texts are read, and printed like this.
#[track_caller]
fn all_read<T: FromStr<Err: Display> + Display>(printed: &str, texts: &[&str]) {
    texts.iter().for_each(|text| reads::<T>(text, printed));
}

/// The text is refused, in these words.
#[track_caller]
fn refuses<T: FromStr<Err = ParseError> + Debug>(text: &str, position: usize, message: &str) {
    let error = text.parse::<T>().expect_err(text);
    assert_eq!(error.to_string(), message);
    assert_eq!((error.position(), error.text()), (position, text));
    assert!(message.starts_with(&format!("{}: ", error.thing())), "{message}");
}

/// The texts are refused, and each message names the thing, the place, what was found and what would be right.
#[track_caller]
fn all_refused<T: FromStr<Err = ParseError> + Debug>(thing: &str, texts: &[&str]) {
    for text in texts {
        let Err(error) = text.parse::<T>() else { panic!("{text:?} is read as {thing}") };
        let message = error.to_string();
        let place = format!(" at character {} of {text:?}; expected ", error.position());
        assert!(message.starts_with(&format!("{thing}: ")) && message.contains(&place), "{message}");
        assert!((1..=text.chars().count() + 1).contains(&error.position()), "{message}");
    }
}

/// What is printed is read as the same again.
#[track_caller]
fn returns<T: FromStr<Err: Debug> + Display + PartialEq + Debug>(value: T) {
    match value.to_string().parse::<T>() {
        Ok(again) => assert_eq!(again, value, "{value}"),
        Err(error) => panic!("{value} is printed, and refused: {error:?}"),
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// VID
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_vid_is_read_in_every_spelling_of_its_docs() {
    all_read::<Vid>(
        "V03",
        &["V03", "v03", "V3", "V003", "= V03", "=V03", "VID V03", "VID: V03", " V 03 ", "\u{a0}V03\u{feff}"],
    );
    reads::<Vid>("V00", "V00");
    reads::<Vid>("V999", "V999");
}

#[test]
fn other_numbers_in_the_place_of_a_vid_are_refused() {
    const RIGHT: &str = "expected V and one to three digits, such as V03";
    refuses::<Vid>("5", 1, &format!("VID: no letter V before the digits at character 1 of \"5\"; {RIGHT}"));
    refuses::<Vid>("= 5", 3, &format!("VID: no letter V before the digits at character 3 of \"= 5\"; {RIGHT}"));
    refuses::<Vid>("V1000", 2, &format!("VID: not one to three digits at character 2 of \"V1000\"; {RIGHT}"));
    refuses::<Vid>("V3b", 3, &format!("VID: something after the digits at character 3 of \"V3b\"; {RIGHT}"));
    all_refused::<Vid>("VID", &["1.0", "0x0005", "V", "VID", "", " ", "VV3", "V-3", "V\u{661}", "V03 V04"]);
}

#[test]
fn vids_are_ordered_by_number() {
    let vids = ["V0", "V02", "V3", "V09", "V10", "V99", "V100", "V999"].map(|text| text.parse::<Vid>().unwrap());
    assert!(vids.is_sorted_by(|a, b| a < b), "{vids:?}");
    assert_eq!(Vid::new(999).map(Vid::number), Some(999));
    assert_eq!(Vid::new(1000), None);
}

// ---------------------------------------------------------------------------------------------------------------------
// MAC and serial
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_mac_is_read_in_every_spelling_of_its_docs() {
    let spellings = [
        "00CCFC123456",
        "00ccfc123456",
        "00:CC:FC:12:34:56",
        "00-cc-fc-12-34-56",
        "00.CC.FC.12.34.56",
        "00 CC FC 12 34 56",
        "00cc.fc12.3456",
        "00CC:FC12:3456",
        "00CCFC-123456",
        "SEP00CCFC123456",
        "sep00ccfc123456",
        "SEP00:CC:FC:12:34:56",
        "00\u{2011}CC\u{2011}FC\u{2011}12\u{2011}34\u{2011}56",
        "\t00CCFC123456 ",
    ];
    all_read::<Mac>("00CCFC123456", &spellings);
    // Locally administered, from S2.
    reads::<Mac>("321ABC432DEF", "321ABC432DEF");
}

#[test]
fn addresses_that_no_phone_has_are_refused() {
    const RIGHT: &str = "expected twelve hexadecimal digits of a unicast address, such as 00CCFC123456, 00:CC:FC:12:34:56 or \
                         SEP00CCFC123456";
    let text = "00CCFC12345";
    refuses::<Mac>(text, 12, &format!("MAC: no hexadecimal digit at character 12 of {text:?}; {RIGHT}"));
    let text = "00:CC-FC:12:34:56";
    let what = "another separator than between the groups before";
    refuses::<Mac>(text, 6, &format!("MAC: {what} at character 6 of {text:?}; {RIGHT}"));
    let text = "SEP000000000000";
    refuses::<Mac>(text, 4, &format!("MAC: the zero address at character 4 of {text:?}; {RIGHT}"));
    let text = "01005E000001";
    refuses::<Mac>(text, 1, &format!("MAC: a multicast address at character 1 of {text:?}; {RIGHT}"));
    let text = "FFFFFFFFFFFF";
    refuses::<Mac>(text, 1, &format!("MAC: the broadcast address at character 1 of {text:?}; {RIGHT}"));
    let mixed = ["0011-22aa-bb:cc", "00:1122:aabbcc", "0:0CCFC123456", "00CCFC1234567", "00CCFC12345G", "FFFFFFFFFFFF"];
    all_refused::<Mac>("MAC", &mixed);
    all_refused::<Mac>("MAC", &["", "SEP", "SEP-00CCFC123456", "ATA00CCFC123456", "00CCFC123456.cnf.xml", "unknown"]);
}

#[test]
fn a_serial_is_four_to_sixteen_letters_and_digits() {
    all_read::<Serial>("FCH20100312", &["FCH20100312", "fch20100312", " FCH2010 0312 "]);
    reads::<Serial>("abcd", "ABCD");
    reads::<Serial>("ABCDEFGHIJKLMNOP", "ABCDEFGHIJKLMNOP");
    const RIGHT: &str = "expected four to sixteen letters and digits, such as FCH20100312";
    refuses::<Serial>("ABC", 4, &format!("serial: fewer than four characters at character 4 of \"ABC\"; {RIGHT}"));
    let what = "a character that is no letter or digit";
    refuses::<Serial>("FCH-2010", 4, &format!("serial: {what} at character 4 of \"FCH-2010\"; {RIGHT}"));
    all_refused::<Serial>("serial", &["", "ABCDEFGHIJKLMNOPQ", "FCH2010\u{fc}312", "FCH_2010"]);
}

#[test]
fn the_usual_serial_has_a_site_a_year_a_week_and_four_more() {
    let is_usual = |text: &str| text.parse::<Serial>().unwrap().is_usual();
    for text in ["FCH20100312", "WZP00010000", "FVH2753ZZZZ"] {
        assert!(is_usual(text), "{text}");
    }
    for text in ["INMXXXXXXX", "FCH20000312", "FCH20540312", "F1H20100312", "FCH2010031", "FCH201003123", "FCHA0100312"]
    {
        assert!(!is_usual(text), "{text}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Products, PIDs, models
// ---------------------------------------------------------------------------------------------------------------------

/// What a product text says: PID, model, mark, VID, type, release, MAC; `-` for nothing.
#[track_caller]
fn says(text: &str, expected: &str) {
    let product: Product = text.parse().unwrap_or_else(|error| panic!("{error}"));
    let or_none = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let said = [
        or_none(product.pid().map(|pid| pid.to_string())),
        product.model().to_string(),
        if product.is_marked_3pcc() { "3pcc" } else { "-" }.to_owned(),
        or_none(product.vid().map(|vid| vid.to_string())),
        or_none(product.firmware_type().map(|runs| runs.to_string())),
        or_none(product.release().map(|release| release.to_string())),
        or_none(product.mac().map(|mac| mac.to_string())),
    ];
    assert_eq!(said.join(" "), expected, "{text:?}");
}

#[test]
fn product_ids_are_read_in_every_spelling_of_the_docs() {
    for text in ["CP-8841-K9=", "CP-8841-K9", "cp-8841-k9=", "cp 8841 k9", "CP\u{2011}8841\u{2011}K9", " CP-8841-K9 = "]
    {
        says(text, "CP-8841-K9 8841 - - - - -");
    }
    says("CP-8841-K9++=", "CP-8841-K9++ 8841 - - - - -");
    says("CP-8841", "CP-8841 8841 - - - - -");
    says("CP8841", "CP-8841 8841 - - - - -");
    says("Cisco CP-8841", "CP-8841 8841 - - - - -");
    says("CP-8832-NR-K9=", "CP-8832-NR-K9 8832NR - - - - -");
    says("CP-8851NR-K9=", "CP-8851NR-K9 8851NR - - - - -");
    says("DP-9841-K9=", "DP-9841-K9 9841 - - - - -");
    says("CP-8832-K9*", "CP-8832-K9 8832 - - - - -");
    says("CP-7965G", "CP-7965G 7965 - - - - -");
    says("CP-860-K9", "CP-860-K9 CP-860 - - - - -");
    says("SPA504G", "- SPA504G - - - - -");
    says("ATA 191", "- ATA191 - - - - -");
    says("CP-ATA191", "CP-ATA191 ATA191 - - - - -");
}

#[test]
fn a_variant_means_the_base_model() {
    for variant in ["W", "A", "NC", "R", "L", "EU", "J", "LA", "EU-W"] {
        says(&format!("CP-8841-{variant}-K9="), &format!("CP-8841-{variant}-K9 8841 - - - - -"));
        says(&format!("CP-8841-{variant}"), &format!("CP-8841-{variant} 8841 - - - - -"));
    }
    for sold_as in ["RF", "WS", "BUN"] {
        says(&format!("CP-8841-K9-{sold_as}"), &format!("CP-8841-K9-{sold_as} 8841 - - - - -"));
    }
    says("CP-8841-3PW-NA", "CP-8841-3PW-NA 8841 3pcc - - - -");
    says("CP-8832-NR-EU-K9=", "CP-8832-NR-EU-K9 8832NR - - - - -");
}

/// A phone whose suffix nobody explains may be another phone than the one without it.
#[test]
fn a_suffix_that_no_document_explains_is_not_cut_off() {
    for model in ["8811NS", "8841NS", "8851NS"] {
        says(model, &format!("- {model} - - - - -"));
        says(&format!("CP-{model}-K9="), &format!("CP-{model}-K9 {model} - - - - -"));
        says(&format!("Cisco {model}"), &format!("- {model} - - - - -"));
    }
    let letters: Vec<char> = ('A'..='Z').chain('0'..='9').collect();
    let words = letters.iter().flat_map(|first| letters.iter().map(move |second| format!("{first}{second}")));
    let words =
        words.chain(letters.iter().map(char::to_string)).chain(["XYZ", "NSW", "TAA", "SLIM"].map(str::to_owned));
    let known = "W A NC R L EU J LA C CL NA CE UK AU RC NR K9";
    for word in words.filter(|word| !known.split(' ').any(|known| known == word)) {
        // `V1` is a hardware version.
        let is_vid = word.starts_with('V') && word[1..].parse::<u8>().is_ok();
        let texts = [format!("CP-8841-{word}-K9="), format!("CP-8841-3PCC-{word}"), format!("CP-8841{word}-K9=")];
        for text in texts.iter().filter(|_| !is_vid) {
            let read = text.parse::<Product>().map(|product| product.model().to_string());
            assert!(read.as_deref() != Ok("8841"), "{text}");
        }
    }
}

#[test]
fn what_is_no_phone_is_read_by_code_name_and_product_id() {
    let class = |text: &str| text.parse::<Product>().ok().and_then(|product| product.model().device_class());
    for text in
        ["CP-8800-A-KEM=", "cp-8800-v-kem", "CP-8851/61-KEM", "CP-BEKEM=", "CP-7915=", "7916", "CP-8800-A-KEM= V02"]
    {
        assert_eq!(class(text), Some(DeviceClass::ExpansionModule), "{text}");
    }
    for text in ["ATA191", "ATA192-3PW-K9", "Cisco ATA 190", "550", "ATA 186-I2-A"] {
        assert_eq!(class(text), Some(DeviceClass::Ata), "{text}");
    }
    for text in ["ciscojabber  FOR tablet", "Jabber for Tablet", "652", "Cisco IP Communicator"] {
        assert_eq!(class(text), Some(DeviceClass::SoftClient), "{text}");
    }
    for text in ["Total", "Summe", "grand total", "Total: 245", "SUM 12"] {
        assert_eq!(class(text), Some(DeviceClass::SumRow), "{text}");
    }
    for text in ["VG224", "SPA8800", "H.323 Gateway"] {
        assert_eq!(class(text), Some(DeviceClass::Gateway), "{text}");
    }
    for text in ["DX80", "Cisco Webex DX80", "Cisco Room Kit", "cisco spark room kit"] {
        assert_eq!(class(text), Some(DeviceClass::RoomSystem), "{text}");
    }
    // Phones, and texts that say nothing for certain.
    for text in ["8841", "SPA504G", "7911", "Cisco 860", "8875", "Room", "Desk", "sum of parts", "12 phones", "KEM"] {
        assert_eq!(class(text), None, "{text}");
    }
    says(
        "CP-8800-A-KEM= V02",
        "CP-8800-A-KEM CP-8800-Audio_28-Button_Key_Expansion_Module - V02 - - -".replace('_', " ").as_str(),
    );
    reads::<Model>("Cisco 840", "CP-840");
    reads::<Model>("CTI Port", "CTI Port");
}

#[test]
fn marks_are_read_and_say_no_type() {
    for mark in ["3PCC", "3PC", "3PC-RC", "3PW", "3PB"] {
        says(&format!("CP-8841-{mark}-K9="), &format!("CP-8841-{mark}-K9 8841 3pcc - - - -"));
        says(&format!("CP-8841-{mark}"), &format!("CP-8841-{mark} 8841 3pcc - - - -"));
    }
    says("8841-3PCC", "- 8841 3pcc - - - -");
}

#[test]
fn model_names_are_no_product_ids() {
    for text in
        ["8841", "Cisco 8841", "Cisco IP Phone 8841", "IP Phone 8841", "DMS Cisco 8841", "CISCO UNIFIED IP PHONE 8841"]
    {
        says(text, "- 8841 - - - - -");
        let error = text.parse::<Pid>().expect_err(text);
        assert_eq!(error.thing(), "PID");
    }
    says("Cisco Wireless IP Phone 8821", "- 8821 - - - - -");
    says("Cisco IP Conference Phone 8832", "- 8832 - - - - -");
    says("Cisco Video Phone 8875", "- 8875 - - - - -");
    says("8841 MPP", "- 8841 - - mpp - -");
    says("Cisco 8841 MPP", "- 8841 - - mpp - -");
}

#[test]
fn labels_say_a_vid_too() {
    says("CP-7841-K9=V04", "CP-7841-K9 7841 - V04 - - -");
    says("CP-7841-K9= V20", "CP-7841-K9 7841 - V20 - - -");
    says("PID VID: CP-8841-K9 V15", "CP-8841-K9 8841 - V15 - - -");
}

#[test]
fn user_agents_say_pid_release_and_mac_and_a_type_if_they_are_marked() {
    says("Cisco-CP-8841-3PCC/11.0.1 (00562b043615)", "CP-8841-3PCC 8841 3pcc - mpp 11.0(1) 00562B043615");
    says("Cisco-CP-8841-3PCC/11.0.1_00562b043615", "CP-8841-3PCC 8841 3pcc - mpp 11.0(1) 00562B043615");
    says("Cisco-CP8841/14.2.1SR1", "CP-8841 8841 - - - 14.2(1)SR1 -");
}

#[test]
fn what_is_no_phone_is_refused() {
    const RIGHT: &str = "expected a product id or model such as CP-8841-K9=, CP-8841-3PCC-K9= or Cisco 8841";
    let text = "CP-8832-MIC-WIRED=";
    refuses::<Product>(
        text,
        9,
        &format!("product: a variant that no document explains at character 9 of {text:?}; {RIGHT}"),
    );
    let text = "CP-8800-A-K9=";
    let what = "a series, not a model";
    refuses::<Product>(text, 4, &format!("product: {what} at character 4 of {text:?}; {RIGHT}"));
    let text = "CP-8841-K9 CP-8851-K9";
    let what = "something after K9 that is no VID";
    refuses::<Product>(text, 12, &format!("product: {what} at character 12 of {text:?}; {RIGHT}"));
    let numbers =
        ["", "Cisco", "8800", "7800", "1234", "CP-1234", "8841, 8851", "CP-88410-K9", "CP-8841-K9-V1000", "0683"];
    all_refused::<Product>("product", &numbers);
    all_refused::<Product>(
        "product",
        &["SPA", "ATA", "KEM", "CP-8841-K9= V20 x", "CP-8841-K9= please", "\u{ff18}841", "7811/21/41/61", "8841/8851"],
    );

    const RIGHT_PID: &str = "expected a product id such as CP-8841-K9= or CP-8841-3PCC-K9=";
    let what = "a model name without CP, which is not a product id";
    refuses::<Pid>("Cisco 8845", 1, &format!("PID: {what} at character 1 of \"Cisco 8845\"; {RIGHT_PID}"));
    let text = "CP-8841-ABCDE-K9";
    refuses::<Pid>(text, 9, &format!("PID: a word that no product id has at character 9 of {text:?}; {RIGHT_PID}"));
    let what = "no model of a Cisco phone";
    refuses::<Model>("8841G", 1, &format!("model: {what} at character 1 of \"8841G\"; {RIGHT}"));
    refuses::<Model>("", 1, &format!("model: no model at character 1 of \"\"; {RIGHT}"));
}

#[test]
fn unified_cm_type_codes_are_models() {
    let mut no_phones = 0;
    for fact in facts::cucm() {
        if fact.names_no_product() {
            all_refused::<Model>("model", &[fact.model]);
            continue;
        }
        let by_code: Product = fact.model.parse().unwrap_or_else(|error| panic!("{}: {error}", fact.device));
        let by_name: Product = fact.device.parse().unwrap_or_else(|error| panic!("{}: {error}", fact.device));
        assert_eq!(by_code.model(), by_name.model(), "{}", fact.device);
        assert_eq!(by_code.model().device_class().is_some(), fact.is_no_phone(), "{}", fact.device);
        // What is printed is read again.
        reads::<Model>(by_code.model().as_str(), by_code.model().as_str());
        no_phones += usize::from(fact.is_no_phone());
        let class = by_code.model().device_class().map(|class| class.as_str());
        match fact.class {
            "video-room" => assert_eq!(class, Some("room-system"), "{}", fact.device),
            "conference" => assert_eq!(class, Some("conference-bridge"), "{}", fact.device),
            "other" => {}
            of if fact.is_no_phone() => assert_eq!(class, Some(of), "{}", fact.device),
            _ => says(fact.model, &format!("- {} - - - - -", by_code.model())),
        }
        if !fact.product.is_empty() {
            all_refused::<Model>("model", &[fact.product]);
            all_refused::<Product>("product", &[fact.product]);
        }
    }
    assert_eq!(no_phones, 179);
}

#[test]
fn no_other_number_is_a_type_code() {
    let codes: Vec<&str> =
        facts::cucm().iter().filter(|fact| !fact.names_no_product()).map(|fact| fact.model).collect();
    for number in 0..=99_999_u32 {
        let text = number.to_string();
        // Four digits are the number of a model.
        let is_read = text.len() != 4 && text.parse::<Model>().is_ok();
        assert_eq!(is_read, codes.contains(&text.as_str()), "{text}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Releases and loads
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_release_is_read_in_every_spelling_of_its_docs() {
    let spellings = [
        "14.2(1)SR1",
        "14.2(1) SR1",
        "14.2.1SR1",
        "14-2-1-0101",
        "14.2.1(0101.26)",
        "14.2.1.0101",
        "14.2(1)sr1",
        "14\u{2013}2\u{2013}1\u{2013}0101",
        "14-2-1-0101-26",
        " 14.2(1)SR1\u{a0}",
    ];
    all_read::<Release>("14.2(1)SR1", &spellings);
    all_read::<Release>("12.0(3)", &["12.0(3)", "12.0.(3)", "12.0.3", "12-0-3", "12.0 (3)"]);
    all_read::<Release>("14.1(1)", &["14.1", "14.1(1)", "14-1"]);
    reads::<Release>("11.3.6 MSR1", "11.3(6)SR1");
    reads::<Release>("14.2.1(0201.40)", "14.2(1)SR2");
    // A build may have four digits; a service release with respin begins with a zero there.
    reads::<Release>("12-0-1-1234", "12.0(1)");
    reads::<Release>("12-0-1-0234", "12.0(1)SR2");
}

#[test]
fn what_is_no_release_is_refused() {
    const RIGHT: &str = "expected a release such as 14.2(1)SR1, 12.0.3 or 14-2-1-0101";
    let text = "14.(1)";
    refuses::<Release>(text, 4, &format!("release: no second number at character 4 of {text:?}; {RIGHT}"));
    let text = "3.1(0301.349)";
    refuses::<Release>(text, 5, &format!("release: no third number at character 5 of {text:?}; {RIGHT}"));
    let text = "14.2(1) SR";
    refuses::<Release>(
        text,
        11,
        &format!("release: no number of a service release at character 11 of {text:?}; {RIGHT}"),
    );
    all_refused::<Release>(
        "release",
        &[
            "",
            "14",
            "v14.2",
            "14.2(1",
            "14.2(1)SR0",
            "14.2(1)SR256",
            "12.0(5)ES3",
            "256.1",
            "12-0-3MPP0001-87",
            "12.0(3)MPP",
        ],
    );
}

#[test]
fn releases_are_ordered_by_their_four_numbers() {
    let texts = [
        "9.4(2)SR3",
        "10.3(1)",
        "11.3(1)SR4",
        "11.3(3)",
        "12.0(3)",
        "12.0(3)SR1",
        "12.0(3)SR10",
        "12.0(10)",
        "12.1",
        "14.1",
    ];
    let releases = texts.map(|text| text.parse::<Release>().unwrap());
    assert!(releases.is_sorted_by(|a, b| a < b), "{releases:?}");
    let release = Release::new(14, 2, 1, 1);
    assert_eq!((release.major(), release.service()), (14, 1));
    assert_eq!(Ok(release), "14.2(1)SR1".parse());
}

#[test]
fn releases_of_different_types_are_not_compared() {
    let release = |text: &str| text.parse::<Release>().unwrap();
    for (one, other) in [("14.2(1)", "12.0(3)"), ("12.0(3)", "12.0(3)"), ("11.0", "12.0(3)")] {
        for one_type in FirmwareType::ALL {
            for other_type in FirmwareType::ALL {
                let ordering =
                    Firmware::new(*one_type, release(one)).partial_cmp(&Firmware::new(*other_type, release(other)));
                let expected = (one_type == other_type).then(|| release(one).cmp(&release(other)));
                assert_eq!(ordering, expected, "{one_type} {one} with {other_type} {other}");
            }
        }
    }
    assert_eq!(Firmware::new(FirmwareType::Mpp, release("12.0(3)SR1")).to_string(), "MPP 12.0(3)SR1");
}

#[test]
fn a_load_name_is_read_in_every_spelling_of_its_docs() {
    let spellings = [
        "sip88xx.14-2-1-0101-26",
        "SIP88XX.14-2-1-0101-26",
        "88xx.14-2-1-0101-26",
        "sip88xx.14-2-1-0101-26.loads",
        "sip88xx.14.2.1.0101.26",
        "sip88xx.14.2.1.0101.26.LOADS",
        "sip88xx. 14-2-1-0101-26",
        "sip 88xx . 14 - 2-1-0101-26",
        "sip88xx.14\u{2013}2\u{2013}1\u{2013}0101\u{2013}26",
        "cmterm-88xx.14-2-1-0101-26_REL.zip",
        "cmterm-88xx-sip.14-2-1-0101-26.zip",
        "cmterm-88xx-sip.14-2-1-0101-26.k3.cop.sgn",
        "cmterm-88xx-sip.14-2-1-0101-26.k4.cop.sha512",
        "cmterm-88xx-sip.14-2-1-0101-26_REL.k4.cop.sha512",
        "cmterm-88xx.14-2-1-0101-26",
    ];
    all_read::<LoadName>("sip88xx.14-2-1-0101-26", &spellings);
    all_read::<LoadName>(
        "sip8845_65.12-0-3MPP0001-87",
        &["SIP8845_65.12-0-3mpp0001-87", "8845_65.12.0.3MPP0001.87.loads"],
    );
    all_read::<LoadName>(
        "PHONEOS.5-0-1-0005-62",
        &["phoneos.5-0-1-0005-62", "PHONEOS.5.0.1.0005.62.loads", "cmterm-PHONEOS.5-0-1-0005-62.cop.sha512"],
    );
    all_read::<LoadName>("PHONEOS-8875.2-3-1-0001-26", &["PHONEOS-8875. 2-3-1-0001-26"]);
    all_read::<LoadName>(
        "sip88xx.TLexE2M-11-2-3C-12",
        &["sip88xx.tlexe2m-11-2-3c-12", "88xx.TLexE2M.11.2.3C.12.loads"],
    );
}

/// The types and releases of specification 7.
#[test]
fn a_load_name_says_family_type_and_release() {
    for (text, family, firmware_type, release, is_engineering) in [
        ("sip88xx.12-0-1-8", "88xx", FirmwareType::Enterprise, Some("12.0(1)"), false),
        ("sip78xx.12-5-1SR2-2", "78xx", FirmwareType::Enterprise, Some("12.5(1)SR2"), false),
        ("sip7832.14-1-1-0211-134", "7832", FirmwareType::Enterprise, Some("14.1(1)SR2"), false),
        ("sip88xx.14-0-1MN-1036", "88xx", FirmwareType::Enterprise, Some("14.0(1)"), true),
        ("sip88xx.11-2-1MPP-630", "88xx", FirmwareType::Mpp, Some("11.2(1)"), false),
        ("sip88xx.11-1-1MSR2-1", "88xx", FirmwareType::Mpp, Some("11.1(1)SR2"), false),
        ("sip6821.12-0-3MPP0203-204", "6821", FirmwareType::Mpp, Some("12.0(3)SR2"), false),
        ("sip8832.TLexE2M-11-2-3C-12", "8832", FirmwareType::TlexE2m, None, false),
        ("PHONEOS.5-0-1-0005-62", "phoneos", FirmwareType::PhoneOs, Some("5.0(1)"), false),
        ("PHONEOS.3-2-1-0104-37", "phoneos", FirmwareType::PhoneOs, Some("3.2(1)SR1"), false),
        ("PHONEOS-8875.2-3-1-0001-26", "8875", FirmwareType::PhoneOs, Some("2.3(1)"), false),
        ("cmterm-8845_65-sip.14-4-1-0001-36_REL.zip", "8845_65", FirmwareType::Enterprise, Some("14.4(1)"), false),
    ] {
        let load: LoadName = text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(load.family().as_str(), family, "{text}");
        assert_eq!(load.firmware_type(), firmware_type, "{text}");
        assert_eq!(load.release().map(|release| release.to_string()).as_deref(), release, "{text}");
        assert_eq!(load.is_engineering_build(), is_engineering, "{text}");
        assert_eq!(load.file(), format!("{load}.loads"));
    }
}

#[test]
fn what_is_no_load_name_is_refused() {
    const RIGHT: &str = "expected a load name such as sip88xx.14-2-1-0101-26 or sip88xx.12-0-3MPP0001-87";
    let text = "14-2-1-0101-26";
    refuses::<LoadName>(text, 1, &format!("load name: no load family at character 1 of {text:?}; {RIGHT}"));
    let text = "sip88xx. 14-2-1";
    refuses::<LoadName>(text, 16, &format!("load name: no hyphen at character 16 of {text:?}; {RIGHT}"));
    let text = "sip88xx.14-2-1-0101-026";
    refuses::<LoadName>(text, 21, &format!("load name: no number of a build at character 21 of {text:?}; {RIGHT}"));
    let text = "sip88xx.TLexE2M-11-2-4C-12";
    refuses::<LoadName>(text, 17, &format!("load name: not the version 11-2-3C at character 17 of {text:?}; {RIGHT}"));
    all_refused::<LoadName>(
        "load name",
        &["", "sip88xx", "sip88xx.", "sip88xx.11-1-1MPP-897dev", "sip88xx.14-2-1SR0-1"],
    );
    all_refused::<LoadName>(
        "load name",
        &["sip88xx.12-0-3MPP01-87", "term88.default.loads", "SCCP45.9-4-2SR3-1S", "8841"],
    );
    all_refused::<LoadName>("load name", &["PHONEOS", "PHONEOS.5-0-1", "PHONEOS.3-2-1-0001-73dev", "PHONEOS.12-0-1-8"]);
    all_refused::<LoadName>("load name", &["sip88xx.14-2-1-0101-26.loads.loads", "sip88xx.14-2-1-0101-26.zip"]);
}

#[test]
fn a_load_family_is_four_digits_or_more() {
    all_read::<LoadFamily>("88xx", &["88xx", "88XX", " 88xx"]);
    for text in ["78xx", "7832", "8832", "8845_65", "68xx", "6821", "8821", "9971"] {
        reads::<LoadFamily>(text, text);
    }
    const RIGHT: &str = "expected a load family such as 78xx, 8832 or 8845_65";
    refuses::<LoadFamily>("8845_6", 1, &format!("load family: no load family at character 1 of \"8845_6\"; {RIGHT}"));
    refuses::<LoadFamily>(
        "8845-65",
        5,
        &format!("load family: something after the family at character 5 of \"8845-65\"; {RIGHT}"),
    );
    all_refused::<LoadFamily>("load family", &["", "88", "xx88", "8845_65_1", "8845_65432", "sip88xx", "88xxx"]);
}

#[test]
fn every_load_of_the_facts_is_read_as_the_table_says() {
    let loads = facts::loads();
    assert!(loads.len() == 195, "only {} loads", loads.len());
    for fact in loads {
        let load: LoadName = fact.name.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(load.to_string(), fact.name);
        let firmware_type = match fact.firmware_type {
            "Enterprise" => FirmwareType::Enterprise,
            "MPP" => FirmwareType::Mpp,
            "Transition E2M" => FirmwareType::TlexE2m,
            other => panic!("{}: a type {other}", fact.name),
        };
        assert_eq!(load.firmware_type(), firmware_type, "{}", fact.name);
        let release = load.release().map(|release| release.to_string());
        if firmware_type == FirmwareType::TlexE2m {
            assert_eq!(release, None, "{}", fact.name);
        } else {
            assert_eq!(release.as_deref(), fact.release.split_whitespace().next(), "{}", fact.name);
        }
        assert_eq!(load.is_engineering_build(), fact.release.contains("mainline"), "{}", fact.name);
    }
}

#[test]
fn loads_of_one_family_and_type_are_ordered_by_release_then_respin_then_build() {
    let loads = [
        "sip88xx.9-4-2SR3-1",
        "sip88xx.10-3-1-20",
        "sip88xx.12-0-1-8",
        "sip88xx.12-0-1-10",
        "sip88xx.12-5-1SR1-4",
        "sip88xx.12-5-1SR2-2",
        "sip88xx.14-1-1-0001-125",
        "sip88xx.14-1-1-0201-999",
        "sip88xx.14-1-1-0211-134",
        "sip88xx.14-3-1-0301-349",
        "sip88xx.14-4-1-0101-153",
        "sip88xx.14-4-1-0301-6",
    ];
    let loads = loads.map(|text| text.parse::<LoadName>().unwrap());
    assert!(loads.is_sorted_by(|a, b| a < b), "{loads:?}");
    let loads =
        ["sip88xx.11-3-1MSR4-1", "sip88xx.11-3-3MPP0001-377", "sip88xx.12-0-3MPP0001-87", "sip88xx.12-0-3MPP0101-1"];
    let loads = loads.map(|text| text.parse::<LoadName>().unwrap());
    assert!(loads.is_sorted_by(|a, b| a < b), "{loads:?}");
}

// ---------------------------------------------------------------------------------------------------------------------
// Closed sets of words
// ---------------------------------------------------------------------------------------------------------------------

/// Every word prints as it is read, and is read in other spellings.
#[track_caller]
fn words<T>(all: &[T], texts: &[&str])
where
    T: FromStr<Err = ParseError> + Display + PartialEq + Debug + Copy,
{
    let printed: Vec<_> = all.iter().map(ToString::to_string).collect();
    assert_eq!(printed, texts);
    for value in all {
        let text = value.to_string();
        let spellings = [
            text.to_uppercase(),
            text.to_lowercase(),
            text.replace(['-', ' '], "_"),
            text.replace('-', " "),
            format!("\t{text} "),
        ];
        spellings.iter().for_each(|spelling| assert_eq!(spelling.parse::<T>().as_ref(), Ok(value), "{spelling:?}"));
        returns(*value);
    }
}

#[test]
fn closed_sets_of_words_are_read_and_printed() {
    words(FirmwareType::ALL, &["enterprise", "mpp", "tlexe2m", "phoneos"]);
    all_read::<FirmwareType>("mpp", &["MPP", "multiplatform", "Multi-Platform"]);
    words(Authorization::ALL, &["Classic", "WxC", "blank"]);
    words(Destination::ALL, &["webex-calling", "third-party", "unified-cm"]);
    words(Direction::ALL, &["enterprise-to-mpp", "mpp-to-enterprise"]);
    all_read::<Direction>("enterprise-to-mpp", &["E2M", "e2m", "Enterprise to MPP"]);
    all_read::<Direction>("mpp-to-enterprise", &["M2E", "m2e"]);
    words(Verdict::ALL, &["unknown", "eligible", "ineligible", "not-needed"]);
    words(Effect::ALL, &["settled", "blocks", "unsettled", "requires", "advises", "notes"]);
    let fields = ["pid", "vid", "mac", "serial", "load", "release", "firmware_type", "authorization", "target"];
    words(Field::ALL, &fields);
}

#[test]
fn other_words_are_refused() {
    let what = "none of the known words at character 1 of";
    let right = "expected one of enterprise, mpp, tlexe2m, phoneos";
    refuses::<FirmwareType>("sip", 1, &format!("firmware type: {what} \"sip\"; {right}"));
    refuses::<FirmwareType>("", 1, &format!("firmware type: {what} \"\"; {right}"));
    let right = "expected one of Classic, WxC, blank";
    refuses::<Authorization>("none", 1, &format!("authorization: {what} \"none\"; {right}"));
    refuses::<Authorization>("", 1, &format!("authorization: {what} \"\"; {right}"));
    let right = "expected one of webex-calling, third-party, unified-cm";
    refuses::<Destination>("Asterisk", 1, &format!("destination: {what} \"Asterisk\"; {right}"));
    refuses::<Destination>(
        " cucm",
        2,
        &format!("destination: none of the known words at character 2 of \" cucm\"; {right}"),
    );
    let right = "expected one of enterprise-to-mpp, mpp-to-enterprise";
    refuses::<Direction>("back", 1, &format!("direction: {what} \"back\"; {right}"));
    refuses::<Direction>("mpp", 1, &format!("direction: {what} \"mpp\"; {right}"));
    all_refused::<CallControl>("call control", &["", "Avaya Aura", "third", "Webex"]);
    all_refused::<Code>("finding code", &["", "CG999", "203", "pid"]);
}

#[test]
fn every_code_is_read_by_number_and_by_name() {
    for code in Code::ALL {
        all_read::<Code>(
            code.as_str(),
            &[code.as_str(), &code.as_str().to_lowercase(), code.name(), &code.name().to_uppercase()],
        );
        assert_eq!(format!("CG{}", code.number()), code.as_str());
        assert!(!code.meaning().is_empty() && !code.remedy().is_empty(), "{code}");
    }
    assert!(Code::ALL.is_sorted_by(|a, b| a < b && a.number() < b.number()));
}

/// S0 as a query: MPP never registers with Unified CM, Enterprise with nothing else.
#[test]
fn mpp_never_registers_with_unified_cm_and_enterprise_with_nothing_else() {
    let expected = [
        ("Webex Calling", Some(Destination::WebexCalling), Some(FirmwareType::Mpp)),
        ("Ring Central", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("Verizon", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("Asterisk", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("Centile", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("Metaswitch", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("BroadWorks", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("Unified CM", Some(Destination::UnifiedCm), Some(FirmwareType::Enterprise)),
        ("Hosted Collaboration Solution", Some(Destination::UnifiedCm), Some(FirmwareType::Enterprise)),
        ("3CX", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("FreePBX", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("Wazo", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("sipgate", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("Zoom Phone", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("third-party call control", Some(Destination::ThirdParty), Some(FirmwareType::Mpp)),
        ("Spark Calling", None, None),
    ];
    words(CallControl::ALL, &expected.map(|(name, ..)| name));
    for (name, destination, needs) in expected {
        let call_control: CallControl = name.parse().unwrap();
        assert_eq!(call_control.destination(), destination, "{name}");
        for firmware_type in FirmwareType::ALL {
            // Of other third-party call controls no document of PhoneOS speaks.
            let is_named = needs == Some(FirmwareType::Enterprise) || ["BroadWorks", "Webex Calling"].contains(&name);
            let is_one_image = *firmware_type == FirmwareType::PhoneOs && is_named;
            let registers = is_one_image || needs == Some(*firmware_type);
            assert_eq!(call_control.registers(*firmware_type), registers, "{name} {firmware_type}");
            let why = call_control.why(*firmware_type);
            let says_no = why.contains(" do not register ") || why.starts_with("No ");
            assert!(why.contains(name) && says_no != registers, "{name} {firmware_type}: {why}");
        }
        if let Some(destination) = destination {
            assert_eq!(Some(destination.needs()), needs, "{name}");
        }
    }
    // Nobody names these with MPP firmware, so the answer says whom to ask.
    for name in ["3CX", "FreePBX", "zoom", "Wazo", "sipgate", "third-party"] {
        let why = name.parse::<CallControl>().unwrap().why(FirmwareType::Mpp);
        assert!(why.contains("ask the provider"), "{why}");
    }
    assert!(!CallControl::Asterisk.why(FirmwareType::Mpp).contains("ask"));
    let error = Destination::named("Avaya Aura").unwrap_err().to_string();
    assert!(error.contains("third-party (any other call control)"), "{error}");
    all_read::<CallControl>(
        "Unified CM",
        &[
            "CUCM",
            "Unified Communications Manager",
            "CallManager",
            "call manager",
            "unified-cm",
            "Cisco Unified CM",
            "Cisco Unified Communications Manager",
            "Cisco Unified Communications Manager (Call Manager)",
            "cisco-unified-communications-manager-(call-manager)",
            "Cisco Unified Communications Manager(CUCM)",
        ],
    );
    all_read::<CallControl>("Hosted Collaboration Solution", &["HCS", "hcs"]);
    all_read::<CallControl>("Ring Central", &["RingCentral", "ring_central"]);
}

/// A name is a destination if and only if it is a call control, and then of that destination.
#[test]
fn destinations_and_call_controls_are_named_alike() {
    let words =
        Destination::ALL.iter().map(|word| word.as_str()).chain(CallControl::ALL.iter().map(|word| word.as_str()));
    let more =
        ["Zoom", "CUCM", "HCS", "unified_cm", " Third Party ", "MetaSphere CFS", "Avaya Aura", "", "Webex", "mpp"];
    for name in words.chain(more) {
        let call_control = name.parse::<CallControl>().ok();
        let destination = call_control.and_then(CallControl::destination);
        assert_eq!(Destination::named(name).ok(), destination, "{name}");
        if let (Some(call_control), Some(destination)) = (call_control, destination) {
            assert!(call_control.registers(destination.needs()), "{name}");
        }
    }
    for destination in Destination::ALL {
        assert_eq!(Destination::named(destination.as_str()), Ok(*destination));
    }
}

#[test]
fn the_destination_fixes_the_direction() {
    for destination in Destination::ALL {
        let direction = destination.direction();
        assert_eq!(direction.to(), destination.needs());
        assert_ne!(direction.from(), direction.to());
        assert!(!destination.name().is_empty());
    }
    assert_eq!(Destination::WebexCalling.direction(), Direction::EnterpriseToMpp);
    assert_eq!(Destination::ThirdParty.direction(), Direction::EnterpriseToMpp);
    assert_eq!(Destination::UnifiedCm.direction(), Direction::MppToEnterprise);
}

// ---------------------------------------------------------------------------------------------------------------------
// Targets
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_target_is_a_release_a_load_or_one_load_for_each_family() {
    all_read::<Target>("12.0(5)", &["12.0(5)", "12.0.5", " 12-0-5 "]);
    all_read::<Target>("sip78xx.12-0-3MPP0001-87", &["sip78xx.12-0-3MPP0001-87", "78xx.12.0.3mpp0001.87.loads"]);
    let two = "sip78xx.12-0-3MPP0001-87,sip88xx.12-0-3MPP0001-87";
    all_read::<Target>(two, &[two, "sip88xx.12-0-3MPP0001-87, sip78xx.12-0-3MPP0001-87", &format!("{two},")]);
}

#[test]
fn a_target_that_cannot_be_asked_for_is_refused() {
    const RELEASE: &str = "expected a release such as 14.2(1)SR1, 12.0.3 or 14-2-1-0101";
    const LOAD: &str = "expected a load name such as sip88xx.14-2-1-0101-26 or sip88xx.12-0-3MPP0001-87";
    let refused = |text: &str| text.parse::<Target>().expect_err(text).to_string();
    let expected = format!(
        "target: release: no number at character 1 of \"newest\"; {RELEASE}; or a load name: no load family at character 1 of \
         \"newest\"; {LOAD}"
    );
    assert_eq!(refused("newest"), expected);
    let expected = format!("target: load name: no load family at character 1 of \"12.0(6)\"; {LOAD}");
    assert_eq!(refused("sip78xx.12-0-3MPP0001-87, 12.0(6)"), expected);
    let expected = "target: two loads for family 78xx; expected at most one load for each family";
    assert_eq!(refused("sip78xx.12-0-3MPP0001-87,sip78xx.12-0-4MPP0101-205"), expected);

    let guide = crossgrade::RuleBook::guide();
    let book = format!("rule book guide {}", guide.revision());
    let wrong = |destination, text: &str| guide.request(destination, text).expect_err(text).to_string();
    let expected = format!(
        "target 14.2(1)SR1: {book} knows it as Enterprise firmware only; third-party needs MPP firmware, such as 12.0(3)SR1"
    );
    assert_eq!(wrong(Destination::ThirdParty, "14.2(1)SR1"), expected);
    let expected = format!(
        "target 12.0(3): {book} knows it as MPP firmware only; unified-cm needs Enterprise firmware, such as 14.2(1)SR1"
    );
    assert_eq!(wrong(Destination::UnifiedCm, "12-0-3"), expected);
    let mpp = "needs MPP firmware, such as sip88xx.12-0-3MPP0001-87";
    let load = "sip88xx.TLexE2M-11-2-3C-12";
    let expected = format!("target {load}: it is TLexE2M firmware; webex-calling {mpp} ({book})");
    assert_eq!(wrong(Destination::WebexCalling, load), expected);
    let expected = format!("target sip88xx.14-2-1-0101-26: it is Enterprise firmware; third-party {mpp} ({book})");
    assert_eq!(wrong(Destination::ThirdParty, "sip78xx.12-0-3MPP0001-87,sip88xx.14-2-1-0101-26"), expected);
}

// ---------------------------------------------------------------------------------------------------------------------
// Evidence
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn empty_text_is_absent_and_the_word_blank_is_not() {
    for text in ["", " ", "\t\r\n", "\u{a0}", "\u{feff}", "\u{200b} "] {
        assert_eq!(Evidence::<Authorization>::from(text), Evidence::Absent, "{text:?}");
        assert_eq!(Evidence::<Product>::from(text), Evidence::Absent, "{text:?}");
        assert_eq!(Evidence::<Vid>::from(text.as_bytes()), Evidence::Absent, "{text:?}");
        assert_eq!(Evidence::<Vid>::from(text.to_owned()), Evidence::Absent, "{text:?}");
    }
    assert_eq!(Evidence::<Authorization>::from("blank"), Evidence::Known(Authorization::Blank));
    assert_eq!(Evidence::<Vid>::from(None::<&str>), Evidence::Absent);
}

#[test]
fn unreadable_text_is_kept_as_it_was() {
    assert_eq!(Evidence::<Vid>::from(" 5 ").unreadable(), Some(" 5 "));
    assert_eq!(Evidence::<Vid>::from(&b"V\xff3"[..]).unreadable(), Some("V\u{fffd}3"));
    assert_eq!(Phone::new(" five ").product_text(), Some(" five "));
    assert_eq!(Phone::new(&b"CP-\xff"[..]).product_text(), Some("CP-\u{fffd}"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Laws
// ---------------------------------------------------------------------------------------------------------------------

fn releases() -> impl Strategy<Value = Release> {
    // Service releases have one or two digits.
    (any::<[u8; 3]>(), 0..=99_u8)
        .prop_map(|([major, minor, micro], service)| Release::new(major, minor, micro, service))
}

fn load_names() -> impl Strategy<Value = LoadName> {
    let families = proptest::sample::select(vec!["78xx", "7832", "88xx", "8832", "8845_65", "6821", "9971"]);
    let read = |text: String| text.parse::<LoadName>().unwrap_or_else(|error| panic!("{error}"));
    families.prop_flat_map(generate::made_up_loads).prop_map(read)
}

fn products() -> impl Strategy<Value = Product> {
    let texts = generate::models().prop_flat_map(|model| {
        prop_oneof![generate::labels(model), generate::names(model), generate::user_agents(model)]
    });
    texts.prop_filter_map("no product", |text| text.parse::<Product>().ok())
}

fn targets() -> impl Strategy<Value = Target> {
    let loads =
        proptest::collection::btree_map("(78|88)xx|78[0-9]{2}|88[0-9]{2}_[0-9]{2}", any::<prop::sample::Index>(), 2..6);
    let loads = (loads, load_names()).prop_map(|(families, load)| {
        let version = load.to_string().split_once('.').expect("a dot").1.to_owned();
        let text: Vec<_> = families.keys().map(|family| format!("{family}.{version}")).collect();
        text.join(",").parse().unwrap_or_else(|error| panic!("{error}"))
    });
    prop_oneof![releases().prop_map(Target::Release), load_names().prop_map(Target::Load), loads]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_as_the_same(
        vid in 0..=999_u16, mac in "[02468ACE]{2}[0-9A-F]{10}", serial in "[0-9A-Z]{4,16}", release in releases(),
        load in load_names(), product in products(), target in targets()
    ) {
        returns(Vid::new(vid).expect("at most 999"));
        prop_assume!(mac != "000000000000");
        returns(mac.parse::<Mac>().expect("a unicast address"));
        returns(serial.parse::<Serial>().expect("letters and digits"));
        returns(release);
        returns(load);
        returns(load.family());
        returns(product.model());
        product.pid().into_iter().for_each(returns);
        returns(target);
    }

    #[test]
    fn json_texts_are_what_is_printed(load in load_names(), product in products(), release in releases()) {
        prop_assert_eq!(serde_json::to_string(&load).expect("JSON"), format!("{:?}", load.to_string()));
        let json = serde_json::to_string(&release).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Release>(&json).expect("a release"), release);
        let json = serde_json::to_string(&product.model()).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Model>(&json).expect("a model"), product.model());
    }

    #[test]
    fn vids_and_macs_are_ordered_as_numbers(a in 0..=999_u16, b in 0..=999_u16) {
        prop_assert_eq!(Vid::new(a).cmp(&Vid::new(b)), a.cmp(&b));
    }

    #[test]
    fn releases_are_ordered_lexicographically(a in any::<[u8; 4]>(), b in any::<[u8; 4]>()) {
        let release = |[major, minor, micro, service]: [u8; 4]| Release::new(major, minor, micro, service);
        prop_assert_eq!(release(a).cmp(&release(b)), a.cmp(&b));
    }

    /// A total order, in which loads of one family and type follow their releases.
    #[test]
    fn loads_are_ordered(a in load_names(), b in load_names(), c in load_names()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
        prop_assert!(!(a < b && b < c) || a < c, "{} {} {}", a, b, c);
        if a.family() == b.family() && a.firmware_type() == b.firmware_type() && a.release() < b.release() {
            prop_assert!(a < b, "{} {}", a, b);
        }
    }

    /// Whatever the text, its error points into it.
    #[test]
    fn errors_point_into_the_text(text in prop_oneof![generate::junk().boxed(), generate::loads("88xx").boxed(), generate::releases().boxed()]) {
        fn check<T: FromStr<Err = ParseError>>(text: &str) -> Result<(), TestCaseError> {
            if let Err(error) = text.parse::<T>() {
                prop_assert!((1..=text.chars().count() + 1).contains(&error.position()), "{}", error);
                prop_assert_eq!(error.text(), text);
            }
            Ok(())
        }
        check::<Vid>(&text)?;
        check::<Mac>(&text)?;
        check::<Serial>(&text)?;
        check::<Product>(&text)?;
        check::<Pid>(&text)?;
        check::<Model>(&text)?;
        check::<LoadName>(&text)?;
        check::<LoadFamily>(&text)?;
        check::<Release>(&text)?;
        check::<FirmwareType>(&text)?;
        check::<Authorization>(&text)?;
        check::<Destination>(&text)?;
        check::<CallControl>(&text)?;
        check::<Code>(&text)?;
    }

    /// The shape of a serial is looked up eight characters at a time; here it is spelled out.
    #[test]
    fn a_usual_serial_is_three_letters_a_date_and_four_characters(
        text in prop_oneof![
            "[A-Za-z]{3}[0-9]{4}[A-Za-z0-9]{4}", "[A-Z]{3}[0-9]{2}(0[0-9]|5[0-9])[A-Z0-9]{4}", "[A-Z0-9]{10,12}",
        ],
        index in any::<prop::sample::Index>(), damage in prop::option::of("[A-Za-z0-9]")
    ) {
        let mut bytes = text.into_bytes();
        if let Some(damage) = damage {
            *index.get_mut(&mut bytes) = damage.as_bytes()[0];
        }
        let text = String::from_utf8(bytes).expect("ASCII");
        let characters: Vec<char> = text.chars().collect();
        let is_usual = characters.len() == 11
            && characters[..3].iter().all(char::is_ascii_alphabetic)
            && characters[3..7].iter().all(char::is_ascii_digit)
            && (1..=53).contains(&text[5..7].parse::<u8>().expect("two digits"));
        prop_assert_eq!(text.parse::<Serial>().expect("a serial").is_usual(), is_usual, "{}", text);
    }

    /// Printable ASCII is folded eight characters at a time; a byte order mark in front of it makes it a text of any
    /// characters, which are folded one by one.
    #[test]
    fn a_text_is_read_the_same_behind_a_byte_order_mark(
        text in prop_oneof![
            generate::models().prop_flat_map(generate::products).boxed(), generate::loads("88xx").boxed(),
            generate::releases().boxed(), generate::macs().boxed(), generate::serials().boxed(), generate::vids().boxed(),
            generate::junk().boxed(), "[ -~]{0,100}".boxed(), "(CP|V|SEP|sip88xx[.]|FCH)[ -~]{0,12}".boxed(),
        ],
        index in any::<prop::sample::Index>(), damage in prop::option::of(any::<char>())
    ) {
        fn check<T: FromStr<Err = ParseError> + PartialEq + Debug>(text: &str) -> Result<(), TestCaseError> {
            let what = |error: ParseError| {
                let message = error.to_string();
                (error.position(), message.split(" at character ").next().map(str::to_owned))
            };
            let plain = text.parse::<T>().map_err(what).map_err(|(position, what)| (position + 1, what));
            prop_assert_eq!(plain, format!("\u{feff}{text}").parse::<T>().map_err(what), "{:?}", text);
            Ok(())
        }
        let mut characters: Vec<char> = text.chars().collect();
        if let Some(damage) = damage && !characters.is_empty() {
            *index.get_mut(&mut characters) = damage;
        }
        let text: String = characters.into_iter().collect();
        check::<Vid>(&text)?;
        check::<Mac>(&text)?;
        check::<Serial>(&text)?;
        check::<Product>(&text)?;
        check::<Pid>(&text)?;
        check::<LoadName>(&text)?;
        check::<LoadFamily>(&text)?;
        check::<Release>(&text)?;
        check::<Firmware>(&text)?;
        check::<FirmwareType>(&text)?;
        check::<Authorization>(&text)?;
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Defects that these tests found once.
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_build_of_four_digits_is_read_with_loads_behind_it() {
    reads::<LoadName>("sip88xx.12-0-1-1234", "sip88xx.12-0-1-1234");
    reads::<LoadName>("sip88xx.12-0-1-1234.loads", "sip88xx.12-0-1-1234");
    reads::<LoadName>("cmterm-88xx.12-0-1-1234.zip", "sip88xx.12-0-1-1234");
}

#[test]
fn a_release_with_parentheses_in_a_user_agent_is_read_or_left_out_but_not_cut() {
    says("Cisco-CP-8841-3PCC/12.0(5) (00562b043615)", "CP-8841-3PCC 8841 3pcc - mpp 12.0(5) 00562B043615");
    says("Cisco-CP8841/14.2(1)SR1", "CP-8841 8841 - - - 14.2(1)SR1 -");
}

#[test]
fn every_model_that_is_read_is_read_again_from_what_it_prints() {
    for text in ["CP-860-K9", "CP-622-K9", "36256"] {
        returns(text.parse::<Model>().unwrap());
    }
}

#[test]
fn one_load_and_a_comma_is_that_load() {
    returns("sip88xx.12-0-3MPP0001-87,".parse::<Target>().unwrap());
}

#[test]
fn every_release_that_can_be_made_is_read_again() {
    returns(Release::new(14, 2, 1, 100));
}

#[test]
fn the_version_part_of_an_enterprise_load_name_is_its_release() {
    for version in ["14-2-1-0101-26", "12-0-1-8", "12-5-1SR2-2", "12-0-1-1234"] {
        let load: LoadName = format!("sip88xx.{version}").parse().unwrap();
        assert_eq!(version.parse().ok(), load.release(), "{version}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// serde
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn firmware_is_a_type_and_a_release() {
    for (text, printed) in [
        ("MPP 12.0(3)", "MPP 12.0(3)"),
        ("multiplatform 12.0.3", "MPP 12.0(3)"),
        ("Enterprise  14-2-1-0101", "Enterprise 14.2(1)SR1"),
    ] {
        reads::<Firmware>(text, printed);
    }
    let error = "MPP soon".parse::<Firmware>().unwrap_err().to_string();
    let expected = "a type and a release, such as MPP 12.0(3) or Enterprise 14.2(1)SR1";
    assert_eq!(error, format!("firmware: no number at character 5 of \"MPP soon\"; expected {expected}"));
    all_refused::<Firmware>("firmware", &["MPP", "12.0(3)", "Linux 6.1", "MPP 12.0(3) Enterprise 14.1", ""]);
}

#[test]
fn a_phone_is_read_from_a_map_of_its_texts() {
    let json = r#"{"pid": "CP-8841-K9=", "vid": "five", "mac": null, "load": "sip88xx.14-2-1-0101-26"}"#;
    let phone: crossgrade::Phone<'_> = serde_json::from_str(json).unwrap();
    let expected = crossgrade::Phone::new("CP-8841-K9=").vid("five").load("sip88xx.14-2-1-0101-26");
    assert_eq!(phone, expected);
    let error = serde_json::from_str::<crossgrade::Phone<'_>>(r#"{"model": "8841"}"#).unwrap_err().to_string();
    assert!(error.starts_with("unknown field `model`, expected one of `pid`, `vid`"), "{error}");
}

#[test]
fn a_request_is_read_from_a_map_by_the_book_that_judges_it() {
    let read =
        |book: &crossgrade::RuleBook, json: &str| book.read_request(&mut serde_json::Deserializer::from_str(json));
    let (guide, field) = (crossgrade::RuleBook::guide(), crossgrade::RuleBook::field());
    let newer = r#"{"destination": "third-party", "target": "14.3(1)"}"#;
    assert_eq!(read(guide, newer).unwrap(), guide.request(Destination::ThirdParty, "14.3(1)").unwrap());
    let error = read(field, newer).unwrap_err().to_string();
    let expected =
        format!("target 14.3(1): rule book field {} knows it as Enterprise firmware only; ", field.revision());
    assert!(error.starts_with(&expected), "{error}");
    for own in [r#"{"destination": "third-party"}"#, r#"{"destination": "third-party", "target": " "}"#] {
        assert_eq!(read(guide, own).unwrap(), crossgrade::Request::to(Destination::ThirdParty));
    }
    assert!(read(guide, r#"{"destination": "third-party", "load": null}"#).is_err());
}
