//! Any bytes as an inventory: no panic, no hang; whatever is read is counted, printed, merged and assessed.

use crossgrade::fleet::SourceKind;
use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::merge::merge;
use crossgrade::{Destination, RuleBook};

/// Reads the bytes as this kind, or as what they are recognized to be; tells whether that was possible.
pub fn run(kind: Option<SourceKind>, bytes: &[u8]) -> bool {
    let mut options = ReadOptions::default();
    options.kind = kind;
    let document = Document::new("SEP00CCFC123456.fuzz", bytes);
    let outcome = read(&document, &options);
    assert_eq!(outcome, read(&document, &options), "the same bytes, the same inventory");
    match outcome {
        Ok(inventory) => {
            check(&inventory);
            let rows_read = inventory.rows_read();
            let merged = merge([inventory]);
            assert_eq!(merged.inventory().rows_read(), rows_read);
            check(merged.inventory());
            assert!(!merged.to_string().is_empty());
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// What holds of every inventory.
fn check(inventory: &Inventory) {
    let rows = inventory.fleet().rows();
    assert_eq!(
        inventory.rows_read(),
        rows.len() as u64 + inventory.rows_joined(),
        "every row is a phone or joined one"
    );
    assert!(inventory.broken_rows().count() as u64 <= inventory.rows_read());
    for row in rows {
        assert!(inventory.fleet().source(row.origin()).is_some(), "every phone came from somewhere");
        for destination in Destination::ALL {
            let answer = RuleBook::guide().assess(row.phone(), *destination);
            // Which of the findings spoke does not matter here, but each has a sentence.
            assert!(answer.findings().all(|finding| !finding.message().is_empty()));
        }
    }
    assert!(!inventory.to_string().is_empty());
}
