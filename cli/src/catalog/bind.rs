//! The model to what a catalogue says about it.

use super::book::{Book, Chapter, Entry, Event, Extra, Field, Inside, Slot, Variant};
use super::facts;
use crate::delivery::{Samples, is_other};
use serde_json::Value;
use std::collections::HashMap;
use webhook_codegen::Config;
use webhook_codegen::documents::Folder;
use webhook_codegen::emit::spell::Spelling;
use webhook_codegen::model::{self, Docs, Presence, Provider, Shape, Struct, Type, TypeId, Union};
use webhook_codegen::name;
use webhook_codegen::schema::{References, is_readable};
use webhook_codegen::source::pointer::unescape;
use webhook_codegen::words::same_words;

/// Characters of a value that are shown beside a field.
const WIDTH: usize = 120;

/// All that is said about a provider.
pub fn book(provider: &Provider, folder: &Folder, config: &Config) -> Book {
    let samples = Samples::collect(provider, folder);
    let mut binder = Binder {
        provider,
        spelling: Spelling::new(provider, config),
        samples,
        table: HashMap::new(),
        queue: Vec::new(),
    };
    let events = provider.events.iter().enumerate().map(|(index, event)| binder.event(folder, index, event));
    let mut events: Vec<_> = events.collect();
    summarize(&mut events);
    let types = binder.types();
    let documents = provider.documents.iter().enumerate().map(|(index, document)| Chapter {
        file: document.file.clone(),
        title: document.title.clone(),
        module: binder.spelling.document(index),
    });
    Book {
        name: provider.name.clone(),
        module: binder.spelling.module(),
        title: provider.settings.title.clone().unwrap_or_else(|| provider.name.clone()),
        docs: provider.settings.docs.clone(),
        facts: facts::facts(provider),
        documents: documents.collect(),
        events,
        types,
        changes: Vec::new(),
    }
}

struct Binder<'p> {
    provider: &'p Provider,
    spelling: Spelling<'p>,
    samples: Samples,
    table: HashMap<TypeId, usize>,
    /// The types of the table, in its order.
    queue: Vec<TypeId>,
}

impl<'p> Binder<'p> {
    fn event(&mut self, folder: &Folder, index: usize, event: &'p model::Event) -> Event {
        let webhook = &self.provider.webhooks[event.webhook];
        let ty = self.spelling.ty(&event.payload);
        // The variant holds a `Box`, which has an `as_ref` of its own.
        let reach = if matches!(event.payload, Type::Nullable(_)) { ".as_ref()" } else { "" };
        Event {
            event_type: event.event_type.clone(),
            variant: self.spelling.event(index),
            docs: event.docs.clone(),
            about: String::new(),
            document: webhook.document,
            key: webhook.key.clone(),
            pointer: webhook.pointer.clone(),
            body: self.slot(&event.payload, ty, reach.to_owned()),
            examples: examples(self.provider, folder, event),
        }
    }

    /// The types that the events reach; what those reach is found on the way.
    fn types(&mut self) -> Vec<Entry> {
        let mut types = Vec::new();
        while let Some(id) = self.queue.get(types.len()).copied() {
            let provider = self.provider;
            let def = provider.get(id);
            let inside = match &def.shape {
                Shape::Struct(record) => self.fields(id, record),
                Shape::Enum(values) => {
                    let names = name::values(values).into_iter().map(|name| name.to_string());
                    Inside::Enum { values: values.iter().cloned().zip(names).collect() }
                }
                Shape::Union(union) => self.variants(union),
                Shape::Alias(ty) | Shape::Newtype(ty) => {
                    let rust = self.spelling.ty(ty);
                    Inside::Newtype { only: self.slot(ty, rust, String::new()) }
                }
            };
            types.push(Entry { path: self.spelling.path(id), docs: def.docs.clone(), inside });
        }
        types
    }

    fn fields(&mut self, id: TypeId, record: &'p Struct) -> Inside {
        let fields = record.fields.iter().zip(name::fields(record)).enumerate().map(|(index, (field, name))| {
            let reach = match self.provider.presence(field) {
                Presence::Required => "",
                Presence::RequiredNullable | Presence::Optional => ".as_ref()?",
                Presence::OptionalNullable => ".value()?",
            };
            let slot = self.slot(&field.ty, self.spelling.field(field), reach.to_owned());
            Field {
                key: field.key.clone(),
                name: name.to_string(),
                required: field.required,
                nullable: field.nullable,
                // What has something inside shows its values there.
                example: if slot.to.is_none() { self.sample(id, index) } else { None },
                slot: Slot { docs: or(&field.docs, &slot.docs), ..slot },
            }
        });
        let fields = fields.collect();
        let extra = (record.extra != Type::Any).then(|| {
            let (name, ty) = self.spelling.extra(record);
            Extra { name, slot: self.slot(&record.extra, ty, ".get(key)?".to_owned()) }
        });
        Inside::Struct { fields, extra }
    }

    fn sample(&self, id: TypeId, field: usize) -> Option<String> {
        self.samples.get(id, field).map(|value| shortened(&value.to_string(), WIDTH))
    }

    fn variants(&mut self, union: &'p Union) -> Inside {
        let bindings = name::bindings(union.variants.iter().map(|variant| variant.label.as_str()));
        let names = name::variants(union).into_iter().zip(bindings);
        let variants = union.variants.iter().zip(names).map(|(variant, (name, binding))| {
            let ty = self.spelling.ty(&variant.ty);
            let slot = self.slot(&variant.ty, ty, String::new());
            let (name, binding) = (name.to_string(), binding.to_string());
            Variant { label: variant.label.clone(), name, binding, tags: variant.tags.clone(), slot }
        });
        Inside::Union { discriminator: union.discriminator.clone(), variants: variants.collect() }
    }

    /// Looks through all that a type is wrapped in, aliases included; `reach` leads there already from outside.
    fn slot(&mut self, mut ty: &'p Type, rust: String, mut reach: String) -> Slot {
        let provider = self.provider;
        let mut docs = Docs::default();
        let to = loop {
            ty = match ty {
                Type::Array(inner) => {
                    reach.push_str("[i]");
                    inner
                }
                Type::OneOrMany(inner) => {
                    reach.push_str(".as_slice()[i]");
                    inner
                }
                Type::Map(inner) => {
                    reach.push_str(".get(key)?");
                    inner
                }
                Type::Nullable(inner) => {
                    reach.push_str(".as_ref()?");
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
        Slot { ty: rust, to, reach: if to.is_some() { reach } else { String::new() }, docs }
    }

    fn entry(&mut self, id: TypeId) -> usize {
        let next = self.queue.len();
        *self.table.entry(id).or_insert_with(|| {
            self.queue.push(id);
            next
        })
    }
}

/// The document's examples of an event's body, each with its name, less those of other events of the same webhook.
fn examples(provider: &Provider, folder: &Folder, event: &model::Event) -> Vec<(String, String)> {
    let webhook = &provider.webhooks[event.webhook];
    let bodies = References::new(&folder.documents).body_examples(webhook.content.as_ref(), is_readable).into_iter();
    let is_other = |body: &Value| is_other(provider, event, body);
    let own = bodies.filter(|body| !webhook.events_in(body.value).iter().all(is_other));
    own.map(|body| (example_name(&body.pointer), format!("{:#}", body.value))).collect()
}

/// What an example is called: its key, which stands before that of its value.
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

/// What is said first.
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
