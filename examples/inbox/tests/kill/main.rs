//! Processes are killed under load, and nothing is lost or done twice.
//!
//! `KILLS=200 cargo test --test kill` for the whole of it; `ENGINES=sqlite,postgres,jetstream` or fewer. A short version runs
//! otherwise.

#![allow(clippy::unwrap_used)]

mod deliveries;
mod nats;
mod outcome;
mod postgres;
mod process;
mod store;
mod target;

use deliveries::Load;
use process::Process;
use std::env;
use std::pin::pin;
use std::time::{Duration, Instant};
use store::Server;
use tokio::time::{sleep, timeout};

/// What is under test: where it keeps deliveries, and how many processes of each kind there are.
struct Plan {
    engine: &'static str,
    receivers: usize,
    workers: usize,
    /// Between two kills. All must be up for some of the time, and PostgreSQL recovers for a second.
    longest_pause_ms: u64,
}

#[tokio::main]
async fn main() {
    if let Some(role) = env::args().nth(1).filter(|role| role == "receive" || role == "work") {
        return target::run(&role).await;
    }
    let kills = env::var("KILLS").map_or(15, |kills| kills.parse().unwrap());
    let engines = env::var("ENGINES").unwrap_or_else(|_| "sqlite,postgres,jetstream".to_owned());
    let mut failed = 0;
    let plans = [
        Plan { engine: "sqlite", receivers: 1, workers: 1, longest_pause_ms: 400 },
        Plan { engine: "sqlite", receivers: 2, workers: 3, longest_pause_ms: 400 },
        Plan { engine: "postgres", receivers: 2, workers: 3, longest_pause_ms: 1500 },
        Plan { engine: "jetstream", receivers: 2, workers: 3, longest_pause_ms: 1500 },
    ];
    for plan in plans.iter().filter(|plan| engines.split(',').any(|engine| engine == plan.engine)) {
        failed += usize::from(!run(plan, kills).await);
    }
    assert!(failed == 0, "{failed} failed");
}

/// Whether all that must hold holds.
async fn run(plan: &Plan, kills: usize) -> bool {
    let name = format!("{} with {} receivers and {} workers", plan.engine, plan.receivers, plan.workers);
    let folder = tempfile::tempdir().unwrap();
    let Some(mut server) = Server::start(plan.engine, folder.path()).await else {
        println!("test {name} ... skipped: it is not installed");
        return true;
    };
    let url = server.url(folder.path());
    outcome::prepare(&url).await;
    let process = |port| Process::start(folder.path(), &url, &server.config(), port);
    let mut processes: Vec<_> = (0..plan.receivers).map(|_| process(Some(process::free_port()))).collect();
    processes.extend((0..plan.workers).map(|_| process(None)));
    let load = Load::start(processes.iter().filter_map(|process| process.port).collect());
    let started = Instant::now();
    let mut killed = [0; 3];
    for _ in 0..kills {
        sleep(Duration::from_millis(fastrand::u64(20..plan.longest_pause_ms))).await;
        let victim = fastrand::usize(..processes.len() + server.processes());
        match processes.get_mut(victim) {
            Some(process) => {
                process.kill_and_restart();
                killed[usize::from(process.port.is_none())] += 1;
            }
            None => {
                server.kill_and_restart().await;
                killed[2] += 1;
            }
        }
        processes.iter_mut().for_each(Process::restart_if_ended);
    }
    server.ready().await;
    let load_time = started.elapsed();
    let answered = alongside(load.stop(), || processes.iter_mut().for_each(Process::restart_if_ended)).await;
    let outcome = outcome::of(&url, &answered, &mut processes).await;
    let [receivers, workers, stores] = killed;
    println!(
        "test {name} ... {}\n  killed {receivers} receivers, {workers} workers, {stores} stores in {load_time:.0?}; {outcome}",
        if outcome.holds() { "ok" } else { "FAILED" },
    );
    outcome.holds()
}

/// Does something again and again until a future is ready.
async fn alongside<T>(future: impl Future<Output = T>, mut again: impl FnMut()) -> T {
    let mut future = pin!(future);
    loop {
        match timeout(Duration::from_millis(100), &mut future).await {
            Ok(output) => return output,
            Err(_) => again(),
        }
    }
}
