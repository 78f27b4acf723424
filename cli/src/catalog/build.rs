//! The model to what a catalogue says about it.

use super::facts;
use super::provider_page::{
    DocumentPage, Event, Extra, Field, ProviderPage, SYNTHESIZED, TypeBody, TypeEntry, TypeRef, Variant,
};
use crate::delivery::{Samples, Sender, is_other};
use serde_json::Value;
use std::collections::HashMap;
use webhook_codegen::Config;
use webhook_codegen::documents::Folder;
use webhook_codegen::documents::provider::Algorithm;
use webhook_codegen::emit::rust_names::RustNames;
use webhook_codegen::model::{self, Docs, Presence, Provider, Shape, Struct, Type, TypeId, Union};
use webhook_codegen::name;
use webhook_codegen::schema::{References, is_readable};
use webhook_codegen::source::pointer::unescape;
use webhook_codegen::words::same_words;

/// Characters of a value that are shown beside a field.
const WIDTH: usize = 120;

/// Everything about a provider.
pub fn provider_page(sender: &Sender, config: &Config, module: &str) -> ProviderPage {
    let Sender { provider, samples, .. } = sender;
    let mut builder = PageBuilder {
        provider,
        rust_names: RustNames::new(provider, config),
        samples,
        table: HashMap::new(),
        queue: Vec::new(),
    };
    let events = provider.events.iter().enumerate().map(|(index, event)| builder.event(sender, index, event));
    let mut events: Vec<_> = events.collect();
    summarize(&mut events);
    let types = builder.types();
    let documents = provider.documents.iter().enumerate().map(|(index, document)| DocumentPage {
        file: document.file.clone(),
        title: document.title.clone(),
        module: builder.rust_names.document(index),
    });
    ProviderPage {
        name: provider.name.clone(),
        module: format!("{module}::{}", builder.rust_names.module()),
        receiver: receiver(provider),
        title: provider.settings.title.clone().unwrap_or_else(|| provider.name.clone()),
        docs: provider.settings.docs.clone(),
        facts: facts::facts(provider),
        documents: documents.collect(),
        events,
        types,
        changes: Vec::new(),
    }
}

struct PageBuilder<'p> {
    provider: &'p Provider,
    rust_names: RustNames<'p>,
    samples: &'p Samples,
    table: HashMap<TypeId, usize>,
    /// The types of the table, in its order.
    queue: Vec<TypeId>,
}

impl<'p> PageBuilder<'p> {
    fn event(&mut self, sender: &Sender, index: usize, event: &'p model::Event) -> Event {
        let webhook = &self.provider.webhooks[event.webhook];
        let ty = self.rust_names.ty(&event.payload);
        // The variant holds a `Box`, which has an `as_ref` of its own.
        let accessor = if matches!(event.payload, Type::Nullable(_)) { ".as_ref()" } else { "" };
        let delivery = sender.delivery(&event.event_type, None).ok();
        let mut examples = examples(self.provider, &sender.folder, event);
        if let Some(made) = delivery.as_ref().filter(|_| examples.is_empty()) {
            examples.extend(pretty(&made.body).map(|body| (SYNTHESIZED.to_owned(), body)));
        }
        Event {
            headers: delivery.map(|delivery| delivery.headers).unwrap_or_default(),
            event_type: event.event_type.clone(),
            variant: self.rust_names.event(index),
            docs: event.docs.clone(),
            about: String::new(),
            document: webhook.document,
            key: webhook.key.clone(),
            pointer: webhook.pointer.clone(),
            body: self.type_ref(&event.payload, ty, accessor.to_owned()),
            examples,
        }
    }

    /// The types that the events reach; what those reach is found on the way.
    fn types(&mut self) -> Vec<TypeEntry> {
        let mut types = Vec::new();
        while let Some(id) = self.queue.get(types.len()).copied() {
            let provider = self.provider;
            let def = provider.get(id);
            let inside = match &def.shape {
                Shape::Struct(record) => self.fields(id, record),
                Shape::Enum(values) => {
                    let names = name::values(self.provider, values).into_iter().map(|name| name.to_string());
                    TypeBody::Enum { values: values.iter().cloned().zip(names).collect() }
                }
                Shape::Union(union) => self.variants(union),
                Shape::Alias(ty) | Shape::Newtype(ty) => {
                    let rust = self.rust_names.ty(ty);
                    TypeBody::Newtype { only: self.type_ref(ty, rust, String::new()) }
                }
            };
            types.push(TypeEntry { path: self.rust_names.path(id), docs: def.docs.clone(), inside });
        }
        types
    }

    fn fields(&mut self, id: TypeId, record: &'p Struct) -> TypeBody {
        let fields = record.fields.iter().zip(name::fields(record)).enumerate().map(|(index, (field, name))| {
            let accessor = match self.provider.presence(field) {
                Presence::Required => "",
                Presence::RequiredNullable | Presence::Optional => ".as_ref()?",
                Presence::OptionalNullable => ".value()?",
            };
            let type_ref = self.type_ref(&field.ty, self.rust_names.field(field), accessor.to_owned());
            Field {
                key: field.key.clone(),
                name: name.to_string(),
                required: field.required,
                nullable: field.nullable,
                // What has something inside shows its values there.
                example: if type_ref.to.is_none() { self.sample(id, index) } else { None },
                type_ref: TypeRef { docs: or(&field.docs, &type_ref.docs), ..type_ref },
            }
        });
        let fields = fields.collect();
        let extra = (record.extra != Type::Any).then(|| {
            let (name, ty) = self.rust_names.extra(record);
            Extra { name, type_ref: self.type_ref(&record.extra, ty, ".get(key)?".to_owned()) }
        });
        TypeBody::Struct { fields, extra }
    }

