//! HTML, as far as it has to be told from XML and read as text.

use super::InventoryError;
use crate::text::trim;

/// The elements that an HTML page may begin with, when it does not begin with `html`.
const ELEMENTS: [&str; 35] = [
    "html", "head", "body", "title", "meta", "link", "script", "style", "table", "form", "div", "span", "p", "h1",
    "h2", "h3", "center", "font", "b", "br", "hr", "pre", "img", "frameset", "h4", "tr", "td", "th", "tbody", "thead",
    "ul", "ol", "dl", "noscript", "base",
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

/// What a page shows: a line for each row and paragraph, with tabs between cells. A line break within a cell begins a line
/// without tabs, as it does when a person copies the table from a browser.
///
/// # Errors
/// If there is no memory for it.
pub(super) fn shown(text: &str) -> Result<String, InventoryError> {
    let mut page = Screen::default();
    page.text.try_reserve(text.len()).map_err(|_| InventoryError::Memory { bytes: text.len() })?;
    for piece in Pieces(text) {
        match piece {
            Piece::Text(text) => page.push(text),
            Piece::Tag { name, .. } => page.tag(&name),
        }
    }
    // The last row is complete, and was not cut within a cell.
    if page.ends_row {
        page.text.push('\n');
    }
    Ok(page.text)
}

/// A piece of a page.
pub(super) enum Piece<'t> {
    /// Text between two tags, with its references.
    Text(&'t str),
    /// A tag.
    Tag {
        /// Its name in lower case, behind `/` if it ends an element.
        name: String,
        /// What stands behind the name.
        attributes: &'t str,
    },
}

/// The pieces of a page, without those that a browser does not show.
pub(super) struct Pieces<'t>(pub(super) &'t str);

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            let Some(behind) = self.0.strip_prefix('<') else {
                let end = self.0.find('<').unwrap_or(self.0.len());
                let (text, behind) = self.0.split_at(end);
                self.0 = behind;
                return (!text.is_empty()).then_some(Piece::Text(text));
            };
            let end = behind.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '/' && letter != '!');
            let (name, attributes) = behind.split_at(end.unwrap_or(behind.len()));
            match name.trim_end_matches('/').to_ascii_lowercase().as_str() {
                hidden @ ("script" | "style" | "template") => {
                    let end = find(behind, &format!("</{hidden}")).and_then(|end| end.split_once('>'));
                    self.0 = end.map_or("", |(_, behind)| behind);
                }
                "!" if behind.starts_with("!--") => {
                    self.0 = behind.split_once("-->").map_or("", |(_, behind)| behind);
                }
                name => {
                    let (attributes, behind) = attributes.split_once('>').unwrap_or((attributes, ""));
                    self.0 = behind;
                    return Some(Piece::Tag { name: name.to_owned(), attributes });
                }
            }
        }
    }
}

/// What a page shows, as far as it is read.
#[derive(Default)]
struct Screen {
    text: String,
    /// Cells of the row that have begun.
    cells: usize,
    /// The cell, or the line outside tables, shows something.
    has_text: bool,
    /// What comes next stands in another row.
    ends_row: bool,
    /// What comes next stands on another line of the cell.
    ends_line: bool,
    /// There is a blank in front of what comes next.
    has_blank: bool,
    /// Lines and tabs are shown as they are written.
    is_as_written: bool,
}

impl Screen {
    fn tag(&mut self, name: &str) {
        match name {
            "td" | "th" => self.cell(),
            "tr" | "/tr" | "table" | "/table" => self.row(),
            "pre" | "/pre" => {
                self.row();
                self.is_as_written = name == "pre";
            }
            name if begins_line(name) => self.line(),
            _ => {}
        }
    }

    fn row(&mut self) {
        (self.cells, self.has_text, self.ends_row, self.ends_line) = (0, false, true, false);
    }

    fn cell(&mut self) {
        if self.cells > 0 {
            if std::mem::take(&mut self.ends_row) {
                self.text.push('\n');
            }
            self.text.push('\t');
        }
        self.cells += 1;
        (self.has_text, self.ends_line, self.has_blank) = (false, false, false);
    }

    /// What wraps all that a cell shows begins no line.
    fn line(&mut self) {
        self.ends_line = self.has_text;
    }

    /// Text between two tags. References are resolved before anything else, so that one to a blank is a blank.
    fn push(&mut self, text: &str) {
        let text = htmlize::unescape(text);
        if !self.is_as_written {
            return self.push_words(&text);
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.row();
            }
            for cell in line.split('\t') {
                self.cell();
                self.push_words(cell);
            }
        }
    }

    /// Blanks are one space.
    fn push_words(&mut self, text: &str) {
        self.has_blank |= text.starts_with(char::is_whitespace);
        for (at, word) in text.split_whitespace().enumerate() {
            let (ends_row, ends_line) = (std::mem::take(&mut self.ends_row), std::mem::take(&mut self.ends_line));
            if ends_row || ends_line {
                self.text.push('\n');
            } else if at > 0 || self.has_blank && self.has_text {
                self.text.push(' ');
            }
            self.text.push_str(word);
            (self.has_text, self.has_blank) = (true, false);
        }
        self.has_blank |= text.ends_with(char::is_whitespace);
    }
}

/// Whether what stands behind this tag stands on another line.
pub(super) fn begins_line(name: &str) -> bool {
    const OF_LINES: [&str; 21] = [
        "br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "title", "h1", "h2", "h3", "h4", "h5", "h6", "option",
        "form", "hr", "section", "article",
    ];
    OF_LINES.contains(&name.trim_start_matches('/'))
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

    fn lines(page: &str) -> Vec<String> {
        shown(page).expect("memory").lines().map(str::to_owned).collect()
    }

    #[test]
    fn cells_stand_behind_tabs_and_rows_on_lines() {
        let page = "<tr><td><b>Product&nbsp;Name:</b></td><td>\n CP-8841\n</td></tr><script>a<b</script>x";
        assert_eq!(lines(page), ["", "Product Name:\tCP-8841", "x"]);
        // The cells of old pages never end.
        assert_eq!(
            lines("<TABLE><TR><TD>a<TD width=20><TD>b<TR><TD><B> </B><TD><TD>c</TABLE>"),
            ["", "a\t\tb", "\t\tc"]
        );
    }

    #[test]
    fn a_line_break_in_a_cell_begins_a_line_and_what_wraps_a_cell_does_not() {
        assert_eq!(
            lines("<tr><td><p>UDI</p></td><td><div>phone<br/>CP-8845<BR>V00</div></td></tr>"),
            ["", "UDI\tphone", "CP-8845", "V00"]
        );
        assert_eq!(lines("<p>Network setup<p>Cisco <b>IP</b> Phone</p>"), ["Network setup", "Cisco IP Phone"]);
        assert_eq!(lines("<pre>a: b\nc\td</pre>e"), ["", "a: b", "c\td", "e"]);
    }

    #[test]
    fn every_reference_is_resolved_and_none_begins_a_row() {
        let page =
            "On&#x2D;premise &Eacute;&#233;&eacute&NotEqualTilde;&#150; &#9;&NewLine;&#10;x &nobody; R&D &amp;lt;";
        assert_eq!(lines(page), ["On-premise \u{c9}\u{e9}\u{e9}\u{2242}\u{338}\u{2013} x &nobody; R&D &lt;"]);
    }
}
