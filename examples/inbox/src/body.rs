//! Reading a request whole, within limits.

use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::{Duration, SystemTime};
use tokio::time::timeout;
use webhook_runtime::{Captured, ReceiveError};

/// Reads a request; of one that says that it is too long, not a byte of its body.
pub async fn captured(request: Request, limit: usize, within: Duration) -> Result<Captured, ReceiveError> {
    let (parts, body) = request.into_parts();
    let declared = parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|declared| declared > limit as u64) {
        return Err(ReceiveError::TooLarge { limit });
    }
    let collected = timeout(within, Limited::new(body, limit).collect()).await;
    let collected = collected.map_err(|_| ReceiveError::TooSlow { limit: within })?;
    let collected = collected.map_err(|error| match error.is::<LengthLimitError>() {
        true => ReceiveError::TooLarge { limit },
        false => ReceiveError::Incomplete,
    })?;
    Ok(Captured {
        received_at: SystemTime::now(),
        method: parts.method,
        url: parts.uri,
        headers: parts.headers,
        body: collected.to_bytes().into(),
    })
}
