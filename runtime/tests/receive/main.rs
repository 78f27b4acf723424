//! Receiving, as generated code and its users see it.

#![cfg(any(feature = "standard-webhooks", feature = "hmac-sha256", feature = "jwt", feature = "unsigned"))]
#![allow(clippy::unwrap_used)]

mod fake;

#[cfg(all(feature = "axum", feature = "standard-webhooks", feature = "hmac-sha256", feature = "unsigned"))]
mod axum;
#[cfg(all(feature = "axum", feature = "standard-webhooks", feature = "hmac-sha256", feature = "unsigned"))]
mod axum_limits;
#[cfg(feature = "ed25519")]
mod ed25519;
#[cfg(feature = "hmac-sha256")]
mod hmac_sha256;
#[cfg(feature = "jwt")]
mod jwt;
#[cfg(feature = "jwt")]
mod jwt_keys;
#[cfg(all(feature = "standard-webhooks", feature = "hmac-sha256", feature = "jwt", feature = "unsigned"))]
mod secrets;
#[cfg(feature = "standard-webhooks")]
mod standard_webhooks;
#[cfg(all(feature = "standard-webhooks", feature = "hmac-sha256", feature = "jwt", feature = "unsigned"))]
mod table;
#[cfg(feature = "standard-webhooks")]
mod tampered;
#[cfg(feature = "unsigned")]
mod unsigned;
#[cfg(feature = "jwt")]
mod wycheproof;
