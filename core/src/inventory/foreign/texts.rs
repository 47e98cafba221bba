//! Texts that programs print where they should have saved something.

use super::readable;
use crate::inventory::bare_names;
use crate::inventory::capture_as_csv::names_column;
use crate::inventory::terminal::{self, lines};
use crate::text::{Shown, trim};

const AS_JSON: &str =
    "JSON, as json.dumps(zeep.helpers.serialize_object(answer), default=str) writes it, or the XML of the answer";
const AS_XML: &str = "the XML or JSON itself: save the body of the answer as it came";
const MAIL: &str = "the attachment of the message: save it as a file";
const WEB_PAGE: &str = "the page alone: save it as HTML, or copy its table into a spreadsheet and save that";
const AS_TABLE: &str = "JSON or CSV: convert it, for example with `yq -o=json` or a query that gives a table";
const RUN_AGAIN: &str = "the inventory that the command should give: mend the command and run it again";

/// Headers of emails; two of them among the first lines make a text one.
const OF_MAIL: [&str; 8] =
    ["return-path:", "received:", "from:", "to:", "subject:", "mime-version:", "message-id:", "content-type:"];
/// So many lines are looked at for them.
const LINES_OF_MAIL: usize = 40;

/// What shells, services and programs say instead of an answer, in small letters.
const ERRORS: [&str; 26] = [
    "command not found",
    "is not recognized as an internal or external command",
    "is not recognized as the name of a cmdlet",
    "is not recognized as a name of a cmdlet",
    "no such file or directory",
    "permission denied",
    "access denied",
    "access is denied",
    "invalid credentials",
    "authentication failed",
    "authorization failed",
    "login failed",
    "unauthorized",
    "forbidden",
    "connection refused",
    "connection timed out",
    "could not resolve host",
    "bad gateway",
    "service unavailable",
    "internal server error",
    "executed command unsuccessfully",
    "invalid command",
    "invalid input detected",
    "traceback (most recent call last)",
    "a valid user name and password",
    "no valid command entered",
];
/// A text of more lines is no error alone.
const LINES_OF_ERROR: usize = 12;

/// What a text is, and what should have come.
pub(super) fn of(head: &str) -> Option<(String, &'static str)> {
    let text = trim(head);
    if let Some(found) = printed(text) {
        return Some((found.to_owned(), AS_JSON));
    }
    let escaped = ["&lt;?xml", "&lt;soap", "&lt;ns", "&lt;SOAP", "&lt;env", "&lt;device", "&lt;Device", "&lt;s:"];
    if escaped.iter().any(|begin| text.starts_with(begin)) {
        return Some(("XML whose signs are escaped (`&lt;` for `<`)".to_owned(), AS_XML));
    }
    if text.starts_with("b'") || text.starts_with("b\"") {
        return Some(("bytes as Python prints them (`b'...'`)".to_owned(), AS_XML));
    }
    if let Some(found) = written_for_programs(text) {
        return Some((found.to_owned(), AS_TABLE));
    }
    if is_web_archive(text) {
        return Some(("a web page in one file (.mht), as browsers save it".to_owned(), WEB_PAGE));
    }
    if is_mail(text) {
        return Some(("an email".to_owned(), MAIL));
    }
    let line = error(text).filter(|_| !text.starts_with(['<', '{', '[']))?;
    Some((format!("an error of a program and no inventory: {}", Shown::quoted(line)), RUN_AGAIN))
}

/// What a program printed an object as.
fn printed(text: &str) -> Option<&'static str> {
    let behind = text.trim_start_matches(['{', '[', '(']).trim_start();
    let has_begun = behind.len() < text.len();
    // JSON quotes with `"` alone.
    if has_begun && behind.starts_with('\'') || text.starts_with("OrderedDict(") || text.starts_with("[OrderedDict(") {
        return Some("an object as Python prints it (`{'Name': ...}`)");
    }
    // An element of XML with such words has a value in quotes.
    let first_tag = text.find('>').map_or(text, |end| &text[..end]);
    let is_object = first_tag.contains(" object at 0x") && !first_tag.contains('=');
    if text.starts_with('<') && (text.starts_with("<Response [") || is_object) {
        return Some("the name of an object as Python prints it");
    }
    let name = text.strip_prefix('[').unwrap_or(text).trim_start().strip_prefix('(');
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    let is_of_suds = name.and_then(|name| name.split_once("){")).is_some_and(|(name, _)| is_name(name));
    is_of_suds.then_some("an object as suds prints it (`(reply){ ... }`)")
}

fn is_web_archive(text: &str) -> bool {
    let begin = text.lines().take(LINES_OF_MAIL).take_while(|line| !line.trim().is_empty());
    begin.map(str::to_ascii_lowercase).any(|line| {
        line.starts_with("snapshot-content-location:")
            || line.contains("multipart/related") && line.starts_with("content-type:")
    })
}

