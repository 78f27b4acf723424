//! With axum, every request is answered: limits of length and time, and panics.

use crate::axum::{PING, request, send, signed, svix};
use crate::standard_webhooks::Svix;
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::map_request;
use http_body_util::BodyExt;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};
use tower_http::limit::RequestBodyLimitLayer;
use webhook_runtime::axum::route;
use webhook_runtime::{Delivery, Receiver};

/// Far above any time limit of these tests, and far below one that does not work.
const PATIENCE: Duration = Duration::from_secs(20);

fn app(receiver: Receiver<Svix>) -> Router {
    Router::new().route("/", route(receiver, async |_: Delivery<Svix>| ()))
}

/// A signed ping that is so long.
fn ping_of(length: usize) -> Vec<u8> {
    let mut body = br#"{"type":"ping","data":1}"#.to_vec();
    body.resize(length, b' ');
    body
}

/// Without a length that could be known beforehand.
fn streamed(body: &[u8]) -> Body {
    Body::new(Body::from(body.to_vec()).map_frame(|frame| frame))
}

async fn wrap_errors(request: Request) -> Request {
    request.map(|body| Body::new(body.map_err(|error| std::io::Error::other(axum::Error::new(error)))))
}

fn too_large(limit: usize) -> (StatusCode, String) {
    (StatusCode::PAYLOAD_TOO_LARGE, format!("the body is longer than {limit} bytes"))
}

#[test]
fn the_smallest_limit_counts_whoever_sets_it() {
    let app = || app(svix().max_body(3 << 20));
    let disabled = DefaultBodyLimit::disable();
    for (name, app, limit) in [
        ("the receiver's own", app(), 3 << 20),
        ("more than the receiver's", app().layer(DefaultBodyLimit::max(4 << 20)), 3 << 20),
        ("none for axum's extractors", app().layer(disabled), 3 << 20),
        ("axum's", app().layer(DefaultBodyLimit::max(1000)), 1000),
        ("axum's, which is also its default", app().layer(DefaultBodyLimit::max(2 << 20)), 2 << 20),
        ("tower-http's", app().layer(RequestBodyLimitLayer::new(1000)), 1000),
        ("the inner of two", app().layer(RequestBodyLimitLayer::new(1000)).layer(DefaultBodyLimit::max(2000)), 1000),
        ("the outer of two", app().layer(DefaultBodyLimit::max(2000)).layer(RequestBodyLimitLayer::new(1000)), 1000),
        ("axum's of two", app().layer(DefaultBodyLimit::max(1000)).layer(RequestBodyLimitLayer::new(2000)), 1000),
        (
            "under a layer that wraps errors",
            app().layer(map_request(wrap_errors)).layer(RequestBodyLimitLayer::new(1000)),
            1000,
        ),
    ] {
        let (fits, longer) = (ping_of(limit), ping_of(limit + 1));
        let signed = signed(&fits);
        assert_eq!(send(app.clone(), request("/", signed.clone(), streamed(&fits))).0, StatusCode::OK, "{name}");
        for body in [Body::from(longer.clone()), streamed(&longer)] {
            assert_eq!(send(app.clone(), request("/", signed.clone(), body)), too_large(limit), "{name}");
        }
    }
}

#[test]
fn a_body_that_says_that_it_is_too_long_is_not_read() {
    for (app, limit) in [(app(svix()), 1000), (app(svix()).layer(DefaultBodyLimit::max(100)), 100)] {
        let unread = Body::new(Body::from("{").map_frame(|_| panic!("it was read")));
        let mut declared = request("/", signed(PING), unread);
        declared.headers_mut().insert("content-length", 10_000_000_000_u64.into());
        assert_eq!(send(app, declared), too_large(limit));
    }
}

#[test]
fn a_panic_is_answered() {
    let before: fn() -> () = || panic!("before the first await");
    let after: fn() -> () = || panic!("after it");
    let nothing = || ();
    for (first, second) in [(before, nothing as fn()), (nothing, after)] {
        let handler = async move |_: Delivery<Svix>| {
            first();
            tokio::task::yield_now().await;
            second();
        };
        let app = Router::new().route("/", route(svix(), handler));
        let answer = send(app, request("/", signed(PING), PING));
        assert_eq!(answer, (StatusCode::INTERNAL_SERVER_ERROR, "the handler panicked".to_owned()));
    }
}

/// Serves on loopback for as long as the runtime is kept.
fn serve(app: Router) -> (tokio::runtime::Runtime, SocketAddr) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async { axum::serve(listener, app).await });
    (runtime, address)
}

/// Sends a head that declares so many bytes, then a byte every 20 ms; gives what came until the server closed.
fn drip(address: SocketAddr, length: u64) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    write!(stream, "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n").unwrap();
    let (start, mut answer, mut buffer) = (Instant::now(), String::new(), [0; 1024]);
    while start.elapsed() < PATIENCE {
        // It fails once the server has closed, which reading tells as well.
        let _ = stream.write(b" ");
        match stream.read(&mut buffer) {
            Ok(0) => return answer,
            Ok(length) => answer += std::str::from_utf8(&buffer[..length]).unwrap(),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return answer,
        }
    }
    panic!("still open after {PATIENCE:?}; {answer}");
}

#[test]
fn a_slow_body_is_answered_and_its_connection_closed() {
    let (_runtime, address) = serve(app(svix().max_body(1 << 20).read_timeout(Duration::from_millis(300))));
    let slow = (0..50).map(|_| std::thread::spawn(move || drip(address, 100_000))).collect::<Vec<_>>();
    for connection in slow {
        let answer = connection.join().unwrap();
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.ends_with("the body took longer than 300ms to arrive"), "{answer}");
    }
}

#[test]
fn a_declared_length_above_the_limit_is_answered_at_once() {
    let (_runtime, address) = serve(app(svix().read_timeout(2 * PATIENCE)));
    let answer = drip(address, 10_000_000_000);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}
