//! What a document is, by its content alone.

use std::path::Path;

use crossgrade::fleet::SourceKind::{self, Axl, Csv, DevicePage, Json, Risport, Webex, Xlsx};
use crossgrade::inventory::{Document, InventoryError, ReadOptions, read, recognize};
use proptest::prelude::*;

/// The samples are not part of the repository; their shapes are below.
const SHAPES: &[(SourceKind, &str)] = &[
    (Csv, "Device Name,Description,Device Pool,Phone Load Name,Device Type\n"),
    (Csv, "MAC ADDRESS,DESCRIPTION,LOCATION,USER ID\n1231123245AB,SEP1231123245AB,Dallas,Johns\n"),
    (Csv, "SEP0123456789AB\nSEP00B0D063C226\n"),
    (Csv, "Model,MAC Address\nCisco 8841,A1B2C3D4E5F6\n"),
    (Csv, "sep=;\nPID;VID\n"),
    (Csv, "\"PID\"\t\"VID\"\n"),
    // The header of a table, though its first name is one that phones show.
    (Csv, "Product Name\tSerial Number\nCP-8841-K9=\tFCH20100312\n"),
    (Csv, "MAC Address\tDescription\tModel Number\n00CCFC123456\tReception\tCP-8841\n"),
    (Csv, "Serial Number\tDescription\nFCH20100312\tReception\n"),
    (Csv, "Product Name,Serial Number\nCP-8841-K9=,FCH20100312\n"),
    // Reports have lines like those of a phone above the header, and cells may have several lines.
    (Csv, "Software Version: 12.5.1\nDevice Name,Model\nSEP00CCFC123456,Cisco 8841\n"),
    (Csv, "Host Name: cucm-pub\nSoftware Version: 12.5.1\n\nDevice Name;Description\nSEP00CCFC123456;x\n"),
    (Csv, "PID,VID,Note\nCP-8841-K9=,V05,\"ask\nMAC Address: see list\nSerial Number: see label\"\n"),
    (Csv, "Artikel,Bemerkung\nCP-8841-K9=,\"neu\nMAC Address: see list\"\n"),
    (Csv, "Product Name:,Serial Number:,MAC Address:\nCP-8841-K9=,FCH20100312,00CCFC123456\n"),
    (Csv, "Serial Number:,Description:\nFCH20100312,\"Host Name: x\"\n"),
    (Csv, "Software Version: 12.5.1\nMAC Address\n00CCFC123456\n"),
    (DevicePage, "Product Name: CP-8841-3PCC\nName\nReception\nSerial Number: FCH20100312\n"),
    (DevicePage, "Product Name\tCP-8841-3PCC\nDescription\t8841, Reception\nSerial Number\tFCH20100312\n"),
    (DevicePage, "<?xml version=\"1.0\"?>\n<DeviceInformation><MACAddress>00CCFC123456</MACAddress>"),
    (DevicePage, "<html><body>Login</body></html>"),
    (DevicePage, "<!DOCTYPE html>\n<title>Unauthorized</title>"),
    (DevicePage, "<Dev"),
    (DevicePage, "<"),
    (DevicePage, "Product Name: CP-8841-3PCC\nSerial Number: FCH20100312\n"),
    (DevicePage, "versionID=sip88xx.14-2-1-0101-26\n"),
    (DevicePage, "Status\r\n  transition authorization type = WxC\r\n"),
    (DevicePage, "Product Name\tCP-8841-3PCC\nSoftware Version\tsip88xx.12-0-3MPP0001-87\n"),
    (Risport, "<soapenv:Envelope><soapenv:Body><ns:selectCmDeviceResponse><SelectCmDeviceResult>"),
    (Risport, "<?xml version=\"1.0\"?><SelectCmDeviceResult><CmNodes/></SelectCmDeviceResult>"),
    (Risport, "<SOAP-ENV:Envelope><SOAP-ENV:Body><SOAP-ENV:Fault>"),
    (Risport, "<Envelope><Body><Fault>"),
    (Risport, "{\"SelectCmDeviceResult\": {\"TotalDevicesFound\": 0}}"),
    (Risport, "[{\"ReturnCode\": \"Ok\", \"CmDevices\": {\"item\": []}}]"),
    (Webex, "{\"items\": [{\"product\": \"Cisco 8841\", \"workspaceId\": \"x\"}]}"),
    (Webex, "{\"items\": []}"),
    (Webex, "{\"message\": \"no\", \"trackingId\": \"x\"}"),
    (Json, "{\"items\": [{\"product\": \"Cisco 8841\"}]}"),
    (Json, "[]"),
    (Json, "{"),
    (Axl, "[{\"name\": \"SEP00CCFC123456\", \"product\": \"Cisco 8841\", \"pkid\": \"x\"}]"),
    (Axl, "<e:Envelope><e:Body><n:listPhoneResponse xmlns:n=\"http://www.cisco.com/AXL/API/12.5\">"),
    (Axl, "<return><phone><name>SEP00CCFC123456</name><devicePoolName>Oslo</devicePoolName></phone></return>"),
    (Xlsx, "PK\u{3}\u{4}"),
    (Xlsx, "PK\u{5}\u{6}\0\0"),
];

