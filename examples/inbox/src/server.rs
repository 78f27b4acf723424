//! The port: a bounded number of connections, each with a bounded time for the head of a request.

use crate::config::Limits;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tracing::{debug, warn};

/// Serves until it is told to stop, then finishes the requests that it has taken.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut stop: watch::Receiver<bool>) {
    let connections = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    while !*stop.borrow() {
        let accepted = async {
            // Beyond the limit, connections wait in the kernel's queue.
            let slot = connections.clone().acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, accepted) = tokio::select! {
            accepted = accepted => accepted,
            _ = stop.changed() => continue,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = graceful.watch(connection(stream, router.clone(), limits.head_within));
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        debug!(%error, "a connection closed early");
                    }
                    drop(slot);
                });
            }
            Err(error) => {
                warn!(%error, "cannot accept connections");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    if timeout(limits.shutdown_within, graceful.shutdown()).await.is_err() {
        warn!("some requests were not finished in time");
    }
}

fn connection(
    stream: TcpStream,
    router: Router,
    head_within: Duration,
) -> http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>> {
    // An answer is one small packet.
    _ = stream.set_nodelay(true);
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_within)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
}
