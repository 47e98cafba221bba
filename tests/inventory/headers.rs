//! The headers of real exports and scripts: what each of their columns is read as.

use crossgrade::inventory::csv::{self, CsvInventory};
use crossgrade::inventory::{ChosenColumn, Document, InventoryField};
use crossgrade::{FirmwareType, Phone, Release};

#[track_caller]
fn read(text: &str) -> CsvInventory {
    csv::read(text.as_bytes()).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

/// The columns of every field that has any.
fn columns(inventory: &CsvInventory) -> String {
    let of = |field: &InventoryField| {
        let columns: Vec<_> = inventory.columns().read_from(*field).collect();
        (!columns.is_empty()).then(|| format!("{field}: {}", columns.join(", ")))
    };
    InventoryField::ALL.iter().filter_map(of).collect::<Vec<_>>().join("; ")
}

fn phone(inventory: &CsvInventory) -> &Phone<'static> {
    inventory.fleet().rows()[0].phone()
}

#[test]
fn headers_of_exports_and_scripts_are_read() {
    for (what, header, expected) in [
        (
            "Bulk Administration, all phone details",
            "Device Name,Description,Device Pool,Phone Template,Phone Load Name,Module 1 Load Name,Device Type,User ID,",
            "pid: Device Type; mac: Device Name",
        ),
        (
            "Bulk Administration, default file",
            "MAC ADDRESS,DESCRIPTION,LOCATION,USER ID,DISPLAY 1,",
            "mac: MAC ADDRESS",
        ),
        (
            "Find and List Phones",
            "Device Name(Line),Description,Device Pool,Device Protocol,Status,Last Registered,IPv4 Address,Device Type",
            "pid: Device Type; mac: Device Name(Line)",
        ),
        (
            "scripts of AXL and RisPort",
            "name,model,product,Status,IpAddress,LoginUserId,ActiveLoadID,InactiveLoadID,bootLoadID",
            "pid: model, product; mac: name; load: ActiveLoadID",
        ),
        (
            "Control Hub, devices",
            "Display Name,Type,Product,Connection Status,IP Address,MAC Address,Serial Number,Software Version,Tags",
            "pid: Product; mac: MAC Address; serial: Serial Number; firmware: Software Version",
        ),
        (
            "Control Hub, migration",
            "Username,Type,Phone Number,Extension,Device Type,Model,MAC Address,Location,Calling Plan",
            "pid: Model, Device Type; mac: MAC Address",
        ),
        (
            "a readiness check",
            "devicename,devicepool,phone_model,firmware,description,ip,serial,hw_ver,mpp_capable",
            "pid: phone_model; vid: hw_ver; mac: devicename; serial: serial; firmware: firmware",
        ),
        (
            "a discovery of hardware versions",
            "Name,Model,Description,Status,ActiveLoadID,InactiveLoadID,IPAddress,SerialNumber,ModelNumber,HardwareRevision,Error",
            "pid: ModelNumber, Model; vid: HardwareRevision; mac: Name; serial: SerialNumber; load: ActiveLoadID",
        ),
        (
            "an inventory with serial numbers",
            "Description,Extension,Owner UserID,Owner Manager,MAC Address,Serial,Product Type",
            "pid: Product Type; mac: MAC Address; serial: Serial",
        ),
        (
            "a collector of phone pages",
            "MACAddress,phoneDN,modelNumber,versionID,hardwareRevision,serialNumber,IPAddress",
            "pid: modelNumber; vid: versionID, hardwareRevision; mac: MACAddress; serial: serialNumber",
        ),
        ("by hand", "P/N;Serial No.;SEP;S.N.;MAC-Addr", ""),
    ] {
        if expected.is_empty() {
            assert!(csv::read(header.as_bytes()).is_err(), "two serial numbers");
            continue;
        }
        assert_eq!(columns(&read(&format!("{header}\n"))), expected, "{what}");
    }
}

#[test]
fn the_samples_of_users_are_read() {
    let default =
        read(concat!("MAC ADDRESS,DESCRIPTION,LOCATION,USER ID,\n", "1231123245AB,SEP1231123245AB,Dallas,Johns,\n"));
    assert!(default.broken_rows().is_empty());
    assert!(phone(&default).mac_evidence().known().is_some());
    let migration = read("Model,MAC Address\nCisco 8841,A1B2C3D4E5F6\n");
    assert!(phone(&migration).product().known().is_some());
}

#[test]
fn the_name_of_a_person_is_no_mac_address() {
    let inventory = read("Name,PID\nKari Nordmann,CP-8841-K9=\nSEP00CCFC123456,CP-8841-K9=\n");
    assert_eq!(phone(&inventory).mac_evidence().unreadable(), Some("Kari Nordmann"));
    assert!(inventory.fleet().rows()[1].phone().mac_evidence().known().is_some());
    let both = read("Name,MAC,PID\nKari Nordmann,00CCFC123456,CP-8841-K9=\n");
    assert!(phone(&both).mac_evidence().known().is_some());
}