#[test]
fn shapes_are_recognized_however_they_are_written() {
    for (kind, text) in SHAPES {
        assert_eq!(recognize(text.as_bytes()), *kind, "{text}");
        if *kind == Xlsx {
            continue;
        }
        for text in [format!("\u{feff}{text}"), format!("\r\n \t\r\n{text}")] {
            assert_eq!(recognize(text.as_bytes()), *kind, "{text}");
        }
        let low: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<_> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(recognize(&[b"\xff\xfe", &*low].concat()), *kind, "{text} in UTF-16LE");
        assert_eq!(recognize(&[b"\xfe\xff", &*high].concat()), *kind, "{text} in UTF-16BE");
        // Without a mark too, but for what is too short to tell.
        for bytes in [low, high].into_iter().filter(|bytes| bytes.len() >= 4) {
            assert_eq!(recognize(&bytes), *kind, "{text} in UTF-16 without a mark");
            let (document, same) = (Document::new("a", &bytes), Document::new("a", text));
            let fleet = |document| read(document, &ReadOptions::default()).map(|inventory| inventory.into_fleet());
            assert_eq!(fleet(&document), fleet(&same), "{text}");
        }
    }
}

#[test]
fn what_stands_far_behind_does_not_speak() {
    let page = format!("<html>{}<CmNodes>", " ".repeat(1 << 16));
    assert_eq!(recognize(page.as_bytes()), DevicePage);
    // The look ends within a letter; that is no other encoding.
    let list = format!("[\"{}\", \"CmNodes\"]", "\u{2116}".repeat(1 << 16));
    assert_eq!(recognize(list.as_bytes()), Json);
}

#[test]
fn garbage_of_every_kind_is_something_and_its_reader_says_what_is_wrong() {
    assert_eq!(recognize(b""), Csv);
    assert_eq!(read(&Document::new("x", b""), &ReadOptions::default()), Err(InventoryError::Empty));
    for bytes in
        [&b"PAR1"[..], b"\x1f\x8b\x08", b"ARROW1", b"\0\0\0\0", b"\xff", b"\xff\xfe", b"%PDF-1.7", b"PK", b" ", b"\n"]
    {
        assert_eq!(recognize(bytes), Csv, "{bytes:?}");
    }
    for first in 0..=255_u8 {
        let kind = recognize(&[first]);
        let expected = match first {
            b'{' | b'[' => Json,
            b'<' => DevicePage,
            _ => Csv,
        };
        assert_eq!(kind, expected, "{first}");
        let _ = read(&Document::new("x", &[first]), &ReadOptions::default());
    }
}

#[test]
fn the_seeds_of_the_fuzz_targets_are_recognized_as_what_they_are() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (folder, kind) in [
        ("csv", Csv),
        ("xlsx", Xlsx),
        ("risport", Risport),
        ("device_page", DevicePage),
        ("webex", Webex),
        ("axl", Axl),
        ("json", Json),
    ] {
        let mut seeds = 0;
        for entry in std::fs::read_dir(corpus.join(folder)).expect(folder) {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("other-") {
                continue; // Belongs to the reader, but says so only if it is asked.
            }
            seeds += 1;
            assert_eq!(recognize(&std::fs::read(&path).expect("a file")), kind, "{}", path.display());
        }
        assert!(seeds >= 3, "{folder}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_the_kind_is_the_callers_if_he_says_one(bytes in any::<Vec<u8>>()) {
        let document = Document::new("x", &bytes);
        let mut options = ReadOptions::default();
        options.kind = Some(recognize(&bytes));
        prop_assert_eq!(read(&document, &options), read(&document, &ReadOptions::default()));
    }
}

/// Lines such as those of a page may stand above a list, or in it: no phone of the list is lost.
#[test]
fn a_list_of_one_column_is_no_page() {
    let macs: String = (0..50).map(|number| format!("SEP00CCFC{number:06X}\n")).collect();
    for (text, phones) in [
        (format!("Host Name: cucm-pub\nSoftware Version: 14.0\nDevice Name\n{macs}"), 50),
        (format!("{macs}Host Name: a\nMAC Address: b\n"), 50),
        (
            "Model\nCisco 7821\nCisco 7821\nProduct Name: Cisco 8841\nModel Number: Cisco 8841\nCisco 7811\n"
                .to_owned(),
            5,
        ),
    ] {
        let inventory = read(&Document::new("x", &text), &ReadOptions::default()).unwrap();
        assert_eq!((recognize(text.as_bytes()), inventory.fleet().rows().len()), (SourceKind::Csv, phones), "{text}");
    }
    assert_eq!(recognize(b"Host Name: SEP00CCFC000001\nProduct Name: CP-8841-3PCC\n"), SourceKind::DevicePage);
}

/// What somebody calls a device says nothing of the kind of answer.
#[test]
fn only_the_names_of_members_tell_risport_from_webex() {
    let webex = br#"{"items": [{"product": "Cisco 8841", "mac": "00CCFC000001", "displayName": "CmNodes", "note": "\"CmNodes\" x", "workspaceId": "x"}]}"#;
    assert_eq!(recognize(webex), SourceKind::Webex);
    assert_eq!(recognize(br#"{"CmNodes" : {"item": []}}"#), SourceKind::Risport);
}
