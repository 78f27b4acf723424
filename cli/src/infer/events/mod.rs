//! Which event a delivery is: where deliveries say it.
//!
//! What the generator finds in documents is found in deliveries here: a header, a location in the body, or a pair of them
//! of which one says what and the other what happened to it.

mod label;
mod location;
mod names;
mod sample;
mod score;
#[cfg(test)]
mod tests;

pub use label::{is_id, is_label};
pub use location::{EventTypeLocation, expression};
pub use names::is_generic_header;
pub use sample::{Sample, SampledEvent};

/// The event type location that the sampled deliveries show, if they show one.
pub fn find(sample: &Sample) -> Option<EventTypeLocation> {
    score::find(sample.sampled())
}
