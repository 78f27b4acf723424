//! What the inbox knows of a provider: how to receive its deliveries and how to hand them over, whatever its types.

use crate::endpoint::{Endpoint, Setup, endpoint};
use crate::handler::{Context, Failure, Handler, Slot};
use crate::store::{Claimed, Store};
use crate::view::{View, view};
use futures_util::future::BoxFuture;
use http::{Method, StatusCode};
use std::sync::Arc;
use webhook_runtime::event::Event;
use webhook_runtime::{Captured, Delivery, Receive, Respond, SecretError};

/// A provider with its handler.
pub struct Provider {
    pub name: &'static str,
    pub respond: Respond,
    pub(crate) methods: &'static [Method],
    pub(crate) endpoint: fn(&Setup) -> Result<Endpoint, SecretError>,
    handle: Arc<dyn Fn(Handover) -> Handing + Send + Sync>,
    view: fn(&Captured) -> View,
}

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

fn handed_over<E: Receive + Event + Send + 'static>(handler: &impl Handler<E>, handover: Handover) -> Handing {
    let captured: Captured = serde_json::from_str(&handover.claimed.captured)?;
    let delivery = Delivery::<E>::from_captured(&captured)?;
    let (context, slot) = Context::new(handover.store, &handover.claimed, captured, delivery.invalid);
    Ok((handler.call(delivery.event, context), slot))
}
