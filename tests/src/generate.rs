//! Strategies for proptest: phones and questions in the texts that an inventory would hold.
//!
//! A phone is generated around one model, so that its texts have something to do with each other: mostly loads of its
//! own family, and MAC addresses and releases from small pools, so that two fields sometimes agree and sometimes do not.
//! Every field can also hold junk, or a text of the wrong kind.

use std::sync::LazyLock;

use crossgrade::{Destination, Request, RuleBook};
use proptest::prelude::*;
use proptest::sample::select;

use crate::corpus_cases::PhoneTexts;
use crate::facts;
use crate::naive;

/// Every line of the table of models, models that it does not name, and devices that are no such phones.
pub static MODELS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| LISTED.iter().map(|(model, _)| *model).chain(OTHERS.iter().copied()).collect());

/// Models with a load and their families, as the naive implementation knows them: a new one is written there alone.
static LISTED: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let mut listed: Vec<_> = naive::models().collect();
    listed.sort_unstable();
    listed
});

/// Models without a load, and what is no phone.
const OTHERS: &[&str] = &[
    "8821", "8831", "8875", "7842", "8841NR", "9841", "6841", "3905", "6921", "7965", "8961", "9971", "SPA504G",
    "ATA191", "VG310", "DX80", "DBS210", "8851NS",
];

/// A model; mostly one of the table, for which there is most to decide.
pub fn models() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => select(&MODELS[..LISTED.len()]), 1 => select(&MODELS[..])]
}

/// The load family that a model takes, or some family.
pub fn family(model: &str) -> &'static str {
    let listed = LISTED.iter().find(|(listed, _)| *listed == model);
    listed.map_or_else(
        || match model {
            "7842" => "78xx",
            "8821" => "8821",
            "6841" => "68xx",
            _ => "88xx",
        },
        |(_, family)| *family,
    )
}

/// What stands in the product field of a phone of this model, in every spelling and with every mark; rarely junk.
pub fn products(model: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![
        8 => labels(model),
        4 => names(model),
        2 => user_agents(model),
        1 => type_codes(),
        1 => no_products(),
        1 => no_phones(),
    ]
}

/// Product ids as labels print them, some with a VID.
pub fn labels(model: &'static str) -> impl Strategy<Value = String> {
    let before = select(&["CP-", "CP-", "CP-", "CP", "PID VID: CP-", "Cisco CP-"]);
    let variant = select(&["", "", "", "-W", "-A", "-NC", "-R", "-L", "-EU", "-J", "-LA", "-EU-W"]);
    let mark = select(&["", "", "", "-3PCC", "-3PCC", "-3PC-RC", "-3PW", "-3PB"]);
    let behind = select(&["-K9=", "-K9=", "-K9", "-K9++", "-K9++=", "", "=", "-K9-RF", "-K9-WS=", "-K9*"]);
    let vid = prop_oneof![5 => Just(String::new()), 1 => (0..30).prop_map(|vid| format!(" V{vid:02}"))];
    (before, any::<bool>(), variant, mark, behind, vid).prop_map(move |(before, hyphen, variant, mark, behind, vid)| {
        let model = if hyphen { model.replace("NR", "-NR") } else { model.to_owned() };
        format!("{before}{model}{variant}{mark}{behind}{vid}")
    })
}

/// Model names as call controls print them.
pub fn names(model: &'static str) -> impl Strategy<Value = String> {
    let before = [
        "",
        "Cisco ",
        "Cisco IP Phone ",
        "IP Phone ",
        "DMS Cisco ",
        "Cisco Unified IP Phone ",
        "Cisco IP Conference Phone ",
        "Cisco Wireless IP Phone ",
    ];
    let before = select(before.to_vec());
    (before, select(&["", "", "", "-3PCC", " MPP"]))
        .prop_map(move |(before, behind)| format!("{before}{model}{behind}"))
}

/// User agents, which say a PID, perhaps a release and a MAC.
pub fn user_agents(model: &'static str) -> impl Strategy<Value = String> {
    let release = select(&["11.0.1", "11.3.3", "12.0.3", "12.0.3SR1", "14.2.1", "14.2.1SR1"]);
    let mac = select(MACS).prop_map(|mac| mac.to_ascii_lowercase());
    (any::<bool>(), release, mac, 0..4).prop_map(move |(is_mpp, release, mac, shape)| {
        let product = if is_mpp { format!("Cisco-CP-{model}-3PCC") } else { format!("Cisco-CP{model}") };
        match shape {
            0 => format!("{product}/{release}"),
            1 => format!("{product}/{release}_{mac}"),
            _ => format!("{product}/{release} ({mac})"),
        }
    })
}

