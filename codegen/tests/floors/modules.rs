//! The modules of a crate, and which of them each one names.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::{Attribute, Item, UseTree, Visibility};

/// The modules by path, such as `source::span`; `lib` is the root.
pub struct Modules {
    pub files: BTreeMap<String, Module>,
}

/// What one file says.
pub struct Module {
    /// What it passes on under a name: the path to it.
    reexports: BTreeMap<String, Vec<String>>,
    /// What it brings in for itself under a name.
    imports: BTreeMap<String, Vec<String>>,
    /// The paths in it.
    paths: BTreeSet<Vec<String>>,
}

impl Modules {
    /// Those of the files under `src`, but for tests.
    pub fn read(src: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(src, &mut Vec::new(), &mut files);
        Self { files }
    }

    /// Which module names something of which other one.
    pub fn arrows(&self) -> BTreeSet<(&str, &str)> {
        let all = self.files.iter().flat_map(|(from, module)| {
            let targets = module.paths.iter().filter_map(|path| self.target(from, path));
            targets.filter(move |to| to != from).map(|to| (from.as_str(), to))
        });
        all.collect()
    }

    /// The module that a path in `from` leads to: where what it names is defined, not where it is passed on.
    fn target(&self, from: &str, path: &[String]) -> Option<&str> {
        let mut at: Vec<String> =
            if from == "lib" { Vec::new() } else { from.split("::").map(str::to_owned).collect() };
        let mut rest = path.iter().map(String::as_str).peekable();
        match *rest.peek()? {
            "crate" => at.clear(),
            "super" | "self" => {}
            child => _ = self.module(&below(&at, child))?,
        }
        while let Some(name) = rest.next() {
            match name {
                "crate" | "self" => {}
                "super" => _ = at.pop(),
                name if self.module(&below(&at, name)).is_some() => at.push(name.to_owned()),
                name => {
                    let here = self.module(&at)?;
                    let (module, is_root) = (&self.files[here], at.is_empty());
                    // What the root brings in of other crates is theirs, under a shorter name.
                    let other = module.imports.get(name).filter(|path| is_root && self.is_of_another_crate(path));
                    if other.is_some() {
                        return None;
                    }
                    return match module.reexports.get(name) {
                        Some(path) => {
                            self.target(here, &path.iter().cloned().chain(rest.map(str::to_owned)).collect::<Vec<_>>())
                        }
                        None => Some(here),
                    };
                }
            }
        }
        self.module(&at)
    }

    fn is_of_another_crate(&self, path: &[String]) -> bool {
        let first = path.first().map(String::as_str).unwrap_or_default();
        !["crate", "self", "super"].contains(&first) && self.module(&path[..1]).is_none()
    }

    fn module(&self, path: &[String]) -> Option<&str> {
        let name = if path.is_empty() { "lib".to_owned() } else { path.join("::") };
        self.files.get_key_value(&name).map(|(name, _)| name.as_str())
    }
}

fn below(path: &[String], child: &str) -> Vec<String> {
    path.iter().cloned().chain([child.to_owned()]).collect()
}

fn collect(folder: &Path, module: &mut Vec<String>, files: &mut BTreeMap<String, Module>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_stem().expect("an entry has a name").to_string_lossy().into_owned();
        match path.is_dir() {
            _ if name == "tests" => {}
            true => {
                module.push(name);
                collect(&path, module, files);
                module.pop();
            }
            false if path.extension().is_some_and(|extension| extension == "rs") => {
                let parts = module.iter().cloned().chain((name != "mod").then_some(name));
                files.insert(parts.collect::<Vec<_>>().join("::"), Module::read(&path));
            }
            false => {}
        }
    }
}

impl Module {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a source can be read");
        let file = syn::parse_file(&text).expect("a source is Rust");
        let mut module = Self { reexports: BTreeMap::new(), imports: BTreeMap::new(), paths: BTreeSet::new() };
        for item in file.items {
            match item {
                Item::Mod(item) if item.attrs.iter().any(is_test) => {}
                Item::Use(item) if !matches!(item.vis, Visibility::Inherited) => {
                    leaves(&item.tree, &mut Vec::new(), &mut |name, path| {
                        module.reexports.insert(name, path);
                    });
                }
                Item::Use(item) => leaves(&item.tree, &mut Vec::new(), &mut |name, path| {
                    module.imports.insert(name, path.clone());
                    module.paths.insert(path);
                }),
                item => paths(item.into_token_stream(), &mut module.paths),
            }
        }
        module
    }
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.to_token_stream().to_string().replace(' ', "") == "#[cfg(test)]"
}

/// Each name that a `use` brings in, with its path.
fn leaves(tree: &UseTree, path: &mut Vec<String>, found: &mut impl FnMut(String, Vec<String>)) {
    let mut leaf = |name: &dyn ToString, last: Option<&dyn ToString>| {
        let path = path.iter().cloned().chain(last.map(ToString::to_string));
        found(name.to_string(), path.collect());
    };
    match tree {
        UseTree::Name(name) if name.ident == "self" => {
            leaf(&path.last().cloned().unwrap_or_default(), None);
        }
        UseTree::Name(name) => leaf(&name.ident, Some(&name.ident)),
        UseTree::Rename(rename) => leaf(&rename.rename, Some(&rename.ident)),
        UseTree::Glob(_) => leaf(&"*", None),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, path, found)),
        UseTree::Path(part) => {
            path.push(part.ident.to_string());
            leaves(&part.tree, path, found);
            path.pop();
        }
    }
}

/// Every path of two names and more, as `crate::name::of`, but for those in the code that is generated.
fn paths(tokens: TokenStream, found: &mut BTreeSet<Vec<String>>) {
    let mut path: Vec<String> = Vec::new();
    let mut colons = 2;
    let mut end = |path: &mut Vec<String>| {
        let path = std::mem::take(path);
        if path.len() > 1 {
            found.insert(path);
        }
    };
    let mut groups = Vec::new();
    let mut is_quoted = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                is_quoted = ident.to_string().starts_with("quote");
                if colons != 2 {
                    end(&mut path);
                }
                path.push(ident.to_string());
                colons = 0;
                continue;
            }
            TokenTree::Punct(colon) if colon.as_char() == ':' => {
                colons += 1;
                continue;
            }
            TokenTree::Group(group) => {
                groups.extend((!is_quoted).then(|| group.stream()));
                is_quoted = false;
            }
            _ => {}
        }
        end(&mut path);
        colons = 2;
    }
    end(&mut path);
    groups.into_iter().for_each(|group| paths(group, found));
}
