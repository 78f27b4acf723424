//! A provider that sends as fast as it is answered, or at a pace.

use crate::{BODY, CONNECTIONS};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use std::fmt;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::sleep_until;
use webhook_events::askelephant::Receiver;

static NEXT: AtomicU64 = AtomicU64::new(0);

#[derive(Clone, Copy)]
pub enum Pace {
    Full,
    /// Deliveries a second, of all connections together.
    PerSecond(f64),
}

#[derive(Default)]
pub struct Figures {
    pub answered: usize,
    pub time: Duration,
    refused: usize,
    /// In ascending order.
    latencies: Vec<Duration>,
}

impl Figures {
    pub fn add(&mut self, more: Self) {
        self.answered += more.answered;
        self.time += more.time;
        self.refused += more.refused;
        self.latencies.extend(more.latencies);
        self.latencies.sort_unstable();
    }

    pub fn per_second(&self) -> f64 {
        self.answered as f64 / self.time.as_secs_f64()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |share: f64| self.latencies[(self.latencies.len() as f64 * share) as usize].as_secs_f64() * 1e3;
        let (rate, p50, p99, refused) = (self.per_second(), at(0.5), at(0.99), self.refused);
        write!(formatter, "{rate:.0}/s, p50 {p50:.1} ms, p99 {p99:.1} ms, {refused} answered with 503")
    }
}

/// Signs with a secret. What is refused with another status than 503 counts as answered: that is what HTTP and signatures
/// alone take.
pub async fn load(port: u16, time: Duration, pace: Pace, secret: &str) -> Figures {
    let receiver = Arc::new(Receiver::new(secret).unwrap());
    let started = Instant::now();
    let mut senders = JoinSet::new();
    for number in 0..CONNECTIONS {
        senders.spawn(send(port, receiver.clone(), started, time, pace, number));
    }
    let (mut latencies, mut refused) = (Vec::new(), 0);
    for (of_sender, refusals) in senders.join_all().await {
        latencies.extend(of_sender);
        refused += refusals;
    }
    latencies.sort_unstable();
    Figures { answered: latencies.len(), time: started.elapsed(), refused, latencies }
}

async fn send(
    port: u16,
    receiver: Arc<Receiver>,
    started: Instant,
    time: Duration,
    pace: Pace,
    number: usize,
) -> (Vec<Duration>, usize) {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let (mut latencies, mut refused, mut sent) = (Vec::new(), 0, 0_u32);
    loop {
        // By the schedule, and not by the answer before: who waits for an answer would hide how slow it is.
        let due = match pace {
            Pace::Full => Instant::now(),
            Pace::PerSecond(rate) => {
                let every = Duration::from_secs_f64(CONNECTIONS as f64 / rate);
                started + every.mul_f64(number as f64 / CONNECTIONS as f64) + every * sent
            }
        };
        sleep_until(due.into()).await;
        if started.elapsed() > time {
            return (latencies, refused);
        }
        sender.ready().await.unwrap();
        let response = sender.send_request(request(&receiver)).await.unwrap();
        let status = response.status();
        response.into_body().collect().await.unwrap();
        match status != 503 {
            true => latencies.push(due.elapsed()),
            false => refused += 1,
        }
        sent += 1;
    }
}

fn request(receiver: &Receiver) -> http::Request<Full<Bytes>> {
    let id = format!("msg_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let signed = receiver.sign(&id, SystemTime::now(), BODY.as_bytes()).unwrap();
    let mut request = http::Request::post("/hooks/askelephant").header("host", "localhost");
    request.headers_mut().unwrap().extend(signed.headers);
    request.body(Full::new(Bytes::from(signed.body))).unwrap()
}
