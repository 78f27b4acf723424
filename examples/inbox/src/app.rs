//! How the parts are put together, started and stopped.

use crate::config::{Config, ConfigError};
use crate::handler::Handlers;
use crate::keeping::Keeping;
use crate::metrics::Metrics;
use crate::receive::{self, Receiving};
use crate::store::{Keeper, Store};
use crate::worker::Worker;
use crate::{admin, server};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::interval;
use tracing::info;

/// Which parts a process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Both.
    All,
    Receive,
    Work,
}

impl Role {
    fn receives(self) -> bool {
        self != Self::Work
    }

    fn works(self) -> bool {
        self != Self::Receive
    }
}

/// Why an inbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("the store: {0}")]
    Store(#[from] sqlx::Error),
    #[error("listening on {address}: {error}")]
    Listen { address: String, error: std::io::Error },
    #[error("the stream: {0}")]
    Stream(Box<dyn std::error::Error + Send + Sync>),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Metrics(#[from] prometheus::Error),
}

/// Runs until SIGTERM or SIGINT, then finishes what was taken.
///
/// # Errors
/// When it cannot start.
pub async fn run(config: Config, handlers: Handlers, role: Role) -> Result<(), StartError> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (sender, stop) = watch::channel(false);
    let running = tokio::spawn(run_until(config, handlers, role, stop));
    tokio::pin!(running);
    tokio::select! {
        ended = &mut running => return ended.unwrap_or(Ok(())),
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    info!("stopping");
    _ = sender.send(true);
    running.await.unwrap_or(Ok(()))
}

/// Runs until `stop` turns true.
///
/// # Errors
/// When it cannot start.
pub async fn run_until(
    config: Config,
    handlers: Handlers,
    role: Role,
    stop: watch::Receiver<bool>,
) -> Result<(), StartError> {
    let store = Store::open(&config).await?;
    let (handlers, metrics, kept) = (Arc::new(handlers), Metrics::new()?, Arc::new(Notify::new()));
    let (keeper, written) = Keeper::start(store.clone());
    let keeping = Keeping::connect(&config, keeper.clone()).await.map_err(StartError::Stream)?;
    let mut router = admin::router(&config, store.clone(), handlers.clone(), metrics.clone(), keeping.clone())?;
    let moving = move_in(role, &keeping, keeper, &kept, &stop);
    if role.receives() {
        let receiving = Receiving::new(&config, handlers.clone(), keeping, metrics.clone(), kept.clone())?;
        let receiving = Arc::new(receiving);
        tokio::spawn(reload(config.clone(), receiving.clone(), stop.clone()));
        router = router.merge(receive::router(receiving));
    } else {
        drop(keeping);
    }
    let worker = Worker { store: store.clone(), handlers, config: config.worker.clone(), metrics, kept };
    let working = role.works().then(|| tokio::spawn(worker.run(stop.clone())));
    if role.receives() {
        let listen = |error| StartError::Listen { address: config.listen.clone(), error };
        let listener = TcpListener::bind(&config.listen).await.map_err(listen)?;
        info!(address = %config.listen, "listening");
        server::serve(listener, router, config.limits.clone(), stop).await;
    } else {
        drop(router);
    }
    for part in [moving, working].into_iter().flatten() {
        _ = part.await;
    }
    // All that hold the keeper have ended: what they have handed to it is written.
    _ = written.await;
    store.close().await;
    Ok(())
}

/// Workers move what a stream has into the store.
#[cfg(feature = "jetstream")]
fn move_in(
    role: Role,
    keeping: &Keeping,
    keeper: Keeper,
    kept: &Arc<Notify>,
    stop: &watch::Receiver<bool>,
) -> Option<JoinHandle<()>> {
    match keeping {
        Keeping::Stream(stream, _) if role.works() => {
            Some(tokio::spawn(stream.clone().move_into(keeper, kept.clone(), stop.clone())))
        }
        _ => None,
    }
}

/// There is no stream.
#[cfg(not(feature = "jetstream"))]
fn move_in(_: Role, _: &Keeping, _: Keeper, _: &Arc<Notify>, _: &watch::Receiver<bool>) -> Option<JoinHandle<()>> {
    None
}

/// Reads the secrets again from time to time.
async fn reload(config: Config, receiving: Arc<Receiving>, mut stop: watch::Receiver<bool>) {
    let mut ticks = interval(config.reload);
    while !*stop.borrow() {
        tokio::select! {
            _ = ticks.tick() => receiving.reload(&config),
            _ = stop.changed() => {}
        }
    }
}
