//! `webhook-codegen listen`.

mod endpoint;
mod forward;
mod listener;
mod save;
mod server;

use super::input::SPECS;
use super::provider;
use super::send::{self, secret::Secret};
use clap::Args;
use endpoint::Endpoint;
use forward::Forward;
use listener::Listener;
use save::Save;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use webhook_codegen::model::Provider;
use webhook_runtime::http::Uri;

/// What `--help` says last.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen listen --save deliveries.jsonl
  webhook-codegen listen --secret acme=whsec_… --forward http://localhost:3000/webhooks

The first part of the path names the provider, as in http://localhost:8080/acme; where there is one provider \
only, / is enough. Its provider.yaml says what is answered, handshakes are answered too, and where a secret is \
given, deliveries are verified. A request to any other path is answered with 200 and saved: `infer` drafts a \
document of it.

A line for each delivery says the time, the provider, the event type, the id, whether it was verified, and what \
no document declares. A delivery is saved before it is answered; one that is refused is not saved. Captures hold \
headers as they came, and with them what a provider sends as a token: keep them like a secret.

Ctrl-C ends it with a summary.";

#[derive(Args)]
pub(super) struct Arguments {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    address: SocketAddr,
    /// The folder that holds a folder of documents for each provider [default: specs, if it is there]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// What a provider's deliveries are verified with; NAME= may be left out where there is one provider
    #[arg(
        long,
        value_name = "NAME=SECRET",
        env = "WEBHOOK_SECRET",
        hide_env_values = true,
        allow_hyphen_values = true
    )]
    secret: Vec<Secret>,
    /// Append deliveries to FILE, a line each
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Send each delivery on, and show the answer
    #[arg(long, value_name = "URL", value_parser = send::address)]
    forward: Option<Uri>,
    /// Print payloads: the JSON of a body, or of the token that a body is
    #[arg(long)]
    verbose: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let endpoints = endpoints(arguments)?;
    let save = arguments.save.clone().map(|path| {
        let file = Save::open(&path).map_err(|error| format!("error: {}: {error}\n", path.display()))?;
        Ok::<_, String>((path, file))
    });
    let forward = arguments.forward.clone().map(Forward::new);
    server::serve(arguments.address, Listener::new(endpoints, save.transpose()?, forward, arguments.verbose))
}

/// One for each provider; none where there is no folder of documents and none was asked for.
fn endpoints(arguments: &Arguments) -> Result<Vec<Endpoint>, String> {
    let specs = PathBuf::from(SPECS);
    let specs = arguments.specs.clone().or_else(|| specs.is_dir().then_some(specs));
    let choice = specs.map(|specs| provider::Choice { specs, provider: None });
    let providers = choice.map(|choice| choice.all()).transpose()?.unwrap_or_default();
    let secrets: Vec<_> = arguments.secret.iter().filter_map(Secret::reveal).collect();
    let is_used = |secret: &&str| {
        let name = secret.split_once('=').map(|(name, _)| name);
        providers.len() == 1 || providers.iter().any(|provider| Some(provider.name.as_str()) == name)
    };
    if !secrets.iter().all(is_used) {
        eprintln!("note: a secret is not used: write it as NAME=SECRET, with the name of a provider");
    }
    let is_only = providers.len() == 1;
    providers.into_iter().map(|provider| endpoint(provider, &secrets, is_only)).collect()
}

fn endpoint(provider: Provider, secrets: &[&str], is_only: bool) -> Result<Endpoint, String> {
    let own = secrets.iter().find_map(|secret| match secret.split_once('=') {
        Some((name, secret)) if name == provider.name => Some(secret),
        _ => is_only.then_some(*secret),
    });
    let name = provider.name.clone();
    Endpoint::new(provider, own).map_err(|problem| format!("error: the secret of {name}: {problem}\n"))
}
