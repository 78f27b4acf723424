//! Event types in the documents' examples.

use super::bodies::{contents, examples, own_examples, resolve};
use super::body_value::text_at;
use super::webhook::Webhook;
use crate::documents::provider::Expression;
use crate::schema::{Location, is_readable};
use crate::source::Source;
use crate::source::pointer::tokens;
use crate::words::letters;
use indexmap::IndexSet;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::ptr;

/// More event types than this are not what one webhook has.
const MOST: usize = 1000;

/// The examples of all webhooks. What several of them share says nothing, as it would be an example of each.
pub struct Examples<'f> {
    webhooks: Vec<OfWebhook<'f>>,
}

struct OfWebhook<'f> {
    bodies: Vec<&'f Value>,
    /// The schemas of the body, which may have examples inside, each after its document.
    schemas: Vec<(&'f Value, &'f Value)>,
    /// The header parameters, each after its document.
    headers: Vec<(&'f Value, &'f Value)>,
}

impl<'f> Examples<'f> {
    pub fn collect(webhooks: &[Webhook], documents: &'f [Source]) -> Self {
        let of = |webhook: &Webhook| OfWebhook::collect(documents, webhook);
        let mut webhooks: Vec<_> = webhooks.iter().map(of).collect();
        let mut users: HashMap<*const Value, usize> = HashMap::new();
        for holder in webhooks.iter().flat_map(OfWebhook::holders) {
            *users.entry(holder).or_default() += 1;
        }
        let is_own = |holder: &Value| users.get(&ptr::from_ref(holder)).is_none_or(|users| *users == 1);
        for webhook in &mut webhooks {
            webhook.bodies.retain(|body| is_own(body));
            webhook.schemas.retain(|(_, schema)| is_own(schema));
            webhook.headers.retain(|(_, parameter)| is_own(parameter));
        }
        Self { webhooks }
    }

    /// The event types that the examples of a webhook show at a location. Which headers and bodies belong together they do
    /// not say: where both have a part in it, they show nothing.
    pub fn event_types(&self, webhook: usize, location: &[Expression]) -> Vec<String> {
        let webhook = &self.webhooks[webhook];
        let found = match location {
            [Expression::Header(name)] => webhook.in_headers(name),
            [Expression::Body(pointer)] => {
                let pointers = [tokens(pointer)];
                let inside = |(document, schema): &(&Value, &Value)| inside(document, schema, &pointers[0]);
                webhook.in_bodies(&pointers).chain(webhook.schemas.iter().filter_map(inside)).collect()
            }
            several => {
                let pointer = |part: &Expression| match part {
                    Expression::Body(pointer) => Some(tokens(pointer)),
                    Expression::Header(_) => None,
                };
                let pointers: Option<Vec<_>> = several.iter().map(pointer).collect();
                pointers.map(|pointers| webhook.in_bodies(&pointers).collect()).unwrap_or_default()
            }
        };
        let distinct: IndexSet<String> = found.into_iter().filter(|value: &String| !value.is_empty()).collect();
        distinct.into_iter().take(MOST).collect()
    }
}

impl<'f> OfWebhook<'f> {
    fn collect(documents: &'f [Source], webhook: &Webhook) -> Self {
        let bodies = examples(documents, webhook, is_readable).into_iter().map(|(_, body)| body).collect();
        let schemas = contents(documents, webhook, is_readable).into_iter().filter_map(|content| {
            let schema = resolve(content.document, format!("{}/schema", content.place));
            Some((content.document, content.document.pointer(&schema)?))
        });
        let headers = webhook.headers.iter().filter_map(|Location { document, pointer: place }| {
            let document = &documents[*document].value;
            Some((document, document.pointer(place)?))
        });
        Self { bodies, schemas: schemas.collect(), headers: headers.collect() }
    }

    /// What has or is an example, each once.
    fn holders(&self) -> HashSet<*const Value> {
        let described = self.schemas.iter().chain(&self.headers).map(|(_, holder)| *holder);
        described.chain(self.bodies.iter().copied()).map(ptr::from_ref).collect()
    }

    fn in_headers(&self, name: &str) -> Vec<String> {
        let is_called =
            |parameter: &Value| parameter["name"].as_str().is_some_and(|other| other.eq_ignore_ascii_case(name));
        let headers = self.headers.iter().filter(|(_, parameter)| is_called(parameter));
        let examples = headers.flat_map(|(document, parameter)| {
            let holders = [Some(*parameter), parameter.get("schema")].into_iter().flatten();
            holders.flat_map(|holder| own_examples(document, holder))
        });
        examples.filter_map(|example| text_at(example, &[])).collect()
    }

    /// What the examples of bodies have at some places together.
    fn in_bodies(&self, pointers: &[Vec<String>]) -> impl Iterator<Item = String> {
        let joined = |body: &&Value| {
            let parts: Vec<_> = pointers.iter().filter_map(|tokens| text_at(body, tokens)).collect();
            parts.join(".")
        };
        self.bodies.iter().map(joined)
    }
}

/// What a schema gives as an example of a value within, itself or in a part of its `allOf`. What it refers to is shared
/// with others, and so would be its example.
fn inside(document: &Value, schema: &Value, tokens: &[String]) -> Option<String> {
    let first = |holder, tokens: &[String]| {
        own_examples(document, holder).into_iter().find_map(|example| text_at(example, tokens))
    };
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    first(schema, tokens).or_else(|| {
        std::iter::once(schema).chain(parts).find_map(|schema| {
            let property = tokens.iter().try_fold(schema, |schema, token| schema.get("properties")?.get(token))?;
            first(property, &[])
        })
    })
}

/// Without those that only spell an earlier one otherwise.
pub fn without_respellings(event_types: Vec<String>) -> Vec<String> {
    let mut known = HashSet::new();
    event_types.into_iter().filter(|value| known.insert(letters(value))).collect()
}
