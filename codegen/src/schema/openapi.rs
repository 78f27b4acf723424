//! The objects of OpenAPI around the schemas, as `openapiv3` reads them.
//!
//! Only the fields that something is made of are given to it: what no webhook needs refuses no document. Where it refuses
//! a field, that is reported, and the others are read without it.

use super::Node;
use super::lowered::Header;
use super::lowering::Lowering;
use crate::documents::provider::header_name;
use crate::keywords::reference_to;
use crate::source::WarningKind;
use indexmap::IndexMap;
use openapiv3::{Info, Operation, Parameter, ParameterData, PathItem};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Headers whose parameters OpenAPI 3.1 (section 4.8.12.2) leaves to other keywords.
const OF_HTTP: [&str; 3] = ["accept", "content-type", "authorization"];

pub(super) type Headers = IndexMap<String, Header>;

impl<'a> Lowering<'a> {
    /// What the documents say of themselves.
    pub(super) fn info(&mut self) {
        for document in 0..self.sources.len() {
            let Some(node) = self.references.root(document).non_null("info") else { continue };
            let read = self.fields::<Info>(&node, json!({"title": "", "version": ""}), &["title", "description"]);
            let mut info = read.unwrap_or_default();
            // It came with OpenAPI 3.1, which openapiv3 does not know.
            info.description = info.description.or_else(|| node.text("summary").map(str::to_owned));
            self.lowered[document].info = info;
        }
    }

    /// An operation's summary, description and the like; its own, or those of the path items that hold it.
    pub(super) fn operation(&mut self, node: &Node<'a>, items: &[Node<'a>]) -> Operation {
        let fields = ["summary", "description", "operationId", "deprecated"];
        let mut operation: Operation = self.fields(node, json!({"responses": {}}), &fields).unwrap_or_default();
        for item in items {
            let item: PathItem = self.fields(item, json!({}), &["summary", "description"]).unwrap_or_default();
            operation.summary = operation.summary.or(item.summary);
            operation.description = operation.description.or(item.description);
        }
        operation
    }

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
            self.warning(WarningKind::Malformed, &node, "only parameters `in: header` can be read", "it is ignored");
            return None;
        }
        let Some(name) = node.text("name").filter(|name| header_name(name).is_ok()) else {
            self.warning(
                WarningKind::Malformed,
                &node,
                "this parameter has no `name` that a header can have",
                "it is ignored",
            );
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

    /// A header's description and flags.
    fn header(&mut self, node: &Node<'a>, name: &str) -> Option<ParameterData> {
        let schema = reference_to(&format!("#{}/schema", node.pointer));
        let stub = json!({"in": "header", "name": name, "schema": schema});
        let parameter: Parameter = self.fields(node, stub, &["description", "required", "deprecated"])?;
        Some(parameter.parameter_data())
    }

    /// Reads some fields of an object; `stub` has what the object must have, and nothing is made of.
    fn fields<T: DeserializeOwned>(&mut self, node: &Node<'a>, mut stub: Value, fields: &[&str]) -> Option<T> {
        for member in fields.iter().filter_map(|field| node.non_null(field)) {
            let field = member.pointer.rsplit('/').next().unwrap_or_default();
            let mut with = stub.clone();
            with[field] = member.value.clone();
            match T::deserialize(&with) {
                Ok(_) => stub = with,
                Err(error) => {
                    self.warning(
                        WarningKind::Malformed,
                        &member,
                        format!("`{field}` is not what OpenAPI allows: {error}"),
                        "it is ignored until it is corrected, here or in overlay.yaml",
                    );
                }
            }
        }
        T::deserialize(stub).ok()
    }
}
