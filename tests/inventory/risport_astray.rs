//! Answers of RisPort that no service writes: a device is a row wherever it stands, and everything else is told.

use crossgrade::FleetRow;
use crossgrade::inventory::{Document, Inventory, InventoryError, risport};
use proptest::prelude::*;

#[track_caller]
pub(crate) fn read(text: &str) -> Inventory {
    risport::read(&Document::new("cluster", text)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The names of the devices, in order.
pub(crate) fn names(inventory: &Inventory) -> Vec<&str> {
    let rows = inventory.fleet().rows().iter();
    rows.map(|row| row.label().and_then(|label| label.name.as_deref()).unwrap_or_default()).collect()
}

fn cuts(inventory: &Inventory) -> Vec<String> {
    inventory.cuts().map(|(_, error)| error.to_string()).collect()
}

pub(crate) fn notes(inventory: &Inventory) -> Vec<&str> {
    inventory.notes().map(|(_, note)| note).collect()
}

pub(crate) fn fields(number: usize) -> String {
    format!(
        "<Name>SEP00CCFC{number:06X}</Name><Model>683</Model><Status>Registered</Status>\
         <LinesStatus><item><DirectoryNumber>10</DirectoryNumber><Status>Registered</Status></item></LinesStatus>"
    )
}

fn item(number: usize) -> String {
    format!("<item>{}</item>", fields(number))
}

fn node(inside: &str) -> String {
    format!("<CmNodes><item><Name>n</Name>{inside}</item></CmNodes>")
}

#[test]
fn devices_are_rows_wherever_they_stand() {
    let [one, two, three] = [1, 2, 3].map(item);
    let list = format!("<CmDevices>{one}{two}</CmDevices>");
    let beside = |count: u64| match count {
        1 => "1 device stands beside the list of devices (CmDevices), and is read".to_owned(),
        count => format!("{count} devices stand beside the list of devices (CmDevices), and are read"),
    };
    for (text, expected, strays) in [
        // Within another.
        (node(&format!("<CmDevices><item>{}{two}{three}</item></CmDevices>", fields(1))), [2, 3, 1], 2),
        (node(&format!("<CmDevices><item>{two}{}<x><y>{three}</y></x></item></CmDevices>", fields(1))), [2, 3, 1], 2),
        (
            node(&format!("<CmDevices><item><CmDevices>{one}</CmDevices>{}</item>{three}</CmDevices>", fields(2))),
            [1, 2, 3],
            0,
        ),
        // In wrappers.
        (node(&format!("<CmDevices><Page>{one}{two}</Page><Page>{three}</Page></CmDevices>")), [1, 2, 3], 3),
        (node(&format!("<wrapper><more>{list}</more></wrapper><CmDevices>{three}</CmDevices>")), [1, 2, 3], 0),
        (
            format!(
                "<CmNodes><Page><item>{list}</item></Page><Page><item><CmDevices>{three}</CmDevices></item></Page></CmNodes>"
            ),
            [1, 2, 3],
            0,
        ),
        (
            format!(
                "<Pages><Page>{}</Page><Page>{}</Page></Pages>",
                node(&list),
                node(&format!("<CmDevices>{three}</CmDevices>"))
            ),
            [1, 2, 3],
            0,
        ),
        (
            format!(
                "<Envelope><Header>{list}</Header><Body><x><selectCmDeviceReturn>{}</selectCmDeviceReturn></x></Body></Envelope>",
                node(&format!("<CmDevices>{three}</CmDevices>"))
            ),
            [1, 2, 3],
            0,
        ),
        // Beside the list.
        (format!("{}{three}", node(&list)), [1, 2, 3], 1),
        (node(&format!("{one}{two}<CmDevices>{three}</CmDevices>")), [1, 2, 3], 2),
        (format!("<CmNodes>{one}{two}<item><CmDevices>{three}</CmDevices></item></CmNodes>"), [1, 2, 3], 2),
        (
            format!(
                "<SelectCmDeviceResult>{one}<x>{two}</x>{}</SelectCmDeviceResult>",
                node(&format!("<CmDevices>{three}</CmDevices>"))
            ),
            [1, 2, 3],
            2,
        ),
    ] {
        let inventory = read(&text);
        assert_eq!(names(&inventory), expected.map(|number| format!("SEP00CCFC{number:06X}")), "{text}");
        assert_eq!((inventory.rows_read(), inventory.broken_rows().count()), (3, 0), "{text}");
        assert_eq!(notes(&inventory), (strays > 0).then(|| beside(strays)).into_iter().collect::<Vec<_>>(), "{text}");
        assert!(inventory.fleet().rows().iter().all(|row| row.phone().product_text() == Some("683")), "{text}");
        // Cut anywhere, what is complete is there.
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let complete = text[..end].matches("</item></LinesStatus></item>").count();
            match risport::read(&Document::new("cluster", &text[..end])) {
                Ok(cut) => assert!(cut.rows_read() as usize >= complete, "{}", &text[..end]),
                Err(_) => assert_eq!(complete, 0, "{}", &text[..end]),
            }
        }
    }
}

#[test]
fn devices_are_rows_wherever_they_stand_in_json() {
    let device =
        |number: usize| format!("{{\"Status\": \"Registered\", \"Name\": \"SEP00CCFC{number:06X}\", \"Model\": 683}}");
    let [one, two, three] = [1, 2, 3].map(device);
    let with = |more: &str| one.replacen('{', &format!("{{{more}, "), 1);
    for (text, expected) in [
        (format!("{{\"CmDevices\": {{\"item\": [[{one}, {two}], [[{three}]]]}}}}"), [1, 2, 3]),
        (format!("{{\"CmDevices\": [[{one}, {two}], {three}]}}"), [1, 2, 3]),
        (format!("{{\"CmDevices\": {{\"item\": [{one}], \"items\": [{two}, {three}]}}}}"), [1, 2, 3]),
        (format!("{{\"CmDevices\": [{}, {three}]}}", with(&format!("\"items\": [{two}]"))), [2, 1, 3]),
        (
            format!("{{\"CmDevices\": [{}]}}", with(&format!("\"CmDevices\": {{\"item\": [{two}, {three}]}}"))),
            [2, 3, 1],
        ),
        (format!("[{one}, {{\"CmDevices\": [{two}]}}, {three}]"), [1, 2, 3]),
        (
            format!(
                "{{\"CmNodes\": [{{\"Name\": \"n\", \"CmDevices\": null, \"wrapper\": {{\"CmDevices\": [{one}]}}}}]}} {{\"x\": [{two}, {three}], \"CmNodes\": []}}"
            ),
            [1, 2, 3],
        ),
    ] {
        let inventory = read(&text);
        assert_eq!(names(&inventory), expected.map(|number| format!("SEP00CCFC{number:06X}")), "{text}");
        assert_eq!((inventory.rows_read(), inventory.broken_rows().count()), (3, 0), "{text}");
        let registered = |row: &FleetRow| row.phone().firmware_type_evidence().known().is_some();
        assert!(inventory.fleet().rows().iter().all(registered), "what is said before the name counts: {text}");
    }
}

#[test]
fn a_value_in_pieces_or_in_a_wrapper_is_said_and_never_in_part() {
    let model = |text: &str| {
        let inventory =
            read(&format!("<CmDevices><item><Name>a</Name><IPAddress>10.0.0.1</IPAddress>{text}</item></CmDevices>"));
        inventory.fleet().rows()[0].phone().product_text().map(str::to_owned)
    };
    for (text, expected) in [
        ("<Model><value>683</value></Model>", Some("683")),
        ("<Model><item><value>683</value><type/></item></Model>", Some("683")),
        ("<Model>6<b/>83</Model>", Some("6 and 83")),
        ("<Model>6<b>83</b></Model>", Some("6 and 83")),
        ("<Model><!-- x -->683<!-- y --></Model>", Some("683")),
        ("<Model><b/></Model>", None),
    ] {
        assert_eq!(model(text).as_deref(), expected, "{text}");
    }
    let inventory = read(
        "{\"CmDevices\": {\"item\": {\"Name\": {\"_value_1\": \"SEP00CCFC000001\"}, \"Model\": {\"_value_1\": 683}}}}",
    );
    assert_eq!((names(&inventory), inventory.broken_rows().count()), (vec!["SEP00CCFC000001"], 0));
}

#[test]
fn texts_that_stand_where_none_belongs_are_told() {
    let one = item(1);
    for (text, note) in [
        (
            format!("<CmDevices>SEP00CCFC000009{one}</CmDevices>"),
            "a text stands where none belongs, and is not read: \"SEP00CCFC000009\"",
        ),
        (
            format!("<CmNodes>x<item>y<CmDevices>{one}</CmDevices></item></CmNodes>"),
            "2 texts stand where none belongs, and are not read; the first is \"x\"",
        ),
        (format!("<CmDevices>{one}</CmDevices> {{}}"), "a text stands where none belongs, and is not read: \"{}\""),
        (
            "[1, {\"CmDevices\": [{\"Name\": \"SEP00CCFC000001\"}]}, \"x\"]".to_owned(),
            "2 texts stand where none belongs, and are not read; the first is \"1\"",
        ),
    ] {
        let inventory = read(&text);
        assert_eq!((names(&inventory), notes(&inventory)), (vec!["SEP00CCFC000001"], vec![note]), "{text}");
    }
    // Beside the elements of a device, wherever it stands.
    for (before, between, behind) in [("x", "", ""), ("", "x", ""), ("", "", "x")] {
        let device = format!("{before}<Name>SEP00CCFC000001</Name>{between}<Model>683</Model>{behind}");
        for text in [
            format!("<CmDevices><item>{device}</item></CmDevices>"),
            format!("<CmDevices><item><Page>{device}</Page></item></CmDevices>"),
            format!("<Envelope><Device>{device}</Device><CmDevices/></Envelope>"),
        ] {
            let inventory = read(&text);
            let note = "a text stands where none belongs, and is not read: \"x\"";
            assert_eq!(names(&inventory), ["SEP00CCFC000001"], "{text}");
            assert!(notes(&inventory).contains(&note), "{text}: {inventory}");
        }
    }
    // Some services hand over an answer as the text of another.
    let text = node("<CmDevices><item><Name>a</Name></item></CmDevices>");
    let inner = text.replace('&', "&amp;").replace('<', "&lt;");
    let inventory = read(&format!("<Envelope>{text}<selectCmDeviceReturn>{inner}</selectCmDeviceReturn></Envelope>"));
    assert_eq!((inventory.rows_read(), inventory.cuts().count()), (1, 1));
    assert!(cuts(&inventory)[0].contains("a text of the answer that holds an answer of its own, which is not read"));
    let state = "<StateInfo>&lt;StateInfo&gt;&lt;Node Name=\"n\"/&gt;&lt;/StateInfo&gt;</StateInfo>";
    assert_eq!(read(&format!("<SelectCmDeviceResult>{text}{state}</SelectCmDeviceResult>")).cuts().count(), 0);
}

#[test]
fn what_is_named_beside_all_lists_is_a_row_or_a_note() {
    let beside = "1 device stands beside the list of devices (CmDevices), and is read";
    let told = |text: &str| format!("a text stands where none belongs, and is not read: \"{text}\"");
    let gateway = "<Name>gw1</Name><Status>Registered</Status>";
    let in_json = "{\"Name\": \"gw1\", \"Status\": \"Registered\"}";
    for (text, expected, expected_notes) in [
        (format!("<Envelope><Device>{gateway}</Device><CmDevices/></Envelope>"), vec!["gw1"], vec![beside.to_owned()]),
        (format!("<CmNodes><item>{gateway}</item></CmNodes>"), vec!["gw1"], vec![beside.to_owned()]),
        (format!("[{in_json}, {{\"CmDevices\": []}}]"), vec!["gw1"], vec![beside.to_owned()]),
        (format!("{{\"x\": {in_json}, \"CmDevices\": []}}"), vec!["gw1"], vec![beside.to_owned()]),
        ("<Envelope><Device><Name>gw1</Name></Device><CmDevices/></Envelope>".to_owned(), vec![], vec![told("gw1")]),
        ("<Envelope><Line><Status>up</Status></Line><CmDevices/></Envelope>".to_owned(), vec![], vec![]),
        // The names of nodes are theirs, and what is said of a whole answer is no device.
        (node("<CmDevices/>"), vec![], vec![]),
        ("{\"Name\": \"n\", \"ReturnCode\": \"Ok\", \"CmDevices\": null}".to_owned(), vec![], vec![]),
        ("{\"Name\": \"n\", \"Status\": \"ok\", \"CmNodes\": []}".to_owned(), vec![], vec![told("ok")]),
    ] {
        let inventory = read(&text);
        assert_eq!(
            (names(&inventory), notes(&inventory)),
            (expected, expected_notes.iter().map(String::as_str).collect()),
            "{text}"
        );
    }
}

#[test]
fn a_fault_beside_devices_is_told_and_the_devices_are_rows() {
    let fault = "<Fault><faultstring>Exceeded allowed rate</faultstring><detail><Name>x</Name></detail></Fault>";
    let told = "inventory: the service answers with an error: Exceeded allowed rate";
    let answer = node(&format!("<CmDevices>{}</CmDevices>", item(1)));
    for text in
        [format!("<Body>{answer}{fault}</Body>"), format!("<Body>{fault}{answer}</Body>"), format!("{answer}{fault}")]
    {
        let inventory = read(&text);
        assert_eq!((names(&inventory), cuts(&inventory)), (vec!["SEP00CCFC000001"], vec![told.to_owned()]), "{text}");
    }
    let error = risport::read(&Document::new("cluster", &format!("<Body>{fault}<CmNodes/></Body>"))).unwrap_err();
    assert_eq!(error, InventoryError::Refused { message: "Exceeded allowed rate".to_owned() });
}

#[test]
fn a_fault_is_told_however_it_is_written() {
    let answer = node(&format!("<CmDevices>{}</CmDevices>", item(1)));
    for (fault, message) in [
        ("<Fault>Exceeded allowed rate</Fault>", "Exceeded allowed rate"),
        ("<Fault>\n <Reason>Exceeded</Reason></Fault>", "Exceeded"),
        ("<Fault>a<faultstring>b</faultstring></Fault>", "b: a"),
        ("<Fault><faultstring><value>Exceeded</value></faultstring></Fault>", "Exceeded"),
        ("<Fault><detail><x>first</x><y>second</y></detail></Fault>", "first"),
        ("<Fault/>", "a fault without a text"),
        ("<CmNodes><Fault>Exceeded</Fault></CmNodes>", "Exceeded"),
        ("<CmNodes><item><Fault><faultstring>Exceeded</faultstring></Fault></item></CmNodes>", "Exceeded"),
    ] {
        let inventory = read(&format!("<Body>{answer}{fault}</Body>"));
        let told = format!("inventory: the service answers with an error: {message}");
        assert_eq!((names(&inventory), cuts(&inventory)), (vec!["SEP00CCFC000001"], vec![told]), "{fault}");
    }
    let with =
        |fault: &str| read(&format!("{{\"Fault\": {fault}, \"CmDevices\": [{{\"Name\": \"SEP00CCFC000001\"}}]}}"));
    assert_eq!(cuts(&with("\"Exceeded\"")), ["inventory: the service answers with an error: Exceeded"]);
    assert_eq!(
        cuts(&with("{\"faultstring\": {\"_value_1\": \"Exceeded\"}}")),
        ["inventory: the service answers with an error: Exceeded"]
    );
    assert_eq!(
        cuts(&with("{\"detail\": {\"x\": \"first\"}}")),
        ["inventory: the service answers with an error: first"]
    );
    // Programs write an element that is not there as one that says nothing.
    for nothing in [
        "null",
        "{}",
        "[]",
        "\"\"",
        "{\"faultcode\": null, \"faultstring\": null}",
        "{\"@xmlns\": \"x\", \"detail\": {\"x\": null}}",
    ] {
        let inventory = with(nothing);
        assert_eq!((names(&inventory), cuts(&inventory).len()), (vec!["SEP00CCFC000001"], 0), "{nothing}");
    }
}

/// xmltodict keeps attributes beside the text of an element.
#[test]
fn attributes_in_json_say_nothing() {
    let typed =
        |name: &str, text: &str| format!("{name:?}: {{\"@xsi:type\": \"xsd:string\", \"@n\": 1, \"#text\": {text:?}}}");
    let device = [("Name", "SEP00CCFC000001"), ("Model", "683"), ("Status", "Registered"), ("IPAddress", "10.0.0.1")];
    let device = device.map(|(name, text)| typed(name, text)).join(", ");
    let text = format!(
        "{{\"Result\": {{\"@xmlns\": \"x\", {}, \"CmNodes\": {{\"@type\": \"x\", \"item\": {{{}, {}, \
         \"CmDevices\": {{\"@soapenc:arrayType\": \"x[1]\", \"item\": {{{device}, \"@id\": null}}}}}}}}}}}}",
        typed("TotalDevicesFound", "1"),
        typed("Name", "n"),
        typed("ReturnCode", "Ok"),
    );
    let inventory = read(&text);
    assert_eq!((names(&inventory), notes(&inventory)), (vec!["SEP00CCFC000001"], vec![]), "{text}");
    let row = &inventory.fleet().rows()[0];
    assert_eq!(row.phone().product().known().expect("a product").model().as_str(), "8841");
    let label = row.label().expect("a label");
    assert_eq!((label.node.as_deref(), label.ip_address.as_deref()), (Some("n"), Some("10.0.0.1")));
    // What is no attribute, as it is no text, is not lost.
    let inventory = read("{\"@x\": {\"CmDevices\": [{\"Name\": \"SEP00CCFC000001\"}]}}");
    assert_eq!(names(&inventory), ["SEP00CCFC000001"]);
}

#[test]
fn what_is_said_of_nodes_and_of_the_whole_may_stand_in_wrappers() {
    let found = "the service found 7 devices and 1 is in the answer; ask again for the rest";
    let list = "<CmDevices><item><Name>SEP00CCFC000001</Name><Model>683</Model></item></CmDevices>";
    for (total, name) in [
        ("<TotalDevicesFound>7</TotalDevicesFound>", "<Name>n</Name>"),
        ("<TotalDevicesFound><value>7</value></TotalDevicesFound>", "<Name><b><value>n</value></b></Name>"),
    ] {
        let code = "<ReturnCode><value>NotFound</value></ReturnCode>";
        let text = format!("<Result>{total}<CmNodes><item>{name}{code}{list}</item></CmNodes></Result>");
        let inventory = read(&text);
        let told = "n answers \"NotFound\", not \"Ok\": it may have phones that are not in the answer";
        assert_eq!((names(&inventory), notes(&inventory)), (vec!["SEP00CCFC000001"], vec![found, told]), "{text}");
        let label = inventory.fleet().rows()[0].label().and_then(|label| label.node.clone());
        assert_eq!(label.as_deref(), Some("n"), "{text}");
    }
    let inventory = read(
        "{\"TotalDevicesFound\": {\"_value_1\": 7}, \"CmNodes\": {\"item\": [{\"Name\": {\"_value_1\": \"n\"}, \
         \"CmDevices\": {\"item\": [{\"Name\": \"SEP00CCFC000001\"}]}}]}}",
    );
    assert_eq!(notes(&inventory), [found]);
    assert_eq!(inventory.fleet().rows()[0].label().and_then(|label| label.node.as_deref()), Some("n"));
    // What is said twice is no more lost than a number that is none.
    let inventory = read(&format!(
        "<Result><TotalDevicesFound>many</TotalDevicesFound><CmNodes><item><Name>n</Name>{list}<Name>m</Name></item></CmNodes></Result>"
    ));
    assert_eq!(notes(&inventory), ["a text stands where none belongs, and is not read: \"many\""]);
    assert_eq!(inventory.fleet().rows()[0].label().and_then(|label| label.node.as_deref()), Some("n and m"));
}

#[test]
fn devices_of_another_kind_are_told() {
    let list = node(&format!("<CmDevices>{}</CmDevices>", item(1)));
    let page = "<DeviceInformation><HostName>SEP00CCFC000002</HostName><MACAddress>00CCFC000002</MACAddress></DeviceInformation>";
    let one = |first: &str| {
        format!("1 device of Webex or of pages of phones beside those of RisPort is not read; it says {first}")
    };
    let two = |first: &str| {
        format!("2 devices of Webex or of pages of phones beside those of RisPort are not read; the first says {first}")
    };
    let in_json = "\"CmDevices\": [{\"Name\": \"SEP00CCFC000001\", \"Model\": 683}]";
    let webex = "{\"product\": \"Cisco 8841\", \"mac\": \"00CCFC000002\"}";
    for (text, expected) in [
        (format!("<all>{list}{page}</all>"), one("\"hostName SEP00CCFC000002\"")),
        (format!("<all>{page}{list}{page}</all>"), two("\"hostName SEP00CCFC000002\"")),
        (format!("{list}{page}"), one("\"hostName SEP00CCFC000002\"")),
        (node(&format!("<CmDevices>{}</CmDevices>{page}", item(1))), one("\"hostName SEP00CCFC000002\"")),
        (
            node(&format!("<CmDevices><item>{}{page}</item></CmDevices>", fields(1))),
            one("\"hostName SEP00CCFC000002\""),
        ),
        (format!("{{{in_json}, \"items\": [{webex}, {webex}]}}"), two("\"product Cisco 8841\"")),
        (format!("{{\"items\": [{webex}]}} {{{in_json}}}"), one("\"product Cisco 8841\"")),
        (format!("[{webex}, {{{in_json}}}]"), one("\"product Cisco 8841\"")),
        (format!("{{{in_json}, \"x\": {{\"y\": {{\"serial\": {{\"_value_1\": 5}}}}}}}}"), one("\"serial 5\"")),
    ] {
        let inventory = read(&text);
        assert_eq!((names(&inventory), notes(&inventory)), (vec!["SEP00CCFC000001"], vec![&*expected]), "{text}");
    }
    // Programs have products, too.
    for (beside, told) in [
        ("{\"product\": \"CUCM\", \"version\": \"14\"}", None),
        ("{\"product\": [\"CUCM\", \"Unity\"], \"owner\": {\"displayName\": \"Ann\"}}", None),
        ("{\"product\": \"Cisco 8841\", \"displayName\": \"Ann\"}", Some("\"product Cisco 8841\"")),
        ("{\"MAC_Address\": \"00CCFC000002\"}", Some("\"macAddress 00CCFC000002\"")),
    ] {
        let inventory = read(&format!("{{\"collector\": {beside}, {in_json}}}"));
        assert_eq!(notes(&inventory), told.map(one).into_iter().collect::<Vec<_>>(), "{beside}");
    }
    // What a device of RisPort has beside is its own.
    let inventory =
        read("{\"CmDevices\": [{\"Name\": \"SEP00CCFC000001\", \"Product\": 36, \"serial\": \"FCH18219LDW\"}]}");
    assert_eq!(notes(&inventory).len(), 0);
}

/// Any tree of wrappers and devices below `CmDevices`, and how many devices it has.
fn tree() -> impl Strategy<Value = (String, usize)> {
    let leaf = prop_oneof![Just((item(1), 1)), Just((format!("<CmDevice>{}</CmDevice>", fields(2)), 1))];
    leaf.prop_recursive(5, 30, 3, |inner| {
        let several = prop::collection::vec(inner, 1..4).prop_map(|parts| {
            let count = parts.iter().map(|(_, count)| count).sum();
            (parts.into_iter().map(|(text, _)| text).collect::<String>(), count)
        });
        let name = prop::sample::select(vec!["item", "Page", "CmDevices", "x:Device", "LinesStatus"]);
        prop_oneof![
            (name, several.clone())
                .prop_map(|(name, (text, count)): (_, (String, usize))| (format!("<{name}>{text}</{name}>"), count)),
            several.prop_map(|(text, count)| (format!("<item>{text}{}</item>", fields(3)), count + 1)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_tree_loses_a_device((text, count) in tree()) {
        for text in [format!("<CmDevices>{text}</CmDevices>"), node(&format!("<CmDevices>{text}</CmDevices>"))] {
            prop_assert_eq!(read(&text).rows_read() as usize, count, "{}", text);
        }
    }
}
