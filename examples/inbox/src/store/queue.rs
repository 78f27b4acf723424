//! Handing over: claims, effects, acknowledgements, retries.

use super::{State, Store, millis};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, FromRow, Row, Transaction};
use std::ops::{Deref, DerefMut};
use std::time::{Duration, SystemTime};
use tokio::sync::OwnedMutexGuard;

/// A delivery that one worker has, until its time is over.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub id: i64,
    pub provider: String,
    pub event_type: String,
    pub delivery_id: String,
    pub captured: String,
    /// This attempt included.
    pub attempts: i64,
    /// Tells this claim from every other of the same delivery.
    pub claims: i64,
}

impl FromRow<'_, AnyRow> for Claimed {
    fn from_row(row: &AnyRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            provider: row.try_get("provider")?,
            event_type: row.try_get("event_type")?,
            delivery_id: row.try_get("delivery_id")?,
            captured: row.try_get("captured")?,
            attempts: row.try_get("attempts")?,
            claims: row.try_get("claims")?,
        })
    }
}

/// When a delivery that failed is tried again.
#[derive(Debug, Clone, Copy)]
pub struct Retry {
    /// After so many attempts it is dead.
    pub attempts: i64,
    pub first: Duration,
    pub longest: Duration,
}

impl Retry {
    /// Twice as long each time, and up to a half longer, so that what failed together is not tried together.
    fn delay(&self, attempts: i64) -> Duration {
        let doublings = u32::try_from(attempts - 1).unwrap_or(u32::MAX).min(20);
        let delay = self.first.saturating_mul(1 << doublings).min(self.longest);
        delay.mul_f64(1.0 + fastrand::f64() / 2.0)
    }

    /// Longer than any delay.
    pub fn horizon(&self) -> Duration {
        self.longest * 2
    }
}

/// A transaction with the effects of a handler. The acknowledgement becomes part of it.
pub struct Effects {
    transaction: Transaction<'static, Any>,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Deref for Effects {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Effects {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}

impl Store {
    /// Takes up to so many deliveries that are due, or whose worker has not finished them in time.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim(&self, most: usize, lease: Duration, retry: Retry) -> sqlx::Result<Vec<Claimed>> {
        let now = SystemTime::now();
        let claim = sqlx::query_as(self.engine.claim())
            .bind(millis(now + lease))
            .bind(millis(now))
            .bind(millis(now + retry.horizon().max(lease * 2)))
            .bind(i64::try_from(most).unwrap_or(i64::MAX));
        let _turn = self.turn().await;
        let Some(in_turn) = self.engine.claim_in_turn().filter(|_| self.is_in_order) else {
            return claim.fetch_all(&self.working).await;
        };
        let mut transaction = self.working.begin().await?;
        sqlx::raw_sql(in_turn).execute(&mut *transaction).await?;
        let claimed = claim.fetch_all(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(claimed)
    }

    /// Begins a transaction for the effects of a handler.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn begin(&self) -> sqlx::Result<Effects> {
        let turn = self.turn().await;
        Ok(Effects { transaction: self.working.begin_with(self.engine.begin()).await?, _turn: turn })
    }

    /// Acknowledges, in one transaction with the effects; whether the claim still held. Where it did not, another worker
    /// has the delivery, and the effects are undone.
    ///
    /// # Errors
    /// When the store does not answer: the delivery is handled wholly, or will be claimed again.
    pub async fn finish(&self, claimed: &Claimed, effects: Option<Effects>) -> sqlx::Result<bool> {
        let mut effects = match effects {
            Some(effects) => effects,
            None => self.begin().await?,
        };
        let update = "UPDATE deliveries SET state = 'handled', finished_at = $1, error = ''
             WHERE id = $2 AND claims = $3 AND state = 'running'";
        let update = sqlx::query(update).bind(millis(SystemTime::now())).bind(claimed.id).bind(claimed.claims);
        if update.execute(&mut *effects).await?.rows_affected() == 0 {
            effects.transaction.rollback().await?;
            return Ok(false);
        }
        effects.transaction.commit().await?;
        Ok(true)
    }

    /// Puts a delivery back, to be tried later, or among the dead ones.
    ///
    /// # Errors
    /// When the store does not answer: it will be claimed again.
    pub async fn fail(&self, claimed: &Claimed, error: &str, retry: Retry) -> sqlx::Result<State> {
        let state = if claimed.attempts >= retry.attempts { State::Dead } else { State::Waiting };
        let now = SystemTime::now();
        let _turn = self.turn().await;
        sqlx::query(
            "UPDATE deliveries SET state = $1, due_at = $2, finished_at = $3, error = $4
             WHERE id = $5 AND claims = $6 AND state = 'running'",
        )
        .bind(state.as_str())
        .bind(millis(now + retry.delay(claimed.attempts)))
        .bind(millis(now))
        .bind(error.replace('\0', ""))
        .bind(claimed.id)
        .bind(claimed.claims)
        .execute(&self.working)
        .await?;
        Ok(state)
    }

    /// Deletes what was finished that long ago. A repeat that comes later is handled again.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn purge(&self, older_than: Duration) -> sqlx::Result<u64> {
        let before = SystemTime::now().checked_sub(older_than).map_or(0, millis);
        let _turn = self.turn().await;
        let delete = "DELETE FROM deliveries WHERE state IN ('handled', 'discarded') AND finished_at < $1";
        Ok(sqlx::query(delete).bind(before).execute(&self.working).await?.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::Retry;
    use std::time::Duration;

    #[test]
    fn delays_double_up_to_the_longest() {
        let retry = Retry { attempts: 12, first: Duration::from_secs(5), longest: Duration::from_secs(3600) };
        for (attempts, seconds) in [(1, 5), (2, 10), (5, 80), (11, 3600), (i64::MAX, 3600)] {
            let delay = retry.delay(attempts).as_secs_f64();
            let least = f64::from(seconds);
            assert!((least..least * 1.5).contains(&delay), "{attempts}: {delay}");
            assert!(retry.delay(attempts) < retry.horizon());
        }
    }
}