#[test]
fn a_product_code_beside_a_model_is_no_evidence() {
    // 568 is what Unified CM calls the product of an 8841; as the code of a model, 36217 would be an 8811.
    for product in ["568", "36217"] {
        let inventory = read(&format!("Name,Model,Product\nSEP00CCFC123456,683,{product}\n"));
        assert_eq!(phone(&inventory).product().known().map(|product| product.model().to_string()), Some("8841".into()));
        let inventory = read(&format!("Name,Model,Product\nSEP00CCFC123456,Cisco 8841,{product}\n"));
        assert_eq!(phone(&inventory).product_text(), Some("Cisco 8841"));
    }
    // A model is one.
    let inventory = read("Model,Product\nCisco 8841,8851\n");
    assert!(phone(&inventory).product().sides().is_some());
}

#[test]
fn a_cell_that_nobody_can_read_hides_no_other() {
    let text = "PID,Model,VID,Hardware Version,MAC,Name,Active Load ID,Load\n\
                N/A,Cisco 8841,-,V05,n/a,SEP00CCFC123456,none,sip88xx.14-2-1-0101-26\n\
                N/A,,-,?,n/a,reception,none,\n\
                Cisco 7821,8841 or so,V03,-,00CCFC123457,lobby,sip78xx.14-2-1-0101-26,none\n";
    let inventory = read(text);
    let phones: Vec<_> = inventory.fleet().rows().iter().map(|row| row.phone()).collect();
    let [read, unreadable, best] = &*phones else { panic!("{inventory}") };
    let same = Phone::new("Cisco 8841").vid("V05").mac("SEP00CCFC123456").load("sip88xx.14-2-1-0101-26");
    assert_eq!(**read, same);
    // What nobody can read in any column is kept, of the best one.
    assert_eq!(unreadable.product_text(), Some("N/A"));
    assert_eq!(unreadable.vid_evidence().unreadable(), Some("-"));
    assert_eq!(unreadable.mac_evidence().unreadable(), Some("n/a"));
    assert_eq!(unreadable.load_evidence().unreadable(), Some("none"));
    assert_eq!(best.product_text(), Some("Cisco 7821"));
    let document = csv::read_document(&Document::new("a.csv", text), &[]).unwrap();
    assert!(document.fleet().rows().iter().map(|row| row.phone()).eq(phones.iter().copied()));
    // The code of a product is none of a model, even if the code of the model is unknown.
    let inventory = self::read("Name,Model,Product\nSEP00CCFC123456,99999,36217\n");
    assert_eq!(phone(&inventory).product().unreadable(), Some("99999"));
}

#[test]
fn a_version_id_is_a_vid_or_what_runs() {
    let one = |cells: &str| read(&format!("PID,versionID,hardwareRevision\nCP-8841-K9=,{cells}\n"));
    let vid = |inventory: &CsvInventory| phone(inventory).vid_evidence().known().map(|vid| vid.to_string());
    assert_eq!(vid(&one("= V02,1.0")).as_deref(), Some("V02"));
    let load = one("sip88xx.14-1-1-0001-125,V03");
    assert_eq!(vid(&load).as_deref(), Some("V03"));
    assert_eq!(phone(&load).load_evidence().known().map(|load| load.firmware_type()), Some(FirmwareType::Enterprise),);
    assert_eq!(
        phone(&one("5,V03")).vid_evidence().unreadable(),
        Some("5"),
        "a number there is none, and is not skipped"
    );
}

#[test]
fn spellings_within_a_cell_are_read() {
    let glued = read("PID VID\nCP-7841-K9= V20\n");
    let product = phone(&glued).product().known().expect("a product");
    assert_eq!(product.vid().map(|vid| vid.to_string()).as_deref(), Some("V20"));
    let agent = read("Product\nCisco-CP-8841-3PCC/11.0.1 (00562b043615)\n");
    let product = phone(&agent).product().known().expect("a product");
    assert_eq!(product.release(), "11.0.1".parse::<Release>().ok());
    for name in ["SEP00ccfc123456", "sep00CCFC123456", "00:cc:fc:12:34:56", "00cc.fc12.3456"] {
        let inventory = read(&format!("Device Name,Model\n{name},IP Phone 8841\n"));
        let mac = phone(&inventory).mac_evidence().known().map(|mac| mac.to_string());
        assert_eq!(mac.as_deref(), Some("00CCFC123456"), "{name}");
    }
}

#[test]
fn labels_are_kept_beside_the_evidence() {
    let text = "Device Name,Description,IP Address,Status,Node,PID\nSEP00CCFC123456, Reception ,10.0.1.101,Registered,cucm-pub,CP-8841-K9=\n,,,,,CP-8841-K9=\n";
    let inventory = csv::read_document(&Document::new("a.csv", text), &[]).unwrap();
    let rows = inventory.fleet().rows();
    let label = rows[0].label().expect("a label");
    let parts = [&label.name, &label.description, &label.ip_address, &label.status, &label.node];
    let expected = ["SEP00CCFC123456", "Reception", "10.0.1.101", "Registered", "cucm-pub"];
    assert_eq!(parts.map(|part| part.as_deref().unwrap_or_default()), expected);
    assert!(rows[1].label().is_none());
}

