//! Decides about one phone and prints why: `cargo run --release --example assess`.

use crossgrade::{Destination, Phone, assess};

fn main() {
    let phone = Phone::new("CP-7821-K9=").vid("V01").mac("00:CC:FC:12:34:56").load("sip78xx.12-8-1-0001-455");
    let answer = assess(&phone, Destination::ThirdParty);
    println!("{answer}");
}
