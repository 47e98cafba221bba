//! Laws of header words: every word is found, everyday words make no evidence of what is of something else, and a word in a text
//! is no table.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, StringArray};
use crossgrade::Phone;
use crossgrade::columnar;
use crossgrade::fleet::{Source, SourceKind};
use crossgrade::inventory::csv::{self, CsvInventory};
use crossgrade::inventory::{Document, InventoryError, InventoryField, ReadOptions, read, recognize};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn of(text: &str) -> CsvInventory {
    csv::read(text.as_bytes()).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn phones(text: &str) -> Vec<Phone<'static>> {
    of(text).fleet().rows().iter().map(|row| row.phone().clone()).collect()
}

/// Every header of every field, but for that of fleets.
fn words() -> impl Strategy<Value = (InventoryField, &'static str)> {
    let fields = InventoryField::ALL.iter().filter(|field| **field != InventoryField::Contradictions);
    let words =
        fields.flat_map(|field| field.headers().iter().flat_map(|rank| rank.iter()).map(|word| (*field, *word)));
    select(words.collect::<Vec<_>>())
}

/// A word as somebody else writes it.
fn spelled(word: &str, case: u8, between: &str) -> String {
    let word = match case {
        0 => word.to_owned(),
        1 => word.to_uppercase(),
        _ => word.to_lowercase(),
    };
    word.replace(' ', between)
}

/// The phones of a table of Arrow with the cells of this one row.
fn by_arrow(header: &[&str], cells: &[&str]) -> Vec<Phone<'static>> {
    let columns = header.iter().zip(cells).map(|(header, cell)| {
        let texts: ArrayRef = Arc::new(StringArray::from(vec![*cell]));
        (*header, texts)
    });
    let batch = RecordBatch::try_from_iter(columns).expect("a table");
    let table = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    let inventory = columnar::read(table, Source::new(SourceKind::Table, "a"), &[]).expect("an inventory");
    inventory.fleet().rows().iter().map(|row| row.phone().clone()).collect()
}

/// Columns that are known, with a cell that reads, and beside each what everyday columns may say of something else.
const KNOWN: [(&str, &str); 6] = [
    ("PID", "CP-8841-K9="),
    ("VID", "V05"),
    ("MAC Address", "00CCFC123456"),
    ("Seriennummer", "FCH20100312"),
    ("Active Load ID", "sip88xx.14-2-1-0101-26"),
    ("Transition Authorization", "Classic"),
];

const EVERYDAY: [&str; 9] =
    ["Version", "Platform", "License", "Produkt", "Carga", "Matricola", "Device", "Berechtigung", "IPPhone"];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "CP-7821-K9=",
            "V01",
            "00CCFC999999",
            "FCH20100399",
            "sip78xx.12-8-1-0001-455",
            "WxC",
            "12.0.3",
            "8851"
        ])
        .prop_map(str::to_owned),
        "[A-Za-z0-9 .:-]{0,12}",
    ]
}

