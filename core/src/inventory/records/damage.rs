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

/// What cures a text that is broken for this reason in this line.
fn cure(line: &str, message: &str) -> Option<&'static str> {
    if message.starts_with("the file ends") {
        return Some("the file is cut: save the whole answer");
    }
    let has_word = |words: &[&str]| words.iter().any(|word| is_value(line, word));
    let has_quote = message.starts_with("'\\''") || [": '", "['", ", '"].iter().any(|sign| line.contains(sign));
    if has_quote || has_word(&["None", "True", "False"]) || line.contains("OrderedDict(") {
        return Some(OF_PYTHON);
    }
    if has_word(&["undefined"]) {
        return Some("this is how JavaScript prints an object; write it with JSON.stringify(answer)");
    }
    if line.contains("@{") {
        return Some("this is how PowerShell prints an object; write it with ConvertTo-Json -Depth 10");
    }
    if trim(line).starts_with("//") || line.contains("/*") {
        return Some("JSON has no comments: remove them");
    }
    if message.contains("trailing comma") || message.starts_with("'}'") || message.starts_with("']'") {
        return Some("there is a comma too many before it, or a bracket");
    }
    None
}

const OF_PYTHON: &str =
    "this is how Python prints a dict; write it with json.dumps(zeep.helpers.serialize_object(answer), default=str)";

/// Whether a bare word stands in a line where a value of JSON does.
fn is_value(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).map(trim).unwrap_or_default();
        let behind = line.get(at + word.len()..).map(trim).unwrap_or_default();
        before.ends_with([':', ',', '[']) && (behind.is_empty() || behind.starts_with([',', '}', ']']))
    })
}
