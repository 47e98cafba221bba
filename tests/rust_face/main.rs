//! The Rust face as a user of the crate meets it: setters in every form, collections, what threads may share.

mod collections;
mod owned;
mod round_trips;
mod serialized;
mod setters;
mod threads;
