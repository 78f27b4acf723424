//! The page.

use crate::inbox::{Inbox, TAG, TOKEN, ignoring, post};
use inbox_example::{Context, Role};
use std::sync::atomic::{AtomicBool, Ordering};
use webhook_events::askelephant;

/// Its handler fails until it is repaired.
async fn start(is_repaired: &'static AtomicBool) -> Inbox {
    let handler = move |_: askelephant::Event, _: Context| async move {
        if is_repaired.load(Ordering::SeqCst) { Ok(()) } else { Err("<b>down</b>".into()) }
    };
    Inbox::start(Role::All, ignoring().on::<askelephant::Event>(handler), |config| config.worker.attempts = 1).await
}

async fn get(inbox: &Inbox, path: &str) -> String {
    let (status, text) = inbox.get(path, &format!("authorization: Bearer {TOKEN}\r\n")).await;
    assert_eq!(status, 200, "{path}: {text}");
    text
}

async fn press(inbox: &Inbox, path: &str, headers: &[(&str, &str)]) -> u16 {
    let bearer = format!("Bearer {TOKEN}");
    let headers: Vec<_> = headers.iter().copied().chain([("authorization", bearer.as_str())]).collect();
    inbox.send(&post(path, &headers, "")).await.0
}

#[tokio::test]
async fn the_list_says_what_came_and_what_became_of_it() {
    static DOWN: AtomicBool = AtomicBool::new(false);
    let inbox = start(&DOWN).await;
    assert!(get(&inbox, "/").await.contains("No deliveries."));
    assert_eq!(inbox.get("/", "").await.0, 401);
    let bodies = [
        TAG.to_owned(),
        TAG.replace("v1.tag.created", "v1.tag.<i>painted"),
        TAG.replace("\"data\"", "\"datum\""),
        TAG.replacen('{', "{\"surprise\":1,", 1),
        "{".to_owned(),
    ];
    for (number, body) in bodies.iter().enumerate() {
        assert_eq!(inbox.deliver(&format!("msg_{number}"), body).await, 200);
    }
    inbox.settled().await;
    let list = get(&inbox, "/").await;
    for part in [
        "Of these 5 deliveries: 1 without JSON, 1 of undocumented events",
        "v1.tag.&lt;i&gt;painted",
        "&lt;b&gt;down&lt;/b&gt;",
        "1 additional",
        "no JSON",
        "dead <b>5</b>",
        "content-security-policy: default-src 'none'",
    ] {
        assert!(list.contains(part), "{part} in {list}");
    }
    assert!(get(&inbox, "/?state=handled").await.contains("No deliveries."));
    inbox.stop().await;
}

#[tokio::test]
async fn a_delivery_shows_no_value_unless_asked_for() {
    static DOWN: AtomicBool = AtomicBool::new(false);
    let inbox = start(&DOWN).await;
    let body = TAG.replacen('{', "{\"phone~/\":\"+49 171\",", 1);
    inbox.deliver("msg_1", &body).await;
    let id = inbox.settled().await[0].id;
    let (masked, shown) =
        (get(&inbox, &format!("/deliveries/{id}")).await, get(&inbox, &format!("/deliveries/{id}?show=true")).await);
    assert!(!masked.contains("+49 171") && !masked.contains("v1,"), "{masked}");
    assert!(shown.contains("+49 171"));
    for page in [masked, shown] {
        assert!(page.contains("<li class=\"additional\"><span class=\"key\">phone~/</span>"), "{page}");
    }
    inbox.stop().await;
}

#[tokio::test]
async fn buttons_replay_and_discard_and_only_for_whoever_is_here() {
    static REPAIRED: AtomicBool = AtomicBool::new(false);
    let inbox = start(&REPAIRED).await;
    inbox.deliver("msg_1", TAG).await;
    inbox.deliver("msg_2", TAG).await;
    let kept = inbox.settled().await;
    let path = |index: usize, decision: &str| format!("/deliveries/{}/{decision}", kept[index].id);
    assert_eq!(inbox.send(&post(&path(0, "replay"), &[], "")).await.0, 401);
    for foreign in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        assert_eq!(press(&inbox, &path(0, "replay"), &[foreign]).await, 403, "{foreign:?}");
    }
    REPAIRED.store(true, Ordering::SeqCst);
    let here = [("origin", "http://x"), ("sec-fetch-site", "same-origin")];
    assert_eq!(press(&inbox, &path(0, "replay"), &here).await, 303);
    assert_eq!(press(&inbox, &path(1, "discard"), &here).await, 303);
    assert_eq!(press(&inbox, &path(1, "destroy"), &here).await, 404);
    assert_eq!(press(&inbox, &path(1, "discard"), &here).await, 409, "it is discarded already");
    let states: Vec<_> = inbox.settled().await.into_iter().map(|kept| kept.state).collect();
    assert_eq!(states, ["handled", "discarded"]);
    inbox.stop().await;
}
