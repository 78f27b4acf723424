//! What is refused is seen, and nothing of what it holds.

use crate::fake::headers;
use crate::standard_webhooks::{Svix, VECTORS};
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber, subscriber};
use webhook_runtime::Receiver;

/// Keeps all that is logged as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{field}={value:?}").unwrap();
    }
}

#[test]
fn a_refusal_is_an_event_without_values_of_body_and_key() {
    let log = Log::default();
    let receiver = Receiver::<Svix>::new(VECTORS[0].secret).unwrap();
    subscriber::with_default(log.clone(), || {
        let forged = headers(&[("svix-id", "msg_7"), ("svix-timestamp", "soon"), ("svix-signature", "v1,c2VjcmV0")]);
        assert!(receiver.receive((&forged, b"{\"card\":\"4111\"}")).is_err());
    });
    let logged = log.0.lock().unwrap().clone();
    for expected in ["provider=\"Svix\"", "delivery_id=\"msg_7\"", "status=401", "not a whole number of seconds"] {
        assert!(logged.contains(expected), "{expected}: {logged}");
    }
    for hidden in ["4111", "c2VjcmV0", "soon", &VECTORS[0].secret[6..]] {
        assert!(!logged.contains(hidden), "{logged}");
    }
}
