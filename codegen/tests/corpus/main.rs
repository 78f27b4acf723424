//! Real documents and payloads of other senders, where `WEBHOOK_CORPUS` names a folder of them; else nothing is tested.
//!
//! One crate is made of all documents, a module each, and compiled with `deny(warnings)`; a program of that crate then
//! receives every payload. `cargo test -p webhook-codegen --test corpus -- --nocapture --test-threads 1` shows the counts.

mod documents;
mod measure;
mod package;
mod scratch;

use documents::{Corpus, operations_with_a_body};
use scratch::Scratch;
use serde_json::{Value, json};
use std::sync::LazyLock;

static CORPUS: LazyLock<Option<(Corpus, Scratch)>> = LazyLock::new(|| match Corpus::find() {
    Some(corpus) => {
        let scratch = Scratch::new(&corpus);
        Some((corpus, scratch))
    }
    None => {
        webhook_goldens::skipped("WEBHOOK_CORPUS is not set");
        None
    }
});

#[test]
fn two_runs_make_the_same_bytes() {
    let Some((corpus, scratch)) = &*CORPUS else { return };
    let again = scratch.generate_again();
    assert_eq!(again.files, scratch.generated.files);
    assert_eq!(again.warnings, scratch.generated.warnings);
    println!("documents: {}, generated the same twice", corpus.documents.len());
}

#[test]
fn every_operation_with_a_body_has_a_variant() {
    let Some((corpus, scratch)) = &*CORPUS else { return };
    let mut all = 0;
    for (provider, variants) in scratch.variants() {
        let operations = operations_with_a_body(&corpus.documents[&provider]);
        assert_eq!(variants, operations, "{provider}");
        all += operations;
    }
    println!("operations with a body: {all}, and as many variants");
}

