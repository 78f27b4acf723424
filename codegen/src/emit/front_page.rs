//! The front page of the generated crate.

use super::docs::lines;
use crate::config::Config;
use crate::model::Provider;
use crate::name;

const KEPT: &str = " Nothing of a payload is lost. Keys that a document does not declare are kept in the field `extra`, values that an enum
 does not list in the variant `Other`, and events that no document describes in `Event::Unknown`: what was read is
 written as it came.";

const MADE: &str = "
 To make a payload, in a test, call `new` of its struct with the fields that must have a value, or `default` where none
 must. All fields are public. A struct with more than seven such fields has no `new`: read it from JSON.";

/// The lines of its `//!` block.
pub fn front_page(providers: &[Provider], config: &Config) -> Vec<String> {
    let mut page = lines("Typed webhooks: a type for every payload, an enum over every event.");
    page.push(String::new());
    page.extend(table(providers));
    page.extend(example(providers, config));
    page.push(String::new());
    page.extend(KEPT.lines().map(str::to_owned));
    page.extend(MADE.lines().map(str::to_owned));
    page.extend(if config.features { features(providers) } else { Vec::new() });
    page
}

fn table(providers: &[Provider]) -> Vec<String> {
    let rows = providers.iter().map(|provider| {
        let (module, count) = (name::module(provider), provider.events.len());
        let title = lines(provider.title()).concat().replace('|', "\\|");
        format!(" | [`{module}`] |{title} | [{count}]({module}::Event) |")
    });
    [" | module | provider | events |", " |---|---|---|"].map(str::to_owned).into_iter().chain(rows).collect()
}

/// How an event is received, or read where there are no receivers.
fn example(providers: &[Provider], config: &Config) -> Vec<String> {
    let Some((provider, event)) =
        providers.iter().find_map(|provider| Some((provider, name::events(provider).into_iter().next()?)))
    else {
        return Vec::new();
    };
    let module = name::module(provider);
    let mut example = vec![String::new(), " ```ignore".to_owned(), format!(" use {module}::Event;"), String::new()];
    let event_of_delivery = match config.receivers {
        true => {
            example.push(format!(" let receiver = {module}::Receiver::new(secret)?;"));
            example.push(" let delivery = receiver.receive((&headers, &body))?;".to_owned());
            "delivery.event"
        }
        false => "Event::from_slice(&body)?",
    };
    example.push(format!(" match {event_of_delivery} {{"));
    example.push(format!("     Event::{event}(event) => println!(\"{{event:?}}\"),"));
    example.push("     Event::Unknown(event) => println!(\"not documented: {}\", event.event_type),".to_owned());
    example.extend(["     _ => {}", " }", " ```"].map(str::to_owned));
    example
}

fn features(providers: &[Provider]) -> Vec<String> {
    let rows = providers.iter().map(|provider| {
        let (feature, module) = (&provider.name, name::module(provider));
        format!(" | `{feature}` | `{feature}-verify` | [`{module}::Receiver`] |")
    });
    let head = ["", " # Features", "", " | types and events | with receiver | |", " |---|---|---|"];
    head.map(str::to_owned).into_iter().chain(rows).collect()
}
