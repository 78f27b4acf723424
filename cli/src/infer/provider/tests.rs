use super::text;
use crate::capture::Captured;
use crate::infer::Observations;
use crate::infer::payload::payload;
use std::fmt::Write;

/// What is guessed of deliveries with these headers; `{n}` in a value is another number in each.
fn guessed(headers: &[(&str, &str)], body: &str) -> String {
    let mut observed = Observations::default();
    for number in 10..16 {
        let fill = |text: &str| text.replace("{n}", &number.to_string());
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), fill(value))).collect();
        let captured = Captured { headers, body: fill(body).into_bytes(), ..Captured::default() };
        observed.headers.add(&captured, &payload(&captured).unwrap());
    }
    let lines = text(&observed, "Acme");
    lines.lines().filter(|line| !line.starts_with('#') && *line != "title: Acme").fold(
        String::new(),
        |mut all, line| {
            _ = writeln!(all, "{}", line.trim_end());
            all
        },
    )
}

const HEX: &str = "a3dcb64df512801676c56a0183cd8382befd4961c9f13ded202c071b71adef";

#[test]
fn the_id_is_what_differs_in_each_delivery() {
    for (headers, body, expected) in [
        (
            &[("x-github-delivery", "d-{n}"), ("x-hook-id", "1")][..],
            "{\"id\": {n}}",
            "$request.header.x-github-delivery",
        ),
        (&[("x-request-id", "{n}")], "{\"id\": {n}}", "$request.body#/id"),
        (&[("x-request-id", "{n}")], "{\"id\": 1}", "$request.header.x-request-id"),
        (&[], "{\"id\": 1, \"eventId\": \"{n}\"}", "$request.body#/eventId"),
        (&[], "{\"id\": 1}", "[digest: $request.body]"),
    ] {
        let yaml = guessed(headers, body);
        assert!(yaml.contains(&format!("delivery_id: {expected}\n")), "{yaml}");
    }
}

#[test]
fn the_scheme_follows_from_the_shape() {
    let hex = format!("{HEX}{{n}}");
    let github = format!("sha256={hex}");
    let stripe = format!("t=17672256{{n}},v1={hex}");
    let none = "verify: {scheme: none}\n".to_owned();
    let signed = "  signed: \"{timestamp}.{$request.body}\"\n";
    for (headers, expected) in [
        (
            vec![("x-hub-signature-256", github.as_str())],
            hmac("x-hub-signature-256", "hex", "  format: \"sha256={signature}\"\n"),
        ),
        (
            vec![("stripe-signature", &stripe)],
            hmac("stripe-signature", "hex", &format!("  format: \"t={{timestamp}},v1={{signature}}\"\n{signed}")),
        ),
        (
            vec![("x-acme-hmac-sha256", "o9y2TfUSgBZ2xWoBg82Dgr79SWHJ8T3tICwHG3Gt76g=")],
            hmac("x-acme-hmac-sha256", "base64", ""),
        ),
        (
            vec![("acme-signature", &hex), ("acme-timestamp", "17672256{n}000")],
            hmac(
                "acme-signature",
                "hex",
                &format!("  timestamp: $request.header.acme-timestamp\n  timestamp_unit: milliseconds\n{signed}"),
            ),
        ),
        (
            vec![("svix-id", "m_{n}"), ("svix-timestamp", "17672256{n}"), ("svix-signature", "v1,b=")],
            "verify: {scheme: standard-webhooks, headers: svix}\n".to_owned(),
        ),
        (vec![("x-signature", &hex), ("x-signature-v2", &hex)], hmac("x-signature-v2", "hex", "")),
        (vec![("authorization", "Basic dTpw")], "verify: {scheme: basic}\n".to_owned()),
        (
            vec![("x-gitlab-token", "s3cret")],
            "verify: {scheme: token, signature: $request.header.x-gitlab-token}\n".to_owned(),
        ),
        (vec![("x-token", "{n}"), ("content-type", "application/json")], none),
    ] {
        ends_with(&headers, &expected);
    }
}

#[test]
fn what_is_signed_is_joined_as_the_header_is() {
    let (v0, semicolon) = (format!("v0={HEX}{{n}}"), format!("ts=17672256{{n}};h1={HEX}{{n}}"));
    for (headers, expected) in [
        (
            vec![("x-acme-signature", v0.as_str()), ("x-acme-request-timestamp", "17672256{n}")],
            hmac(
                "x-acme-signature",
                "hex",
                "  format: \"v0={signature}\"\n  timestamp: $request.header.x-acme-request-timestamp\n  timestamp_unit: seconds\n  \
                 signed: \"v0:{timestamp}:{$request.body}\"\n",
            ),
        ),
        (
            vec![("acme-signature", semicolon.as_str())],
            hmac(
                "acme-signature",
                "hex",
                "  format: \"ts={timestamp};h1={signature}\"\n  signed: \"{timestamp}:{$request.body}\"\n",
            ),
        ),
    ] {
        ends_with(&headers, &expected);
    }
}

fn hmac(header: &str, encoding: &str, more: &str) -> String {
    format!(
        "  scheme: hmac\n  algorithm: sha256\n  signature: $request.header.{header}\n  encoding: {encoding}\n{more}"
    )
}

fn ends_with(headers: &[(&str, &str)], expected: &str) {
    let yaml = guessed(headers, "{}");
    assert!(yaml.ends_with(expected), "{headers:?} is\n{yaml}");
}
