//! From requests to deliveries to keep.

use crate::store::{NewDelivery, digest};
use http::Response;
use serde_json::Value;
use serde_json::value::RawValue;
use webhook_runtime::event::{Body, Event, event_type};
use webhook_runtime::{
    Algorithm, Batch, Captured, Delivery, Receive, ReceiveError, Received, Receiver, SecretError, header_text,
};

/// What is configured of a provider's receiver. It has no `Debug`, as it has secrets.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Setup {
    pub secrets: Vec<String>,
    pub unverified: bool,
    pub public_url: Option<http::Uri>,
    pub max_body: usize,
    pub order_by: Option<String>,
}

/// What a request is.
pub enum Outcome {
    /// Verified deliveries, to be kept: several of a batch.
    Keep(Vec<NewDelivery>),
    /// To be answered without keeping anything.
    Answer(Response<Vec<u8>>),
    Refused(ReceiveError),
}

/// Receives requests, with the secrets of one time.
pub type Endpoint = Box<dyn Fn(Captured) -> Outcome + Send + Sync>;

/// Prepares the receiver of a provider.
pub(crate) fn endpoint<E: Receive + Event + 'static>(setup: &Setup) -> Result<Endpoint, SecretError> {
    let receiver = match setup.unverified {
        true => Receiver::<E>::unverified(),
        false => Receiver::<E>::with_secrets(&setup.secrets)?,
    };
    let mut receiver = receiver.max_body(setup.max_body);
    if let Some(url) = &setup.public_url {
        receiver = receiver.public_url(url.clone());
    }
    let (secrets, order_by) = (setup.secrets.clone(), setup.order_by.clone());
    Ok(Box::new(move |captured| match verified(&receiver, &captured) {
        Ok(id) => keep::<E>(&without_secrets::<E>(captured, &secrets), id, order_by.as_deref()),
        Err(outcome) => outcome,
    }))
}

/// Its id; or why it has none that can be read.
type Id = Result<Option<String>, ReceiveError>;

/// What is verified is kept, whether or not it can be read: the same would come again.
fn verified<E: Receive + Event>(receiver: &Receiver<E>, captured: &Captured) -> Result<Id, Outcome> {
    match receiver.handle(captured) {
        Ok(Received::Handshake(response)) => Err(Outcome::Answer(response)),
        Ok(Received::Delivery(delivery)) if delivery.is_test => Err(Outcome::Answer(Response::default())),
        Ok(Received::Delivery(delivery)) => Ok(Ok(delivery.id)),
        Err(ReceiveError::InvalidPayload(_) | ReceiveError::Parse(_)) => {
            Ok(Delivery::<E>::from_captured(captured).map(|delivery| delivery.id))
        }
        Err(error) => Err(Outcome::Refused(error)),
    }
}

fn keep<E: Receive + Event>(captured: &Captured, id: Id, order_by: Option<&str>) -> Outcome {
    match split::<E>(captured, order_by).or_else(|| Some(vec![single::<E>(captured, id, order_by)?])) {
        Some(deliveries) => Outcome::Keep(deliveries),
        None => Outcome::Refused(ReceiveError::Incomplete),
    }
}

fn single<E: Receive + Event>(captured: &Captured, id: Id, order_by: Option<&str>) -> Option<NewDelivery> {
    let (id, unreadable) = match id {
        Ok(id) => (id, None),
        Err(error) => (None, Some(error.to_string())),
    };
    let id = id.unwrap_or_else(|| digest(&captured.body));
    let payload = unwrapped::<E>(captured).unwrap_or_default();
    Some(NewDelivery { unreadable, ..delivery::<E>(captured, &payload, id, order_by)? })
}

