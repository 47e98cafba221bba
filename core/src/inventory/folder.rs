//! A folder of pages: notes that name what in it is no page.

use super::recognize::{has_header, head};
use super::{Came, Document, Inventory, device_page, recognize};
use crate::fleet::SourceKind;
use crate::text::{ShownNames, words};

words! {
    /// Why an entry of a folder was not read.
    #[non_exhaustive]
    pub enum LeftOut as "why an entry was not read" {
        /// It is a folder: folders within folders are not read.
        Folder = "folder",
        /// It is a link, and there is nothing behind it.
        DanglingLink = "dangling-link",
        /// It is a pipe, a socket, a device.
        NoFile = "no-file",
        /// A system or a person leaves such files in folders, and it says nothing of a phone.
        Litter = "litter",
    }
}

impl LeftOut {
    fn of(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Folder, 1) => "folder within the folder was",
            (Self::Folder, _) => "folders within the folder were",
            (Self::DanglingLink, 1) => "link to nothing was",
            (Self::DanglingLink, _) => "links to nothing were",
            (Self::NoFile, 1) => "entry that is no file, such as a pipe, was",
            (Self::NoFile, _) => "entries that are no files, such as pipes, were",
            (Self::Litter, 1) => "file that systems or people leave in folders, and that is no page, was",
            (Self::Litter, _) => "files that systems or people leave in folders, and that are no pages, were",
        }
    }
}

/// Reads the pages of a folder, as [`device_page::read`] does. What the folder holds beside pages is told in the notes: the entries that the caller left
/// out, and files that are inventories of another kind, which became rows that nobody can read. Files such as `Thumbs.db` or
/// `readme.txt` that say nothing of a phone become no rows: they are told as left out ([`LeftOut::Litter`]). Feature
/// `inventory`.
///
/// # Example
/// ```
/// use crossgrade::inventory::{Document, LeftOut, read_folder};
///
/// let pages = [Document::new("export.csv", b"PID,VID\nCP-7821-K9=,V03\n")];
/// let inventory = read_folder(pages, &[(LeftOut::Folder, "old".to_owned())]);
/// let notes: Vec<_> = inventory.notes().map(|(_, note)| note).collect();
/// assert_eq!(notes[0], r#"1 folder within the folder was not read: ["old"]"#);
/// assert!(notes[1].starts_with(r#"1 file is csv and no page of a phone: ["export.csv"]; "#));
/// ```
pub fn read_folder<'a>(pages: impl IntoIterator<Item = Document<'a>>, left_out: &[(LeftOut, String)]) -> Inventory {
    let mut others = Others::default();
    let mut left_out = left_out.to_vec();
    let pages = pages.into_iter().filter(|page| {
        let is_litter = has_name_of_litter(page.name()) && device_page::is_no_page(page);
        left_out.extend(is_litter.then(|| (LeftOut::Litter, page.name().to_owned())));
        !is_litter
    });
    let mut inventory = device_page::read_pages(pages, |page, came| others.look(page, came));
    note(&mut inventory, &left_out, &others);
    inventory
}

/// Whether a file has a name that systems and people give to what they leave in folders: thumbnails, settings of a view,
/// remarks. Only a file that is no page either is left out.
fn has_name_of_litter(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let (stem, extension) = name.split_once('.').unwrap_or((&name, ""));
    name.starts_with("._")
        || matches!(&*name, ".ds_store" | "thumbs.db" | "ehthumbs.db" | "desktop.ini" | ".directory" | ".gitkeep")
        || stem == "readme" && matches!(extension, "" | "txt" | "md" | "rtf")
}

/// Files among pages that are other inventories: they became rows that nobody can read.
#[derive(Default)]
struct Others(Vec<(SourceKind, String)>);

impl Others {
    /// Looks at a file that is no page, of which this came.
    fn look(&mut self, file: &Document<'_>, came: Came) {
        self.0.extend(other_kind(came, file.bytes()).map(|kind| (kind, file.name().to_owned())));
    }

    fn notes(&self) -> impl Iterator<Item = String> {
        [SourceKind::Csv, SourceKind::Xlsx, SourceKind::Risport, SourceKind::Webex].into_iter().filter_map(|kind| {
            let names = self.0.iter().filter(|(of, _)| *of == kind).map(|(_, name)| name.clone());
            let names: Vec<String> = names.collect();
            let files = match names.len() {
                0 => return None,
                1 => "1 file is".to_owned(),
                count => format!("{count} files are"),
            };
            let names = ShownNames(&names);
            Some(format!(
                "{files} {kind} and no page of a phone: {names}; expected pages only, and each other file by itself"
            ))
        })
    }
}

/// Tells what a folder holds beside pages: entries that were left out, and files of another kind.
fn note(inventory: &mut Inventory, left_out: &[(LeftOut, String)], others: &Others) {
    left_out_notes(left_out).chain(others.notes()).for_each(|note| inventory.note(note));
}

fn left_out_notes(left_out: &[(LeftOut, String)]) -> impl Iterator<Item = String> {
    LeftOut::ALL.iter().filter_map(move |kind| {
        let names: Vec<String> = left_out.iter().filter(|(of, _)| of == kind).map(|(_, name)| name.clone()).collect();
        let count = names.len();
        (count > 0).then(|| format!("{count} {} not read: {}", kind.of(count), ShownNames(&names)))
    })
}

/// What a file is that is no page, if it is an inventory.
fn other_kind(came: Came, bytes: &[u8]) -> Option<SourceKind> {
    if matches!(came, Came::Nothing | Came::Login | Came::Html) {
        return None;
    }
    match recognize(bytes) {
        SourceKind::DevicePage => None,
        // Nothing speaks for another kind: only a header of a table does.
        SourceKind::Csv => has_header(head(bytes)).then_some(SourceKind::Csv),
        kind => Some(kind),
    }
}
