//! `/healthz`, and behind a token the page and `/metrics`.

use crate::config::{Config, ConfigError, Secret};
use crate::handler::Handlers;
use crate::keeping::Keeping;
use crate::metrics::Metrics;
use crate::page;
use crate::store::Store;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::time::timeout;

/// What its routes share.
#[derive(Clone)]
pub(crate) struct Admin {
    pub store: Store,
    pub handlers: Arc<Handlers>,
    metrics: Metrics,
    token: Secret,
}

/// The routes that are not for providers.
///
/// # Errors
/// When the token cannot be read.
pub fn router(
    config: &Config,
    store: Store,
    handlers: Arc<Handlers>,
    metrics: Metrics,
    keeping: Keeping,
) -> Result<Router, ConfigError> {
    let health = Router::new().route("/healthz", get(healthz)).with_state((keeping, store.clone()));
    let Some(token) = config.token.clone() else { return Ok(health) };
    token.read()?;
    let admin = Admin { store, handlers, metrics, token };
    let guarded = page::router().route("/metrics", get(figures)).layer(from_fn_with_state(admin.clone(), guard));
    Ok(health.merge(guarded.with_state(admin)))
}

/// Whether deliveries can be kept now.
async fn healthz(State((keeping, store)): State<(Keeping, Store)>) -> Response {
    match timeout(Duration::from_secs(1), keeping.is_up(&store)).await {
        Ok(true) => "ok".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer").into_response(),
    }
}

async fn figures(State(admin): State<Admin>) -> Response {
    let counts = admin.store.counts().await.unwrap_or_default();
    match admin.metrics.text(&counts) {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// The token, as a bearer or as the password of HTTP Basic, which browsers ask for.
async fn guard(State(admin): State<Admin>, request: Request, next: Next) -> Response {
    // Read each time, since it may be rotated.
    match admin.token.read() {
        Ok(token) if is_authorized(request.headers(), &token) => next.run(request).await,
        _ => (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Basic realm=\"inbox\"")]).into_response(),
    }
}

fn is_authorized(headers: &HeaderMap, token: &str) -> bool {
    let Some(value) = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) else { return false };
    let given = match value.split_once(' ') {
        Some(("Bearer", given)) => Some(given.trim().as_bytes().to_vec()),
        Some(("Basic", given)) => password(given.trim()),
        _ => None,
    };
    given.is_some_and(|given| given.ct_eq(token.as_bytes()).into())
}

fn password(given: &str) -> Option<Vec<u8>> {
    let decoded = STANDARD.decode(given).ok()?;
    let colon = decoded.iter().position(|byte| *byte == b':')?;
    Some(decoded[colon + 1..].to_vec())
}
