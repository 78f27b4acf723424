//! What is answered, and what is kept.

use crate::inbox::{Inbox, SECRET, TAG, answer, ignoring, post, signed, signed_at, signed_with};
use inbox_example::Role;
use std::time::{Duration, SystemTime};
use tokio::io::AsyncWriteExt;
use tokio::time::sleep;
use webhook_events::superoffice;

async fn start() -> Inbox {
    start_with(|_| {}).await
}

async fn start_with(edit: impl FnOnce(&mut inbox_example::Config)) -> Inbox {
    Inbox::start(Role::Receive, ignoring(), edit).await
}

#[tokio::test]
async fn a_request_is_answered_by_what_becomes_of_it() {
    const HOUR: Duration = Duration::from_secs(3600);
    let inbox = start().await;
    let undocumented = TAG.replace("v1.tag.created", "v1.tag.painted");
    let unfit = TAG.replace("\"data\"", "\"datum\"");
    let superoffice_test =
        superoffice::Receiver::new("s3cret-of-superoffice").unwrap().sign("1", SystemTime::now(), b"{}");
    let superoffice_test = superoffice_test.unwrap();
    let signature = superoffice_test.headers["x-superoffice-signature"].to_str().unwrap();
    type Row<'r> = (&'r str, Vec<u8>, u16, Option<(&'r str, &'r str)>);
    let rows: [Row<'_>; 14] = [
        ("documented", signed("msg_1", TAG), 200, Some(("v1.tag.created", "waiting"))),
        ("repeated", signed("msg_1", TAG), 200, None),
        ("undocumented", signed("msg_2", &undocumented), 200, Some(("v1.tag.painted", "waiting"))),
        ("does not fit its document", signed("msg_3", &unfit), 200, Some(("v1.tag.created", "waiting"))),
        ("verified, but not JSON", signed("msg_4", "{"), 200, Some(("", "dead"))),
        ("not signed", post("/hooks/askelephant", &[], TAG), 401, None),
        ("forged", signed_with("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_5", TAG), 401, None),
        // So it is while the inbox's clock is wrong.
        ("signed an hour ago", signed_at(SystemTime::now() - HOUR, SECRET, "msg_6", TAG), 401, None),
        ("signed in an hour", signed_at(SystemTime::now() + HOUR, SECRET, "msg_7", TAG), 401, None),
        ("no such provider", post("/hooks/acme", &[], TAG), 404, None),
        (
            "another method",
            b"GET /hooks/askelephant HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".into(),
            405,
            None,
        ),
        (
            "test of the endpoint",
            post("/hooks/superoffice", &[("x-hook-test", "true"), ("x-superoffice-signature", signature)], "{}"),
            200,
            None,
        ),
        (
            "secret in the URL",
            post("/hooks/iclosed/path-secret-1234567890", &[], "{\"hookType\":\"New\"}"),
            200,
            Some(("New", "waiting")),
        ),
        ("wrong secret in the URL", post("/hooks/iclosed/path-secret-1234567891", &[], "{}"), 401, None),
    ];
    let mut expected = Vec::new();
    for (name, request, status, kept) in rows {
        let (answered, text) = inbox.send(&request).await;
        assert_eq!(answered, status, "{name}: {text}");
        expected.extend(kept);
    }
    let kept = inbox.kept().await;
    let found: Vec<_> = kept.iter().map(|kept| (kept.event_type.as_str(), kept.state.as_str())).collect();
    assert_eq!(found, expected);
    let dead = kept.iter().find(|kept| kept.state == "dead").unwrap();
    assert!(dead.error.contains("not JSON"), "{}", dead.error);
    inbox.stop().await;
}

/// One that fails holds up no other, and what is kept already is known when the batch comes again.
#[tokio::test]
async fn the_events_of_a_batch_are_deliveries_of_their_own() {
    let inbox = start().await;
    let item = |id: &str, hook: &str| format!("{{\"hookType\":\"{hook}\",\"event\":{{\"callPreviewId\":\"{id}\"}}}}");
    let send = async |body: String| inbox.send(&post("/hooks/iclosed/path-secret-1234567890", &[], &body)).await.0;
    assert_eq!(send(format!("[{}, {}]", item("a", "Call booked"), item("b", "New"))).await, 200);
    assert_eq!(send(format!("[{}, {}]", item("b", "New"), item("c", "New"))).await, 200);
    assert_eq!(send("[]".to_owned()).await, 200);
    let kept = inbox.kept().await;
    let found: Vec<_> = kept.iter().map(|kept| (kept.delivery_id.as_str(), kept.event_type.as_str())).collect();
    assert_eq!(found, [("a", "Call booked"), ("b", "New"), ("c", "New")]);
    inbox.stop().await;
}

