//! `webhook-codegen verify`.

use super::input::NO;
use super::provider;
use super::terminal::style;
use crate::capture::{self, Captured};
use crate::delivery::{event_named, event_suggestion};
use crate::drift::{Kind, Walk, event_of, events_in};
use crate::infer::payload;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use webhook_codegen::diagnostics::{Diagnostic, Diagnostics, Severity, render};
use webhook_codegen::model::Provider;
use webhook_codegen::source::Source;

/// What `--help` says last.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen verify body.json
  webhook-codegen verify body.json --specs specs --provider acme --event order.paid

BODY is a JSON body, or a captured delivery. Where headers say the event, and BODY has none, name it with \
--event.

Exit status: 0 the body is what the documents say, 1 it is not, 2 could not run.";

#[derive(Args)]
pub(super) struct Arguments {
    /// A file with a body
    body: PathBuf,
    #[command(flatten)]
    provider: provider::Choice,
    /// The event type, instead of looking for it
    #[arg(long, alias = "event-type")]
    event: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let provider = arguments.provider.read()?;
    let mut deliveries = Vec::new();
    capture::read(std::slice::from_ref(&arguments.body), &mut |captured| {
        deliveries.push(captured);
        Ok(())
    })
    .map_err(|error| format!("error: {error}\n"))?;
    let [captured] = deliveries.as_slice() else {
        return Err(format!(
            "error: {} holds {} deliveries: `drift` reads several\n",
            arguments.body.display(),
            deliveries.len()
        ));
    };
    let verified = verify(arguments.event.as_deref(), &provider, captured)?;
    println!("{}", verified.summary);
    eprint!("{}", render(&verified.found, &verified.sources, style()));
    Ok(if verified.found.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
}

/// What a body is, and what is wrong with it.
struct Verified {
    summary: String,
    found: Diagnostics,
    sources: Vec<Source>,
}

fn verify(event: Option<&str>, provider: &Provider, captured: &Captured) -> Result<Verified, String> {
    // Whatever holds it, the body is JSON.
    let path = &captured.location.0.with_extension("json");
    let payload = payload(captured).ok_or_else(|| format!("error: {}: the body is not JSON\n", path.display()))?;
    let (mut names, mut found) = (Vec::new(), Vec::new());
    for (pointer, payload) in events_in(provider, &payload.value) {
        let said = match event {
            Some(name) => event_named(provider, name).ok_or_else(|| name.to_owned()),
            None => event_of(provider, &captured.headers, payload),
        };
        match said {
            Ok(event) => {
                names.push(event.event_type.as_str());
                let walk = Walk::of(&provider.types, &event.payload, payload, &pointer);
                found.extend(
                    walk.found.into_iter().map(|(kind, at, detail)| diagnostic(path, kind, at.pointer, detail)),
                );
            }
            Err(said) => found.push(
                Diagnostic::error(path, pointer, format!("no document declares the event `{said}`"))
                    .help(format!("{} name it with --event", event_suggestion(provider, &said))),
            ),
        }
    }
    let summary = match names.as_slice() {
        [] => format!("unknown to {}", provider.name),
        names => format!("{} of {}", names.join(", "), provider.name),
    };
    // A body that is a list has no source that diagnostics could point into.
    let text = String::from_utf8_lossy(&captured.body).into_owned();
    let sources = Source::parse(path, text).into_iter().collect();
    Ok(Verified { summary, found: found.into_iter().collect(), sources })
}

/// What is wrong with a body, or only not declared.
fn diagnostic(path: &Path, kind: Kind, pointer: String, detail: String) -> Diagnostic {
    let (severity, message) = match kind {
        Kind::AdditionalProperty => (Severity::Warning, "no document declares this property".to_owned()),
        Kind::UnlistedValue => (Severity::Warning, format!("`{detail}` is none of the values that are listed")),
        Kind::Null => (Severity::Warning, "null, where none is declared".to_owned()),
        _ => (Severity::Error, detail),
    };
    let mut diagnostic = Diagnostic::error(path, pointer, message);
    diagnostic.severity = severity;
    diagnostic
}
