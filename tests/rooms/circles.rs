//! Circles between sibling modules: of any folder, counting what lies below each.

use std::collections::{BTreeMap, BTreeSet};

use crate::declared_modules::{ModulePath, Tree};
use crate::name_resolution::Arrows;

#[derive(Debug)]
pub(crate) struct Circle {
    /// The folder, from the root of the repository.
    pub(crate) folder: String,
    pub(crate) siblings: BTreeSet<String>,
    /// The files that make it: `core/src/phone/pid.rs:4 uses core/src/phone/product.rs`.
    pub(crate) arrows: Vec<String>,
}

/// Whom each sibling uses, over any number of steps.
fn reach<'a>(uses: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut reached = uses.clone();
    for from in uses.keys() {
        let mut open: Vec<&str> = uses[from].iter().copied().collect();
        while let Some(next) = open.pop() {
            let further = uses.get(next).into_iter().flatten();
            let new: Vec<&str> = further.copied().filter(|target| !reached[from].contains(target)).collect();
            reached.entry(from).or_default().extend(&new);
            open.extend(new);
        }
    }
    reached
}

pub(crate) fn circles(tree: &Tree) -> Vec<Circle> {
    let arrows = tree.arrows();
    let folders: BTreeSet<&[String]> = tree.modules.keys().filter_map(|path| Some(path.split_last()?.1)).collect();
    folders.into_iter().flat_map(|folder| circles_of_folder(tree, &arrows, folder)).collect()
}

fn circles_of_folder(tree: &Tree, arrows: &Arrows, folder: &[String]) -> Vec<Circle> {
    fn sibling<'p>(folder: &[String], path: &'p ModulePath) -> Option<&'p str> {
        if path.starts_with(folder) { path.get(folder.len()).map(String::as_str) } else { None }
    }
    let between = |(from, to): &(ModulePath, ModulePath)| {
        let (from, to) = (sibling(folder, from)?.to_owned(), sibling(folder, to)?.to_owned());
        (from != to).then_some((from, to))
    };
    let pairs: Vec<(String, String)> = arrows.keys().filter_map(between).collect();
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in &pairs {
        uses.entry(from).or_default().insert(to);
    }
    let reached = reach(&uses);
    let mut found: Vec<Circle> = Vec::new();
    for (from, targets) in &reached {
        if !targets.contains(from) || found.iter().any(|circle| circle.siblings.contains(*from)) {
            continue;
        }
        let back = |target: &&&str| reached.get(**target).is_some_and(|targets| targets.contains(from));
        let siblings: BTreeSet<String> = targets.iter().filter(back).map(|target| (*target).to_owned()).collect();
        let inside = |pair: &(ModulePath, ModulePath)| {
            between(pair).is_some_and(|(from, to)| siblings.contains(&from) && siblings.contains(&to))
        };
        let inside = arrows.iter().filter(|(pair, _)| inside(pair));
        let arrows =
            inside.map(|((from, to), line)| format!("{}:{line} uses {}", tree.file(from), tree.file(to))).collect();
        let folder = std::iter::once(&tree.folder).chain(folder).map(String::as_str).collect::<Vec<_>>().join("/");
        found.push(Circle { folder, siblings, arrows });
    }
    found
}
