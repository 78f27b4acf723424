//! AskElephant's webhooks in an axum service. `WEBHOOK_SECRET` is the endpoint's signing secret (`whsec_…`).

use axum::Router;
use webhook_events::askelephant::{Event, Receiver};
use webhook_events::{Delivery, ReceiveError};

/// Nothing unverified gets here. Success answers what the provider asks for; an error answers itself.
async fn handle(delivery: Result<Delivery<Event>, ReceiveError>) -> Result<(), ReceiveError> {
    match delivery {
        Ok(delivery) => println!("{:?}: {}", delivery.id, delivery.event.event_type()),
        // Verified, but not what the document says: stored for later, it needs no second attempt.
        Err(ReceiveError::Misfit(misfit)) => println!("to be looked at: {misfit}"),
        Err(error) => return Err(error),
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let receiver = Receiver::new(&std::env::var("WEBHOOK_SECRET")?)?;
    let app = Router::new().route("/webhooks/askelephant", webhook_runtime::axum::route(receiver, handle));
    axum::serve(tokio::net::TcpListener::bind("127.0.0.1:3000").await?, app).await?;
    Ok(())
}
