//! What a person should know of an answer.

use super::answer::Answer;
use crate::inventory::Inventory;
use crate::inventory::reading_report::counted;
use crate::text::Shown;

/// So many devices the service gives at once.
const AT_MOST: u64 = 1000;

/// What a person should know of the whole answer.
pub(super) fn notes(answer: &Answer, is_complete: bool, inventory: &mut Inventory) {
    let here = answer.devices.len() as u64;
    if let Some(found) = answer.found.filter(|found| is_complete && *found > here) {
        let are = if here == 1 { "is" } else { "are" };
        let limit = if found > AT_MOST { ": it gives 1,000 at most" } else { "" };
        inventory.tells_missing = true;
        inventory.note(format!(
            "the service found {} and {here} {are} in the answer{limit}; ask again for the rest",
            counted(found, "device")
        ));
    }
    match answer.has_no_phones {
        0 => {}
        1 => inventory.note("the capture of 1 node shows no phones".to_owned()),
        count => inventory.note(format!("the captures of {count} nodes show no phones")),
    }
    if let Some(others) = &answer.other_queries {
        inventory.note(format!("what the capture shows of {others} is of no phones, and is not read"));
    }
    for node in &answer.nodes {
        let Some(code) = node.return_code.shown().filter(|code| !code.eq_ignore_ascii_case("Ok")) else { continue };
        let name = node.name.shown().unwrap_or_else(|| "a node without name".to_owned());
        let (name, code) = (Shown::new(&name), Shown::quoted(&code));
        inventory.note(format!("{name} answers {code}, not \"Ok\": it may have phones that are not in the answer"));
    }
    match answer.strays {
        0 => {}
        // Records of a program are nowhere astray.
        _ if !answer.has_list || answer.has_references => {}
        1 => inventory.note("1 device stands beside the list of devices (CmDevices), and is read".to_owned()),
        count => inventory.note(format!("{count} devices stand beside the list of devices (CmDevices), and are read")),
    }
    let (count, first) = (answer.foreign.0, Shown::quoted(&answer.foreign.1));
    let devices = "of Webex or of pages of phones beside those of RisPort";
    match count {
        0 => {}
        1 => inventory.note(format!("1 device {devices} is not read; it says {first}")),
        count => inventory.note(format!("{count} devices {devices} are not read; the first says {first}")),
    }
    answer.unread.tell(inventory);
    answer.short.note().into_iter().for_each(|note| inventory.note(note));
    match &answer.texts {
        (0, _) => {}
        (1, text) => {
            inventory.note(format!("a text stands where none belongs, and is not read: {}", Shown::quoted(text)))
        }
        (count, first) => inventory.note(format!(
            "{count} texts stand where none belongs, and are not read; the first is {}",
            Shown::quoted(first)
        )),
    }
}
