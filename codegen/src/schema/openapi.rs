//! The objects of OpenAPI around the schemas, as `openapiv3` reads them.
//!
//! Only the fields that something is made of are given to it: what no webhook needs refuses no document. Where it refuses
//! a field, that is reported, and the others are read without it.

use super::Node;
use super::lowering::Lowering;
use crate::keywords::reference_to;
use openapiv3::{Info, Operation, Parameter, ParameterData, PathItem};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

impl<'a> Lowering<'a> {
    /// What the documents say of themselves.
    pub(super) fn info(&mut self) {
        for document in 0..self.sources.len() {
            let Some(node) = self.references.root(document).said("info") else { continue };
            let read = self.fields::<Info>(&node, json!({"title": "", "version": ""}), &["title", "description"]);
            let mut info = read.unwrap_or_default();
            // It came with OpenAPI 3.1, which openapiv3 does not know.
            info.description = info.description.or_else(|| node.text("summary").map(str::to_owned));
            self.lowered[document].info = info;
        }
    }

    /// What is said of an operation, by itself or by the path items that hold it.
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

    /// What is said of a header called `name`.
    pub(super) fn header(&mut self, node: &Node<'a>, name: &str) -> Option<ParameterData> {
        let schema = reference_to(&format!("#{}/schema", node.pointer));
        let stub = json!({"in": "header", "name": name, "schema": schema});
        let parameter: Parameter = self.fields(node, stub, &["description", "required", "deprecated"])?;
        Some(parameter.parameter_data())
    }

    /// Reads some fields of an object; `stub` has what the object must have, and nothing is made of.
    fn fields<T: DeserializeOwned>(&mut self, node: &Node<'a>, mut stub: Value, fields: &[&str]) -> Option<T> {
        for member in fields.iter().filter_map(|field| node.said(field)) {
            let field = member.pointer.rsplit('/').next().unwrap_or_default();
            let mut with = stub.clone();
            with[field] = member.value.clone();
            match T::deserialize(&with) {
                Ok(_) => stub = with,
                Err(error) => {
                    self.warning(&member, format!("`{field}` is not what OpenAPI allows: {error}"), "it is not read");
                }
            }
        }
        T::deserialize(stub).ok()
    }
}
