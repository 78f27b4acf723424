//! The command line and the log.

use crate::{Config, Failure, Handlers, Role, run};
use std::env::args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Runs `inbox [all|receive|work] [inbox.toml]`.
pub async fn start(handlers: Handlers) -> ExitCode {
    match run_as_asked(handlers).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("inbox: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run_as_asked(handlers: Handlers) -> Result<(), Failure> {
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
    Ok(run(config, handlers, role).await?)
}

fn log(config: &Config) -> Result<(), Failure> {
    let filter = Targets::from_str(&config.log)?;
    let lines = tracing_subscriber::fmt::layer();
    let lines = if config.log_json { lines.json().boxed() } else { lines.boxed() };
    // An exporter of OpenTelemetry is a layer beside it: see the README.
    tracing_subscriber::registry().with(lines.with_filter(filter)).init();
    Ok(())
}
