//! What is no inventory says what it is, and what a person should do.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, ReadOptions, csv, read, recognize};
use proptest::prelude::*;
use proptest::sample::select;

#[track_caller]
fn check(bytes: &[u8], found: &str, cure: &str) {
    assert_eq!(recognize(bytes), SourceKind::Csv);
    let told = |error: crossgrade::inventory::InventoryError| {
        let error = error.to_string();
        assert!(error.starts_with("inventory: ") && error.contains(found) && error.contains(cure), "{error}");
    };
    told(read(&Document::new("a", bytes), &ReadOptions::default()).expect_err("no inventory"));
    told(csv::read(bytes).expect_err("no inventory"));
}

const CDP: &str = "SW1#show cdp neighbors detail\n-------------------------\nDevice ID: SEP0041D2000005\nEntry address(es):\n  \
    IP address: 10.20.0.15\nPlatform: Cisco IP Phone 8845,  Capabilities: Host Phone Two-port Mac Relay\nInterface: \
    GigabitEthernet1/0/5,  Port ID (outgoing port): Port 1\nHoldtime : 163 sec\nSecond Port Status: Up\n\nVersion :\n\
    sip8845_65.14-1-1MN-18\n\nadvertisement version: 2\nDuplex: full\n";

#[test]
fn neighbors_of_a_switch_are_refused_by_what_they_are() {
    check(CDP.as_bytes(), "by CDP", "an inventory of phones");
    // Without what was typed, and of NX-OS.
    check(CDP.split_once('\n').expect("lines").1.as_bytes(), "by CDP", "an inventory of phones");
    check(
        b"----------------------------------------\nDevice ID:SEP0041D2000005\nSystem Name: \n\nInterface address(es):\n    IPv4 Address: 10.1.1.1\n\
          Platform: Cisco IP Phone 8845, Capabilities: Host Phone\nInterface: Ethernet1/1, Port ID (outgoing port): Port 1\n\
          Holdtime: 150 sec\n\nVersion:\nsip8845_65.14-1-1-0001-136.loads\n",
        "by CDP",
        "an inventory of phones",
    );
    check(
        b"Capability Codes: R - Router, T - Trans Bridge, B - Source Route Bridge\n\nDevice ID        Local Intrfce     Holdtme    Capability  Platform  Port ID\n\
          SEP0041D2000005  Gig 1/0/5         163              H P M  IP Phone  Port 1\n",
        "by CDP",
        "an inventory of phones",
    );
    check(
        b"------------------------------------------------\nLocal Intf: Gi1/0/5\nChassis id: 10.20.0.15\nPort id: 0041D2000005:P1\n\
          Port Description: SW Port\nSystem Name: SEP0041D2000005\n\nSystem Description: \nCisco IP Phone 8845, V1, sip8845_65.12-8-1-0001-455\n\n\
          Time remaining: 163 seconds\nSystem Capabilities: B,T\n",
        "by LLDP",
        "an inventory of phones",
    );
    check(
        b"Device ID           Local Intf     Hold-time  Capability      Port ID\nSEP0041D2000005     Gi1/0/5        180        B,T             0041D2000005:P1\n\n\
          Total entries displayed: 1\n",
        "by LLDP",
        "an inventory of phones",
    );
    check(
        b"SW1#show power inline\nModule   Available     Used     Remaining\n          (Watts)     (Watts)    (Watts)\n------   ---------   --------   ---------\n\
          1           740.0      100.0       640.0\nInterface Admin  Oper       Power   Device              Class Max\n                            (Watts)\n\
          --------- ------ ---------- ------- ------------------- ----- ----\nGi1/0/5   auto   on         6.3     IP Phone 8845       2     30.0\n",
        "show power inline",
        "an inventory of phones",
    );
    check(
        b"NAME: \"1\", DESCR: \"WS-C3850-48P\"\nPID: WS-C3850-48P      , VID: V07  , SN: FOC2010X0AB\n\nNAME: \"Switch 1 - Power Supply A\", DESCR: \"x\"\n\
          PID: PWR-C1-715WAC     , VID: V02  , SN: LIT2010X0AB\n",
        "show inventory",
        "an inventory of phones",
    );
}

/// A table of somebody may hold such a list in a cell.
#[test]
fn a_list_in_a_cell_is_a_text() {
    let text = format!("Name,Model,Note\nSEP00CCFC000001,Cisco 8841,\"{CDP}\"\n");
    assert_eq!(csv::read(text.as_bytes()).expect("a table").fleet().rows().len(), 1);
}

