//! Which webhook an event type belongs to.

mod conflicts;
mod event_types;
mod judge;

pub use conflicts::{absent, unlisted};
pub use event_types::{EventTypes, allowed, event_types};
pub use judge::{Claim, Evidence, Judge};
