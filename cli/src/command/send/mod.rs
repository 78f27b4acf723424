//! `send`: a signed example delivery, to try a receiver with.

pub(super) mod http;
mod replay;
pub(super) mod scheme;
pub(super) mod secret;
mod sign;

use self::http::{Answer, Outcome};
use super::input::{NO, SPECS};
use super::progress;
use super::terminal::style;
use crate::delivery::{BodySource, Delivery, Sender, senders};
use clap::Args;
use secret::Secret;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};
use webhook_codegen::Config;
use webhook_codegen::diagnostics::{Failure, render};
use webhook_runtime::Incoming;
use webhook_runtime::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

/// What `send --help` says besides.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen send --provider superoffice --event contact.created \\
      --secret example http://localhost:8080/webhooks
  WEBHOOK_SECRET=whsec_… webhook-codegen send --provider askelephant \\
      --event v1.contact.created http://localhost:8080/webhooks
  webhook-codegen send --provider wix --event contact_created \\
      --secret test-key.pem --dry-run http://localhost:8080/webhooks
  webhook-codegen send --replay deliveries.jsonl http://localhost:8080/webhooks

The body is the document's first example of the event that is valid; where \
there is none, one is made from the schema. The delivery is signed now, as \
provider.yaml says. A delivery id is fresh where it is a header; one in the \
body is the example's, the same each time. Headers that the document declares \
with an example go with it. The claims of a JSON Web Token are dated anew, \
unless they are your own (--body).

The secret, by the scheme in provider.yaml:
  standard-webhooks     whsec_… as the receiver has it; or whsk_…, the private
                        key of the receiver's whpk_…
  hmac, digest, token   the text that the receiver has
  basic                 the password, or user:password where provider.yaml names
                        no user
  rsa, ecdsa-p256, jwt  a private key in PEM, or the path of a file that holds
                        it; the receiver has the public key
  ed25519               the private key, in PEM or written as the public one
  none                  none is needed; where the receiver wants one in the path,
                        write it into URL

Exit status: 0 the receiver answered as the provider expects it (`respond` in \
provider.yaml: the status, or any 2xx, and how soon; 30 s where it does not say); \
1 it did not; 2 could not run: bad arguments, or no connection.";

/// The arguments of `send`.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder that holds a folder of documents for each provider
    #[arg(long, value_name = "DIR", default_value = SPECS)]
    specs: PathBuf,
    /// Whose delivery it is: the name of a folder in DIR
    #[arg(long, value_name = "NAME", required_unless_present = "replay")]
    provider: Option<String>,
    /// The event: its event type (`v1.contact.created`), also without the prefix, its variant (`ContactCreated`), or the
    /// key of its webhook
    #[arg(long, alias = "event-type", required_unless_present = "replay")]
    event: Option<String>,
    /// Send captured deliveries again instead, as they came; with a provider and a secret, signed anew
    #[arg(long, value_name = "FILE", conflicts_with_all = ["event", "body", "dry_run"])]
    replay: Option<PathBuf>,
    /// What it is signed with; others on this machine can read arguments, but not the environment
    #[arg(long, env = "WEBHOOK_SECRET", hide_env_values = true, allow_hyphen_values = true)]
    secret: Option<Secret>,
    /// A body of your own, sent byte for byte; `-` is stdin
    #[arg(long, value_name = "FILE")]
    body: Option<PathBuf>,
    /// Print the request instead of sending it
    #[arg(long)]
    dry_run: bool,
    /// Where the receiver listens; redirects are not followed
    #[arg(value_parser = address)]
    url: Uri,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if let Some(captures) = &arguments.replay {
        let secret = arguments.secret.clone().filter(|secret| secret.reveal().is_some());
        let provider = arguments.provider.as_deref().filter(|_| secret.is_some());
        let sender = provider.map(|provider| sender(arguments, provider)).transpose()?;
        return replay::run(captures, &arguments.url, sender.as_ref().zip(secret.as_ref()));
    }
    let sender = sender(arguments, arguments.provider.as_deref().unwrap_or_default())?;
    let own = arguments.body.as_deref().map(read).transpose()?;
    let mut delivery = sender.delivery(arguments.event.as_deref().unwrap_or_default(), own).map_err(failed)?;
    let id = sender.identify(&mut delivery);
    let secret = arguments.secret.clone().unwrap_or_default();
    let request = request(arguments, &sender, &delivery, &id, &secret)?;
    notes(&delivery);
    if sender.settings().verify.is_none() && secret.reveal().is_some() {
        eprintln!("note: {} does not sign: the secret is not used", sender.name());
    }
    if arguments.dry_run {
        show(&request, &secret);
        return Ok(ExitCode::SUCCESS);
    }
    let sent =
        Sent { url: secret.hide(&arguments.url.to_string()), bytes: request.body().len(), delivery, sender, secret };
    let patience = sent.sender.settings().respond.within_ms.map_or(http::PATIENCE, Duration::from_millis);
    progress::step("waiting for the answer");
    match http::send(request, patience) {
        Ok(outcome) => Ok(sent.report(&outcome)),
        Err(problem) => Err(format!("error: {}: {}\n", sent.url, sent.secret.hide(&problem))),
    }
}

fn sender(arguments: &Arguments, provider: &str) -> Result<Sender, String> {
    let config = Config::new(&arguments.specs).provider(provider).steps(progress::step);
    let sender = senders(&config).map_err(failed)?.pop();
    sender.ok_or_else(|| "error: there is no such provider\n".to_owned())
}

fn failed(Failure { diagnostics, sources }: Failure) -> String {
    format!("{}\nNothing was sent.\n", render(&diagnostics, &sources, style()))
}

