//! A stream of NATS JetStream between receivers and the store: what it has taken is answered, though the store is down.
//!
//! Effects and their acknowledgement have to be one commit of one database, which no stream can be part of. So workers move
//! deliveries from the stream into the store first, and from there on all is as without it.

use crate::config::JetStream;
use crate::store::{Keeper, NewDelivery, NotKept, digest};
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{Config, RetentionPolicy};
use async_nats::jetstream::{self, AckKind, Message};
use futures_util::StreamExt;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tracing::{error, warn};

/// How many deliveries are moved at once.
const AT_ONCE: usize = 128;

/// How soon a delivery that could not be moved is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// How long a worker has for moving a delivery. What a killed one had is moved by another after that; what a slow one moves
/// then is a repeat.
const MOVED_WITHIN: Duration = Duration::from_secs(10);

/// Why a stream cannot be used.
pub type StreamError = Box<dyn Error + Send + Sync>;

/// A stream that exists.
pub struct Stream {
    context: jetstream::Context,
    name: String,
}

impl Stream {
    /// Connects, and creates the stream where there is none.
    ///
    /// # Errors
    /// When no server answers, or one without JetStream.
    pub async fn connect(config: &JetStream) -> Result<Self, StreamError> {
        let context = jetstream::new(async_nats::connect(config.url.read()?).await?);
        let stream = Config {
            name: config.stream.clone(),
            subjects: vec![format!("{}.>", config.stream)],
            // What is moved is deleted: the store has it.
            retention: RetentionPolicy::WorkQueue,
            num_replicas: config.replicas,
            duplicate_window: config.duplicate_window,
            ..Config::default()
        };
        context.get_or_create_stream(stream).await?;
        Ok(Self { context, name: config.stream.clone() })
    }

    /// A delivery as a message; none where it is longer than the server takes.
    #[must_use]
    pub fn message(&self, delivery: &NewDelivery) -> Option<PublishMessage> {
        let payload = serde_json::to_vec(delivery).ok()?;
        // The headers and the subject count as well.
        const BESIDE: usize = 1024;
        let NewDelivery { provider, delivery_id, event_type, .. } = delivery;
        let id = digest(format!("{provider}\0{delivery_id}\0{event_type}").as_bytes());
        let fits = payload.len() + BESIDE <= self.context.client().server_info().max_payload;
        fits.then(|| PublishMessage::build().payload(payload.into()).message_id(id))
    }

    /// Keeps a delivery; whether it is a new one, as far as the stream remembers.
    ///
    /// # Errors
    /// When the stream has not said in time that it has it.
    pub async fn keep(&self, provider: &str, message: PublishMessage, within: Duration) -> Result<bool, NotKept> {
        match timeout(within, self.publish(provider, message)).await {
            Ok(Ok(is_new)) => Ok(is_new),
            Ok(Err(error)) => {
                error!(%error, "the stream does not take deliveries");
                Err(NotKept)
            }
            Err(_) => Err(NotKept),
        }
    }

    async fn publish(&self, provider: &str, message: PublishMessage) -> Result<bool, StreamError> {
        let acknowledged = self.context.send_publish(format!("{}.{provider}", self.name), message).await?.await?;
        Ok(!acknowledged.duplicate)
    }

    /// Whether the server can be reached.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.context.client().connection_state() == async_nats::connection::State::Connected
    }

    /// Moves deliveries into the store until it is told to stop.
    pub async fn move_into(self: Arc<Self>, keeper: Keeper, kept: Arc<Notify>, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            tokio::select! {
                outcome = self.move_all(&keeper, &kept) => {
                    if let Err(error) = outcome {
                        warn!(%error, "cannot read the stream");
                        sleep(AGAIN).await;
                    }
                }
                _ = stop.changed() => {}
            }
        }
    }

    /// Ends only when the stream can no longer be read.
    async fn move_all(&self, keeper: &Keeper, kept: &Arc<Notify>) -> Result<(), StreamError> {
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        let consumer = self.consumer().await?;
        let mut messages = consumer.stream().max_messages_per_batch(AT_ONCE).messages().await?;
        while let Some(message) = messages.next().await {
            let (message, slot) = (message?, slots.clone().acquire_owned().await?);
            let (keeper, kept) = (keeper.clone(), kept.clone());
            tokio::spawn(async move {
                move_one(&message, &keeper).await;
                kept.notify_one();
                drop(slot);
            });
        }
        Ok(())
    }

    /// All workers share one place in the stream. It is kept by the server.
    async fn consumer(&self) -> Result<PullConsumer, StreamError> {
        let config = pull::Config {
            durable_name: Some("workers".to_owned()),
            ack_policy: AckPolicy::Explicit,
            ack_wait: MOVED_WITHIN,
            max_ack_pending: 4 * AT_ONCE as i64,
            ..pull::Config::default()
        };
        let stream = self.context.get_stream(&self.name).await?;
        Ok(stream.get_or_create_consumer("workers", config).await?)
    }
}

/// Only what the store has is acknowledged. Where that is lost, it comes again, and is a repeat.
async fn move_one(message: &Message, keeper: &Keeper) {
    let kind = match serde_json::from_slice::<NewDelivery>(&message.payload) {
        Ok(delivery) => match keeper.keep(delivery, MOVED_WITHIN / 2).await {
            Ok(_) => AckKind::Ack,
            Err(_) => AckKind::Nak(Some(AGAIN)),
        },
        Err(error) => {
            error!(%error, subject = %message.subject, "a message that is no delivery");
            AckKind::Term
        }
    };
    if let Err(error) = message.ack_with(kind).await {
        warn!(%error, "a message is not acknowledged, and comes again");
    }
}
