//! Keeping what was received: many requests share a commit, as each waits for the disk.

use super::{Engine, Store, millis};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use std::borrow::Cow;
use std::time::{Duration, SystemTime};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout, timeout_at};
use tracing::{error, warn};

/// How many deliveries share a commit at most: 8 parameters each, and SQLite takes 32,766.
const BATCH: usize = 128;

/// How many deliveries wait for a commit at most; further ones wait for these.
const WAITING: usize = 1024;

/// How long a commit waits for more deliveries.
const LONGEST_LINGER: Duration = Duration::from_millis(10);

/// How long a commit may take. A database that does not answer by then has to be asked by a new connection.
const COMMIT: Duration = Duration::from_secs(10);

/// A delivery that was verified.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewDelivery {
    pub provider: String,
    pub event_type: String,
    /// What stays the same over all attempts.
    pub delivery_id: String,
    /// What it is about, where it waits for those of the same that came before; empty otherwise.
    #[serde(default)]
    pub entity: String,
    /// The whole request, as a line of JSON.
    pub captured: String,
    pub received_at: SystemTime,
    /// Why no handler can read it: it goes to the dead-letter list at once.
    pub unreadable: Option<String>,
}

/// That a delivery is not kept, or not known to be: the provider has to send it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the store does not take deliveries")]
pub struct NotKept;

type Waiting = (NewDelivery, oneshot::Sender<Result<bool, NotKept>>);

/// Takes deliveries from many requests at once.
#[derive(Clone)]
pub struct Keeper(mpsc::Sender<Waiting>);

impl Keeper {
    /// Starts writing. It ends, with all written, when the last clone is dropped.
    #[must_use]
    pub fn start(store: Store) -> (Self, tokio::task::JoinHandle<()>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Self(sender), tokio::spawn(write_all(store, receiver)))
    }

    /// Keeps a delivery; whether it is a new one.
    ///
    /// # Errors
    /// When it is not certain by then that it is kept.
    pub async fn keep(&self, delivery: NewDelivery, within: Duration) -> Result<bool, NotKept> {
        let (sender, answer) = oneshot::channel();
        let kept = async {
            self.0.send((delivery, sender)).await.map_err(|_| NotKept)?;
            answer.await.map_err(|_| NotKept)?
        };
        timeout(within, kept).await.unwrap_or(Err(NotKept))
    }
}

async fn write_all(store: Store, mut receiver: mpsc::Receiver<Waiting>) {
    let (mut expected, mut took) = (0, Duration::ZERO);
    let mut batch = Vec::new();
    while receiver.recv_many(&mut batch, BATCH).await > 0 {
        linger(&mut receiver, &mut batch, expected, took).await;
        // Whoever no longer waits was answered that it is not kept, and sends it again.
        batch.retain(|(_, sender)| !sender.is_closed());
        let answered = batch.len();
        let started = Instant::now();
        write(&store, std::mem::take(&mut batch)).await;
        took = started.elapsed();
        expected = (receiver.len() + answered).min(BATCH);
    }
}

/// Waits for those who were just answered, but not for longer than a commit takes. Who sends one delivery after
/// the other comes again together with the others: without that, they take turns in commits that are half full.
async fn linger(receiver: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>, expected: usize, took: Duration) {
    let until = Instant::now() + took.min(LONGEST_LINGER);
    while batch.len() < expected {
        let missing = expected - batch.len();
        match timeout_at(until, receiver.recv_many(batch, missing)).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => break,
        }
    }
}

/// Writes a batch. Where one delivery cannot be written, the others are written by themselves.
async fn write(store: &Store, batch: Vec<Waiting>) {
    if batch.is_empty() {
        return;
    }
    let (mut deliveries, senders): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
    let all: Vec<&NewDelivery> = deliveries.iter().collect();
    let outcomes = match store.insert(&all).await {
        Ok(new) => new.into_iter().map(Ok).collect(),
        Err(sqlx::Error::Database(error)) if deliveries.len() > 1 && is_of_the_data(&*error) => {
            warn!(%error, "keeping deliveries one by one");
            one_by_one(store, &mut deliveries).await
        }
        Err(error) => {
            error!(%error, deliveries = deliveries.len(), "the store does not take deliveries");
            vec![Err(NotKept); senders.len()]
        }
    };
    for (sender, outcome) in senders.into_iter().zip(outcomes) {
        // Its request may have been given up.
        _ = sender.send(outcome);
    }
}

