//! Inputs in which one thing repeats: the work that they cost must grow as they do.
//!
//! `tests/memory_growth.rs` counts the memory that each asks for at two sizes, and `cargo run --release -p crossgrade-tests --bin
//! growth` prints how long each takes at four. Whoever writes a reader adds what can repeat in its input.

mod answers_of_services;
mod fleets;
mod markup_documents;
mod pages;
mod rulebooks;
mod table_files;

use crossgrade::exports::fleet;
use crossgrade::fleet::FleetColumn;
use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::merge::merge;

/// An input that repeats one thing.
pub struct Shape {
    /// What repeats.
    pub name: &'static str,
    /// How often, at the smallest size that the table of `docs/limits.md` has.
    pub size: usize,
    /// Writes the input in which it repeats so often.
    pub make: fn(usize) -> Work,
}

/// An input that is written, and what is done with it.
pub struct Work {
    /// Bytes of the input.
    pub bytes: usize,
    /// Reads it, and writes everything that a person or a program sees of it.
    pub run: Box<dyn Fn()>,
}

/// All shapes.
pub fn all() -> impl Iterator<Item = &'static Shape> {
    [
        answers_of_services::SHAPES,
        markup_documents::SHAPES,
        pages::SHAPES,
        table_files::SHAPES,
        fleets::SHAPES,
        rulebooks::SHAPES,
    ]
    .into_iter()
    .flatten()
}

/// The shape of this name, for a test of what it gives.
pub fn named(name: &str) -> &'static Shape {
    all().find(|shape| shape.name == name).expect("a shape of this name")
}

impl Work {
    /// Reads a file, whether it is refused or not.
    fn reading(name: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self {
            bytes: bytes.len(),
            run: Box::new(move || match read(&Document::new(name, &bytes), &ReadOptions::default()) {
                Ok(inventory) => tell(&inventory),
                Err(error) => drop(std::hint::black_box(error.to_string())),
            }),
        }
    }
}

impl Work {
    /// Reads a file of which columns are kept, merges it, and writes what came of it.
    fn keeping(name: &'static str, text: String, columns: &str) -> Self {
        let mut options = ReadOptions::default();
        options.keep = columns.parse().expect("columns to keep");
        Self {
            bytes: text.len(),
            run: Box::new(move || {
                let inventory = read(&Document::new(name, &text), &options).expect("an inventory");
                let merged = merge([inventory]);
                std::hint::black_box(fleet::to_csv(merged.fleet()).expect("a file"));
            }),
        }
    }
}

/// Everything that is told of an inventory, and of each of its phones.
pub fn tell(inventory: &Inventory) {
    std::hint::black_box(inventory.to_string());
    inventory.problems().for_each(|problem| drop(std::hint::black_box(problem)));
    for row in inventory.fleet().rows() {
        for column in FleetColumn::ALL {
            std::hint::black_box(column.text(inventory.fleet(), row));
        }
    }
}
