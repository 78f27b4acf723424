//! `webhook-codegen drift`.

use super::input::{Format, NO, io_error};
use super::provider;
use crate::drift::{Drift, Finding, Kind, Seen, drift};
use crate::infer::update;
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `--help` says last.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen drift deliveries.jsonl
  webhook-codegen drift deliveries.jsonl --provider acme --overlay specs/acme/overlay.yaml
  webhook-codegen drift captures/ --specs specs --provider acme --format json

Exit status: 0 everything that came is declared, 1 something is not, 2 could not run.

The objects of --format json, one in each line: event_type, kind, pointer (with * for items and keys that are \
data), detail, count, first and last (times or null), example (file:line of the first). A property that is \
declared and never came has the count 0, and is no drift.";

#[derive(Args)]
pub(super) struct Arguments {
    /// Files of captured deliveries, and folders of them
    #[arg(required = true, value_name = "CAPTURES")]
    captures: Vec<PathBuf>,
    #[command(flatten)]
    provider: provider::Choice,
    /// Write an overlay that makes all captures fit, behind what FILE says already
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// List the properties too that are declared and never came
    #[arg(long)]
    never_seen: bool,
    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let provider = arguments.provider.read()?;
    let drift = drift(&arguments.captures, &provider).map_err(|error| format!("error: {error}\n"))?;
    if let Some(path) = &arguments.overlay {
        overlay(arguments, &provider.name, path)?;
    }
    match arguments.format {
        Format::Text => print!("{}", text(&drift, arguments.never_seen)),
        Format::Json => print!("{}", lines(&drift)),
    }
    Ok(if drift.is_there() { ExitCode::from(NO) } else { ExitCode::SUCCESS })
}

fn overlay(arguments: &Arguments, provider: &str, path: &Path) -> Result<(), String> {
    let (provider, folder) = provider::folder(&arguments.provider.specs.join(provider))?;
    let update = update(&arguments.captures, &provider, &folder).map_err(|error| format!("error: {error}\n"))?;
    let known = std::fs::read_to_string(path).ok();
    let text = update.overlay(known.as_deref()).map_err(|problem| format!("error: {}: {problem}\n", path.display()))?;
    std::fs::write(path, text).map_err(io_error)?;
    eprintln!("actions added to {}: {}", path.display(), update.len());
    Ok(())
}

fn text(drift: &Drift, with_never_seen: bool) -> String {
    let mut text = String::new();
    let is_shown = |finding: &Finding| with_never_seen || finding.kind != Kind::NeverSeen;
    let mut findings: Vec<_> = drift.findings.iter().filter(|(finding, _)| is_shown(finding)).collect();
    findings.sort_by_key(|(finding, _)| &finding.event_type);
    let mut event_type = None;
    for (finding, seen) in findings {
        if event_type != Some(&finding.event_type) {
            event_type = Some(&finding.event_type);
            let name = if finding.event_type.is_empty() { "(no event type)" } else { &finding.event_type };
            let came = drift.events.get(&finding.event_type).map(|count| format!(", came {count}×"));
            _ = writeln!(text, "{name}{}", came.unwrap_or_default());
        }
        text += &line(finding, seen);
    }
    if drift.further > 0 {
        _ = writeln!(text, "and {} more that are not kept apart", drift.further);
    }
    let never_seen = drift.findings.keys().filter(|finding| finding.kind == Kind::NeverSeen).count();
    let drifting = drift.findings.len() - never_seen;
    _ = write!(text, "deliveries: {}, findings: {drifting}, declared and never seen: {never_seen}", drift.deliveries);
    text.push_str(if with_never_seen || never_seen == 0 { "\n" } else { " (--never-seen lists them)\n" });
    text
}

fn line(finding: &Finding, seen: &Seen) -> String {
    let what = [finding.pointer.as_str(), &finding.detail].into_iter().filter(|part| !part.is_empty());
    let mut line = format!("  {:<20} {}", finding.kind, what.collect::<Vec<_>>().join(" "));
    if seen.count > 0 {
        _ = write!(line, "  ×{}", seen.count);
    }
    if let Some((first, last)) = &seen.times {
        _ = if first == last { write!(line, "  {first}") } else { write!(line, "  {first} to {last}") };
    }
    if !seen.example.is_empty() {
        _ = write!(line, "  {}", seen.example);
    }
    line.push('\n');
    line
}

fn lines(drift: &Drift) -> String {
    let line = |(finding, seen): (&Finding, &Seen)| {
        let object = json!({
            "event_type": finding.event_type,
            "kind": finding.kind.to_string(),
            "pointer": finding.pointer,
            "detail": finding.detail,
            "count": seen.count,
            "first": seen.times.as_ref().map(|(first, _)| first),
            "last": seen.times.as_ref().map(|(_, last)| last),
            "example": seen.example,
        });
        format!("{object}\n")
    };
    drift.findings.iter().map(line).collect()
}
