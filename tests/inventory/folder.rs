//! What a folder of pages holds beside pages is told, and no more of it than a person reads.

use crossgrade::inventory::{Document, LeftOut, device_page, read_folder};

const PAGE: &str = "<DeviceInformation><MACAddress>00CCFC123456</MACAddress></DeviceInformation>";

fn notes(pages: &[Document<'_>], left_out: &[(LeftOut, String)]) -> Vec<String> {
    let inventory = read_folder(pages.iter().copied(), left_out);
    assert_eq!(inventory.fleet(), device_page::read(pages.iter().copied()).fleet());
    inventory.notes().map(|(_, note)| note.to_owned()).collect()
}

#[test]
fn a_folder_of_pages_needs_no_words() {
    let pages = [Document::new("10.0.1.11.xml", PAGE), Document::new("login.html", "<html>Sign in</html>")];
    assert!(notes(&pages, &[]).is_empty());
    assert!(notes(&[], &[]).is_empty());
    // Text that is no inventory is a page that says nothing, as before.
    assert!(notes(&[Document::new("notes.txt", "to do:\nask the phones\n")], &[]).is_empty());
}

#[test]
fn litter_is_named_and_becomes_no_row() {
    let text = "to do:\nask the phones\n";
    let pages = [
        Document::new("pages/Thumbs.db", b"\xd0\xcf\x11\xe0\0\0"),
        Document::new("10.0.1.11.xml", PAGE),
        Document::new(".DS_Store", b"\0\0\0\x01Bud1"),
        Document::new("README.txt", text),
        Document::new("desktop.ini", "[.ShellClassInfo]\r\n"),
        // What is a page counts, whatever it is called, and another file of text may be one that failed.
        Document::new("readme", "MAC Address: 00CCFC123457\nProduct Name: CP-8841-3PCC\n"),
        Document::new("readme first.txt", text),
    ];
    let inventory = read_folder(pages, &[]);
    assert_eq!(inventory.fleet().rows().len(), 3);
    let notes: Vec<_> = inventory.notes().map(|(_, note)| note).collect();
    let names = r#"["pages/Thumbs.db", ".DS_Store", "README.txt", "desktop.ini"]"#;
    let files = "4 files that systems or people leave in folders, and that are no pages, were not read";
    assert_eq!(notes, [format!("{files}: {names}")]);
}

#[test]
fn what_was_left_out_is_told_by_kind() {
    let left_out = [
        (LeftOut::NoFile, "pipe"),
        (LeftOut::Folder, "old"),
        (LeftOut::DanglingLink, "a\u{1b}"),
        (LeftOut::Folder, "older"),
    ];
    let left_out = left_out.map(|(kind, name)| (kind, name.to_owned()));
    let expected = [
        r#"2 folders within the folder were not read: ["old", "older"]"#,
        r#"1 link to nothing was not read: ["a\u{1b}"]"#,
        r#"1 entry that is no file, such as a pipe, was not read: ["pipe"]"#,
    ];
    assert_eq!(notes(&[Document::new("10.0.1.11.xml", PAGE)], &left_out), expected);
    assert_eq!(notes(&[], &left_out), expected);
    let many: Vec<_> = (0..1000).map(|number| (LeftOut::Folder, format!("{number}"))).collect();
    let told = notes(&[], &many);
    assert!(told[0].starts_with("1000 folders") && told[0].ends_with(r#""19"] and 980 more"#), "{told:?}");
}

#[test]
fn other_inventories_are_no_pages() {
    let utf16: Vec<u8> = "\u{feff}PID,VID\nCP-7821-K9=,V03\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let pages = [
        Document::new("a.csv", b"PID,VID\nCP-7821-K9=,V03\n"),
        Document::new("10.0.1.11.xml", PAGE),
        Document::new("b.csv", &utf16),
        Document::new("devices.json", br#"{"items": [{"product": "Cisco 8841", "workspaceId": "x"}]}"#),
        Document::new("answer.json", br#"{"CmNodes": []}"#),
        Document::new("phones.xlsx", include_bytes!("../data/phones.xlsx")),
    ];
    let hint = "expected pages only, and each other file by itself";
    let expected = [
        format!(r#"2 files are csv and no page of a phone: ["a.csv", "b.csv"]; {hint}"#),
        format!(r#"1 file is xlsx and no page of a phone: ["phones.xlsx"]; {hint}"#),
        format!(r#"1 file is risport and no page of a phone: ["answer.json"]; {hint}"#),
        format!(r#"1 file is webex and no page of a phone: ["devices.json"]; {hint}"#),
    ];
    assert_eq!(notes(&pages, &[]), expected);
}

/// What stands in front tells what a file is; the rest of it is not looked at, however long it is.
#[test]
fn a_file_of_another_kind_is_told_by_its_head() {
    let far = format!("{}\nPID,VID\nCP-7821-K9=,V03\n", "a title ".repeat(9000));
    assert!(notes(&[Document::new("far.csv", &far)], &[]).is_empty());
    // Wherever the head ends, also within a letter: the name of a column is still read.
    for shift in 0..6 {
        let row = format!("CP-7821-K9=,{}\n", "\u{6771}".repeat(20));
        let text = format!("Serial\u{a0}Number,Device\u{a0}Name\n{}{}", "x".repeat(shift), row.repeat(2000));
        let told = notes(&[Document::new("export.csv", &text)], &[]);
        assert!(told.len() == 1 && told[0].starts_with("1 file is csv"), "{shift}: {told:?}");
    }
}

/// Notes are of the files that were read, whatever the inventory is put behind.
#[test]
fn no_other_file_is_blamed_in_an_inventory_of_several() {
    let mut first = device_page::read([Document::new("10.0.1.11.xml", PAGE), Document::new("10.0.1.12.xml", PAGE)]);
    first.append(read_folder([Document::new("export.csv", "PID,VID\nCP-7821-K9=,V03\n")], &[]));
    let notes: Vec<_> = first.notes().map(|(_, note)| note).collect();
    assert_eq!(notes.len(), 1);
    assert!(notes[0].contains(r#"["export.csv"]"#), "{notes:?}");
}
