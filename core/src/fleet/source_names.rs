//! The names of the sources of a fleet, no two of which are the same.

use std::collections::{HashMap, HashSet};

use super::Source;

/// Which names are taken. It is derived from the sources: two fleets of equal sources are equal, whatever was looked up.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    taken: HashSet<Box<str>>,
    /// By name without number, the highest number.
    highest: HashMap<Box<str>, usize>,
    /// How many sources are in it.
    known: usize,
}

impl Names {
    /// The source behind these: if one of them has its name, a number tells them apart, as in `risport (2)`. The next call
    /// looks only at the sources that came since.
    pub(super) fn tell_apart(&mut self, source: Source, before: &[Source]) -> Source {
        for known in before.get(self.known..).unwrap_or_default() {
            self.learn(known);
        }
        self.known = before.len();
        if !self.taken.contains(source.name()) {
            return source;
        }
        let last = self.highest.get(source.name_alone()).copied().unwrap_or(1);
        // Numbers that were passed over once are below the highest from then on.
        let mut numbers = (last + 1..).map(|number| (number, source.numbered_name(number)));
        match numbers.find(|(_, name)| !self.taken.contains(name.as_str())) {
            Some((number, name)) => source.renamed(number, name),
            None => source,
        }
    }

    fn learn(&mut self, source: &Source) {
        self.taken.insert(source.name().into());
        let number = source.number();
        match self.highest.get_mut(source.name_alone()) {
            Some(highest) => *highest = number.max(*highest),
            None => drop(self.highest.insert(source.name_alone().into(), number)),
        }
    }
}

impl PartialEq for Names {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Names {}
