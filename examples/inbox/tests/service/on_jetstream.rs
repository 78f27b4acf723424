//! The same behind a stream of NATS JetStream.

use crate::inbox::{Inbox, TAG, ignoring, skipped};
use crate::nats::Nats;
use inbox_example::Role;
use inbox_example::config::{JetStream, Url};
use sqlx::AnyPool;
use std::time::Duration;
use tokio::time::sleep;

async fn start(nats: &Nats) -> Inbox {
    Inbox::start(Role::All, ignoring(), |config| {
        config.jetstream = Some(JetStream { url: Url::Text(nats.url()), ..JetStream::default() });
        config.limits.max_body = 4 << 20;
    })
    .await
}

#[tokio::test]
async fn deliveries_are_moved_into_the_store_and_handled_once() {
    let folder = tempfile::tempdir().unwrap();
    let Some(nats) = Nats::start(folder.path()).await else { return skipped("nats-server is not installed") };
    let inbox = start(&nats).await;
    // The server takes messages of up to 1 MiB: a longer delivery goes into the store at once.
    let long = TAG.replacen('{', &format!("{{\"pad\":\"{}\",", "p".repeat(2 << 20)), 1);
    for (id, body) in [("msg_1", TAG), ("msg_1", TAG), ("long", &long)] {
        assert_eq!(inbox.deliver(id, body).await, 200, "{id}");
    }
    while inbox.kept().await.len() < 2 {
        sleep(Duration::from_millis(20)).await;
    }
    let states: Vec<_> = inbox.settled().await.into_iter().map(|kept| (kept.state, kept.attempts)).collect();
    assert_eq!(states, [("handled".to_owned(), 1), ("handled".to_owned(), 1)]);
    inbox.stop().await;
}

#[tokio::test]
async fn while_the_store_is_down_deliveries_are_answered_and_while_the_server_hangs_they_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let Some(nats) = Nats::start(folder.path()).await else { return skipped("nats-server is not installed") };
    let inbox = start(&nats).await;
    let pool = AnyPool::connect(&format!("sqlite://{}", inbox.file("inbox.db").display())).await.unwrap();
    let locked = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(inbox.deliver("msg_1", TAG).await, 200);
    assert_eq!(inbox.kept().await, []);
    locked.rollback().await.unwrap();
    while inbox.kept().await.is_empty() {
        sleep(Duration::from_millis(20)).await;
    }
    nats.signal("-STOP");
    assert_eq!(inbox.deliver("msg_2", TAG).await, 503);
    nats.signal("-CONT");
    while inbox.deliver("msg_2", TAG).await != 200 {}
    while inbox.settled().await.len() < 2 {
        sleep(Duration::from_millis(20)).await;
    }
    inbox.stop().await;
}
