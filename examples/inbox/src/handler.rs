//! What handles deliveries: plain async functions, one for each provider.

use crate::provider::Provider;
use crate::store::{Claimed, Effects, Store};
use futures_util::future::BoxFuture;
use std::error::Error;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard};
use webhook_runtime::event::Event;
use webhook_runtime::{Captured, InvalidPayload, Receive};

/// Why a handler failed.
pub type Failure = Box<dyn Error + Send + Sync>;

/// The handlers of an application.
#[derive(Default)]
pub struct Handlers {
    pub(crate) providers: Vec<Provider>,
}

impl Handlers {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Hands the events of a provider to `handler`: an `async fn(E, Context) -> Result<(), Failure>`.
    #[must_use]
    pub fn on<E: Receive + Event + Send + 'static>(mut self, handler: impl Handler<E>) -> Self {
        self.providers.retain(|provider| provider.name != E::PROVIDER);
        self.providers.push(Provider::new::<E>(handler));
        self
    }

    pub(crate) fn of(&self, provider: &str) -> Option<&Provider> {
        self.providers.iter().find(|known| known.name == provider)
    }
}

/// A function that handles events.
pub trait Handler<E>: Send + Sync + 'static {
    /// Calls it.
    fn call(&self, event: E, context: Context) -> BoxFuture<'static, Result<(), Failure>>;
}

impl<E, F, R> Handler<E> for F
where
    F: Fn(E, Context) -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), Failure>> + Send + 'static,
{
    fn call(&self, event: E, context: Context) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(self(event, context))
    }
}

/// What a handler has beside the event.
pub struct Context {
    /// The request, as it came.
    pub captured: Captured,
    /// Why the event is `Unknown` though its type is documented.
    pub invalid: Option<Box<InvalidPayload>>,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    pub event_type: String,
    pub delivery_id: String,
    /// The same over all attempts, and different for any two deliveries: for the `Idempotency-Key` of an API, or a unique
    /// column of another database.
    pub key: String,
    effects: Slot,
    store: Store,
}

pub(crate) type Slot = Arc<Mutex<Option<Effects>>>;

impl Context {
    pub(crate) fn new(
        store: Store,
        claimed: &Claimed,
        captured: Captured,
        invalid: Option<Box<InvalidPayload>>,
    ) -> (Self, Slot) {
        let effects = Slot::default();
        let context = Self {
            captured,
            invalid,
            attempt: claimed.attempts,
            event_type: claimed.event_type.clone(),
            delivery_id: claimed.delivery_id.clone(),
            key: format!("{}/{}/{}", claimed.provider, claimed.event_type, claimed.delivery_id),
            effects: effects.clone(),
            store,
        };
        (context, effects)
    }

    /// A transaction of the inbox's own database, begun at the first call. What is written in it is written exactly once:
    /// the delivery is acknowledged in it when the handler succeeds, and it is undone when the handler fails, is killed
    /// or has lost the delivery to another worker.
    ///
    /// Do what takes time before. Of SQLite there is one such transaction at a time, and receivers wait for it, too.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn transaction(&self) -> Result<InTransaction, sqlx::Error> {
        let mut slot = self.effects.clone().lock_owned().await;
        let effects = match slot.take() {
            Some(effects) => effects,
            None => self.store.begin().await?,
        };
        Ok(InTransaction(OwnedMutexGuard::map(slot, |slot| slot.insert(effects))))
    }
}

/// A connection within the transaction: `&mut *transaction` executes queries of sqlx.
pub struct InTransaction(OwnedMappedMutexGuard<Option<Effects>, Effects>);

impl Deref for InTransaction {
    type Target = sqlx::AnyConnection;

    fn deref(&self) -> &sqlx::AnyConnection {
        &self.0
    }
}

impl DerefMut for InTransaction {
    fn deref_mut(&mut self) -> &mut sqlx::AnyConnection {
        &mut self.0
    }
}
