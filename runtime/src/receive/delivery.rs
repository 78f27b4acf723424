//! What a request becomes.

use crate::invalid_payload::InvalidPayload;
use http::Response;
use std::time::SystemTime;

/// What a request is.
#[derive(Debug)]
pub enum Received<E> {
    /// An event.
    Delivery(Box<Delivery<E>>),
    /// A test of the endpoint, and the answer without which the provider does not register it.
    Handshake(Response<Vec<u8>>),
}

/// A verified event.
///
/// ```
/// use std::collections::HashSet;
/// use webhook_runtime::Delivery;
///
/// /// Providers send a delivery again until they see success: its id is what stays the same.
/// fn handle<E: std::fmt::Debug>(delivery: Delivery<E>, seen: &mut HashSet<String>) {
///     if delivery.is_test || delivery.id.is_some_and(|id| !seen.insert(id)) {
///         return;
///     }
///     println!("{:?}", delivery.event);
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Delivery<E> {
    /// What stays the same over all attempts of one delivery; `None` where the provider sends no
    /// such thing. Where it names what the event is about, as the id of a call does, several events
    /// share it: remember it together with the event type.
    pub id: Option<String>,
    /// When this attempt was signed, where the scheme signs that.
    pub timestamp: Option<SystemTime>,
    /// Whether the provider only tests the endpoint, as when it is being registered: answer with
    /// success, and do not act on the event. It is read from a header that no scheme signs.
    pub is_test: bool,
    /// The event.
    pub event: E,
    /// Why the event is `Unknown` though its type is documented: its body does not fit. Set by the extractor of axum
    /// only; [`Receiver::receive`](super::Receiver::receive) returns [`ReceiveError::InvalidPayload`](super::ReceiveError::InvalidPayload) instead.
    pub invalid: Option<Box<InvalidPayload>>,
}