/// CUCM type codes, and the product codes that are none.
pub fn type_codes() -> impl Strategy<Value = String> {
    let codes: Vec<_> =
        facts::cucm().iter().flat_map(|row| [row.model, row.product]).filter(|code| !code.is_empty()).collect();
    select(codes).prop_map(str::to_owned)
}

/// What is no phone: names of Unified CM, product ids of modules and adapters, sums.
pub fn no_phones() -> impl Strategy<Value = String> {
    let others =
        ["CP-8800-A-KEM=", "CP-BEKEM=", "CP-7915=", "7916", "ATA191-K9", "ATA 192", "VG310", "Total", "Sum 12"];
    let names: Vec<_> = facts::cucm().iter().filter(|fact| fact.is_no_phone()).map(|fact| fact.device).collect();
    select([names, others.to_vec()].concat()).prop_map(str::to_owned)
}

/// Texts that name no device.
pub fn no_products() -> impl Strategy<Value = String> {
    let known = [
        "CP-8832-MIC-WIRED=",
        "KEM",
        "CP-8841-NS-K9=",
        "CP-8841-XY-K9=",
        "CP-8841-K9/",
        "Cisco",
        "255",
        "8800",
        "CP-",
        "=",
        "n/a",
        "7811/21",
    ];
    prop_oneof![one_of(&known), junk()]
}

/// Hardware versions from V00 to V30 in every spelling, and other numbers that phones report in that place.
pub fn vids() -> impl Strategy<Value = String> {
    let unreadable = ["5", "1.0", "0x0005", "V", "V1000", "V3b", "VID", "three"];
    prop_oneof![
        8 => (0..31, 0..5).prop_map(|(vid, spelling)| match spelling {
            0 => format!("V{vid}"),
            1 => format!("v{vid:02}"),
            2 => format!("= V{vid:02}"),
            3 => format!("VID: V{vid:02}"),
            _ => format!("V{vid:02}"),
        }),
        2 => one_of(&unreadable),
        1 => junk(),
    ]
}

/// Few addresses, so that a field and a user agent agree now and then.
const MACS: &[&str] = &["00CCFC123456", "00562B043615", "321ABC432DEF"];

/// MAC addresses in every spelling; rarely none, or one that no phone has.
pub fn macs() -> impl Strategy<Value = String> {
    let digits = prop_oneof![4 => select(MACS).prop_map(str::to_owned), 1 => "[02468ACE]{2}[0-9A-F]{10}"];
    let grouped = (digits, select(&[12_usize, 2, 4, 6]), select(&[":", "-", ".", " "]), any::<bool>()).prop_map(
        |(digits, size, separator, sep)| {
            let groups: Vec<_> = digits.as_bytes().chunks(size).map(String::from_utf8_lossy).collect();
            format!("{}{}", if sep { "SEP" } else { "" }, groups.join(separator))
        },
    );
    let unreadable = ["000000000000", "FFFFFFFFFFFF", "01005E000001", "00CCFC12345", "00:CC-FC:12:34:56", "unknown"];
    prop_oneof![8 => grouped, 1 => one_of(&unreadable), 1 => junk()]
}

/// Serial numbers, of the usual shape and not.
pub fn serials() -> impl Strategy<Value = String> {
    prop_oneof![6 => "[A-Z]{3}[0-9]{2}(0[1-9]|[1-4][0-9]|5[0-3])[0-9A-Z]{4}", 2 => "[0-9A-Za-z]{1,18}", 1 => junk()]
}

/// Loads of this family and of others: those of the facts, made-up ones of every form, in packages, and no loads.
pub fn loads(family: &'static str) -> impl Strategy<Value = String> {
    let packages = made_up_loads(family).prop_flat_map(|load| {
        let name = load.trim_start_matches("sip").replacen('.', "-sip.", 1);
        let suffixes = ["", ".zip", "_REL.zip", ".k3.cop.sgn", ".k4.cop.sha512"];
        select(suffixes.map(|suffix| format!("cmterm-{name}{suffix}")).to_vec())
    });
    prop_oneof![
        4 => fact_loads(family),
        4 => made_up_loads(family),
        1 => prop_oneof![fact_loads("78xx"), made_up_loads("88xx"), made_up_loads("8821"), made_up_loads("9971")],
        1 => packages,
        2 => no_loads(),
        1 => junk(),
    ]
}

