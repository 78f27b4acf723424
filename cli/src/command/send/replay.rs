//! Captured deliveries, sent again.

use super::super::input::NO;
use super::http::{self, OF_CONNECTION, Outcome, PATIENCE};
use super::secret::Secret;
use super::sign;
use crate::capture::{self, CaptureError, Captured};
use crate::delivery::Sender;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;
use webhook_codegen::documents::provider::Value;
use webhook_runtime::Incoming;
use webhook_runtime::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

/// Sends them to `url`, signed anew where there is a provider with a secret.
pub(super) fn run(captures: &Path, url: &Uri, signer: Option<(&Sender, &Secret)>) -> Result<ExitCode, String> {
    let (mut sent, mut refused) = (0_u64, 0_u64);
    let files: [PathBuf; 1] = [captures.to_owned()];
    let read = capture::read(&files, &mut |captured| {
        let wrong = |problem: String| CaptureError::new(&captured.location.0, captured.location.1, problem);
        let request = request(&captured, url, signer).map_err(wrong)?;
        let (answer, is_fine) = match http::send(request, PATIENCE).map_err(wrong)? {
            Outcome::Answered(answer) => {
                (format!("{} after {} ms", answer.status, answer.after.as_millis()), answer.status.is_success())
            }
            Outcome::Silent { problem, .. } => (format!("none: {problem}"), false),
        };
        println!("{}  answer {answer}", captured.at());
        sent += 1;
        refused += u64::from(!is_fine);
        Ok(())
    });
    read.map_err(|error| format!("error: {error}\n"))?;
    println!("sent {sent}, of which {refused} were not answered with 2xx");
    Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(NO) })
}

/// The request as it came, to another URL; signed anew where there is a secret.
fn request(captured: &Captured, url: &Uri, signer: Option<(&Sender, &Secret)>) -> Result<Request<Vec<u8>>, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in captured.headers.iter().filter(|(name, _)| !OF_CONNECTION.contains(&name.as_str())) {
        let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        let (name, value) = header.ok_or_else(|| format!("the header `{name}` cannot be sent"))?;
        headers.append(name, value);
    }
    let method = Method::try_from(captured.method.as_str()).unwrap_or(Method::POST);
    let mut body = captured.body.clone();
    if let Some((sender, secret)) = signer {
        let verify = &sender.settings().verify;
        let id = verify.id.iter().find_map(|id| match id {
            Value::Header(name) => captured.header(name),
            _ => None,
        });
        let now = SystemTime::now();
        let incoming = Incoming { method: &method, uri: url, headers: &headers, body: &body, now };
        let signed = sign::sign(verify, secret, id.unwrap_or("replayed"), &incoming)?;
        signed.headers.iter().for_each(|(name, value)| _ = headers.insert(name, value.clone()));
        body = signed.body;
    }
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = url.clone();
    *request.headers_mut() = headers;
    Ok(request)
}