/// Whether the same statement would succeed with other values: SQLSTATE's classes 22, 23 and 54.
fn is_of_the_data(error: &dyn sqlx::error::DatabaseError) -> bool {
    error.code().is_some_and(|code| code.len() == 5 && ["22", "23", "54"].contains(&&code[..2]))
}

async fn one_by_one(store: &Store, deliveries: &mut [NewDelivery]) -> Vec<Result<bool, NotKept>> {
    let mut outcomes = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        let new = store.insert(&[delivery]).await;
        outcomes.push(new.map(|new| new == [true]).map_err(|error| {
            error!(%error, provider = delivery.provider, "a delivery cannot be kept");
            NotKept
        }));
    }
    outcomes
}

impl Store {
    /// Inserts what is new in one transaction; which of them are.
    async fn insert(&self, deliveries: &[&NewDelivery]) -> sqlx::Result<Vec<bool>> {
        match timeout(COMMIT, self.insert_in_turn(deliveries)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    async fn insert_in_turn(&self, deliveries: &[&NewDelivery]) -> sqlx::Result<Vec<bool>> {
        let mut keys: Vec<(Key<'_>, usize)> =
            deliveries.iter().enumerate().map(|(index, delivery)| (Key::of(delivery), index)).collect();
        // Two transactions that lock the same keys in the same order do not wait for each other in a circle.
        keys.sort_unstable();
        let statement = AssertSqlSafe(insert_statement(self.engine, deliveries.len()));
        let mut query = sqlx::query_as::<_, (String, String, String)>(statement);
        for (key, index) in &keys {
            let NewDelivery { entity, captured, received_at, unreadable, .. } = deliveries[*index];
            let (state, error) = match unreadable {
                None => ("waiting", ""),
                Some(error) => ("dead", error.as_str()),
            };
            query = query.bind(key.0).bind(&*key.1).bind(&*key.2).bind(indexable(entity).into_owned());
            query = query.bind(captured.as_str()).bind(millis(*received_at)).bind(state).bind(error.replace('\0', ""));
        }
        let _turn = self.turn().await;
        let mut inserted = query.fetch_all(&self.keeping).await?;
        let mut new = vec![false; deliveries.len()];
        for (Key(provider, delivery_id, event_type), index) in &keys {
            let is_it = |(a, b, c): &(String, String, String)| a == provider && b == delivery_id && c == event_type;
            // Of two with the same key in one batch, the first is the new one.
            if let Some(position) = inserted.iter().position(is_it) {
                inserted.swap_remove(position);
                new[*index] = true;
            }
        }
        Ok(new)
    }

    /// In SQLite, the turn to write.
    pub(super) async fn turn(&self) -> Option<tokio::sync::OwnedMutexGuard<()>> {
        match self.engine {
            Engine::Sqlite => Some(self.writer.clone().lock_owned().await),
            Engine::Postgres => None,
        }
    }
}

fn insert_statement(engine: Engine, rows: usize) -> String {
    let row = |row: usize| match engine {
        // To SQLite, `$1` is a name, which it looks up among all others.
        Engine::Sqlite => "(?, ?, ?, ?, ?, ?, ?, ?)".to_owned(),
        Engine::Postgres => {
            let parameters: Vec<_> = (8 * row + 1..=8 * row + 8).map(|number| format!("${number}")).collect();
            format!("({})", parameters.join(", "))
        }
    };
    let rows: Vec<_> = (0..rows).map(row).collect();
    format!(
        "INSERT INTO deliveries (provider, delivery_id, event_type, entity, captured, received_at, state, error) VALUES {}
         ON CONFLICT (provider, delivery_id, event_type) DO NOTHING RETURNING provider, delivery_id, event_type",
        rows.join(", ")
    )
}

/// What two deliveries do not share: an id may be that of the thing that the event is about.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'d>(&'d str, Cow<'d, str>, Cow<'d, str>);

impl<'d> Key<'d> {
    fn of(delivery: &'d NewDelivery) -> Self {
        Self(&delivery.provider, indexable(&delivery.delivery_id), indexable(&delivery.event_type))
    }
}

/// PostgreSQL has no text with U+0000, and no index over long texts.
fn indexable(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 256;
    match text.len() > LONGEST || text.contains('\0') {
        true => Cow::Owned(digest(text.as_bytes())),
        false => Cow::Borrowed(text),
    }
}

/// The SHA-256 of bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}