/// The events of a batch, each a delivery of its own, so that one that fails does not hold up the others, and one that was
/// handled is not handled again with them.
fn split<E: Receive + Event>(captured: &Captured, order_by: Option<&str>) -> Option<Vec<NewDelivery>> {
    if !E::IS_IN_BATCHES {
        return None;
    }
    let items: Vec<&RawValue> = serde_json::from_slice(&captured.body).ok()?;
    let batch = Delivery::<Batch<E>>::from_captured(captured).ok()?.event;
    let pairs = items.into_iter().zip(batch);
    let deliveries = pairs.map(|(text, item)| {
        let body = text.get().as_bytes();
        // What a header says is the same for all of them.
        let id = item.id.unwrap_or_else(|| digest(body));
        delivery::<E>(&Captured { body: body.to_vec(), ..captured.clone() }, body, id, order_by)
    });
    deliveries.collect()
}

/// None where the time it came at cannot be written.
fn delivery<E: Receive + Event>(
    captured: &Captured,
    payload: &[u8],
    delivery_id: String,
    order_by: Option<&str>,
) -> Option<NewDelivery> {
    Some(NewDelivery {
        provider: E::PROVIDER.to_owned(),
        event_type: named_in::<E>(captured, payload),
        delivery_id,
        entity: order_by.and_then(|pointer| text_at(payload, pointer)).unwrap_or_default(),
        captured: serde_json::to_string(captured).ok()?,
        received_at: captured.received_at,
        unreadable: None,
    })
}

/// The event type that a verified delivery carries; empty where it carries none.
pub(crate) fn named<E: Receive + Event>(captured: &Captured) -> String {
    unwrapped::<E>(captured).map_or_else(String::new, |payload| named_in::<E>(captured, &payload))
}

fn named_in<E: Event>(captured: &Captured, payload: &[u8]) -> String {
    event_type::<E>(Body::new(payload), |name| header_text(&captured.headers, name)).into_owned()
}

/// The payload that a body wraps.
fn unwrapped<E: Receive>(captured: &Captured) -> Option<Vec<u8>> {
    let receiver = Receiver::<E>::unverified().max_body(usize::MAX);
    Some(receiver.verify(captured).ok()?.payload.into_owned())
}

/// The text or number at a JSON pointer, which leads into JSON in strings as well.
fn text_at(payload: &[u8], pointer: &str) -> Option<String> {
    let mut value: Value = serde_json::from_slice(payload).ok()?;
    for token in pointer.split('/').skip(1) {
        if let Value::String(text) = &value {
            value = serde_json::from_str(text).ok()?;
        }
        let child = value.pointer_mut(&format!("/{token}"))?;
        value = child.take();
    }
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Tokens and passwords are part of the request. Whoever reads the store must not be able to make deliveries up.
fn without_secrets<E: Receive>(mut captured: Captured, secrets: &[String]) -> Captured {
    let holds = |text: &str| secrets.iter().any(|secret| !secret.is_empty() && text.contains(secret.as_str()));
    if matches!(E::VERIFY.algorithm, Algorithm::None | Algorithm::Shared | Algorithm::Basic { .. }) {
        captured.url = http::Uri::from_static("/");
    }
    captured.headers.remove(http::header::AUTHORIZATION);
    let named: Vec<_> = captured.headers.keys().cloned().collect();
    for name in named {
        if captured.headers.get_all(&name).iter().any(|value| value.to_str().is_ok_and(holds)) {
            captured.headers.remove(name);
        }
    }
    captured
}

#[cfg(test)]
mod tests {
    use super::text_at;

    #[test]
    fn a_pointer_leads_into_json_in_a_text() {
        let payload = br#"{"a/b":[{"c":"{\"d\":7}"}],"e":null}"#;
        for (pointer, expected) in [("/a~1b/0/c/d", Some("7")), ("/a~1b/0/x", None), ("/e", None), ("/a~1b", None)] {
            assert_eq!(text_at(payload, pointer).as_deref(), expected, "{pointer}");
        }
        assert_eq!(text_at(b"{", "/a"), None);
    }
}
