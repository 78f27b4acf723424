//! Requests as providers sign them: what must be accepted, what must be refused, what is answered to handshakes.
//!
//! `SIGNATURES` may name a folder with further `vectors.json` and `handshakes.json` of the same form.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use std::{env, fs};
use webhook_runtime::http::{HeaderName, HeaderValue, Request};
use webhook_runtime::{Incoming, SignError};
use webhook_signatures_tests::{Outcome, PROVIDERS, Provider};

fn folders() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    [Some(own), env::var_os("SIGNATURES").map(PathBuf::from)].into_iter().flatten().collect()
}

fn all(file: &str) -> Vec<Value> {
    let read = |folder: PathBuf| -> Vec<Value> {
        serde_json::from_str(&fs::read_to_string(folder.join(file)).unwrap()).unwrap()
    };
    folders().into_iter().flat_map(read).collect()
}

fn request(request: &Value) -> Request<Vec<u8>> {
    let text = |key: &str| request[key].as_str().unwrap();
    let mut built = Request::new(text("body").as_bytes().to_vec());
    *built.method_mut() = text("method").parse().unwrap();
    *built.uri_mut() = text("url").parse().unwrap();
    for (name, value) in request["headers"].as_object().unwrap() {
        let value = HeaderValue::from_str(value.as_str().unwrap()).unwrap();
        built.headers_mut().append(name.parse::<HeaderName>().unwrap(), value);
    }
    built
}

/// The name of a provider in a vector may say more than the folder's: `hubspot-v3`.
fn folder(name: &str) -> String {
    name.replace('-', "_").replace("_v3", "")
}

fn provider(name: &str) -> &'static Provider {
    PROVIDERS.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("{name}"))
}

fn receive(name: &str, secret: &str, now: u64, request: &Request<Vec<u8>>) -> Outcome {
    let name = folder(name);
    let (_, receive, _) = provider(&name);
    let incoming = Incoming::from(request).at(UNIX_EPOCH + Duration::from_secs(now));
    receive(secret, incoming).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn secret(key: &Value) -> &str {
    key["secret"].as_str().or_else(|| key["public_key"].as_str()).unwrap()
}

#[test]
fn what_providers_sign_is_accepted_and_what_they_do_not_is_refused() {
    let (mut accepted, mut refused, mut wrong) = (0, 0, Vec::new());
    for vector in all("vectors.json") {
        let (name, secret) = (vector["name"].as_str().unwrap(), secret(&vector["key"]));
        let now = |case: &Value| case["now"].as_u64().or_else(|| vector["now"].as_u64()).unwrap();
        for case in vector["accept"].as_array().unwrap() {
            match receive(name, secret, now(case), &request(case)) {
                Outcome::Delivery => accepted += 1,
                other => wrong.push(format!("{name} accepts {}: {other:?}", case["note"])),
            }
        }
        for case in vector["reject"].as_array().unwrap() {
            match receive(name, secret, now(case), &request(case)) {
                Outcome::Refused(error) if error.status() == 401 => refused += 1,
                other => wrong.push(format!("{name} refuses {}: {other:?}", case["why"])),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{accepted} accepted, {refused} refused");
    assert!(accepted >= 80 && refused >= 350, "{accepted} accepted, {refused} refused");
}

/// Every bit of the headers, and every bit of a body that is signed whole.
#[test]
fn every_change_of_one_bit_is_refused() {
    for vector in all("vectors.json") {
        let (name, secret) = (vector["name"].as_str().unwrap(), secret(&vector["key"]));
        let now = vector["now"].as_u64().unwrap();
        let case = &vector["accept"][0];
        let original = request(case);
        for (header, value) in original.headers() {
            for bytes in one_bit_off(value.as_bytes()) {
                let Ok(value) = HeaderValue::from_bytes(&bytes) else { continue };
                let mut changed = original.clone();
                changed.headers_mut().insert(header, value);
                let outcome = receive(name, secret, now, &changed);
                assert!(
                    matches!(outcome, Outcome::Refused(_)),
                    "{name}: {header}: {}",
                    String::from_utf8_lossy(&bytes)
                );
            }
        }
        if !vector["covers_body"].as_bool().unwrap_or(!is_shared(&vector)) {
            continue;
        }
        for body in one_bit_off(original.body()) {
            let mut changed = original.clone();
            *changed.body_mut() = body;
            assert!(matches!(receive(name, secret, now, &changed), Outcome::Refused(_)), "{name}: body");
        }
    }
}

/// By who has the shared secret; with an asymmetric key a receiver cannot, and what is in the URL or the body is the
/// sender's to put there.
#[test]
fn what_is_signed_here_is_accepted() {
    let mut signed = 0;
    for vector in all("vectors.json") {
        let (name, secret) = (vector["name"].as_str().unwrap(), secret(&vector["key"]));
        let (now, name) = (vector["now"].as_u64().unwrap(), folder(name));
        let mut request = request(&vector["accept"][0]);
        let (_, _, sign) = provider(&name);
        match sign(secret, "id-1", Incoming::from(&request).at(UNIX_EPOCH + Duration::from_secs(now))) {
            Ok(made) => {
                made.headers.iter().for_each(|(name, value)| _ = request.headers_mut().insert(name, value.clone()));
                // Without what was there, where a provider has a second place.
                request.headers_mut().remove("box-signature-secondary");
                let outcome = receive(&name, secret, now, &request);
                assert!(matches!(outcome, Outcome::Delivery), "{name}: {:?}: {outcome:?}", request.headers());
                signed += 1;
            }
            Err(SignError::NoPrivateKey) => assert!(vector["key"]["public_key"].is_string(), "{name}"),
            Err(error) => assert_eq!(error, SignError::NotInHeaders, "{name}"),
        }
    }
    assert!(signed >= 60, "{signed}");
}

/// Schemes whose secret is sent as it is.
fn is_shared(vector: &Value) -> bool {
    matches!(vector["name"].as_str(), Some("gitlab" | "basic"))
}

fn one_bit_off(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..8 * bytes.len()).map(|bit| {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        changed
    })
}

#[test]
fn handshakes_are_answered_and_nothing_is_echoed_to_others() {
    for handshake in all("handshakes.json") {
        let text = |key: &str| handshake[key].as_str().unwrap();
        let now = handshake["now"].as_u64().unwrap();
        let outcome = receive(text("name"), text("secret"), now, &request(&handshake["request"]));
        let Outcome::Handshake(response) = outcome else { panic!("{}: {outcome:?}", text("name")) };
        let reply = &handshake["reply"];
        assert_eq!(u64::from(response.status().as_u16()), reply["status"].as_u64().unwrap());
        if let Some(content_type) = reply["content_type"].as_str() {
            assert_eq!(response.headers()["content-type"], content_type, "{}", text("name"));
        }
        match &reply["json"] {
            Value::Null => {
                let body = reply["body"].as_str().unwrap_or_default();
                assert_eq!(String::from_utf8_lossy(response.body()), body, "{}", text("name"));
            }
            json => assert_eq!(serde_json::from_slice::<Value>(response.body()).unwrap(), *json, "{}", text("name")),
        }
        for (name, value) in reply["headers"].as_object().into_iter().flatten() {
            assert_eq!(response.headers()[name], value.as_str().unwrap());
        }
        for case in handshake["not_a_handshake"].as_array().unwrap() {
            match receive(text("name"), text("secret"), now, &request(&case["request"])) {
                Outcome::Refused(error) => assert_eq!(error.status(), 401, "{}", case["why"]),
                other => panic!("{}: {}: {other:?}", text("name"), case["why"]),
            }
        }
    }
}
