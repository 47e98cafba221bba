//! The modules of a crate: what each defines, which names it brings in, and which paths it mentions.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Item, Meta};

use crate::mentioned_paths;

/// The names from the root of the crate down to a module; the root is empty.
pub(crate) type ModulePath = Vec<String>;

/// A path as it is written: `["super", "pid", "Pid"]`.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) segments: Vec<String>,
    /// Written with `::` in front: another crate.
    pub(crate) other_crate: bool,
    pub(crate) line: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Module {
    /// The module of the file that it stands in: itself, unless it is written inside of a file.
    pub(crate) file_module: ModulePath,
    /// Names that `use` brings in, also for others, with what they stand for.
    pub(crate) names: BTreeMap<String, Mention>,
    pub(crate) globs: Vec<Mention>,
    pub(crate) defined: BTreeSet<String>,
    pub(crate) mentions: Vec<Mention>,
}

pub(crate) struct Tree {
    /// The folder, from the root of the repository.
    pub(crate) folder: String,
    pub(crate) modules: BTreeMap<ModulePath, Module>,
    files: BTreeMap<ModulePath, String>,
}

fn module_of_file(file: &str) -> ModulePath {
    let mut names: ModulePath = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| matches!(&**last, "mod" | "lib" | "main")) {
        names.pop();
    }
    names
}

/// `#[cfg(test)]`, also with more conditions beside it.
pub(crate) fn only_for_tests(attributes: &[Attribute]) -> bool {
    fn asks_for_test(condition: &Meta) -> bool {
        let inner = |list: &syn::MetaList| {
            list.parse_args_with(syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated)
                .unwrap_or_default()
        };
        match condition {
            Meta::Path(path) => path.is_ident("test"),
            Meta::List(list) if list.path.is_ident("all") => inner(list).iter().any(asks_for_test),
            Meta::List(list) if list.path.is_ident("any") => inner(list).iter().all(asks_for_test),
            _ => false,
        }
    }
    let is_cfg = |attribute: &&Attribute| attribute.path().is_ident("cfg");
    attributes.iter().filter(is_cfg).any(|cfg| cfg.parse_args::<Meta>().is_ok_and(|meta| asks_for_test(&meta)))
}

impl Tree {
    /// Reads files, given by their paths below `folder`. Modules for tests only are left out.
    pub(crate) fn read<'a>(folder: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Tree, String> {
        let mut tree = Tree { folder: folder.to_owned(), modules: BTreeMap::new(), files: BTreeMap::new() };
        let mut for_tests = Vec::new();
        for (file, text) in files {
            let syntax = syn::parse_file(text).map_err(|error| format!("{folder}/{file}: {error}"))?;
            let module = module_of_file(file);
            if only_for_tests(&syntax.attrs) {
                for_tests.push(module.clone());
            }
            tree.files.insert(module.clone(), format!("{folder}/{file}"));
            tree.read_items(&module, &module, &syntax.items, &mut for_tests);
        }
        let kept = |path: &ModulePath| !for_tests.iter().any(|left_out| path.starts_with(left_out));
        tree.modules.retain(|path, _| kept(path));
        tree.files.retain(|path, _| kept(path));
        Ok(tree)
    }

    fn read_items(
        &mut self,
        path: &ModulePath,
        file_module: &ModulePath,
        items: &[Item],
        for_tests: &mut Vec<ModulePath>,
    ) {
        let mut module = Module { file_module: file_module.clone(), ..Module::default() };
        for item in items {
            if let Item::Mod(inner) = item {
                let mut below = path.clone();
                below.push(inner.ident.to_string());
                match &inner.content {
                    _ if only_for_tests(&inner.attrs) => for_tests.push(below),
                    Some((_, items)) => self.read_items(&below, file_module, items, for_tests),
                    None => {}
                }
                continue;
            }
            mentioned_paths::read_item(item, &mut module);
        }
        self.modules.insert(path.clone(), module);
    }

    /// The path of a module's file from the root of the repository.
    pub(crate) fn file(&self, file_module: &[String]) -> &str {
        &self.files[file_module]
    }
}
