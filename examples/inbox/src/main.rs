//! `inbox [all|receive|work] [inbox.toml]`

use inbox_example::{Config, Context, Failure, Handlers, Role, run};
use std::env::args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use tracing::info;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use webhook_events::{askelephant, iclosed, superoffice, wix};

fn handlers() -> Handlers {
    Handlers::new()
        .on::<askelephant::Event>(askelephant)
        .on::<iclosed::Event>(iclosed)
        .on::<superoffice::Event>(superoffice)
        .on::<wix::Event>(wix)
}

async fn askelephant(event: askelephant::Event, context: Context) -> Result<(), Failure> {
    match event {
        askelephant::Event::ContactCreated(event) => info!(id = event.data.object.id, "a contact was created"),
        askelephant::Event::Unknown(event) => info!(event.event_type, "not documented yet"),
        _ => info!(context.event_type, context.delivery_id, "handled"),
    }
    Ok(())
}

async fn iclosed(_: iclosed::Event, context: Context) -> Result<(), Failure> {
    info!(context.event_type, context.delivery_id, "handled");
    Ok(())
}

async fn superoffice(_: superoffice::Event, context: Context) -> Result<(), Failure> {
    info!(context.event_type, context.delivery_id, "handled");
    Ok(())
}

async fn wix(_: wix::Event, context: Context) -> Result<(), Failure> {
    info!(context.event_type, context.delivery_id, "handled");
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("inbox: {error}");
            ExitCode::from(2)
        }
    }
}

async fn start() -> Result<(), Failure> {
    let mut arguments = args().skip(1);
    let role = match arguments.next().as_deref() {
        None | Some("all") => Role::All,
        Some("receive") => Role::Receive,
        Some("work") => Role::Work,
        Some(_) => return Err("usage: inbox [all|receive|work] [inbox.toml]".into()),
    };
    let path = arguments.next().map_or_else(|| PathBuf::from("inbox.toml"), PathBuf::from);
    let config = Config::read(&path)?;
    log(&config)?;
    Ok(run(config, handlers(), role).await?)
}

fn log(config: &Config) -> Result<(), Failure> {
    let filter = Targets::from_str(&config.log)?;
    let lines = tracing_subscriber::fmt::layer();
    let lines = if config.log_json { lines.json().boxed() } else { lines.boxed() };
    tracing_subscriber::registry().with(lines.with_filter(filter)).init();
    Ok(())
}
