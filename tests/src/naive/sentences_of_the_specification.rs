//! Each test is named for the sentence it checks.

use super::read::{read_label, read_load, read_release};
use super::{Answer, Book, Question, assess};

/// Asks `guide` about a good 8841 on Enterprise 14.2(1)SR1, changed by `change`.
fn ask(destination: &str, change: impl Fn(&mut Question)) -> Answer {
    ask_book(Book::Guide, destination, change)
}

/// The same of any book.
pub(super) fn ask_book(book: Book, destination: &str, change: impl Fn(&mut Question)) -> Answer {
    let mut question = Question {
        pid: Some("CP-8841-K9="),
        vid: Some("V03"),
        mac: Some("00CCFC123456"),
        serial: Some("FCH20100312"),
        load: Some("sip88xx.14-2-1-0101-26"),
        destination,
        ..Question::default()
    };
    change(&mut question);
    assess(book, &question)
}

/// Findings as one text: code, then the first letter of an effect other than `notes` and `advises`.
pub(super) fn codes(answer: &Answer) -> String {
    let short = answer.findings.iter().map(|(code, effect)| match effect.as_str() {
        "notes" | "advises" => code.clone(),
        effect => format!("{code}{}", &effect[..1]),
    });
    short.collect::<Vec<_>>().join(" ")
}

pub(super) fn gates(answer: &Answer) -> String {
    let gates = answer.gates.iter();
    gates.map(|gate| format!("{}:{} ", gate.minimum, gate.status)).collect()
}

fn release(text: &str) -> String {
    read_release(text).map_or("unreadable".to_string(), |release| release.display())
}

/// One test: destination, changes to the good 8841, verdict, findings.
macro_rules! case {
    ($name:ident, $to:literal, { $($field:ident: $value:expr),* }, $verdict:literal, $codes:literal) => {
        #[test]
        fn $name() {
            let answer = ask($to, |_question| { $(_question.$field = $value;)* });
            assert_eq!((answer.verdict.as_str(), codes(&answer).as_str()), ($verdict, $codes));
        }
    };
}

