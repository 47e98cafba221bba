//! What switches and routers show. They know the model and often the load of a phone, but neither its hardware version nor
//! its MAC address for certain, and list switches and access points beside phones: no inventory is made of that.

use super::readable;
use crate::inventory::capture_as_csv::is_table_header;
use crate::inventory::neighbors::EXPECTED_OF_SWITCHES;
use crate::inventory::terminal::{Line, Ruler, command, lines};

/// Commands whose output is a list of what stands at a port, by how they begin, and what they show.
const COMMANDS: [(&str, &str); 12] = [
    ("show cdp", "neighbors that a switch or router sees by CDP (`show cdp neighbors`)"),
    ("sh cdp", "neighbors that a switch or router sees by CDP (`show cdp neighbors`)"),
    ("show lldp", "neighbors that a switch or router sees by LLDP (`show lldp neighbors`)"),
    ("sh lldp", "neighbors that a switch or router sees by LLDP (`show lldp neighbors`)"),
    ("show mac", "the MAC addresses that a switch sees (`show mac address-table`)"),
    ("sh mac", "the MAC addresses that a switch sees (`show mac address-table`)"),
    ("show power inline", "the power that a switch gives (`show power inline`)"),
    ("show arp", "the addresses that a router knows (`show ip arp`)"),
    ("show ip arp", "the addresses that a router knows (`show ip arp`)"),
    ("show ip dhcp", "the leases of a DHCP server (`show ip dhcp`)"),
    ("show inventory", "the parts of a switch or router (`show inventory`)"),
    ("show interfaces", "the ports of a switch or router (`show interfaces`)"),
];

/// Beginnings of lines that stand in such lists and nowhere else, folded by case; so many of them make a text one.
const LISTS: [(&str, usize, &[&str]); 5] = [
    (
        "neighbors that a switch or router sees by CDP (`show cdp neighbors detail`)",
        2,
        &[
            "device id:",
            "device-id:",
            "entry address(es):",
            "interface address(es):",
            "holdtime",
            "advertisement version:",
            "capability codes:",
            "port id (outgoing port)",
            "second port status:",
            "interface: ",
        ],
    ),
    (
        "neighbors that a switch or router sees by LLDP (`show lldp neighbors detail`)",
        2,
        &[
            "chassis id",
            "port id:",
            "port id ",
            "system description",
            "time remaining:",
            "system capabilities",
            "enabled capabilities",
            "local intf:",
            "local interface",
            "local port id:",
            "capability codes:",
            "chassisid:",
            "sysname:",
            "sysdescr:",
        ],
    ),
    ("the MAC addresses that a switch sees (`show mac address-table`)", 1, &["mac address table", "mac-address-table"]),
    (
        "the power that a switch gives (`show power inline`)",
        2,
        &[
            "available:",
            "module   available",
            "interface admin  oper",
            "--------- ------ ----------",
            "module   available",
        ],
    ),
    ("the parts of a switch or router (`show inventory`)", 1, &["name: \"", "name : \""]),
];

/// Words of the headers of short lists, all of which stand in one line.
const HEADERS: [(&str, &[&str]); 6] = [
    ("neighbors that a switch or router sees by CDP (`show cdp neighbors`)", &["device", "id", "local", "platform"]),
    ("neighbors that a switch or router sees by CDP (`show cdp neighbors`)", &["device-id", "local", "platform"]),
    ("neighbors that a switch or router sees by LLDP (`show lldp neighbors`)", &["device", "id", "local", "hold-time"]),
    ("neighbors that a switch or router sees by LLDP (`show lldp neighbors`)", &["chassis", "id", "port", "system"]),
    ("the MAC addresses that a switch sees (`show mac address-table`)", &["vlan", "mac", "address", "type"]),
    ("the addresses that a router knows (`show ip arp`)", &["protocol", "address", "hardware", "interface"]),
];

/// What shows that a text is a list of a switch.
enum Sign {
    Command,
    Header,
    Lines,
}

/// What a text lists, and what should have come.
pub(super) fn of(head: &str) -> Option<(String, &'static str)> {
    let lines: Vec<Line<'_>> = lines(head).collect();
    let (sign, listed) = listed(&lines)?;
    (!is_read(&lines, &sign)).then(|| (format!("a list of {listed}"), EXPECTED_OF_SWITCHES))
}

fn listed(lines: &[Line<'_>]) -> Option<(Sign, &'static str)> {
    // What stands below the header of a table is the text of a cell.
    let end = lines.iter().position(|line| is_delimited_header(&line.text)).unwrap_or(lines.len());
    let lines: Vec<String> = lines[..end].iter().map(|line| line.text.trim_start().to_lowercase()).collect();
    let of_command = |line: &String| {
        let typed = command(line)?;
        COMMANDS.iter().find(|(begin, _)| typed.starts_with(begin)).map(|(_, shows)| (Sign::Command, *shows))
    };
    let of_header = |line: &String| header_of_list(line).map(|shows| (Sign::Header, shows));
    let of_lines = || {
        let has = |begin: &&&str| lines.iter().any(|line| line.starts_with(**begin));
        let list = LISTS.iter().find(|(_, enough, begins)| begins.iter().filter(has).count() >= *enough);
        list.map(|(shows, ..)| (Sign::Lines, *shows))
    };
    lines.iter().find_map(of_command).or_else(|| lines.iter().find_map(of_header)).or_else(of_lines)
}

/// What a list has this header, in small letters.
fn header_of_list(line: &str) -> Option<&'static str> {
    let words: Vec<&str> = line.split([' ', '\t', '|']).collect();
    let is_header = |names: &[&str]| names.iter().all(|name| words.contains(name));
    HEADERS.iter().find(|(_, names)| is_header(names)).map(|(shows, _)| *shows)
}

/// Whether another reader finds phones in a text with this sign.
fn is_read(lines: &[Line<'_>], sign: &Sign) -> bool {
    let begins_list = || {
        let first =
            lines.iter().map(|line| line.text.trim().to_lowercase()).find(|line| line.contains(char::is_alphabetic));
        first.is_some_and(|first| {
            command(&first).is_some()
                || LISTS.iter().any(|(_, _, begins)| begins.iter().any(|begin| first.starts_with(begin)))
        })
    };
    let models_count = !begins_list();
    lines.iter().enumerate().any(|(at, line)| {
        let text = &*line.text;
        let is_header = || {
            readable::is_header_of_phones(text)
                || readable::is_header_of_macs(text) && header_of_list(&text.to_lowercase()).is_none()
        };
        let is_ruled = || {
            let ruler = lines.get(at + 1).and_then(|below| Ruler::read(&below.text));
            ruler.is_some_and(|ruler| readable::has_column_of_product(ruler.cells(text).into_iter()))
        };
        // A switch breaks its lines behind long names.
        let is_listed = || matches!(sign, Sign::Lines) && readable::is_phone(text);
        is_header() || is_ruled() || readable::says_phone(text, models_count) || is_listed()
    })
}

/// Whether a line is the header of a table with delimiters. Lists of switches have lines of one known word, such as `Version`.
fn is_delimited_header(line: &str) -> bool {
    line.contains([',', ';', '\t']) && is_table_header(line)
}
