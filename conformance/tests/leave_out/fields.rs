//! The properties of a draft beside those of the provider's own document.

use crate::draft::Draft;
use crate::figures::Figures;
use crate::providers::Body;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use webhook_codegen::Config;
use webhook_codegen::model::{Provider, Shape, Struct, Type, TypeId};
use webhook_codegen::pipeline::Documents;

/// The provider's own document.
pub struct Own(Provider);

impl Own {
    pub fn read(document: &Path) -> Self {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let specs = folder.path().join("own");
        std::fs::create_dir_all(&specs).expect("it can be made");
        std::fs::copy(document, specs.join("document.json")).expect("it can be copied");
        std::fs::write(specs.join("provider.yaml"), "event_type: $request.header.x-event\n")
            .expect("it can be written");
        let config = Config::new(folder.path());
        let model = Documents::read(&config).expect("the corpus is read").model(&config);
        Self(model.providers.into_iter().next().expect("there is one"))
    }
}

/// Compares the events of the bodies that were drafted from. What several events have in common counts for each of them,
/// whether the draft has a schema for it or says it again each time.
pub fn compare(own: &Own, draft: &Draft, bodies: &[&Body], figures: &mut Figures) {
    let events: BTreeMap<_, _> = bodies.iter().map(|body| (&body.webhook, *body)).collect();
    let mut values = Values::default();
    for body in bodies {
        if let Some(webhook) = own.0.webhooks.iter().find(|webhook| webhook.key == *body.webhook) {
            values.add(&own.0, &webhook.payload, &body.payload);
        }
    }
    let mut walk = Walk { own: &own.0, draft: &draft.model, values, seen: BTreeSet::new(), figures };
    for (key, body) in events {
        let webhook = own.0.webhooks.iter().find(|webhook| webhook.key == **key);
        if let (Some(webhook), Some(drafted)) = (webhook, draft.webhook(body)) {
            walk.seen.clear();
            walk.types(&webhook.payload, &drafted.payload);
        }
    }
}

/// The texts that bodies have under the keys of the document's structs.
#[derive(Default)]
struct Values(BTreeMap<(TypeId, String), BTreeSet<String>>);

impl Values {
    fn add(&mut self, own: &Provider, ty: &Type, value: &Value) {
        match (resolved(own, ty), value) {
            (Type::Array(inner), Value::Array(items)) => items.iter().for_each(|item| self.add(own, inner, item)),
            (Type::Map(inner), Value::Object(members)) => {
                members.values().for_each(|value| self.add(own, inner, value))
            }
            (Type::Named(id), Value::Object(members)) => {
                let Shape::Struct(record) = &own.get(*id).shape else { return };
                for field in &record.fields {
                    let Some(value) = members.get(&field.key) else { continue };
                    if let Some(text) = value.as_str() {
                        self.0.entry((*id, field.key.clone())).or_default().insert(text.to_owned());
                    }
                    self.add(own, &field.ty, value);
                }
            }
            _ => {}
        }
    }
}

struct Walk<'w> {
    own: &'w Provider,
    draft: &'w Provider,
    values: Values,
    seen: BTreeSet<(TypeId, TypeId)>,
    figures: &'w mut Figures,
}

impl Walk<'_> {
    fn types(&mut self, own: &Type, draft: &Type) {
        match (resolved(self.own, own), resolved(self.draft, draft)) {
            (Type::Array(own), Type::Array(draft)) | (Type::Map(own), Type::Map(draft)) => self.types(own, draft),
            (Type::Named(id), Type::Named(draft)) if self.seen.insert((*id, *draft)) => {
                let shapes = (&self.own.get(*id).shape, &self.draft.get(*draft).shape);
                if let (Shape::Struct(own), Shape::Struct(draft)) = shapes {
                    self.fields((*id, own), draft);
                }
            }
            _ => {}
        }
    }

    fn fields(&mut self, (id, own): (TypeId, &Struct), draft: &Struct) {
        for field in &own.fields {
            let Some(drafted) = draft.fields.iter().find(|drafted| drafted.key == field.key) else { continue };
            let (declared, found) = (resolved(self.own, &field.ty), resolved(self.draft, &drafted.ty));
            let (own_kind, kind) = (kind(self.own, declared), kind(self.draft, found));
            let is_list = matches!(kind, "enum string" | "const string");
            let fields = &mut self.figures.fields;
            fields.all += 1;
            fields.same_type += usize::from(last_word(own_kind) == last_word(kind));
            fields.same_optionality += usize::from(field.required == drafted.required);
            fields.same_nullability += usize::from(field.nullable == (drafted.nullable || kind == "any"));
            fields.any += usize::from(kind == "any" && own_kind != "any");
            fields.enums += usize::from(own_kind == "enum string");
            fields.enums_found += usize::from(own_kind == "enum string" && is_list);
            fields.enums_invented +=
                usize::from(last_word(own_kind) == "string" && own_kind != "enum string" && kind == "enum string");
            fields.too_optional += usize::from(field.required && !drafted.required);
            fields.too_required += usize::from(!field.required && drafted.required);
            let seen = self.values.0.get(&(id, field.key.clone())).cloned().unwrap_or_default();
            let is_evident = own_kind == "enum string" && seen.len() > 1;
            fields.enums_evident += usize::from(is_evident);
            fields.evident_found += usize::from(is_evident && is_list);
            self.types(&field.ty, &drafted.ty);
        }
    }
}

/// The type that a value has, whatever wraps or names it.
fn resolved<'t>(provider: &'t Provider, ty: &'t Type) -> &'t Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => resolved(provider, inner),
        Type::Named(id) => match &provider.get(*id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => resolved(provider, inner),
            _ => ty,
        },
        _ => ty,
    }
}

/// The JSON type of a kind.
fn last_word(kind: &str) -> &str {
    kind.rsplit(' ').next().unwrap_or(kind)
}

fn kind(provider: &Provider, ty: &Type) -> &'static str {
    match ty {
        Type::Any | Type::Raw | Type::Foreign(_) => "any",
        Type::Null => "null",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::String => "string",
        Type::DateTime => "date-time",
        Type::Array(_) => "array",
        Type::Map(_) => "object",
        Type::JsonText(_) => "text",
        Type::OneOrMany(_) => "one or many",
        Type::Nullable(inner) | Type::Boxed(inner) => kind(provider, inner),
        Type::Named(id) => match &provider.get(*id).shape {
            Shape::Struct(_) => "object",
            // The event type is one value in the bodies of one event, whatever the document lists.
            Shape::Enum(values) if values.len() < 2 => "const string",
            Shape::Enum(_) => "enum string",
            Shape::Union(_) => "union",
            Shape::Alias(inner) | Shape::Newtype(inner) => kind(provider, inner),
        },
    }
}
