//! An event for each request that is refused.

#[cfg(feature = "tracing")]
use super::{DeliveryId, header};
use super::{Incoming, Receive, ReceiveError};
#[cfg(feature = "tracing")]
use crate::event::Expression;

/// Of the request no more than the delivery's id, if it is in a header. The reason names headers and JSON pointers,
/// never a value of the body or a key.
#[cfg(feature = "tracing")]
pub(super) fn refused<E: Receive>(error: &ReceiveError, incoming: &Incoming<'_>) {
    if matches!(error, ReceiveError::Handshake(_)) {
        return;
    }
    let id = E::DELIVERY_ID.iter().find_map(|id| match id {
        DeliveryId::At(Expression::Header(name)) => header::text(incoming.headers, name),
        _ => None,
    });
    let (provider, status) = (E::PROVIDER, error.status().as_u16());
    tracing::warn!(target: "webhook", provider, delivery_id = id, status, reason = %error, "refused a webhook");
}

#[cfg(not(feature = "tracing"))]
pub(super) fn refused<E: Receive>(_: &ReceiveError, _: &Incoming<'_>) {}
