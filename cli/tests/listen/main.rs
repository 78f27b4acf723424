//! `listen`, as a process on loopback, with deliveries that `send` signs.
#![allow(clippy::unwrap_used)]

mod in_a_row;
mod listening;

use listening::{Listening, send};
use std::io::{Read, Write};
use std::net::TcpStream;

#[test]
fn what_is_signed_is_answered_saved_and_shown_and_nothing_else_is_saved() {
    let mut listening = Listening::new(&["--secret", "superoffice=k3y"]);
    assert!(listening.send("k3y", "/superoffice"));
    assert!(!listening.send("another", "/superoffice"));
    let (printed, saved) = listening.end();
    assert_eq!(saved.len(), 1, "{printed}");
    assert!(saved[0].header("x-superoffice-signature").is_some() && saved[0].url == "/superoffice");
    let lines: Vec<_> = printed.lines().filter(|line| line.contains(" superoffice ")).collect();
    assert!(lines[0].contains(" superoffice contact.created ") && lines[0].contains(" verified"), "{printed}");
    assert!(lines[1].contains("superoffice refused: "), "{printed}");
    let summary = "deliveries: 1, refused: 1, saved in saved.jsonl\n    superoffice contact.created ×1\n";
    assert!(printed.ends_with(summary), "{printed}");
    assert!(
        printed.contains("/superoffice verified\n") && printed.contains("/wix not verified: no secret\n"),
        "{printed}"
    );
    assert!(!printed.contains("k3y"), "{printed}");
}

#[test]
fn a_provider_without_a_document_is_answered_and_saved() {
    for documents in [&["--specs", listening::SPECS][..], &[]] {
        let mut listening = Listening::bare(documents);
        assert!(listening.send("k3y", "/acme?a=1"));
        let (printed, saved) = listening.end();
        assert_eq!((saved.len(), saved[0].url.as_str()), (1, "/acme?a=1"), "{printed}");
        assert!(printed.contains(" POST /acme?a=1 "), "{printed}");
    }
}

#[test]
fn what_arrives_goes_on_to_an_application() {
    let mut application = Listening::new(&["--secret", "superoffice=k3y"]);
    let mut listening = Listening::new(&["--forward", &format!("{}/superoffice", application.url)]);
    assert!(listening.send("k3y", "/superoffice"));
    // The provider is answered before the application is.
    let answered = listening.end().0;
    assert!(answered.contains(": 200 OK after "), "{answered}");
    assert_eq!(application.end().1.len(), 1);

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut listening = Listening::new(&["--forward", &format!("http://{nobody}/")]);
    assert!(listening.send("k3y", "/superoffice"));
    let unreachable = listening.end().0;
    assert!(unreachable.contains(&format!("forwarded to http://{nobody}/: no connection: ")), "{unreachable}");
}

#[test]
fn a_body_that_is_too_large_is_refused_and_a_request_that_never_ends_does_not_keep_it_from_ending() {
    let mut listening = Listening::new(&[]);
    let address = listening.url.strip_prefix("http://").unwrap();
    let mut large = TcpStream::connect(address).unwrap();
    write!(large, "POST /wix HTTP/1.1\r\nhost: a\r\ncontent-length: 8388609\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    large.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    let mut endless = TcpStream::connect(address).unwrap();
    write!(endless, "POST /wix HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n").unwrap();
    let (printed, saved) = listening.end();
    assert!(saved.is_empty() && printed.contains("/wix refused: the body is larger than 8 MiB"), "{printed}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_saved_is_not_taken() {
    let mut listening = Listening::started(&["--save", "/dev/full"]);
    assert!(!listening.send("k3y", "/acme"));
    let printed = listening.printed();
    assert!(printed.contains("not saved: No space left on device"), "{printed}");
    assert!(printed.contains("\nnot saved: 1, "), "{printed}");
}

#[test]
fn a_line_that_was_cut_off_does_not_spoil_the_next_one() {
    let mut listening = Listening::bare(&[]);
    assert!(listening.send("k3y", "/acme"));
    let saved = listening.saved();
    let (_, deliveries) = listening.end();
    assert_eq!(deliveries.len(), 1);
    let whole = std::fs::read_to_string(&saved).unwrap();
    std::fs::write(&saved, whole.trim_end()).unwrap();
    let mut again = Listening::started(&["--save", saved.to_str().unwrap()]);
    assert!(again.send("k3y", "/acme"));
    again.printed();
    assert_eq!(listening::read(&saved).len(), 2);
}

#[test]
fn captured_deliveries_are_sent_again_as_they_came_or_signed_anew() {
    let mut first = Listening::new(&["--secret", "superoffice=k3y"]);
    assert!(first.send("k3y", "/superoffice"));
    let captures = first.saved();
    let (mut same, mut other) =
        (Listening::new(&["--secret", "superoffice=k3y"]), Listening::new(&["--secret", "superoffice=0ther"]));
    let replay = |url: &str, arguments: &[&str]| {
        let captures = ["--replay", captures.to_str().unwrap()];
        send(&[&captures, arguments].concat(), &format!("{url}/superoffice"))
    };
    assert_eq!(replay(&same.url, &[]), Some(0));
    assert_eq!(replay(&other.url, &[]), Some(1));
    assert_eq!(replay(&other.url, &["--provider", "superoffice", "--secret", "0ther"]), Some(0));
    let (came, again) = (first.end().1.remove(0), same.end().1.remove(0));
    assert_eq!((came.body, came.method), (again.body, again.method));
    assert_eq!(other.end().1.len(), 1);
}
