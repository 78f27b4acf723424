use super::{Captured, read};
use std::fs;
use std::path::PathBuf;
use webhook_runtime::http::Request;

fn deliveries(files: &[(&str, &str)]) -> Result<Vec<Captured>, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut all = Vec::new();
    let read = read(&[folder.path().to_owned()], &mut |captured| {
        all.push(captured);
        Ok(())
    });
    let prefix = format!("{}/", folder.path().display());
    read.map(|()| all).map_err(|error| error.to_string().replace(&prefix, ""))
}

fn request(body: &str) -> Captured {
    let headers = vec![("x-event".to_owned(), "a: b".to_owned())];
    Captured { method: "PUT".into(), url: "/in?a=1".into(), headers, body: body.into(), ..Captured::default() }
}

/// The line of the runtime's own format.
fn line(body: &[u8]) -> String {
    let request = Request::put("/in?a=1").header("X-Event", "a: b").body(body).unwrap();
    serde_json::to_string(&webhook_runtime::Captured::new(&request)).unwrap()
}

#[test]
fn every_format_gives_the_same_delivery() {
    let line = line(b"{\"a\":1}");
    let by_hand = r#"{"method": "PUT", "url": "/in?a=1", "headers": {"X-Event": "a: b"}, "body": {"a": 1}}"#;
    let har = r#"{"log": {"version": "1.2", "entries": [
        {"request": {"method": "GET", "url": "/", "headers": []}},
        {"request": {"method": "PUT", "url": "/in?a=1", "headers": [{"name": "X-Event", "value": "a: b"}],
                     "postData": {"mimeType": "application/json", "text": "{\"a\":1}"}}}]}}"#;
    let text = "PUT /in?a=1 HTTP/1.1\r\nX-Event: a: b\r\n\r\n{\"a\":1}";
    for (name, content) in [
        ("a.jsonl", line.as_str()),
        ("a.json", &line),
        ("b.jsonl", by_hand),
        ("a.har", har),
        ("b.json", har),
        ("a", text),
    ] {
        let mut read = deliveries(&[(name, content)]).unwrap();
        let [captured] = read.as_mut_slice() else { panic!("{name}: {read:?}") };
        (captured.location, captured.event, captured.received_at) = Default::default();
        assert_eq!(*captured, request("{\"a\":1}"), "{name}");
    }
}

#[test]
fn bodies_alone_take_their_event_from_the_name() {
    let files = [("order.paid.2.json", "{}"), ("order.lost/1.json", "[{}]"), ("README.md", "no"), (".x", "no")];
    let read = deliveries(&files).unwrap();
    let events: Vec<_> = read.iter().map(|captured| captured.event.as_deref().unwrap()).collect();
    assert_eq!(events, ["order.lost", "order.paid"]);
    assert_eq!(read[0].body, b"[{}]");
}

#[test]
fn bytes_that_are_no_text_come_back() {
    let read = deliveries(&[("a.jsonl", &line(&[0, 255, 10]))]).unwrap();
    assert_eq!(read[0].body, [0, 255, 10]);
}

#[test]
fn plain_bodies_stand_in_lines() {
    let read = deliveries(&[("a.jsonl", "{\"headers\":1}\n\n[2]\n")]).unwrap();
    let bodies: Vec<_> = read.iter().map(|captured| (captured.body.as_slice(), captured.location.1)).collect();
    assert_eq!(bodies, [(&b"{\"headers\":1}"[..], Some(1)), (b"[2]", Some(3))]);
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    for (content, expected) in [
        ("{}\n{\"a\":}\n", "a.jsonl:2: expected value (column 6)"),
        ("{}\n{\"headers\": 1, \"body\": \"\"}\n", "a.jsonl:2: headers: expected [[name, value]]"),
        ("{\"headers\": [], \"body_base64\": \"?\"}\n{}", "a.jsonl:1: `body_base64` is not base64"),
        ("{\"headers\": [[\"a b\", \"\"]], \"body\": \"\"}\n{}", "a.jsonl:1: `a b` is no name of a header"),
        ("X-Event: a\nno header\n\n{}", "a.jsonl:2: expected `Name: value`, or a blank line before the body"),
    ] {
        assert_eq!(deliveries(&[("a.jsonl", content)]).unwrap_err(), expected);
    }
    let missing = read(&[PathBuf::from("missing")], &mut |_| Ok(())).unwrap_err().to_string();
    assert!(missing.starts_with("missing: cannot be read: "), "{missing}");
}

#[test]
fn times_are_in_utc_so_that_they_can_be_compared_as_texts() {
    let line = |time| format!("{{\"received_at\": {time}, \"headers\": [], \"body\": \"\"}}\n");
    let lines = [line("\"2026-03-01T10:00:00+02:00\""), line("\"2026-03-01T08:00:00.0015Z\""), line("null")].concat();
    let read = deliveries(&[("a.jsonl", &lines)]).unwrap();
    let times: Vec<_> = read.iter().map(|captured| captured.received_at.as_deref()).collect();
    assert_eq!(times, [Some("2026-03-01T08:00:00.000Z"), Some("2026-03-01T08:00:00.001Z"), None]);
}
