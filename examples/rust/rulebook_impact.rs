//! What a change of the rules means for a fleet: the made-up fleet of `examples/data/fleet.csv`, before and after the day on
//! which NR phones became convertible, and before and after the last target of the 7832.
//!
//! ```text
//! cargo run --release --example rulebook_impact
//! ```

use std::error::Error;

use crossgrade::inventory::csv;
use crossgrade::{Date, Destination, Request, RuleBook};

fn main() -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/fleet.csv"))?;
    let inventory = csv::read(&bytes)?;

    // With a target of the caller's choice.
    let (before, after) = days("2024-08-25", "2024-08-26")?;
    println!("{}\n", before.diff(after));
    let request = after.request(Destination::WebexCalling, "12.0(5)")?;
    println!("{}\n", inventory.fleet().impact(before, after, &request));

    // With the books' own targets.
    let (before, after) = days("2025-11-18", "2025-11-19")?;
    println!("{}\n", before.diff(after));
    let request = Request::to(Destination::WebexCalling);
    println!("{}", inventory.fleet().impact(before, after, &request));
    Ok(())
}

fn days(before: &str, after: &str) -> Result<(&'static RuleBook, &'static RuleBook), Box<dyn Error>> {
    Ok((RuleBook::field_as_of(before.parse::<Date>()?), RuleBook::field_as_of(after.parse::<Date>()?)))
}
