//! A request whose handler panics is answered all the same.

use ::axum::extract::Request;
use ::axum::http::StatusCode;
use ::axum::middleware::Next;
use ::axum::response::{IntoResponse, Response};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// The panic has been reported by then: by the hook that prints it, or the one that the application has set.
pub(super) async fn answer(request: Request, next: Next) -> Response {
    let mut response = pin!(next.run(request));
    // After a panic it is dropped and not polled again.
    poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| response.as_mut().poll(context))).unwrap_or_else(|_| {
            Poll::Ready((StatusCode::INTERNAL_SERVER_ERROR, "the handler panicked").into_response())
        })
    })
    .await
}
