//! Deliveries that are sent on to an application.

use super::super::send::http::{self, OF_CONNECTION};
use std::sync::Arc;
use tokio::sync::Semaphore;
use webhook_runtime::Captured;
use webhook_runtime::http::{Request, Uri};

/// So many wait for an answer at once; further ones are not sent on.
const WAITING: usize = 64;

pub(super) struct Forward {
    to: Uri,
    waiting: Arc<Semaphore>,
}

impl Forward {
    pub fn new(to: Uri) -> Self {
        Self { to, waiting: Arc::new(Semaphore::new(WAITING)) }
    }

    /// Sends a delivery on while the provider has its answer already, and says what the application answers.
    pub fn send(&self, captured: Captured, say: impl FnOnce(&str) + Send + 'static) {
        let Ok(permit) = Arc::clone(&self.waiting).try_acquire_owned() else {
            return say(&format!("not forwarded: {WAITING} deliveries wait for an answer"));
        };
        let to = self.to.clone();
        tokio::task::spawn_blocking(move || {
            say(&format!("forwarded to {to}: {}", answer(captured, to.clone())));
            drop(permit);
        });
    }
}

fn answer(captured: Captured, to: Uri) -> String {
    let mut request = Request::new(captured.body);
    (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (captured.method, to, captured.headers);
    for name in OF_CONNECTION {
        request.headers_mut().remove(name);
    }
    match http::send(request, http::PATIENCE) {
        Ok(http::Outcome::Answered(answer)) => format!("{} after {} ms", answer.status, answer.after.as_millis()),
        Ok(http::Outcome::Silent { problem, after }) => format!("no answer after {} ms: {problem}", after.as_millis()),
        Err(problem) => format!("no connection: {problem}"),
    }
}
