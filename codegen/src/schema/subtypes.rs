//! The subtypes of a base.

use super::facts::Facts;
use super::lowered::{Data, Discriminator, Form, Schema, Variant};
use super::lowering::Lowering;
use super::node::{Location, position};
use super::state::{List, MappingEntry, Subtype};
use super::unions::distinguishes_shape;
use super::{Node, References};
use crate::source::WarningKind;
use crate::source::pointer::unescape;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

impl<'a> Lowering<'a> {
    /// The subtypes of a base, which its own discriminator tells apart: a value of the base is one of these (OpenAPI 3.1,
    /// section 4.8.24.4). A mapping names them; without one they are the components that extend the base.
    pub(super) fn subtypes(&mut self, base: &Node<'a>) -> Rc<List<'a>> {
        let location = base.location();
        if let Some(known) = self.subtypes.of.get(&location) {
            return known.clone();
        }
        let mut subtypes = match self.discriminator_holder(base) {
            None => List::new(),
            Some(holder) => match holder.get("discriminator").and_then(|discriminator| discriminator.get("mapping")) {
                Some(mapping) => self.listed_subtypes(base, &holder, &mapping),
                None => self.named_subtypes(base, &holder),
            },
        };
        // A mapping that names nothing but the base tells nothing apart.
        if subtypes.keys().all(|subtype| *subtype == location) {
            subtypes.clear();
        }
        let subtypes = Rc::new(subtypes);
        self.subtypes.of.insert(location, Rc::clone(&subtypes));
        subtypes
    }

    /// Whether a schema is one of the subtypes of a base.
    pub(super) fn is_subtype(&mut self, schema: &Node<'a>, base: &Node<'a>) -> bool {
        self.subtypes(base).contains_key(&schema.location())
    }

    pub(super) fn has_subtypes(&mut self, base: &Node<'a>) -> bool {
        !self.subtypes(base).is_empty()
    }

    /// The part of a base that holds its discriminator; none where a union beside it lists what that tells apart.
    pub(super) fn discriminator_holder(&mut self, base: &Node<'a>) -> Option<Node<'a>> {
        if !base.parts().iter().any(|part| part.get("discriminator").is_some()) {
            return None;
        }
        let parts = self.flatten(vec![base.clone()]);
        let holder = parts.iter().find(|part| part.is_part_of(base) && part.get("discriminator").is_some())?;
        let is_union = self.facts(&parts).unions.iter().any(distinguishes_shape);
        (!is_union).then(|| holder.clone())
    }

    fn listed_subtypes(&mut self, base: &Node<'a>, holder: &Node<'a>, mapping: &Node<'a>) -> List<'a> {
        let (mut subtypes, mut unrelated) = (List::new(), Vec::new());
        let resolved = self.resolved_discriminator(holder);
        for MappingEntry { name, schema, .. } in resolved.iter().flat_map(|resolved| &resolved.entries).cloned() {
            if subtypes.contains_key(&schema.location()) {
                continue;
            }
            match self.flatten(vec![schema.clone()]).iter().any(|part| part.is(base)) {
                true => _ = subtypes.insert(schema.location(), Subtype { schema, tags: Vec::new() }),
                false => unrelated.push(name),
            }
        }
        let help = format!(
            "it is not a subtype; list `$ref: '#{}'` in its `allOf`, or take it out of the mapping",
            base.pointer
        );
        match unrelated.as_slice() {
            [_, _, ..] if subtypes.is_empty() => {
                let help = help
                    .replace("it is not a subtype", "the type has only the properties listed here, and no subtypes");
                self.warning(
                    WarningKind::Union,
                    mapping,
                    "no schema of this mapping extends the schema that holds it",
                    help,
                );
            }
            unrelated => unrelated.iter().for_each(|name| {
                let written = name.value.as_str().unwrap_or_default();
                self.warning(
                    WarningKind::Union,
                    name,
                    format!("`{written}` does not extend the schema of this discriminator"),
                    &help,
                );
            }),
        }
        subtypes
    }

    /// The components that extend a base, each recognised by its name, or by the values that it allows for the property.
    fn named_subtypes(&mut self, base: &Node<'a>, holder: &Node<'a>) -> List<'a> {
        let Some(property) = self.resolved_discriminator(holder).map(|resolved| resolved.property) else {
            return List::new();
        };
        let base_parts = self.flatten(vec![base.clone()]);
        let allowed = self.allowed(&base_parts, property);
        let mut subtypes = List::new();
        for schema in self.extending(base) {
            let mut parts = self.flatten(vec![schema.clone()]);
            parts.retain(|part| !base_parts.iter().any(|known| known.is(part)));
            let name = schema.pointer.rsplit('/').next().map(unescape).unwrap_or_default();
            let own = self.allowed(&parts, property);
            let is_named = allowed.as_ref().is_none_or(|values| values.contains(&name.as_str()));
            match own {
                Some(tags) => _ = subtypes.insert(schema.location(), Subtype { schema, tags }),
                None if is_named => _ = subtypes.insert(schema.location(), Subtype { schema, tags: Vec::new() }),
                None => {
                    let message = format!("`{name}` is not a value of `{property}`");
                    let help = "so this subtype cannot be recognized; add a `mapping` to the discriminator of its base";
                    self.warning(WarningKind::Union, &schema, message, help);
                }
            }
        }
        subtypes
    }

    /// The texts that some schemas list for a property; none where they list nothing.
    fn allowed(&mut self, parts: &[Node<'a>], property: &str) -> Option<Vec<&'a str>> {
        let schemas = self.facts(parts).properties.shift_remove(property)?;
        let schemas = self.flatten(schemas);
        let values = self.facts(&schemas).values?;
        Some(values.into_iter().filter_map(Value::as_str).collect())
    }

    /// The components that extend a schema, by themselves or through others, in the order of the documents.
    fn extending(&mut self, base: &Node<'a>) -> Vec<Node<'a>> {
        let index = self.subtypes.extending.get_or_insert_with(|| extending(&self.references));
        let mut seen = HashSet::from([base.location()]);
        let mut queue = vec![base.clone()];
        let mut found = Vec::new();
        while let Some(node) = queue.pop() {
            for schema in index.get(&node.location()).into_iter().flatten() {
                if seen.insert(schema.location()) {
                    queue.push(schema.clone());
                    found.push(schema.clone());
                }
            }
        }
        found.sort_by_cached_key(|node| (node.document, position(&self.sources[node.document].value, &node.pointer)));
        found
    }

    /// The base that some schemas which all apply come down to: with its discriminator, and nothing else that has a shape.
    pub(super) fn base(&mut self, nodes: &[Node<'a>], holder: &Node<'a>) -> Option<Node<'a>> {
        let base = nodes.iter().find(|node| holder.is_part_of(node))?;
        let subtypes = self.subtypes(base);
        let is_subtype = |node: &Node<'a>| !node.is(base) && subtypes.contains_key(&node.location());
        if subtypes.is_empty() || nodes.iter().any(is_subtype) {
            return None;
        }
        let parts = self.flatten(vec![base.clone()]);
        let is_further = |node: &&Node<'a>| !parts.iter().any(|part| part.is(node));
        let further: Vec<_> = nodes.iter().filter(is_further).cloned().collect();
        let facts = self.facts(&further);
        (!facts.has_shape() && !facts.unions.iter().any(distinguishes_shape)).then(|| base.clone())
    }

    /// A base as the union of its subtypes.
    pub(super) fn union_of(&mut self, base: &Node<'a>, facts: &Facts<'a>, mut data: Data) -> Schema {
        let variant = Variant { label: Some("base".to_owned()), target: Some(base.location()) };
        let own = Data { discriminator: None, variant, ..data.clone() };
        let subtypes = self.subtypes(base);
        let variants = subtypes.values().map(|subtype| match subtype.schema.is(base) {
            true => self.without_unions(facts, own.clone()),
            false => Schema::Named(self.reference(subtype.schema.clone())),
        });
        let variants = variants.collect();
        let discriminator = self.discriminator_of(base);
        data.discriminator = discriminator.map(|own| Discriminator { is_of_subtypes: true, ..own });
        Schema::own(data, Form::OneOf(variants))
    }
}

/// The components by the schemas that they refer to in `allOf`.
fn extending<'a>(references: &References<'a>) -> HashMap<Location, Vec<Node<'a>>> {
    let mut extending: HashMap<_, Vec<Node<'a>>> = HashMap::new();
    for root in references.roots() {
        let components = root.get("components").map(|components| components.members("schemas"));
        for (_, schema) in components.into_iter().flatten() {
            for target in schema.parts().iter().skip(1).filter_map(|part| references.target(part)) {
                extending.entry(target.location()).or_default().push(schema.clone());
            }
        }
    }
    extending
}
