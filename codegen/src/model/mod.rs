//! What a provider sends, as plain data in the order of its documents.

mod accessors;
mod build;
pub mod events;
mod provider;
pub mod types;

pub use crate::schema::Location;
pub use accessors::{Path, Step, accessor_type, path};
pub use build::build;
pub use events::{Batch, Event, Fallback, Header, Webhook, allowed, text_at, value_at};
pub use provider::{Document, Provider};
pub use types::{
    Constraint, Docs, Field, Limit, Measure, Presence, Rule, Shape, Struct, Type, TypeDef, TypeId, Union, Variant,
    code, code_of_name, code_span, is_valid, violations,
};
