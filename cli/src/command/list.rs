//! `webhook-codegen list`.

use super::provider;
use clap::Args;
use std::process::ExitCode;
use webhook_codegen::model::Provider;

/// What `--help` says last.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen list
  webhook-codegen list --specs specs --provider superoffice";

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    provider: provider::Choice,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let providers = arguments.provider.all()?;
    let rows: Vec<_> = providers.iter().flat_map(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second) = (width(0), width(1));
    for [provider, event_type, docs] in &rows {
        println!("{}", format!("{provider:<first$}  {event_type:<second$}  {docs}").trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

/// The provider, the event type and the first line of the documentation of each event.
fn rows(provider: &Provider) -> Vec<[String; 3]> {
    let row = |event: &webhook_codegen::model::Event| {
        let docs = event.docs.text.as_deref().unwrap_or_default().lines().next().unwrap_or_default();
        [provider.name.clone(), event.event_type.clone(), docs.to_owned()]
    };
    provider.events.iter().map(row).collect()
}
