//! A folder of pages: what stands in it beside pages is told.

use super::recognize::has_header;
use super::{Came, Document, Inventory, RowProblem, recognize};
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
        }
    }
}

impl Inventory {
    /// Tells what a folder holds beside pages: entries that the caller left out, and files of another kind, which became rows
    /// that nobody can read. `pages` are those that [`device_page::read`](super::device_page::read) made this inventory of.
    ///
    /// # Example
    /// ```
    /// use crossgrade::inventory::{Document, LeftOut, device_page};
    ///
    /// let pages = [Document::new("export.csv", b"PID,VID\nCP-7821-K9=,V03\n")];
    /// let mut inventory = device_page::read(pages);
    /// inventory.note_folder(&pages, &[(LeftOut::Folder, "old".to_owned())]);
    /// let notes: Vec<_> = inventory.notes().map(|(_, note)| note).collect();
    /// assert_eq!(notes[0], r#"1 folder within the folder was not read: ["old"]"#);
    /// assert!(notes[1].starts_with(r#"1 file is csv and no page of a phone: ["export.csv"]; "#));
    /// ```
    pub fn note_folder(&mut self, pages: &[Document<'_>], left_out: &[(LeftOut, String)]) {
        let notes: Vec<String> = left_out_notes(left_out).chain(other_notes(self, pages)).collect();
        notes.into_iter().for_each(|note| self.note(note));
    }
}

fn left_out_notes(left_out: &[(LeftOut, String)]) -> impl Iterator<Item = String> {
    LeftOut::ALL.iter().filter_map(move |kind| {
        let names: Vec<String> = left_out.iter().filter(|(of, _)| of == kind).map(|(_, name)| name.clone()).collect();
        let count = names.len();
        (count > 0).then(|| format!("{count} {} not read: {}", kind.of(count), ShownNames(&names)))
    })
}

fn other_notes(inventory: &Inventory, pages: &[Document<'_>]) -> impl Iterator<Item = String> {
    let mut others: Vec<(SourceKind, &str)> = Vec::new();
    for (_, broken) in inventory.broken_rows() {
        let index = usize::try_from(broken.line).unwrap_or(usize::MAX).saturating_sub(1);
        if let (RowProblem::Came(came), Some(page)) = (broken.problem, pages.get(index)) {
            others.extend(other_kind(came, page.bytes()).map(|kind| (kind, page.name())));
        }
    }
    [SourceKind::Csv, SourceKind::Xlsx, SourceKind::Risport, SourceKind::Webex].into_iter().filter_map(move |kind| {
        let names = others.iter().filter(|(of, _)| *of == kind).map(|(_, name)| (*name).to_owned());
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

/// What a file is that is no page, if it is an inventory.
fn other_kind(came: Came, bytes: &[u8]) -> Option<SourceKind> {
    if matches!(came, Came::Nothing | Came::Login | Came::Html) {
        return None;
    }
    match recognize(bytes) {
        SourceKind::DevicePage => None,
        // Nothing speaks for another kind: only a header of a table does.
        SourceKind::Csv => has_header(bytes).then_some(SourceKind::Csv),
        kind => Some(kind),
    }
}
