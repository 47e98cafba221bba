//! Captures of `show risdb query phone`: N phones in, N phones out, however the terminal wrapped, paged and ended lines.

use std::fmt::Write as _;

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, ReadOptions, csv, read, recognize, risport};
use crossgrade::{FirmwareType, FleetRow};
use proptest::prelude::*;
use proptest::sample::select;

const HEADER: &str = "DeviceName, Descr, Ipaddr, Ipv6addr, Ipv4attr, Ipv6attr, MACaddr, RegStatus, PhoneProtocol, DeviceModel, \
    HTTPsupport, #regAttempts, prodId, username, seq#, RegStatusChg TimeStamp, IpAddrType, LoadId, ActiveLoadId, \
    InactiveLoadId, ReqLoadId, DnldServer, DnldStatus, DnldFailReason, LastActTimeStamp, Perfmon Object";
const SUMMARY: &str = "#TotalPhones, #TotalRegistered, #RegisteredSCCP, #RegisteredSIP, #UnRegistered, #TotalRejected, \
    #PartiallyRegistered, StateID, #ExpUnreg";
const LOAD: &str = "sip88xx.12-8-1-0001-455";

/// A phone of a capture.
#[derive(Debug, Clone)]
struct Shown {
    name: String,
    description: String,
    status: &'static str,
    model: &'static str,
    load: &'static str,
}

impl Shown {
    fn row(&self) -> String {
        let Self { name, description, status, model, load } = self;
        format!(
            "{name}, {description}, 10.1.1.21, , 3, 0, {name}, {status}, SIP, {model}, yes, 0, 570, , 1, 1447325000, 1, \
             {load}, {load}, sip88xx.12-5-1SR3-74, , , 0, , 1447325000, 2"
        )
    }

    fn load(&self) -> Option<&str> {
        matches!(self.status, "reg" | "part").then_some(self.load).filter(|load| !load.is_empty())
    }
}

fn capture(phones: &[Shown]) -> String {
    let mut text = format!(
        "admin:show risdb query phone\n\n----------- Phone Information -----------\n\n{SUMMARY}\n{0}, 1, 0, 1, 1, 0, 0, 17, 0\n\n{HEADER}\n",
        phones.len()
    );
    for phone in phones {
        writeln!(text, "{}", phone.row()).expect("a text");
    }
    let _ = write!(text, "\n\nTotal count {}\n----------------------------------------\n\nadmin:\n", phones.len());
    text
}

