//! `oneOf` and `anyOf`.

use super::facts::{Facts, Union};
use super::lowered::{Data, Form, Own, Schema, Variant};
use super::lowering::Lowering;
use super::references::follow;
use super::{Kind, Node, is_annotation};
use crate::source::WarningKind;
use indexmap::IndexSet;
use serde_json::{Value, json};

/// So many types one schema may become.
const MOST_TYPES: usize = 64;

impl<'a> Lowering<'a> {
    pub(super) fn with_unions(
        &mut self,
        nodes: Vec<Node<'a>>,
        facts: Facts<'a>,
        mut unions: Vec<Union<'a>>,
        mut data: Data,
    ) -> Schema {
        unions.retain(|union| distinguishes_shape(union));
        if unions.is_empty() {
            return self.without_unions(&facts, data);
        }
        self.cap_combinations(&mut unions);
        let Union { variants, .. } = unions.remove(0);
        let (nulls, variants): (Vec<_>, Vec<_>) = variants.into_iter().partition(|variant| self.is_null(variant));
        data.nullable |= !nulls.is_empty() && facts.allows(Kind::Null);
        if let Some(values) = self.listed(&facts, &unions, &variants) {
            return self.without_unions(&Facts { values: Some(values), ..facts }, data);
        }
        let base = if facts.has_shape() || !unions.is_empty() { nodes } else { Vec::new() };
        if data.discriminator.is_none() {
            data.discriminator = self.shared_discriminator(&variants);
        }
        let mut one_of: Vec<_> =
            variants.into_iter().map(|variant| self.variant(&base, unions.clone(), variant)).collect();
        one_of.dedup();
        if one_of.len() > 1 {
            return Schema::own(data, Form::OneOf(one_of));
        }
        match one_of.pop() {
            Some(only) => only_variant(only, data),
            None => self.without_unions(&facts, data),
        }
    }

    /// Whether it is known which variant of a union applies, because one does anyway: to a subtype, the union of all of
    /// them that its base lists.
    pub(super) fn is_met(&self, union: &Union<'a>, nodes: &[Node<'a>]) -> bool {
        let mut variants = union.variants.iter().filter_map(|variant| self.references.target(variant));
        variants.any(|variant| nodes.iter().any(|node| node.is(&variant)) && !union.is_of(&variant))
    }

    /// The variants of unions that apply at once multiply: past a few dozen types only the first union becomes types.
    fn cap_combinations(&mut self, unions: &mut Vec<Union<'a>>) {
        let product = unions.iter().fold(1usize, |product, union| product.saturating_mul(union.variants.len()));
        if unions.len() > 1 && product > MOST_TYPES {
            let first = unions[0].variants.first().cloned();
            unions.truncate(1);
            if let Some(node) = first {
                let message = format!("this union and those beside it allow {product} combinations");
                let help = "only this one becomes types; what the others add is kept as additional properties";
                self.warning(WarningKind::Union, &node, message, help);
            }
        }
    }

    /// The strings that a union of constants amounts to.
    fn listed(
        &mut self,
        facts: &Facts<'a>,
        unions: &[Union<'a>],
        variants: &[Node<'a>],
    ) -> Option<IndexSet<&'a Value>> {
        if facts.has_shape() || !unions.is_empty() || variants.iter().any(|variant| variant.reference().is_some()) {
            return None;
        }
        let mut values = IndexSet::new();
        for variant in variants {
            let facts = self.facts(std::slice::from_ref(variant));
            let is_list = facts.unions.is_empty() && variant.get("allOf").is_none();
            values.extend(facts.values.filter(|values| is_list && values.iter().all(|value| value.is_string()))?);
        }
        Some(values)
    }

    /// A variant holds what is beside its `oneOf`, too.
    fn variant(&mut self, base: &[Node<'a>], mut unions: Vec<Union<'a>>, variant: Node<'a>) -> Schema {
        if base.is_empty() {
            return self.schema(vec![variant]);
        }
        let location = variant.location();
        let written = variant.reference().and_then(|reference| reference.value.as_str());
        let label = written.and_then(|reference| reference.rsplit('/').next()).map(str::to_owned);
        let target = self.target(&variant).map(|target| target.location());
        let mut nodes = self.flatten(vec![variant]);
        let is_in_base = |node: &Node<'a>| base.iter().any(|known| known.is(node));
        // A variant that refers to what it is in would open its `oneOf` again and again.
        nodes.retain(|node| !is_in_base(node));
        unions.extend(self.facts(&nodes).unions);
        nodes.splice(..0, base.iter().cloned());
        let mut facts = self.facts(&nodes);
        facts.unions.clear();
        let data = Data { variant: Variant { label, target }, ..facts.data(location) };
        self.with_unions(nodes, facts, unions, data)
    }

    fn is_null(&mut self, node: &Node<'a>) -> bool {
        let only =
            [("type", json!("null")), ("type", json!(["null"])), ("const", Value::Null), ("enum", json!([null]))];
        if let Some(word) = node.get("type").filter(|word| word.value.is_null()) {
            self.null_word(&word);
            return true;
        }
        let is_null = |node: Node<'a>| only.iter().any(|(key, value)| node.value.get(key) == Some(value));
        follow(node.clone(), |node| self.alias_target(node)).any(is_null)
    }
}

/// Whether the variants of a union differ in their shape, and not only in the keys that they ask for.
pub(super) fn distinguishes_shape(union: &Union<'_>) -> bool {
    let asks = |key: &str| is_annotation(key) || matches!(key, "required" | "not");
    !union.variants.iter().all(|variant| variant.keys().all(asks))
}

/// A `oneOf` with one variant left is that variant, with the notes of both.
fn only_variant(only: Schema, outer: Data) -> Schema {
    match only {
        Schema::Named(_) => Schema::own(outer, Form::Alias(only)),
        Schema::Own(inner) => {
            let Own { mut data, form } = *inner;
            data.restrictions.extend(outer.restrictions);
            data.nullable |= outer.nullable;
            data.deprecated |= outer.deprecated;
            data.title = outer.title.or(data.title);
            data.description = outer.description.or(data.description);
            Schema::own(data, form)
        }
    }
}
