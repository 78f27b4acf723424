//! The documentation's examples, byte for byte as printed: whole events reach the right variant and
//! come back as an equal JSON value; what is printed broken or elided is refused with the place.

#[path = "support/bodies.rs"]
mod bodies;

use bodies::{json, text, typed, value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;
use webhook_events::{Event, ParseError, Provider, askelephant, superoffice, wix};

/// The examples that are whole bodies, relative to `tests/examples`.
fn whole_events(provider: Provider) -> Vec<String> {
    let entries =
        fs::read_dir(Path::new("tests/examples").join(provider.as_str())).expect("each provider has examples");
    let names = entries.map(|entry| entry.expect("a folder can be listed").file_name().into_string().expect("ASCII"));
    let fragments = [".as-printed.", ".resource.", ".domain-event."];
    let mut names: Vec<_> = names
        .filter(|name| name.ends_with(".json") && !fragments.iter().any(|mark| name.contains(mark)))
        .map(|name| format!("{provider}/{name}"))
        .collect();
    names.sort();
    names
}

/// The event type that the name of an example's file says.
fn event_type(file: &str) -> String {
    let (folder, name) = file.split_once('/').expect("a folder per provider");
    let name = name.trim_end_matches(".json");
    match folder {
        "askelephant" => format!("v1.{name}"),
        "wix" => format!("wix.contacts.v4.{}", name.split('.').next().unwrap_or(name)),
        "iclosed" => {
            let words = name.split('.').next().unwrap_or(name).replace('-', " ");
            words[..1].to_uppercase() + &words[1..]
        }
        _ => name.to_owned(),
    }
}

#[test]
fn whole_events_reach_the_right_variant_and_come_back_equal() {
    let mut seen = 0;
    for provider in Provider::ALL.iter().copied() {
        for file in whole_events(provider) {
            let event = typed(provider, &text(&file));
            assert_eq!(event.event_type(), event_type(&file));
            assert_eq!(event.provider(), provider);
            assert_eq!(serde_json::to_value(&event).expect("it can be written"), value(&file), "{file}");
            seen += 1;
        }
    }
    assert_eq!(seen, 38, "an example went missing, or came and is to be counted");
}

/// Line and column at which SuperOffice's event type refuses a text as no JSON.
fn place_in_superoffice(body: &str) -> (usize, usize) {
    match superoffice::Event::from_slice(body.as_bytes()) {
        Err(ParseError::NotJson { line, column, .. }) => (line, column),
        other => panic!("not refused as no JSON: {other:?}"),
    }
}

#[test]
fn the_two_printed_mistakes_of_superoffice_are_refused_where_they_stand() {
    let printed = text("superoffice/contact.created.as-printed.json");
    assert_eq!(place_in_superoffice(&printed), (11, 5));
    let first_mended = printed.replacen("\"category_idx\"", "\"category_idx\",", 1);
    assert_eq!(place_in_superoffice(&first_mended), (42, 3));
    let both_mended = first_mended.replacen("\"xstop\",", "\"xstop\"", 1);
    assert_eq!(both_mended, text("superoffice/contact.created.json"));
}

/// The places for which AskElephant's event type refuses an example, all of them missing.
fn missing(file: &str) -> Vec<String> {
    match askelephant::Event::from_slice(text(file).as_bytes()) {
        Err(ParseError::InvalidPayload(invalid)) => {
            assert_eq!((&*invalid.event_type, invalid.value().expect("JSON")), ("v1.contact.updated", value(file)));
            assert!(invalid.violations.iter().all(|violation| violation.found == "nothing"), "{invalid}");
            invalid.violations.into_iter().map(|violation| violation.pointer).collect()
        }
        other => panic!("{file} is not refused: {other:?}"),
    }
}

#[test]
fn elided_prints_of_askelephant_are_refused_with_all_that_is_missing() {
    assert_eq!(
        missing("askelephant/envelope.as-printed.json"),
        ["/data/object/object", "/data/object/id", "/data/object/created_at", "/data/object/updated_at"]
    );
    assert_eq!(
        missing("askelephant/contact.updated.as-printed.json"),
        ["/id", "/api_version", "/created_at", "/workspace_id", "/data/object/created_at"]
    );
}

#[test]
fn the_commented_drawing_of_wix_is_no_json() {
    let refused = wix::Event::from_slice(text("wix/envelope.as-printed.json").as_bytes());
    assert!(matches!(refused, Err(ParseError::NotJson { line: 6, column: 1, .. })), "{refused:?}");
}

fn comes_back<T: DeserializeOwned + Serialize>(file: &str) {
    let printed = value(file);
    let resource: T = serde_json::from_value(printed.clone()).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert_eq!(serde_json::to_value(&resource).expect("it can be written"), printed, "{file}");
}

#[test]
fn printed_resources_are_values_of_their_own_type() {
    comes_back::<askelephant::contact::Contact>("askelephant/contact.resource.json");
    comes_back::<askelephant::company::Company>("askelephant/company.resource.json");
    comes_back::<askelephant::engagement::Engagement>("askelephant/engagement.resource.json");
    comes_back::<askelephant::tag::Tag>("askelephant/tag.resource.json");
    comes_back::<wix::contacts::ContactEvent>("wix/contact_created.domain-event.json");
}

#[test]
fn the_printed_domain_event_of_wix_comes_back_letter_for_letter_from_two_strings() {
    let printed = text("wix/contact_created.domain-event.json");
    let envelope = serde_json::json!({
        "data": printed, "instanceId": null, "eventType": "wix.contacts.v4.contact_created",
    });
    let body = serde_json::json!({ "data": envelope.to_string() });
    let event = typed(Provider::Wix, &body.to_string());
    let Event::Wix(wix::Event::ContactCreated(claims)) = &event else { panic!("{event:?}") };
    assert_eq!(claims.data.text(), Some(&*envelope.to_string()));
    assert_eq!(claims.data.data.text(), Some(&*printed));
    assert_eq!(claims.data.data.entity_id, "4b0133d5-7903-4411-bcc0-1817d1394028");

    let written = json(&serde_json::to_string(&event).expect("it can be written"));
    let envelope = json(written["data"].as_str().expect("the envelope is text again"));
    assert_eq!(envelope["data"].as_str(), Some(&*printed));
}
