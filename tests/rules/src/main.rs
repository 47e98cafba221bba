//! `cargo rules`: what follows from a change of the rule books or of another file in `core/data`.
//!
//! It checks the files, raises the revision if rows changed since the last commit, bakes them into Rust, rewrites the
//! generated pages, and tells what is left to do by hand and which tests to run.

mod cargo;
mod remaining;
mod revision;

use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("cargo rules: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    println!("Checks core/data and bakes it into the library ...");
    cargo::bake()?;
    if let Some((old, new)) = revision::raise_if_rows_changed()? {
        println!("Rows changed: raises the revision from {old} to {new}, in core/data/guide.toml ...");
        cargo::bake()?;
    }
    println!("Rewrites the generated pages ...");
    cargo::write_pages()?;
    remaining::tell();
    Ok(())
}
