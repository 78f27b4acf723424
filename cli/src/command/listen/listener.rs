//! What becomes of a request: its answer, a line on the terminal, a line in the file.

use super::endpoint::{Described, Endpoint, Outcome};
use super::forward::Forward;
use super::save::Save;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use webhook_runtime::Captured;
use webhook_runtime::http::{Response, StatusCode, Uri};

pub(super) struct Listener {
    pub endpoints: Vec<Endpoint>,
    pub save: Option<(PathBuf, Save)>,
    pub forward: Option<Forward>,
    pub verbose: bool,
    counts: Mutex<Counts>,
}

/// How often something came. Its size is bounded by the documents.
#[derive(Default)]
struct Counts {
    kinds: BTreeMap<&'static str, u64>,
    /// By provider and event type.
    events: BTreeMap<String, u64>,
}

impl Listener {
    pub fn new(
        endpoints: Vec<Endpoint>,
        save: Option<(PathBuf, Save)>,
        forward: Option<Forward>,
        verbose: bool,
    ) -> Self {
        Self { endpoints, save, forward, verbose, counts: Mutex::default() }
    }

    /// The answer to a request.
    pub fn respond(&self, captured: Captured) -> Response<Vec<u8>> {
        let Some(endpoint) = self.endpoint(&captured.url) else {
            let Captured { method, url, body, .. } = &captured;
            let unknown = if self.endpoints.is_empty() { "" } else { ", no provider has this path" };
            let text = format!("{method} {url} {} bytes{unknown}", body.len());
            let payload = serde_json::from_slice(body).ok();
            return self.deliver(captured, 200, &Described { event_types: Vec::new(), text, payload });
        };
        let name = &endpoint.provider.name;
        match endpoint.outcome(&captured) {
            Outcome::Handshake(response) => {
                self.say("handshakes", &captured, &format!("{name} handshake"));
                response
            }
            Outcome::Refused(why) => {
                self.say("refused", &captured, &format!("{name} refused: {why}"));
                empty(401)
            }
            Outcome::Delivery(described) => {
                for event_type in &described.event_types {
                    *self.counts().events.entry(format!("{name} {event_type}")).or_default() += 1;
                }
                let text = format!("{name} {}", described.text);
                self.deliver(captured, endpoint.provider.settings.respond.status, &Described { text, ..described })
            }
        }
    }

    /// Refuses a request whose body cannot be read.
    pub fn refuse(&self, captured: &Captured, status: u16, why: &str) -> Response<Vec<u8>> {
        self.say("refused", captured, &format!("{} refused: {why}", captured.url.path()));
        empty(status)
    }

    /// That of the provider which the path names; a path that names none is for the only one.
    fn endpoint(&self, url: &Uri) -> Option<&Endpoint> {
        let first = url.path().split('/').nth(1).unwrap_or_default();
        match self.endpoints.as_slice() {
            [only] if first.is_empty() => Some(only),
            endpoints => endpoints.iter().find(|endpoint| endpoint.provider.name == first),
        }
    }

    /// Saves a delivery before it is answered.
    fn deliver(&self, captured: Captured, status: u16, described: &Described) -> Response<Vec<u8>> {
        let mut text = described.text.clone();
        if self.verbose {
            _ = write!(text, "\n{}", shown(described, &captured));
        }
        if let Err(error) = self.save(&captured) {
            self.say("not saved", &captured, &format!("{text}\n    not saved: {error}"));
            return empty(500);
        }
        self.say("deliveries", &captured, &text);
        if let Some(forward) = &self.forward {
            let time = time(&captured);
            forward.send(captured, move |answer| print(&format!("{time} {answer}")));
        }
        empty(status)
    }

    fn save(&self, captured: &Captured) -> std::io::Result<()> {
        let Some((_, save)) = &self.save else { return Ok(()) };
        save.append(serde_json::to_string(captured)?)
    }

    fn say(&self, kind: &'static str, captured: &Captured, what: &str) {
        *self.counts().kinds.entry(kind).or_default() += 1;
        print(&format!("{} {what}", time(captured)));
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What there is to say at the end.
    pub fn summary(&self) -> String {
        let counts = self.counts();
        let mut text: Vec<_> = counts.kinds.iter().map(|(kind, count)| format!("{kind}: {count}")).collect();
        if text.is_empty() {
            return "nothing came".to_owned();
        }
        if let Some((path, _)) = &self.save {
            text.push(format!("saved in {}", path.display()));
        }
        let events = counts.events.iter().map(|(event, count)| format!("\n    {event} ×{count}"));
        text.join(", ") + &events.collect::<String>()
    }
}

/// Whoever reads only the first lines closes the pipe. A delivery is a stranger's text: nothing in it may move the cursor.
fn print(text: &str) {
    let is_harmful = |c: char| c.is_control() && c != '\n';
    let shown = text.chars().fold(String::new(), |mut shown, c| {
        if is_harmful(c) {
            shown.extend(c.escape_default())
        } else {
            shown.push(c)
        }
        shown
    });
    _ = writeln!(std::io::stdout(), "{shown}");
}

fn time(captured: &Captured) -> String {
    jiff::Timestamp::try_from(captured.received_at).map(crate::capture::utc).unwrap_or_default()
}

/// The payload, or a body that is not JSON.
fn shown(described: &Described, captured: &Captured) -> String {
    let payload = described.payload.as_ref().and_then(|payload| serde_json::to_string_pretty(payload).ok());
    payload.unwrap_or_else(|| String::from_utf8_lossy(&captured.body).into_owned())
}

fn empty(status: u16) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response
}
