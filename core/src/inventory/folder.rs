//! A folder of pages: notes that name what in it is no page.

use super::recognize::{has_header, head};
use super::{Came, Document, Inventory, recognize};
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

/// Whether a file has a name that systems and people give to what they leave in folders: thumbnails, settings of a view,
/// remarks. Only a file that is no page either is left out.
pub(super) fn has_name_of_litter(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let (stem, extension) = name.split_once('.').unwrap_or((&name, ""));
    name.starts_with("._")
        || matches!(&*name, ".ds_store" | "thumbs.db" | "ehthumbs.db" | "desktop.ini" | ".directory" | ".gitkeep")
        || stem == "readme" && matches!(extension, "" | "txt" | "md" | "rtf")
}

/// Files among pages that are other inventories: they became rows that nobody can read.
#[derive(Default)]
pub(super) struct Others(Vec<(SourceKind, String)>);

impl Others {
    /// Looks at a file that is no page, of which this came.
    pub(super) fn look(&mut self, file: &Document<'_>, came: Came) {
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
pub(super) fn note(inventory: &mut Inventory, left_out: &[(LeftOut, String)], others: &Others) {
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