#[test]
fn a_header_behind_a_mark_is_not_beaten_by_a_row() {
    let header = "#Device Name,Model,VID,Description";
    let row = "SEP00CCFC000001,Cisco 8841,V05,";
    for (description, more) in [("Model", ""), ("Name", ""), ("\"VID\"", ""), ("Model", "# Model\n"), ("Desk", "")] {
        let text = format!("{header}\n{more}{row}{description}\n{row}x\n");
        let inventory = read(&text);
        assert_eq!(columns(&inventory), "pid: Model; vid: VID; mac: #Device Name", "{text}");
        assert_eq!((inventory.fleet().rows().len(), inventory.broken_rows().len()), (2, 0), "{text}");
        assert!(inventory.fleet().rows().iter().all(|row| row.phone().mac_evidence().known().is_some()), "{text}");
    }
    // A comment above a header says fewer names than it, or the header nothing but names.
    for (comment, header) in [
        ("# PID, VID of the label", "Device Name,PID,VID"),
        ("# Model, VID, MAC, Serial", "Model,VID"),
        ("# Model", "Model,Room"),
        ("# Model,VID", "Model,VID"),
        ("# Model, VID and so on", "Model,VID,Room"),
    ] {
        let inventory = read(&format!("{comment}\n{header}\n"));
        assert_eq!(inventory.columns().headers().join(","), header);
        assert_eq!((inventory.fleet().rows().len(), inventory.notes()), (0, &["line 1: a comment".to_owned()][..]));
    }
    // A row is none because of what it says, and not because of how many names or cells it has.
    for (text, rows, broken) in [
        ("#MAC,Description\n00CCFC000001,Desk\n00CCFC000002,Model\n00CCFC000003,x\n", 3, 0),
        (
            "#Device Name,Model,VID,Description\nSEP00CCFC000001,Cisco 8841,V05,a\n\
             SEP00CCFC000002,Cisco 8841,V05,Model,stray\nSEP00CCFC000003,Cisco 8841,V05,b\n",
            3,
            1,
        ),
        ("#Device Name,Note,More\nSEP00CCFC000001,Model,VID\nSEP00CCFC000002,Model,Model\n", 2, 0),
        ("#PID,Note,More\nCP-8841-K9=,Model,Serial\nlobby,Model,\n?,Name,Model\n", 3, 0),
        ("#VID,Note\nV05,Model\n?,Model\n", 2, 0),
        ("#Load,Note\n?,a\nsip88xx.14-2-1-0101-26,Model\n?,Model\n# Model\n?,b\n", 4, 0),
        ("#Device Name,Model,Note\nlobby,,Model\nSEP00CCFC000002,Cisco 8841,x\n", 2, 0),
    ] {
        let inventory = read(text);
        assert_eq!((inventory.fleet().rows().len(), inventory.broken_rows().len()), (rows, broken), "{text}");
        assert!(inventory.columns().headers()[0].starts_with('#'), "{text}");
    }
    // A header is one though it says fewer names.
    let inventory = read("# Model, VID, MAC\nDevice Name,Room,Floor\nSEP00CCFC000001,1,2\n");
    assert_eq!((columns(&inventory).as_str(), inventory.fleet().rows().len()), ("mac: Device Name", 1));
    assert!(phone(&inventory).mac_evidence().known().is_some());
    // The columns that the caller chose count as names.
    let chosen =
        [ChosenColumn::new(InventoryField::Pid, "#Artikel"), ChosenColumn::new(InventoryField::Serial, "Nummer")];
    let file = b"#Artikel,Nummer,x\nCP-8841-K9=,FCH18219LDW,Model\n";
    let inventory = csv::read_with(file, &chosen).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(inventory.fleet().rows().len(), 1);
}

/// A column that is named by the first phone is no header: the phone would be lost.
#[test]
fn a_phone_is_no_header_whoever_names_it() {
    let text = b"SEP00CCFC123456,CP-8841-K9=,V05\nSEP00CCFC123457,CP-8841-K9=,V05\n";
    let first = csv::read(text).expect_err("no header").to_string();
    assert!(first.contains("write a line of headers in front"), "{first}");
    for named in ["CP-8841-K9=", "SEP00CCFC123456"] {
        let columns = [ChosenColumn::new(InventoryField::Pid, named)];
        let error = csv::read_with(text, &columns).expect_err("no header").to_string();
        assert!(error.contains(named) && error.contains("write one in front"), "{error}");
    }
}

/// Two tables side by side: nobody knows which of two cells is of the phone.
#[test]
fn a_named_column_that_stands_twice_is_heard_twice() {
    let columns = [ChosenColumn::new(InventoryField::Mac, "MAC")];
    let text = b"MAC,Model,MAC\n00CCFC123456,8841,00CCFC123457\n00CCFC123458,8841,\n";
    let inventory = csv::read_with(text, &columns).expect("a table");
    let [differs, same] = inventory.fleet().rows() else { panic!("{inventory:?}") };
    assert!(differs.phone().mac_evidence().sides().is_some());
    assert!(same.phone().mac_evidence().known().is_some());
}
