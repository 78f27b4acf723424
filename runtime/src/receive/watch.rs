//! Whoever wants to know of what no document declares.

use super::{Incoming, Receive, Receiver, header};
use crate::event::{Body, Drift};

/// What is called for an event that has something its document does not declare.
pub(super) type Watch = dyn Fn(&Drift) + Send + Sync;

impl<E: Receive> Receiver<E> {
    /// Calls `watch` for each event that has something its document does not declare: for counters, or a line in a log. A
    /// second walk through the body pays for it.
    #[must_use]
    pub fn on_drift(mut self, watch: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        self.watch = Some(Box::new(watch));
        self
    }

    pub(super) fn watch(&self, body: Body<'_>, incoming: &Incoming<'_>) {
        let Some(watch) = &self.watch else { return };
        let drift = E::drift(body, |name| header::text(incoming.headers, name));
        drift.iter().filter(|drift| !drift.is_empty()).for_each(watch);
    }
}
