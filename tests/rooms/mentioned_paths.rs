//! What an item defines, brings in and mentions. Paths inside of macros are read from their tokens.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ImplItem, Item, Stmt, TraitItem, UseTree};

use crate::declared_modules::{Mention, Module, only_for_tests};

pub(crate) fn read_item(item: &Item, module: &mut Module) {
    let defined = match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::TraitAlias(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    };
    let mut reader = Reader { module };
    if !only_for_tests(attributes(item)) {
        reader.module.defined.extend(defined.map(ToString::to_string));
        reader.visit_item(item);
    }
}

fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

struct Reader<'m> {
    module: &'m mut Module,
}

impl Reader<'_> {
    fn bring_in(&mut self, tree: &UseTree, before: &[String], other_crate: bool) {
        let with = |name: &syn::Ident| {
            // `use pid::{self}` is `use pid`.
            let own = (name != "self" || before.is_empty()).then(|| name.to_string());
            let segments: Vec<String> = before.iter().cloned().chain(own).collect();
            Mention { segments, other_crate, line: name.span().start().line }
        };
        match tree {
            UseTree::Path(path) => {
                let before = with(&path.ident).segments;
                self.bring_in(&path.tree, &before, other_crate);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.bring_in(tree, before, other_crate);
                }
            }
            UseTree::Glob(glob) => {
                let line = glob.star_token.spans[0].start().line;
                let glob = Mention { segments: before.to_vec(), other_crate, line };
                self.module.mentions.push(glob.clone());
                self.module.globs.push(glob);
            }
            UseTree::Name(name) => {
                let mention = with(&name.ident);
                let known_as = mention.segments.last().cloned().unwrap_or_default();
                self.name(known_as, mention);
            }
            UseTree::Rename(rename) => self.name(rename.rename.to_string(), with(&rename.ident)),
        }
    }

    fn name(&mut self, known_as: String, mention: Mention) {
        self.module.mentions.push(mention.clone());
        // `use serde;` names itself, and says nothing that is not known.
        if known_as != "_" && (mention.other_crate || mention.segments != [&*known_as]) {
            self.module.names.insert(known_as, mention);
        }
    }

    /// Paths of two or more names, such as `super::trim`.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_colon = |at: usize, spacing: Spacing| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == spacing);
        let colons = |at: usize| is_colon(at, Spacing::Joint) && is_colon(at + 1, Spacing::Alone);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let before = at.checked_sub(1).map(|before| &tokens[before]);
            let TokenTree::Ident(first) = token else {
                if let TokenTree::Group(group) = token {
                    self.read_tokens(group.stream());
                }
                at += 1;
                continue;
            };
            let continues = match before {
                Some(TokenTree::Punct(punct)) => match punct.as_char() {
                    '.' | '\'' => true,
                    '$' => first != "crate",
                    ':' => at >= 2 && colons(at - 2),
                    _ => false,
                },
                _ => false,
            };
            let mut segments = vec![first.to_string()];
            at += 1;
            while colons(at) {
                let Some(TokenTree::Ident(next)) = tokens.get(at + 2) else { break };
                segments.push(next.to_string());
                at += 3;
            }
            if !continues && segments.len() > 1 {
                let line = first.span().start().line;
                self.module.mentions.push(Mention { segments, other_crate: false, line });
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !only_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = match item {
            ImplItem::Const(item) => &item.attrs[..],
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            ImplItem::Macro(item) => &item.attrs,
            _ => &[],
        };
        if !only_for_tests(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        let attributes = match item {
            TraitItem::Const(item) => &item.attrs[..],
            TraitItem::Fn(item) => &item.attrs,
            TraitItem::Type(item) => &item.attrs,
            TraitItem::Macro(item) => &item.attrs,
            _ => &[],
        };
        if !only_for_tests(attributes) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        let attributes = match statement {
            Stmt::Local(local) => &local.attrs[..],
            Stmt::Macro(call) => &call.attrs,
            _ => &[],
        };
        if !only_for_tests(attributes) {
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.bring_in(&item.tree, &[], item.leading_colon.is_some());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let line = path.segments.first().map_or(0, |first| first.ident.span().start().line);
        self.module.mentions.push(Mention { segments, other_crate: path.leading_colon.is_some(), line });
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.read_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    // What may see an item, and what documents it, is no use of it.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}
