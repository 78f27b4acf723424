//! The inbox as a provider and an operator see it, on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

mod browser;
mod devtools;
mod faults;
mod handled;
mod inbox;
#[cfg(feature = "jetstream")]
#[path = "../kill/nats.rs"]
mod nats;
#[cfg(feature = "jetstream")]
mod on_jetstream;
mod on_postgres;
mod operated;
mod ordered;
mod page;
#[path = "../kill/postgres.rs"]
mod postgres;
mod received;
