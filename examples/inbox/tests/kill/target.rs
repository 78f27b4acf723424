//! The inbox that is killed: its handler has an effect, and fails in all ways.

use inbox_example::{Config, Context, Failure, Handlers, Role};
use std::env;
use std::path::Path;
use std::process::exit;
use std::time::Duration;
use tokio::time::sleep;
use webhook_events::askelephant::Event;

/// Runs as one of the processes.
pub async fn run(role: &str) {
    let role = if role == "receive" { Role::Receive } else { Role::Work };
    let config = Config::read(Path::new(&env::args().nth(2).unwrap())).unwrap();
    if let Err(error) = inbox_example::run(config, Handlers::new().on::<Event>(effect), role).await {
        eprintln!("{error}");
        exit(1);
    }
}

/// Between the effect and the acknowledgement there is time to be killed in.
async fn effect(_: Event, context: Context) -> Result<(), Failure> {
    let pause = || sleep(Duration::from_micros(fastrand::u64(0..4000)));
    pause().await;
    let mut transaction = context.transaction().await?;
    sqlx::query("INSERT INTO effects (delivery_id) VALUES ($1)")
        .bind(context.delivery_id.clone())
        .execute(&mut *transaction)
        .await?;
    pause().await;
    match fastrand::u32(0..1000) {
        0..10 => Err("the handler failed".into()),
        10..15 => panic!("the handler panicked"),
        15 => {
            drop(transaction);
            std::future::pending().await
        }
        _ => Ok(()),
    }
}
