//! The heading of every page that an Enterprise phone shows, in any language: `Cisco IP Phone CP-8865 ( SEP00CCFC0000B1 )`.

use crate::phone::{Mac, Product};
use crate::text::{FieldText, trim};

/// What a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading<'a> {
    pub(super) product: &'a str,
    pub(super) name: &'a str,
}

/// The longest heading that is read.
const LONGEST: usize = 255;

/// The heading that a line is: it ends with the product and, in parentheses, the name of the phone.
pub(super) fn read(line: &str) -> Option<Heading<'_>> {
    if line.len() > LONGEST {
        return None;
    }
    let (words, name) = trim(line).strip_suffix([')', '\u{ff09}'])?.rsplit_once(['(', '\u{ff08}'])?;
    let (words, name) = (trim(words), trim(name));
    let is_name = Mac::read(name.as_bytes()).is_ok() || is_masked(name);
    if !is_name {
        return None;
    }
    let word = words.rsplit(char::is_whitespace).next().unwrap_or(words);
    let is_product = |text: &&str| Product::read(text.as_bytes()).is_ok();
    let is_pid = |text: &&str| Product::read(text.as_bytes()).is_ok_and(|product| product.pid().is_some());
    let product = Some(word).filter(is_pid).or_else(|| Some(words).filter(is_product))?;
    Some(Heading { product, name })
}

/// Whether a name is that of a phone, though somebody made it unreadable before handing it on: `SEPxxxxxxxxxxxx`.
fn is_masked(name: &str) -> bool {
    name.len() == "SEPxxxxxxxxxxxx".len()
        && name.get(..3) == Some("SEP")
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_names_product_and_phone() {
        for (line, expected) in [
            ("Cisco IP Phone CP-8865 ( SEP00CCFC0000B1 )", Some(("CP-8865", "SEP00CCFC0000B1"))),
            ("\tTel\u{e9}fono IP de Cisco CP-7821( sep00ccfc0000b1 ) ", Some(("CP-7821", "sep00ccfc0000b1"))),
            ("Cisco IP Phone 8851 (00CCFC0000B1)", Some(("Cisco IP Phone 8851", "00CCFC0000B1"))),
            ("CP-8811\u{ff08}SEPxxxxxxxxxxxx\u{ff09}", Some(("CP-8811", "SEPxxxxxxxxxxxx"))),
            ("Cisco Unified IP Phone Cisco Communicator ( CIPCANNA )", None),
            ("CP-8865 ( lobby )", None),
            ("CP-8865 (SEP00CCFC0000B1), third floor", None),
            ("( SEP00CCFC0000B1 )", None),
        ] {
            assert_eq!(read(line).map(|heading| (heading.product, heading.name)), expected, "{line}");
        }
    }
}
