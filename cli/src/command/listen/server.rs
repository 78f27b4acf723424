//! The requests, one by one.

use super::super::send::http;
use super::endpoint::{Endpoint, Outcome};
use super::time::rfc3339;
use crate::capture::{Captured, to_line};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use webhook_runtime::http::{HeaderMap, Method, Request, Response, StatusCode, Uri};

/// A larger body is refused.
const LARGEST: usize = 8 << 20;

pub(super) struct Listener {
    endpoints: Vec<Endpoint>,
    save: Option<Mutex<File>>,
    forward: Option<Uri>,
    verbose: bool,
    counts: Mutex<BTreeMap<&'static str, u64>>,
}

/// Listens until Ctrl-C.
pub(super) fn serve(address: SocketAddr, listener: Listener) -> Result<ExitCode, String> {
    let failed = |error: std::io::Error| format!("error: {address}: {error}\n");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    let listener = Arc::new(listener);
    let state = Arc::clone(&listener);
    runtime.block_on(async move {
        let socket = tokio::net::TcpListener::bind(address).await.map_err(failed)?;
        println!("listening on http://{}", socket.local_addr().map_err(failed)?);
        let routes = Router::new().fallback(request).layer(DefaultBodyLimit::max(LARGEST)).with_state(state);
        let end = async { _ = tokio::signal::ctrl_c().await };
        axum::serve(socket, routes).with_graceful_shutdown(end).await.map_err(failed)
    })?;
    println!("\n{}", listener.summary());
    Ok(ExitCode::SUCCESS)
}

async fn request(
    State(listener): State<Arc<Listener>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<axum::body::Body> {
    let forward = Arc::clone(&listener);
    let (response, captured) = listener.respond(&method, &uri, &headers, &body);
    if let Some((captured, to)) = captured.zip(listener.forward.clone()) {
        // The provider is answered at once: it is not to wait for an application that is being written.
        tokio::task::spawn_blocking(move || forward.forward(&captured, to, method, headers));
    }
    response.map(axum::body::Body::from)
}

impl Listener {
    pub fn new(endpoints: Vec<Endpoint>, save: Option<File>, forward: Option<Uri>, verbose: bool) -> Self {
        Self { endpoints, save: save.map(Mutex::new), forward, verbose, counts: Mutex::default() }
    }

    /// The answer, and the delivery if the request is one.
    fn respond(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> (Response<Vec<u8>>, Option<Captured>) {
        let captured = captured(method, uri, headers, body);
        let endpoint = self.endpoint(uri);
        let name = endpoint.map_or("delivery", |endpoint| &endpoint.provider.name);
        let outcome = match endpoint {
            Some(endpoint) => endpoint.outcome(&captured, method, uri, headers),
            None if !self.endpoints.is_empty() => Outcome::Refused(format!("no provider has the path {}", uri.path())),
            None => Outcome::Delivery(format!("{} bytes", body.len())),
        };
        let status = endpoint.map_or(200, |endpoint| endpoint.provider.settings.respond.status);
        match outcome {
            Outcome::Handshake(response) => {
                self.say("handshakes", &captured, &format!("{name} handshake"));
                (response, None)
            }
            Outcome::Refused(why) => {
                self.say("refused", &captured, &format!("{name} refused: {why}"));
                (empty(if endpoint.is_some() { 401 } else { 404 }), None)
            }
            Outcome::Delivery(what) => match self.save(&captured) {
                Ok(()) => {
                    self.say("deliveries", &captured, &format!("{name} {what}"));
                    (empty(status), Some(captured))
                }
                Err(error) => {
                    self.say("not saved", &captured, &format!("{name} {what}\n    not saved: {error}"));
                    (empty(500), None)
                }
            },
        }
    }

    /// That of the provider which the path names, or the only one.
    fn endpoint(&self, uri: &Uri) -> Option<&Endpoint> {
        let first = uri.path().split('/').nth(1).unwrap_or_default();
        let named = self.endpoints.iter().find(|endpoint| endpoint.provider.name == first);
        named.or(match self.endpoints.as_slice() {
            [only] => Some(only),
            _ => None,
        })
    }

    fn save(&self, captured: &Captured) -> std::io::Result<()> {
        let Some(file) = &self.save else { return Ok(()) };
        let line = to_line(captured) + "\n";
        file.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes())
    }

    fn say(&self, kind: &'static str, captured: &Captured, what: &str) {
        *self.counts.lock().unwrap_or_else(PoisonError::into_inner).entry(kind).or_default() += 1;
        let time = captured.received_at.as_deref().unwrap_or_default();
        let body = if self.verbose { format!("\n{}", shown(&captured.body)) } else { String::new() };
        // Whoever reads only the first lines closes the pipe.
        _ = writeln!(std::io::stdout(), "{time} {what}{body}");
    }

    fn summary(&self) -> String {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts: Vec<_> = counts.iter().map(|(kind, count)| format!("{kind}: {count}")).collect();
        if counts.is_empty() { "nothing came".to_owned() } else { counts.join(", ") }
    }

    /// Sends a delivery on with its headers, but for those of the connection.
    fn forward(&self, captured: &Captured, to: Uri, method: Method, mut headers: HeaderMap) {
        for name in ["host", "content-length", "connection", "transfer-encoding", "expect"] {
            headers.remove(name);
        }
        let shown = to.to_string();
        let mut request = Request::new(captured.body.clone());
        (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (method, to, headers);
        let answer = match http::send(request, http::PATIENCE) {
            Ok(http::Outcome::Answered(answer)) => format!("{} after {} ms", answer.status, answer.after.as_millis()),
            Ok(http::Outcome::Silent { problem, .. }) | Err(problem) => problem,
        };
        _ = writeln!(std::io::stdout(), "    {shown} answered {answer}");
    }
}

/// A body as text, if it is.
fn shown(body: &[u8]) -> String {
    let value = serde_json::from_slice(body).and_then(|value: serde_json::Value| serde_json::to_string_pretty(&value));
    value.unwrap_or_else(|_| String::from_utf8_lossy(body).escape_debug().collect())
}

fn captured(method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Captured {
    let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Captured {
        received_at: Some(rfc3339(SystemTime::now())),
        method: method.to_string(),
        url: uri.to_string(),
        headers: headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body: body.to_vec(),
        ..Captured::default()
    }
}

fn empty(status: u16) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response
}
