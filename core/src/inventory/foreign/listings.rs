//! What switches and routers show. They know the model and often the load of a phone, but neither its hardware version nor
//! its MAC address for certain, and list switches and access points beside phones: no inventory is made of that.

use crate::inventory::terminal::{Line, command, is_table_header, lines};

const EXPECTED: &str = "an inventory of phones, such as a device export of Unified CM or an answer of RisPort; \
     a switch does not know which hardware version a phone has";

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

/// What a text lists, and what should have come.
pub(super) fn of(head: &str) -> Option<(String, &'static str)> {
    let lines: Vec<Line<'_>> = lines(head).collect();
    let listed = listed(&lines)?;
    Some((format!("a list of {listed}"), EXPECTED))
}

fn listed(lines: &[Line<'_>]) -> Option<&'static str> {
    // What stands below the header of a table is the text of a cell.
    let end = lines.iter().position(|line| is_delimited_header(&line.text)).unwrap_or(lines.len());
    let lines: Vec<String> = lines[..end].iter().map(|line| line.text.trim_start().to_lowercase()).collect();
    let of_command = |line: &String| {
        let typed = command(line)?;
        COMMANDS.iter().find(|(begin, _)| typed.starts_with(begin)).map(|(_, shows)| *shows)
    };
    let of_header = |line: &String| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_header =
            |names: &[&str]| names.iter().all(|name| words.iter().any(|word| word.trim_matches('|') == *name));
        HEADERS.iter().find(|(_, names)| is_header(names)).map(|(shows, _)| *shows)
    };
    let of_lines = || {
        let has = |begin: &&&str| lines.iter().any(|line| line.starts_with(**begin));
        LISTS.iter().find(|(_, enough, begins)| begins.iter().filter(has).count() >= *enough).map(|(shows, ..)| *shows)
    };
    lines.iter().find_map(of_command).or_else(|| lines.iter().find_map(of_header)).or_else(of_lines)
}

/// Whether a line is the header of a table with delimiters. Lists of switches have lines of one known word, such as `Version`.
fn is_delimited_header(line: &str) -> bool {
    line.contains([',', ';', '\t']) && is_table_header(line)
}
