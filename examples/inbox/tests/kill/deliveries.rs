//! A provider: signs deliveries, and sends each again until it sees success; some it sends again even then.

use crate::process::SECRET;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use webhook_events::askelephant::Receiver;

const BODY: &str = include_str!("../bodies/contact.created.json");

/// How many requests are under way at once.
const CONNECTIONS: usize = 16;

/// What has been answered with success.
pub struct Answered {
    pub ids: HashSet<String>,
    /// Requests in all, whatever became of them.
    pub sent: u64,
}

pub struct Load {
    senders: JoinSet<HashSet<String>>,
    stopping: Arc<AtomicBool>,
    sent: Arc<AtomicU64>,
}

impl Load {
    pub fn start(ports: Vec<u16>) -> Self {
        let (stopping, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let mut senders = JoinSet::new();
        for number in 0..CONNECTIONS {
            let sender = Sender {
                ports: ports.clone(),
                connection: None,
                receiver: Receiver::new(SECRET).unwrap(),
                sent: sent.clone(),
            };
            senders.spawn(sender.run(number, stopping.clone()));
        }
        Self { senders, stopping, sent }
    }

    /// Stops, without giving up what was begun.
    pub async fn stop(self) -> Answered {
        self.stopping.store(true, Ordering::SeqCst);
        let ids = self.senders.join_all().await.into_iter().flatten().collect();
        Answered { ids, sent: self.sent.load(Ordering::SeqCst) }
    }
}

struct Sender {
    ports: Vec<u16>,
    connection: Option<SendRequest<Full<Bytes>>>,
    receiver: Receiver,
    sent: Arc<AtomicU64>,
}

impl Sender {
    async fn run(mut self, number: usize, stopping: Arc<AtomicBool>) -> HashSet<String> {
        let mut answered = HashSet::new();
        while !stopping.load(Ordering::SeqCst) {
            let id = format!("msg_{number}_{}", answered.len());
            while !self.send(&id).await {
                self.connection = None;
                sleep(Duration::from_millis(20)).await;
            }
            if fastrand::u32(0..10) == 0 {
                self.send(&id).await;
            }
            answered.insert(id);
            sleep(Duration::from_millis(fastrand::u64(0..20))).await;
        }
        answered
    }

    /// Whether it is answered with success.
    async fn send(&mut self, id: &str) -> bool {
        self.sent.fetch_add(1, Ordering::SeqCst);
        let signed = self.receiver.sign(id, SystemTime::now(), BODY.as_bytes()).unwrap();
        let mut request = http::Request::post("/hooks/askelephant").header("host", "localhost");
        request.headers_mut().unwrap().extend(signed.headers);
        let request = request.body(Full::new(Bytes::from(signed.body))).unwrap();
        let Some(connection) = self.connected().await else { return false };
        match timeout(Duration::from_secs(5), connection.send_request(request)).await {
            Ok(Ok(response)) => response.status().is_success(),
            _ => {
                self.connection = None;
                false
            }
        }
    }

    async fn connected(&mut self) -> Option<&mut SendRequest<Full<Bytes>>> {
        let is_ready = match &mut self.connection {
            Some(connection) => connection.ready().await.is_ok(),
            None => false,
        };
        if !is_ready {
            let port = self.ports[fastrand::usize(..self.ports.len())];
            let stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
            let (sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
            tokio::spawn(connection);
            self.connection = Some(sender);
        }
        self.connection.as_mut()
    }
}
