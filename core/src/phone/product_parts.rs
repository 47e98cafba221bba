//! Models and product ids are read as products are.

use super::cucm_types::CUCM_TYPES;
use super::{Model, Pid, Product};
use crate::text::{Fault, FieldText, InlineText, Spaces, fault, read_and_print};

impl FieldText for Model {
    const THING: &'static str = "model";
    const EXPECTED: &'static str = Product::EXPECTED;
    const SPACES: Spaces = Product::SPACES;

    fn read(text: &[u8]) -> Result<Self, Fault> {
        let read = Product::read(text).map(|product| product.model());
        // Names that only a fuller text or a type code gives, as they are printed.
        let is_printed = |text: &[u8]| {
            let is_number = |text: &[u8]| (3..=4).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
            let has_type_code = CUCM_TYPES.iter().any(|(_, model)| model.0.as_bytes() == text);
            text.strip_prefix(b"CP-").is_some_and(is_number) || has_type_code
        };
        match InlineText::new(text) {
            Some(name) if read.is_err() && is_printed(text) => Ok(Self(name)),
            _ => read,
        }
    }
}

impl FieldText for Pid {
    const THING: &'static str = "PID";
    const EXPECTED: &'static str = "a product id such as CP-8841-K9= or CP-8841-3PCC-K9=";
    const SPACES: Spaces = Product::SPACES;

    fn read(text: &[u8]) -> Result<Self, Fault> {
        Product::read(text)?.pid().ok_or(fault("a model name without CP, which is not a product id", 0))
    }
}

read_and_print!(Model);
read_and_print!(Pid);
