//! The inbox as a provider and an operator see it, on SQLite.

#![allow(clippy::unwrap_used)]

mod faults;
mod handled;
mod inbox;
mod operated;
mod received;
