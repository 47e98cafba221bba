//! Under which names rows speak of a model.

use super::tables::{LISTED, OTHER};
use crate::phone::Model;

/// Conversions and single firmware: what is said of a model outweighs what is said of its series, and that what is said
/// of every other device, which a model with a load is not.
pub(super) fn levels(model: Model, has_load: bool) -> impl Iterator<Item = Model> + Clone {
    [Some(model), model.series(), Some(OTHER).filter(|_| !has_load)].into_iter().flatten()
}

/// Gates and advice: what is said of a model with a load, of its series and of `listed` all counts.
pub(super) fn names(model: Model) -> impl Iterator<Item = Model> {
    [Some(model), model.series(), Some(LISTED)].into_iter().flatten()
}

/// Whether a gate or advice is about this model with a load.
pub(super) fn is_named(named: &[Model], except: &[Model], model: Model) -> bool {
    names(model).any(|name| named.contains(&name)) && !except.contains(&model)
}
