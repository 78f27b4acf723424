//! provider.yaml: what headers and bodies show of event types, ids and signatures.

mod delivery_id;
mod guess;
mod signature;
#[cfg(test)]
mod tests;
mod verify;

use super::observe::Observed;
use guess::Guess;

/// The text of provider.yaml, with a comment for each guess.
pub fn text(observed: &Observed, title: &str) -> String {
    let event_type = observed.location.as_ref().map_or_else(no_event_type, |location| Guess {
        yaml: format!("event_type: {location}"),
        reason: format!("guessed from the texts there: {}", location.reason),
    });
    let guesses = [event_type, delivery_id::guess(&observed.headers), verify::guess(&observed.headers)];
    let lines = guesses.iter().map(|Guess { yaml, reason }| format!("# {reason}\n{yaml}\n"));
    format!("title: {title}\n{}", lines.collect::<String>())
}

fn no_event_type() -> Guess {
    let reason = "no header and no key says which event a delivery is: name one, as in";
    Guess { yaml: "# event_type: $request.body#/type".to_owned(), reason: reason.to_owned() }
}
