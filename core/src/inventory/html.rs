//! HTML, as far as it has to be told from XML and read as text.

use super::InventoryError;
use crate::text::trim;

/// The elements that an HTML page may begin with, when it does not begin with `html`.
const ELEMENTS: [&str; 24] = [
    "html", "head", "body", "title", "meta", "link", "script", "style", "table", "form", "div", "span", "p", "h1",
    "h2", "h3", "center", "font", "b", "br", "hr", "pre", "img", "frameset",
];

/// Whether an element of this name is one of HTML.
pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS.iter().any(|element| name.eq_ignore_ascii_case(element))
}

/// Whether a text begins as an HTML page does: behind a declaration, a document type and comments with such an element.
pub(super) fn is_html(text: &str) -> bool {
    let mut rest = trim(text);
    loop {
        let Some(inside) = rest.strip_prefix('<') else { return false };
        if starts_with(inside, "!doctype") {
            return starts_with(trim(inside.get("!doctype".len()..).unwrap_or_default()), "html");
        }
        if !inside.starts_with(['?', '!']) {
            let end = inside.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(inside.len());
            return is_element(inside.get(..end).unwrap_or_default());
        }
        let end = if inside.starts_with("!--") { "-->" } else { ">" };
        let Some((_, behind)) = inside.split_once(end) else { return false };
        rest = trim(behind);
    }
}

/// Whether a page asks who is there: a field for a password, or a title that says so.
pub(super) fn is_login(text: &str) -> bool {
    const WORDS: [&str; 8] = ["401", "403", "unauthorized", "forbidden", "login", "log in", "sign in", "sign-in"];
    let mut inputs = find(text, "<input");
    while let Some(behind) = inputs {
        let next = find(behind, "<input");
        // Up to the next one, so that no byte is looked at for each of them.
        let input = behind.get(..behind.len() - next.map_or(0, |next| next.len() + "<input".len())).unwrap_or_default();
        let input = lower_case_beginning(input.split('>').next().unwrap_or_default());
        if input.replace(['"', '\'', ' '], "").contains("type=password") {
            return true;
        }
        inputs = next;
    }
    find(text, "<title").is_some_and(|behind| {
        let title = lower_case_beginning(behind);
        let title = title.split("</title").next().unwrap_or_default();
        WORDS.iter().any(|word| title.contains(word))
    })
}

/// The beginning of a text in lower case: what is looked for stands there, and the text may be as long as the page.
fn lower_case_beginning(text: &str) -> String {
    text.chars().take(4096).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// What a page shows: a line for each row and paragraph, with tabs between cells.
///
/// # Errors
/// If there is no memory for it.
pub(super) fn shown(text: &str) -> Result<String, InventoryError> {
    let mut shown = String::new();
    shown.try_reserve(text.len()).map_err(|_| InventoryError::Memory { bytes: text.len() })?;
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        push_text(&mut shown, before);
        let end = behind.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '/' && letter != '!');
        let name = behind.get(..end.unwrap_or(behind.len())).unwrap_or_default().trim_end_matches('/');
        rest = match name.to_ascii_lowercase().as_str() {
            // A browser does not show what is in them.
            hidden @ ("script" | "style") => {
                let end = find(behind, &format!("</{hidden}")).and_then(|end| end.split_once('>'));
                end.map_or("", |(_, behind)| behind)
            }
            "!" if behind.starts_with("!--") => behind.split_once("-->").map_or("", |(_, behind)| behind),
            name => {
                match name.trim_start_matches('/') {
                    "td" | "th" => shown.push('\t'),
                    "tr" | "br" | "p" | "div" | "li" | "dt" | "dd" | "table" | "title" | "h1" | "h2" | "h3" | "h4"
                    | "option" | "pre" | "form" => shown.push('\n'),
                    _ => {}
                }
                behind.split_once('>').map_or("", |(_, behind)| behind)
            }
        };
    }
    push_text(&mut shown, rest);
    Ok(shown)
}

/// Text between two tags: blanks are one space, and the references that such pages have are resolved.
fn push_text(shown: &mut String, text: &str) {
    let text = ["&nbsp;", "&#160;", "&#xA0;"].iter().fold(text.to_owned(), |text, blank| text.replace(blank, " "));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let has_blank_begin = text.starts_with(char::is_whitespace) && !shown.ends_with(char::is_whitespace);
    if has_blank_begin {
        shown.push(' ');
    }
    shown.push_str(&references.iter().fold(words, |words, (name, letter)| words.replace(name, letter)));
    if text.ends_with(char::is_whitespace) && !shown.ends_with(char::is_whitespace) {
        shown.push(' ');
    }
}

/// What stands behind a word in lower case, whatever its case in the text.
fn find<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let at = text.as_bytes().windows(word.len()).position(|part| part.eq_ignore_ascii_case(word.as_bytes()))?;
    text.get(at + word.len()..)
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_known_by_its_first_element() {
        for text in ["<!DOCTYPE  HTML>", " <html>", "<?xml version='1.0'?><!-- x --><HTML xmlns='y'>", "<h1>401</h1>"] {
            assert!(is_html(text), "{text}");
        }
        for text in ["", "html", "<", "<!", "<DeviceInformation>", "<!DOCTYPE note><note>", "<brand>"] {
            assert!(!is_html(text), "{text}");
        }
    }

    #[test]
    fn a_page_that_asks_who_is_there_is_a_login_page() {
        for text in ["<title>Sign In</title>", "<TITLE>401 Unauthorized</TITLE>", "<input id=x TYPE = 'password'>"] {
            assert!(is_login(text), "{text}");
        }
        assert!(!is_login("<title>Cisco IP Phone</title><input type=text name=password> login"));
    }

    #[test]
    fn cells_stand_behind_tabs_and_rows_on_lines() {
        let page = "<tr><td><b>Product&nbsp;Name:</b></td><td>\n CP-8841\n</td></tr><script>a<b</script>x";
        let lines: Vec<_> = shown(page).expect("memory").lines().map(|line| line.trim().to_owned()).collect();
        assert_eq!(lines, ["", "Product Name:\t\tCP-8841", "x"]);
    }
}
