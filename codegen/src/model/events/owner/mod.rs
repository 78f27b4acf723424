//! Which webhook an event type belongs to.

mod claim;
mod conflicts;
mod event_types;
mod judge;

pub use claim::{Claim, Evidence};
pub use conflicts::{absent, unlisted};
pub use event_types::{EventTypes, allowed, event_types};
pub use judge::Judge;
