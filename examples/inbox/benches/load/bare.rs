//! What the engine takes by itself: the same rows or messages, as durable, without HTTP, signatures or JSON.

use crate::BODY;
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, AssertSqlSafe, raw_sql};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Rows a second, with so many in a commit.
pub async fn inserts(url: &str, rows: usize, time: Duration) -> f64 {
    sqlx::any::install_default_drivers();
    let is_sqlite = url.starts_with("sqlite");
    let setup = if is_sqlite { "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL" } else { "SELECT 1" };
    // As many connections as the engine can use.
    let connections = if is_sqlite || rows > 1 { 1 } else { 64 };
    let options = AnyPoolOptions::new().max_connections(connections).after_connect(move |connection, _| {
        Box::pin(async move { raw_sql(setup).execute(connection).await.map(|_| ()) })
    });
    let pool = options.connect(url).await.unwrap();
    // The same table, under another name.
    let migration = if is_sqlite {
        include_str!("../../migrations/sqlite.sql")
    } else {
        include_str!("../../migrations/postgres.sql")
    };
    raw_sql(AssertSqlSafe(migration.replace("deliveries", "bare"))).execute(&pool).await.unwrap();
    let rate = rate(&pool, connections, rows, time).await;
    raw_sql("DROP TABLE bare").execute(&pool).await.unwrap();
    pool.close().await;
    rate
}

async fn rate(pool: &AnyPool, tasks: u32, rows: usize, time: Duration) -> f64 {
    let (count, started) = (Arc::new(AtomicU64::new(0)), Instant::now());
    // With the headers, a captured delivery is about that long.
    let captured: Arc<str> = format!("{BODY}{}", " ".repeat(500)).into();
    let values: Vec<_> =
        (0..rows).map(|row| format!("('bare', ${}, 'bare', '', ${}, 1)", 2 * row + 1, 2 * row + 2)).collect();
    let statement: Arc<str> = format!(
        "INSERT INTO bare (provider, delivery_id, event_type, entity, captured, received_at) VALUES {}
         ON CONFLICT DO NOTHING",
        values.join(", ")
    )
    .into();
    let mut running = JoinSet::new();
    for task in 0..tasks {
        let (pool, count, statement, captured) = (pool.clone(), count.clone(), statement.clone(), captured.clone());
        running.spawn(async move {
            while started.elapsed() < time {
                let first = count.load(Ordering::Relaxed);
                let mut insert = sqlx::query(AssertSqlSafe(statement.clone()));
                for row in 0..rows {
                    insert = insert.bind(format!("{rows}-{task}-{first}-{row}")).bind(&*captured);
                }
                insert.execute(&pool).await.unwrap();
                count.fetch_add(rows as u64, Ordering::Relaxed);
            }
        });
    }
    running.join_all().await;
    count.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64()
}

/// Messages a second; as many under way as there are connections, each until the stream has it.
#[cfg(feature = "jetstream")]
pub async fn publishing(url: &str, time: Duration) -> f64 {
    use async_nats::jetstream::{self, message::PublishMessage, stream::Config};
    let context = jetstream::new(async_nats::connect(url).await.unwrap());
    let stream = Config { name: "bare".to_owned(), subjects: vec!["bare".to_owned()], ..Config::default() };
    context.create_stream(stream).await.unwrap();
    let (count, started) = (Arc::new(AtomicU64::new(0)), Instant::now());
    let mut running = JoinSet::new();
    for task in 0..crate::CONNECTIONS {
        let (context, count) = (context.clone(), count.clone());
        running.spawn(async move {
            for number in 0.. {
                let message = PublishMessage::build().payload(BODY.into()).message_id(format!("{task}-{number}"));
                context.send_publish("bare", message).await.unwrap().await.unwrap();
                count.fetch_add(1, Ordering::Relaxed);
                if started.elapsed() > time {
                    return;
                }
            }
        });
    }
    running.join_all().await;
    let rate = count.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64();
    context.delete_stream("bare").await.unwrap();
    rate
}
