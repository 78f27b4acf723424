//! Discriminators, and the schemas that they tell apart.

use super::{Lowering, Node, escape};
use openapiv3::Discriminator;

impl<'a> Lowering<'a> {
    /// The discriminator (OpenAPI 3.1, section 4.8.25), with references in place of its mapping's names.
    pub(super) fn discriminator(&mut self, node: &Node<'a>) -> Option<Discriminator> {
        let property_name = node.get("discriminator")?.text("propertyName")?.to_owned();
        let mapping = self.mapped(node).into_iter().map(|(tag, target)| (tag.to_owned(), self.name(&target))).collect();
        Some(Discriminator { property_name, mapping, ..Default::default() })
    }

    fn mapped(&self, node: &Node<'a>) -> Vec<(&'a str, Node<'a>)> {
        let mapping = node.get("discriminator").map(|discriminator| discriminator.members("mapping"));
        let targets = mapping.into_iter().flatten().filter_map(|(tag, target)| {
            let written = target.value.as_str()?;
            let named = self.references.find(node, &format!("#/components/schemas/{}", escape(written)));
            Some((tag, named.or_else(|| self.references.find(node, written))?))
        });
        targets.collect()
    }

    /// The schemas that are made of a base, by its own discriminator: a value of the base is one of these (OpenAPI 3.1,
    /// section 4.8.24.4). None where one of them is not made of it, or is nothing more; the only one is not all there is.
    pub(super) fn heirs(&mut self, base: &Node<'a>) -> Vec<Node<'a>> {
        let mut heirs: Vec<Node<'a>> = Vec::new();
        for (_, target) in self.mapped(base) {
            if !self.is_heir(&target, base) {
                return Vec::new();
            }
            if !heirs.iter().any(|heir| heir.is(&target)) {
                heirs.push(target);
            }
        }
        if heirs.len() > 1 { heirs } else { Vec::new() }
    }

    fn is_heir(&mut self, schema: &Node<'a>, base: &Node<'a>) -> bool {
        !self.meant(schema.clone()).is(base) && self.flatten(vec![schema.clone()]).iter().any(|part| part.is(base))
    }
}
