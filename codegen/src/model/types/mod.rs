//! The types of a provider's bodies: schemas to types, and what can be asked of a type.

mod builder;
mod constraint;
mod constraints;
mod cycles;
mod def;
mod docs;
mod equality;
mod label;
mod lookup;
mod markdown;
mod names;
mod nullability;
mod shapes;
mod sharing;
mod table;
mod tag;
mod ty;
mod union;
mod validation;

pub use builder::{Builder, Scope};
pub use constraint::{Constraint, Limit, Measure, Rule};
pub use cycles::break_cycles;
pub use def::{Docs, Field, Shape, Struct, TypeDef, Union, Variant};
pub use equality::are_equal;
pub use lookup::Occurrence;
pub use markdown::{code, code_of_name, code_span};
pub use nullability::without_null;
pub use table::{Presence, Types};
pub use tag::bind as bind_tags;
pub use ty::{Type, TypeId};
pub use validation::{is_valid, violations};
