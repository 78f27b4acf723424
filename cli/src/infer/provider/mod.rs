//! provider.yaml: what headers and bodies show of event types, ids and signatures.

mod delivery_id;
mod guess;
mod signature;
#[cfg(test)]
mod tests;
mod verify;

use super::handshake::Handshake;
use super::observe::Observations;
use guess::Guess;

/// The text of provider.yaml, with a comment for each guess.
pub fn text(observed: &Observations, title: &str) -> String {
    let event_type = observed.location.as_ref().map_or_else(no_event_type, |location| Guess {
        yaml: format!("event_type: {location}"),
        reason: format!("guessed from the texts there: {}", location.reason),
    });
    let verify = verify::guess(&observed.headers);
    let delivery_id = delivery_id::guess(&observed.headers, observed.location.as_ref());
    let guesses = [Some(event_type), Some(delivery_id), Some(verify), handshakes(observed)];
    let lines = guesses.iter().flatten().map(|Guess { yaml, reason }| format!("# {reason}\n{yaml}\n"));
    format!("title: {title}\n{}", lines.collect::<String>())
}

fn handshakes(observed: &Observations) -> Option<Guess> {
    let count: u64 = observed.handshakes.values().sum();
    let items: Vec<_> = observed.handshakes.keys().map(Handshake::yaml).collect();
    (count > 0).then(|| Guess {
        yaml: format!("handshakes:\n{}", items.join("\n")),
        reason: format!("guessed from {count} of the deliveries; `reply` is what most providers want, look it up"),
    })
}

fn no_event_type() -> Guess {
    let reason = "no header and no key says which event a delivery is: name one, as in";
    Guess { yaml: "# event_type: $request.body#/type".to_owned(), reason: reason.to_owned() }
}
