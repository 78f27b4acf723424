//! `parameters`: the headers that a delivery brings.

use super::Node;
use super::lowered::Header;
use super::lowering::Lowering;
use crate::documents::provider::header_name;
use indexmap::IndexMap;

/// Headers whose parameters OpenAPI 3.1 (section 4.8.12.2) leaves to other keywords.
const OF_HTTP: [&str; 3] = ["accept", "content-type", "authorization"];

pub(super) type Headers = IndexMap<String, Header>;

impl<'a> Lowering<'a> {
    /// The headers in a list of parameters, by their names in lower case.
    pub(super) fn headers(&mut self, parameters: Node<'a>) -> Headers {
        let Some(parameters) = self.resolve(parameters) else { return Headers::new() };
        let Some(list) = parameters.value.as_array() else {
            self.error(&parameters, "`parameters` must be a list", "write `[{name: X-Event, in: header}]`");
            return Headers::new();
        };
        let items = (0..list.len()).filter_map(|index| self.parameter(parameters.item(index)?));
        items.collect()
    }

    fn parameter(&mut self, node: Node<'a>) -> Option<(String, Header)> {
        let node = self.resolve(node)?;
        if !self.is_object(&node, "a parameter", "write `{name: X-Event, in: header}`") {
            return None;
        }
        if node.text("in") != Some("header") {
            self.warning(&node, "only parameters `in: header` can be read", "this one is left out");
            return None;
        }
        let Some(name) = node.text("name").filter(|name| header_name(name).is_ok()) else {
            self.warning(&node, "this parameter has no `name` that a header can have", "it is left out");
            return None;
        };
        let lower = name.to_ascii_lowercase();
        if OF_HTTP.contains(&lower.as_str()) {
            return None;
        }
        let data = self.header(&node, name)?;
        let schema = node.get("schema");
        let holders = [Some(node.clone()), schema.clone()].into_iter().flatten();
        let mut examples = holders.flat_map(|holder| self.references.examples(&holder));
        let example = examples.next().map(|example| example.value.clone());
        let schema = schema.map(|schema| self.schema(vec![schema]));
        Some((lower, Header { location: node.location(), data, schema, example }))
    }
}
