//! Tables of fixed width and blocks of names and values: N devices in, N out, whatever program drew the table.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{ChosenColumn, Document, Inventory, InventoryField, ReadOptions, csv, read, recognize};
use crossgrade::{Evidence, FleetRow};
use proptest::prelude::*;
use proptest::sample::select;

#[track_caller]
fn of(text: &str) -> Inventory {
    assert_eq!(recognize(text.as_bytes()), SourceKind::Csv, "{text}");
    read(&Document::new("sql.txt", text), &ReadOptions::default()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn error(text: &str) -> String {
    read(&Document::new("sql.txt", text), &ReadOptions::default()).expect_err(text).to_string()
}

fn said(inventory: &Inventory) -> Vec<(Option<String>, Option<String>)> {
    let said = |row: &FleetRow| {
        let model = row.phone().product().known().map(|product| product.model().to_string());
        (row.phone().mac_evidence().known().map(|mac| mac.to_string()), model)
    };
    inventory.fleet().rows().iter().map(said).collect()
}

const SQL: &str = "admin:run sql select d.name, d.description, tm.name as model, d.loadinformation from device d inner join typemodel tm on d.tkmodel=tm.enum where d.tkclass=1
name            description  model       loadinformation
=============== ============ =========== =======================
SEP00CCFC000041 Reception    Cisco 8851  sip88xx.12-8-1-0001-455
SEP00CCFC000042 Lab two      Cisco 7841
SEP00CCFC000043 NULL         Cisco 8865  NULL
admin:
";

#[test]
fn a_table_of_run_sql_is_read_by_its_ruler() {
    let inventory = of(SQL);
    let models: Vec<_> = said(&inventory).into_iter().map(|(_, model)| model.expect("a model")).collect();
    assert_eq!(models, ["8851", "7841", "8865"]);
    let rows = inventory.fleet().rows();
    let descriptions: Vec<_> = rows.iter().map(|row| row.label().and_then(|label| label.description.clone())).collect();
    assert_eq!(descriptions, [Some("Reception".to_owned()), Some("Lab two".to_owned()), None]);
    assert_eq!(rows.iter().map(FleetRow::line).collect::<Vec<_>>(), [4, 5, 6]);
    // What is configured is no evidence of what runs, and what Unified CM has in its database shows nothing of the type.
    assert!(rows.iter().all(|row| row.phone().load_evidence() == &Evidence::Absent));
    assert!(rows.iter().all(|row| row.phone().firmware_type_evidence() == &Evidence::Absent));
    let note = "a table whose columns have fixed widths, read by the ruler below its header";
    assert_eq!(inventory.notes().next().map(|(_, note)| note), Some(note));
}

/// What a table says of what runs, and the notes of its columns.
fn runs(text: &str) -> (Vec<bool>, String) {
    let inventory = of(text);
    let rows = inventory.fleet().rows().iter().map(FleetRow::phone);
    let runs =
        rows.map(|phone| phone.load_evidence() != &Evidence::Absent || phone.release_evidence() != &Evidence::Absent);
    (runs.collect(), inventory.notes().map(|(_, note)| note.to_owned()).collect::<Vec<_>>().join("\n"))
}

/// One device is listed as several are.
#[test]
fn a_block_of_one_device_is_a_row() {
    for text in [
        "\r\nName        : SEP00CCFC000041\r\nModel       : Cisco 8851\r\nDescription : Reception\r\n\r\n\r\n",
        "PS C:\\> Get-Phone | Format-List\n\nDeviceName : SEP00CCFC000041\nModel      : Cisco 8851\n\n",
        "*************************** 1. row ***************************\n name: SEP00CCFC000041\nmodel: Cisco 8851\n1 row in set (0.00 sec)\n",
        "-[ RECORD 1 ]----------\nname  | SEP00CCFC000041\nmodel | Cisco 8851\n",
    ] {
        assert_eq!(said(&of(text)), [(Some("00CCFC000041".to_owned()), Some("8851".to_owned()))], "{text}");
    }
    // What a phone shows of itself is a page.
    let page = "MAC Address  : 00CCFC000041\nHost Name    : SEP00CCFC000041\nModel Number : CP-8851\n";
    assert_eq!(recognize(page.as_bytes()), SourceKind::DevicePage);
}

/// What asks for a key stands between two rows, or in front of one, and takes none away.
#[test]
fn pages_of_a_terminal_lose_no_row() {
    for asks in [
        "Press <enter> for 1 line, <space> for one page, or <q> to quit",
        "Press <enter> for 1 line, <space> for one page, <q> to quit",
        "--More--",
        "-- More -- (45%)",
        "options: q=quit, n=next, p=prev, b=begin, e=end (lines 1 - 20 of 50) :",
    ] {
        for between in [format!("{asks}\n"), format!("\n{asks}\n\n"), asks.to_owned(), format!("{asks}\r\u{1b}[K")] {
            let text = SQL.replace("SEP00CCFC000042", &format!("{between}SEP00CCFC000042"));
            assert_eq!(said(&of(&text)), said(&of(SQL)), "{text:?}");
        }
    }
}

/// SQL calls a column as somebody likes it: what the database of Unified CM holds is configured all the same.
#[test]
fn the_database_of_unified_cm_never_says_what_runs() {
    const LOAD: &str = "sip88xx.12-8-1-0001-455";
    for name in ["load", "Load ID", "firmware", "version", "activeloadid", "firmware_version"] {
        let width = name.len().max(LOAD.len());
        let rows = format!(
            "name            model      {name}\n=============== ========== {}\nSEP00CCFC000041 Cisco 8851 {LOAD}\n",
            "=".repeat(width)
        );
        let psql = format!(
            " name            | model      | {name}\n-----------------+------------+-----\n SEP00CCFC000041 | Cisco 8851 | {LOAD}\n"
        );
        let blocks = format!(
            "*************************** 1. row ***************************\n{0:>width$}: SEP00CCFC000041\n{1:>width$}: Cisco 8851\n{name:>width$}: {LOAD}\n\
             *************************** 2. row ***************************\n{0:>width$}: SEP00CCFC000042\n{1:>width$}: Cisco 8851\n{name:>width$}: {LOAD}\n",
            "name", "model"
        );
        let csv = format!("name,model,{name}\nSEP00CCFC000041,Cisco 8851,{LOAD}\n");
        let select = format!("select name, tm.name model, loadinformation {name} from device");
        for text in [
            format!("admin:run sql {select}\n\n{rows}"),
            rows,
            format!("db=# {select};\n{psql}"),
            format!("mysql> {select}\\G\n{blocks}"),
            format!("{select}\n{csv}"),
            format!("name,tkmodel,{name}\nSEP00CCFC000041,683,{LOAD}\n").replace("activeloadid", "load"),
            format!("pkid,fkdevicepool,name,{name}\na,b,SEP00CCFC000041,{LOAD}\n").replace("activeloadid", "load"),
        ] {
            let (runs, notes) = runs(&text);
            assert!(!runs.is_empty() && runs.iter().all(|runs| !runs), "{text}");
            assert!(notes.contains("what is configured, which is no evidence of what runs"), "{text}\n{notes}");
        }
        // Other databases hold what runs, and who names a column knows what it is.
        for text in [psql, csv] {
            assert_eq!(runs(&text).0, [true], "{text}");
        }
    }
    let chosen = csv::read_with(
        b"admin:run sql select name, load from x\nname            load\n=============== =======================\nSEP00CCFC000041 sip88xx.12-8-1-0001-455\n",
        &[ChosenColumn::new(InventoryField::Load, "load")],
    );
    assert!(chosen.expect("a table").fleet().rows()[0].phone().load_evidence().known().is_some());
    let beside_ris = "name,tkmodel,load,status\nSEP00CCFC000041,683,sip88xx.12-8-1-0001-455,Registered\n";
    assert_eq!(runs(beside_ris).0, [true]);
}

#[test]
fn tables_of_other_programs_are_read_alike() {
    let expected = said(&of("Name,Model\nSEP00CCFC000041,Cisco 8851\nSEP00CCFC000042,Cisco 7841\n"));
    for text in [
        " name            | model\n-----------------+------------\n SEP00CCFC000041 | Cisco 8851\n SEP00CCFC000042 | Cisco 7841\n(2 rows)\n\n",
        "mysql> select name, model from phones;\n+-----------------+------------+\n| name            | model      |\n+-----------------+------------+\n\
         | SEP00CCFC000041 | Cisco 8851 |\n| SEP00CCFC000042 | Cisco 7841 |\n+-----------------+------------+\n2 rows in set (0.00 sec)\n",
        "| Name | Model |\n|---|:--|\n| SEP00CCFC000041 | Cisco 8851 |\n| SEP00CCFC000042 | Cisco 7841 |\n",
        "\r\nName            Model\r\n----            -----\r\nSEP00CCFC000041 Cisco 8851\r\nSEP00CCFC000042 Cisco 7841\r\n\r\n\r\n",
        "PS C:\\> Get-Phones | Format-List\n\nName  : SEP00CCFC000041\nModel : Cisco 8851\n\nName  : SEP00CCFC000042\nModel : Cisco 7841\n\n",
        "*************************** 1. row ***************************\n name: SEP00CCFC000041\nmodel: Cisco 8851\n\
         *************************** 2. row ***************************\n name: SEP00CCFC000042\nmodel: Cisco 7841\n2 rows in set (0.00 sec)\n",
        "-[ RECORD 1 ]----------\nname  | SEP00CCFC000041\nmodel | Cisco 8851\n-[ RECORD 2 ]----------\nname  | SEP00CCFC000042\nmodel | Cisco 7841\n",
    ] {
        assert_eq!(said(&of(text)), expected, "{text}");
        assert_eq!(csv::read(text.as_bytes()).expect("a table").fleet().rows().len(), 2, "{text}");
    }
}

/// Several queries in one file may ask for other columns.
#[test]
fn tables_of_several_queries_are_one() {
    let other = "admin:run sql select name, tkmodel from device\nname            model\n=============== =====\nSEP00CCFC000044 683\n";
    let inventory = of(&format!("{SQL}{other}"));
    assert_eq!(said(&inventory).len(), 4);
    assert_eq!(said(&inventory)[3].1.as_deref(), Some("8841"));
    assert_eq!(inventory.columns().expect("columns").read_from(InventoryField::Pid).collect::<Vec<_>>(), ["model"]);
}

#[test]
fn what_a_switch_lists_of_its_ports_is_no_table_of_phones() {
    for text in [
        "          Mac Address Table\n-------------------------------------------\n\nVlan    Mac Address       Type        Ports\n\
         ----    -----------       --------    -----\n  10    00cc.fc00.0041    DYNAMIC     Gi1/0/5\n",
        "MacAddress          IpAddress        Lease(sec)  Type           VLAN  Interface\n\
         ------------------  ---------------  ----------  -------------  ----  --------------------\n\
         00:CC:FC:00:00:41   10.20.0.15       86000       dhcp-snooping  10    GigabitEthernet1/0/5\n",
    ] {
        let error = error(text);
        assert!(error.contains("a switch") && error.contains("an inventory of phones"), "{error}");
        assert!(csv::read(text.as_bytes()).is_err());
    }
}

/// Text that somebody wrote in a cell, and titles, make no table of a table.
#[test]
fn rulers_elsewhere_rule_nothing() {
    let in_a_cell = "Name,Model,Note\nSEP00CCFC000041,Cisco 8851,\"name model\n==== =====\na b\"\n";
    assert_eq!(csv::read(in_a_cell.as_bytes()).expect("a table").fleet().rows().len(), 1);
    let titled = "Phones of Oslo\n==============\nName,Model\nSEP00CCFC000041,Cisco 8851\n";
    let inventory = of(titled);
    assert_eq!(said(&inventory).len(), 1, "{inventory}");
    let page = "Product Name : CP-8841-K9=\nSerial Number : FCH20100312\nHost Name : SEP00CCFC000041\n";
    assert_eq!(recognize(page.as_bytes()), SourceKind::DevicePage);
}

fn cell() -> impl Strategy<Value = String> {
    select(vec!["", "Lab", "Lab two", "M\u{fc}ller", "a-b", "NULL", "#1", "\"x", "=1", "a, b", "1.23"])
        .prop_map(str::to_owned)
}

/// A device as some program shows it.
type Device = (String, String, String);

fn devices() -> impl Strategy<Value = Vec<Device>> {
    let model = select(vec!["Cisco 8851", "Cisco 7841", "8865", "683"]);
    prop::collection::vec((cell(), model, cell()), 1..10).prop_map(|devices| {
        let device = |(number, (description, model, load)): (u32, (String, &str, String))| {
            (format!("SEP00CCFC{number:06X}"), description, model.to_owned() + if load == "#1" { "  " } else { "" })
        };
        (1..).zip(devices).map(device).collect()
    })
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
}

proptest! {
    /// N devices in, N out, with the same phones, whichever program drew the table.
    #[test]
    fn every_device_of_a_table_is_one(
        devices in devices(),
        style in 0_usize..6,
        trimmed in any::<bool>(),
        end in select(vec!["\n", "\r\n", "\r\r\n"]),
        around in any::<bool>(),
    ) {
        let mut rows = vec![["name".to_owned(), "description".to_owned(), "model".to_owned()]];
        rows.extend(devices.iter().map(|(name, description, model)| [name.clone(), description.clone(), model.clone()]));
        let widths: Vec<usize> = (0..3).map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0)).collect();
        let line = |row: &[String; 3], between: &str| {
            row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect::<Vec<_>>().join(between)
        };
        let drawn = |sign: &str, between: &str, of_header: bool| {
            let width = |at: usize| if of_header { rows[0][at].len() } else { widths[at] };
            (0..3).map(|at| padded(&sign.repeat(width(at)), widths[at])).collect::<Vec<_>>().join(between)
        };
        let (ruler, between, frame) = match style {
            0 => (drawn("=", " ", false), " ", ""),
            1 => (drawn("-", " ", false), " ", ""),
            2 => (drawn("-", " ", true), " ", ""),
            3 => (drawn("-", "-+-", false), " | ", ""),
            4 => (format!("+-{}-+", drawn("-", "-+-", false)), " | ", "| "),
            _ => (String::new(), "", ""),
        };
        let mut lines: Vec<String> = Vec::new();
        if style < 5 {
            for row in &rows {
                lines.push(format!("{frame}{}{}", line(row, between), frame.chars().rev().collect::<String>()));
            }
            lines.insert(1, ruler.clone());
            if style == 4 {
                lines.insert(0, ruler.clone());
                lines.push(ruler);
            }
        } else {
            for (name, description, model) in &devices {
                lines.extend([format!("name        : {name}"), format!("description : {description}"), format!("model       : {model}"), String::new()]);
            }
        }
        if around {
            lines.insert(0, "admin:run sql select name, description, model from device".to_owned());
            lines.push("admin:".to_owned());
        }
        let lines = lines.iter().map(|line| if trimmed { line.trim_end() } else { line });
        let text: String = lines.map(|line| format!("{line}{end}")).collect();
        // One block is a page.
        prop_assume!(style < 5 || devices.len() > 1);
        let inventory = of(&text);
        prop_assert_eq!(inventory.rows_read(), devices.len() as u64, "{}", text);
        prop_assert_eq!(inventory.broken_rows().count(), 0, "{}", text);
        let plain: String = rows.iter().map(|[name, _, model]| format!("{name},{}\n", model.trim())).collect();
        prop_assert_eq!(said(&inventory), said(&of(&plain)), "{}", text);
        for (row, (name, description, _)) in inventory.fleet().rows().iter().zip(&devices) {
            let label = row.label().expect("a label");
            prop_assert_eq!(label.name.as_deref(), Some(&**name));
            let description = Some(&**description).filter(|text| !text.is_empty() && (*text != "NULL" || style == 5));
            prop_assert_eq!(label.description.as_deref(), description, "{}", text);
        }
    }
}

/// Unified CM's database says a model by its number, and any other name of a product counts before it.
#[test]
fn a_number_of_a_model_is_a_product() {
    let model = |text: &str| {
        let inventory = crossgrade::inventory::csv::read(text.as_bytes()).expect("a table");
        inventory.fleet().rows()[0].phone().product().known().map(|product| product.model().to_string())
    };
    let sql = "admin:run sql select name, tkmodel from device\nname            tkmodel\n=============== =======\n\
        SEP00CCFC000001 683\n";
    assert_eq!(model(sql), Some("8841".to_owned()));
    assert_eq!(model("Name,tkmodel,Model\nSEP00CCFC000001,683,Cisco 8851\n"), Some("8851".to_owned()));
}
