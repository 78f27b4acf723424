//! `send` as a process, to a receiver in this one.
#![allow(clippy::unwrap_used)]

mod receiver;
mod shop;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use receiver::{OK, Received, SLOW, receiver};
use serde_json::Value;
use shop::shop;
use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use webhook_events::{askelephant, superoffice, wix};
use webhook_runtime::{Algorithm, Expression, Format, Hash, Incoming, Receive, Receiver, Signer, Slot, Verify};

const WHSEC: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER_WHSEC: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const PRIVATE: &str = "../runtime/tests/receive/keys/test-only-private.pem";

fn command(specs: &Path, provider: &str, event: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    command.arg("send").arg("--specs").arg(specs).args(["--provider", provider, "--event", event]);
    // No proxy leads to this machine.
    command.env_remove("WEBHOOK_SECRET").env("HTTP_PROXY", "http://127.0.0.1:1").env_remove("NO_PROXY");
    command
}

fn of_repository(provider: &str, event: &str) -> Command {
    command(Path::new("../specs"), provider, event)
}

/// All that was printed.
fn printed(output: &Output) -> String {
    let shown = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(shown).expect("all of it is UTF-8")
}

/// What was printed to stdout, with every duration as `N ms` and the receiver's port as `PORT`.
fn block(output: &Output) -> String {
    let text = String::from_utf8(output.stdout.clone()).expect("all of it is UTF-8");
    let words = text.split_inclusive([' ', '\n', '/']);
    let mut shown = String::new();
    for word in words {
        let end = word.len() - 1;
        match word.strip_prefix("127.0.0.1:") {
            Some(_) => shown.push_str("127.0.0.1:PORT/"),
            None if shown.ends_with("after ") && word[..end].parse::<u64>().is_ok() => {
                shown += &format!("N{}", &word[end..])
            }
            None => shown.push_str(word),
        }
    }
    shown
}

/// Sends to a receiver that is content, and gives what it received and what the command printed.
fn sent(mut command: Command) -> (Received, String) {
    let (url, receiver) = receiver(OK);
    let output = command.arg(url).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let received = receiver.join().unwrap();
    assert!(received.line.ends_with(" /hooks/a?b=c HTTP/1.1"), "{}", received.line);
    (received, block(&output))
}

/// Verifies with the first secret, does not with the second, and gives the payload.
fn verified<E: Receive>(received: &Received, secrets: [&str; 2]) -> Value {
    let [own, other] = secrets.map(|secret| Receiver::<E>::new(secret).unwrap());
    assert!(other.verify((&received.headers, &received.body)).is_err(), "another key must not do");
    let verified = own.verify((&received.headers, &received.body));
    let verified = verified.unwrap_or_else(|error| panic!("{error}: {:?}", received.headers));
    serde_json::from_slice(&verified.payload).expect("JSON")
}

#[test]
fn standard_webhooks_verify() {
    let mut command = of_repository("askelephant", "v1.company.created");
    command.args(["--secret", WHSEC]);
    let (received, block) = sent(command);
    let body = verified::<askelephant::Event>(&received, [WHSEC, OTHER_WHSEC]);
    assert_eq!(body["type"], "v1.company.created");
    assert_eq!(received.headers["content-type"], "application/json");
    let expected = format!(
        "event   v1.company.created of askelephant\nurl     http://127.0.0.1:PORT/hooks/a?b=c\n\
         sent    {} bytes, signed by Standard Webhooks\nanswer  200 OK after N ms\n",
        received.body.len()
    );
    assert_eq!(block, expected);

    let mut command = of_repository("askelephant", "v1.company.created");
    command.env("WEBHOOK_SECRET", WHSEC);
    let (again, _) = sent(command);
    assert_eq!(again.body, received.body);
    assert_ne!(again.headers["svix-id"], received.headers["svix-id"]);
}

#[test]
fn hmac_verifies() {
    let mut command = of_repository("superoffice", "contact.created");
    command.args(["--secret", "-Hunter's secret"]);
    let (received, _) = sent(command);
    let body = verified::<superoffice::Event>(&received, ["-Hunter's secret", "other"]);
    assert_eq!(body["Event"], "contact.created");
}

