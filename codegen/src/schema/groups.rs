//! `oneOf` and `anyOf`.

use super::facts::{Facts, Group};
use super::lowered::{Branch, Data, Form, Own, Schema};
use super::lowering::Lowering;
use super::{Kind, Node, is_annotation};
use indexmap::IndexSet;
use serde_json::{Value, json};

/// So many types one schema may become.
const MOST_TYPES: usize = 64;

impl<'a> Lowering<'a> {
    pub(super) fn with_groups(
        &mut self,
        nodes: Vec<Node<'a>>,
        facts: Facts<'a>,
        mut groups: Vec<Group<'a>>,
        mut data: Data,
    ) -> Schema {
        groups.retain(|group| shapes(group));
        if groups.is_empty() {
            return self.without_groups(&facts, data);
        }
        self.limit(&mut groups);
        let Group { branches, .. } = groups.remove(0);
        let (nulls, branches): (Vec<_>, Vec<_>) = branches.into_iter().partition(|branch| self.is_null(branch));
        data.nullable |= !nulls.is_empty() && facts.allows(Kind::Null);
        if let Some(values) = self.listed(&facts, &groups, &branches) {
            return self.without_groups(&Facts { values: Some(values), ..facts }, data);
        }
        let base = if facts.has_shape() || !groups.is_empty() { nodes } else { Vec::new() };
        if data.discriminator.is_none() {
            data.discriminator = self.shared_discriminator(&branches);
        }
        let mut one_of: Vec<_> =
            branches.into_iter().map(|branch| self.branch(&base, groups.clone(), branch)).collect();
        one_of.dedup();
        if one_of.len() > 1 {
            return Schema::own(data, Form::OneOf(one_of));
        }
        match one_of.pop() {
            Some(only) => only_branch(only, data),
            None => self.without_groups(&facts, data),
        }
    }

    /// Whether a choice is made already, because one of its branches applies anyway: to a subtype, the choice between all
    /// of them that its base lists.
    pub(super) fn is_met(&self, group: &Group<'a>, nodes: &[Node<'a>]) -> bool {
        let mut branches = group.branches.iter().filter_map(|branch| self.references.target(branch));
        branches.any(|branch| nodes.iter().any(|node| node.is(&branch)) && !group.is_of(&branch))
    }

    /// Choices that apply at once multiply: past a few dozen types the first choice alone is told apart.
    fn limit(&mut self, groups: &mut Vec<Group<'a>>) {
        let product = groups.iter().fold(1usize, |product, group| product.saturating_mul(group.branches.len()));
        if groups.len() > 1 && product > MOST_TYPES {
            let first = groups[0].branches.first().cloned();
            groups.truncate(1);
            if let Some(node) = first {
                let message = format!("this choice and those beside it allow {product} combinations");
                self.warning(
                    &node,
                    message,
                    "only this one becomes types; what the others add is kept as undeclared keys",
                );
            }
        }
    }

    /// The strings that a choice between constants amounts to.
    fn listed(
        &mut self,
        facts: &Facts<'a>,
        groups: &[Group<'a>],
        branches: &[Node<'a>],
    ) -> Option<IndexSet<&'a Value>> {
        if facts.has_shape() || !groups.is_empty() || branches.iter().any(|branch| branch.reference().is_some()) {
            return None;
        }
        let mut values = IndexSet::new();
        for branch in branches {
            let facts = self.facts(std::slice::from_ref(branch));
            let is_list = facts.groups.is_empty() && branch.get("allOf").is_none();
            values.extend(facts.values.filter(|values| is_list && values.iter().all(|value| value.is_string()))?);
        }
        Some(values)
    }

    /// A branch holds what stands beside its `oneOf`, too.
    fn branch(&mut self, base: &[Node<'a>], mut groups: Vec<Group<'a>>, branch: Node<'a>) -> Schema {
        if base.is_empty() {
            return self.schema(vec![branch]);
        }
        let location = branch.location();
        let written = branch.reference().and_then(|reference| reference.value.as_str());
        let label = written.and_then(|reference| reference.rsplit('/').next()).map(str::to_owned);
        let target = self.target(&branch).map(|target| target.location());
        let mut nodes = self.flatten(vec![branch]);
        let is_in_base = |node: &Node<'a>| base.iter().any(|known| known.is(node));
        // A branch that refers to what it stands in would open its `oneOf` again and again.
        nodes.retain(|node| !is_in_base(node));
        groups.extend(self.facts(&nodes).groups);
        nodes.splice(..0, base.iter().cloned());
        let mut facts = self.facts(&nodes);
        facts.groups.clear();
        let data = Data { branch: Branch { label, target }, ..facts.data(location) };
        self.with_groups(nodes, facts, groups, data)
    }

    fn is_null(&mut self, node: &Node<'a>) -> bool {
        let only =
            [("type", json!("null")), ("type", json!(["null"])), ("const", Value::Null), ("enum", json!([null]))];
        if let Some(bare) = node.get("type").filter(|word| word.value.is_null()) {
            self.bare_null(&bare);
            return true;
        }
        let null = |node: &Node<'a>| only.iter().any(|(key, value)| node.value.get(key) == Some(value));
        null(node) || null(&self.meant(node.clone()))
    }
}

/// Whether a `oneOf` tells apart values of different shape, rather than only asking for keys.
pub(super) fn shapes(group: &Group<'_>) -> bool {
    let asks = |key: &str| is_annotation(key) || matches!(key, "required" | "not");
    !group.branches.iter().all(|branch| branch.keys().all(asks))
}

/// A `oneOf` with one branch left is that branch, with the notes of both.
fn only_branch(only: Schema, outer: Data) -> Schema {
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
