//! A workbook that is open, and the rows of its sheets.

use calamine::{Reader as _, Xlsx, XlsxError};

use super::container::{Archive, Part, Parts, check};
use super::sheet_outline::Outline;
use super::sheet_rows::{Places, Rows};
use super::watched_bytes::{Opened, Watched};
use super::{damaged, unwinding};
use crate::inventory::{Document, InventoryError};

/// A workbook as calamine reads it, and the zip file that it is.
pub(super) struct Book<'d> {
    pub(super) workbook: Xlsx<Watched<'d>>,
    archive: Archive<'d>,
    parts: Parts,
    opened: Opened,
}

impl<'d> Book<'d> {
    pub(super) fn open(document: &Document<'d>) -> Result<Self, InventoryError> {
        let (archive, parts) = check(document.bytes())?;
        let (bytes, opened) = Watched::new(document.bytes());
        let workbook = unwinding(|| Xlsx::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Self { workbook, archive, parts, opened })
    }

    /// The part of a sheet, and its rows, of which these are known to stand in several places.
    pub(super) fn rows(&mut self, sheet: &str, known: Places) -> Result<(Part, Rows<'_, 'd>), InventoryError> {
        let Self { workbook, archive, parts, opened } = self;
        let cells = unwinding(|| workbook.worksheet_cells_reader(sheet)).map_err(|error| damaged(&error))?;
        let Some(part) = parts.get(&opened.place()) else {
            return Err(damaged(&XlsxError::FileNotFound(sheet.to_owned())));
        };
        let outline = archive.by_index(part.index).map_err(|error| damaged(&XlsxError::Zip(error)))?;
        Ok((*part, Rows::new(cells, Outline::new(outline), known)))
    }
}
