//! What a schema declares besides the form of its values.

use super::facts::Facts;
use super::lowered::Data;
use super::node::{Location, Node};
use indexmap::IndexMap;
use serde_json::Value;

impl Facts<'_> {
    pub(super) fn data(&self, location: Location) -> Data {
        let constraints = self.unenforced.iter().map(|(key, value)| ((*key).to_owned(), (*value).clone()));
        let restrictions = self.constraints.iter().filter(|node| says_more(self, node));
        Data {
            restrictions: restrictions.map(Node::location).collect(),
            inherited: inherited(self, &location),
            location: Some(location),
            title: self.title.map(str::to_owned),
            description: self.description.map(str::to_owned),
            default: self.default.cloned(),
            deprecated: self.deprecated,
            nullable: self.nullable(),
            constraints: constraints.collect(),
            ..Data::default()
        }
    }
}

/// Whether a type does not say already what a keyword does: it lists texts, and the properties that are required.
fn says_more(facts: &Facts<'_>, keyword: &Node<'_>) -> bool {
    let items = || keyword.value.as_array().into_iter().flatten();
    match keyword.pointer.rsplit('/').next() {
        Some("const") => !keyword.value.is_string(),
        Some("enum") => !items().all(Value::is_string),
        Some("required") => items().filter_map(Value::as_str).any(|key| !facts.properties.contains_key(key)),
        _ => true,
    }
}

/// The properties that a part of the schema has, and not the schema itself.
fn inherited(facts: &Facts<'_>, own: &Location) -> IndexMap<String, Location> {
    let first = facts.properties.iter().filter_map(|(name, nodes)| Some((*name, nodes.first()?)));
    let elsewhere = first.filter(|(_, node)| {
        let holder = node.pointer.rsplit_once('/').and_then(|(holder, _)| holder.strip_suffix("/properties"));
        (node.document, holder) != (own.document, Some(&own.pointer))
    });
    elsewhere.map(|(name, node)| (name.to_owned(), node.location())).collect()
}
