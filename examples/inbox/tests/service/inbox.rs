//! An inbox in this process, and requests to it.

use inbox_example::app::run_until;
use inbox_example::config::{ProviderConfig, Secret, Url};
use inbox_example::store::{Kept, Store};
use inbox_example::{Config, Context, Failure, Handlers, Role};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use webhook_events::askelephant::Receiver;
use webhook_events::{askelephant, iclosed, superoffice};

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub const TAG: &str = include_str!("../bodies/tag.created.json");
pub const TOKEN: &str = "token-of-the-page";

pub struct Inbox {
    pub folder: TempDir,
    pub port: u16,
    pub store: Store,
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Inbox {
    /// Starts one that takes AskElephant and iClosed, with short times.
    pub async fn start(role: Role, handlers: Handlers, edit: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut config = Config {
            listen: format!("127.0.0.1:{port}"),
            store: Url::Text(format!("sqlite://{}?mode=rwc", folder.path().join("inbox.db").display())),
            reload: Duration::from_millis(50),
            token: Some(secret(&folder, "token", TOKEN)),
            ..Config::default()
        };
        config.worker.poll = Duration::from_millis(20);
        config.worker.first_retry = Duration::from_millis(10);
        for (name, text) in
            [("askelephant", SECRET), ("iclosed", "path-secret-1234567890"), ("superoffice", "s3cret-of-superoffice")]
        {
            let provider = ProviderConfig { secrets: vec![secret(&folder, name, text)], ..ProviderConfig::default() };
            config.providers.insert(name.to_owned(), provider);
        }
        edit(&mut config);
        let store = Store::open(&config).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(async move { run_until(config, handlers, role, stopped).await.unwrap() });
        let inbox = Self { folder, port, store, stop, running };
        inbox.answers().await;
        inbox
    }

    async fn answers(&self) {
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            sleep(Duration::from_millis(5)).await;
        }
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).await.unwrap()
    }

    /// The whole answer to a request; its status.
    pub async fn send(&self, request: &[u8]) -> (u16, String) {
        let mut stream = self.connect().await;
        // A request that is refused early is not read to its end.
        _ = stream.write_all(request).await;
        answer(&mut stream).await
    }

    pub async fn get(&self, path: &str, headers: &str) -> (u16, String) {
        self.send(format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n").as_bytes()).await
    }

    /// A delivery of AskElephant, signed.
    pub async fn deliver(&self, id: &str, body: &str) -> u16 {
        self.send(&signed(id, body)).await.0
    }

    /// All that is kept, oldest first, once nothing is waiting.
    pub async fn settled(&self) -> Vec<Kept> {
        for _ in 0..500 {
            let kept = self.kept().await;
            if kept.iter().all(|kept| !["waiting", "running"].contains(&&*kept.state)) {
                return kept;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("deliveries are still waiting");
    }

    pub async fn kept(&self) -> Vec<Kept> {
        let mut kept = self.store.list("", None, 100).await.unwrap();
        kept.reverse();
        kept
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn begin_stop(&self) {
        self.stop.send(true).unwrap();
    }

    /// Ends without waiting for handlers.
    pub fn abandon(self) {
        self.running.abort();
    }

    pub async fn stop(self) {
        _ = self.stop.send(true);
        self.running.await.unwrap();
    }
}

/// Handlers that do nothing, of all providers that the inbox takes.
pub fn ignoring() -> Handlers {
    async fn ignore<E>(_: E, _: Context) -> Result<(), Failure> {
        Ok(())
    }
    Handlers::new()
        .on::<askelephant::Event>(ignore::<askelephant::Event>)
        .on::<iclosed::Event>(ignore::<iclosed::Event>)
        .on::<superoffice::Event>(ignore::<superoffice::Event>)
}

fn secret(folder: &TempDir, name: &str, text: &str) -> Secret {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    Secret::File(path)
}

/// A request of AskElephant.
pub fn signed(id: &str, body: &str) -> Vec<u8> {
    signed_with(SECRET, id, body)
}

pub fn signed_with(secret: &str, id: &str, body: &str) -> Vec<u8> {
    signed_at(SystemTime::now(), secret, id, body)
}

pub fn signed_at(time: SystemTime, secret: &str, id: &str, body: &str) -> Vec<u8> {
    let signed = Receiver::new(secret).unwrap().sign(id, time, body.as_bytes()).unwrap();
    let headers: Vec<_> = signed.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    post("/hooks/askelephant", &headers, body)
}

pub fn post(path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
        .into_bytes()
}

/// What comes until the connection is closed; 0 where nothing comes.
pub async fn answer(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, text)
}

/// Says that a test was skipped. Not by `println`, which a test that passes keeps to itself.
pub fn skipped(why: &str) {
    std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).unwrap();
}
