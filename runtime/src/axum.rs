//! Receiving with [`axum`](https://docs.rs/axum): a handler takes a [`Delivery`], or nothing reaches it.
//!
//! ```
//! use axum::Router;
//! use webhook_runtime::{Delivery, Receive, Receiver, SecretError};
//!
//! fn app<E>(secret: &str) -> Result<Router, SecretError>
//! where
//!     E: Receive + std::fmt::Debug + Send + 'static,
//! {
//!     let receiver = Receiver::<E>::new(secret)?;
//!     let handler = |delivery: Delivery<E>| async move { println!("{:?}", delivery.event) };
//!     Ok(Router::new().route("/hooks/{secret}", receiver.route(handler)))
//! }
//! ```
//!
//! [`route`] does the same with a receiver that several routes share. An application with a state of its own puts the
//! receiver into it (`Arc<Receiver<E>>: FromRef` of the state) and uses the extractor alone, with [`answer`] as
//! [`map_response`] if the provider asks for a certain status.
//!
//! # Handshakes
//!
//! Requests by which a provider tests the endpoint are answered, and no handler sees them.
//!
//! # Invalid payloads
//!
//! A verified delivery whose body does not fit its type would not fit the next time either, and after enough failures most
//! providers stop sending. The handler gets it as an unknown event, with the violations in [`Delivery::invalid`].
//!
//! # Long bodies
//!
//! The smallest limit counts: [`Receiver::max_body`], the application's
//! [`DefaultBodyLimit`](::axum::extract::DefaultBodyLimit), or the one of a layer such as tower-http's
//! `RequestBodyLimitLayer`. Where the application has set no `DefaultBodyLimit`, axum's 2 MB do not count. A body over it
//! is answered with 413, and at once where the request declares its length.
//!
//! # Slow senders
//!
//! A body that has not come after 30 s, or [`Receiver::read_timeout`], is answered with 408 and its connection closed.
//! It takes tokio's clock: outside of tokio there is no limit, and a runtime without `enable_time` panics.
//!
//! What comes before a body is the server's to limit, and `axum::serve` waits for the head of a request without end. A
//! proxy in front has such a limit (nginx: `client_header_timeout`), and so has hyper (`header_read_timeout`, with a timer).
//!
//! # Panics
//!
//! Where a handler of a [`route`] panics, the answer is 500; by itself axum would close the connection without any. With
//! the extractor alone, tower-http's `CatchPanicLayer` does that.

use crate::event::Expression;
use crate::receive::{Condition, Delivery, Incoming, Receive, ReceiveError, Receiver};
use ::axum::body::Body;
use ::axum::extract::{FromRef, FromRequest, Request};
use ::axum::handler::Handler;
use ::axum::http::{Method, StatusCode};
use ::axum::middleware::{from_fn, map_response};
use ::axum::response::{IntoResponse, Response};
use ::axum::routing::{MethodFilter, MethodRouter, on};
use std::sync::Arc;

mod body;
mod panic;

/// A route that takes the methods by which the provider sends ([`Receive::METHODS`]), gives the handler what is
/// verified, and turns its success into the status that the provider asks for. Any other method gets 405.
///
/// The handler may take other extractors before the [`Delivery`]; the receiver is its state. One that
/// takes `Result<Delivery<E>, ReceiveError>` sees what was refused, too. One that panics is answered for, with 500.
pub fn route<E, H, T, S>(receiver: impl Into<Arc<Receiver<E>>>, handler: H) -> MethodRouter<S>
where
    E: Receive + 'static,
    H: Handler<T, Arc<Receiver<E>>>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    let methods = E::METHODS.iter().cloned().chain(handshakes::<E>());
    let methods = methods.filter_map(|method| MethodFilter::try_from(method).ok());
    let routed = methods.reduce(MethodFilter::or).map(|filter| on(filter, handler)).unwrap_or_default();
    routed.layer(map_response(answer::<E>)).layer(from_fn(panic::answer)).with_state(receiver.into())
}

impl<E: Receive + 'static> Receiver<E> {
    /// A [`route`] for axum with this receiver: `Router::new().route("/webhooks", receiver.route(handler))`.
    pub fn route<H, T, S>(self, handler: H) -> MethodRouter<S>
    where
        H: Handler<T, Arc<Self>>,
        T: 'static,
        S: Clone + Send + Sync + 'static,
    {
        route(self, handler)
    }
}

/// The methods of requests that are no deliveries.
fn handshakes<E: Receive>() -> impl Iterator<Item = Method> {
    let conditions = E::HANDSHAKES.iter().flat_map(|handshake| handshake.when);
    conditions.filter_map(|condition| match condition {
        (Expression::Method, Condition::Is(method)) => method.parse().ok(),
        _ => None,
    })
}

/// Gives a response of success the status that the provider asks for; leaves all others alone.
pub async fn answer<E: Receive>(mut response: Response) -> Response {
    if response.status().is_success() {
        *response.status_mut() = StatusCode::from_u16(E::RESPOND.status).unwrap_or(StatusCode::OK);
    }
    response
}

/// Reads no more of the body than the receiver takes; any content type will do. A secret in the URL
/// is looked for in the path that the innermost router sees, and in the query.
impl<E, S> FromRequest<S> for Delivery<E>
where
    E: Receive,
    S: Send + Sync,
    Arc<Receiver<E>>: FromRef<S>,
{
    type Rejection = ReceiveError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ReceiveError> {
        let receiver = Arc::<Receiver<E>>::from_ref(state);
        let (parts, body) = body::read(request, receiver.max_body_size(), receiver.read_timeout).await?;
        let incoming = Incoming::from((&parts, &body));
        receiver.receive_any(&incoming)
    }
}

/// The status, and the reason as text: providers show it where their users look for failures. A handshake is answered.
impl IntoResponse for ReceiveError {
    fn into_response(self) -> Response {
        if let Self::Handshake(response) = self {
            return response.map(Body::from);
        }
        (self.status(), self.to_string()).into_response()
    }
}
