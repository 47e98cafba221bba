//! Runs cargo for each step, in a profile that builds quickly.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What texts of products mean, which the books are read with.
const WORDS: &[&str] = &["-p", "crossgrade", "--all-features", "--lib", "--", "baked_words"];
const BAKE: &[&str] = &["-p", "crossgrade", "--all-features", "--lib", "--", "baked"];
const PAGES: &[&str] = &["-p", "crossgrade-tests", "--test", "docs", "--", "is_up_to_date"];

fn test(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args(["test", "-q", "--locked", "--profile", "quick"]).args(arguments);
    command.current_dir(root()).env("UPDATE", "1").env("RUST_BACKTRACE", "0");
    command
}

fn output(mut command: Command) -> Result<(Output, String), String> {
    let output = command.output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    let text = [&*output.stdout, &*output.stderr].map(String::from_utf8_lossy).concat();
    Ok((output, text))
}

/// Bakes `core/data`. While the baked tables do not compile, because a row has another type, it does without them.
pub(crate) fn bake() -> Result<(), String> {
    output(test(WORDS))?;
    let (done, text) = output(test(BAKE))?;
    if done.status.success() {
        return Ok(());
    }
    if !text.contains("could not compile `crossgrade`") {
        return Err(problems(&text));
    }
    println!("The library does not compile with the baked tables; bakes them without ...");
    let mut command = test(BAKE);
    command.env("RUSTFLAGS", "--cfg crossgrade_unbaked").env("CARGO_TARGET_DIR", unbaked_target());
    let (done, text) = output(command)?;
    if done.status.success() { Ok(()) } else { Err(problems(&text)) }
}

/// Other flags would build all dependencies anew in the folder that everything else uses.
fn unbaked_target() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("unbaked")
}

/// The generated pages of `docs`.
pub(crate) fn write_pages() -> Result<(), String> {
    let (done, text) = output(test(PAGES))?;
    if done.status.success() { Ok(()) } else { Err(text) }
}

/// What is wrong with the files, if that is what the tests say; else all that they say.
fn problems(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("core/data/")).collect();
    if lines.is_empty() { text.to_owned() } else { format!("nothing is changed.\n{}", lines.join("\n")) }
}