/// Says what to know about a body that is not simply the document's example.
fn notes(delivery: &Delivery) {
    let event = &delivery.event_type;
    match delivery.source {
        BodySource::Given | BodySource::Example => {}
        BodySource::InvalidExample => eprintln!(
            "note: the document's example of {event} does not fit its schema, as `check` shows: a receiver may refuse it"
        ),
        BodySource::Schema => {
            eprintln!("note: the documents give no example of {event}: the body is made of the schema")
        }
    }
    if !delivery.is_identified {
        eprintln!("note: the body does not say that it is {event}: a receiver may take it for another event");
    }
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let done = match file.to_str() {
        Some("-") => std::io::stdin().read_to_end(&mut bytes).map(drop),
        _ => std::fs::read(file).map(|read| bytes = read),
    };
    done.map_err(|error| format!("error: {}: {error}\n", file.display()))?;
    Ok(bytes)
}

pub(super) fn address(text: &str) -> Result<Uri, &'static str> {
    const HELP: &str = "write it in full, such as http://localhost:8080/webhooks";
    let uri: Uri = text.parse().map_err(|_| HELP)?;
    let is_known = matches!(uri.scheme_str(), Some("http" | "https"));
    let is_whole = uri.authority().is_some_and(|authority| {
        let place = authority.as_str().rsplit('@').next().unwrap_or_default();
        // What is behind the host and is no port, such as 99999, would be taken for none.
        !authority.host().is_empty() && (authority.port().is_some() || place == authority.host())
    });
    if is_known && is_whole { Ok(uri) } else { Err(HELP) }
}

/// The request, signed now.
fn request(
    arguments: &Arguments,
    sender: &Sender,
    delivery: &Delivery,
    id: &str,
    secret: &Secret,
) -> Result<Request<Vec<u8>>, String> {
    let verify = &sender.settings().verify;
    let now = SystemTime::now();
    let is_token = verify.token.is_some() && verify.signature.is_empty();
    let dated = if is_token && arguments.body.is_none() { sign::dated(&delivery.body, now) } else { None };
    let body = dated.as_deref().unwrap_or(&delivery.body);
    let method = Method::try_from(delivery.method.as_str()).unwrap_or(Method::POST);
    let mut headers = HeaderMap::new();
    let user_agent = concat!("webhook-codegen/", env!("CARGO_PKG_VERSION"));
    headers.insert("user-agent", HeaderValue::from_static(user_agent));
    for (name, value) in &delivery.headers {
        let unusable = |_| format!("error: the header `{name}` cannot be sent\n");
        let value = HeaderValue::try_from(value).map_err(|_| unusable(()))?;
        headers.insert(HeaderName::try_from(name).map_err(|_| unusable(()))?, value);
    }
    let incoming = Incoming { method: &method, uri: &arguments.url, headers: &headers, body, now };
    let signed = sign::sign(verify, secret, id, &incoming)
        .map_err(|problem| format!("error: {} cannot be signed for: {problem}\n", sender.name()))?;
    // Each under its own name takes the place of what the document gives as an example.
    signed.headers.iter().for_each(|(name, value)| _ = headers.insert(name, value.clone()));
    let mut request = Request::new(signed.body);
    *request.method_mut() = method;
    *request.uri_mut() = arguments.url.clone();
    *request.headers_mut() = headers;
    Ok(request)
}

fn show(request: &Request<Vec<u8>>, secret: &Secret) {
    let mut text = format!("{} {}\n", request.method(), secret.hide(&request.uri().to_string()));
    for (name, value) in request.headers() {
        _ = writeln!(text, "{name}: {}", String::from_utf8_lossy(value.as_bytes()));
    }
    let end = if request.body().ends_with(b"\n") { "" } else { "\n" };
    let bytes = [text.as_bytes(), b"\n", request.body(), end.as_bytes()].concat();
    // Who reads only the first lines, like `head`, closes the pipe.
    _ = std::io::stdout().write_all(&bytes);
}

/// What there is to say of a delivery that went out.
struct Sent {
    url: String,
    bytes: usize,
    delivery: Delivery,
    sender: Sender,
    secret: Secret,
}

impl Sent {
    fn report(&self, outcome: &Outcome) -> ExitCode {
        let (name, verify) = (self.sender.name(), &self.sender.settings().verify);
        let (event, signature) = (&self.delivery.event_type, sign::what(verify));
        let mut text = format!("event   {event} of {name}\nurl     {}\n", self.url);
        _ = writeln!(text, "sent    {} bytes, {signature}", self.bytes);
        let is_fine = match outcome {
            Outcome::Answered(answer) => self.answered(answer, &mut text),
            Outcome::Silent { problem, after } => {
                _ = writeln!(text, "answer  none after {} ms: {}", after.as_millis(), self.secret.hide(problem));
                false
            }
        };
        _ = std::io::stdout().write_all(text.as_bytes());
        if is_fine { ExitCode::SUCCESS } else { ExitCode::from(NO) }
    }

    /// Whether the answer is the one that the sender expects.
    fn answered(&self, answer: &Answer, text: &mut String) -> bool {
        let (status, after) = (answer.status, answer.after.as_millis());
        let expected = self.sender.expected_status();
        let is_fine = expected.map_or(status.is_success(), |expected| status.as_u16() == expected);
        _ = write!(text, "answer  {status} after {after} ms");
        if is_fine {
            text.push('\n');
            return true;
        }
        let expected = expected.map_or_else(|| "2xx".to_owned(), |expected| expected.to_string());
        _ = writeln!(text, ", {} expects {expected}", self.sender.name());
        if let Some(location) = &answer.location {
            _ = writeln!(text, "        not followed: {}", self.secret.hide(location));
        }
        if let Some(body) = answer.text() {
            _ = writeln!(text, "\n{}", self.secret.hide(&body));
        }
        false
    }
}
