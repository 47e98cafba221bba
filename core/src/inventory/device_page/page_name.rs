//! What the name says that the caller gave a page.

use std::net::IpAddr;

use crate::phone::Mac;
use crate::text::FieldText;

/// The MAC in the name of a file, such as `pages/SEP00CCFC123456.xml`.
pub(super) fn mac(name: &str) -> Option<Mac> {
    let file = parts(name).next_back()?;
    let stems = [file.split('.').next(), file.rsplit_once('.').map(|(stem, _)| stem), Some(file)];
    stems.into_iter().flatten().find_map(|stem| Mac::read(stem.as_bytes()).ok())
}

/// The IP address in a name, such as `10.0.1.101`, `10.0.1.101.xml` or `http://10.0.1.101/DeviceInformationX`.
pub(super) fn ip_address(name: &str) -> Option<IpAddr> {
    parts(name).find_map(|part| {
        let begins_so = part.starts_with(|letter: char| letter.is_ascii_hexdigit() || matches!(letter, '[' | ':'));
        if !begins_so {
            return None;
        }
        let stems =
            [Some(part), part.rsplit_once('.').map(|(stem, _)| stem), part.rsplit_once(':').map(|(host, _)| host)];
        let bare = |stem: &str| stem.trim_start_matches('[').trim_end_matches(']').parse().ok();
        stems.into_iter().flatten().find_map(bare)
    })
}

fn parts(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split(['/', '\\']).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mac_is_the_name_of_the_file() {
        for name in ["SEP00CCFC123456.xml", "00:CC:FC:12:34:56", "a/b\\sep00ccfc123456.cnf.xml", "00cc.fc12.3456.html"]
        {
            assert_eq!(mac(name).map(|mac| mac.to_string()).as_deref(), Some("00CCFC123456"), "{name}");
        }
        for name in ["", "10.0.1.101", "SEP00CCFC123456/DeviceInformationX", "phone.xml"] {
            assert_eq!(mac(name), None, "{name}");
        }
    }

    #[test]
    fn an_address_is_any_part_of_a_name() {
        for name in ["10.0.1.101", "10.0.1.101.xml", "http://10.0.1.101:8080/DeviceInformationX", "pages/10.0.1.101/x"]
        {
            assert_eq!(ip_address(name).map(|address| address.to_string()).as_deref(), Some("10.0.1.101"), "{name}");
        }
        for name in ["2001:db8::1", "http://[2001:db8::1]/x", "http://[2001:db8::1]:80/x", "2001:db8::1.xml"] {
            assert_eq!(ip_address(name).map(|address| address.to_string()).as_deref(), Some("2001:db8::1"), "{name}");
        }
        assert_eq!(ip_address("SEP00CCFC123456.xml"), None);
        assert_eq!(ip_address("10.0.1"), None);
    }
}
