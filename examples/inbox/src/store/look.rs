//! Looking at what is kept, and deciding on what is dead.

use super::Store;
use sqlx::any::AnyRow;
use sqlx::{FromRow, Row};
use std::fmt;

/// What has become of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be handed over, perhaps again.
    Waiting,
    /// A worker has it.
    Running,
    Handled,
    /// Its last attempt failed.
    Dead,
    /// Somebody decided that it is not to be handled.
    Discarded,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Handled, Self::Dead, Self::Discarded];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Handled => "handled",
            Self::Dead => "dead",
            Self::Discarded => "discarded",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A delivery as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub id: i64,
    pub provider: String,
    pub event_type: String,
    pub delivery_id: String,
    pub captured: String,
    pub received_at: i64,
    pub state: String,
    pub attempts: i64,
    pub error: String,
}

impl FromRow<'_, AnyRow> for Kept {
    fn from_row(row: &AnyRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            provider: row.try_get("provider")?,
            event_type: row.try_get("event_type")?,
            delivery_id: row.try_get("delivery_id")?,
            captured: row.try_get("captured")?,
            received_at: row.try_get("received_at")?,
            state: row.try_get("state")?,
            attempts: row.try_get("attempts")?,
            error: row.try_get("error")?,
        })
    }
}

impl Store {
    /// The last deliveries before one, or before none; of one state, or of all where it is empty.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list(&self, state: &str, before: Option<i64>, most: i64) -> sqlx::Result<Vec<Kept>> {
        sqlx::query_as(
            "SELECT id, provider, event_type, delivery_id, captured, received_at, state, attempts, error
             FROM deliveries WHERE id < $1 AND ($2 = '' OR state = $3) ORDER BY id DESC LIMIT $4",
        )
        .bind(before.unwrap_or(i64::MAX))
        .bind(state)
        .bind(state)
        .bind(most)
        .fetch_all(&self.working)
        .await
    }

    /// One delivery.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn get(&self, id: i64) -> sqlx::Result<Option<Kept>> {
        sqlx::query_as(
            "SELECT id, provider, event_type, delivery_id, captured, received_at, state, attempts, error
             FROM deliveries WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(&self.working)
        .await
    }

    /// How many deliveries there are of each state that is not final, and of dead ones.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn counts(&self) -> sqlx::Result<Vec<(String, i64)>> {
        sqlx::query_as(
            "SELECT state, count(*) FROM deliveries WHERE state IN ('waiting', 'running') GROUP BY state
             UNION ALL SELECT 'dead', count(*) FROM deliveries WHERE state = 'dead'",
        )
        .fetch_all(&self.working)
        .await
    }

    /// Has a delivery handled once more, as if it had just come; whether it is one that no worker has.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn replay(&self, id: i64) -> sqlx::Result<bool> {
        let update = "UPDATE deliveries SET state = 'waiting', attempts = 0, due_at = 0
             WHERE id = $1 AND state <> 'running'";
        self.decide(id, update).await
    }

    /// Has a delivery not handled (any more); whether it is one that no worker has.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn discard(&self, id: i64) -> sqlx::Result<bool> {
        self.decide(id, "UPDATE deliveries SET state = 'discarded' WHERE id = $1 AND state IN ('waiting', 'dead')")
            .await
    }

    async fn decide(&self, id: i64, update: &'static str) -> sqlx::Result<bool> {
        let _turn = self.turn().await;
        Ok(sqlx::query(update).bind(id).execute(&self.working).await?.rows_affected() == 1)
    }

    /// Asks for nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ping(&self) -> sqlx::Result<()> {
        sqlx::query("SELECT 1").execute(&self.keeping).await.map(|_| ())
    }
}