#[test]
fn documentation_builds_without_warnings_and_none_of_it_runs() {
    let Some((_, scratch)) = &*CORPUS else { return };
    scratch.package.cargo(&["doc", "--quiet", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")]);
    let ran = scratch.package.cargo(&["test", "--doc"], &[]);
    assert!(ran.contains("test result: ok. 0 passed; 0 failed"), "{ran}");
    println!("documentation tests that ran: 0");
}

#[test]
fn github_payloads_arrive_by_key_and_as_signed_requests() {
    let Some((corpus, scratch)) = &*CORPUS else { return };
    let deliveries = corpus.payloads("github/payloads.jsonl");
    for (delivery, arrival) in scratch.receive("github.jsonl", &deliveries) {
        arrives_by_key(delivery, &arrival);
        assert_eq!(arrival["request"], arrival["key"], "{}", delivery["webhook"]);
    }
    println!("GitHub: {0} of {0} typed and equal, by key and as signed requests", deliveries.len());
}

/// What the bodies themselves say of two of Adyen's examples, and the event they arrive as for that.
const OF_ANOTHER_EVENT: [[&str; 3]; 2] = [
    // The example of `….updated` has the type `….created`, and both webhooks allow both.
    [
        "balanceplatformconfigurationnotification_v1",
        "balancePlatform.balanceAccountSweep.updated",
        "BalancePlatformBalanceAccountSweepCreated",
    ],
    // `ach.notificationOfChange` is the type that the webhook of this name has, and one of the two that this one has.
    ["webhooks_v1", "/DIRECT_DEBIT_NOTICE_OF_CHANGE_NOTIFICATION", "AchNotificationOfChange"],
];

#[test]
fn adyen_payloads_arrive_by_key_and_by_the_body_alone() {
    let Some((corpus, scratch)) = &*CORPUS else { return };
    let deliveries = corpus.payloads("adyen/payloads.jsonl");
    let mut others = Vec::new();
    for (delivery, arrival) in scratch.receive("adyen.jsonl", &deliveries) {
        arrives_by_key(delivery, &arrival);
        if arrival["body"] != arrival["key"] {
            assert_eq!(arrival["body"]["equal"], true, "{}: {arrival}", delivery["webhook"]);
            let other = [&delivery["provider"], &delivery["webhook"], &arrival["body"]["event"]];
            others.push(other.map(|value| text(value).to_owned()));
        }
    }
    assert_eq!(others, OF_ANOTHER_EVENT);
    let all = deliveries.len();
    println!("Adyen: {all} of {all} typed and equal by key, {} by the body alone", all - others.len());
}

/// Named by its webhook's key, a payload becomes that webhook's variant, fits it in all places, and comes back equal.
fn arrives_by_key(delivery: &Value, arrival: &Value) {
    let webhook = text(&delivery["webhook"]);
    let event = arrival["key"]["event"].as_str().unwrap_or_default();
    assert_eq!(letters(event), letters(webhook), "{arrival}");
    let expected = json!({"event": event, "equal": true, "enums": 0, "unions": 0});
    assert_eq!(arrival["key"], expected, "{webhook}");
}

#[test]
fn what_does_not_fit_arrives_as_the_error_that_names_event_and_places() {
    let Some((corpus, scratch)) = &*CORPUS else { return };
    let deliveries = corpus.payloads("github/misfits.jsonl");
    let (mut errors, mut unnamed, mut unions) = (0, 0, 0);
    for (delivery, arrival) in scratch.receive("misfits.jsonl", &deliveries) {
        let webhook = text(&delivery["webhook"]);
        let Some(place) = first_problem(text(&delivery["first_problem"])) else {
            // The schema is a `oneOf`, and so is the type: what fits neither of them is kept as it is.
            assert_eq!(arrival["key"]["unions"], 1, "{webhook}: {arrival}");
            assert_eq!(arrival["key"]["equal"], true, "{webhook}: {arrival}");
            unions += 1;
            continue;
        };
        is_the_error(&arrival["key"], webhook, &place);
        if delivery["x-github-event"] == "repository_dispatch" {
            // Its `action` is a word of the user who sends it: the document's key, made of a sample, spells another.
            assert_eq!(arrival["request"], json!({"event": "Unknown", "equal": true, "enums": 0, "unions": 0}));
            unnamed += 1;
        } else {
            is_the_error(&arrival["request"], webhook, &place);
            errors += 1;
        }
    }
    assert_eq!((unnamed, unions), (2, 2));
    println!("GitHub's misfits: {errors} of {} the error, {unnamed} unknown, {unions} in a union", deliveries.len());
}

#[test]
fn an_example_of_every_event_arrives_as_that_event() {
    let Some((_, scratch)) = &*CORPUS else { return };
    let deliveries = scratch.examples();
    let mut untold = 0;
    for (delivery, arrival) in scratch.receive("examples.jsonl", &deliveries) {
        let (event, by_key) = (text(&delivery["webhook"]), &arrival["key"]);
        if delivery["source"] == "InvalidExample" {
            assert_eq!(by_key["misfit"], event, "{arrival}");
            continue;
        }
        let typed = json!({"event": by_key["event"], "equal": true, "enums": 0, "unions": 0});
        assert_eq!(*by_key, typed, "{event}");
        let as_sent = ["request", "body"].iter().find_map(|way| arrival.get(way)).unwrap_or(by_key);
        assert_eq!(as_sent == by_key, delivery["is_identified"] == true, "{event}: {arrival}");
        untold += usize::from(as_sent != by_key);
    }
    let of = |source: &str| deliveries.iter().filter(|delivery| delivery["source"] == source).count();
    let (fit, unfit, made) = (of("Example"), of("InvalidExample"), of("Schema"));
    println!("example deliveries: {fit} of the documents, {unfit} more that do not fit, {made} made of schemas");
    // Adyen's codes for six events are not in the list that its document allows. What GitHub's document allows as the
    // `action` of one event is not what the key says.
    assert_eq!((fit + unfit + made, untold), (deliveries.len(), 7));
}

fn is_the_error(arrival: &Value, webhook: &str, place: &str) {
    assert_eq!(arrival["misfit"], webhook, "{arrival}");
    assert_eq!(arrival["whole"], true, "{arrival}");
    let places = arrival["places"].as_array().expect("an error has places");
    assert!(places.iter().any(|found| found == place), "{webhook}: {place} is not in {arrival}");
}

/// The place of what a validator found first, as in `a/b: 'c' is a required property`; `None` where it is a union, of
/// which it only says that no part fits.
fn first_problem(problem: &str) -> Option<String> {
    let (place, message) = problem.split_once(": ")?;
    let tokens = place.split('/').filter(|token| !token.is_empty());
    let missing = message.strip_suffix(" is a required property").map(|key| key.trim_matches('\''));
    let is_union = missing.is_none() && place.is_empty();
    (!is_union).then(|| tokens.chain(missing).map(|token| format!("/{token}")).collect())
}

fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
