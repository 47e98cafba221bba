//! The plan of the house: modules import one way, as CONTRIBUTING draws it, and files are named by what lives in them.
//!
//! ```text
//! UPDATE=1 cargo test -p crossgrade-tests --test rooms    rewrites docs/architecture.svg
//! ```

mod architecture_page;
mod circles;
mod declared_modules;
mod file_names;
mod house_picture;
mod house_sources;
mod known_circles;
mod layer_positions;
mod made_up_trees;
mod mentioned_paths;
mod name_resolution;
mod room_order;

use house_sources::{core_tree, crates_with_files, read_text, trees};

#[test]
fn no_new_circle_stands_between_modules() {
    let found: Vec<_> = trees().iter().flat_map(circles::circles).collect();
    let complaints = known_circles::compare(&found);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn rooms_of_core_use_only_lower_rooms() {
    let order =
        room_order::read(&read_text("CONTRIBUTING.md")).unwrap_or_else(|error| panic!("CONTRIBUTING.md: {error}"));
    let complaints = room_order::complaints(core_tree(), &order, known_circles::ARROWS);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn files_of_a_crate_have_names_of_their_own() {
    let complaints: Vec<_> =
        crates_with_files().iter().flat_map(|(name, files)| file_names::repeated(name, files)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
