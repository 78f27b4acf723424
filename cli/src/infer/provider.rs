//! provider.yaml: what headers and bodies show of signatures and ids.

use super::observe::Observed;
use std::fmt::Write;

/// The text of provider.yaml, with a comment for each guess.
pub fn text(observed: &Observed, title: &str) -> String {
    let mut text = format!("title: {title}\n");
    if let Some(location) = &observed.location {
        _ = writeln!(text, "# guessed from {}\nevent_type: {location}", location.reason);
    }
    text
}
