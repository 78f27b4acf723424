//! The same on PostgreSQL, as far as its statements are its own.

use crate::inbox::{Inbox, TAG, ignoring, signed, skipped};
use crate::postgres::Postgres;
use inbox_example::config::Url;
use inbox_example::{Context, Failure, Role};
use std::time::{Duration, Instant};
use webhook_events::askelephant;

async fn start(postgres: &Postgres) -> Inbox {
    async fn effect(_: askelephant::Event, context: Context) -> Result<(), Failure> {
        let mut transaction = context.transaction().await?;
        let insert = sqlx::query("INSERT INTO effects VALUES ($1)").bind(context.attempt);
        insert.execute(&mut *transaction).await?;
        if context.attempt == 1 { Err("once".into()) } else { Ok(()) }
    }
    let handlers = ignoring().on::<askelephant::Event>(effect);
    Inbox::start(Role::All, handlers, |config| config.store = Url::Text(postgres.url())).await
}

#[tokio::test]
async fn deliveries_are_kept_handled_and_decided_on() {
    let folder = tempfile::tempdir().unwrap();
    let Some(postgres) = Postgres::start(folder.path()).await else {
        skipped("PostgreSQL is not installed");
        return;
    };
    let inbox = start(&postgres).await;
    let mut writing = inbox.store.begin().await.unwrap();
    sqlx::raw_sql("CREATE TABLE effects (attempt BIGINT); COMMIT").execute(&mut *writing).await.unwrap();
    drop(writing);

    // What PostgreSQL takes neither as text nor into an index.
    let strange = TAG.replace("v1.tag.created", &format!("\\u0000{}", "x".repeat(10_000)));
    for (id, body) in [("msg_1", TAG), ("msg_1", TAG), ("msg_2", &strange)] {
        assert_eq!(inbox.deliver(id, body).await, 200);
    }
    let kept = inbox.settled().await;
    let states: Vec<_> = kept.iter().map(|kept| (kept.state.as_str(), kept.attempts)).collect();
    assert_eq!(states, [("handled", 2), ("handled", 2)]);
    assert_eq!(effects(&inbox).await, [2, 2]);

    assert!(inbox.store.replay(kept[0].id).await.unwrap());
    assert_eq!(inbox.settled().await.len(), 2);
    assert_eq!(effects(&inbox).await, [2, 2, 2]);
    assert!(!inbox.store.discard(kept[0].id).await.unwrap());
    assert_eq!(inbox.store.counts().await.unwrap(), [("dead".to_owned(), 0)]);
    assert_eq!(inbox.store.list("handled", Some(kept[1].id), 10).await.unwrap().len(), 1);
    assert_eq!(inbox.store.purge(Duration::ZERO).await.unwrap(), 2);
    inbox.stop().await;
}

async fn effects(inbox: &Inbox) -> Vec<i64> {
    let mut reading = inbox.store.begin().await.unwrap();
    sqlx::query_scalar("SELECT attempt FROM effects").fetch_all(&mut *reading).await.unwrap()
}

#[tokio::test]
async fn while_the_server_hangs_the_provider_hears_503() {
    let folder = tempfile::tempdir().unwrap();
    let Some(postgres) = Postgres::start(folder.path()).await else {
        skipped("PostgreSQL is not installed");
        return;
    };
    let inbox = start(&postgres).await;
    assert_eq!(inbox.deliver("msg_1", TAG).await, 200);
    postgres.signal("-STOP");
    let asked = Instant::now();
    assert_eq!(inbox.send(&signed("msg_2", TAG)).await.0, 503);
    assert!(asked.elapsed() >= Duration::from_secs(1), "the time that it is given");
    assert_eq!(inbox.get("/healthz", "").await.0, 503);
    postgres.signal("-CONT");
    while inbox.deliver("msg_2", TAG).await != 200 {}
    assert_eq!(inbox.kept().await.len(), 2);
    inbox.stop().await;
}
