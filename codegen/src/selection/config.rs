//! What a [`Config`] selects of the documents.

use crate::config::Config;
use crate::documents::Folder;
use crate::model::{Provider, Shape, Type, TypeId};
use crate::source::{Diagnostic, Diagnostics, suggestion};
use std::collections::HashSet;

/// Leaves the folders of the wanted providers.
pub fn folders(folders: &mut Vec<Folder>, config: &Config, found: &mut Diagnostics) {
    for wanted in &config.providers {
        let names = || folders.iter().map(|folder| folder.name.as_str());
        if !names().any(|name| name == wanted) {
            let message = format!("no provider is called `{wanted}`");
            found.push(Diagnostic::error(&config.specs, "", message).help(suggestion(wanted, names())));
        }
    }
    if !config.providers.is_empty() {
        folders.retain(|folder| config.providers.contains(&folder.name));
    }
}

/// Leaves the wanted events. Of each provider, the types that they reach, unless all events are wanted.
pub fn events(providers: &mut [Provider], config: &Config, found: &mut Diagnostics) -> Vec<Option<HashSet<TypeId>>> {
    if config.events.is_empty() {
        return providers.iter().map(|_| None).collect();
    }
    for pattern in &config.events {
        let types = providers.iter().flat_map(|provider| &provider.events).map(|event| event.event_type.as_str());
        if !types.clone().any(|event_type| fits(pattern, event_type)) {
            let message = format!("no event type fits `{pattern}`");
            found.push(Diagnostic::error(&config.specs, "", message).help(suggestion(pattern, types)));
        }
    }
    let reached = providers.iter_mut().map(|provider| {
        provider.events.retain(|event| config.events.iter().any(|pattern| fits(pattern, &event.event_type)));
        let payloads = provider.events.iter().map(|event| &event.payload);
        let used = payloads.chain(provider.headers.iter().map(|header| &header.ty));
        Some(provider.types.reachable(used))
    });
    reached.collect()
}

fn fits(pattern: &str, event_type: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => event_type.starts_with(start),
        None => event_type == pattern,
    }
}

/// Replaces schemas by the user's own types.
pub fn replace(providers: &mut [Provider], config: &Config, found: &mut Diagnostics) {
    for (schema, path) in &config.replacements {
        let pointer = schema.trim_start_matches('#');
        let defs = providers.iter_mut().flat_map(|provider| provider.types.iter_mut());
        let mut replaced = false;
        for def in defs.filter(|def| def.pointer == pointer) {
            def.shape = Shape::Alias(Type::Foreign(path.clone()));
            replaced = true;
        }
        let error = |message: String, help: &str| Diagnostic::error(&config.specs, "", message).help(help);
        if !replaced {
            let message = format!("no webhook uses a schema at `{schema}`");
            found.push(error(message, "write it like `#/components/schemas/Name`"));
        }
        if syn::parse_str::<syn::Path>(path).is_err() {
            found.push(error(format!("`{path}` is not the path of a type"), "write it like `crate::Name`"));
        }
    }
    for path in &config.derives {
        if syn::parse_str::<syn::Path>(path).is_err() {
            let message = format!("`{path}` is not the path of a derive");
            found.push(Diagnostic::error(&config.specs, "", message).help("write it like `Hash`"));
        }
    }
}
