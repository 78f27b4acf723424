//! What `drift` finds in deliveries, and that an update makes them fit.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use webhook_codegen::Config;
use webhook_codegen::documents::Folder;
use webhook_codegen::model::{Provider, is_valid};
use webhook_codegen::pipeline::Documents;
use webhook_codegen_cli::capture;
use webhook_codegen_cli::drift::{Kind, drift, event_of};
use webhook_codegen_cli::infer::{observe, update, written};

const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/infer/shop/captures.jsonl");

/// The folder of a provider that was drafted from the shop's deliveries.
fn drafted() -> TempDir {
    drafted_of(Path::new(SHOP))
}

/// The folder of a provider that was drafted from captured deliveries.
fn drafted_of(captures: &Path) -> TempDir {
    let mut observed = observe(&[captures.to_owned()], None).unwrap();
    observed.find_shapes();
    let specs = tempfile::tempdir().unwrap();
    let folder = specs.path().join("shop");
    fs::create_dir(&folder).unwrap();
    for (name, text) in written(&observed, "shop", false).unwrap() {
        fs::write(folder.join(name), text).unwrap();
    }
    specs
}

fn read(specs: &Path) -> (Provider, Folder) {
    let config = Config::new(specs);
    let model = Documents::read(&config).and_then(|documents| documents.model(&config).checked());
    let mut model = model.unwrap_or_else(|failure| panic!("{failure}"));
    (model.providers.remove(0), model.folders.remove(0))
}

/// The shop's deliveries, each with its body changed.
fn changed(folder: &Path, change: impl Fn(&str, &mut Value)) -> PathBuf {
    let mut lines = String::new();
    capture::read(&[PathBuf::from(SHOP)], &mut |captured| {
        let mut body = serde_json::from_slice(&captured.body).unwrap();
        change(captured.header("x-shop-topic").unwrap(), &mut body);
        let (time, headers) = (&captured.received_at, &captured.headers);
        lines += &json!({"received_at": time, "headers": headers, "body": body}).to_string();
        lines.push('\n');
        Ok(())
    })
    .unwrap();
    let path = folder.join("changed.jsonl");
    fs::write(&path, lines).unwrap();
    path
}

/// Something of every kind.
fn drifting(event_type: &str, body: &mut Value) {
    match event_type {
        "order.paid" => {
            body["customer"]["age"] = json!(7);
            body["customer"]["name"] = Value::Null;
            body["status"] = json!("refunded");
            body["link"] = json!({"href": "x"});
            body.as_object_mut().unwrap().remove("created_at");
        }
        "customer.merged" => {
            body["into"]["vip"] = Value::Null;
            body["comments"][0]["replies"][0]["likes"] = json!([1, 2.5]);
            body["from"] = json!("nobody");
        }
        _ => {}
    }
}

/// Drafts a folder of captured deliveries, and says what then drifts in the same deliveries.
fn drift_of_own_draft(captures: &Path) -> String {
    let specs = drafted_of(captures);
    let found = drift(&[captures.to_owned()], &read(specs.path()).0).unwrap();
    assert!(found.deliveries > 0, "{}", captures.display());
    if found.is_there() { format!("{}: {:?}\n", captures.display(), found.findings) } else { String::new() }
}

/// Whatever was drafted from, nothing drifts in it: the golden deliveries, and events that only ever come in arrays.
#[test]
fn what_was_drafted_from_never_drifts() {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/infer");
    let cases = fs::read_dir(goldens).unwrap().map(|entry| entry.unwrap().path().join("captures.jsonl"));
    let folder = tempfile::tempdir().unwrap();
    let batches = folder.path().join("batches.jsonl");
    let event = |event_type: &str, id: u64| json!({"type": event_type, "id": id, "who": {"name": "x"}});
    let bodies = [json!([event("a.one", 1), event("a.one", 2)]), json!([event("b.two", 3)])];
    fs::write(&batches, bodies.map(|body| json!({"headers": [], "body": body}).to_string() + "\n").concat()).unwrap();
    let found: String = cases.chain([batches]).map(|captures| drift_of_own_draft(&captures)).collect();
    assert!(found.is_empty(), "{found}");
}

