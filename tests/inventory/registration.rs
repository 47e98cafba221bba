//! A status beside a load: what a phone that is gone was last seen with is no evidence of what runs, whatever table says it.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, ReadOptions, csv, read};
use crossgrade::{Destination, FirmwareType, FleetRow, Request, RuleBook};
use crossgrade_tests::results_wanted::of_fleet;
use crossgrade_tests::workbook::{Sheet, texts, workbook};
use proptest::prelude::*;
use proptest::sample::select;

const LOAD: &str = "sip88xx.12-8-1-0001-455";

fn of_csv(text: &str) -> Inventory {
    read(&Document::new("a.csv", text), &ReadOptions::default()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn load(row: &FleetRow) -> Option<String> {
    row.phone().load_evidence().known().map(|load| load.to_string())
}

fn status(row: &FleetRow) -> Option<&str> {
    row.label()?.status.as_deref()
}

#[test]
fn a_load_of_a_phone_that_is_gone_is_what_was_last_seen() {
    let text = format!(
        "Name,Model,Status,ActiveLoadID\nSEP00CCFC000051,Cisco 8841,UnRegistered,{LOAD}\nSEP00CCFC000052,Cisco 8841,Registered,{LOAD}\n"
    );
    let inventory = of_csv(&text);
    let [gone, there] = inventory.fleet().rows() else { panic!("{inventory}") };
    assert_eq!((load(gone), load(there)), (None, Some(LOAD.to_owned())));
    assert_eq!(status(gone), Some(&*format!("UnRegistered, last seen with load {LOAD}")));
    assert_eq!(status(there), Some("Registered"));
    let notes: Vec<_> = inventory.notes().map(|(_, note)| note).collect();
    assert_eq!(notes, ["1 phone is not registered: the load that it was last seen with is no evidence of what runs"]);
}

/// What stands behind the word says since when and where, and no more.
#[test]
fn words_behind_a_status_change_nothing() {
    for word in
        ["UnRegistered since 3 days", "Unregistered (2024-05-01)", "Unregistered with CUCM1", "not registered: x"]
    {
        for header in ["Status", "State", "Phone Status", "RIS Status", "CUCM Status", "RegStatus"] {
            let table = format!("Name,Model,{header},Firmware\nSEP00CCFC000051,Cisco 8841,{word},{LOAD}\n");
            let records = format!(
                "[{{\"Name\": \"SEP00CCFC000051\", \"Model\": \"Cisco 8841\", \"{header}\": \"{word}\", \"Firmware\": \"{LOAD}\"}}]"
            );
            for text in [table, records] {
                let inventory = of_csv(&text);
                let [row] = inventory.fleet().rows() else { panic!("{inventory}") };
                assert_eq!(
                    (load(row), status(row)),
                    (None, Some(&*format!("{word}, last seen with load {LOAD}"))),
                    "{text}"
                );
            }
        }
    }
}

/// Tables of other sources have a status too.
#[test]
fn words_of_other_lists_leave_the_load() {
    for word in ["Active", "In stock", "Unregisteredly", "Nothing", "0", "no", ""] {
        let inventory = of_csv(&format!("Name,Model,Status,ActiveLoadID\nSEP00CCFC000051,Cisco 8841,{word},{LOAD}\n"));
        assert_eq!(load(&inventory.fleet().rows()[0]).as_deref(), Some(LOAD), "{word}");
    }
    let of_assets =
        of_csv(&format!("Model,Status,Firmware\nCisco 8841,Unknown,{LOAD}\nCisco 8841,Unregistered,{LOAD}\n"));
    assert_eq!(of_assets.fleet().rows().iter().map(load).collect::<Vec<_>>(), [Some(LOAD.to_owned()), None]);
}

/// The load of the only phone of a file, and its status.
fn only(text: &str) -> (Option<String>, Option<String>) {
    let inventory = of_csv(text);
    let [row] = inventory.fleet().rows() else { panic!("{text}: {inventory}") };
    (load(row), status(row).map(str::to_owned))
}

/// What a table with this status and what a record with it say of the load and the status.
fn by_both_doors(header: &str, said: &str) -> [(Option<String>, Option<String>); 2] {
    [
        only(&format!("Name;Model;{header};ActiveLoadID\nSEP00CCFC000051;Cisco 8841;{said};{LOAD}\n")),
        only(&format!(
            "[{{\"Name\": \"SEP00CCFC000051\", \"Model\": \"CP-8841\", \"{header}\": \"{said}\", \"Active Firmware\": \"{LOAD}\"}}]"
        )),
    ]
}

/// People keep lists in their own language.
#[test]
fn a_phone_is_gone_in_every_language() {
    let gone = "Nicht registriert;Non enregistré;Non enregistrée;No registrado;Não registrado;Não registado;Non registrato;\
        Niet geregistreerd;Ikke registrert;Ikke registreret;Inte registrerad;Ej registrerad;Avregistrerad;Niezarejestrowany;\
        Nie zarejestrowany;未登録;未注册;未註冊;离线;De-registered;Deregistered;UNREG;Unregister;Un-registered;offline;OFFLINE;\
        rejected;None;Unknown;Abgemeldet;Désenregistré;Not connected;disconnected;Never registered;Registration rejected;nicht angemeldet";
    for word in gone.split(';') {
        for header in ["Status", "Registration Status", "Registrierungsstatus", "Estado de registro"] {
            for (load, status) in by_both_doors(header, word) {
                assert_eq!(
                    (load, status),
                    (None, Some(format!("{word}, last seen with load {LOAD}"))),
                    "{header}: {word}"
                );
            }
        }
    }
    let there = "Registered;registriert;Enregistré;Registrado;Registrato;Geregistreerd;Registrert;Registrerad;Registreret;\
        Zarejestrowany;登録済み;已注册;online;Teilweise registriert";
    for word in there.split(';') {
        for (load, _) in by_both_doors("Status", word) {
            assert_eq!(load.as_deref(), Some(LOAD), "{word}");
        }
    }
}

/// A column that is called as such a word says yes or no.
#[test]
fn a_column_of_yes_or_no_says_whether_a_phone_is_gone() {
    for header in
        ["Registered", "Is registered", "isRegistered", "Online", "Connected", "Registriert", "Enregistré", "登録"]
    {
        for no in
            ["No", "False", "FALSE", "0", "n", "N", "Nein", "Non", "não", "Nee", "Nej", "Nei", "nie", "いいえ", "否"]
        {
            for (load, status) in by_both_doors(header, no) {
                assert_eq!((load, status), (None, Some(format!("last seen with load {LOAD}"))), "{header}: {no}");
            }
        }
        for yes in ["Yes", "true", "1", "y", "Ja", "Oui", "sí", "", "2026-01-01", "N/A"] {
            for (load, _) in by_both_doors(header, yes) {
                assert_eq!(load.as_deref(), Some(LOAD), "{header}: {yes}");
            }
        }
    }
    for (header, said, runs) in [("Unregistered", "Yes", false), ("Offline", "true", false), ("Offline", "no", true)] {
        for (load, _) in by_both_doors(header, said) {
            assert_eq!(load.is_some(), runs, "{header}: {said}");
        }
    }
    let records = [("registered", "false", false), ("online", "0", false), ("registered", "true", true)];
    for (key, said, runs) in records {
        let text = format!(
            "[{{\"mac\": \"00CCFC000051\", \"model\": \"8841\", \"{key}\": {said}, \"firmware\": \"{LOAD}\"}}]"
        );
        assert_eq!(only(&text).0.is_some(), runs, "{text}");
    }
}

/// Only a table that is RisPort's own by its columns shows that Enterprise firmware runs.
#[test]
fn registered_is_evidence_of_the_type_in_tables_of_risport_alone() {
    let types = |text: &str| {
        let inventory = of_csv(text);
        inventory.fleet().rows().iter().map(|row| row.phone().firmware_type_evidence().known()).collect::<Vec<_>>()
    };
    assert_eq!(types("Name,Model,Status,ActiveLoadID\nSEP00CCFC000051,683,Registered,\n"), [None]);
    let of_risport = "Name,DirNumber,Model,Status,StatusReason,ActiveLoadID,InactiveLoadID\n\
        SEP00CCFC000051,100,683,Registered,0,,\nSEP00CCFC000052,101,683,UnRegistered,0,,\n";
    assert_eq!(types(of_risport), [Some(FirmwareType::Enterprise), None]);
}

/// A fleet that is written and read again is the same fleet: its cells were decided about before.
#[test]
fn results_that_are_read_again_are_the_same() {
    let answer = "<CmNodes><item><CmDevices><item><Name>SEP00CCFC000051</Name><Model>683</Model><Status>UnRegistered</Status>\
        </item></CmDevices></item></CmNodes>";
    let page = format!("Product Name: CP-8841-K9=\nHost Name: SEP00CCFC000051\nApp Load ID: {LOAD}\n");
    let risport = read(&Document::new("ris.xml", answer), &ReadOptions::default()).expect("an answer");
    let page = read(&Document::new("page.txt", &page), &ReadOptions::default()).expect("a page");
    let merged = crossgrade::merge::merge([page, risport]);
    let fleet = merged.fleet();
    let phone = fleet.rows()[0].phone();
    assert!(phone.load_evidence().known().is_some() && status(&fleet.rows()[0]) == Some("UnRegistered"));
    let written = of_fleet(fleet, RuleBook::guide(), &[Request::to(Destination::ThirdParty)]);
    let again = csv::read(&written).expect("results");
    assert_eq!(again.fleet().rows()[0].phone(), phone, "{}", String::from_utf8_lossy(&written));
}

fn is_gone(word: &str) -> bool {
    let word: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
    [
        "unregistered",
        "unr",
        "rejected",
        "rej",
        "unknown",
        "none",
        "offline",
        "未登録",
        "nichtregistriert",
        "nonenregistré",
    ]
    .contains(&word.to_lowercase().as_str())
}

proptest! {
    /// All doors of tables read the same rows alike, and as RisPort does: a load of a phone that is gone runs nowhere.
    #[test]
    fn every_door_says_the_same_of_a_status(
        words in prop::collection::vec(
            select(vec!["Registered", "UnRegistered", "unregistered", "Rejected", "Unknown", "None", "reg", "unr", "rej",
                "part", "PartiallyRegistered", "Active", "offline", "未登録", "Nicht registriert", "Non enregistré"]),
            1..8,
        ),
        status_first in any::<bool>(),
        header in select(vec!["Status", "Registration Status", "status", "DEVICE STATUS", "Phone Status", "RIS Status", "CUCM Status"]),
        behind in select(vec!["", " since 3 days", " (2024-05-01)", " with CUCM1", ": x"]),
    ) {
        let mut table = vec![match status_first {
            true => vec![header.to_owned(), "Name".to_owned(), "Model".to_owned(), "ActiveLoadID".to_owned()],
            false => vec!["Name".to_owned(), "Model".to_owned(), "ActiveLoadID".to_owned(), header.to_owned()],
        }];
        for (row, word) in words.iter().enumerate() {
            let mut cells = vec![format!("SEP00CCFC{row:06X}"), "Cisco 8841".to_owned(), LOAD.to_owned()];
            cells.insert(if status_first { 0 } else { 3 }, format!("{word}{behind}"));
            table.push(cells);
        }
        let text: String = table.iter().map(|row| row.join(",") + "\n").collect();
        let expected: Vec<_> = words.iter().map(|word| (!is_gone(word)).then(|| LOAD.to_owned())).collect();

        let inventory = of_csv(&text);
        prop_assert_eq!(inventory.fleet().sources()[0].kind(), SourceKind::Csv);
        prop_assert_eq!(inventory.fleet().rows().iter().map(load).collect::<Vec<_>>(), expected.clone());
        prop_assert_eq!(csv::read(text.as_bytes()).expect("a table").fleet().rows().iter().map(load).collect::<Vec<_>>(), expected.clone());
        let cells: Vec<Vec<&str>> = table.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
        let book = workbook(&[Sheet::new("Phones", texts(&rows))]);
        let workbook = read(&Document::new("a.xlsx", &*book), &ReadOptions::default()).expect("a workbook");
        prop_assert_eq!(workbook.fleet().rows().iter().map(load).collect::<Vec<_>>(), expected);
        let statuses = |inventory: &Inventory| {
            inventory.fleet().rows().iter().map(|row| status(row).map(str::to_owned)).collect::<Vec<_>>()
        };
        prop_assert_eq!(statuses(&workbook), statuses(&inventory));
    }
}

/// A list of flat records and the same as a table say the same: what AXL answers has configured loads.
#[test]
fn a_load_beside_keys_of_axl_is_configured_in_tables_and_records() {
    for key in [
        "devicePoolName",
        "callingSearchSpaceName",
        "protocolSide",
        "securityProfileName",
        "sipProfileName",
        "phoneTemplateName",
        "fksipprofile",
        "fksecurityprofile",
        "tkmodel",
        "pkid",
    ] {
        for header in ["firmware", "load"] {
            let table = format!("name,model,{key},{header}\nSEP00CCFC123456,Cisco 8841,x,{LOAD}\n");
            let records = format!(
                "[{{\"name\": \"SEP00CCFC123456\", \"model\": \"Cisco 8841\", \"{key}\": \"x\", \"{header}\": \"{LOAD}\"}}]"
            );
            assert_eq!((only(&table).0, only(&records).0), (None, None), "{key}");
        }
    }
    assert_eq!(
        only(&format!("name,model,Device Pool,load\nSEP00CCFC123456,Cisco 8841,x,{LOAD}\n")).0.as_deref(),
        Some(LOAD)
    );
}

/// Whoever calls the column, and whatever a better column says.
#[test]
fn every_column_of_a_status_may_say_that_a_phone_is_gone() {
    for header in
        ["Reg. State", "Connection State", "SIP Status", "Status of today", "registered_status", "Online/Offline"]
    {
        let table = |headers: &str, cells: &str| {
            format!("Name,Model,{headers},Firmware\nSEP00CCFC000051,Cisco 8841,{cells},{LOAD}\n")
        };
        let gone = only(&table(header, "UnRegistered"));
        assert!(gone.0.is_none() && gone.1.is_some_and(|status| status.ends_with(LOAD)), "{header}");
        assert_eq!(only(&table(&format!("Status,{header}"), "Active,UnRegistered")).0, None, "{header}");
        assert_eq!(only(&table(header, "Registered")).0.as_deref(), Some(LOAD), "{header}");
        let text = table(&format!("Status,{header}"), "Active,UnRegistered");
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let book = workbook(&[Sheet::new("Phones", texts(&rows))]);
        let inventory = read(&Document::new("a.xlsx", &book), &ReadOptions::default()).expect(header);
        assert_eq!(load(&inventory.fleet().rows()[0]), None, "{header}");
    }
    assert_eq!(
        only(&format!("Name,Model,PC Port Status,Firmware\nSEP00CCFC000051,Cisco 8841,Disconnected,{LOAD}\n"))
            .0
            .as_deref(),
        Some(LOAD)
    );
}

/// No load is called so.
#[test]
fn what_programs_write_for_nothing_is_nothing() {
    for word in ["None", "NaN", "null", "NULL", "N/A"] {
        let inventory =
            of_csv(&format!("Name,Model,Status,ActiveLoadID\nSEP00CCFC000051,Cisco 8841,UnRegistered,{word}\n"));
        let [row] = inventory.fleet().rows() else { panic!("{inventory}") };
        assert_eq!(status(row), Some("UnRegistered"), "{word}");
    }
}
