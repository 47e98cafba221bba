//! An answer that outlives the phone that it is about.

use std::collections::HashMap;

use crossgrade::{Destination, OwnedAssessment, Phone, assess};

/// The phone ends with the function; the answer does not.
fn ask(product: &str, version: &str) -> OwnedAssessment {
    let phone = Phone::new(product).vid(version);
    assess(&phone, Destination::ThirdParty).into_owned()
}

fn main() {
    let answers = HashMap::from([("a", ask("CP-7821-K9=", "V01")), ("b", ask("CP-7821-K9=", "V03"))]);
    let answer = answers["a"].answer();
    println!("{}: {}", answer.verdict(), answer.why());
}
