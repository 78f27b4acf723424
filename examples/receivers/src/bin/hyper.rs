//! AskElephant's webhooks with hyper alone: any framework that has an `http::HeaderMap` and bytes will do.

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use webhook_events::ReceiveError;
use webhook_events::askelephant::Receiver;

const READ_TIMEOUT: Duration = Duration::from_secs(30);

async fn handle(request: Request<Incoming>, receiver: Arc<Receiver>) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let body = read(body, receiver.max_body_size()).await;
    match body.and_then(|body| receiver.receive((&parts.headers, &body))) {
        Ok(delivery) => answer(StatusCode::OK, delivery.event.event_type()),
        Err(ReceiveError::InvalidPayload(invalid)) => answer(StatusCode::OK, &invalid.to_string()),
        Err(error) => answer(error.status(), &error.to_string()),
    }
}

/// Not a byte of a body that says that it is too long, and no sender's body for ever.
async fn read(body: Incoming, limit: usize) -> Result<Bytes, ReceiveError> {
    if body.size_hint().lower() > limit as u64 {
        return Err(ReceiveError::TooLarge { limit });
    }
    let body = timeout(READ_TIMEOUT, Limited::new(body, limit).collect()).await;
    let body = body.map_err(|_| ReceiveError::TooSlow { limit: READ_TIMEOUT })?;
    body.map(|body| body.to_bytes()).map_err(|error| match error.is::<LengthLimitError>() {
        true => ReceiveError::TooLarge { limit },
        false => ReceiveError::Incomplete,
    })
}

fn answer(status: StatusCode, text: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(text.to_owned())));
    *response.status_mut() = status;
    response
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let receiver = Arc::new(Receiver::new(&std::env::var("WEBHOOK_SECRET")?)?);
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(10));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files: some will be closed.
            sleep(Duration::from_secs(1)).await;
            continue;
        };
        let receiver = receiver.clone();
        // In a task of its own, a handler that panics is answered for.
        let service = service_fn(move |request| {
            let handled = tokio::spawn(handle(request, receiver.clone()));
            async {
                Ok::<_, Infallible>(handled.await.unwrap_or_else(|_| answer(StatusCode::INTERNAL_SERVER_ERROR, "")))
            }
        });
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("{error}");
            }
        });
    }
}