#[test]
fn tokens_verify_and_hold_from_now_on() {
    let pem = |name: &str| fs::read_to_string(format!("../runtime/tests/receive/keys/test-only-{name}.pem")).unwrap();
    for secret in [PRIVATE, &pem("private-pkcs1")] {
        // By the key of the webhook: the event type is `wix.contacts.v4.contact_created`.
        let mut command = of_repository("wix", "contact_created");
        command.args(["--secret", secret]);
        let (received, _) = sent(command);
        let claims = verified::<wix::Event>(&received, [&pem("public"), &pem("other-public")]);
        assert_eq!(received.headers["content-type"], "application/jwt");
        assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 1_606_628_458 - 1_603_028_458);
        let data: Value = serde_json::from_str(claims["data"].as_str().unwrap()).unwrap();
        assert_eq!(data["eventType"], "wix.contacts.v4.contact_created");
    }
}

#[test]
fn who_does_not_sign_needs_no_secret() {
    let (received, block) = sent(of_repository("iclosed", "Contact created"));
    let body: Value = serde_json::from_slice(&received.body).unwrap();
    assert_eq!(body["hookType"], "Contact created");
    assert!(block.contains(" bytes, not signed\n"), "{block}");
}

#[test]
fn the_test_of_an_endpoint_is_what_the_provider_sends() {
    let mut command = of_repository("superoffice", "test");
    command.args(["--secret", "Hunter's secret"]);
    let (Received { headers, body, .. }, _) = sent(command);
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((&body["Event"], &body["PrimaryKey"]), (&"test".into(), &0.into()));
    assert_eq!(headers["x-superoffice-event"], "test");
    assert_eq!(headers["x-hook-test"], "true");
    assert_eq!(headers["x-superoffice-eventid"], body["EventId"].as_str().unwrap());
    assert!(headers.contains_key("x-superoffice-signature"), "{headers:?}");

    let mut command = of_repository("superoffice", "contact.created");
    command.args(["--secret", "Hunter's secret"]);
    let (Received { headers, .. }, _) = sent(command);
    assert_eq!(headers["x-superoffice-event"], "contact.created");
    assert!(!headers.contains_key("x-hook-test"), "{headers:?}");
}

#[test]
fn each_example_has_an_id_of_its_own() {
    let twice = |provider: &str, event: &str, secret: &str| {
        [(); 2].map(|()| {
            let mut command = of_repository(provider, event);
            command.args(["--secret", secret]);
            sent(command).0.body
        })
    };
    let json = |body: &Vec<u8>| serde_json::from_slice::<Value>(body).unwrap();

    let [first, second] = twice("superoffice", "contact.created", "secret").map(|body| json(&body));
    assert_ne!(first["EventId"], second["EventId"]);
    let [first, second] = twice("iclosed", "Call booked", "").map(|body| json(&body));
    let id = |body: &Value| body.pointer("/event/callPreviewId").map(|id| id.as_str().unwrap().to_owned());
    assert!(id(&first).is_some_and(|id| id.starts_with("call_")) && id(&first) != id(&second), "{first}");
    // A digest differs by white space.
    let [first, second] = twice("iclosed", "Contact created", "");
    assert!(first != second && json(&first) == json(&second), "{first:?}");

    let [first, second] = twice("wix", "contact_deleted", PRIVATE).map(|token| {
        let claims = URL_SAFE_NO_PAD.decode(token.split(|byte| *byte == b'.').nth(1).unwrap()).unwrap();
        let inner = |text: &Value| serde_json::from_str::<Value>(text.as_str().unwrap()).unwrap();
        inner(&inner(&json(&claims)["data"])["data"])
    });
    assert_ne!(first["id"], second["id"]);
    assert_eq!(first["entityId"], second["entityId"]);
}

