//! `webhook-codegen listen`.

mod endpoint;
mod server;
mod time;

use super::provider;
use super::send::secret::Secret;
use clap::Args;
use endpoint::Endpoint;
use server::Listener;
use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use webhook_codegen::model::Provider;
use webhook_runtime::http::Uri;

/// What `--help` says last.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen listen --save deliveries.jsonl
  webhook-codegen listen --specs specs --secret acme=whsec_… --forward http://localhost:3000/webhooks

Without --specs every request is answered with 200. With --specs the first part of the path names the provider, as in
http://localhost:8080/acme, unless there is one only; its provider.yaml says what is answered, handshakes are answered
too, and where a secret is given, deliveries are verified.

A delivery is saved before it is answered; one that is refused is not saved. Captures hold headers as they came, and so
what a provider sends as a token: keep them like a secret.

Ctrl-C ends it with a summary.";

#[derive(Args)]
pub(super) struct Arguments {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    address: SocketAddr,
    /// The folder that holds a folder of documents for each provider
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
    #[arg(long, value_name = "URL")]
    forward: Option<Uri>,
    /// Print bodies
    #[arg(long)]
    verbose: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let providers = match &arguments.specs {
        Some(specs) => provider::Choice { specs: specs.clone(), provider: None }.all()?,
        None => Vec::new(),
    };
    let is_only = providers.len() == 1;
    let endpoints = providers.into_iter().map(|provider| endpoint(provider, &arguments.secret, is_only));
    let endpoints = endpoints.collect::<Result<Vec<_>, _>>()?;
    let save = arguments.save.as_ref().map(|path| {
        let file = OpenOptions::new().create(true).append(true).open(path);
        file.map_err(|error| format!("error: {}: {error}\n", path.display()))
    });
    let listener = Listener::new(endpoints, save.transpose()?, arguments.forward.clone(), arguments.verbose);
    server::serve(arguments.address, listener)
}

fn endpoint(provider: Provider, secrets: &[Secret], is_only: bool) -> Result<Endpoint, String> {
    let own = secrets.iter().filter_map(Secret::reveal).find_map(|secret| match secret.split_once('=') {
        Some((name, secret)) if name == provider.name => Some(secret),
        _ => is_only.then_some(secret),
    });
    let name = provider.name.clone();
    Endpoint::new(provider, own).map_err(|problem| format!("error: the secret of {name}: {problem}\n"))
}
