//! Events as users name them.

use webhook_codegen::model::{Event, Provider};
use webhook_codegen::name;
use webhook_codegen::source::{closest, suggestion};
use webhook_codegen::words::same_words;

/// The event of this name: its event type, with or without the prefix that variants leave out, the key of its webhook, or
/// its variant. Case and punctuation count only between events that differ in nothing else.
pub(crate) fn event_named<'p>(provider: &'p Provider, name: &str) -> Option<&'p Event> {
    let names = names(provider);
    let find = |is_it: &dyn Fn(&str) -> bool| {
        let of_kind = |kind: usize| names.iter().position(|names| is_it(&names[kind]));
        (0..names.first()?.len()).find_map(of_kind)
    };
    let found = find(&|known| known == name).or_else(|| find(&|known| same_words(known, name)));
    found.map(|index| &provider.events[index])
}

/// What a user may have meant by a name that no event has.
pub(crate) fn event_suggestion(provider: &Provider, name: &str) -> String {
    let names = names(provider);
    let event_types = || provider.events.iter().map(|event| event.event_type.as_str());
    let known =
        names.iter().zip(event_types()).flat_map(|(names, of)| names.iter().map(move |name| (name.as_str(), of)));
    let known: Vec<_> = known.collect();
    let similar = closest(name, known.iter().map(|(name, _)| *name));
    match similar.and_then(|similar| known.iter().find(|(name, _)| *name == similar)) {
        Some((_, event_type)) => format!("did you mean `{event_type}`?"),
        None => suggestion(name, event_types()),
    }
}

fn names(provider: &Provider) -> Vec<[String; 4]> {
    let prefix = provider.settings.strip_prefix.as_deref().unwrap_or_default();
    let variants = name::events(provider).into_iter();
    let names = provider.events.iter().zip(variants).map(|(event, variant)| {
        let stripped = event.event_type.strip_prefix(prefix).unwrap_or(&event.event_type).to_owned();
        let key = provider.webhooks[event.webhook].key.clone();
        [event.event_type.clone(), key, stripped, variant.to_string()]
    });
    names.collect()
}
