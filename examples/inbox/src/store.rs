//! Where deliveries are kept: one table, in SQLite or PostgreSQL, that is the inbox, the queue and the dead-letter list.

mod engine;
mod keep;
mod look;
mod queue;

use engine::Engine;
pub use keep::{Keeper, NewDelivery, NotKept, digest};
pub use look::{Kept, State};
pub use queue::{Claimed, Effects, Retry};

use crate::app::StartError;
use crate::config::Config;
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyPool, SqlSafeStr};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Mutex;

/// How long a statement waits for a connection, or for another process that writes.
const WAIT: Duration = Duration::from_secs(5);

/// The table of deliveries.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    /// Apart from `working`, so that handlers cannot take the receivers' connections.
    keeping: AnyPool,
    working: AnyPool,
    /// SQLite has one writer at a time. Within a process they take turns; to poll for the lock would cost 100 ms.
    writer: Arc<Mutex<()>>,
    /// Some provider's deliveries are handed over in order.
    is_in_order: bool,
}

impl Store {
    /// Opens `sqlite://…` or `postgres://…`, and brings its table up to date.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        sqlx::any::install_default_drivers();
        let url = &config.store.read()?;
        let engine = Engine::of(url);
        let pool = |connections, setup: &'static str| {
            let options = AnyPoolOptions::new().max_connections(connections).acquire_timeout(WAIT);
            let options = options.after_connect(move |connection, _| {
                Box::pin(async move { sqlx::raw_sql(setup).execute(connection).await.map(|_| ()) })
            });
            options.connect(url)
        };
        let keeping = pool(1, engine.setup_keeping()).await?;
        migrate(engine, &keeping).await?;
        let workers = u32::try_from(config.worker.concurrency).unwrap_or(u32::MAX);
        let working = pool(workers.saturating_add(2), engine.setup_working()).await?;
        let is_in_order = config.providers.values().any(|provider| provider.order_by.is_some());
        Ok(Self { engine, keeping, working, writer: Arc::default(), is_in_order })
    }

    /// Waits until what is under way is written.
    pub async fn close(&self) {
        self.keeping.close().await;
        self.working.close().await;
    }
}

async fn migrate(engine: Engine, pool: &AnyPool) -> sqlx::Result<()> {
    let first = Migration::new(1, "deliveries".into(), MigrationType::Simple, engine.migration().into_sql_str(), false);
    Ok(Migrator::with_migrations(vec![first]).run(pool).await?)
}

/// Milliseconds since 1970.
pub fn millis(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
