//! From a path as it is written to the file that defines what it names, through every re-export.

use std::collections::BTreeMap;

use crate::declared_modules::{Mention, ModulePath, Tree};

/// So many re-exports may stand between a name and its definition.
const DEPTH: usize = 24;

/// Which file uses which, with the first line that says so.
pub(crate) type Arrows = BTreeMap<(ModulePath, ModulePath), usize>;

impl Tree {
    /// The file that defines what `mention` names in the module `at`; `None` if that is another crate or a local name.
    fn file_of(&self, at: &[String], mention: &Mention) -> Option<ModulePath> {
        if mention.other_crate { None } else { self.relative(at, &mention.segments, DEPTH) }
    }

    fn relative(&self, at: &[String], segments: &[String], depth: usize) -> Option<ModulePath> {
        let depth = depth.checked_sub(1)?;
        let (first, rest) = segments.split_first()?;
        match &**first {
            "crate" => self.below(&[], rest, depth),
            "self" => self.below(at, rest, depth),
            "super" => {
                let mut above = at.split_last()?.1;
                let mut rest = rest;
                while rest.first().is_some_and(|next| next == "super") {
                    above = above.split_last()?.1;
                    rest = &rest[1..];
                }
                self.below(above, rest, depth)
            }
            name if self.has(at, name, depth) => self.below(at, segments, depth),
            _ => None,
        }
    }

    fn child(&self, at: &[String], name: &str) -> Option<ModulePath> {
        let mut child = at.to_vec();
        child.push(name.to_owned());
        self.modules.contains_key(&child).then_some(child)
    }

    /// The modules that `at` brings everything in from.
    fn globs(&self, at: &[String], depth: usize) -> Vec<ModulePath> {
        let Some(module) = self.modules.get(at) else { return Vec::new() };
        let found = module.globs.iter().filter(|glob| !glob.other_crate);
        found.filter_map(|glob| self.relative(at, &glob.segments, depth)).filter(|target| target != at).collect()
    }

    fn has(&self, at: &[String], name: &str, depth: usize) -> bool {
        let Some(module) = self.modules.get(at) else { return false };
        let own = module.defined.contains(name) || module.names.contains_key(name) || self.child(at, name).is_some();
        own || depth
            .checked_sub(1)
            .is_some_and(|depth| self.globs(at, depth).iter().any(|target| self.has(target, name, depth)))
    }

    /// Where `segments` lead from the module `at` on.
    fn below(&self, at: &[String], segments: &[String], depth: usize) -> Option<ModulePath> {
        let depth = depth.checked_sub(1)?;
        let module = self.modules.get(at)?;
        let here = || Some(module.file_module.clone());
        let Some((name, rest)) = segments.split_first() else { return here() };
        if let Some(child) = self.child(at, name) {
            return self.below(&child, rest, depth);
        }
        if let Some(named) = module.names.get(name) {
            let whole: Vec<String> = named.segments.iter().chain(rest).cloned().collect();
            return if named.other_crate { None } else { self.relative(at, &whole, depth) };
        }
        if !module.defined.contains(name) {
            let globs = self.globs(at, depth);
            if let Some(target) = globs.iter().find(|target| self.has(target, name, depth)) {
                return self.below(target, segments, depth);
            }
        }
        // Defined here, or made by a macro that is called here.
        here()
    }

    pub(crate) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (path, module) in &self.modules {
            // Each path once, at its first line: tables of rules mention the same few thousands of times.
            let mut first: BTreeMap<&[String], &Mention> = BTreeMap::new();
            for mention in &module.mentions {
                let known = first.entry(&mention.segments).or_insert(mention);
                if (mention.other_crate, mention.line) < (known.other_crate, known.line) {
                    *known = mention;
                }
            }
            for mention in first.into_values() {
                let Some(target) = self.file_of(path, mention).filter(|target| *target != module.file_module) else {
                    continue;
                };
                let line = arrows.entry((module.file_module.clone(), target)).or_insert(mention.line);
                *line = mention.line.min(*line);
            }
        }
        arrows
    }

    /// The rooms of `core`, a crate that is called one of `names` here, whose definitions this crate uses.
    pub(crate) fn rooms_used(&self, core: &Tree, names: &[&str]) -> Vec<String> {
        let mentions = self.modules.values().flat_map(|module| &module.mentions);
        let paths = mentions.filter_map(|mention| mention.segments.split_first());
        let of_core = paths.filter(|(first, _)| names.contains(&&***first));
        let mut rooms: Vec<String> =
            of_core.filter_map(|(_, rest)| core.below(&[], rest, DEPTH)?.into_iter().next()).collect();
        rooms.sort();
        rooms.dedup();
        rooms
    }
}