case!(r27_a_good_8841, "third-party", {}, "eligible", "CG404 CG501r CG601");
case!(r27_webex_carries_cg602, "webex-calling", {}, "eligible", "CG404 CG502 CG601 CG601 CG601 CG602");
case!(r13_runs_what_it_needs, "unified-cm", {}, "not-needed", "CG301s");
case!(s2_2_7821_v01_is_below, "third-party", { pid: Some("CP-7821-K9="), vid: Some("V01"), load: None }, "ineligible", "CG203b CG302");
case!(r30_7821_v26_names_d03, "third-party", { pid: Some("CP-7821-K9="), vid: Some("V26"), load: None }, "ineligible", "CG204b CG302 CG601");
case!(r19_bound_without_vid, "third-party", { pid: Some("CP-7841"), vid: None, load: Some("sip78xx.14-2-1-0101-26") }, "unknown", "CG201u CG404 CG501r CG601");
case!(r19_no_bound_without_vid, "third-party", { vid: None }, "eligible", "CG201r CG404 CG501r CG601 CG601");
case!(s2_2_nr_to_webex, "webex-calling", { pid: Some("CP-8851NR-K9=") }, "ineligible", "CG104b CG601");
case!(s2_2_nr_to_third_party, "third-party", { pid: Some("CP-8851NR-K9=") }, "unknown", "CG105u CG404 CG601 CG601");
case!(s2_2_8821, "third-party", { pid: Some("8821"), load: None }, "ineligible", "CG104b CG302");
case!(r14_6800_to_mpp_with_contrary_load, "third-party", { pid: Some("CP-6841-3PCC-K9=") }, "not-needed", "CG107s CG311");
case!(r14_6800_back, "unified-cm", { pid: Some("6841"), load: None }, "ineligible", "CG107b");
case!(r14_legacy_to_mpp, "third-party", { pid: Some("CP-7942"), load: None, firmware_type: Some("mpp") }, "ineligible", "CG103b CG311");
case!(r18_spa, "third-party", { pid: Some("SPA504G"), load: None }, "ineligible", "CG103b CG302");
case!(r26_no_model, "unified-cm", { pid: None, mac: None, serial: None }, "unknown", "CG101u CG111r CG113");
case!(r15_contradictory_type, "third-party", { firmware_type: Some("mpp") }, "unknown", "CG306r CG311u CG315u CG404 CG501r CG601");
case!(r16_no_is_unsettled_where_mpp_may_run, "third-party", { pid: Some("8821-3PCC"), load: None }, "unknown", "CG104u CG106u");
case!(r16_other_family_does_not_shield, "third-party", { pid: Some("CP-7821-K9="), vid: Some("V01") }, "ineligible", "CG203b CG304u CG315u");
case!(s2_3_unreadable_text_names_mpp, "third-party", { load: Some("88xx MPP") }, "unknown", "CG303 CG306r CG315u CG404 CG501r CG601");
case!(s2_3_m2e_marked_is_assumed_mpp, "unified-cm", { pid: Some("CP-8841-3PCC-K9="), load: None }, "eligible", "CG302 CG306r CG404 CG501r CG601");
case!(s2_3_m2e_unmarked_is_unknown, "unified-cm", { load: None }, "unknown", "CG306r CG315u CG404 CG504r CG601");
case!(s2_4_10x_on_3pcc, "unified-cm", { pid: Some("CP-8841-3PCC"), load: Some("sip88xx.10-3-1-20") }, "unknown", "CG306r CG311u CG315u CG404 CG501r CG601");
case!(s2_4_tlexe2m_goes_on, "third-party", { load: Some("sip88xx.TLexE2M-11-2-3C-12") }, "eligible", "CG309r CG404 CG501r CG601");
case!(s2_4_tlexe2m_back, "unified-cm", { load: Some("sip88xx.TLexE2M-11-2-3C-12") }, "unknown", "CG309u CG404 CG504r CG601");
case!(s2_4_release_contradicts_load, "third-party", { release: Some("14.1") }, "eligible", "CG306r CG311 CG404 CG501r CG601");
case!(s2_4_converted_and_blank, "third-party", { load: Some("sip88xx.12-0-3MPP0001-87"), authorization: Some("Blank") }, "not-needed", "CG301s CG506r");
case!(s2_4_converted_wxc, "third-party", { load: Some("sip88xx.12-0-3MPP0001-87"), authorization: Some("wxc") }, "not-needed", "CG301s CG505r");
case!(s2_5_reading_too_old_for_an_authorization, "unified-cm", { load: Some("sip88xx.11-3-1MSR3-3"), authorization: Some("WxC") }, "eligible", "CG305r CG310 CG404 CG504r CG601 CG601");
case!(s2_5_target_below_both_gates, "third-party", { vid: Some("V15"), target: Some("11.3(1)") }, "ineligible", "CG307b CG307b CG601");
case!(s2_5_v15_gate_without_vid, "webex-calling", { vid: None, target: Some("11.3(1)") }, "unknown", "CG201u CG313r CG404 CG502 CG601 CG601 CG602");
case!(s2_6_family_not_served, "third-party", { target: Some("sip7832.12-0-3MPP0001-87") }, "unknown", "CG312u CG404 CG501r CG601");
case!(r27_below_14_2_1_sr1, "unified-cm", { load: Some("sip88xx.12-0-3MPP0001-87"), authorization: Some("Classic"), target: Some("14.1") }, "eligible", "CG310 CG313r CG314 CG404 CG503 CG601 CG601 CG601");
case!(r18_8832nr_marked_back, "unified-cm", { pid: Some("CP-8832-NR-3PCC-K9="), load: None }, "unknown", "CG106u CG302 CG306r CG404 CG601 CG601");
case!(s3_wrong_mac_and_serial, "third-party", { mac: Some("00CCFC12345"), serial: Some("FCH2054ABCD") }, "eligible", "CG112r CG114 CG404 CG501r CG601");

#[test]
fn s2_5_gates_by_destination() {
    assert_eq!(gates(&ask("third-party", |q| q.vid = None)), "14.2(1)SR1:met 12.0(3):met 11.3(3):met ");
    let mn = ask("webex-calling", |q| q.load = Some("sip88xx.14-0-1MN-1036"));
    assert_eq!((gates(&mn), mn.gates[0].actual.clone()), ("14.1(1):unknown ".to_string(), None));
    let back = ask("unified-cm", |q| {
        q.pid = Some("8832NR");
        q.load = Some("sip8832.12-0-3MPP0001-87");
    });
    assert_eq!(
        (gates(&back), back.disagreements),
        ("12.0(3)SR1:unmet ".to_string(), vec!["D05".to_string(), "D14".to_string(), "D15".to_string()])
    );
}

#[test]
fn s2_6_firmware_and_s2_7_license() {
    let webex = ask("webex-calling", |_| ()).firmware.unwrap();
    assert_eq!(webex.file.unwrap(), "sip88xx.11-3-6MPP0001-272.loads");
    assert_eq!(webex.load_server.unwrap(), "cloudupgrader.webex.com");
    let license = ask("unified-cm", |q| (q.pid, q.load) = (Some("7811-3PCC"), None)).license.unwrap();
    assert_eq!(
        (license.sku.unwrap(), license.file.unwrap()),
        ("L-CP-M2E-78XX-CNV=".into(), "00CCFC123456_M2E.lic".into())
    );
}

