//! The events of a provider: which there are, and how to find out which one a delivery is.
//!
//! - `location`: where in a delivery the event type is found, by an ordered list of strategies.
//! - `owner`: which webhook an event type belongs to, by an ordered list of evidence.
//! - `remainder`: bodies without an event type, or with one that no schema lists.
//! - `batch`: bodies that hold several events.
//! - `inference`: all of it, one after the other.

mod api;
mod batch;
mod body_value;
mod event;
mod example;
mod group;
mod header;
mod inference;
mod location;
mod owner;
mod remainder;
#[cfg(test)]
mod tests;
mod webhook;

pub use api::Api;
pub use batch::split;
pub use body_value::{text_at, value_at};
pub use event::{Event, Fallback};
pub use header::{Header, headers};
pub use inference::{Inference, infer};
pub use owner::allowed;
pub use webhook::{Batch, Webhook, webhooks};
