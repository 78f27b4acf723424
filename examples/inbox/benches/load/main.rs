//! How many deliveries a second are kept and answered, how long an answer takes, and how much memory that needs, beside
//! what the database itself takes.
//!
//! `SECONDS=600 cargo bench --features jetstream --bench load`; `ENGINES=sqlite,postgres,jetstream` or fewer.

#![allow(clippy::unwrap_used)]

mod bare;
mod client;
#[cfg(feature = "jetstream")]
#[path = "../../tests/kill/nats.rs"]
mod nats;
#[path = "../../tests/kill/postgres.rs"]
mod postgres;

use client::{Figures, Pace, load};
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
const ROUNDS: u32 = 5;

#[tokio::main]
async fn main() {
    if let Some(config) = env::args().nth(1).filter(|argument| argument.ends_with(".toml")) {
        let role = if env::args().nth(2).is_some() { Role::All } else { Role::Receive };
        return serve(&config, role).await;
    }
    let seconds = env::var("SECONDS").map_or(10, |seconds| seconds.parse().unwrap());
    let engines = env::var("ENGINES").unwrap_or_else(|_| "sqlite,postgres,jetstream".to_owned());
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

/// The servers behind an inbox.
struct Servers {
    _postgres: Option<Postgres>,
    #[cfg(feature = "jetstream")]
    nats: Option<nats::Nats>,
    /// What is said of them in `inbox.toml`.
    config: String,
    store: String,
}

impl Servers {
    /// None where they are not installed.
    async fn start(engine: &str, folder: &Path) -> Option<Self> {
        let postgres = if engine == "sqlite" { None } else { Postgres::start(folder).await };
        let store = match &postgres {
            Some(postgres) => postgres.url(),
            None => format!("sqlite://{}?mode=rwc", folder.join("inbox.db").display()),
        };
        #[cfg_attr(not(feature = "jetstream"), allow(unused_mut))]
        let mut config = format!("store = \"{store}\"\n");
        #[cfg(feature = "jetstream")]
        let nats = if engine == "jetstream" { Some(nats::Nats::start(folder).await?) } else { None };
        #[cfg(feature = "jetstream")]
        if let Some(nats) = &nats {
            config += &format!("[jetstream]\nurl = \"{}\"\n", nats.url());
        }
        let is_there = match engine {
            "postgres" => postgres.is_some(),
            "jetstream" => cfg!(feature = "jetstream"),
            _ => true,
        };
        is_there.then_some(Self {
            _postgres: postgres,
            #[cfg(feature = "jetstream")]
            nats,
            config,
            store,
        })
    }

    /// What the engine takes, with as much under way at once.
    async fn limit(&self, time: Duration) -> f64 {
        #[cfg(feature = "jetstream")]
        if let Some(nats) = &self.nats {
            return bare::publishing(&nats.url(), time).await;
        }
        bare::inserts(&self.store, CONNECTIONS, time).await
    }
}

async fn measure(engine: &str, time: Duration) {
    const ANOTHER: &str = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    let folder = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    let Some(servers) = Servers::start(engine, folder.path()).await else {
        return println!("{engine}: skipped, it is not installed");
    };
    let short = (time / ROUNDS).min(Duration::from_secs(3));
    let mut inbox = Inbox::start(folder.path(), &servers.config, &[]).await;
    println!("{engine}: {CONNECTIONS} connections");
    println!("  one row a commit: {:.0}/s", bare::inserts(&servers.store, 1, short).await);
    let (mut limit, mut refused, mut full) = (0.0, Figures::default(), Figures::default());
    // In turn, since others may use the machine as well.
    for _ in 0..ROUNDS {
        limit += servers.limit(short).await / f64::from(ROUNDS);
        refused.add(load(inbox.port, short, Pace::Full, ANOTHER).await);
        full.add(load(inbox.port, short, Pace::Full, SECRET).await);
    }
    let ratio = full.per_second() / limit;
    println!("  the limit, {CONNECTIONS} under way at once: {limit:.0}/s");
    println!("  forged, so that nothing is kept: {refused}");
    println!("  full load: {full}; {ratio:.2} of the limit; {} MB", inbox.memory());
    let half = load(inbox.port, 5 * short, Pace::PerSecond(full.per_second() / 2.0), SECRET).await;
    println!("  half load: {half}; {} MB", inbox.memory());
    inbox.kill();
    inbox = Inbox::start(folder.path(), &servers.config, &["and work"]).await;
    let both = load(inbox.port, time, Pace::Full, SECRET).await;
    println!("  full load, with workers in the process, {time:.0?}: {both}; {} MB", inbox.memory());
    inbox.kill();
}

struct Inbox {
    port: u16,
    process: Child,
}

impl Inbox {
    async fn start(folder: &Path, servers: &str, arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = folder.join("inbox.toml");
        let text = format!(
            "listen = \"127.0.0.1:{port}\"\n{servers}[limits]\nkeep_within = \"5s\"\n\
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
