//! A document and a provider.yaml, drafted from captured deliveries.

mod anonymize;
mod draft;
pub mod events;
pub mod evidence;
pub mod handshake;
mod headers;
mod observe;
mod payload;
mod provider;
mod shapes;
mod update;
mod widen;
mod write;

pub use draft::document;
pub use observe::{Event, Observations, observe};
pub use payload::{Payload, payload};
pub use write::{DOCUMENT, written};

use events::EventTypeLocation;

pub use update::{Update, overlay_of, update};

impl Observations {
    /// Tells maps and unions from structs, for a document that is there already.
    pub fn separate(&mut self) {
        shapes::separate(&mut self.graph);
    }

    /// Finds the shapes that recur, after all deliveries were folded.
    pub fn find_shapes(&mut self) {
        let roots: Vec<_> = self.events.iter().map(|(name, event)| (name.as_str(), event.node)).collect();
        shapes::find(&mut self.graph, &roots);
    }
}

/// The event type location that expressions name, if there are any.
///
/// # Errors
/// Where one is no expression that a delivery can answer.
pub fn location(expressions: &[String]) -> Result<Option<EventTypeLocation>, String> {
    let parsed = expressions.iter().map(|text| text.parse().map_err(|problem| format!("{text}: {problem}")));
    let expressions = parsed.collect::<Result<Vec<_>, String>>()?;
    let location = EventTypeLocation { expressions, reason: "what was said".to_owned() };
    Ok(Some(location).filter(|location| !location.expressions.is_empty()))
}
