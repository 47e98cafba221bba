//! JSON that is damaged in a way that programs are known for: what came, and the cure.

use crate::inventory::InventoryError;
use crate::text::trim;

/// The same error, with what cures the text, where that is known.
pub(in crate::inventory) fn with_cure(error: InventoryError, text: &str) -> InventoryError {
    let InventoryError::Broken { line, message } = error else { return error };
    let index = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let shown = text.lines().nth(index).unwrap_or_default();
    let cure = cure(shown, &message)
        .filter(|cure| !message.ends_with(cure))
        .map(|cure| format!("; {cure}"))
        .unwrap_or_default();
    InventoryError::Broken { line, message: format!("{message}{cure}") }
}

/// What a line of JSON shows that is none.
fn cure(line: &str, message: &str) -> Option<&'static str> {
    let begins_quoted = ["{'", "['", "[{'", ", '", "{ '", "[ '"].iter().any(|sign| line.contains(sign));
    let has_word = |words: &[&str]| {
        words.iter().any(|word| {
            line.match_indices(word).any(|(at, _)| {
                let before = line.get(..at).map(trim).unwrap_or_default();
                let behind = line.get(at + word.len()..).map(trim).unwrap_or_default();
                before.ends_with([':', ',', '[']) && (behind.is_empty() || behind.starts_with([',', '}', ']']))
            })
        })
    };
    if begins_quoted
        || trim(line).starts_with('\'')
        || has_word(&["None", "True", "False"])
        || line.contains("OrderedDict(")
    {
        return Some(
            "this is how Python prints a dict; write it with json.dumps(zeep.helpers.serialize_object(answer), default=str)",
        );
    }
    if has_word(&["undefined"]) {
        return Some("this is how JavaScript prints an object; write it with JSON.stringify(answer)");
    }
    if line.contains("@{") {
        return Some("this is how PowerShell prints an object; write it with ConvertTo-Json -Depth 10");
    }
    if message.starts_with("the file ends") {
        return Some("the file is cut: save the whole answer");
    }
    if line.contains("//") && trim(line).starts_with("//") || line.contains("/*") {
        return Some("JSON has no comments: remove them");
    }
    if message.contains("trailing comma") || message.starts_with("'}'") || message.starts_with("']'") {
        return Some("there is a comma too many before it, or a bracket");
    }
    None
}