/// Loads of this family that Cisco published; a made-up one where the facts have none.
fn fact_loads(family: &'static str) -> BoxedStrategy<String> {
    let mut loads: Vec<_> = facts::loads().iter().map(|load| load.name.to_owned()).collect();
    loads.retain(|load| load.starts_with(&format!("sip{family}.")));
    if loads.is_empty() { made_up_loads(family).boxed() } else { select(loads).boxed() }
}

/// Loads of this family in every form of the grammar.
pub fn made_up_loads(family: &'static str) -> impl Strategy<Value = String> {
    let numbers = (select(&[10, 11, 11, 12, 12, 14, 14, 15, 255]), 0..5, 0..8);
    let build = prop_oneof![6 => 1..1000_u32, 1 => 1000..=9999_u32, 1 => 1..=999_999_u32];
    (numbers, 0..8, 1..=99, 0..=12, build).prop_map(move |((major, minor, micro), form, service, respin, build)| {
        let version = format!("{major}-{minor}-{micro}");
        match form {
            0 => format!("sip{family}.{version}-{build}"),
            1 => format!("sip{family}.{version}SR{service}-{build}"),
            2 => format!("sip{family}.{version}-{service:02}{respin:02}-{build}"),
            3 => format!("sip{family}.{version}MN-{build}"),
            4 => format!("sip{family}.{version}MPP-{build}"),
            5 => format!("sip{family}.{version}MSR{service}-{build}"),
            6 => format!("sip{family}.{version}MPP{service:02}{respin:02}-{build}"),
            _ => format!("sip{family}.TLexE2M-11-2-3C-{build}"),
        }
    })
}

/// Texts that are no load names, some of which hint at MPP.
pub fn no_loads() -> impl Strategy<Value = String> {
    let texts = [
        "not a load",
        "12-0-3MPP0001-87",
        "CP-8841-3PCC",
        "11.3.1 msr4",
        "sip88xx",
        "sip88xx.",
        "sip88xx.14-2-1",
        "sip88xx.14-2-1-0101-026",
        "term88.default.loads",
        "3.1(0301.349)",
    ];
    one_of(&texts)
}

/// Releases in every spelling, and what is printed in their place; never a type.
pub fn releases() -> impl Strategy<Value = String> {
    let spelled = [
        "14.2(1)SR1",
        "14.2(1) SR1",
        "14.2.1SR1",
        "14-2-1-0101",
        "14.2.1(0101.26)",
        "14.2(1)",
        "12.0(3)",
        "12.0.(3)",
        "12.0.3",
        "12-0-3",
        "12.0(3)SR1",
        "11.3.3",
        "11.3(3)",
        "11.3.6 MSR1",
        "14.1",
        "11.0.1",
        "10.3.1",
        "14.4(1)SR3",
        "12.0(7)SR5",
    ];
    let unreadable =
        ["3.1(0301.349)", "14.(1)", "14", "v14.2", "14.2(1)SR", "latest", "12-0-3MPP0001-87", "11.3.6 MPP"];
    prop_oneof![
        6 => one_of(&spelled),
        2 => (10..16, 0..5, 1..8).prop_map(|(major, minor, micro)| format!("{major}.{minor}({micro})")),
        2 => one_of(&unreadable),
        1 => junk(),
    ]
}

/// Types of firmware, and words that are none.
pub fn firmware_types() -> impl Strategy<Value = String> {
    let words =
        ["enterprise", "Enterprise", "mpp", "MPP", "multiplatform", "tlexe2m", "TLexE2M", "windows", "MPP 12.0.3"];
    prop_oneof![9 => one_of(&words), 1 => junk()]
}

/// Transition authorizations, and words that are none.
pub fn authorizations() -> impl Strategy<Value = String> {
    let words = ["Classic", "WxC", "blank", "wxc", "BLANK", "pending"];
    prop_oneof![9 => one_of(&words), 1 => junk()]
}

fn one_of(texts: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    select(texts.to_vec()).prop_map(str::to_owned)
}

/// Any text, most of it printable, some of it blank.
pub fn junk() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,12}", "\\PC{0,24}", "[ \t\u{a0}\u{feff}]{0,3}"]
}

