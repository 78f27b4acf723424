//! AskElephant's webhooks in an actix-web service, which has header types of its own.

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, post};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use http::{HeaderMap, HeaderName, HeaderValue};
use webhook_events::ReceiveError;
use webhook_events::askelephant::Receiver;

async fn handle(request: HttpRequest, body: Bytes, receiver: Data<Receiver>) -> HttpResponse {
    let headers = request.headers().iter().filter_map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    });
    // Collected with all values of a header: one that stands twice is not to be trusted.
    let mut all = HeaderMap::new();
    headers.for_each(|(name, value)| _ = all.append(name, value));
    match receiver.receive(&all, &body) {
        Ok(delivery) => println!("{:?}: {}", delivery.id, delivery.event.event_type()),
        Err(ReceiveError::Misfit(misfit)) => println!("to be looked at: {misfit}"),
        Err(error) => {
            let status = StatusCode::from_u16(error.status().as_u16()).unwrap_or(StatusCode::BAD_REQUEST);
            return HttpResponse::build(status).body(error.to_string());
        }
    }
    HttpResponse::Ok().finish()
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let receiver = Data::new(Receiver::new(&std::env::var("WEBHOOK_SECRET")?)?);
    let app = move || App::new().app_data(receiver.clone()).route("/webhooks/askelephant", post().to(handle));
    HttpServer::new(app).bind(("127.0.0.1", 3000))?.run().await?;
    Ok(())
}
