//! AskElephant's webhooks in an axum service. `WEBHOOK_SECRET` is the endpoint's signing secret (`whsec_…`).

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::time::Duration;
use tokio::net::TcpListener;
use webhook_events::Delivery;
use webhook_events::askelephant::{Event, Receiver};

/// Nothing unverified gets here. Success answers what the provider asks for.
async fn handle(delivery: Delivery<Event>) {
    match delivery {
        // Verified, but not what the document says: to be stored for later, it needs no second attempt.
        Delivery { invalid: Some(invalid), .. } => println!("to be looked at: {invalid}"),
        delivery => println!("{:?}: {}", delivery.id, delivery.event.event_type()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let receiver = Receiver::new(&std::env::var("WEBHOOK_SECRET")?)?;
    let app = Router::new().route("/webhooks/askelephant", receiver.route(handle));
    serve(TcpListener::bind("127.0.0.1:3000").await?, app).await
}

/// The route has a time limit for bodies. Behind a proxy that has one for heads, `axum::serve(listener, app)` does; it has
/// none, and would keep every connection on which no whole head comes.
async fn serve(mut listener: TcpListener, app: Router) -> ! {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(10));
    loop {
        // axum's `accept` waits where there are too many open files, and goes on.
        let (stream, _) = Listener::accept(&mut listener).await;
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app.clone()));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("{error}");
            }
        });
    }
}
