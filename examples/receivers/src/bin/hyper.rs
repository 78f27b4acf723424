//! AskElephant's webhooks with hyper alone: any framework that has an `http::HeaderMap` and bytes will do.

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::sync::Arc;
use webhook_events::ReceiveError;
use webhook_events::askelephant::Receiver;

async fn handle(request: Request<Incoming>, receiver: Arc<Receiver>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, receiver.body_limit()).collect().await else {
        return Ok(answer(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"));
    };
    Ok(match receiver.receive(&parts.headers, &body.to_bytes()) {
        Ok(delivery) => answer(StatusCode::OK, delivery.event.event_type()),
        Err(ReceiveError::Misfit(misfit)) => answer(StatusCode::OK, &misfit.to_string()),
        Err(error) => answer(error.status(), &error.to_string()),
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
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let receiver = receiver.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| handle(request, receiver.clone()));
            if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
                eprintln!("{error}");
            }
        });
    }
}
