//! What the command `webhook-codegen` is made of. It is a library only for its own tests and for the workshop: no version
//! promises anything to others.
#![warn(missing_docs)]

mod annotations;
pub mod capture;
pub mod catalog;
pub mod check;
mod command;
pub mod delivery;
pub mod diff;
pub mod drift;
pub mod infer;

pub use command::run;
