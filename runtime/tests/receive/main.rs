//! Receiving, as generated code and its users see it.

#![cfg(all(
    feature = "axum",
    feature = "body-digest",
    feature = "ed25519",
    feature = "jwt",
    feature = "ring",
    feature = "sha1"
))]
#![allow(clippy::unwrap_used)]

mod axum;
mod axum_limits;
mod batch;
#[cfg(feature = "captured")]
mod captured;
mod ed25519;
mod fake;
mod form;
mod hmac_sha256;
mod jwt;
mod jwt_keys;
mod secrets;
mod standard_webhooks;
mod table;
mod tampered;
mod threads;
#[cfg(feature = "tracing")]
mod tracing;
mod unsigned;
mod wycheproof;
mod wycheproof_primitives;