#[test]
fn a_body_of_ones_own_keeps_its_id() {
    let body = r#"{"EventId": "mine", "Event": "contact.created"}"#;
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), body).unwrap();
    let mut command = of_repository("superoffice", "contact.created");
    command.args(["--secret", "secret", "--body"]).arg(file.path());
    let (received, _) = sent(command);
    assert_eq!(received.body, body.as_bytes());
    assert_eq!(received.headers["x-superoffice-eventid"], "mine");
}

#[test]
fn without_an_example_the_schema_and_its_headers_make_one() {
    let specs = shop();
    let mut command = command(specs.path(), "signed", "order-sold");
    command.env("WEBHOOK_SECRET", "sesame");
    let (received, _) = sent(command);
    let verify = Verify {
        algorithm: Algorithm::Hmac(Hash::Sha256),
        signature: &[Expression::Header("x-sign")],
        format: Format { slots: &[Slot { label: "sha256=", ..Slot::SIGNATURE }], ..Format::SIGNATURES },
        ..Verify::NONE
    };
    let by = |secret: &str| {
        let signed = Signer::new(verify, secret).unwrap();
        signed.sign("", &Incoming::from((&received.headers, &received.body))).unwrap().headers["x-sign"].clone()
    };
    assert_eq!(received.headers["x-sign"], by("sesame"));
    assert_ne!(received.headers["x-sign"], by("other"));
    let body = br#"{"action":"sold","id":7,"at":"2026-01-01T00:00:00Z","next":{"next":null,"all":[]}}"#;
    assert_eq!(std::str::from_utf8(&received.body), std::str::from_utf8(body));
    assert!(received.line.starts_with("PUT "));
    let headers = ["content-type", "x-kind", "x-attempt"].map(|name| received.headers[name].to_str().unwrap());
    assert_eq!(headers, ["application/vnd.shop+json", "order", "1"]);
    assert_eq!(received.headers["x-id"].len(), 36, "a fresh one, not the example");
    assert!(received.headers["host"].to_str().unwrap().starts_with("127.0.0.1:"));
}

#[test]
fn a_body_of_ones_own_is_sent_as_it_is() {
    let specs = shop();
    let own = b" {\"action\" : 1.0}\r\n\xff";
    let file = specs.path().join("own.txt");
    fs::write(&file, own).unwrap();
    let mut from_file = command(specs.path(), "plain", "order-sold");
    from_file.arg("--body").arg(file);
    assert_eq!(sent(from_file).0.body, own);

    let (url, receiver) = receiver(OK);
    let mut from_stdin = command(specs.path(), "plain", "order-sold");
    let mut child = from_stdin.args(["--body", "-", &url]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(own).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(receiver.join().unwrap().body, own);
}

#[test]
fn the_exit_status_says_what_the_sender_would_think() {
    let specs = shop();
    let no_content = "HTTP/1.1 204 No Content\r\n\r\n";
    let moved = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    let refused = "HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\nno signature matches\n";
    let binary = "HTTP/1.1 500 Internal Server Error\r\nconnection: close\r\n\r\n\u{1b}[2J";
    for (provider, answer, status, end) in [
        ("plain", no_content, 0, "answer  204 No Content after N ms\n"),
        ("plain", moved, 1, "answer  302 Found after N ms, plain expects 2xx\n        not followed: /elsewhere\n"),
        ("plain", refused, 1, "answer  401 Unauthorized after N ms, plain expects 2xx\n\nno signature matches\n"),
        ("plain", binary, 1, ", plain expects 2xx\n\n(a body that is not text)\n"),
        ("plain", "", 1, "answer  none after N ms: it hung up\n"),
        ("signed", SLOW, 1, "answer  none after N ms: that is too long\n"),
    ] {
        let (url, receiver) = receiver(answer);
        let output = command(specs.path(), provider, "order-sold").args(["--secret", "sesame", &url]).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", printed(&output));
        assert!(block(&output).ends_with(end), "{}", printed(&output));
        assert_eq!(printed(&output).contains("the secret is not used"), provider == "plain");
        receiver.join().unwrap();
    }
    let (url, receiver) = receiver(no_content);
    let picky = of_repository("iclosed", "Contact created").arg(url).output().unwrap();
    assert_eq!(picky.status.code(), Some(1));
    assert!(block(&picky).ends_with("answer  204 No Content after N ms, iclosed expects 200\n"), "{}", block(&picky));
    receiver.join().unwrap();
}

#[test]
fn what_cannot_run_says_why() {
    let specs = shop();
    let run = |provider: &str, event: &str, more: &[&str]| {
        let output = command(specs.path(), provider, event).args(more).output().unwrap();
        assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]), "{}", printed(&output));
        printed(&output)
    };
    let url = "http://127.0.0.1:9/";
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (printed, said) in [
        (run("plane", "order-sold", &[url]), "did you mean `plain`?"),
        (run("other", "order-sold", &[url]), "there are plain, signed"),
        (run("plain", "order-sole", &[url]), "did you mean `sold`?"),
        (run("plain", "x", &[url]), "there are sold"),
        (run("signed", "order-sold", &[url]), "there is no secret"),
        (run("signed", "order-sold", &["--secret", "", url]), "there is no secret"),
        (run("plain", "order-sold", &["--body", "no-such-file", url]), "error: no-such-file: "),
        (run("plain", "order-sold", &["localhost:80"]), "write it in full"),
        (run("plain", "order-sold", &["ftp://localhost"]), "write it in full"),
        (run("plain", "order-sold", &["http://a:b@localhost:99999/"]), "write it in full"),
        (run("plain", "order-sold", &[&format!("http://{unused}/")]), "refused"),
    ] {
        assert!(printed.contains(said), "{said} is not in {printed}");
    }
}

