//! What `send --dry-run` prints for each provider of docs/signatures, verified by the provider's receiver.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;
use webhook_runtime::Incoming;
use webhook_runtime::http::{HeaderName, HeaderValue, Request};
use webhook_signatures_tests::{Outcome, PROVIDERS};

const TESTS: &str = "../tests/signatures";
/// Those whose signature is in the URL or the body, or covers a header of the request: the user has to put it there.
const BY_HAND: [&str; 7] = ["adyen", "figma", "graph", "mailgun", "mercadopago", "midtrans", "pandadoc"];

/// A folder of specifications with all providers.
fn specs() -> TempDir {
    let specs = tempfile::tempdir().unwrap();
    for (name, ..) in PROVIDERS {
        let folder = specs.path().join(name);
        fs::create_dir(&folder).unwrap();
        fs::copy(Path::new("../docs/signatures").join(name).join("provider.yaml"), folder.join("provider.yaml"))
            .unwrap();
        fs::copy(Path::new(TESTS).join("events.yaml"), folder.join("events.yaml")).unwrap();
    }
    specs
}

fn dry_run(specs: &Path, name: &str, secret: &str, case: &Value) -> Output {
    let body = specs.join("body");
    fs::write(&body, case["body"].as_str().unwrap()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    command.arg("send").arg("--specs").arg(specs).args(["--provider", name, "--event", "thing.created"]);
    command.arg("--body").arg(&body).arg("--dry-run").arg(case["url"].as_str().unwrap());
    command.env("WEBHOOK_SECRET", secret).output().unwrap()
}

/// The request that was printed.
fn request(printed: &[u8], ends_in_line_feed: bool) -> Request<Vec<u8>> {
    let end = printed.windows(2).position(|pair| pair == b"\n\n").unwrap();
    let head = String::from_utf8(printed[..end].to_vec()).unwrap();
    let mut body = printed[end + 2..].to_vec();
    if !ends_in_line_feed {
        assert_eq!(body.pop(), Some(b'\n'));
    }
    let mut request = Request::new(body);
    let (first, headers) = head.split_once('\n').unwrap();
    let (method, url) = first.split_once(' ').unwrap();
    *request.method_mut() = method.parse().unwrap();
    *request.uri_mut() = url.parse().unwrap();
    for header in headers.lines() {
        let (name, value) = header.split_once(": ").unwrap();
        let value = HeaderValue::from_str(value).unwrap();
        request.headers_mut().append(name.parse::<HeaderName>().unwrap(), value);
    }
    request
}

#[test]
fn what_the_command_signs_is_verified_wherever_the_secret_can_sign() {
    let vectors: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(Path::new(TESTS).join("tests/vectors.json")).unwrap()).unwrap();
    let specs = specs();
    let (mut signed, mut by_hand, mut without_private_key) = (0, Vec::new(), 0);
    for vector in &vectors {
        let name = vector["name"].as_str().unwrap().replace('-', "_").replace("_v3", "");
        let case = &vector["accept"][0];
        let Some(secret) = vector["key"]["secret"].as_str() else {
            without_private_key += 1;
            continue;
        };
        let output = dry_run(specs.path(), &name, secret, case);
        if output.status.code() != Some(0) {
            by_hand.push(name);
            continue;
        }
        let request = request(&output.stdout, case["body"].as_str().unwrap().ends_with('\n'));
        let (_, receive, _) = PROVIDERS.iter().find(|(known, ..)| *known == name).unwrap();
        let outcome = receive(secret, Incoming::from(&request)).unwrap();
        assert!(matches!(outcome, Outcome::Delivery), "{name}: {outcome:?}: {request:?}");
        signed += 1;
    }
    println!("{signed} signed, {without_private_key} by a private key that receivers do not have");
    by_hand.sort();
    assert_eq!(by_hand, BY_HAND);
    assert!(signed >= 61, "{signed}");
}
