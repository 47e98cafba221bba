//! Names of keys without what programs put in front of them when they flatten an object: `device.activeLoadID`.

use super::keys::{self, is_of};
use crate::inventory::folded_header::folded;
use crate::inventory::headers::LABELS;
use crate::inventory::known_headers::{is_udi, ranked};
use crate::inventory::registration;

/// What parts the names of a flattened key.
const BETWEEN: &[char] = &['.', '_', '/', ':', '[', ']'];
/// So many names in front are looked at.
const MOST: usize = 8;

/// The name of a key, and the number of the device in a list that was flattened into one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::inventory) struct Own<'k> {
    pub(in crate::inventory) name: &'k str,
    pub(in crate::inventory) number: u32,
}

/// The name that a key ends with, where that is a known one and only parts of a device stand in front of it. `switch.mac` is
/// no MAC address of a phone, and stays.
pub(in crate::inventory) fn own(key: &str) -> Own<'_> {
    let whole = Own { name: key, number: 0 };
    if !key.contains(BETWEEN) || is_known(key) {
        return whole;
    }
    let (mut rest, mut number) = (key, 0);
    for _ in 0..MOST {
        let Some((front, behind)) = rest.split_once(BETWEEN) else { break };
        match front.parse::<u32>() {
            Ok(found) => number = number.max(found),
            Err(_) if front.is_empty() || is_part(front) => {}
            Err(_) => break,
        }
        rest = behind.trim_start_matches(BETWEEN);
        if is_known(rest) {
            return Own { name: rest, number };
        }
    }
    whole
}

/// Whether a number of a list that was flattened stands in front of the name of a key.
pub(super) fn is_of_list(key: &str) -> bool {
    let front = key.strip_suffix(own(key).name).unwrap_or_default();
    front.split(BETWEEN).any(|part| part.parse::<u32>().is_ok())
}

/// Whether a key is that of a part of a device that says something of the device itself.
pub(in crate::inventory) fn is_part(key: &str) -> bool {
    is_of(&folded(key), keys::OWN_PARTS)
}

/// Whether a key is one of a list: it is read, or nobody reads it on purpose.
pub(super) fn is_known(key: &str) -> bool {
    const LISTS: [&[&str]; 6] =
        [keys::OF_RISPORT_AND_OTHERS, keys::OF_AXL, keys::OF_WEBEX, keys::NAMES, keys::MACS, keys::REGISTERED];
    let folded = folded(key);
    ranked(key).is_some()
        || is_udi(key)
        || registration::sign_of_risport(&folded).is_some()
        || registration::is_status(&folded)
        || LABELS.binary_search_by_key(&&*folded, |(known, ..)| known).is_ok()
        || LISTS.iter().any(|list| is_of(&folded, list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_of_the_device_itself_stands_in_front() {
        for (key, name, number) in [
            ("device.activeLoadID", "activeLoadID", 0),
            ("device_activeLoadID", "activeLoadID", 0),
            ("CmDevice.0.Name", "Name", 0),
            ("CmDevices.item[3].Status", "Status", 3),
            ("_source.hw.serial_number", "serial_number", 0),
            ("serial_number", "serial_number", 0),
            ("device_name", "device_name", 0),
            ("switch.mac", "switch.mac", 0),
            ("device.neighbor.mac", "device.neighbor.mac", 0),
            ("pc_port_mac", "pc_port_mac", 0),
            ("device_owner", "device_owner", 0),
        ] {
            assert_eq!(own(key), Own { name, number }, "{key}");
        }
        assert_eq!(own(&"device.".repeat(10_000)).number, 0);
    }
}