#[test]
fn printed_objects_say_how_to_save_them() {
    for text in [
        "{\n    'TotalDevicesFound': 1,\n    'CmNodes': {\n        'item': [{'Name': 'n', 'CmDevices': None}]\n    }\n}\n",
        "[{'Name': 'SEP00CCFC000001', 'Model': 683}]",
        "(SelectCmDeviceResult){\n   TotalDevicesFound = 1\n   CmNodes = \n      (CmNodes){\n         item[] = \n",
    ] {
        check(text.as_bytes(), "prints it", "json.dumps(zeep.helpers.serialize_object(answer)");
    }
    check(b"&lt;?xml version=\"1.0\"?&gt;&lt;soapenv:Envelope&gt;", "escaped", "save the body of the answer");
    check(b"b'<?xml version=\"1.0\"?><a/>'", "bytes as Python prints them", "save the body of the answer");
}

#[test]
fn files_of_other_kinds_say_what_to_save() {
    check(b"%PDF-1.7\n", "a PDF document", "copy the table of the document");
    check(b"{\\rtf1\\ansi", "an RTF document", "copy the table of the document");
    check(b"\x89PNG\r\n\x1a\n", "a picture (PNG)", "a picture is not read");
    check(b"SQLite format 3\0", "a SQLite database", "sqlite3 -csv -header");
    check(b"7z\xbc\xaf\x27\x1c\0\x04", "compressed by 7-Zip", "unpack the file first");
    check(b"PAR1\x15\x04", "Parquet", "pandas or Polars");
    check(b"\x80\x04\x95\x0a\0", "a pickle of Python", "pandas or Polars");
    let outlook: Vec<u8> = b"\xd0\xcf\x11\xe0"
        .iter()
        .copied()
        .chain("__substg1.0_0037001F".bytes().flat_map(|letter| [letter, 0]))
        .collect();
    check(&outlook, "a message of Outlook", "saved as a file");
    check(
        b"Return-Path: <a@example.com>\r\nSubject: phones\r\nMIME-Version: 1.0\r\n\r\nPID,VID\r\n",
        "an email",
        "save it as a file",
    );
    check(b"bash: crossgrade: command not found\n", "command not found", "run it again");
    check(b"Invalid credentials\n", "Invalid credentials", "run it again");
}

#[track_caller]
fn phones(text: &str) -> usize {
    let inventory = read(&Document::new("a", text), &ReadOptions::default());
    let inventory = inventory.unwrap_or_else(|error| panic!("{text}\n{error}"));
    inventory.fleet().rows().iter().filter(|row| row.phone().mac_evidence().known().is_some()).count()
}

/// Words of switches and errors stand in inventories, too.
#[test]
fn what_a_reader_recognizes_is_never_foreign() {
    for text in [
        "Device Name     MAC Address  VLAN Device Type\n--------------- ------------ ---- -----------\nSEP00CCFC000001 00CCFC000001 20   Cisco 8841\n",
        "| Device Name | MAC Address | VLAN | Device Type |\n|---|---|---|---|\n| SEP00CCFC000001 | 00CCFC000001 | 20 | Cisco 8841 |\n",
        "Device Name | MAC Address | VLAN | Device Type\nSEP00CCFC000001 | 00CCFC000001 | 20 | Cisco 8841\n",
        "Device Name\tMAC Address\tVLAN\tDevice Type\nSEP00CCFC000001\t00CCFC000001\t20\tCisco 8841\n",
        "Product Name\tCP-8841-3PCC\nMAC Address\t00CCFC000001\nPort ID:\tGi1/0/5\nSystem Description:\tIOS\n",
        "Product Name\tCP-8841-3PCC\nPort ID:\tGi1/0/5\nCapability codes:\tB,T\nMAC Address\t00CCFC000001\n",
        "Product ID: CP-8841-K9=\nVersion: V05\nSerial Number: FCH18219LDW\nMAC Address: 00CCFC000001\nStatus: Connection refused by TFTP",
        "[{\"mac\": \"00CCFC000001\", \"model\": \"CP-8841-K9=\", \"description\": \"Lobby (old){x}\"}]",
        "<axl><phone><name>SEP00CCFC000001</name><description>a object at 0x</description><devicePoolName>a</devicePoolName>\
         <model>Cisco 8841</model></phone></axl>",
        "SW1#show interfaces,x\nPID,MAC\nCP-8841-K9=,00CCFC000001\n",
    ] {
        assert_eq!(phones(text), 1, "{text}");
    }
    let page = "Product ID: CP-8841-K9=\nVersion: V05\nSerial Number: FCH18219LDW\nStatus: Connection refused by TFTP";
    let page = read(&Document::new("a", page), &ReadOptions::default()).expect("a page");
    assert!(page.fleet().rows()[0].phone().product().known().is_some(), "{page}");
    let list = read(&Document::new("a", "SEP00CCFC000001\nSEP00CCFC000002\nForbidden City"), &ReadOptions::default());
    assert!(!list.is_err_and(|error| error.to_string().contains("an error of a program")));
}

