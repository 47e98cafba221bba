//! Hardware that runs other firmware than was said, and models that take other loads.

use std::collections::BTreeSet;

use super::{Books, Relaxation, has_load};
use crate::phone::Model;
use crate::rulebook::model_names::levels;
use crate::rulebook::tables::Rows;

/// Hardware that is said to run another type, or one only: the conversion, and its license, may fall away.
pub(super) fn single_firmware(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    let runs = |rows: &Rows, key: Model| {
        levels(key, has_load(rows, key)).find_map(|level| {
            let mut rows = rows.single_firmware.iter();
            rows.find(|row| row.models.contains(&level)).map(|row| row.runs)
        })
    };
    let touched = books.touched(|rows| &rows.single_firmware);
    let keys: BTreeSet<Model> = touched.iter().flat_map(|row| row.models.iter().copied()).collect();
    for key in keys {
        let (was, is) = (runs(books.before, key), runs(books.after, key));
        if was != is {
            let by = books.culprits(|rows| &rows.single_firmware, |row| row.models.contains(&key));
            let is = is.map_or("both types of firmware".to_owned(), |is| format!("{} firmware only", is.name()));
            found.push(Relaxation { what: format!("{key} is said to run {is}"), by });
        }
    }
}

/// A model that takes loads of another family turns contradictions into evidence.
pub(super) fn families(books: &Books<'_>, found: &mut Vec<Relaxation>) {
    for row in books.touched(|rows| &rows.models) {
        let of = |rows: &Rows| rows.models.iter().find(|known| known.model == row.model).map(|row| row.family);
        if let (Some(was), is) = (of(books.before), of(books.after))
            && Some(was) != is
        {
            let by = books.culprits(|rows| &rows.models, |known| known.model == row.model);
            found.push(Relaxation { what: format!("{} takes loads of another family than {was}", row.model), by });
        }
    }
}