#[track_caller]
fn of(text: &str) -> Inventory {
    assert_eq!(recognize(text.as_bytes()), SourceKind::Risport, "{text}");
    read(&Document::new("cucm.log", text), &ReadOptions::default()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn loads(inventory: &Inventory) -> Vec<Option<String>> {
    let load = |row: &FleetRow| row.phone().load_evidence().known().map(|load| load.to_string());
    inventory.fleet().rows().iter().map(load).collect()
}

fn notes(inventory: &Inventory) -> Vec<&str> {
    inventory.notes().map(|(_, note)| note).collect()
}

fn phone(number: u32, status: &'static str) -> Shown {
    let name = format!("SEP00CCFC{number:06X}");
    Shown { name, description: "Lab".to_owned(), status, model: "684", load: LOAD }
}

#[test]
fn a_capture_is_an_answer_of_risport() {
    let inventory = of(&capture(&[phone(1, "reg"), phone(2, "unr"), phone(3, "part")]));
    let rows = inventory.fleet().rows();
    assert_eq!(rows.len(), 3, "{inventory}");
    assert_eq!(loads(&inventory), [Some(LOAD.to_owned()), None, Some(LOAD.to_owned())]);
    let types: Vec<_> = rows.iter().map(|row| row.phone().firmware_type_evidence().known()).collect();
    assert_eq!(types, [Some(FirmwareType::Enterprise), None, None]);
    let models: Vec<_> =
        rows.iter().map(|row| row.phone().product().known().map(|it| it.model().to_string())).collect();
    assert_eq!(models, [Some("8851".to_owned()), Some("8851".to_owned()), Some("8851".to_owned())]);
    let label = rows[1].label().expect("a label");
    assert_eq!(label.status.as_deref(), Some(&*format!("UnRegistered, last seen with load {LOAD}")));
    assert_eq!((label.description.as_deref(), label.ip_address.as_deref()), (Some("Lab"), Some("10.1.1.21")));
    assert_eq!(
        notes(&inventory),
        ["1 phone is not registered: the load that it was last seen with is no evidence of what runs"]
    );
}

/// Each node tells of a phone; where it is registered, that counts.
#[test]
fn captures_of_several_nodes_join_as_answers_do() {
    let text = capture(&[phone(1, "unr"), phone(2, "unr")])
        + "=~=~=~=~= PuTTY log 2026.11.30 10:00:00 =~=~=~=~=\n"
        + &capture(&[phone(1, "reg"), phone(2, "unr")]);
    let inventory = of(&text);
    assert_eq!((inventory.rows_read(), inventory.fleet().rows().len()), (4, 2));
    assert_eq!(loads(&inventory), [Some(LOAD.to_owned()), None]);
}

#[test]
fn what_is_no_phone_in_a_capture_is_told() {
    let gateways = "admin:show risdb query gateway\n\n----------- Gateway Information -----------\n\n#TotalGateway, #TotalRegistered\n\
        1, 1\n\nDeviceName, Descr, Ipaddr, RegStatus, DeviceModel, LoadId\nAALN/S0@gw, x, 10.1.1.1, reg, 62, \n\nTotal count 1\n";
    let error = read(&Document::new("gw.log", gateways), &ReadOptions::default()).expect_err("no phones").to_string();
    assert!(error.contains("of no phones, but of `gateway`") && error.contains("show risdb query phone"), "{error}");

    let inventory = of(&(capture(&[phone(1, "reg")]) + gateways));
    assert_eq!(inventory.fleet().rows().len(), 1);
    assert_eq!(notes(&inventory), ["what the capture shows of `gateway` is of no phones, and is not read"]);

    let nothing = of(&capture(&[]));
    assert!(nothing.fleet().rows().is_empty());
    assert_eq!(notes(&nothing), ["the capture of 1 node shows no phones"]);
    let error = risport::read(&Document::new("a", &capture(&[]).replace("Total count 0", "Total count 7")));
    assert!(error.expect_err("no rows").to_string().contains("counts 7 phones and shows none"));
}

#[test]
fn a_row_that_cannot_be_aligned_is_a_broken_one() {
    let mut broken = phone(2, "reg").row();
    broken.truncate(60);
    let text = capture(&[phone(1, "reg"), phone(3, "reg")]);
    let text = text
        .replace("\nSEP00CCFC000003", &format!("\n{broken}\nSEP00CCFC000003"))
        .replace("Total count 2", "Total count 3");
    let inventory = of(&text);
    assert_eq!((inventory.fleet().rows().len(), inventory.broken_rows().count()), (3, 1), "{inventory}");
    assert_eq!(loads(&inventory), [Some(LOAD.to_owned()), None, Some(LOAD.to_owned())]);
    assert!(inventory.problems().next().expect("one").contains("columns where the header has 26"));
}

/// Who says that it is CSV gets a table, with the same evidence of what runs.
#[test]
fn the_callers_word_outranks_the_content() {
    let text = capture(&[phone(1, "reg"), phone(2, "unr")]);
    let inventory = csv::read_document(&Document::new("a.csv", &text), &[]).expect("a table");
    assert_eq!(loads(&inventory), [Some(LOAD.to_owned()), None]);
    assert_eq!(inventory.fleet().rows().iter().map(FleetRow::line).collect::<Vec<_>>(), [9, 10]);
}

/// A table of somebody may hold a capture in a cell.
#[test]
fn a_capture_in_a_cell_is_a_text() {
    let text = format!("Name,Model,Note\nSEP00CCFC000001,Cisco 8841,\"{HEADER}\n{}\"\n", phone(9, "reg").row());
    assert_eq!(recognize(text.as_bytes()), SourceKind::Csv);
    assert_eq!(csv::read(text.as_bytes()).expect("a table").fleet().rows().len(), 1);
}

/// What terminals do to a text.
fn terminal(text: &str, end: &str, width: Option<usize>, page: Option<usize>) -> String {
    let mut shown = String::new();
    let mut lines = 0;
    for line in text.lines() {
        let letters: Vec<char> = line.chars().collect();
        let pieces: Vec<String> = match width {
            Some(width) if !letters.is_empty() => letters.chunks(width).map(|piece| piece.iter().collect()).collect(),
            _ => vec![line.to_owned()],
        };
        for piece in pieces {
            lines += 1;
            if page.is_some_and(|page| lines % page == 0) {
                let pager = [
                    "--More--\r        \r",
                    "\u{1b}[7m--More--\u{1b}[0m\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{1b}[K",
                ];
                shown.push_str(if end == "\r" { "" } else { pager[lines % 2] });
            }
            shown.push_str(piece.trim_end());
            shown.push_str(end);
        }
    }
    shown
}

fn phones() -> impl Strategy<Value = Vec<Shown>> {
    let description =
        select(vec!["", "Lab", "Lab, two", "a,b,c", "M\u{fc}ller", "\u{6771}\u{4eac}", "19\" rack", "no model, reg"]);
    let one = (
        description,
        select(vec!["reg", "unr", "rej", "part"]),
        select(vec!["684", "683", "622"]),
        select(vec![LOAD, ""]),
    );
    prop::collection::vec(one, 1..12).prop_map(|phones| {
        (1..)
            .zip(phones)
            .map(|(number, (description, status, model, load))| {
                let name = format!("SEP00CCFC{number:06X}");
                Shown { name, description: description.to_owned(), status, model, load }
            })
            .collect()
    })
}

proptest! {
    /// N phones in, N out, each with what it says, however the terminal showed them.
    #[test]
    fn every_phone_of_a_capture_is_one(
        phones in phones(),
        end in select(vec!["\n", "\r\n", "\r\r\n", "\r"]),
        width in prop::option::of(60_usize..240),
        page in prop::option::of(2_usize..9),
        head in select(vec!["", "=~=~=~=~= PuTTY log 2026.11.30 10:00:00 =~=~=~=~=\n", "\u{feff}", "login as: admin\n"]),
    ) {
        let text = terminal(&format!("{head}{}", capture(&phones)), end, width, page);
        let inventory = of(&text);
        prop_assert_eq!(inventory.rows_read(), phones.len() as u64, "{}", text);
        prop_assert_eq!(inventory.broken_rows().count(), 0, "{}\n{}", text, inventory);
        let expected: Vec<_> = phones.iter().map(|phone| phone.load().map(str::to_owned)).collect();
        prop_assert_eq!(loads(&inventory), expected);
        for (row, phone) in inventory.fleet().rows().iter().zip(&phones) {
            let label = row.label().expect("a label");
            prop_assert_eq!(label.name.as_deref(), Some(&*phone.name));
            let is_enterprise = row.phone().firmware_type_evidence().known() == Some(FirmwareType::Enterprise);
            prop_assert_eq!(is_enterprise, phone.status == "reg");
            if width.is_none() {
                let description = Some(&*phone.description).filter(|text| !text.is_empty());
                prop_assert_eq!(label.description.as_deref(), description);
            }
        }
    }
}
