//! What the inbox knows of a provider: how to receive its deliveries and how to hand them over, whatever its types.

use crate::handler::{Context, Failure, Handler, Slot};
use crate::store::{Claimed, NewDelivery, Store, digest};
use crate::view::{View, view};
use futures_util::future::BoxFuture;
use http::{Method, Response, StatusCode};
use std::sync::Arc;
use webhook_runtime::event::{Body, Event, event_type};
use webhook_runtime::{
    Algorithm, Captured, Delivery, Receive, ReceiveError, Received, Receiver, Respond, SecretError, header_text,
};

/// A provider with its handler.
pub struct Provider {
    pub name: &'static str,
    pub respond: Respond,
    pub(crate) methods: &'static [Method],
    pub(crate) endpoint: fn(&Setup) -> Result<Endpoint, SecretError>,
    handle: Arc<dyn Fn(Handover) -> Handing + Send + Sync>,
    view: fn(&Captured) -> View,
}

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
    /// A verified delivery, to be kept.
    Keep(Box<NewDelivery>),
    /// To be answered without keeping anything.
    Answer(Response<Vec<u8>>),
    Refused(ReceiveError),
}

/// Receives requests, with the secrets of one time.
pub type Endpoint = Box<dyn Fn(&Captured) -> Outcome + Send + Sync>;

/// A delivery to hand over.
pub(crate) struct Handover {
    pub claimed: Claimed,
    pub store: Store,
}

/// The handler's future, and where it leaves its transaction; or why there is none.
pub(crate) type Handing = Result<(BoxFuture<'static, Result<(), Failure>>, Slot), Failure>;

impl Provider {
    pub(crate) fn new<E: Receive + Event + Send + 'static>(handler: impl Handler<E>) -> Self {
        Self {
            name: E::PROVIDER,
            respond: E::RESPOND,
            methods: if E::HANDSHAKES.is_empty() { E::METHODS } else { &[] },
            endpoint: endpoint::<E>,
            view: view::<E>,
            handle: Arc::new(move |handover| handed_over(&handler, handover)),
        }
    }

    pub(crate) fn handle(&self, handover: Handover) -> Handing {
        (self.handle)(handover)
    }

    /// What a kept delivery is.
    pub fn view(&self, captured: &Captured) -> View {
        (self.view)(captured)
    }

    /// Whether requests with this method are for the receiver. Handshakes come with any.
    pub(crate) fn takes(&self, method: &Method) -> bool {
        self.methods.is_empty() || self.methods.contains(method)
    }

    /// The status by which the provider knows success.
    pub(crate) fn success(&self) -> StatusCode {
        StatusCode::from_u16(self.respond.status).unwrap_or(StatusCode::OK)
    }
}

fn endpoint<E: Receive + Event + 'static>(setup: &Setup) -> Result<Endpoint, SecretError> {
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
    let (id, unreadable) = match id {
        Ok(id) => (id, None),
        Err(error) => (None, Some(error.to_string())),
    };
    match serde_json::to_string(&without_secrets::<E>(captured.clone(), secrets)) {
        Ok(line) => Outcome::Keep(Box::new(NewDelivery {
            provider: E::PROVIDER.to_owned(),
            event_type: named::<E>(captured),
            delivery_id: id.unwrap_or_else(|| digest(&captured.body)),
            captured: line,
            received_at: captured.received_at,
            unreadable,
        })),
        Err(_) => Outcome::Refused(ReceiveError::Incomplete),
    }
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

fn handed_over<E: Receive + Event + Send + 'static>(handler: &impl Handler<E>, handover: Handover) -> Handing {
    let captured: Captured = serde_json::from_str(&handover.claimed.captured)?;
    let delivery = Delivery::<E>::from_captured(&captured)?;
    let (context, slot) = Context::new(handover.store, &handover.claimed, captured, delivery.invalid);
    Ok((handler.call(delivery.event, context), slot))
}