    fn sample(&self, id: TypeId, field: usize) -> Option<String> {
        self.samples.get(id, field).map(|value| shortened(&value.to_string(), WIDTH))
    }

    fn variants(&mut self, union: &'p Union) -> TypeBody {
        let bindings = name::bindings(union.variants.iter().map(|variant| variant.label.as_str()));
        let names = name::variants(union).into_iter().zip(bindings);
        let variants = union.variants.iter().zip(names).map(|(variant, (name, binding))| {
            let ty = self.rust_names.ty(&variant.ty);
            let type_ref = self.type_ref(&variant.ty, ty, String::new());
            let (name, binding) = (name.to_string(), binding.to_string());
            Variant { label: variant.label.clone(), name, binding, tags: variant.tags.clone(), type_ref }
        });
        TypeBody::Union { discriminator: union.discriminator.clone(), variants: variants.collect() }
    }

    /// Looks through all that a type is wrapped in, aliases included; `accessor` leads there already from outside.
    fn type_ref(&mut self, mut ty: &'p Type, rust: String, mut accessor: String) -> TypeRef {
        let provider = self.provider;
        let mut docs = Docs::default();
        let to = loop {
            ty = match ty {
                Type::Array(inner) => {
                    accessor.push_str("[i]");
                    inner
                }
                Type::OneOrMany(inner) => {
                    accessor.push_str(".as_slice()[i]");
                    inner
                }
                Type::Map(inner) => {
                    accessor.push_str(".get(key)?");
                    inner
                }
                Type::Nullable(inner) => {
                    accessor.push_str(".as_ref()?");
                    inner
                }
                Type::JsonText(inner) | Type::Boxed(inner) => inner,
                Type::Named(id) => {
                    let def = provider.get(*id);
                    docs = or(&docs, &def.docs);
                    match &def.shape {
                        Shape::Alias(inner) => inner,
                        _ => break Some(self.entry(*id)),
                    }
                }
                _ => break None,
            };
        };
        TypeRef { ty: rust, to, accessor: if to.is_some() { accessor } else { String::new() }, docs }
    }

    fn entry(&mut self, id: TypeId) -> usize {
        let next = self.queue.len();
        *self.table.entry(id).or_insert_with(|| {
            self.queue.push(id);
            next
        })
    }
}

/// How a receiver is made.
fn receiver(provider: &Provider) -> &'static str {
    match provider.settings.verify.algorithm {
        Algorithm::None => "Receiver::unverified()",
        _ => "Receiver::new(secret)?",
    }
}

/// A body of JSON, to be read.
fn pretty(body: &[u8]) -> Option<String> {
    serde_json::from_slice(body).ok().map(|body: Value| format!("{body:#}"))
}

/// The document's examples of an event's body, each with its name, less those of other events of the same webhook.
fn examples(provider: &Provider, folder: &Folder, event: &model::Event) -> Vec<(String, String)> {
    let webhook = &provider.webhooks[event.webhook];
    let bodies = References::new(&folder.documents).body_examples(webhook.content.as_ref(), is_readable).into_iter();
    let is_other = |body: &Value| is_other(provider, event, body);
    let own = bodies.filter(|body| !webhook.events_in(body.value).iter().all(is_other));
    own.map(|body| (example_name(&body.pointer), format!("{:#}", body.value))).collect()
}

/// What an example is called: its key, which is before that of its value.
fn example_name(pointer: &str) -> String {
    let mut tokens = pointer.rsplit('/');
    match (tokens.next(), tokens.next()) {
        (Some("value" | "dataValue"), Some(name)) => unescape(name),
        _ => String::new(),
    }
}

/// Finds a line for each event: its first, unless others begin so too (GitHub says what it says of all events of a kind,
/// and then what is special about one).
fn summarize(events: &mut [Event]) {
    let first = |event: &Event| event.docs.text.as_deref().map(first_line).unwrap_or_default();
    let mut uses: HashMap<String, usize> = HashMap::new();
    events.iter().for_each(|event| *uses.entry(first(event)).or_default() += 1);
    for event in events {
        let text = event.docs.text.as_deref().unwrap_or_default().trim();
        let about = match (uses[&first(event)], text.rsplit_once("\n\n")) {
            (2.., Some((_, last))) => first_line(last),
            _ => first(event),
        };
        event.about = if same_words(&about, &event.event_type) { String::new() } else { about };
    }
}

/// The first of two that has anything.
fn or(docs: &Docs, otherwise: &Docs) -> Docs {
    if *docs == Docs::default() { otherwise.clone() } else { docs.clone() }
}

/// The beginning of a text, where there is room for a line only.
fn first_line(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let sentence = line.find(". ").map_or(line, |end| &line[..=end]);
    shortened(sentence, 120)
}

/// At most so many characters.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
