//! The inbox as a provider and an operator see it, on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

mod faults;
mod handled;
mod inbox;
mod on_postgres;
mod operated;
mod page;
#[path = "../kill/postgres.rs"]
mod postgres;
mod received;