/// What a text of devices is that programs read, and nothing here does.
fn written_for_programs(text: &str) -> Option<&'static str> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let first = lines().next()?.trim();
    let is_pair = |line: &str, sign: char| line.split_once(sign).is_some_and(|(name, _)| is_key(name.trim()));
    let is_section = |first: &str, begin: &str, end: &str| {
        let name = first.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
        name.is_some_and(|name| is_key(name.trim_matches('"'))) && lines().nth(1).is_some_and(|line| is_pair(line, '='))
    };
    if is_section(first, "[[", "]]") {
        return Some("TOML");
    }
    if is_section(first, "[", "]") {
        return Some("a file of sections (`[name]` above `key=value`)");
    }
    let of_sql = ["insert into ", "create table ", "insert ignore into ", "replace into "];
    let begins_sql =
        |line: &str| of_sql.iter().any(|of| line.get(..of.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(of)));
    if begins_sql(first) {
        return Some("statements of SQL");
    }
    is_yaml(&lines().collect::<Vec<_>>()).then_some("YAML")
}

/// Whether these lines are a list or entries of YAML: each is a key, indented or with a value, and lists have marks.
fn is_yaml(lines: &[&str]) -> bool {
    let is_entry = |line: &str| {
        let line = line.trim_start_matches([' ', '-']);
        line.is_empty()
            || line.split_once(':').is_some_and(|(key, value)| {
                is_key(key.trim_matches(['"', '\''])) && (value.is_empty() || value.starts_with([' ', '\r']))
            })
    };
    let is_mark =
        |line: &&&str| line.trim_start().strip_prefix("- ").is_some_and(|rest| is_entry(rest) && rest.contains(':'));
    let is_device = |line: &&str| {
        !line.starts_with([' ', '-']) && line.trim_end().strip_suffix(':').is_some_and(readable::is_phone)
    };
    let of_device = lines
        .windows(2)
        .any(|pair| matches!(pair, [one, other] if is_device(one) && other.starts_with(' ') && is_entry(other)));
    // The last line may be cut off.
    let whole = lines.split_last().map_or(lines, |(_, before)| if before.is_empty() { lines } else { before });
    (lines.iter().any(|line| is_mark(&line)) || of_device) && whole.iter().all(|line| is_entry(line))
}

/// Whether a text is a name as programs give them, or of a device.
fn is_key(name: &str) -> bool {
    let is_of_key = |letter: char| letter.is_alphanumeric() || "_-. ".contains(letter);
    !name.is_empty() && name.len() <= 64 && name.chars().all(is_of_key)
}

fn is_mail(text: &str) -> bool {
    let mut lines = text.lines().take(LINES_OF_MAIL).map(str::to_ascii_lowercase);
    let is_header = |line: &String| OF_MAIL.iter().any(|header| line.starts_with(header));
    let first = lines.next();
    let begins_so = first.as_ref().is_some_and(|first| is_header(first) || first.starts_with("delivered-to:"));
    begins_so && lines.take_while(|line| !line.is_empty()).filter(is_header).count() > 1
}

/// The line of a short text that says an error, if no line may be the header of a table or say a phone.
fn error(text: &str) -> Option<&str> {
    let is_read = |line: &str| {
        names_column(line)
            || readable::is_header_of_macs(line)
            || readable::says_phone(line, true)
            || readable::is_phone(line)
            || bare_names::names_devices(line)
    };
    if text.lines().nth(LINES_OF_ERROR).is_some() || lines(text).any(|line| is_read(&line.text)) {
        return None;
    }
    let says_error = |line: &&str| {
        let line = line.to_ascii_lowercase();
        ERRORS.iter().any(|error| line.contains(error)) || line.starts_with("curl: (") || line.starts_with("error:")
    };
    let line = text.lines().map(str::trim).find(says_error)?;
    terminal::recognize(text, false, &[]).is_none().then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, found: Option<&str>) {
        let told = of(text).map(|(found, _)| found);
        assert_eq!(told.is_some(), found.is_some(), "{text:?}: {told:?}");
        assert!(told.unwrap_or_default().contains(found.unwrap_or_default()), "{text:?}");
    }

    #[test]
    fn printed_objects_are_told() {
        for text in [
            "{\n    'Name': 'SEP00CCFC000001',\n    'Model': None\n}",
            "[{'Name': 'a'}]",
            "('a', None)",
            "OrderedDict([('Name', 'a')])",
        ] {
            check(text, Some("as Python prints it"));
        }
        check("<Response [401]>", Some("as Python prints it"));
        check("<zeep.objects.CmDevice object at 0x7f2a>", Some("as Python prints it"));
        for text in ["(reply){\n   item[] = \n      (CmDevice){\n", "[(CmDevice){\n   Name = \"a\"\n }]"] {
            check(text, Some("as suds prints it"));
        }
        check("b'<?xml version=\"1.0\"?>'", Some("bytes as Python prints them"));
        check("&lt;?xml version=\"1.0\"?&gt;", Some("escaped"));
        for text in ["{\"Name\": \"it's\"}", "[]", "{}", "{", "<a>'</a>", "PID,VID\n'a',b\n", "(Oslo) PID"] {
            check(text, None);
        }
    }

    #[test]
    fn errors_and_emails_are_told() {
        check("bash: crossgrade: command not found\n", Some("command not found"));
        check("Invalid credentials", Some("Invalid credentials"));
        check("Return-Path: <a@b>\nReceived: by x\nSubject: phones\n\nPID,VID\n", Some("an email"));
        check("Error,PID\ncommand not found,CP-8841-K9=\n", None);
        check("From: Oslo\nPID,VID\n", None);
    }
}
