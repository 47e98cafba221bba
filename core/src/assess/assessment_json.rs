//! The answer as the documented JSON.

use super::Assessment;

impl Assessment<'_> {
    /// The answer as compact JSON, byte for byte the same in every language.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Destination, Phone, assess};
    ///
    /// let json = assess(&Phone::new("CP-8841-K9="), Destination::WebexCalling).to_json();
    /// assert!(json.starts_with(r#"{"schema":"crossgrade.assessment/1","rulebook":{"edition":"guide","#));
    /// ```
    pub fn to_json(&self) -> String {
        // Only maps with keys that are no text, and failing writers, can fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}
