//! A receiver of one request.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use webhook_runtime::http::{HeaderMap, HeaderName, HeaderValue};

pub const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
/// No answer within the time that the shop allows.
pub const SLOW: &str = "HTTP/1.1 200 Late\r\ncontent-length: 0\r\n\r\n";

/// A request as it came.
pub struct Received {
    pub line: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Receives one request, and answers it with these bytes.
pub fn receiver(answer: &'static str) -> (String, JoinHandle<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hooks/a?b=c", listener.local_addr().unwrap());
    let receiver = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let received = receive(&mut stream);
        if answer == SLOW {
            thread::sleep(Duration::from_millis(900));
        }
        // Who waited long enough has hung up.
        _ = stream.write_all(answer.as_bytes());
        received
    });
    (url, receiver)
}

fn receive(stream: &mut TcpStream) -> Received {
    let (mut bytes, mut next) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut next).unwrap();
        bytes.push(next[0]);
    }
    let head = String::from_utf8(bytes).unwrap();
    let (line, rest) = head.trim_end().split_once("\r\n").unwrap();
    let pairs = rest.split("\r\n").map(|header| header.split_once(": ").unwrap());
    let headers: HeaderMap = pairs
        .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap()))
        .collect();
    let mut body = vec![0; headers["content-length"].to_str().unwrap().parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    Received { line: line.to_owned(), headers, body }
}
