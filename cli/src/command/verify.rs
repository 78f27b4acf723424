//! `webhook-codegen verify`.

use super::input::NO;
use super::provider;
use super::terminal::style;
use crate::capture::{self, Captured};
use crate::delivery::{event_named, event_suggestion};
use crate::drift::{Kind, Walk, event_of};
use crate::infer::payload;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use webhook_codegen::diagnostics::{Diagnostic, Diagnostics, Severity, render};
use webhook_codegen::model::{Provider, violations};
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
    let said = match event {
        Some(name) => event_named(provider, name).ok_or_else(|| name.to_owned()),
        None => event_of(provider, &captured.headers, &payload.value),
    };
    let event = match said {
        Ok(event) => event,
        Err(said) => {
            let error = Diagnostic::error(path, "", format!("no document declares the event `{said}`"))
                .help(format!("{} name it with --event", event_suggestion(provider, &said)));
            let summary = format!("unknown to {}", provider.name);
            return Ok(Verified { summary, found: error.into(), sources: Vec::new() });
        }
    };
    let body = provider.webhooks[event.webhook].body(&event.payload);
    let mut found: Vec<_> = violations(&provider.types, &body, &payload.value, "")
        .into_iter()
        .map(|(pointer, message)| Diagnostic::error(path, pointer, message))
        .collect();
    let walk = Walk::of(&provider.types, &body, &payload.value);
    found.extend(walk.found.into_iter().map(|(kind, at, detail)| {
        let message = match kind {
            Kind::AdditionalProperty => "no document declares this property".to_owned(),
            Kind::UnlistedValue => format!("`{detail}` is none of the values that are listed"),
            Kind::Null => "null, where none is declared".to_owned(),
            _ => detail,
        };
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(path, at.pointer, message) }
    }));
    let summary = format!("{} of {}", event.event_type, provider.name);
    // A body that is a list has no source that diagnostics could point into.
    let text = String::from_utf8_lossy(&captured.body).into_owned();
    let sources = Source::parse(path, text).into_iter().collect();
    Ok(Verified { summary, found: found.into_iter().collect(), sources })
}