proptest! {
    #[test]
    fn every_word_is_found_beside_a_product(
        (field, word) in words(), case in 0..3_u8, between in select(vec![" ", "_", "-", "", "  "])
    ) {
        let word = spelled(word, case, between);
        let other = if field == InventoryField::Pid { "VID" } else { "PID" };
        let inventory = of(&format!("{other},\"{word}\"\n"));
        prop_assert_eq!(inventory.columns().read_from(field).collect::<Vec<_>>(), [word.as_str()]);
    }

    /// What stands below an everyday word neither beats nor contradicts what a known column says, whatever it is.
    #[test]
    fn everyday_columns_change_nothing_beside_known_ones(
        everyday in subsequence(EVERYDAY.to_vec(), 1..9), cells in prop::collection::vec(cell(), 9), in_front in any::<bool>()
    ) {
        let known: Vec<_> = KNOWN.to_vec();
        let others: Vec<_> = everyday.iter().copied().zip(cells.iter().map(String::as_str)).collect();
        let all: Vec<_> = if in_front { [others, known.clone()].concat() } else { [known.clone(), others].concat() };
        let table = |columns: &[(&str, &str)]| {
            let (header, cells): (Vec<_>, Vec<_>) = columns.iter().copied().unzip();
            format!("{}\n{}\n", header.join(","), cells.join(","))
        };
        let (header, cells): (Vec<_>, Vec<_>) = all.iter().copied().unzip();
        let (text, expected) = (table(&all), phones(&table(&known)));
        prop_assert_eq!(&phones(&text), &expected, "{}", text);
        prop_assert_eq!(&by_arrow(&header, &cells), &expected, "{}", text);
    }

    /// Where they alone say something, the first that reads counts, by every door alike.
    #[test]
    fn everyday_columns_are_read_alike_by_all_doors(
        everyday in subsequence(EVERYDAY.to_vec(), 1..9).prop_shuffle(), cells in prop::collection::vec(cell(), 10)
    ) {
        let header: Vec<_> = [vec!["Model"], everyday].concat();
        let cells: Vec<_> = cells.iter().take(header.len()).map(String::as_str).collect();
        // A text has no row where no cell says anything; a table in memory has one.
        prop_assume!(cells.iter().any(|cell| !cell.trim().is_empty()));
        let text = format!("{}\n{}\n", header.join(","), cells.join(","));
        prop_assert_eq!(phones(&text), by_arrow(&header, &cells), "{}", text);
        let document = csv::read_document(&Document::new("a.csv", &text), &[]).expect("a table");
        let of_document: Vec<_> = document.fleet().rows().iter().map(|row| row.phone().clone()).collect();
        prop_assert_eq!(phones(&text), of_document, "{}", text);
        let is_readable = |phone: &Phone<'_>| phone.serial_evidence().unreadable().is_none();
        prop_assert!(phones(&text).iter().all(is_readable), "{}", text);
    }

    /// An unknown column changes nothing, nor does the order of columns of different ranks.
    #[test]
    fn the_order_of_columns_changes_nothing(
        columns in Just(KNOWN.to_vec()).prop_shuffle(), at in 0..6_usize, header in "[Qq]x[a-z]{0,8}", cell in cell()
    ) {
        let mut columns = columns;
        columns.insert(at, (&header, &cell));
        let (headers, cells): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let (known, values): (Vec<_>, Vec<_>) = KNOWN.into_iter().unzip();
        let text = format!("{}\n{}\n", headers.join(","), cells.join(","));
        prop_assert_eq!(phones(&text), phones(&format!("{}\n{}\n", known.join(","), values.join(","))), "{}", text);
    }

    /// One word of a text is no table, whichever it is and wherever it stands.
    #[test]
    fn a_word_in_a_text_is_no_table(
        (_, word) in words(),
        before in prop::collection::vec("[a-z]{2,9}( [a-z]{2,9}){1,4}", 0..5),
        behind in prop::collection::vec("[a-z]{2,9}( [a-z]{2,9}){1,4}", 1..5),
        more in prop_oneof![Just(""), Just(":"), Just(" :")]
    ) {
        let text = [before, vec![format!("\"{word}{more}\"")], behind].concat().join("\n");
        let refused = csv::read(text.as_bytes()).map(|inventory| inventory.fleet().rows().len());
        let is_told = matches!(refused, Err(InventoryError::LoneHeader { .. } | InventoryError::NoColumn { .. }));
        prop_assert!(is_told, "{:?}: {:?}", text, refused);
    }

    /// A table of one column is one, if what stands below is what it says.
    #[test]
    fn one_column_is_a_table_by_what_stands_below(
        (word, cells) in select(vec![
            ("PID", ["CP-8841-K9=", "CP-7821-K9=", "nobody knows"]),
            ("Modell", ["Cisco 8841", "8851", "x"]),
            ("MAC-Adresse", ["00CCFC123456", "SEP00CCFC123457", "n/a"]),
            ("Seriennummer", ["FCH20100312", "FCH20100313", "-"]),
            ("Device Name", ["CSFANNA", "BOTANNA", "SEP00CCFC123456"]),
        ]),
        titles in prop::collection::vec("[a-z]{2,9} [a-z]{2,9}", 0..4)
    ) {
        let text = [titles.join("\n"), word.to_owned(), cells.join("\n")].join("\n");
        prop_assert_eq!(of(text.trim_start()).fleet().rows().len(), cells.len(), "{}", text);
    }
}

