//! Write your handlers here, and register them in `main`.

use inbox_example::{Context, Failure, Handlers, start};
use std::process::ExitCode;
use tracing::info;
use webhook_events::{askelephant, iclosed, superoffice, wix};

#[tokio::main]
async fn main() -> ExitCode {
    let handlers = Handlers::new()
        .on::<askelephant::Event>(askelephant)
        .on::<iclosed::Event>(iclosed)
        .on::<superoffice::Event>(superoffice)
        .on::<wix::Event>(wix);
    start(handlers).await
}

async fn askelephant(event: askelephant::Event, context: Context) -> Result<(), Failure> {
    match event {
        askelephant::Event::ContactCreated(event) => info!(id = event.data.object.id, "a contact was created"),
        askelephant::Event::Unknown(event) => info!(event.event_type, "not documented, or not as documented"),
        _ => info!(context.event_type, "handled"),
    }
    Ok(())
}

async fn iclosed(_: iclosed::Event, context: Context) -> Result<(), Failure> {
    info!(context.event_type, "handled");
    Ok(())
}

async fn superoffice(_: superoffice::Event, context: Context) -> Result<(), Failure> {
    info!(context.event_type, "handled");
    Ok(())
}

async fn wix(_: wix::Event, context: Context) -> Result<(), Failure> {
    info!(context.event_type, "handled");
    Ok(())
}