/// A model that a switch heard of makes no inventory of what it lists.
#[test]
fn lists_of_switches_with_a_model_are_refused() {
    check(
        b"Local Intf: Gi1/0/5\nChassis id: 10.20.0.15\nPort id: 0041D2000005:P1\nSystem Name: SEP0041D2000005\n\n\
          MED Information:\n    H/W revision: 5\n    Serial number: FCH18219LDW\n    Model: CP-8841\n",
        "by LLDP",
        "an inventory of phones",
    );
    check(
        b"SW1#show mac address-table\nVlan\tMac Address\tType\tPorts\n20\t0041.d200.0005\tDYNAMIC\tGi1/0/5\n",
        "mac address-table",
        "an inventory of phones",
    );
    check(
        b"Device-ID          Local Intrfce  Hldtme Capability  Platform      Port ID\nSEP0041D2000005\n                    Eth1/1         \
          163    H P M       Cisco IP Phon Port 1\n",
        "by CDP",
        "an inventory of phones",
    );
}

const WORDS: [&str; 16] = [
    "Port ID: Gi1/0/5",
    "System Description: IOS",
    "Capability codes: B, T",
    "Device ID: SW1",
    "Mac Address Table",
    "SW1#show cdp neighbors",
    "SW1#show interfaces",
    "Connection refused",
    "Forbidden City",
    "Unauthorized",
    "command not found",
    "Lobby (old){x}",
    "the object at 0x7f2a",
    "From: Oslo",
    "chassis id port id system",
    "device id local platform",
];

proptest! {
    /// No word in a cell or a description makes an inventory something else.
    #[test]
    fn words_of_other_things_hide_no_phones(
        words in prop::collection::vec(select(WORDS.to_vec()), 2..12),
        layout in 0_usize..9,
    ) {
        let rows = || words.iter().enumerate().map(|(at, word)| (format!("00CCFC{at:06X}"), *word));
        let each = |row: &dyn Fn(&str, &str) -> String| rows().map(|(mac, word)| row(&mac, word)).collect::<String>();
        let text = match layout {
            0 => "Device Name,Description,MAC Address,VLAN,Device Type\n".to_owned()
                + &each(&|mac, word| format!("SEP{mac},\"{word}\",{mac},20,Cisco 8841\n")),
            1 => "Description\tMAC Address\tVLAN\tDevice Type\n".to_owned()
                + &each(&|mac, word| format!("{word}\t{mac}\t20\tCisco 8841\n")),
            2 => "| MAC Address | VLAN | Type | Device Type | Description |\n|---|---|---|---|---|\n".to_owned()
                + &each(&|mac, word| format!("| {mac} | 20 | a | Cisco 8841 | {word} |\n")),
            3 => "MAC Address  VLAN Device Type Description\n------------ ---- ----------- -----------\n".to_owned()
                + &each(&|mac, word| format!("{mac} 20   Cisco 8841  {word}\n")),
            4 => "MAC Address;Model;Description\n".to_owned() + &each(&|mac, word| format!("{mac};Cisco 8841;{word}\n")),
            5 => format!("[{}]", rows().map(|(mac, word)| {
                format!("{{\"description\": \"{word}\", \"mac\": \"{mac}\", \"model\": \"Cisco 8841\"}}")
            }).collect::<Vec<_>>().join(", ")),
            6 => format!("<axl>{}</axl>", each(&|mac, word| format!(
                "<phone uuid=\"a\"><name>SEP{mac}</name><description>{word}</description><model>Cisco 8841</model></phone>"
            ))),
            7 => each(&|mac, word| format!("Device Name : SEP{mac}\nModel       : Cisco 8841\nDescription : {word}\n\n")),
            _ => "MAC Address,Description\n".to_owned() + &each(&|mac, word| format!("{mac},\"{word}\"\n")),
        };
        prop_assert_eq!(phones(&text), words.len(), "{}", text);
    }

    /// A page of a phone is one, whatever stands beside what is read.
    #[test]
    fn words_of_other_things_hide_no_page(words in prop::collection::vec(select(WORDS[..4].to_vec()), 1..4), first in any::<bool>()) {
        let words: String = words.iter().map(|word| word.replacen(": ", ":\t", 1) + "\n").collect();
        let page = "Product Name\tCP-8841-3PCC\nMAC Address\t00CCFC000001\n";
        let text = if first { format!("{page}{words}") } else { format!("{words}{page}") };
        prop_assert_eq!(phones(&text), 1, "{}", text);
    }
}
