//! A body of a request, within limits of length and time.

use crate::receive::ReceiveError;
use ::axum::RequestExt;
use ::axum::body::{Body, Bytes, HttpBody, to_bytes};
use ::axum::extract::{DefaultBodyLimit, Request};
use ::axum::http::Extensions;
use ::axum::http::header::CONTENT_LENGTH;
use ::axum::http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError};
use std::error::Error;
use std::iter::successors;
use std::mem::take;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::timeout;

/// Reads a body; of one that says that it is too long, not a byte.
pub(super) async fn read(request: Request, max_body: usize, within: Duration) -> Result<(Parts, Bytes), ReceiveError> {
    let declared = declared_length(&request);
    let (mut parts, body) = request.into_parts();
    let limit = default_body_limit(take(&mut parts.extensions)).map_or(max_body, |limit| limit.min(max_body));
    if declared > limit as u64 {
        return Err(ReceiveError::TooLarge { limit });
    }
    Ok((parts, collect(body, limit, within).await?))
}

async fn collect(body: Body, limit: usize, within: Duration) -> Result<Bytes, ReceiveError> {
    // A layer that limits the body says so in its hint.
    let layers_limit = body.size_hint().upper().and_then(|upper| usize::try_from(upper).ok());
    let bytes = to_bytes(body, limit);
    // Outside of tokio there is no clock to wait by.
    let bytes = match Handle::try_current() {
        Ok(_) => timeout(within, bytes).await.map_err(|_| ReceiveError::TooSlow { limit: within })?,
        Err(_) => bytes.await,
    };
    bytes.map_err(|error| match is_too_large(&error) {
        true => ReceiveError::TooLarge { limit: layers_limit.map_or(limit, |layers| layers.min(limit)) },
        false => ReceiveError::Incomplete,
    })
}

/// What the sender says, in the header or, as HTTP/2 may, beside it.
fn declared_length(request: &Request) -> u64 {
    let header = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    header.unwrap_or(0).max(request.body().size_hint().lower())
}

/// The limit that the application has set by a `DefaultBodyLimit`. That cannot be read, but it can be applied to a body
/// of unknown length. Where there is none, axum has a limit of 2 MB all the same, and setting one then adds to what the
/// request carries.
fn default_body_limit(extensions: Extensions) -> Option<usize> {
    // Frames that are mapped may have any length.
    let mut limited = Request::new(Body::new(Body::empty().map_frame(|frame| frame)));
    *limited.extensions_mut() = extensions;
    let mut limited = limited.with_limited_body();
    let limit = limited.body().size_hint().upper()?;
    let carried = limited.extensions().len();
    DefaultBodyLimit::disable().apply(&mut limited);
    (limited.extensions().len() == carried).then(|| usize::try_from(limit).unwrap_or(usize::MAX))
}

/// However many layers have wrapped the error of the one that limits.
fn is_too_large(error: &::axum::Error) -> bool {
    successors(error.source(), |error| (*error).source()).any(|error| error.is::<LengthLimitError>())
}
