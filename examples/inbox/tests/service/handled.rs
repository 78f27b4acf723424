//! What handlers are given, and what becomes of what they return.

use crate::inbox::{Inbox, TAG, ignoring, post};
use inbox_example::store::Kept;
use inbox_example::{Context, Role};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use webhook_events::askelephant;

async fn start(handler: impl inbox_example::handler::Handler<askelephant::Event>) -> Inbox {
    Inbox::start(Role::All, ignoring().on::<askelephant::Event>(handler), |config| {
        config.worker.attempts = 3;
        config.worker.handler_within = Duration::from_millis(300);
    })
    .await
}

fn states(kept: &[Kept]) -> Vec<(&str, &str, i64)> {
    kept.iter().map(|kept| (kept.delivery_id.as_str(), kept.state.as_str(), kept.attempts)).collect()
}

#[tokio::test]
async fn a_handler_is_given_the_typed_event_and_what_was_captured() {
    let seen: Arc<Mutex<Vec<_>>> = Arc::default();
    let given = seen.clone();
    let inbox = start(move |event: askelephant::Event, context: Context| {
        let event = match event {
            askelephant::Event::TagCreated(_) => "TagCreated".to_owned(),
            askelephant::Event::Unknown(unknown) => format!("Unknown {}", unknown.event_type),
            _ => "another".to_owned(),
        };
        let violations = context.invalid.as_ref().map_or(0, |invalid| invalid.violations.len());
        let body = String::from_utf8_lossy(&context.captured.body).into_owned();
        given.lock().unwrap().push((context.key.clone(), event, violations > 0, body));
        async { Ok(()) }
    })
    .await;
    let bodies =
        [TAG.to_owned(), TAG.replace("v1.tag.created", "v1.tag.painted"), TAG.replace("\"data\"", "\"datum\"")];
    for (number, body) in bodies.iter().enumerate() {
        assert_eq!(inbox.deliver(&format!("msg_{number}"), body).await, 200);
        assert_eq!(inbox.deliver(&format!("msg_{number}"), body).await, 200, "the repeat of it");
        inbox.settled().await;
    }
    let expected = [
        ("askelephant/v1.tag.created/msg_0", "TagCreated", false),
        ("askelephant/v1.tag.painted/msg_1", "Unknown v1.tag.painted", false),
        ("askelephant/v1.tag.created/msg_2", "Unknown v1.tag.created", true),
    ];
    let expected = expected.iter().zip(bodies);
    let expected: Vec<_> = expected
        .map(|((key, event, invalid), body)| ((*key).to_owned(), (*event).to_owned(), *invalid, body))
        .collect();
    assert_eq!(*seen.lock().unwrap(), expected);
    inbox.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_fails_is_tried_again_and_then_dead() {
    let inbox = start(|_: askelephant::Event, context: Context| async move {
        match context.delivery_id.as_str() {
            "fails_once" if context.attempt == 1 => Err("a reason\0".into()),
            "fails_once" => Ok(()),
            "fails" => Err("a reason".into()),
            "panics" => panic!("a reason"),
            "never_returns" => std::future::pending().await,
            _ => {
                // Without yielding, so that it cannot be cancelled.
                std::thread::sleep(Duration::from_millis(600));
                Ok(())
            }
        }
    })
    .await;
    for id in ["fails_once", "fails", "panics", "never_returns", "blocks"] {
        assert_eq!(inbox.deliver(id, TAG).await, 200);
        inbox.settled().await;
    }
    let kept = inbox.settled().await;
    let expected = [
        ("fails_once", "handled", 2),
        ("fails", "dead", 3),
        ("panics", "dead", 3),
        ("never_returns", "dead", 3),
        ("blocks", "dead", 3),
    ];
    assert_eq!(states(&kept), expected);
    let errors: Vec<_> = kept.iter().map(|kept| kept.error.as_str()).collect();
    let slow = "the handler took longer than 300ms";
    assert_eq!(errors, ["", "a reason", "the handler panicked: a reason", slow, slow]);
    inbox.stop().await;
}

/// Of what a handler writes in the inbox's transaction, nothing is left when it fails.
#[tokio::test]
async fn an_effect_is_had_once_or_not_at_all() {
    let inbox = start(|_: askelephant::Event, context: Context| async move {
        let mut transaction = context.transaction().await?;
        sqlx::query("CREATE TABLE IF NOT EXISTS effects (delivery_id TEXT)").execute(&mut *transaction).await?;
        let insert = sqlx::query("INSERT INTO effects VALUES ($1)").bind(context.delivery_id.clone());
        insert.execute(&mut *transaction).await?;
        drop(transaction);
        let again = context.transaction().await?;
        match context.delivery_id.as_str() {
            "fails_once" if context.attempt == 1 => Err("a reason".into()),
            "panics_once" if context.attempt == 1 => panic!("a reason"),
            "never_returns_once" if context.attempt == 1 => {
                let _held = again;
                std::future::pending().await
            }
            _ => Ok(()),
        }
    })
    .await;
    for id in ["succeeds", "fails_once", "panics_once", "never_returns_once"] {
        assert_eq!(inbox.deliver(id, TAG).await, 200);
        inbox.settled().await;
    }
    let mut reading = inbox.store.begin().await.unwrap();
    let effects: Vec<(String,)> = sqlx::query_as("SELECT * FROM effects").fetch_all(&mut *reading).await.unwrap();
    drop(reading);
    let effects: Vec<_> = effects.iter().map(|(id,)| id.as_str()).collect();
    assert_eq!(effects, ["succeeds", "fails_once", "panics_once", "never_returns_once"]);
    inbox.stop().await;
}

#[tokio::test]
async fn what_is_dead_can_be_replayed_or_discarded() {
    static FAILING: AtomicI64 = AtomicI64::new(1);
    let inbox = start(|_: askelephant::Event, _: Context| async {
        match FAILING.load(Ordering::SeqCst) {
            0 => Ok(()),
            _ => Err("down".into()),
        }
    })
    .await;
    for id in ["replayed", "discarded"] {
        inbox.deliver(id, TAG).await;
    }
    inbox.send(&post("/hooks/iclosed/path-secret-1234567890", &[], "{}")).await;
    let ids: Vec<_> = inbox.settled().await.iter().map(|kept| kept.id).collect();
    FAILING.store(0, Ordering::SeqCst);
    assert!(inbox.store.replay(ids[0]).await.unwrap());
    assert!(inbox.store.discard(ids[1]).await.unwrap());
    assert!(!inbox.store.discard(ids[2]).await.unwrap(), "what is handled cannot be discarded");
    assert!(!inbox.store.replay(1 << 40).await.unwrap());
    let kept = inbox.settled().await;
    assert_eq!(states(&kept)[..2], [("replayed", "handled", 1), ("discarded", "discarded", 3)]);
    inbox.stop().await;
}
