//! A durable inbox for webhooks: copy it, set secrets, write handlers.

pub mod admin;
pub mod app;
mod body;
pub mod config;
pub mod endpoint;
pub mod handler;
pub mod keeping;
pub mod metrics;
mod page;
pub mod provider;
pub mod receive;
pub mod server;
mod start;
pub mod store;
#[cfg(feature = "jetstream")]
pub mod stream;
pub mod view;
pub mod worker;

pub use app::{Role, run};
pub use config::Config;
pub use handler::{Context, Failure, Handlers};
pub use start::start;
