//! Receiving with [`axum`](https://docs.rs/axum): a handler takes a [`Delivery`], or nothing reaches it.
//!
//! ```
//! use axum::Router;
//! use webhook_runtime::{Delivery, Receive, Receiver, SecretError};
//!
//! fn app<E>(secret: &str) -> Result<Router, SecretError>
//! where
//!     E: Receive<Scheme = webhook_runtime::Unsigned> + std::fmt::Debug + Send + 'static,
//! {
//!     let receiver = Receiver::<E>::new(secret)?;
//!     let handler = |delivery: Delivery<E>| async move { println!("{:?}", delivery.event) };
//!     Ok(Router::new().route("/hooks/{secret}", webhook_runtime::axum::route(receiver, handler)))
//! }
//! ```
//!
//! An application with a state of its own puts the receiver into it (`Arc<Receiver<E>>: FromRef` of
//! the state) and uses the extractor alone, with [`answer`] as
//! [`map_response`] if the provider asks for a certain status.

use crate::receive::{Delivery, Incoming, Receive, ReceiveError, Receiver};
use ::axum::body::{Body, Bytes, to_bytes};
use ::axum::extract::{FromRef, FromRequest, Request};
use ::axum::handler::Handler;
use ::axum::http::StatusCode;
use ::axum::middleware::map_response;
use ::axum::response::{IntoResponse, Response};
use ::axum::routing::{MethodFilter, MethodRouter, on};
use http_body_util::LengthLimitError;
use std::error::Error;
use std::sync::Arc;
use std::time::SystemTime;

/// A route that takes the methods by which the provider sends ([`Receive::METHODS`]), gives the handler what is
/// verified, and turns its success into the status that the provider asks for. Any other method gets 405.
///
/// The handler may take other extractors before the [`Delivery`]; the receiver is its state. One that
/// takes `Result<Delivery<E>, ReceiveError>` sees what was refused, too.
pub fn route<E, H, T, S>(receiver: impl Into<Arc<Receiver<E>>>, handler: H) -> MethodRouter<S>
where
    E: Receive<Scheme: Send + Sync> + 'static,
    H: Handler<T, Arc<Receiver<E>>>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    let methods = E::METHODS.iter().filter_map(|method| MethodFilter::try_from(method.clone()).ok());
    let routed = methods.reduce(MethodFilter::or).map(|filter| on(filter, handler)).unwrap_or_default();
    routed.layer(map_response(answer::<E>)).with_state(receiver.into())
}

/// Gives a response of success the status that the provider asks for; leaves all others alone.
pub async fn answer<E: Receive>(mut response: Response) -> Response {
    if response.status().is_success() {
        *response.status_mut() = StatusCode::from_u16(E::RESPOND.status).unwrap_or(StatusCode::OK);
    }
    response
}

/// Reads no more of the body than the receiver takes; any content type will do. A secret in the path
/// is looked for in the path that the innermost router sees.
impl<E, S> FromRequest<S> for Delivery<E>
where
    E: Receive<Scheme: Send + Sync>,
    S: Send + Sync,
    Arc<Receiver<E>>: FromRef<S>,
{
    type Rejection = ReceiveError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ReceiveError> {
        let receiver = Arc::<Receiver<E>>::from_ref(state);
        let (parts, body) = request.into_parts();
        let body = read(body, receiver.body_limit()).await?;
        receiver.receive_from(&Incoming {
            path: parts.uri.path(),
            headers: &parts.headers,
            body: &body,
            now: SystemTime::now(),
        })
    }
}

async fn read(body: Body, limit: usize) -> Result<Bytes, ReceiveError> {
    to_bytes(body, limit).await.map_err(|error| {
        let too_large = error.source().is_some_and(|source| source.is::<LengthLimitError>());
        if too_large { ReceiveError::TooLarge { limit } } else { ReceiveError::Incomplete }
    })
}

/// The status, and the reason as text: providers show it where their users look for failures.
impl IntoResponse for ReceiveError {
    fn into_response(self) -> Response {
        (self.status(), self.to_string()).into_response()
    }
}
