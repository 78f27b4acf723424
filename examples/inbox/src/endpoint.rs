//! From requests to deliveries to keep.

use crate::store::{NewDelivery, digest};
use http::Response;
use serde_json::value::RawValue;
use webhook_runtime::event::{Body, Event, event_type};
use webhook_runtime::{
    Algorithm, Batch, Captured, Delivery, Receive, ReceiveError, Received, Receiver, SecretError, header_text,
};

/// What is configured of a provider's receiver.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Setup {
    pub secrets: Vec<String>,
    pub unverified: bool,
    pub public_url: Option<http::Uri>,
    pub max_body: usize,
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
pub type Endpoint = Box<dyn Fn(&Captured) -> Outcome + Send + Sync>;

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
    let secrets = setup.secrets.clone();
    Ok(Box::new(move |captured| received(&receiver, captured, &secrets)))
}

/// What is verified is kept, whether or not it can be read: the same would come again.
fn received<E: Receive + Event>(receiver: &Receiver<E>, captured: &Captured, secrets: &[String]) -> Outcome {
    let id = match receiver.handle(captured) {
        Ok(Received::Handshake(response)) => return Outcome::Answer(response),
        Ok(Received::Delivery(delivery)) if delivery.probe => return Outcome::Answer(Response::default()),
        Ok(Received::Delivery(delivery)) => Ok(delivery.id),
        Err(ReceiveError::InvalidPayload(_) | ReceiveError::Parse(_)) => {
            Delivery::<E>::from_captured(captured).map(|delivery| delivery.id)
        }
        Err(error) => return Outcome::Refused(error),
    };
    let captured = without_secrets::<E>(captured.clone(), secrets);
    match split::<E>(&captured).or_else(|| Some(vec![single::<E>(&captured, id)?])) {
        Some(deliveries) => Outcome::Keep(deliveries),
        None => Outcome::Refused(ReceiveError::Incomplete),
    }
}

fn single<E: Receive + Event>(captured: &Captured, id: Result<Option<String>, ReceiveError>) -> Option<NewDelivery> {
    let (id, unreadable) = match id {
        Ok(id) => (id, None),
        Err(error) => (None, Some(error.to_string())),
    };
    let id = id.unwrap_or_else(|| digest(&captured.body));
    Some(NewDelivery { unreadable, ..delivery::<E>(captured, named::<E>(captured), id)? })
}

/// The events of a batch, each a delivery of its own, so that one that fails does not hold up the others, and one that was
/// handled is not handled again with them.
fn split<E: Receive + Event>(captured: &Captured) -> Option<Vec<NewDelivery>> {
    if !E::IS_IN_BATCHES {
        return None;
    }
    let items: Vec<&RawValue> = serde_json::from_slice(&captured.body).ok()?;
    let batch = Delivery::<Batch<E>>::from_captured(captured).ok()?.event;
    let pairs = items.into_iter().zip(batch);
    let deliveries = pairs.map(|(text, item)| {
        let body = text.get().as_bytes();
        let named = event_type::<E>(Body::new(body), |name| header_text(&captured.headers, name)).into_owned();
        // What a header says is the same for all of them.
        let id = item.id.unwrap_or_else(|| digest(body));
        delivery::<E>(&Captured { body: body.to_vec(), ..captured.clone() }, named, id)
    });
    deliveries.collect()
}

/// None where the time it came at cannot be written.
fn delivery<E: Receive>(captured: &Captured, event_type: String, delivery_id: String) -> Option<NewDelivery> {
    Some(NewDelivery {
        provider: E::PROVIDER.to_owned(),
        event_type,
        delivery_id,
        captured: serde_json::to_string(captured).ok()?,
        received_at: captured.received_at,
        unreadable: None,
    })
}

/// The event type that a verified delivery carries; empty where it carries none.
pub(crate) fn named<E: Receive + Event>(captured: &Captured) -> String {
    let unwrapping = Receiver::<E>::unverified().max_body(usize::MAX);
    let Ok(verified) = unwrapping.verify(captured) else { return String::new() };
    event_type::<E>(Body::new(&verified.payload), |name| header_text(&captured.headers, name)).into_owned()
}

/// Tokens and passwords stand in the request itself. Whoever reads the store must not be able to make deliveries up.
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
