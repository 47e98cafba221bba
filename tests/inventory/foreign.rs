//! What is no inventory says what it is, and what a person should do.

use crossgrade::SourceKind;
use crossgrade::inventory::{Document, ReadOptions, csv, read, recognize};

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
