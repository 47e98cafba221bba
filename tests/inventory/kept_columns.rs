//! Columns of the caller: they come with the phones from every source, and decide nothing.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
    TimestampSecondArray,
};
use crossgrade::audit::ResultColumn;
use crossgrade::columnar;
use crossgrade::exports::fleet;
use crossgrade::fleet::{FleetColumn, Source, SourceKind};
use crossgrade::inventory::{Document, Inventory, Keep, KeptColumn, ReadOptions, csv, read};
use crossgrade::merge::{Settlement, Settlements, merge, merge_settled};
use crossgrade::{Destination, Field, FleetRow, Request, RuleBook};
use crossgrade_tests::workbook::{Sheet, texts, workbook};

const PAGE: &str = "<DeviceInformation><MACAddress>00CCFC123456</MACAddress></DeviceInformation>";

fn keep(text: &str) -> Keep {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn keeping(name: &str, bytes: impl AsRef<[u8]>, keep: Keep) -> Result<Inventory, String> {
    let mut options = ReadOptions::default();
    options.keep = keep;
    read(&Document::new(name, bytes.as_ref()), &options).map_err(|error| error.to_string())
}

fn inventory(name: &str, bytes: impl AsRef<[u8]>, columns: &str) -> Inventory {
    keeping(name, bytes, keep(columns)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn kept(row: &FleetRow) -> Vec<(&str, &str)> {
    row.kept().collect()
}

#[test]
fn every_source_with_columns_keeps_them() {
    let table = "Device Name,Model,Room No,Description\nSEP00CCFC123456,Cisco 7821, 1.23 ,Reception\nSEP00CCFC123457,Cisco 8841,\u{a0},\n";
    let rows = [
        ["Device Name", "Model", "Room No", "Description"],
        ["SEP00CCFC123456", "Cisco 7821", " 1.23 ", "Reception"],
        ["SEP00CCFC123457", "Cisco 8841", "\u{a0}", ""],
    ];
    let rows: Vec<&[&str]> = rows.iter().map(|row| row.as_slice()).collect();
    let book = workbook(&[Sheet::new("Phones", texts(&rows))]);
    for (name, bytes) in [("a.csv", table.as_bytes()), ("a.xlsx", &book)] {
        let inventory = inventory(name, bytes, "room_no,model=Model,text=description");
        let [first, second] = inventory.fleet().rows() else { panic!("{inventory}") };
        assert_eq!(kept(first), [("room_no", " 1.23 "), ("model", "Cisco 7821"), ("text", "Reception")], "{name}");
        assert_eq!(kept(second), [("model", "Cisco 8841")], "blank says nothing");
        // A column is read as a field all the same.
        assert_eq!(first.phone().product_text(), Some("Cisco 7821"));
        assert_eq!(inventory.fleet().kept_columns().collect::<Vec<_>>(), ["room_no", "model", "text"]);
        let told = inventory.to_string();
        assert!(
            told.contains("    kept           Room No as room_no, Model as model, Description as text\n"),
            "{told}"
        );
        assert!(!told.contains("not read"), "{told}");
    }
}

#[test]
fn devices_of_services_keep_what_they_say_under_a_name() {
    let answer = "<CmNodes><item><Name>pub</Name><CmDevices><item><Name>SEP00CCFC123456</Name><Model>683</Model>\
        <Httpd>Yes</Httpd><IPAddress><item><IP>10.0.0.1</IP></item><item><IP>10.0.0.2</IP></item></IPAddress>\
        <Description>Oslo 3</Description></item></CmDevices></item></CmNodes>";
    let columns = "httpd,addresses=IPAddress,site=Description";
    let expected = [("httpd", "Yes"), ("addresses", "10.0.0.1 and 10.0.0.2"), ("site", "Oslo 3")];
    let as_json = r#"{"CmNodes": [{"Name": "pub", "CmDevices": [{"Name": "SEP00CCFC123456", "Model": 683, "Httpd": "Yes",
        "IPAddress": [{"IP": "10.0.0.1"}, {"IP": "10.0.0.2"}], "Description": {"_value_1": "Oslo 3"}}]}]}"#;
    for (name, answer) in [("risport.xml", answer), ("risport.json", as_json)] {
        let inventory = inventory(name, answer, columns);
        assert_eq!(kept(&inventory.fleet().rows()[0]), expected, "{name}");
        let error = keeping(name, answer, keep("Room")).unwrap_err();
        assert!(error.contains(r#"no column "Room" to keep; expected one of ["Description", "Httpd", "#), "{error}");
    }
    let devices = r#"{"items": [{"product": "Cisco 8841", "mac": "00CCFC123456", "displayName": "Oslo 3", "tags": [1, "b"],
        "locationId": null, "floor": 3, "workspaceId": "x"}, {"product": "Cisco 8851", "location_id": "L2", "workspaceId": "y"}]}"#;
    let inventory = inventory("devices.json", devices, "owner=displayName,tags,locationId,floor");
    let [first, second] = inventory.fleet().rows() else { panic!("{inventory}") };
    assert_eq!(kept(first), [("owner", "Oslo 3"), ("tags", "[1, \"b\"]"), ("floor", "3")]);
    assert_eq!(kept(second), [("locationId", "L2")]);
    let error = keeping("devices.json", devices, keep("Room")).unwrap_err();
    assert!(error.contains(r#""displayName", "floor", "locationId""#), "{error}");
}

#[test]
fn the_columns_of_a_list_of_control_hub_are_kept() {
    let list = "Product,MAC Address,Connection Status,Location\nCisco 8841,00CCFC123456,connected,Oslo\n";
    let mut options = ReadOptions::default();
    options.kind = Some(SourceKind::Webex);
    options.keep = keep("Location");
    let inventory = read(&Document::new("devices.csv", list), &options).expect("a list");
    assert_eq!(kept(&inventory.fleet().rows()[0]), [("Location", "Oslo")]);
    assert_eq!(inventory.fleet().kept_columns().collect::<Vec<_>>(), ["Location"]);
}

#[test]
fn a_table_keeps_texts_numbers_and_booleans() {
    let columns: [(&str, ArrayRef); 5] = [
        ("PID", Arc::new(StringArray::from(vec!["CP-7821-K9=", "CP-8841-K9="]))),
        ("Floor", Arc::new(Int64Array::from(vec![Some(3), None]))),
        ("Area", Arc::new(Float64Array::from(vec![2.5, 4.0]))),
        ("Spare", Arc::new(BooleanArray::from(vec![true, false]))),
        ("Bought", Arc::new(TimestampSecondArray::from(vec![0, 1]))),
    ];
    let table = RecordBatch::try_from_iter(columns).expect("a table");
    let read = |columns: &str| {
        let reader = RecordBatchIterator::new([Ok(table.clone())], table.schema());
        columnar::read_keeping(reader, Source::new(SourceKind::Table, "assets"), &[], &keep(columns))
    };
    let inventory = read("Floor,Area,Spare,article=PID").expect("an inventory");
    let [first, second] = inventory.fleet().rows() else { panic!("{inventory}") };
    assert_eq!(kept(first), [("Floor", "3"), ("Area", "2.5"), ("Spare", "true"), ("article", "CP-7821-K9=")]);
    assert_eq!(kept(second), [("Area", "4"), ("Spare", "false"), ("article", "CP-8841-K9=")]);
    let error = read("Bought").unwrap_err().to_string();
    assert!(error.starts_with("audit: column \"Bought\", kept as \"Bought\", is of type Timestamp"), "{error}");
    let error = read("Room").unwrap_err().to_string();
    assert!(error.starts_with("inventory: there is no column \"Room\" to keep; expected one of [\"PID\", "), "{error}");
}

#[test]
fn the_best_source_that_says_something_counts_and_what_others_say_is_told() {
    let answer = "<CmNodes><item><CmDevices><item><Name>SEP00CCFC123456</Name><Model>621</Model>\
        <Description>Oslo</Description></item></CmDevices></item></CmNodes>";
    let merged = merge([
        inventory(
            "labels.csv",
            "MAC,PID,Owner,Description\n00CCFC123456,CP-7821-K9=,Kari,Bergen\n",
            "Owner,site=Description",
        ),
        inventory("assets.csv", "MAC,Owner\n00CCFC123456,Ola\n00CCFC123457,Liv\n", "OWNER"),
        keeping("risport.xml", answer, keep("Owner,site=Description").optional()).expect("an answer"),
        keeping("10.0.0.1.xml", PAGE, Keep::default()).expect("a page"),
    ]);
    let [first, second] = merged.fleet().rows() else { panic!("{merged}") };
    assert_eq!((first.kept_in("owner"), first.kept_in("site")), (Some("Kari"), Some("Oslo")));
    assert_eq!(kept(second), [("OWNER", "Liv")]);
    assert_eq!(merged.fleet().kept_columns().collect::<Vec<_>>(), ["Owner", "site"]);
    let problem = FleetColumn::Problem.text(merged.fleet(), first).expect("a problem");
    assert_eq!(
        problem,
        "Owner: \"Kari\" (labels.csv line 2) or \"Ola\" (assets.csv line 2): the first is kept; \
         site: \"Oslo\" (risport.xml device 1) or \"Bergen\" (labels.csv line 2): the first is kept"
    );
    assert_eq!(FleetColumn::Problem.text(merged.fleet(), second), None);
}

#[test]
fn devices_of_one_phone_are_one_source_each() {
    let device = |status: &str, floor: &str| {
        format!("<item><Name>SEP00CCFC123456</Name><Status>{status}</Status><Floor>{floor}</Floor></item>")
    };
    let devices = [device("UnRegistered", "1"), device("Registered", "2"), device("UnRegistered", "")].concat();
    let answer = format!("<CmNodes><item><Name>pub</Name><CmDevices>{devices}</CmDevices></item></CmNodes>");
    let inventory = inventory("risport.xml", answer, "Floor");
    let [row] = inventory.fleet().rows() else { panic!("{inventory}") };
    assert_eq!(row.kept_in("Floor"), Some("2"));
    let told = "Floor: \"2\" (device 2 on pub) or \"1\" (device 1 on pub): the first is kept";
    assert_eq!(row.problem(), Some(told));
}

#[test]
fn a_column_that_no_source_has_is_an_error() {
    let error = |name, bytes: &str, columns| keeping(name, bytes, keep(columns)).unwrap_err();
    assert_eq!(
        error("a.csv", "PID,Location\nCP-7821-K9=,Oslo\n", "Location,Room"),
        r#"inventory: there is no column "Room" to keep; expected one of ["PID", "Location"]"#
    );
    assert_eq!(
        error("10.0.0.1.xml", PAGE, "Room"),
        "inventory: there is no column \"Room\" to keep; the sources have no columns"
    );
    assert_eq!(
        error("a.csv", "PID,Room,room\nCP-7821-K9=,1,2\n", "ROOM"),
        "inventory: columns \"Room\" and \"room\" could both be the column \"ROOM\" to keep; \
         expected the very header of one, or that one is renamed or removed"
    );
    assert_eq!(
        kept(&inventory("a.csv", "PID,Room,room\nCP-7821-K9=,1,2\n", "room").fleet().rows()[0]),
        [("room", "2")]
    );
    // Of no devices nobody knows what they have.
    assert!(keeping("risport.xml", "<CmNodes></CmNodes>", keep("Room")).is_ok());
    // A call with several sources fails if none of them has it.
    let both = keep("Room,Owner");
    let sources = ["PID,Room\nCP-7821-K9=,1\n", "PID,Owner\nCP-7821-K9=,Kari\n"];
    let mut inventories = sources.map(|text| keeping("a.csv", text, both.clone().optional()).expect("a file")).to_vec();
    assert_eq!(
        both.check(&inventories[0]).unwrap_err().to_string(),
        r#"inventory: there is no column "Owner" to keep; expected one of ["PID", "Room"]"#
    );
    let second = inventories.pop().expect("two");
    inventories[0].append(second.clone());
    assert_eq!(both.check(&inventories[0]), Ok(()));
    assert_eq!(both.check(merge([inventories[0].clone(), second]).inventory()), Ok(()));
}

#[test]
fn a_name_that_another_column_has_is_refused_with_the_way_out() {
    let refused = |text: &str| text.parse::<Keep>().unwrap_err().to_string();
    assert_eq!(
        refused("Description"),
        "inventory: a column cannot be kept as \"Description\": fleets have a column of this name; expected another name, \
         such as \"my_Description\" for the column \"Description\""
    );
    for name in FleetColumn::ALL
        .iter()
        .map(|column| column.as_str())
        .chain(ResultColumn::ALL.iter().map(|column| column.as_str()))
    {
        assert!(refused(&name.to_uppercase()).contains(" have a column of this name; "), "{name}");
    }
    assert!(refused("Room,room=Location").contains("\"room\": another kept column has this name"));
    assert!(refused("").contains("it is empty; expected the header of a column, such as \"Room\""));
    assert!(
        refused("=Location")
            .ends_with("it is empty; expected another name, such as \"my_Location\" for the column \"Location\"")
    );
    assert!(refused("a\u{2028}b").contains("it holds a control character or the end of a line"));
    assert!(refused(&"x".repeat(1_001)).contains("it has more than 1,000 bytes"));
    let many = (0..1_001).map(|number| KeptColumn::new(number.to_string()));
    assert!(Keep::of(many).unwrap_err().to_string().contains("1001 columns to keep; expected at most 1000"));
    // A comma of a header, and an equals sign.
    let columns = keep(r"Location\, floor,x=A=B");
    let columns: Vec<_> = columns.columns().iter().map(|column| (column.name(), column.header())).collect();
    assert_eq!(columns, [("Location, floor", "Location, floor"), ("x", "A=B")]);
}

#[test]
fn one_table_and_several_refuse_the_same_names() {
    let text = "MAC,Room,Location\n00CCFC123456,1.23,Oslo\n";
    let refused = |columns: &str| {
        let keep = match columns.parse::<Keep>() {
            Ok(keep) => keep,
            Err(error) => return [error.to_string(), error.to_string()],
        };
        let alone = csv::read_keeping(text.as_bytes(), &[], &keep).map(|_| ()).map_err(|error| error.to_string());
        [alone.unwrap_err(), keeping("a.csv", text, keep.optional()).unwrap_err()]
    };
    for (columns, why) in [
        ("firmware=Location", "a column of this name is read as a field of the phone"),
        ("Phone Model=Location", "such as \"my_Phone Model\" for the column \"Location\""),
        ("room=Location", "the table has another column of this name"),
    ] {
        for error in refused(columns) {
            assert!(error.contains(why), "{columns}: {error}");
        }
    }
}

#[test]
fn columns_of_one_header_are_kept_in_order() {
    let text =
        "MAC,Note,PID,Note,note\n00CCFC123456,a,CP-8841,b,c\n00CCFC123457,,CP-8841,b,c\n00CCFC123458,a,CP-8841,a,c\n";
    let inventory = inventory("a.csv", text, "Note,site=Note");
    let rows: Vec<_> = inventory.fleet().rows().iter().map(kept).collect();
    assert_eq!(rows[0], [("Note", "a; b"), ("site", "a; b")]);
    assert_eq!(rows[1], [("Note", "b"), ("site", "b")]);
    assert_eq!(rows[2], [("Note", "a"), ("site", "a")]);
    // Two spellings, of which the caller names neither, may be two things.
    assert!(
        keeping("a.csv", text, "NOTE".parse().expect("a name"))
            .unwrap_err()
            .contains("could both be the column \"NOTE\"")
    );
}

#[test]
fn several_columns_keep_one_element() {
    let answer = "<CmNodes><item><CmDevices><item><Name>SEP00CCFC123456</Name><Httpd>Yes</Httpd></item></CmDevices></item></CmNodes>";
    let devices = r#"{"items": [{"product": "Cisco 8841", "httpd": "Yes"}]}"#;
    for (name, text) in [("a.xml", answer), ("a.json", devices), ("a.csv", "MAC,Httpd\n00CCFC123456,Yes\n")] {
        let inventory = inventory(name, text, "a=Httpd,b=Httpd,c=HTTPD");
        assert_eq!(kept(&inventory.fleet().rows()[0]), [("a", "Yes"), ("b", "Yes"), ("c", "Yes")], "{name}");
    }
}

#[test]
fn a_phone_of_one_row_that_is_settled_keeps_its_columns() {
    let mut settlements = Settlements::new("settled");
    settlements
        .push(Settlement::new("00CCFC123456", Field::Vid, "V03").said_by("Anna").when("2026-11-20"))
        .expect("one");
    let text = "Device Name,PID,VID,Room\nSEP00CCFC123456,CP-7821-K9=,V01,1.23\n";
    let merged = merge_settled([inventory("a.csv", text, "Room")], &settlements).expect("a merge");
    assert_eq!(kept(&merged.fleet().rows()[0]), [("Room", "1.23")]);
    assert_eq!(merged.report().settled, 1);
}

#[test]
fn a_merge_of_merges_names_the_place_where_a_text_was_said() {
    let answer = "<CmNodes><item><CmDevices><item><Name>SEP00CCFC123456</Name></item></CmDevices></item></CmNodes>";
    let room = |name: &str, room: &str| inventory(name, format!("MAC,Room\n00CCFC123456,{room}\n"), "Room");
    let page = keeping("risport.xml", answer, Keep::default()).expect("an answer");
    let (first, _) = merge([page, room("a.csv", "1")]).into_parts();
    let (second, _) = merge([room("b.csv", ""), room("c.csv", "2")]).into_parts();
    let merged = merge([second, first]);
    assert_eq!(
        merged.fleet().rows()[0].problem(),
        Some("Room: \"2\" (c.csv line 2) or \"1\" (a.csv line 2): the first is kept")
    );
}

#[test]
fn a_row_that_is_set_aside_is_asked_last() {
    let answer = |status: &str, floor: &str| {
        format!(
            "<CmNodes><item><CmDevices><item><Name>SEP00CCFC123456</Name><Status>{status}</Status><Floor>{floor}</Floor>\
             <Wing>{floor}</Wing></item></CmDevices></item></CmNodes>"
        )
    };
    let stale = || inventory("stale.xml", answer("UnRegistered", "1"), "Floor,Wing");
    let registered = keeping("now.xml", answer("Registered", ""), Keep::default()).expect("an answer");
    let list = inventory("list.csv", "MAC,Floor\n00CCFC123456,3\n", "Floor");
    let merged = merge([stale(), registered, list]);
    assert_eq!(kept(&merged.fleet().rows()[0]), [("Floor", "3"), ("Wing", "1")]);
}

#[test]
fn a_fleet_that_is_written_is_read_again_with_what_is_kept() {
    // Names that are read as fields elsewhere, and texts that are rows elsewhere.
    let columns = "Active Load ID,Product ID,Device Name,Firmware,shelf=Room";
    let text = "MAC,Model,Active Load ID,Product ID,Device Name,Firmware,Room\n\
        00CCFC123456,Cisco 7821,sip78xx.14-2-1-0101-26,,SEP00CCFC123456,,\"=1+1\n,\"\"x\"\n";
    let first = inventory("a.csv", text, columns);
    let written = fleet::to_csv(first.fleet()).expect("a file");
    let again = inventory("fleet.csv", &written, &columns.replace("shelf=Room", "shelf"));
    assert_eq!(kept(&again.fleet().rows()[0]), kept(&first.fleet().rows()[0]));
    assert_eq!(again.fleet().rows()[0].kept_in("shelf"), Some("=1+1\n,\"x"));
    assert_eq!(again.fleet().rows()[0].phone(), first.fleet().rows()[0].phone());
    assert_eq!(csv::read(&written).expect("a fleet").fleet().rows()[0].phone(), first.fleet().rows()[0].phone());
    assert_eq!(fleet::to_csv(again.fleet()).map(|again| columns_of(&again)), Ok(columns_of(&written)));
}

fn columns_of(csv: &[u8]) -> Vec<u8> {
    csv.split(|byte| *byte == b'\n').next().unwrap_or_default().to_vec()
}

#[test]
fn nothing_is_kept_of_a_row_that_cannot_be_trusted() {
    let inventory = inventory("a.csv", "PID,VID,Room\nCP-7821-K9=,V03,1,stray\nCP-7821-K9=,V03,2\n", "Room");
    let rooms: Vec<_> = inventory.fleet().rows().iter().map(|row| row.kept_in("Room")).collect();
    assert_eq!(rooms, [None, Some("2")]);
}

#[test]
fn an_impact_tells_what_is_kept_of_the_phones_that_change() {
    let (guide, field) = (RuleBook::guide(), RuleBook::field());
    let text = include_bytes!("../../examples/data/fleet.csv");
    let headers = csv::read(text).expect("a fleet").columns().headers().to_vec();
    let keep = Keep::of([KeptColumn::named("article", &headers[0])]).expect("a name");
    let inventory = csv::read_keeping(text, &[], &keep).expect("a fleet");
    let impact = inventory.fleet().impact(guide, field, &Request::to(Destination::WebexCalling));
    let row = impact.rows().iter().find(|row| !row.kept.is_empty()).expect("a phone that changes");
    assert_eq!(row.kept[0].0, "article");
    assert!(impact.to_json().contains("\"kept\":{\"article\":"));
}
