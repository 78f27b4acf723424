//! Wire names to Rust identifiers: the only place that knows keywords, case and collisions.
//!
//! A name depends on the wire name and on the names it collides with, never on the order of a
//! document: reordering it renames nothing.

mod case;
mod scope;

pub use scope::{bindings, events, fields, module, modules, provider, types, values, variants};
