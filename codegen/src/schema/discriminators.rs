//! Discriminators: the property that tells schemas apart, and the values that mean each.

use super::Node;
use super::lowered::Discriminator;
use super::lowering::Lowering;
use super::state::{Mapped, Told};
use std::collections::HashMap;
use std::rc::Rc;

impl<'a> Lowering<'a> {
    /// The discriminator that stands in a schema, if one does.
    pub(super) fn told(&mut self, node: &Node<'a>) -> Option<Rc<Told<'a>>> {
        let discriminator = node.get("discriminator")?;
        let location = node.location();
        if let Some(known) = self.discriminators.0.get(&location) {
            return known.clone();
        }
        let told = self.read(node, &discriminator).map(Rc::new);
        self.discriminators.0.insert(location, told.clone());
        told
    }

    fn read(&mut self, node: &Node<'a>, discriminator: &Node<'a>) -> Option<Told<'a>> {
        let Some(property) = discriminator.text("propertyName") else {
            let help = "it is not read; write `discriminator: {propertyName: kind}`, for example";
            self.warning(discriminator, "this discriminator names no property", help);
            return None;
        };
        if let Some(default) = discriminator.get("defaultMapping") {
            let help = "a value whose tag no mapping lists arrives as `Other`";
            self.warning(&default, "`defaultMapping` is not expressed by the Rust type", help);
        }
        let names = discriminator.members("mapping").into_iter();
        let mapped: Vec<_> = names.filter_map(|(tag, name)| self.mapped(node, tag, name)).collect();
        let mut by_schema: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, mapped) in mapped.iter().enumerate() {
            by_schema.entry(mapped.schema.location()).or_default().push(index);
        }
        Some(Told { property, mapped, by_schema })
    }

    fn mapped(&mut self, node: &Node<'a>, tag: &'a str, name: Node<'a>) -> Option<Mapped<'a>> {
        let Some(written) = name.value.as_str() else {
            self.warning(&name, "a mapping holds names of schemas", "write it like `#/components/schemas/Name`");
            return None;
        };
        match self.references.named(node, written) {
            Some(schema) => Some(Mapped { tag, name, schema }),
            None => {
                let help = self.nearest(node, written);
                self.warning(&name, format!("`{written}` leads nowhere"), help);
                None
            }
        }
    }

    /// The discriminator that stands in a schema, with references in place of its mapping's names.
    pub(super) fn discriminator(&mut self, node: &Node<'a>) -> Option<Discriminator> {
        let told = self.told(node)?;
        Some(self.with_mapping(told.property, told.mapped.iter()))
    }

    /// What a discriminator elsewhere says of a schema.
    pub(super) fn inherited(&mut self, node: &Node<'a>, schema: &Node<'a>) -> Option<Discriminator> {
        let told = self.told(node)?;
        let own = told.by_schema.get(&schema.location()).into_iter().flatten();
        let own = self.with_mapping(told.property, own.map(|index| &told.mapped[*index]));
        Some(Discriminator { is_inherited: true, ..own })
    }

    fn with_mapping<'m>(&self, property: &str, mapped: impl Iterator<Item = &'m Mapped<'a>>) -> Discriminator
    where
        'a: 'm,
    {
        let mapping = mapped.map(|mapped| (mapped.tag.to_owned(), mapped.schema.location()));
        Discriminator {
            property: property.to_owned(),
            mapping: mapping.collect(),
            is_inherited: false,
            is_of_subtypes: false,
        }
    }

    /// The discriminator of a base, with what else tells its subtypes in the mapping.
    pub(super) fn discriminator_of(&mut self, base: &Node<'a>) -> Option<Discriminator> {
        let teller = self.teller(base)?;
        let mut discriminator = self.discriminator(&teller)?;
        for subtype in self.subtypes(base).values() {
            let name = subtype.schema.location();
            discriminator.mapping.extend(subtype.tags.iter().map(|tag| ((*tag).to_owned(), name.clone())));
        }
        Some(discriminator)
    }

    /// The discriminator of the base that all branches of a choice extend: it tells them apart there, too.
    pub(super) fn shared_discriminator(&mut self, branches: &[Node<'a>]) -> Option<Discriminator> {
        let schemas: Option<Vec<_>> = branches.iter().map(|branch| self.references.target(branch)).collect();
        let schemas = schemas?;
        let candidates = self.flatten(vec![schemas.first()?.clone()]);
        let is_base = |of: &mut Self, base: &Node<'a>| {
            schemas.iter().all(|schema| !schema.is(base) && of.is_subtype(schema, base))
        };
        let base = candidates.into_iter().find(|candidate| is_base(self, candidate))?;
        self.discriminator_of(&base)
    }
}
