//! The names by which devices of Webex and pages of phones are known in a JSON or XML document that is not theirs: what
//! somebody put beside the devices that are read is told.

/// A name that devices say something of themselves under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OtherName(&'static str);

/// Case, spaces, `_` and `-` do not matter.
const NAMES: [&str; 12] = [
    "mac",
    "macAddress",
    "serial",
    "serialNumber",
    "udi",
    "hostName",
    "modelNumber",
    "product",
    "productName",
    "displayName",
    "appLoadID",
    "activeLoadID",
];

/// Programs and people have these names, too: one of them alone says nothing of a device.
const OF_OTHERS_TOO: [&str; 2] = ["product", "displayName"];

/// The name of devices that this is.
pub(super) fn named(name: &str) -> Option<OtherName> {
    let letters = || name.bytes().filter(|byte| !matches!(byte, b' ' | b'_' | b'-'));
    let is = |known: &str| {
        let mut letters = letters();
        known.bytes().all(|letter| letters.next().is_some_and(|found| found.eq_ignore_ascii_case(&letter)))
            && letters.next().is_none()
    };
    NAMES.into_iter().find(|known| is(known)).map(OtherName)
}

impl OtherName {
    /// The name as it is usually written.
    #[cfg(feature = "xml")]
    pub(super) fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether it says by itself that something is a device; else another one beside it does.
    pub(super) fn is_of_devices_only(self) -> bool {
        !OF_OTHERS_TOO.contains(&self.0)
    }
}

/// Whether an object in this text of JSON says a device, or has a member of one of these names too.
#[cfg(feature = "webex")]
pub(super) fn are_in(text: &str, others: &[&str]) -> bool {
    // The first name in each object that has not ended.
    let mut objects: Vec<Option<OtherName>> = Vec::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('"') {
        for byte in before.bytes() {
            match byte {
                b'{' => objects.push(None),
                b'}' => drop(objects.pop()),
                _ => {}
            }
        }
        let end = end_of_string(inside);
        let name = inside.get(..end).unwrap_or_default();
        rest = inside.get(end + 1..).unwrap_or_default();
        if !rest.trim_start_matches([' ', '\t', '\r', '\n']).starts_with(':') {
            continue;
        }
        if others.iter().any(|other| name.eq_ignore_ascii_case(other)) {
            return true;
        }
        let (Some(name), Some(first)) = (named(name), objects.last_mut()) else { continue };
        if name.is_of_devices_only() || *first.get_or_insert(name) != name {
            return true;
        }
    }
    false
}

/// Where a string of JSON ends that is open.
#[cfg(feature = "webex")]
fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_written() {
        for name in ["mac", "MACAddress", "mac_address", "Serial Number", "serial-number", "UDI", "appLoadId"] {
            assert!(named(name).is_some_and(OtherName::is_of_devices_only), "{name}");
        }
        assert!(named("Product").is_some_and(|product| !product.is_of_devices_only()));
        for name in ["", "_", "ma", "macs", "products", "name", "description"] {
            assert_eq!(named(name), None, "{name}");
        }
    }

    #[cfg(feature = "webex")]
    #[test]
    fn only_names_of_members_count() {
        for (text, expected) in [
            ("{\"a\": [{\"MAC\" : 1}]}", true),
            ("{\"Items\": 1}", true),
            ("{\"product\": \"x\", \"version\": \"14\"}", false),
            ("{\"product\": \"x\", \"serial\": \"14\"}", true),
            ("{\"product\": \"x\", \"a\": {\"product\": 1}, \"display_name\": \"14\"}", true),
            ("{\"product\": \"x\", \"a\": {\"displayName\": 1}, \"product\": \"y\"}", false),
            ("[\"mac\", \"items\"]", false),
            ("{\"a\": \"\\\"mac\\\": 1\", \"b\\\\\": \"mac\"}", false),
            ("{\"a", false),
        ] {
            assert_eq!(are_in(text, &["items"]), expected, "{text}");
        }
    }
}
