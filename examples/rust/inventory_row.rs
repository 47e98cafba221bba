//! What an inventory says, in the forms in which a program holds it.

use crossgrade::{FirmwareType, Phone};

struct Row {
    product: String,
    version: Option<String>,
    address: [u8; 6],
}

fn main() {
    let row = Row { product: "CP-8841-K9=".into(), version: None, address: [0x00, 0xCC, 0xFC, 0x12, 0x34, 0x56] };
    let phone = Phone::new(&row.product).vid(&row.version).mac(row.address).firmware_type(FirmwareType::Mpp);
    println!("{}", phone.mac_evidence().known().expect("an address of a phone"));
}
