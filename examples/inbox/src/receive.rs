//! Receiving: verify, keep, answer. Whatever comes after that is the workers'.

use crate::body;
use crate::config::{Config, ConfigError, Limits};
use crate::endpoint::{Endpoint, Outcome, Setup};
use crate::handler::Handlers;
use crate::keeping::Keeping;
use crate::metrics::Metrics;
use crate::store::{NewDelivery, NotKept};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::any;
use futures_util::future::try_join_all;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;
use tokio::sync::Notify;
use tracing::field::Empty;
use tracing::{Instrument, Span, debug, error, info, info_span, warn};
use webhook_runtime::{Captured, ReceiveError};

/// What all requests share.
pub struct Receiving {
    handlers: Arc<Handlers>,
    limits: Limits,
    endpoints: RwLock<HashMap<&'static str, (Setup, Arc<Endpoint>)>>,
    keeping: Keeping,
    metrics: Metrics,
    kept: Arc<Notify>,
}

impl Receiving {
    /// Prepares the receivers of all providers that the configuration names.
    ///
    /// # Errors
    /// When a provider has no handler, or its secrets cannot be used.
    pub fn new(
        config: &Config,
        handlers: Arc<Handlers>,
        keeping: Keeping,
        metrics: Metrics,
        kept: Arc<Notify>,
    ) -> Result<Self, ConfigError> {
        if let Some(provider) = config.providers.keys().find(|name| handlers.of(name).is_none()) {
            return Err(ConfigError::UnknownProvider { provider: provider.clone() });
        }
        let limits = config.limits.clone();
        let receiving = Self { handlers, limits, endpoints: RwLock::default(), keeping, metrics, kept };
        for provider in config.providers.keys() {
            receiving.prepare(config, provider)?;
        }
        Ok(receiving)
    }

    /// Reads the secrets again. Where they cannot be used, those before stay in force.
    pub fn reload(&self, config: &Config) {
        for provider in config.providers.keys() {
            match self.prepare(config, provider) {
                Ok(true) => info!(provider, "the secrets have changed"),
                Ok(false) => {}
                Err(error) => error!(provider, %error, "the secrets cannot be used; those before stay in force"),
            }
        }
    }

    /// Whether anything has changed.
    fn prepare(&self, config: &Config, name: &str) -> Result<bool, ConfigError> {
        let Some(provider) = self.handlers.of(name) else { return Ok(false) };
        let setup = config.setup(name)?;
        let is_same = |(before, _): &(Setup, Arc<Endpoint>)| *before == setup;
        if self.endpoints.read().unwrap_or_else(PoisonError::into_inner).get(name).is_some_and(is_same) {
            return Ok(false);
        }
        let endpoint = (provider.endpoint)(&setup)
            .map_err(|error| ConfigError::Provider { provider: name.to_owned(), error: error.to_string() })?;
        let mut endpoints = self.endpoints.write().unwrap_or_else(PoisonError::into_inner);
        endpoints.insert(provider.name, (setup, Arc::new(endpoint)));
        Ok(true)
    }

    fn endpoint(&self, provider: &str) -> Option<Arc<Endpoint>> {
        let endpoints = self.endpoints.read().unwrap_or_else(PoisonError::into_inner);
        endpoints.get(provider).map(|(_, endpoint)| endpoint.clone())
    }

    /// Answers a request; the outcome for the figures.
    async fn answer(&self, name: &str, request: Request) -> (&'static str, Response<Body>) {
        let (Some(endpoint), Some(provider)) = (self.endpoint(name), self.handlers.of(name)) else {
            return ("no provider", StatusCode::NOT_FOUND.into_response());
        };
        if !provider.takes(request.method()) {
            return ("method", StatusCode::METHOD_NOT_ALLOWED.into_response());
        }
        let captured = match body::captured(request, self.limits.max_body, self.limits.body_within).await {
            Ok(captured) => captured,
            Err(error) => return refused(&error),
        };
        match received(endpoint, captured).await {
            Outcome::Answer(response) => ("handshake", response.map(Body::from)),
            Outcome::Refused(error) => refused(&error),
            Outcome::Keep(deliveries) => self.keep(deliveries, provider.success()).await,
        }
    }

    /// Only what is kept is answered with success; of a batch, all of it.
    async fn keep(&self, deliveries: Vec<NewDelivery>, success: StatusCode) -> (&'static str, Response<Body>) {
        let kept = try_join_all(deliveries.into_iter().map(|delivery| self.keep_one(delivery))).await;
        match kept {
            Ok(new) => {
                self.kept.notify_one();
                (if new.contains(&true) { "kept" } else { "repeated" }, success.into_response())
            }
            Err(error) => {
                let retry = [(header::RETRY_AFTER, "5")];
                ("not kept", (StatusCode::SERVICE_UNAVAILABLE, retry, error.to_string()).into_response())
            }
        }
    }

    async fn keep_one(&self, delivery: NewDelivery) -> Result<bool, NotKept> {
        let (event_type, id) = (delivery.event_type.clone(), delivery.delivery_id.clone());
        let kept = self.keeping.keep(delivery, self.limits.keep_within).await;
        match kept {
            Ok(is_new) => debug!(messaging.message.id = id, inbox.event_type = event_type, is_new, "kept"),
            Err(_) => warn!(messaging.message.id = id, inbox.event_type = event_type, "not kept"),
        }
        kept
    }
}

/// Long bodies take milliseconds to verify and parse; others wait for nothing meanwhile.
async fn received(endpoint: Arc<Endpoint>, captured: Captured) -> Outcome {
    const LONG: usize = 64 << 10;
    if captured.body.len() < LONG {
        return endpoint(captured);
    }
    let outcome = tokio::task::spawn_blocking(move || endpoint(captured)).await;
    outcome.unwrap_or(Outcome::Refused(ReceiveError::Incomplete))
}

fn refused(error: &ReceiveError) -> (&'static str, Response<Body>) {
    debug!(reason = %error, "refused");
    let mut response = (error.status(), error.to_string()).into_response();
    if matches!(error, ReceiveError::TooSlow { .. } | ReceiveError::TooLarge { .. }) {
        // What is left of the body is not read.
        response.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
    }
    ("refused", response)
}

/// Named by OpenTelemetry's conventions for HTTP. The path is left out: it may hold a secret.
fn span(provider: &'static str, method: &Method) -> Span {
    info_span!(
        "receive",
        otel.kind = "server",
        http.request.method = method.as_str(),
        http.route = "/hooks/{provider}",
        http.response.status_code = Empty,
        inbox.provider = provider,
        inbox.outcome = Empty,
    )
}

/// A route for each provider: `/hooks/<provider>`, and below it for secrets in the URL.
pub fn router(receiving: Arc<Receiving>) -> Router {
    let hook = |State(receiving): State<Arc<Receiving>>, Path(path): Path<String>, request: Request| async move {
        let started = Instant::now();
        let name = path.split('/').next().unwrap_or_default();
        let provider = receiving.handlers.of(name).map_or("", |provider| provider.name);
        let span = span(provider, request.method());
        let (outcome, response) = receiving.answer(name, request).instrument(span.clone()).await;
        span.record("http.response.status_code", response.status().as_u16()).record("inbox.outcome", outcome);
        receiving.metrics.request(provider, outcome, started.elapsed());
        response
    };
    Router::new().route("/hooks/{*path}", any(hook)).with_state(receiving)
}
