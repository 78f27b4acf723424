//! AskElephant's webhooks in an actix-web service, which has header types of its own.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::{ErrorInternalServerError, ErrorRequestTimeout};
use actix_web::http::StatusCode;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{Bytes, Data, PayloadConfig, post};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;
use webhook_events::ReceiveError;
use webhook_events::askelephant::Receiver;

async fn handle(request: HttpRequest, body: Bytes, receiver: Data<Receiver>) -> HttpResponse {
    let headers = request.headers().iter().filter_map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    });
    // Collected with all values of a header: a repeated one is not to be trusted.
    let mut all = HeaderMap::new();
    headers.for_each(|(name, value)| _ = all.append(name, value));
    match receiver.receive((&all, &body)) {
        Ok(delivery) => println!("{:?}: {}", delivery.id, delivery.event.event_type()),
        Err(ReceiveError::InvalidPayload(invalid)) => println!("to be looked at: {invalid}"),
        Err(error) => {
            let status = StatusCode::from_u16(error.status().as_u16()).unwrap_or(StatusCode::BAD_REQUEST);
            return HttpResponse::build(status).body(error.to_string());
        }
    }
    HttpResponse::Ok().finish()
}

/// Answers for a sender whose body does not come to an end, and for a handler that panics.
async fn answer_always<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let mut handled = rt::spawn(async move { next.call(request).await });
    match rt::time::timeout(Duration::from_secs(30), &mut handled).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Err(ErrorInternalServerError("the handler panicked")),
        Err(_) => {
            handled.abort();
            Err(ErrorRequestTimeout("the request took longer than 30 s"))
        }
    }
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let receiver = Data::new(Receiver::new(&std::env::var("WEBHOOK_SECRET")?)?);
    let app = move || {
        App::new()
            .app_data(PayloadConfig::new(receiver.max_body_size()))
            .app_data(receiver.clone())
            .route("/webhooks/askelephant", post().to(handle).wrap(from_fn(answer_always)))
    };
    HttpServer::new(app).bind(("127.0.0.1", 3000))?.run().await?;
    Ok(())
}
