//! How many deliveries a second are kept and answered, how long an answer takes, and how much memory that needs, beside
//! what the database itself takes.
//!
//! `SECONDS=600 cargo bench --bench load`; `ENGINES=sqlite`, `postgres` or both.

#![allow(clippy::unwrap_used)]

mod bare;
mod client;
#[path = "../../tests/kill/postgres.rs"]
mod postgres;

use client::{Pace, load};
use inbox_example::{Config, Context, Failure, Handlers, Role, run};
use postgres::Postgres;
use std::env;
use std::fs::{read_to_string, write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::sleep;
use webhook_events::askelephant::Event;

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub const BODY: &str = include_str!("../../tests/bodies/contact.created.json");
pub const CONNECTIONS: usize = 64;

#[tokio::main]
async fn main() {
    if let Some(config) = env::args().nth(1).filter(|argument| argument.ends_with(".toml")) {
        let role = if env::args().nth(2).is_some() { Role::All } else { Role::Receive };
        return serve(&config, role).await;
    }
    let seconds = env::var("SECONDS").map_or(10, |seconds| seconds.parse().unwrap());
    let engines = env::var("ENGINES").unwrap_or_else(|_| "sqlite,postgres".to_owned());
    for engine in engines.split(',') {
        measure(engine, Duration::from_secs(seconds)).await;
    }
}

async fn serve(config: &str, role: Role) {
    async fn ignore(_: Event, _: Context) -> Result<(), Failure> {
        Ok(())
    }
    let config = Config::read(config.as_ref()).unwrap();
    run(config, Handlers::new().on::<Event>(ignore), role).await.unwrap();
}

async fn measure(engine: &str, time: Duration) {
    let folder = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    let postgres = if engine == "postgres" { Postgres::start(folder.path()).await } else { None };
    let url = match (&postgres, engine) {
        (Some(postgres), _) => postgres.url(),
        (None, "sqlite") => format!("sqlite://{}?mode=rwc", folder.path().join("inbox.db").display()),
        _ => return println!("{engine}: skipped, it is not installed"),
    };
    let mut inbox = Inbox::start(folder.path(), &url, &[]).await;
    let limit = bare::inserts(&url, time.min(Duration::from_secs(10))).await;
    println!("{engine}: bare inserts {limit}; {CONNECTIONS} connections, {time:.0?}");
    let full = load(inbox.port, time, Pace::Full).await;
    let ratio = full.per_second() / limit.best();
    println!("  full load: {full}; {ratio:.2} of the bare inserts; {} MB", inbox.memory());
    let half = load(inbox.port, time, Pace::PerSecond(full.per_second() / 2.0)).await;
    println!("  half load: {half}; {} MB", inbox.memory());
    inbox.kill();
    inbox = Inbox::start(folder.path(), &url, &["and work"]).await;
    let both = load(inbox.port, time, Pace::Full).await;
    println!("  full load, with workers in the process: {both}; {} MB", inbox.memory());
    inbox.kill();
}

struct Inbox {
    port: u16,
    process: Child,
}

impl Inbox {
    async fn start(folder: &Path, url: &str, arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = folder.join("inbox.toml");
        let text = format!(
            "listen = \"127.0.0.1:{port}\"\nstore = \"{url}\"\n[limits]\nkeep_within = \"5s\"\n\
             [providers.askelephant]\nsecrets = [{{ env = \"ASKELEPHANT_SECRET\" }}]\n"
        );
        write(&config, text).unwrap();
        let mut command = Command::new(env::current_exe().unwrap());
        let process = command.arg(config).args(arguments).env("ASKELEPHANT_SECRET", SECRET).spawn().unwrap();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            sleep(Duration::from_millis(50)).await;
        }
        Self { port, process }
    }

    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// The most memory that it has held, in MB.
    fn memory(&self) -> u64 {
        let status = read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }
}
