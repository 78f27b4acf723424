//! What the database takes by itself: the same rows, as durable, without HTTP, signatures or JSON.

use crate::{BODY, CONNECTIONS};
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, AssertSqlSafe, raw_sql};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Rows a second.
pub struct Limit {
    /// With a commit for each row: as many connections as the engine can use.
    single: f64,
    /// With as many rows in a commit as requests are under way.
    batched: f64,
}

impl Limit {
    pub fn best(&self) -> f64 {
        self.single.max(self.batched)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.0}/s one a commit, {:.0}/s {CONNECTIONS} a commit", self.single, self.batched)
    }
}

pub async fn inserts(url: &str, time: Duration) -> Limit {
    sqlx::any::install_default_drivers();
    let is_sqlite = url.starts_with("sqlite");
    let setup = if is_sqlite { "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL" } else { "SELECT 1" };
    let connections = if is_sqlite { 1 } else { 64 };
    let options = AnyPoolOptions::new().max_connections(connections).after_connect(move |connection, _| {
        Box::pin(async move { raw_sql(setup).execute(connection).await.map(|_| ()) })
    });
    let pool = options.connect(url).await.unwrap();
    let table = "CREATE TABLE bare (provider TEXT, id TEXT, captured TEXT, received_at BIGINT, UNIQUE (provider, id))";
    raw_sql(table).execute(&pool).await.unwrap();
    let single = rate(&pool, connections, 1, time).await;
    let batched = rate(&pool, 1, CONNECTIONS, time).await;
    raw_sql("DROP TABLE bare").execute(&pool).await.unwrap();
    pool.close().await;
    Limit { single, batched }
}

async fn rate(pool: &AnyPool, tasks: u32, rows: usize, time: Duration) -> f64 {
    let (count, started) = (Arc::new(AtomicU64::new(0)), Instant::now());
    let values: Vec<_> =
        (0..rows).map(|row| 4 * row).map(|n| format!("(${}, ${}, ${}, ${})", n + 1, n + 2, n + 3, n + 4)).collect();
    let statement: Arc<str> = format!("INSERT INTO bare VALUES {} ON CONFLICT DO NOTHING", values.join(", ")).into();
    let mut running = JoinSet::new();
    for task in 0..tasks {
        let (pool, count, statement) = (pool.clone(), count.clone(), statement.clone());
        running.spawn(async move {
            while started.elapsed() < time {
                let first = count.load(Ordering::Relaxed);
                let mut insert = sqlx::query(AssertSqlSafe(statement.clone()));
                for row in 0..rows {
                    insert =
                        insert.bind("askelephant").bind(format!("{rows}-{task}-{first}-{row}")).bind(BODY).bind(1_i64);
                }
                insert.execute(&pool).await.unwrap();
                count.fetch_add(rows as u64, Ordering::Relaxed);
            }
        });
    }
    running.join_all().await;
    count.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64()
}
