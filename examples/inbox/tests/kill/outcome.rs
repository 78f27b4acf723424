//! What must hold afterwards.

use crate::deliveries::Answered;
use crate::process::Process;
use sqlx::AnyPool;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::time::{Duration, Instant};
use tokio::time::sleep;

pub struct Outcome {
    sent: u64,
    answered: usize,
    /// Answered with success, but not in the store.
    lost: usize,
    kept: usize,
    /// Kept, but not handled in the end.
    unhandled: usize,
    /// Handled, but without an effect.
    without_effect: usize,
    /// With more than one effect.
    twice: usize,
    /// How long the workers took for what was left.
    drained: Duration,
}

impl Outcome {
    pub fn holds(&self) -> bool {
        let wrong = self.lost + self.unhandled + self.without_effect + self.twice;
        wrong == 0 && self.answered > 0
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sent, answered, lost, kept, unhandled, without_effect, twice, drained } = self;
        write!(
            formatter,
            "{sent} requests, {answered} deliveries answered, {kept} kept; lost {lost}, not handled {unhandled}, \
             without effect {without_effect}, with two effects {twice}; the rest was handled in {drained:.1?}"
        )
    }
}

/// The table of effects is the handler's own. Nothing in it keeps a second effect out.
pub async fn prepare(url: &str) {
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(url).await.unwrap();
    if url.starts_with("sqlite") {
        sqlx::raw_sql("PRAGMA journal_mode = WAL").execute(&pool).await.unwrap();
    }
    sqlx::raw_sql("CREATE TABLE effects (delivery_id TEXT NOT NULL)").execute(&pool).await.unwrap();
    pool.close().await;
}

/// Waits until the workers have nothing left, then counts.
pub async fn of(url: &str, answered: &Answered, processes: &mut [Process]) -> Outcome {
    let pool = AnyPool::connect(url).await.unwrap();
    let started = Instant::now();
    while !is_settled(&pool, answered.ids.len()).await && started.elapsed() < Duration::from_secs(900) {
        processes.iter_mut().for_each(Process::restart_if_ended);
        sleep(Duration::from_millis(200)).await;
    }
    let drained = started.elapsed();
    let deliveries: Vec<(String, String)> =
        sqlx::query_as("SELECT delivery_id, state FROM deliveries").fetch_all(&pool).await.unwrap();
    let effects: Vec<(String,)> = sqlx::query_as("SELECT delivery_id FROM effects").fetch_all(&pool).await.unwrap();
    let mut effects_of: HashMap<&str, usize> = HashMap::new();
    effects.iter().for_each(|(id,)| *effects_of.entry(id).or_default() += 1);
    let kept: HashSet<&str> = deliveries.iter().map(|(id, _)| id.as_str()).collect();
    let handled = || deliveries.iter().filter(|(_, state)| state == "handled");
    Outcome {
        sent: answered.sent,
        answered: answered.ids.len(),
        lost: answered.ids.iter().filter(|id| !kept.contains(id.as_str())).count(),
        kept: deliveries.len(),
        unhandled: deliveries.len() - handled().count(),
        without_effect: handled().filter(|(id, _)| !effects_of.contains_key(id.as_str())).count(),
        twice: effects_of.values().filter(|effects| **effects > 1).count(),
        drained,
    }
}

/// Whether nothing is left to do. What is lost is waited for in vain.
async fn is_settled(pool: &AnyPool, answered: usize) -> bool {
    let count = async |query: &'static str| sqlx::query_scalar::<_, i64>(query).fetch_one(pool).await.ok();
    let kept = count("SELECT count(*) FROM deliveries").await;
    kept >= i64::try_from(answered).ok()
        && count("SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'running')").await == Some(0)
}
