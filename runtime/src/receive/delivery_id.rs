//! What tells a delivery from others, and not from its own repeats.

use super::{Receive, Verified, header};
use crate::event::{Body, Expression};
use http::HeaderMap;

/// What is the same for all attempts of one delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryId {
    /// A value in the request.
    At(Expression),
    /// The SHA-256 digest of the body, in hexadecimal: for providers that send no id and repeat the same bytes.
    #[cfg(feature = "body-digest")]
    BodyDigest,
}

/// The first id that a delivery brings. What the scheme signs comes before a header that anybody could have changed.
pub(super) fn of<E: Receive>(verified: &Verified<'_>, body: Body<'_>, headers: &HeaderMap) -> Option<String> {
    let signed = || verified.id.map(str::to_owned);
    let found = |id: &DeliveryId| match id {
        DeliveryId::At(Expression::Header(_)) if verified.id.is_some() => signed(),
        DeliveryId::At(at) => {
            let value = at.evaluate(body, |name| header::text(headers, name));
            value.filter(|value| !value.is_empty()).map(|value| value.into_owned())
        }
        #[cfg(feature = "body-digest")]
        DeliveryId::BodyDigest => Some(hexadecimal(&verified.payload)),
    };
    E::DELIVERY_ID.iter().find_map(found).or_else(signed)
}

/// The first id that one of several events brings: what headers say is the same for all of them.
pub(super) fn of_item<E: Receive>(item: Body<'_>) -> Option<String> {
    let found = |id: &DeliveryId| match id {
        DeliveryId::At(at) => {
            at.evaluate(item, |_| None).filter(|value| !value.is_empty()).map(|value| value.into_owned())
        }
        #[cfg(feature = "body-digest")]
        DeliveryId::BodyDigest => Some(hexadecimal(item.bytes())),
    };
    E::DELIVERY_ID.iter().find_map(found)
}

#[cfg(feature = "body-digest")]
fn hexadecimal(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