#[test]
fn s2_3_spellings_of_a_pid() {
    let texts = "CP-8841-K9=|CP-8841-K9|cp-8841|CP8841|CP-8841-3PCC|Cisco 8841|Cisco IP Phone 8841|IP Phone 8841|DMS Cisco 8841|8841|8841-3PCC|\
        8841 MPP|Cisco 8841 MPP|683|CP-8841-K9=V04|CP-8841-K9= V20|PID VID: CP-8841-K9 V15|CP\u{2011}8841\u{2011}K9++=|CP-8841-EU-W-K9|\
        Cisco-CP-8841-3PCC/11.0.1 (00562b043615)";
    for text in texts.split('|') {
        assert_eq!(read_label(text).expect(text).model.as_deref(), Some("8841"), "{text}");
    }
    for text in
        ["CP-8832-MIC-WIRED=", "CP-8841-NS-K9=", "CP-8841-XY-K9=", "568", "255", "8800", "CP-8841-K9= 5", "phone"]
    {
        assert_eq!(read_label(text), None, "{text}");
    }
    let agent = ask("third-party", |q| {
        *q = Question {
            pid: Some("Cisco-CP-8841-3PCC/11.0.1 (00562b043615)"),
            destination: "third-party",
            ..Question::default()
        }
    });
    let phone = &agent.phone;
    assert_eq!(
        (agent.verdict.as_str(), phone.pid.as_deref(), phone.release.as_deref()),
        ("not-needed", Some("CP-8841-3PCC"), Some("11.0(1)"))
    );
    assert_eq!((phone.mac.as_deref(), phone.firmware_type.as_deref()), (Some("00562B043615"), Some("mpp")));
    for (vid, read) in [("V03", "V03"), ("v3", "V03"), ("= V02", "V02"), ("5", ""), ("1.0", ""), ("0x0005", "")] {
        assert_eq!(ask("third-party", |q| q.vid = Some(vid)).phone.vid.unwrap_or_default(), read);
    }
}

#[test]
fn s7_releases_to_read() {
    for text in ["14.2.1SR1", "14.2(1)SR1", "14.2(1) SR1", "14-2-1-0101", "14.2.1(0101.26)"] {
        assert_eq!(release(text), "14.2(1)SR1", "{text}");
    }
    for text in ["12.0.(3)", "12.0(3)", "12.0.3", "12-0-3", "12-0-3MPP0001"] {
        assert_eq!(release(text), "12.0(3)", "{text}");
    }
    assert_eq!((release("14.1").as_str(), release("11.3.6 MSR1").as_str()), ("14.1(1)", "11.3(6)SR1"));
    assert_eq!((release("14.(1)").as_str(), release("3.1(0301.349)").as_str()), ("unreadable", "unreadable"));
}

#[test]
fn s7_load_names() {
    for text in ["SIP88xx. 12-0-3MPP0101-92.loads", "88xx.12.0.3MPP0101.92", "cmterm-88xx-sip.12-0-3MPP0101-92_REL.zip"]
    {
        let load = read_load(text).expect(text);
        assert_eq!((load.name.as_str(), load.firmware_type.as_str()), ("sip88xx.12-0-3MPP0101-92", "mpp"), "{text}");
    }
    for text in ["12-0-3MPP0101-92", "sip88xx.14-2-1-0101", "sip88xx.14-2-1-026", "sip88xx.11-1-1MPP-897dev"] {
        assert_eq!(read_load(text), None, "{text}");
    }
    assert!(read_load("sip88xx.TLexE2M-11-2-3C-12").is_some_and(|load| load.release.is_none()));
}

/// Real names of facts/load_names.tsv that are out of the ordinary, with their releases.
#[test]
fn s7_load_names_of_the_facts() {
    let facts = "sip78xx.14-0-1-0306-175 14.0(1)SR3|sip88xx.14-1-1-0211-134 14.1(1)SR2|sip6821.12-0-3MPP0203-204 12.0(3)SR2|\
        sip88xx.11-2-3MSR1-1 11.2(3)SR1|sip78xx.11-1-1MPP-897 11.1(1)|sip8821.11-0-6SR7-2 11.0(6)SR7|sip78xx.10-2-1-12 10.2(1)";
    for fact in facts.split('|') {
        let (name, release) = fact.split_once(' ').unwrap();
        let load = read_load(name).expect(name);
        assert_eq!((load.name.as_str(), load.release.unwrap().display().as_str()), (name, release));
    }
}
