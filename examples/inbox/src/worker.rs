//! Workers: claim, hand over, acknowledge.

use crate::config::WorkerConfig;
use crate::handler::{Failure, Handlers, Slot};
use crate::metrics::Metrics;
use crate::provider::Handover;
use crate::store::{Claimed, Effects, State, Store};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tracing::field::Empty;
use tracing::{Instrument, Span, debug, error, info, info_span, warn};

/// Beyond a handler's time: to acknowledge, and for clocks that differ.
const MARGIN: Duration = Duration::from_secs(5);

/// How often what is old is deleted.
const PURGE: Duration = Duration::from_secs(600);

/// Hands deliveries over until it is told to stop, and finishes those that it has.
pub struct Worker {
    pub store: Store,
    pub handlers: Arc<Handlers>,
    pub config: WorkerConfig,
    pub metrics: Metrics,
    /// That something was kept, where the receiver is in the same process.
    pub kept: Arc<Notify>,
}

impl Worker {
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let worker = Arc::new(self);
        let mut running = JoinSet::new();
        let mut purged = None::<Instant>;
        while !*stop.borrow() {
            if purged.is_none_or(|at| at.elapsed() > PURGE) {
                purged = Some(Instant::now());
                worker.purge().await;
            }
            let free = worker.config.concurrency - running.len();
            let claimed = if free == 0 { Vec::new() } else { worker.claim(free).await };
            let is_idle = claimed.len() < free || free == 0;
            for delivery in claimed {
                running.spawn(worker.clone().handle(delivery));
            }
            if is_idle {
                tokio::select! {
                    _ = running.join_next(), if !running.is_empty() => {}
                    () = worker.kept.notified(), if free > 0 => {}
                    () = sleep(worker.config.poll) => {}
                    _ = stop.changed() => {}
                }
            }
            while running.try_join_next().is_some() {}
        }
        let until = Instant::now() + worker.lease();
        while let Ok(Some(_)) = timeout_at(until, running.join_next()).await {}
    }

    /// How long a claim holds. What a killed worker had is handed over after that.
    fn lease(&self) -> Duration {
        self.config.handler_within + MARGIN.min(self.config.handler_within)
    }

    async fn claim(&self, free: usize) -> Vec<Claimed> {
        match self.store.claim(free, self.lease(), self.config.retry()).await {
            Ok(claimed) => claimed,
            Err(error) => {
                error!(%error, "cannot claim deliveries");
                Vec::new()
            }
        }
    }

    async fn purge(&self) {
        match self.store.purge(self.config.keep_handled).await {
            Ok(0) => {}
            Ok(deleted) => info!(deleted, "deleted what was handled long ago"),
            Err(error) => error!(%error, "cannot delete what was handled long ago"),
        }
    }

    async fn handle(self: Arc<Self>, claimed: Claimed) {
        let started = Instant::now();
        let span = span(&claimed);
        let outcome = async {
            match self.handed_over(&claimed).await {
                Ok(effects) => self.finish(&claimed, effects).await,
                Err(error) => self.fail(&claimed, &error).await,
            }
        };
        let outcome = outcome.instrument(span.clone()).await;
        span.record("inbox.outcome", outcome);
        if outcome != "handled" {
            span.record("otel.status_code", "ERROR").record("error.type", outcome);
        }
        self.metrics.handled(&claimed.provider, outcome, started.elapsed());
        debug!(parent: &span, outcome, "handed over");
    }

    /// Runs the handler; what is left is its transaction, if it has begun one.
    async fn handed_over(&self, claimed: &Claimed) -> Result<Option<Effects>, String> {
        if claimed.attempts > self.config.attempts {
            return Err("no worker survived its last attempts".to_owned());
        }
        let provider = self.handlers.of(&claimed.provider).ok_or("no handler for this provider")?;
        let handover = Handover { claimed: claimed.clone(), store: self.store.clone() };
        let (future, slot) = provider.handle(handover).map_err(|error| error.to_string())?;
        // A task of its own: a panic ends there, and one that blocks its thread does not hold up this worker.
        let mut task = tokio::spawn(future.instrument(Span::current()));
        match timeout(self.config.handler_within, &mut task).await {
            Ok(Ok(Ok(()))) => left_in(&slot),
            Ok(Ok(Err(error))) => Err(chain(&error)),
            Ok(Err(error)) => Err(panicked(error)),
            Err(_) => {
                task.abort();
                Err(format!("the handler took longer than {:?}", self.config.handler_within))
            }
        }
    }

    async fn finish(&self, claimed: &Claimed, effects: Option<Effects>) -> &'static str {
        match self.store.finish(claimed, effects).await {
            Ok(true) => "handled",
            Ok(false) => {
                warn!("another worker has the delivery");
                "lost"
            }
            Err(error) => self.fail(claimed, &format!("cannot acknowledge: {error}")).await,
        }
    }

    async fn fail(&self, claimed: &Claimed, error: &str) -> &'static str {
        match self.store.fail(claimed, error, self.config.retry()).await {
            Ok(State::Dead) => {
                error!(error, "a delivery is dead");
                "dead"
            }
            Ok(_) => {
                warn!(error, "a handler failed");
                "failed"
            }
            Err(error) => {
                error!(%error, "cannot put a delivery back");
                "lost"
            }
        }
    }
}

/// Named by OpenTelemetry's conventions for messaging. What is logged inside has its fields.
fn span(claimed: &Claimed) -> Span {
    info_span!(
        "process",
        otel.kind = "consumer",
        otel.status_code = Empty,
        error.type = Empty,
        messaging.system = "inbox",
        messaging.operation.type = "process",
        messaging.destination.name = claimed.provider,
        messaging.message.id = claimed.delivery_id,
        inbox.event_type = claimed.event_type,
        inbox.attempt = claimed.attempts,
        inbox.outcome = Empty,
    )
}

/// A handler that has returned no longer uses its transaction, unless it has left it to a task.
fn left_in(slot: &Slot) -> Result<Option<Effects>, String> {
    let slot = slot.try_lock();
    slot.map(|mut slot| slot.take()).map_err(|_| "the handler has left its transaction to another task".to_owned())
}

fn panicked(error: JoinError) -> String {
    let Ok(panic) = error.try_into_panic() else { return "the handler was cancelled".to_owned() };
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("the handler panicked: {}", text.unwrap_or_default())
}

/// An error with what it came of.
fn chain(error: &Failure) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
