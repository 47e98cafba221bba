//! The explanation as the text that a person reads, the same in every language.

use std::fmt::{self, Display};

use super::{Explanation, Subject};
use crate::rulebook::rows::Row;
use crate::text::Shown;

/// Keys that are told behind the id, or in the lists below the rows.
const TOLD_ELSEWHERE: [&str; 3] = ["amendment", "date", "confidence"];

impl Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.subject() {
            Subject::Code(code) => write!(f, "{code} {}", code.name())?,
            Subject::Model(model) => write!(f, "Model {model}")?,
            Subject::Row(id) => write!(f, "Row {id}")?,
        }
        write!(f, ", by rule book {}", self.rulebook().label())?;
        if let Subject::Code(code) = self.subject() {
            write!(f, "\n  {}\n  What to do: {}\n  Usual effect: {}", code.meaning(), code.remedy(), code.effect())?;
        }
        let class = match self.subject() {
            Subject::Model(model) => model.device_class(),
            _ => None,
        };
        if let Some(class) = class {
            write!(f, "\n\n  It is {}, not a phone (CG108).", class.in_words())?;
        } else if self.rows().is_empty() {
            write!(f, "\n\n  No row of the book is about it.")?;
        }
        let mut section = "";
        for row in self.rows() {
            if section != row.section() {
                section = row.section();
                write!(f, "\n\n  {section}")?;
            }
            write!(f, "\n    {}{}", row.origin().id, amended(*row))?;
            for (key, value) in row.fields().iter().filter(|(key, _)| !TOLD_ELSEWHERE.contains(key)) {
                write!(f, "\n      {key}: {}", Shown::of_rule(&value.to_string()))?;
            }
        }
        let codes = self.codes();
        if !codes.is_empty() {
            write!(f, "\n\n  Findings that name it")?;
            codes.iter().try_for_each(|code| write!(f, "\n    {code} {} ({})", code.name(), code.effect()))?;
        }
        if !self.amendments().is_empty() {
            write!(f, "\n\n  Amendments")?;
        }
        for row in self.amendments() {
            let date = row.origin.date.map_or("every date".to_owned(), |date| date.to_string());
            let confidence = row.origin.confidence.map_or("", |confidence| confidence.as_str());
            let sources = row.origin.sources.join(", ");
            write!(f, "\n    {} ({date}, {confidence}, {sources}): {}", row.origin.id, Shown::of_rule(&row.says))?;
        }
        if !self.disagreements().is_empty() {
            write!(f, "\n\n  Where the sources disagree")?;
        }
        for row in self.disagreements() {
            write!(f, "\n    {} {}", row.origin.id, Shown::of_rule(&row.subject))?;
            for side in row.sides.iter() {
                write!(f, "\n      {}: {}", side.sources.join(", "), Shown::of_rule(&side.says))?;
            }
            write!(f, "\n      this book follows: {}", Shown::of_rule(&row.follows))?;
        }
        let (sources, errata) = (self.sources(), self.errata());
        if !sources.is_empty() {
            write!(f, "\n\n  Sources")?;
        }
        for row in sources {
            let [title, section, language] = [&row.title, &row.section, &row.language].map(|text| Shown::of_rule(text));
            write!(f, "\n    {} {title}; {section} ({language}, read {})", row.origin.id, row.read)?;
            if let Some(successor) = &row.superseded_by {
                write!(f, "; superseded by {successor}")?;
            }
            for erratum in errata.iter().filter(|erratum| erratum.origin.sources.contains(&row.origin.id)) {
                write!(f, "\n      {}: {}", erratum.origin.id, Shown::of_rule(&erratum.says))?;
            }
        }
        Ok(())
    }
}

/// ` (A01, 2024-08-26, medium)`
fn amended(row: &dyn Row) -> String {
    let origin = row.origin();
    let date = origin.date.map(|date| date.to_string());
    let confidence = origin.confidence.map(|confidence| confidence.to_string());
    let parts: Vec<String> =
        [origin.amendment.as_ref().map(ToString::to_string), date, confidence].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

impl fmt::Debug for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Explanation({:?}, {} rows)", self.subject(), self.rows().len())
    }
}
