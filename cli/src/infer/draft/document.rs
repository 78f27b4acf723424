//! The document around the schemas.

use super::basis::{Draft, body_object, times};
use super::keys::ENOUGH;
use super::schema::{At, below, reference};
use crate::infer::anonymize;
use crate::infer::evidence::ObjectId;
use crate::infer::headers::Texts;
use crate::infer::observe::{Event, Observations};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::keywords::{REF, reference_to};
use webhook_codegen::source::pointer::tokens;

/// The OpenAPI document of all that deliveries showed; `keep_values` leaves personal data in the examples.
pub fn document(observed: &Observations, title: &str, keep_values: bool) -> Value {
    let draft = Draft::new(observed);
    let webhooks: Map<_, _> =
        observed.events.iter().map(|(name, event)| (name.clone(), draft.webhook(name, event, keep_values))).collect();
    let mut schemas = draft.schemas();
    remove_unused(&webhooks, &mut schemas);
    let parameters = draft.parameters();
    let mut components = json!({"schemas": schemas});
    if !parameters.is_empty() {
        components["parameters"] = parameters.into();
    }
    let seen = format!(
        "Drafted by webhook-codegen from {} deliveries of {} events. What it says of a property rests on what was seen; \
         correct it where you know better.",
        observed.deliveries,
        observed.events.len()
    );
    json!({
        "openapi": "3.1.0",
        "info": {"title": title, "version": "0.1.0", "description": seen},
        "webhooks": webhooks,
        "components": components,
    })
}

/// Leaves the schemas that something refers to.
fn remove_unused(webhooks: &Map<String, Value>, schemas: &mut Map<String, Value>) {
    let mut used = BTreeSet::new();
    let mut open: Vec<_> = webhooks.values().collect();
    while let Some(value) = open.pop() {
        let name = value.get(REF).and_then(Value::as_str).and_then(|text| text.strip_prefix("#/components/schemas/"));
        if let Some(name) = name.filter(|name| !used.contains(*name)) {
            used.insert(name.to_owned());
            open.extend(schemas.get(name));
        }
        match value {
            Value::Object(members) => {
                open.extend(members.iter().filter(|(key, _)| *key != "example").map(|(_, value)| value))
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    schemas.retain(|name, _| used.contains(name));
}

impl Draft<'_> {
    /// The webhook of an event.
    pub fn webhook(&self, name: &str, event: &Event, keep_values: bool) -> Value {
        let mut content = json!({"schema": self.with_constants(event, |at| self.content(event, at))});
        if let Some(example) = &event.example {
            let example = match keep_values {
                true => example.clone(),
                false => anonymize::anonymized(&self.keys, event.node, example, &event.texts),
            };
            content["example"] = example;
        }
        let mut operation = json!({
            "summary": name,
            "description": format!("Seen {}.", times(event.count)),
        });
        let parameters = self.operation_parameters(event);
        if !parameters.is_empty() {
            operation["parameters"] = parameters.into();
        }
        operation["requestBody"] = json!({"required": true, "content": {"application/json": content}});
        operation["responses"] = json!({"2XX": {"description": "Received."}});
        json!({"post": operation})
    }

    /// Calls `schema` with what is at the event type locations of an event.
    fn with_constants(&self, event: &Event, schema: impl FnOnce(At<'_>) -> Value) -> Value {
        let expressions = self.observed.location.iter().flat_map(|location| &location.expressions);
        let texts = expressions.zip(&event.texts).filter_map(|(expression, text)| match expression {
            Expression::Body(pointer) => Some((tokens(pointer), text.as_deref()?)),
            Expression::Header(_) => None,
        });
        let texts: Vec<_> = texts.collect();
        let constants: Vec<_> = texts.iter().map(|(pointer, text)| (pointer.as_slice(), *text)).collect();
        schema(At { key: "", constants: &constants })
    }

    fn schemas(&self) -> Map<String, Value> {
        let mut schemas = Map::new();
        for event in self.observed.events.values() {
            let Some(object) = body_object(self.graph, event.node) else { continue };
            if let Some(name) = self.components.get(object) {
                schemas.insert(name.to_owned(), self.with_constants(event, |at| self.body(event, object, at)));
            }
        }
        for object in &self.components.order {
            if let Some(name) = self.components.get(*object).filter(|name| !schemas.contains_key(*name)) {
                schemas.insert(name.to_owned(), self.component(*object));
            }
        }
        schemas
    }

    /// The schema of an event's bodies. Where other events come in arrays too, so may this one of which few came.
    fn content(&self, event: &Event, at: At<'_>) -> Value {
        let schema = self.schema(event.node, at);
        let name = body_object(self.graph, event.node).and_then(|object| self.components.get(object));
        match name.filter(|_| self.is_one_or_many && event.count < ENOUGH) {
            Some(name) => {
                let body = reference(name);
                json!({"oneOf": [body, {"type": "array", "items": body}]})
            }
            None => schema,
        }
    }

    /// The schema of an event's bodies, or of their items.
    fn body(&self, event: &Event, object: ObjectId, at: At<'_>) -> Value {
        if self.graph.objects_at(event.node).contains(&object) {
            return self.object(object, at, &[]);
        }
        let constants = below(at, "0");
        self.object(object, At { key: "", constants: &constants }, &[])
    }

    /// The headers that all events have.
    fn parameters(&self) -> Map<String, Value> {
        let headers = self.observed.headers.own().filter(|(name, _)| !self.is_event_type(name));
        let parameter = |(name, texts): (&str, &Texts)| {
            let all = self.observed.headers.count;
            let mut parameter = json!({"name": name, "in": "header"});
            match texts.count == all {
                true => parameter["required"] = true.into(),
                false => parameter["description"] = format!("In {} of {all} deliveries.", texts.count).into(),
            }
            parameter["schema"] = json!({"type": "string"});
            (name.to_owned(), parameter)
        };
        headers.map(parameter).collect()
    }

    fn is_event_type(&self, header: &str) -> bool {
        let mut expressions = self.observed.location.iter().flat_map(|location| &location.expressions);
        expressions.any(|expression| matches!(expression, Expression::Header(name) if name == header))
    }

    /// What is said of headers at one event: those of all, and what is in those that say the event type.
    fn operation_parameters(&self, event: &Event) -> Vec<Value> {
        let expressions = self.observed.location.iter().flat_map(|location| &location.expressions);
        let own = expressions.zip(&event.texts).filter_map(|(expression, text)| match expression {
            Expression::Header(name) => {
                let schema = json!({"type": "string", "const": text.as_deref()?});
                Some(json!({"name": name, "in": "header", "required": true, "schema": schema}))
            }
            Expression::Body(_) => None,
        });
        let shared = self.observed.headers.own().filter(|(name, _)| !self.is_inline && !self.is_event_type(name));
        let shared = shared.map(|(name, _)| reference_to(&format!("#/components/parameters/{name}")));
        own.chain(shared).collect()
    }
}
