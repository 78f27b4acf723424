//! What a webhook crate that [`webhook-codegen`](https://docs.rs/webhook-codegen) has generated needs at run time: field types
//! that lose nothing of a JSON body, errors that say what does not fit, and the verification of signatures.
//!
//! An application depends on the generated crate, which re-exports what is listed here. Reading a body gives a variant of the
//! provider's `Event`; writing it gives the same JSON:
//!
//! ```
//! # mod shop { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs")); }
//! use shop::Event; // a generated module
//!
//! let body = br#"{"total": 1250, "discount": 1.0}"#;
//! let event = Event::from_slice_as("order.paid", body)?;
//! let Event::OrderPaid(order) = &event else { panic!("another event") };
//! assert_eq!(order.get("total").and_then(|total| total.as_i64()), Some(1250));
//! assert_eq!(serde_json::to_string(&event)?, r#"{"total":1250,"discount":1.0}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - In payloads: [`Nullable`], [`Integer`], [`DateTime`], [`JsonText`], [`OneOrMany`], [`OrderedMap`].
//! - Beside them: [`Unknown`] for events that no document describes, [`Batch`] for several events in one body.
//! - What can be wrong with a body: [`ParseError`], and in it [`InvalidPayload`] with its [`Violation`]s.
#![cfg_attr(
    feature = "receive",
    doc = "- Receiving: a [`Receiver`] makes a [`Delivery`] of a request; [`receive`] has the features."
)]
#![cfg_attr(feature = "axum", doc = "- With axum: the module [`axum`].")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "captured")]
mod captured;
mod date_time;
#[doc(hidden)]
pub mod de;
#[doc(hidden)]
pub mod event;
#[doc(hidden)]
pub mod exports;
mod integer;
mod invalid_payload;
mod json;
mod json_text;
mod nullable;
mod one_or_many;
mod ordered_map;
mod pointer;
mod raw_body;
#[cfg(feature = "receive")]
pub mod receive;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod ser;

#[doc(hidden)]
pub use event::Expression;
#[doc(inline)]
pub use exports::*;
#[cfg(feature = "receive")]
#[doc(hidden)]
pub use receive::*;
