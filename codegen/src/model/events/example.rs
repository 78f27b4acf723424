//! Event types in the documents' examples.

use super::body_value::text_at;
use super::webhook::Webhook;
use crate::documents::provider::Expression;
use crate::schema::{Node, References, is_readable};
use crate::source::Source;
use crate::source::pointer::tokens;
use crate::words::letters;
use indexmap::IndexSet;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// More event types than this are not what one webhook has.
const MOST: usize = 1000;

/// The examples of all webhooks, without those that several of them share.
pub struct Examples<'f> {
    references: References<'f>,
    webhooks: Vec<OfWebhook<'f>>,
}

struct OfWebhook<'f> {
    webhook: &'f Webhook,
    bodies: Vec<Node<'f>>,
    /// The schemas of the body, which may have examples inside.
    schemas: Vec<Node<'f>>,
    /// The header parameters.
    headers: Vec<Node<'f>>,
}

impl<'f> Examples<'f> {
    pub fn collect(webhooks: &'f [Webhook], documents: &'f [Source]) -> Self {
        let references = References::new(documents);
        let mut webhooks: Vec<_> = webhooks.iter().map(|webhook| OfWebhook::collect(&references, webhook)).collect();
        let mut users: HashMap<usize, usize> = HashMap::new();
        for holder in webhooks.iter().flat_map(OfWebhook::holders) {
            *users.entry(holder).or_default() += 1;
        }
        let is_own = |holder: &Node<'_>| users.get(&holder.address()).is_none_or(|users| *users == 1);
        for webhook in &mut webhooks {
            webhook.bodies.retain(is_own);
            webhook.schemas.retain(is_own);
            webhook.headers.retain(is_own);
        }
        Self { references, webhooks }
    }

    /// The event types that the examples of a webhook show at a location. Which headers and bodies belong together they do
    /// not say: where both have a part in it, they show nothing.
    pub fn event_types(&self, webhook: usize, location: &[Expression]) -> Vec<String> {
        let webhook = &self.webhooks[webhook];
        let found = match location {
            [Expression::Header(name)] => self.in_headers(webhook, name),
            [Expression::Body(pointer)] => {
                let pointers = [tokens(pointer)];
                let inside = |schema: &Node<'f>| self.inside(schema, &pointers[0]);
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

    fn in_headers(&self, webhook: &OfWebhook<'f>, name: &str) -> Vec<String> {
        let is_called = |header: &&Node<'f>| header.text("name").is_some_and(|other| other.eq_ignore_ascii_case(name));
        let headers = webhook.headers.iter().filter(is_called);
        let holders = headers.flat_map(|header| [Some(header.clone()), header.get("schema")].into_iter().flatten());
        let examples = holders.flat_map(|holder| self.references.examples(&holder));
        examples.filter_map(|example| text_at(example.value, &[])).collect()
    }

    /// What a schema gives as an example of a value within, itself or in a part of its `allOf`. What it refers to is
    /// shared with others, and so would be its example.
    fn inside(&self, schema: &Node<'f>, tokens: &[String]) -> Option<String> {
        let first = |holder: &Node<'f>, tokens: &[String]| {
            let mut examples = self.references.examples(holder).into_iter();
            examples.find_map(|example| text_at(example.value, tokens))
        };
        first(schema, tokens).or_else(|| {
            schema.parts().into_iter().find_map(|part| {
                let property = tokens.iter().try_fold(part, |schema, token| schema.get("properties")?.get(token))?;
                first(&property, &[])
            })
        })
    }
}

impl<'f> OfWebhook<'f> {
    fn collect(references: &References<'f>, webhook: &'f Webhook) -> Self {
        let media_types = webhook.content.iter().flat_map(|content| references.media_types(content));
        let schemas = media_types.filter(|(name, _)| is_readable(name)).filter_map(|(_, media_type)| {
            let schema = media_type.get("schema")?;
            Some(references.resolve(schema))
        });
        Self {
            webhook,
            bodies: references.body_examples(webhook.content.as_ref(), is_readable),
            schemas: schemas.collect(),
            headers: webhook.headers.iter().filter_map(|header| references.at(header)).collect(),
        }
    }

    /// What has or is an example, each once, by its address.
    fn holders(&self) -> HashSet<usize> {
        self.schemas.iter().chain(&self.headers).chain(&self.bodies).map(Node::address).collect()
    }

    /// The values that examples of bodies have at some pointers, joined.
    fn in_bodies(&self, pointers: &[Vec<String>]) -> impl Iterator<Item = String> {
        let joined = |event: &Value| {
            let parts: Vec<_> = pointers.iter().filter_map(|tokens| text_at(event, tokens)).collect();
            parts.join(".")
        };
        self.bodies.iter().flat_map(|body| self.webhook.events_in(body.value)).map(joined)
    }
}

/// Without those that only spell an earlier one otherwise.
pub fn without_respellings(event_types: Vec<String>) -> Vec<String> {
    let mut known = HashSet::new();
    event_types.into_iter().filter(|value| known.insert(letters(value))).collect()
}
