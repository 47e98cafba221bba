//! The explanation as JSON, `crossgrade.explanation/1`.

use serde::Serialize;

use super::{Explanation, Subject};
use crate::rulebook::book_keys::BookKeys;
use crate::rulebook::rulebook_json::RowKeys;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rulebook: BookKeys<'a>,
    about: AboutKeys,
    code: Option<CodeKeys>,
    rows: Vec<RowKeys<'a>>,
    codes: Vec<&'static str>,
    amendments: Vec<RowKeys<'a>>,
    disagreements: Vec<RowKeys<'a>>,
    sources: Vec<RowKeys<'a>>,
    errata: Vec<RowKeys<'a>>,
}

#[derive(Serialize)]
struct AboutKeys {
    kind: &'static str,
    id: String,
}

#[derive(Serialize)]
struct CodeKeys {
    code: &'static str,
    name: &'static str,
    effect: &'static str,
    meaning: &'static str,
    remedy: &'static str,
}

impl Explanation<'_> {
    /// The explanation as compact JSON, the same bytes in every language.
    ///
    /// # Example
    /// ```
    /// use crossgrade::RuleBook;
    ///
    /// let json = RuleBook::guide().explain("CG203")?.to_json();
    /// assert!(json.contains(r#""about":{"kind":"code","id":"CG203"}"#));
    /// # Ok::<(), crossgrade::explain::ExplainError>(())
    /// ```
    pub fn to_json(&self) -> String {
        let (kind, id) = match self.subject() {
            Subject::Code(code) => ("code", code.to_string()),
            Subject::Model(model) => ("model", model.to_string()),
            Subject::Row(id) => ("row", id.to_owned()),
        };
        let code = match self.subject() {
            Subject::Code(code) => Some(CodeKeys {
                code: code.as_str(),
                name: code.name(),
                effect: code.effect().as_str(),
                meaning: code.meaning(),
                remedy: code.remedy(),
            }),
            Subject::Model(_) | Subject::Row(_) => None,
        };
        let document = Document {
            schema: "crossgrade.explanation/1",
            rulebook: self.rulebook().into(),
            about: AboutKeys { kind, id },
            code,
            rows: self.rows().iter().map(|row| RowKeys(*row)).collect(),
            codes: self.codes().iter().map(|code| code.as_str()).collect(),
            amendments: self.amendments().into_iter().map(|row| RowKeys(row)).collect(),
            disagreements: self.disagreements().into_iter().map(|row| RowKeys(row)).collect(),
            sources: self.sources().into_iter().map(|row| RowKeys(row)).collect(),
            errata: self.errata().into_iter().map(|row| RowKeys(row)).collect(),
        };
        serde_json::to_string(&document).unwrap_or_default()
    }
}
