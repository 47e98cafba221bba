//! How a book is named in what is serialized.

use super::RuleBook;

/// How a book is named in JSON.
#[derive(serde::Serialize)]
pub(crate) struct BookKeys<'a> {
    edition: &'a str,
    revision: String,
    digest: &'a str,
}

impl<'a> From<&'a RuleBook> for BookKeys<'a> {
    fn from(book: &'a RuleBook) -> Self {
        Self { edition: book.edition(), revision: book.revision().to_string(), digest: book.digest() }
    }
}