#[tokio::test]
async fn no_secret_is_kept() {
    let inbox = start().await;
    inbox.send(&post("/hooks/iclosed/path-secret-1234567890", &[("authorization", "Basic eA==")], "{}")).await;
    let kept = inbox.kept().await;
    let captured = inbox.store.get(kept[0].id).await.unwrap().unwrap().captured;
    assert!(!captured.contains("path-secret") && !captured.contains("Basic"), "{captured}");
    inbox.stop().await;
}

/// Bodies of every size around the limit, with their length declared and without.
#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    const LIMIT: usize = 4096;
    let inbox = start_with(|config| config.limits.max_body = LIMIT).await;
    for size in (LIMIT - 8..=LIMIT + 8).chain([2 * LIMIT]) {
        let body = format!("{{\"type\":\"x\",\"pad\":\"{}\"}}", "p".repeat(size - 21));
        assert_eq!(body.len(), size);
        let expected = if size <= LIMIT { 200 } else { 413 };
        let request = signed(&format!("declared_{size}"), &body);
        assert_eq!(inbox.send(&request).await.0, expected, "{size}");

        let request = String::from_utf8(signed(&format!("chunked_{size}"), &body)).unwrap();
        let (head, _) = request.split_once("\r\n\r\n").unwrap();
        let head = head.replace(&format!("content-length: {size}"), "transfer-encoding: chunked");
        let request = format!("{head}\r\n\r\n{size:x}\r\n{body}\r\n0\r\n\r\n");
        assert_eq!(inbox.send(request.as_bytes()).await.0, expected, "{size}, chunked");
    }
    assert_eq!(inbox.kept().await.len(), 2 * 9);
    inbox.stop().await;
}

#[tokio::test]
async fn slow_senders_are_cut_off() {
    let inbox = start_with(|config| {
        config.limits.head_within = Duration::from_millis(200);
        config.limits.body_within = Duration::from_millis(200);
    })
    .await;
    let mut head = inbox.connect().await;
    head.write_all(b"POST /hooks/askelephant HTTP/1.1\r\nhost:").await.unwrap();
    assert!(matches!(answer(&mut head).await.0, 0 | 408), "the head of a request");

    let mut body = inbox.connect().await;
    let request = signed("msg_1", TAG);
    body.write_all(&request[..request.len() - 1]).await.unwrap();
    assert_eq!(answer(&mut body).await.0, 408, "the body");
    assert_eq!(inbox.kept().await, []);
    inbox.stop().await;
}

#[tokio::test]
async fn connections_over_the_limit_wait() {
    let inbox = start_with(|config| {
        config.limits.connections = 2;
        config.limits.head_within = Duration::from_millis(300);
    })
    .await;
    let idle = (inbox.connect().await, inbox.connect().await);
    sleep(Duration::from_millis(50)).await;
    assert_eq!(inbox.deliver("msg_1", TAG).await, 200, "once the idle ones are cut off");
    drop(idle);
    inbox.stop().await;
}

#[tokio::test]
async fn a_request_that_was_taken_is_finished_before_the_end() {
    let inbox = start().await;
    let mut stream = inbox.connect().await;
    let request = signed("msg_1", TAG);
    let (begun, rest) = request.split_at(request.len() - 10);
    stream.write_all(begun).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    inbox.begin_stop();
    sleep(Duration::from_millis(100)).await;
    stream.write_all(rest).await.unwrap();
    assert_eq!(answer(&mut stream).await.0, 200);
    assert_eq!(inbox.kept().await.len(), 1);
    inbox.stop().await;
}

#[tokio::test]
async fn secrets_are_rotated_without_a_restart() {
    const NEW: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    let inbox = start().await;
    let send = async |secret| inbox.send(&signed_with(secret, "msg_1", TAG)).await.0;
    assert_eq!((send(SECRET).await, send(NEW).await), (200, 401));
    std::fs::write(inbox.file("askelephant"), "no secret").unwrap();
    sleep(Duration::from_millis(200)).await;
    assert_eq!((send(SECRET).await, send(NEW).await), (200, 401), "one that cannot be used changes nothing");
    std::fs::write(inbox.file("askelephant"), NEW).unwrap();
    sleep(Duration::from_millis(200)).await;
    assert_eq!((send(SECRET).await, send(NEW).await), (401, 200));
    inbox.stop().await;
}
