//! Components that nothing in the documents leads to.

use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use webhook_codegen::keywords::{REF, SECTIONS};
use webhook_codegen::schema::{Node, References};
use webhook_codegen::source::pointer::unescape;
use webhook_codegen::source::{Diagnostic, WarningKind};

/// More of a section are counted rather than listed.
const MOST: usize = 10;
const HELP: &str = "nothing is generated for it; remove it, or refer to it";

/// A component: document, section and name.
type Component<'a> = (usize, &'static str, &'a str);

/// The components that no webhook and no path reaches.
pub(super) fn components(references: &References<'_>) -> Vec<Diagnostic> {
    let used = Used::of(references).components;
    let mut found = Vec::new();
    for root in references.roots() {
        let file = &references.sources[root.document].path;
        for section in SECTIONS {
            let names = names(&root, section);
            let unused: Vec<_> =
                names.into_iter().filter(|(name, _)| !used.contains(&(root.document, section, *name))).collect();
            if unused.len() > MOST {
                let first: Vec<_> = unused.iter().take(5).map(|(name, _)| format!("`{name}`")).collect();
                let message = format!("{} components are never used: {} and others", unused.len(), first.join(", "));
                let warning = Diagnostic::warning(WarningKind::Unused, file, format!("/components/{section}"), message);
                found.push(warning.at_key().help("nothing is generated for them; remove them, or refer to them"));
                continue;
            }
            found.extend(unused.into_iter().map(|(_, component)| {
                let message = "this component is never used";
                Diagnostic::warning(WarningKind::Unused, file, component.pointer, message).at_key().help(HELP)
            }));
        }
    }
    found
}

fn names<'a>(root: &Node<'a>, section: &str) -> Vec<(&'a str, Node<'a>)> {
    let all = root.get("components").map(|components| components.members(section)).unwrap_or_default();
    // A reference to a file of them that is not there is none of them, and neither is an extension.
    let is_extension = |name: &str, node: &Node<'_>| name.starts_with("x-") && !node.value.is_object();
    all.into_iter().filter(|(name, node)| *name != REF && !is_extension(name, node)).collect()
}

struct Used<'r, 'a> {
    references: &'r References<'a>,
    components: BTreeSet<Component<'a>>,
    /// Components in use that are still to be searched for references.
    queue: Vec<Node<'a>>,
    /// The addresses of schemas with a discriminator: the names of those that extend them are values in a body, and no references.
    extended: HashSet<usize>,
}

impl<'r, 'a> Used<'r, 'a> {
    fn of(references: &'r References<'a>) -> Self {
        let mut used = Self { references, components: BTreeSet::new(), queue: Vec::new(), extended: HashSet::new() };
        for root in references.roots() {
            let nodes = root.descendants().filter(|node| !node.pointer.starts_with("/components/"));
            nodes.for_each(|node| used.search(&node));
        }
        loop {
            while let Some(component) = used.queue.pop() {
                component.descendants().for_each(|node| used.search(&node));
            }
            if !used.extensions() {
                return used;
            }
        }
    }

    fn search(&mut self, node: &Node<'a>) {
        self.references.target(node).into_iter().for_each(|target| self.mark(&target));
        if let Some(discriminator) = node.get("discriminator").filter(|one| one.text("propertyName").is_some()) {
            self.extended.insert(node.address());
            let names = discriminator.members("mapping").into_iter().filter_map(|(_, name)| name.value.as_str());
            let targets: Vec<_> = names.filter_map(|name| self.references.named(node, name)).collect();
            targets.iter().for_each(|target| self.mark(target));
        }
        self.security(node);
    }

    /// Security schemes are required by name, by the whole document or an operation (OpenAPI 3.1, section 4.8.30).
    fn security(&mut self, node: &Node<'a>) {
        let required = node.value.get("security").and_then(Value::as_array).into_iter().flatten();
        let names = required.filter_map(Value::as_object).flat_map(|schemes| schemes.keys());
        self.components.extend(names.map(|name| (node.document, "securitySchemes", name.as_str())));
    }

    /// Notes that something leads to a node; the component around it counts as used.
    fn mark(&mut self, target: &Node<'a>) {
        let root = self.references.root(target.document);
        let mut tokens = target.pointer.split('/').skip(1).map(unescape);
        let (Some(first), Some(section), Some(name)) = (tokens.next(), tokens.next(), tokens.next()) else { return };
        let Some(section) = SECTIONS.into_iter().find(|known| first == "components" && *known == section) else {
            return;
        };
        let Some(holder) = root.get("components").and_then(|components| components.get(section)) else { return };
        let component = holder.value.as_object().and_then(|all| all.get_key_value(&name));
        if let Some((name, value)) = component
            && self.components.insert((target.document, section, name))
        {
            self.queue.push(holder.with(name, value));
        }
    }

    /// Marks schemas that extend one in use by `allOf`; whether there were any more.
    fn extensions(&mut self) -> bool {
        let before = self.components.len();
        if self.extended.is_empty() {
            return false;
        }
        for root in self.references.roots() {
            for (_, schema) in names(&root, "schemas") {
                let parts = schema.parts();
                let mut bases = parts.iter().skip(1).filter_map(|part| self.references.target(part));
                if bases.any(|base| self.extended.contains(&base.address())) {
                    self.mark(&schema);
                }
            }
        }
        self.components.len() > before
    }
}