#[test]
fn a_dry_run_prints_the_request_instead() {
    let specs = shop();
    let output = command(specs.path(), "plain", "order-sold").args(["--dry-run", "http://no-such-host/"]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(0));
    let expected = concat!(
        "PUT http://no-such-host/\nuser-agent: webhook-codegen/",
        env!("CARGO_PKG_VERSION"),
        "\ncontent-type: application/vnd.shop+json\nx-attempt: 1\nx-kind: order\nx-id: 0\nx-sign: sha256=0\n\n",
        "{\"action\":\"sold\",\"id\":7,\"at\":\"2026-01-01T00:00:00Z\",\"next\":{\"next\":null,\"all\":[]}}\n",
    );
    assert_eq!(block(&output), expected);
}

#[test]
fn the_secret_is_in_no_output() {
    let echo = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\nnot whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw but";
    let not_base64 = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS%";
    for (secret, event, more) in [
        (WHSEC, "v1.tag.created", &["--dry-run"][..]),
        (WHSEC, "v1.tag.created", &[]),
        (WHSEC, "no.such.event", &[]),
        (not_base64, "v1.tag.created", &[]),
    ] {
        let (url, _) = receiver(echo);
        let url = format!("{url}&key={secret}");
        for by_variable in [false, true] {
            let mut command = of_repository("askelephant", event);
            match by_variable {
                true => command.env("WEBHOOK_SECRET", secret),
                false => command.args(["--secret", secret]),
            };
            let shown = printed(&command.args(more).arg(&url).output().unwrap());
            assert!(!shown.contains("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS"), "{shown}");
        }
    }
    let help = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    let help = { help }.args(["send", "--help"]).env("WEBHOOK_SECRET", WHSEC).output().unwrap();
    assert!(printed(&help).contains("WEBHOOK_SECRET") && !printed(&help).contains(WHSEC));
    let pem = fs::read_to_string("../runtime/tests/receive/keys/test-only-public.pem").unwrap();
    let wrong =
        of_repository("wix", "contact_created").args(["--secret", &pem, "http://127.0.0.1:9/"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(printed(&wrong).contains("not an RSA private key") && !printed(&wrong).contains("BEGIN"));
    let mut misspelt = of_repository("wix", "contact_created");
    let misspelt = printed(&misspelt.args(["--secret", "no-such-key.pem", "http://127.0.0.1:9/"]).output().unwrap());
    assert!(misspelt.contains("neither a key nor a file") && !misspelt.contains("no-such-key"), "{misspelt}");
}