#[test]
fn the_headers_of_real_files_are_read() {
    let of_script = "IP Address,Location,Model #,Serial #,Name,MAC Address,DN,Version,Hardware Rev,Port Speed,TFTP Server\n\
                     10.1.1.15,IDF1,CP-8841,FCH2043ABCD,SEP00CCFC000061,00:CC:FC:00:00:61,2001,sip88xx.12-5-1SR3-74,V05,1000 Full,10.9.9.9\n";
    let german = "Ger\u{e4}t;Modell;Hardwareversion;MAC-Adresse;Seriennummer\n\
                  Telefon 1;CP-8841;V05;00:CC:FC:00:00:61;FCH2043ABCD\n";
    for text in [of_script, german] {
        let phones = phones(text);
        let [phone] = &*phones else { panic!("{text}") };
        assert_eq!(phone.vid_evidence().known().map(|vid| vid.to_string()).as_deref(), Some("V05"), "{text}");
        assert_eq!(phone.product_text(), Some("CP-8841"));
        assert_eq!(phone.serial_evidence().known().map(|serial| serial.to_string()).as_deref(), Some("FCH2043ABCD"));
        assert_eq!(phone.mac_evidence().known().map(|mac| mac.to_string()).as_deref(), Some("00CCFC000061"), "{text}");
    }
    assert!(phones(of_script)[0].load_evidence().known().is_some());
}

#[test]
fn what_is_configured_is_not_what_runs() {
    for header in [
        "Phone Load Name",
        "loadInformation",
        "specialloadinformation",
        "Device Specific Load",
        "d.loadinformation",
        "Load Information",
        "Device Load",
        "Boot Load ID",
        "bootLoadID",
        "InactiveLoadID",
    ] {
        let phones = phones(&format!("Name,Model,{header}\nSEP00CCFC123456,Cisco 8841,sip88xx.12-8-1-0001-455\n"));
        assert_eq!(phones[0], Phone::new("Cisco 8841").mac("SEP00CCFC123456"), "{header}");
    }
}

#[test]
fn a_listing_of_neighbors_is_no_table() {
    let listing = "SW1#show cdp neighbors detail\n-------------------------\nDevice ID: SEP0041D2000005\n\
                   Platform: Cisco IP Phone 8845,  Capabilities: Host Phone Two-port Mac Relay\nHoldtime : 163 sec\n\n\
                   Version :\nsip8845_65.14-1-1MN-18\n\nadvertisement version: 2\n";
    assert!(csv::read(listing.as_bytes()).is_err());
    // One word, and a load below it, is no list of phones either.
    assert!(csv::read(b"Version\nsip8845_65.14-1-1MN-18\n").is_err());
}

/// Tools write what a switch sees as tables; a switch and an access point are no phones, and a phone is one line of many.
#[test]
fn a_table_of_neighbors_is_no_table_of_phones() {
    for headers in [
        "Device ID,Local Intrfce,Holdtme,Capability,Platform,Port ID",
        "destination_host,management_ip,platform,remote_port,local_port,software_version,capabilities",
        "neighbor,local_interface,capability,platform,neighbor_interface",
        "NEIGHBOR_ID,LOCAL_INTERFACE,CAPABILITY,PLATFORM,NEIGHBOR_INTERFACE,VERSION",
        "local_interface,chassis_id,neighbor_port_id,neighbor_name,system_description,capabilities",
    ] {
        let count = headers.split(',').count();
        let cells: Vec<_> =
            ["SEP00CCFC000001", "Gig 1/0/5", "130", "Cisco IP Phone 8845", "H P M", "Port 1", "x"][..count].to_vec();
        let csv = format!("{headers}\n{}\n", cells.join(","));
        let members: Vec<_> =
            headers.split(',').zip(&cells).map(|(key, cell)| format!("\"{key}\": \"{cell}\"")).collect();
        let json = format!("[{{{}}}]", members.join(", "));
        let told = read(&Document::new("a.csv", &csv), &ReadOptions::default()).expect_err(&csv).to_string();
        assert!(told.contains("neighbors that a switch or router sees"), "{csv}: {told}");
        assert!(told.contains("expected an inventory of phones"), "{told}");
        assert!(read(&Document::new("a.json", &json), &ReadOptions::default()).is_err(), "{json}");
    }
    // What a phone says of the switch stands beside the phone.
    let text = "Name,Model,Device ID,Local Interface,Port ID\nSEP00CCFC000001,CP-8845,SW1,Gig 1/0/5,Port 1\n";
    assert_eq!(phones(text).len(), 1);
}

