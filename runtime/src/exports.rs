//! What an application names: the root of this crate, and that of a generated one, so that it needs no other dependency.

#[cfg(feature = "axum")]
pub use crate::axum;
#[cfg(feature = "captured")]
pub use crate::captured::Captured;
pub use crate::date_time::DateTime;
pub use crate::event::{Batch, BatchItem, Drift, InvalidHeader, ParseError, Unknown};
pub use crate::integer::{Integer, NotAnInteger};
pub use crate::invalid_payload::{InvalidPayload, Violation};
pub use crate::json_text::JsonText;
pub use crate::nullable::Nullable;
pub use crate::one_or_many::OneOrMany;
pub use crate::ordered_map::OrderedMap;
pub use crate::raw_body::RawBody;
#[cfg(feature = "receive")]
pub use crate::receive::{
    Delivery, Incoming, Receive, ReceiveError, Received, Receiver, Scheme, SecretError, SignError, Signed, Signer,
    Verified, VerifyError,
};
#[cfg(feature = "receive")]
pub use http;
pub use serde_json::{Map, Number, Value};
