//! Which rows are about which models: looked up by the names that rows use.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::has_load;
use crate::destination::Destination;
use crate::phone::Model;
use crate::rulebook::model_names::names;
use crate::rulebook::rows::{AdviceKind, AdviceRow, GateRow, Stage};
use crate::rulebook::tables::Rows;

/// A row that names models, the destinations that it is about, and its kind.
pub(super) trait NamesModels {
    type Kind: Copy + Ord + std::hash::Hash;

    fn models(&self) -> &[Model];
    fn except(&self) -> &[Model];
    fn destinations(&self) -> &[Destination];
    fn kind(&self) -> Self::Kind;
}

macro_rules! names_models {
    ($($row:ident by $kind:ident: $kinds:ident),+) => { $(
        impl NamesModels for $row {
            type Kind = $kinds;

            fn models(&self) -> &[Model] {
                &self.models
            }

            fn except(&self) -> &[Model] {
                &self.except
            }

            fn destinations(&self) -> &[Destination] {
                &self.destinations
            }

            fn kind(&self) -> $kinds {
                self.$kind
            }
        }
    )+ };
}

names_models!(GateRow by on: Stage, AdviceRow by says: AdviceKind);

/// Of a model without a load a row speaks by its very name, or by that of a series that runs one type only.
fn names_of(book: &Rows, model: Model) -> impl Iterator<Item = Model> {
    let has_load = has_load(book, model);
    let runs_one_type = |name: &Model| book.single_firmware.iter().any(|row| row.models.contains(name));
    names(model).filter(move |name| has_load || *name == model || runs_one_type(name))
}

/// Whether a row names a model, even if it leaves it out again.
pub(super) fn names_it(book: &Rows, row: &impl NamesModels, model: Model) -> bool {
    names_of(book, model).any(|name| row.models().contains(&name))
}

/// A model on its way, and what is asked of it.
pub(super) type Question<K> = (Model, Destination, K);

/// The rows about each question.
pub(super) struct About<'r, R: NamesModels> {
    rows: HashMap<Question<R::Kind>, Vec<&'r R>>,
}

impl<'r, R: NamesModels> About<'r, R> {
    /// Goes through the rows of a section once.
    pub(super) fn of(book: &'r Rows, section: fn(&Rows) -> &[R], asked: &BTreeSet<Question<R::Kind>>) -> Self {
        let models: BTreeSet<Model> = asked.iter().map(|(model, ..)| *model).collect();
        let mut named: HashMap<Model, Vec<Model>> = HashMap::new();
        for model in models {
            names_of(book, model).for_each(|name| named.entry(name).or_default().push(model));
        }
        let mut about: HashMap<Question<R::Kind>, Vec<&'r R>> = HashMap::new();
        for row in section(book) {
            let except: HashSet<Model> = row.except().iter().copied().collect();
            let models: BTreeSet<Model> =
                row.models().iter().filter_map(|name| named.get(name)).flatten().copied().collect();
            for model in models.into_iter().filter(|model| !except.contains(model)) {
                let questions = row.destinations().iter().map(|destination| (model, *destination, row.kind()));
                let questions: BTreeSet<_> = questions.filter(|question| asked.contains(question)).collect();
                questions.into_iter().for_each(|question| about.entry(question).or_default().push(row));
            }
        }
        Self { rows: about }
    }

    pub(super) fn rows(&self, question: &Question<R::Kind>) -> &[&'r R] {
        self.rows.get(question).map_or(&[], Vec::as_slice)
    }
}
