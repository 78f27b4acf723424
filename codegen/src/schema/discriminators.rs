//! Discriminators: the property that tells schemas apart, and the values that mean each.

use super::Node;
use super::lowered::Discriminator;
use super::lowering::Lowering;
use super::state::{MappingEntry, Resolved};
use crate::source::WarningKind;
use std::collections::HashMap;
use std::rc::Rc;

impl<'a> Lowering<'a> {
    /// The discriminator that is in a schema, if there is one.
    pub(super) fn resolved_discriminator(&mut self, node: &Node<'a>) -> Option<Rc<Resolved<'a>>> {
        let discriminator = node.get("discriminator")?;
        let location = node.location();
        if let Some(known) = self.discriminators.get(&location) {
            return known.clone();
        }
        let resolved = self.read(node, &discriminator).map(Rc::new);
        self.discriminators.insert(location, resolved.clone());
        resolved
    }

    fn read(&mut self, node: &Node<'a>, discriminator: &Node<'a>) -> Option<Resolved<'a>> {
        let Some(property) = discriminator.text("propertyName") else {
            let help = "it is ignored; write `discriminator: {propertyName: kind}`, for example";
            self.warning(WarningKind::Union, discriminator, "this discriminator names no property", help);
            return None;
        };
        if let Some(default) = discriminator.get("defaultMapping") {
            let help = "a value whose tag no mapping lists arrives as `Other`";
            self.warning(WarningKind::Unenforced, &default, "`defaultMapping` is not enforced by the Rust type", help);
        }
        let names = discriminator.members("mapping").into_iter();
        let entries: Vec<_> = names.filter_map(|(tag, name)| self.mapping_entry(node, tag, name)).collect();
        let mut by_schema: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            by_schema.entry(entry.schema.location()).or_default().push(index);
        }
        Some(Resolved { property, entries, by_schema })
    }

    fn mapping_entry(&mut self, node: &Node<'a>, tag: &'a str, name: Node<'a>) -> Option<MappingEntry<'a>> {
        let Some(written) = name.value.as_str() else {
            self.warning(
                WarningKind::Union,
                &name,
                "a mapping holds names of schemas",
                "write it like `#/components/schemas/Name`",
            );
            return None;
        };
        match self.references.named(node, written) {
            Some(schema) => Some(MappingEntry { tag, name, schema }),
            None => {
                let help = self.nearest(node, written);
                self.warning(WarningKind::Reference, &name, format!("`{written}` cannot be resolved"), help);
                None
            }
        }
    }

    /// The discriminator that is in a schema, with references in place of its mapping's names.
    pub(super) fn discriminator(&mut self, node: &Node<'a>) -> Option<Discriminator> {
        let resolved = self.resolved_discriminator(node)?;
        Some(self.with_mapping(resolved.property, resolved.entries.iter()))
    }

    /// What a discriminator elsewhere says of a schema.
    pub(super) fn inherited(&mut self, node: &Node<'a>, schema: &Node<'a>) -> Option<Discriminator> {
        let resolved = self.resolved_discriminator(node)?;
        let own = resolved.by_schema.get(&schema.location()).into_iter().flatten();
        let own = self.with_mapping(resolved.property, own.map(|index| &resolved.entries[*index]));
        Some(Discriminator { is_inherited: true, ..own })
    }

    fn with_mapping<'m>(&self, property: &str, entries: impl Iterator<Item = &'m MappingEntry<'a>>) -> Discriminator
    where
        'a: 'm,
    {
        let mapping = entries.map(|entry| (entry.tag.to_owned(), entry.schema.location()));
        Discriminator { property: property.to_owned(), mapping: mapping.collect(), ..Discriminator::default() }
    }

    /// The discriminator of a base, with what else tells its subtypes in the mapping.
    pub(super) fn discriminator_of(&mut self, base: &Node<'a>) -> Option<Discriminator> {
        let holder = self.discriminator_holder(base)?;
        let mut discriminator = self.discriminator(&holder)?;
        for subtype in self.subtypes(base).values() {
            let name = subtype.schema.location();
            discriminator.mapping.extend(subtype.tags.iter().map(|tag| ((*tag).to_owned(), name.clone())));
        }
        Some(discriminator)
    }

    /// The discriminator of the base that all variants of a union extend: it tells them apart there, too.
    pub(super) fn shared_discriminator(&mut self, variants: &[Node<'a>]) -> Option<Discriminator> {
        let schemas: Option<Vec<_>> = variants.iter().map(|variant| self.references.target(variant)).collect();
        let schemas = schemas?;
        let candidates = self.flatten(vec![schemas.first()?.clone()]);
        let is_base = |of: &mut Self, base: &Node<'a>| {
            schemas.iter().all(|schema| !schema.is(base) && of.is_subtype(schema, base))
        };
        let base = candidates.into_iter().find(|candidate| is_base(self, candidate))?;
        self.discriminator_of(&base)
    }
}
