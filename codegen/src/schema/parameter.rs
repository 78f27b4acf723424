//! `parameters`: the headers that a delivery brings.

use super::{Lowering, Node};
use crate::documents::provider::header_name;
use indexmap::IndexMap;
use openapiv3::{HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr, Schema};
use serde_json::Value;

/// Headers whose parameters OpenAPI 3.1 (section 4.8.12.2) leaves to other keywords.
const OF_HTTP: [&str; 3] = ["accept", "content-type", "authorization"];

/// A header parameter, and its document and JSON pointer.
pub(super) struct Header {
    pub place: (usize, String),
    pub parameter: ReferenceOr<Parameter>,
}

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
        let parameter_data = self.parameter_data(name, &node);
        let parameter = ReferenceOr::Item(Parameter::Header { parameter_data, style: HeaderStyle::Simple });
        Some((lower, Header { place: (node.document, node.pointer), parameter }))
    }

    fn parameter_data(&mut self, name: &str, node: &Node<'a>) -> ParameterData {
        let schema = node.get("schema").map_or(&Value::Null, |schema| schema.value);
        let format = match node.get("schema") {
            Some(schema) => ParameterSchemaOrContent::Schema(self.schema(vec![schema])),
            // A form that a media type gives it is for the user to read.
            None => ParameterSchemaOrContent::Content(IndexMap::new()),
        };
        let examples = node.members("examples").into_iter();
        let mut examples = examples.filter_map(|(_, example)| value_of(self.resolve(example)?.value));
        ParameterData {
            name: name.to_owned(),
            description: node.text("description").map(str::to_owned),
            required: node.flag("required"),
            deprecated: Some(node.flag("deprecated")),
            format,
            example: own_example(node.value).or_else(|| examples.next()).or_else(|| own_example(schema)).cloned(),
            examples: IndexMap::new(),
            explode: None,
            extensions: IndexMap::new(),
        }
    }
}

/// The example of a schema, or of what else may hold one; the first where it lists several.
pub fn own_example(holder: &Value) -> Option<&Value> {
    holder.get("example").or_else(|| holder.get("examples")?.get(0))
}

/// What an example says, of those that have names; OpenAPI 3.2 calls it `dataValue`.
pub fn value_of(example: &Value) -> Option<&Value> {
    example.get("value").or_else(|| example.get("dataValue"))
}

/// The schema of a header, if one is given.
pub fn schema_of(parameter: &ParameterData) -> Option<&ReferenceOr<Schema>> {
    match &parameter.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(_) => None,
    }
}