/// A phone of this model: each field may be missing.
pub fn phones_of(model: &'static str) -> impl Strategy<Value = PhoneTexts> {
    let family = family(model);
    let often = |share: f64| proptest::option::weighted(share, Just(()));
    // Boxed: what proptest keeps to shrink a phone would fill the stack.
    let texts = (
        products(model).boxed(),
        vids().boxed(),
        macs().boxed(),
        serials().boxed(),
        loads(family).boxed(),
        releases().boxed(),
        firmware_types().boxed(),
        authorizations().boxed(),
    );
    let present = (often(0.97), often(0.6), often(0.6), often(0.6), often(0.5), often(0.3), often(0.3), often(0.5));
    (texts, present).prop_map(|((pid, vid, mac, serial, load, release, firmware_type, authorization), present)| {
        PhoneTexts {
            pid: present.0.map(|()| pid),
            vid: present.1.map(|()| vid),
            mac: present.2.map(|()| mac),
            serial: present.3.map(|()| serial),
            load: present.4.map(|()| load),
            release: present.5.map(|()| release),
            firmware_type: present.6.map(|()| firmware_type),
            authorization: present.7.map(|()| authorization),
        }
    })
}

/// A phone of any model.
pub fn phones() -> impl Strategy<Value = PhoneTexts> {
    models().prop_flat_map(phones_of)
}

/// Every destination.
pub fn destinations() -> impl Strategy<Value = Destination> {
    select(Destination::ALL)
}

/// Where a phone of this model may go, with the book's own target, or one of the right type that somebody chose.
pub fn requests_for(model: &'static str) -> impl Strategy<Value = Request> {
    (destinations(), proptest::option::weighted(0.5, targets(family(model)))).prop_map(|(destination, texts)| {
        // A text for each direction: the one of the wrong type is no question that can be asked.
        let guide = RuleBook::guide();
        let asked = texts.iter().flatten().find_map(|target| guide.request(destination, Some(target)).ok());
        asked.unwrap_or(Request::to(destination))
    })
}

/// Candidates for a target: each destination accepts at least one of them.
fn targets(family: &'static str) -> impl Strategy<Value = Vec<String>> {
    let mpp = ["11.3(1)", "11.3(2)", "11.3(3)", "11.3(6)", "12.0(3)", "12.0(3)SR1", "12.0(5)", "12.0(7)SR5"];
    let enterprise = ["12.8(1)", "14.1(1)", "14.2(1)", "14.2(1)SR1", "14.3(1)", "14.4(1)SR3"];
    let releases = (select(mpp.to_vec()), select(enterprise.to_vec())).prop_map(|(mpp, enterprise)| [mpp, enterprise]);
    let releases = releases.prop_map(|releases| releases.map(str::to_owned).to_vec());
    let mpp = prop_oneof![
        Just(format!("sip{family}.12-0-3MPP0001-87")),
        Just(format!("sip{family}.11-3-2MPP0001-1")),
        Just(format!("sip{family}.11-3-1MSR3-3")),
        Just("sip7832.12-0-3MPP0001-87".to_owned()),
        Just("sip7832.12-0-3MPP0001-87,sip78xx.12-0-3MPP0001-87, sip88xx.12-0-3MPP0001-87".to_owned()),
    ];
    let enterprise = prop_oneof![
        Just(format!("sip{family}.14-2-1-0101-26")),
        Just(format!("sip{family}.14-0-1MN-1036")),
        Just(format!("sip{family}.12-5-1SR2-2")),
        Just("sip7832.14-2-1-0101-26".to_owned()),
        Just("sip7832.14-2-1-0101-26,sip78xx.14-2-1-0101-26, sip88xx.14-2-1-0101-26".to_owned()),
    ];
    prop_oneof![releases, (mpp, enterprise).prop_map(|(mpp, enterprise)| vec![mpp, enterprise])]
}

/// A phone and a question about it.
pub fn questions() -> BoxedStrategy<(PhoneTexts, Request)> {
    models().prop_flat_map(|model| (phones_of(model), requests_for(model).boxed())).boxed()
}

/// The field of this name.
///
/// # Panics
/// If there is none.
pub fn field<'p>(phone: &'p mut PhoneTexts, name: &str) -> &'p mut Option<String> {
    match name {
        "pid" => &mut phone.pid,
        "vid" => &mut phone.vid,
        "mac" => &mut phone.mac,
        "serial" => &mut phone.serial,
        "load" => &mut phone.load,
        "release" => &mut phone.release,
        "firmware_type" => &mut phone.firmware_type,
        "authorization" => &mut phone.authorization,
        name => panic!("a phone has no field {name}"),
    }
}
