//! Structs as a hostile producer would hand them over.

mod arrays;
mod generate;
mod parts;
mod schemas;
mod streams;