/// The items of one array may be of several events: each is drafted, and compared, as its own.
#[test]
fn an_array_of_several_events_is_each_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bodies: &[Value]| {
        let path = folder.path().join(name);
        let lines = bodies.iter().map(|body| json!({"headers": [], "body": body}).to_string() + "\n");
        fs::write(&path, lines.collect::<String>()).unwrap();
        path
    };
    let made = |id: u64| json!({"event": "card.made", "id": id, "card": {"digits": "1234"}});
    let lost = |id: u64| json!({"event": "card.lost", "id": id, "where": "here"});
    let captures = write("captures.jsonl", &[1, 2, 3, 4, 5].map(|id| json!([made(id), lost(id), made(id + 1)])));
    let specs = drafted_of(&captures);
    let (provider, _) = read(specs.path());
    assert!(provider.has_batches());
    let found = drift(std::slice::from_ref(&captures), &provider).unwrap();
    assert!(!found.is_there(), "{:?}", found.findings);
    assert_eq!((found.deliveries, found.events["card.made"], found.events["card.lost"]), (5, 10, 5));

    let odd = json!([made(1), {"event": "card.lost", "id": "7", "where": "here", "who": 1}, {"event": "card.new"}]);
    let found = drift(&[write("odd.jsonl", &[odd])], &provider).unwrap();
    let found = found.findings.keys().filter(|finding| finding.kind != Kind::NeverSeen);
    let found: Vec<_> = found.map(|it| (it.event_type.as_str(), it.kind, it.pointer.as_str())).collect();
    let expected = [
        ("card.lost", Kind::Violation, "/id"),
        ("card.lost", Kind::AdditionalProperty, "/who"),
        ("card.new", Kind::UndocumentedEvent, ""),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_was_drafted_does_not_drift() {
    let specs = drafted();
    let found = drift(&[PathBuf::from(SHOP)], &read(specs.path()).0).unwrap();
    assert!(!found.is_there(), "{:?}", found.findings);
    assert_eq!(found.events["order.paid"], 4);
}

#[test]
fn every_kind_is_found_counted_and_dated() {
    let specs = drafted();
    let captures = changed(specs.path(), drifting);
    let found = drift(&[captures], &read(specs.path()).0).unwrap();
    let kinds: BTreeSet<_> = found
        .findings
        .iter()
        .map(|(finding, seen)| {
            (finding.kind.to_string(), finding.pointer.as_str(), finding.detail.as_str(), seen.count)
        })
        .collect();
    for expected in [
        ("additional property", "/customer/age", "", 4),
        ("unlisted value", "/status", "refunded", 4),
        ("null, not declared", "/into/vip", "", 6),
        ("violation", "", "lacks the key `created_at`", 4),
        ("violation", "/customer/name", "does not fit: expected a string", 4),
        ("violation", "/link", "does not fit: expected a string", 4),
        ("violation", "/from", "does not fit: expected an array", 6),
    ] {
        let expected = (expected.0.to_owned(), expected.1, expected.2, expected.3);
        assert!(kinds.contains(&expected), "{expected:?} is not in {kinds:#?}");
    }
    let (_, seen) = found.findings.iter().find(|(finding, _)| finding.pointer == "/customer/age").unwrap();
    assert_eq!(seen.times, Some(("2026-03-01T10:01:00.000Z".into(), "2026-03-01T10:07:00.000Z".into())));
    assert!(seen.example.ends_with("changed.jsonl:1"), "{}", seen.example);
    assert!(found.findings.keys().any(|finding| finding.kind == Kind::NeverSeen && finding.pointer == "/created_at"));
}

#[test]
fn an_undocumented_event_is_named() {
    let specs = drafted();
    let path = specs.path().join("new.jsonl");
    fs::write(&path, json!({"headers": {"x-shop-topic": "order.lost"}, "body": {}}).to_string()).unwrap();
    let found = drift(&[path], &read(specs.path()).0).unwrap();
    let (finding, _) = found.findings.first().unwrap();
    assert_eq!((finding.kind, finding.event_type.as_str()), (Kind::UndocumentedEvent, "order.lost"));
}

#[test]
fn after_an_update_all_deliveries_fit_and_the_document_is_as_it_was() {
    let specs = drafted();
    let captures = changed(specs.path(), drifting);
    let new = specs.path().join("new.jsonl");
    let lost = json!({"headers": {"x-shop-topic": "order.lost"}, "body": {"id": 1, "why": {"text": "?"}}});
    fs::write(&new, lost.to_string()).unwrap();
    let captures = [PathBuf::from(SHOP), captures, new];
    let document = specs.path().join("shop/webhooks.yaml");
    let before = fs::read_to_string(&document).unwrap();

    let (provider, folder) = read(specs.path());
    let first = update(&captures, &provider, &folder).unwrap();
    assert_eq!(first.new_events, ["order.lost"]);
    assert!(first.left.is_empty(), "{:?}", first.left);
    fs::write(specs.path().join("shop/overlay.yaml"), first.overlay(None).unwrap()).unwrap();

    let (provider, folder) = read(specs.path());
    capture::read(&captures, &mut |captured| {
        let body = serde_json::from_slice(&captured.body).unwrap();
        let event = event_of(&provider, &captured.headers, &body).unwrap();
        assert!(is_valid(&provider.types, &event.payload, &body), "{}: {body}", event.event_type);
        Ok(())
    })
    .unwrap();
    assert!(!drift(&captures, &provider).unwrap().is_there());
    let second = update(&captures, &provider, &folder).unwrap();
    assert!(second.is_empty(), "{}", second.overlay(None).unwrap());
    assert_eq!(fs::read_to_string(&document).unwrap(), before);
}

/// Each document of a folder is changed by itself, though another one has a schema of the same name.
#[test]
fn an_update_of_one_document_leaves_the_others_alone() {
    let folder = tempfile::tempdir().unwrap();
    let captures = |name: &str, bodies: &[(&str, Value)]| {
        let line =
            |(event, body): &(&str, Value)| json!({"headers": {"x-event": event}, "body": body}).to_string() + "\n";
        let path = folder.path().join(name);
        fs::write(&path, bodies.iter().map(line).collect::<String>()).unwrap();
        path
    };
    let body = |id: u64| json!({"id": id, "customer": {"name": "x", "age": id}});
    for (name, events) in [("orders", ["order.paid", "order.lost"]), ("users", ["user.made", "user.left"])] {
        let all = (1..8).flat_map(|id| events.map(|event| (event, body(id))));
        let drafted = drafted_of(&captures("captures.jsonl", &all.collect::<Vec<_>>()));
        let document = fs::read_to_string(drafted.path().join("shop/webhooks.yaml")).unwrap();
        fs::create_dir_all(folder.path().join("specs/shop")).unwrap();
        let document = document.replace("title: Shop webhooks", &format!("title: {name}"));
        fs::write(folder.path().join(format!("specs/shop/{name}.yaml")), document).unwrap();
        fs::write(folder.path().join("specs/shop/provider.yaml"), "event_type: $request.header.x-event\n").unwrap();
    }
    let vip = json!({"id": 1, "customer": {"name": null, "age": 1, "vip": true}});
    let later = [captures("later.jsonl", &[("order.paid", vip), ("user.banned", body(2)), ("card.lost", body(3))])];
    let specs = folder.path().join("specs");
    let (provider, documents) = read(&specs);
    let first = update(&later, &provider, &documents).unwrap();
    assert_eq!(first.left, ["no document declares card.lost, and several might"]);
    fs::write(specs.join("shop/overlay.yaml"), first.overlay(None).unwrap()).unwrap();

    let (provider, documents) = read(&specs);
    let found = drift(&later, &provider).unwrap();
    let found: Vec<_> = found.findings.keys().filter(|finding| finding.kind != Kind::NeverSeen).collect();
    assert!(found.len() == 1 && found[0].event_type == "card.lost", "{found:?}");
    let customer = |index: usize| &documents.documents[index].value["components"]["schemas"]["Customer"];
    assert!(customer(0)["properties"]["vip"].is_object() && customer(1)["properties"]["vip"].is_null());
    let events = |index: usize| documents.documents[index].value["webhooks"].as_object().unwrap().len();
    assert_eq!((events(0), events(1)), (2, 3));
}
