//! `webhook-codegen list`.

use super::provider;
use super::terminal::stdout_width;
use clap::Args;
use std::io::Write;
use std::process::ExitCode;
use webhook_codegen::model::{Event, Provider};

/// What `--help` says last.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen list
  webhook-codegen list --provider superoffice";

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    provider: provider::Choice,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let providers = arguments.provider.all()?;
    // Whoever reads only the first lines closes the pipe.
    _ = std::io::stdout().write_all(table(&providers, stdout_width().unwrap_or(usize::MAX)).as_bytes());
    Ok(ExitCode::SUCCESS)
}

/// A line for each event: the provider, the event type and the first line of its documentation.
fn table(providers: &[Provider], columns: usize) -> String {
    let first = widest(providers.iter().map(|provider| provider.name.as_str()));
    let mut text = String::new();
    for Provider { name, events, .. } in providers {
        let second = widest(events.iter().map(|event| event.event_type.as_str()));
        for Event { event_type, docs, .. } in events {
            let docs = docs.text.as_deref().unwrap_or_default().lines().next().unwrap_or_default();
            let line = format!("{name:<first$}  {event_type:<second$}  {docs}");
            // Names are whole, whatever the width.
            let is_cut = line.chars().count() > columns && first + second + 4 < columns;
            let shown: String = if is_cut { line.chars().take(columns - 1).chain(['…']).collect() } else { line };
            text += shown.trim_end();
            text.push('\n');
        }
    }
    text
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or_default()
}
