//! The request over the network, and what came back.

use std::io::{ErrorKind, Read};
use std::net::IpAddr;
use std::time::{Duration, Instant};
use ureq::{Agent, Error, Timeout};
use webhook_runtime::http::{Request, StatusCode, Uri};

/// The most bytes of an answer that are shown.
const SHOWN: usize = 4096;

/// How long to wait for an answer where the sender does not say.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Headers of the connection that a delivery came on, which are not sent on.
pub(crate) const OF_CONNECTION: [&str; 6] =
    ["host", "content-length", "connection", "transfer-encoding", "expect", "accept-encoding"];

/// What a receiver did.
pub(crate) enum Outcome {
    Answered(Answer),
    /// It was there, but did not answer in time, or not in HTTP.
    Silent {
        problem: String,
        after: Duration,
    },
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// How long it took.
    pub(crate) after: Duration,
    /// Where a redirect leads.
    pub(crate) location: Option<String>,
    /// The beginning of its body.
    body: Vec<u8>,
}

/// Sends a request, and waits for so long in each of its steps.
///
/// # Errors
/// When nobody was there, in words for the user.
pub(crate) fn send(request: Request<Vec<u8>>, patience: Duration) -> Result<Outcome, String> {
    let patience = Some(patience);
    // A limit for each step, and none for all together, tells who does not answer from who is not there.
    let config = Agent::config_builder()
        .timeout_resolve(patience)
        .timeout_connect(patience)
        .timeout_send_request(patience)
        .timeout_send_body(patience)
        .timeout_recv_response(patience)
        .timeout_recv_body(patience)
        .max_redirects(0)
        .http_status_as_error(false);
    let config = if is_here(request.uri()) { config.proxy(None) } else { config };
    let agent = Agent::new_with_config(config.build());
    let start = Instant::now();
    let answered = agent.run(request);
    let after = start.elapsed();
    let mut response = match answered {
        Ok(response) => response,
        Err(error) => return silent(&error).map(|problem| Outcome::Silent { problem, after }),
    };
    let location = response.headers().get("location");
    let location = location.and_then(|location| location.to_str().ok()).map(str::to_owned);
    let mut body = Vec::new();
    // Of a body that breaks off, what came is shown.
    _ = response.body_mut().as_reader().take(SHOWN as u64 + 1).read_to_end(&mut body);
    Ok(Outcome::Answered(Answer { status: response.status(), after, location, body }))
}

/// Whether an address is on this machine, where no proxy leads.
fn is_here(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// What a receiver did wrong that was there; an error if it was not.
fn silent(error: &Error) -> Result<String, String> {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => Err("no connection in time".to_owned()),
        Error::Timeout(_) => Ok("that is too long".to_owned()),
        Error::Protocol(problem) => Ok(format!("not HTTP: {problem}")),
        Error::LargeResponseHeader(..) => Ok("its headers are too long".to_owned()),
        Error::Io(problem) => match problem.kind() {
            BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof => Ok("it hung up".to_owned()),
            _ => Err(problem.to_string()),
        },
        problem => Err(problem.to_string()),
    }
}

impl Answer {
    /// The body, if it is text that a terminal can show.
    pub(crate) fn text(&self) -> Option<String> {
        if self.body.is_empty() {
            return None;
        }
        let is_cut = self.body.len() > SHOWN;
        let shown = &self.body[..self.body.len().min(SHOWN)];
        let text = match std::str::from_utf8(shown) {
            Ok(text) => Some(text),
            // The cut may go through a character.
            Err(error) if is_cut && error.error_len().is_none() => {
                std::str::from_utf8(&shown[..error.valid_up_to()]).ok()
            }
            Err(_) => None,
        };
        let is_plain = |c: char| !c.is_control() || c.is_ascii_whitespace();
        Some(match text.filter(|text| text.chars().all(is_plain)) {
            Some(text) if is_cut => format!("{} …", text.trim_end()),
            Some(text) => text.trim_end().to_owned(),
            None => "(a body that is not text)".to_owned(),
        })
    }
}
