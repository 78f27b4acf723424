//! The properties of a draft beside those of the provider's own document.

use crate::draft::Draft;
use crate::figures::Figures;
use crate::providers::Body;
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

/// Compares the events of the bodies that were drafted from.
pub fn compare(own: &Own, draft: &Draft, bodies: &[&Body], figures: &mut Figures) {
    let events: BTreeMap<_, _> = bodies.iter().map(|body| (&body.webhook, *body)).collect();
    let mut walk = Walk { own: &own.0, draft: &draft.model, seen: BTreeSet::new(), figures };
    for (key, body) in events {
        let webhook = own.0.webhooks.iter().find(|webhook| webhook.key == **key);
        if let (Some(webhook), Some(event)) = (webhook, draft.event(body)) {
            walk.types(&webhook.payload, &event.payload);
        }
    }
}

struct Walk<'w> {
    own: &'w Provider,
    draft: &'w Provider,
    seen: BTreeSet<(TypeId, TypeId)>,
    figures: &'w mut Figures,
}

impl Walk<'_> {
    fn types(&mut self, own: &Type, draft: &Type) {
        match (resolved(self.own, own), resolved(self.draft, draft)) {
            (Type::Array(own), Type::Array(draft)) | (Type::Map(own), Type::Map(draft)) => self.types(own, draft),
            (Type::Named(own), Type::Named(draft)) if self.seen.insert((*own, *draft)) => {
                let shapes = (&self.own.get(*own).shape, &self.draft.get(*draft).shape);
                if let (Shape::Struct(own), Shape::Struct(draft)) = shapes {
                    self.fields(own, draft);
                }
            }
            _ => {}
        }
    }

    fn fields(&mut self, own: &Struct, draft: &Struct) {
        for field in &own.fields {
            let Some(drafted) = draft.fields.iter().find(|drafted| drafted.key == field.key) else { continue };
            let (declared, found) = (resolved(self.own, &field.ty), resolved(self.draft, &drafted.ty));
            let (own_kind, kind) = (kind(self.own, declared), kind(self.draft, found));
            let fields = &mut self.figures.fields;
            fields.all += 1;
            fields.same_type += usize::from(own_kind.trim_start_matches("enum ") == kind.trim_start_matches("enum "));
            fields.same_optionality += usize::from(field.required == drafted.required);
            fields.same_nullability += usize::from(field.nullable == (drafted.nullable || kind == "any"));
            fields.any += usize::from(kind == "any" && own_kind != "any");
            fields.enums += usize::from(own_kind == "enum string");
            fields.enums_found += usize::from(own_kind == "enum string" && kind == "enum string");
            fields.enums_invented += usize::from(own_kind == "string" && kind == "enum string");
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
            // One value is no list to be found.
            Shape::Enum(values) if values.len() < 2 => "string",
            Shape::Enum(_) => "enum string",
            Shape::Union(_) => "union",
            Shape::Alias(inner) | Shape::Newtype(inner) => kind(provider, inner),
        },
    }
}
