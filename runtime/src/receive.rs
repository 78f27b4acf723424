//! From a request to a verified, typed event.
//!
//! A [`Receiver`] checks the size, then the headers, then the signature over the bytes as they
//! came, takes the payload out of its wrapping and only then parses it: nothing that is not
//! verified is ever read.
//!
//! How a provider signs is data ([`Receive::SETTINGS`], from its `provider.yaml`); the schemes stand
//! here, each behind the feature of its name, so that only the cryptography in use is compiled:
//!
//! | feature | scheme | key |
//! |---|---|---|
//! | `standard-webhooks` | [`StandardWebhooks`] | `whsec_…` |
//! | `ed25519` | the same, with asymmetric keys | `whpk_…`, to sign also `whsk_…` |
//! | `hmac-sha256` | [`HmacSha256`] | any text |
//! | `jwt` | [`Jwt`] | a public key in PEM |
//! | `unsigned` | [`Unsigned`] | none, or a secret in the URL |
//!
//! [`StandardWebhooks`]: crate::StandardWebhooks
//! [`HmacSha256`]: crate::HmacSha256
//! [`Jwt`]: crate::Jwt
//! [`Unsigned`]: crate::Unsigned

use crate::event::Event;
use http::{HeaderName, Method};

mod delivery_id;
#[cfg(any(feature = "standard-webhooks", feature = "hmac-sha256"))]
mod digest;
mod error;
mod header;
#[cfg(feature = "hmac-sha256")]
mod hmac_sha256;
#[cfg(feature = "jwt")]
mod jwt;
mod receiver;
mod scheme;
#[cfg(any(feature = "standard-webhooks", feature = "hmac-sha256", feature = "unsigned"))]
mod secret;
#[cfg(feature = "standard-webhooks")]
mod standard_webhooks;
#[cfg(feature = "unsigned")]
mod unsigned;

pub use delivery_id::DeliveryId;
pub use error::{ReceiveError, SecretError, SignError, VerifyError};
#[cfg(feature = "hmac-sha256")]
pub use hmac_sha256::{Encoding, HmacSettings, HmacSha256};
#[cfg(feature = "jwt")]
pub use jwt::{Algorithm, Jwt, JwtSigner};
#[cfg(feature = "axum")]
pub use receiver::DEFAULT_READ_TIMEOUT;
pub use receiver::{DEFAULT_MAX_BODY, Delivery, Receiver};
pub use scheme::{DEFAULT_TOLERANCE, Incoming, Keyed, Scheme, Sign, Signed, Timed, Unkeyed, Verified};
#[cfg(feature = "standard-webhooks")]
pub use standard_webhooks::{HeaderFamily, StandardWebhooks};
#[cfg(feature = "unsigned")]
pub use unsigned::Unsigned;

/// How the deliveries of a provider are received; implemented by generated code, from the
/// provider's `provider.yaml`.
pub trait Receive: Event {
    /// How deliveries are signed.
    type Scheme: Scheme;
    /// What the scheme leaves to each provider.
    const SETTINGS: <Self::Scheme as Scheme>::Settings;
    /// The methods by which the provider sends, as its documents declare them.
    const METHODS: &'static [Method] = &[Method::POST];
    /// What is the same for all attempts of one delivery, in order of preference.
    const DELIVERY_ID: &'static [DeliveryId] = &[];
    /// The header that marks, with the value `true`, a delivery that only tests the endpoint.
    const PROBE_HEADER: Option<HeaderName> = None;
    /// What the provider takes for success.
    const RESPOND: Respond;
    /// The headers that the provider's documents declare; `()` where they declare none.
    type Headers: Send;

    /// Reads them; `header` gives the text of a header by its name in lower case. No value is refused.
    fn headers<'h>(header: impl Fn(&str) -> Option<&'h str>) -> Self::Headers;
}

/// What a provider takes for success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Respond {
    /// The HTTP status.
    pub status: u16,
    /// How soon it must come, in milliseconds; `None` where the provider does not say.
    pub within_ms: Option<u64>,
}