#[test]
fn why_a_word_is_no_header_is_told_with_the_way_out() {
    let text = "Phones of Oslo\nModel,Room\nsome,1\nother,2\n";
    let told = csv::read(text.as_bytes()).unwrap_err().to_string();
    let expected = "inventory: line 2: \"Model\" alone is the name of a column that is read, and of the rows below it none says a pid \
                    (2 were looked at); expected a header with two such names, such as Model and MAC Address, or cells that read so; \
                    say which column is which: --columns pid=HEADER on a command line, columns={\"pid\": HEADER} in Python, \
                    \"pid=HEADER\" in columns in C, ChosenColumn::new in Rust";
    assert_eq!(told, expected);
    // A header of a file without a row is one.
    assert_eq!(of("Model,Room\n").fleet().rows().len(), 0);
}

#[test]
fn repeated_columns_that_do_not_decide_refuse_no_table() {
    // As Bulk Administration writes it: many columns, of which some have one name.
    let lines =
        (1..=12).map(|_| "Line Description 1,Line Text Label 1,Description,Model").collect::<Vec<_>>().join(",");
    let header = format!("Device Name,Device Type,Description,{lines}");
    let cells = format!("SEP00CCFC123456,Cisco 8841,,{}", ["a,b,Desk,"; 12].join(","));
    let inventory = of(&format!("{header}\n{cells}\n").replace("Device Type", "PID"));
    assert_eq!(inventory.fleet().rows().len(), 1);
    let note = "are read as one field: what two of them say differently is a contradiction of the phone";
    assert!(
        inventory.notes().iter().any(|told| told.starts_with("columns \"Model\", \"Model\"") && told.ends_with(note))
    );
    let document = Document::new("bat.csv", "Device Name,Description,PID,description\nSEP00CCFC123456,,8841,Desk\n");
    let labeled = read(&document, &ReadOptions::default()).expect("a table");
    assert_eq!(labeled.fleet().rows()[0].label().and_then(|label| label.description.as_deref()), Some("Desk"));
    // Where two known columns could both decide, nobody knows which.
    let error = csv::read(b"Model,Phone Model\nCisco 8841,Cisco 8851\n").unwrap_err();
    assert!(matches!(error, InventoryError::Ambiguous { field: InventoryField::Pid, .. }), "{error}");
    // Translations of ours never refuse a table; what two of them say differently is told.
    let both = phones("Modell,Telefonmodell,VID\nCisco 8841,Cisco 8851,V05\nCisco 8841,,V05\n");
    assert!(both[0].product().sides().is_some());
    assert_eq!(both[1].product_text(), Some("Cisco 8841"));
}

#[test]
fn a_table_without_products_says_so_in_front() {
    let text = "Navn,MAC-adresse,Vare\nSEP00CCFC123456,00CCFC123456,CP-8841-K9=\n";
    let told = "no column says which product a phone is, and so this table alone decides nothing; \
                it has \"Navn\", \"MAC-adresse\", \"Vare\"; say which column is which: --columns pid=HEADER";
    let first = |report: String| report.lines().nth(1).map(str::to_owned).unwrap_or_default();
    let inventory = of(text);
    assert!(first(inventory.to_string()).trim_start().starts_with(told), "{inventory}");
    assert!(inventory.notes()[0].starts_with(told));
    let document = read(&Document::new("a.csv", text), &ReadOptions::default()).expect("a table");
    assert!(first(document.to_string()).starts_with(&format!("  a.csv: {told}")), "{document}");
    // A list of MAC addresses has no columns to name, and a row that says a product says it of the table.
    assert_eq!(of("00CCFC123456\n00CCFC123457\n").notes(), ["no header: every line is read as a MAC address"]);
    for text in ["PID,MAC\n,00CCFC123456\nCP-8841-K9=,\n", "Platform,MAC\nCisco 8841,00CCFC123456\n"] {
        assert!(of(text).notes().is_empty(), "{text}");
    }
    assert!(of("Platform,MAC\nAIX,00CCFC123456\n").notes()[0].starts_with("no column says which product"));
}

#[test]
fn a_table_of_words_that_are_read_is_recognized_as_one() {
    assert_eq!(recognize("Ger\u{e4}t;Modell\nSEP00CCFC123456;8841\n".as_bytes()), SourceKind::Csv);
}
