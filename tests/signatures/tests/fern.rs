//! A receiver from a document that says itself how its webhooks are signed.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, UNIX_EPOCH};
use webhook_runtime::Incoming;
use webhook_runtime::http::Request;
use webhook_signatures_tests::webhooks::fern::Receiver;

/// HMAC-SHA512 of `1700000000000|https://shop.example/hooks?a=b|{"id":1}`, by another implementation.
const SIGNATURE: &str = "sha512=f8b6b28c0b69442855c59692425e546d7a3f849cf9e56da9efdd84119f1a4b9b\
    af5f6abc0069656719fb3cd4444a453fd68dc3b73927dac0c0b8ade0f08f4d3a";

fn request(url: &str, timestamp: &str, signature: &str, body: &str) -> Request<Vec<u8>> {
    let request = Request::post(url).header("x-acme-timestamp", timestamp).header("x-acme-signature", signature);
    request.body(body.into()).unwrap()
}

#[test]
fn what_the_document_says_is_verified_and_nothing_else() {
    let receiver = Receiver::new("a secret of a provider").unwrap();
    let (url, time, body) = ("https://shop.example/hooks?a=b", "1700000000000", r#"{"id":1}"#);
    let changed = SIGNATURE.replace('f', "e");
    for (url, time, signature, body, seconds, is_fine) in [
        (url, time, SIGNATURE, body, 1_700_000_060, true),
        (url, time, SIGNATURE, body, 1_700_000_061, false),
        ("https://shop.example/hooks?a=c", time, SIGNATURE, body, 1_700_000_000, false),
        (url, "1700000000001", SIGNATURE, body, 1_700_000_000, false),
        (url, time, &SIGNATURE[7..], body, 1_700_000_000, false),
        (url, time, &changed, body, 1_700_000_000, false),
        (url, time, SIGNATURE, r#"{"id":2}"#, 1_700_000_000, false),
    ] {
        let request = request(url, time, signature, body);
        let received = receiver.receive(Incoming::from(&request).at(UNIX_EPOCH + Duration::from_secs(seconds)));
        assert_eq!(received.is_ok(), is_fine, "{request:?} at {seconds}: {received:?}");
    }
}
