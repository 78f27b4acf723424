//! From a request to a verified, typed event.
//!
//! A [`Receiver`] checks the size, then the headers, then the signature over the bytes as they
//! came, takes the payload out of its wrapping and only then parses it: nothing that is not
//! verified is ever read.
//!
//! ```
//! # mod shop {
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs"));
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/receive/shop.rs"));
//! # }
//! # use webhook_runtime::http;
//! use shop::{Event, Receiver}; // a generated module
//!
//! let receiver = Receiver::new("a secret")?;
//! # let signed = receiver.sign("delivery-1", std::time::SystemTime::now(), br#"{"total": 1250}"#)?;
//! # let mut request = http::Request::post("/hooks").header("shop-event", "order.paid").body(signed.body)?;
//! # request.headers_mut().extend(signed.headers);
//!
//! let delivery = receiver.receive(&request)?;
//! match delivery.event {
//!     Event::OrderPaid(order) => println!("paid: {order:?}"),
//!     Event::Unknown(event) => println!("not documented: {}", event.event_type),
//!     # _ => unreachable!(),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//! How a provider signs is data ([`Receive::VERIFY`], from its `provider.yaml`), and so are the requests by which it tests
//! an endpoint ([`Receive::HANDSHAKES`]). One mechanism does what they say. The cryptography is behind features, so
//! that only what is in use is compiled:
//!
//! | feature | what it is for |
//! |---|---|
//! | `hmac` | HMAC and plain digests, with SHA-256, SHA-384 and SHA-512 |
//! | `sha1` | the same with SHA-1 |
//! | `ed25519` | ed25519; `whpk_…` of Standard Webhooks, `EdDSA` of tokens |
//! | `ring` | RSA and ECDSA P-256 |
//! | `jwt` | JSON Web Tokens, by the algorithms of the other features |
//! | `captured` | requests that are stored and parsed later |
//! | `tracing` | an event for each request that is refused |
//!
//! Tokens in a header, HTTP Basic and secrets in the URL need none of them.

use crate::event::{Batch, Event, ReadBody};
use http::{HeaderName, Method};

mod clock;
mod delivery;
mod delivery_id;
mod encoding;
mod engine;
mod error;
mod format;
mod handshake;
mod header;
#[cfg(feature = "jwt")]
mod jwt;
mod key;
mod message;
mod receiver;
mod request;
mod scheme;
mod secret;
mod shared;
mod signer;
mod trace;
mod verifier;
mod verify;
mod watch;

use clock::Clock;
pub use delivery::{Delivery, Received};
#[doc(hidden)]
pub use delivery_id::DeliveryId;
pub use error::{ReceiveError, SecretError, SignError, VerifyError};
#[doc(hidden)]
pub use handshake::{Condition, Handshake, Reply};
#[doc(hidden)]
pub use header::text as header_text;
#[cfg(feature = "axum")]
pub use receiver::DEFAULT_READ_TIMEOUT;
pub use receiver::{DEFAULT_MAX_BODY, Receiver};
pub use request::Incoming;
pub use scheme::{DEFAULT_TOLERANCE, Scheme, Signed, Verified};
pub use signer::Signer;
#[doc(hidden)]
pub use verifier::{Checked, Verifier};
#[doc(hidden)]
pub use verify::{Algorithm, Encoding, Field, Format, Hash, KeyForm, Part, Slot, Token, Tolerance, Unit, Verify};

/// How the deliveries of a provider are received; implemented by generated code, from the
/// provider's `provider.yaml`.
pub trait Receive: ReadBody {
    /// What the provider is called in logs.
    const PROVIDER: &'static str;
    /// How deliveries are signed.
    const VERIFY: Verify;
    /// How the provider tests an endpoint.
    const HANDSHAKES: &'static [Handshake] = &[];
    /// The methods by which the provider sends, as its documents declare them.
    const METHODS: &'static [Method] = &[Method::POST];
    /// What is the same for all attempts of one delivery, in order of preference.
    const DELIVERY_ID: &'static [DeliveryId] = &[];
    /// The header that marks, with the value `true`, a delivery that only tests the endpoint.
    const TEST_HEADER: Option<HeaderName> = None;
    /// What the provider takes for success.
    const RESPOND: Respond;
}

/// As the events of the provider are received one by one.
impl<E: Receive + Event> Receive for Batch<E> {
    const PROVIDER: &'static str = E::PROVIDER;
    const VERIFY: Verify = E::VERIFY;
    const HANDSHAKES: &'static [Handshake] = E::HANDSHAKES;
    const METHODS: &'static [Method] = E::METHODS;
    const DELIVERY_ID: &'static [DeliveryId] = E::DELIVERY_ID;
    const TEST_HEADER: Option<HeaderName> = E::TEST_HEADER;
    const RESPOND: Respond = E::RESPOND;
}

/// What a provider takes for success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Respond {
    /// The HTTP status.
    pub status: u16,
    /// How soon it must come, in milliseconds; `None` where the provider does not say.
    pub within_ms: Option<u64>,
}
