//! The servers that keep deliveries, where these are processes.

use crate::nats::Nats;
use crate::postgres::Postgres;
use std::path::Path;

/// SQLite is no process.
pub struct Server {
    postgres: Option<Postgres>,
    nats: Option<Nats>,
}

impl Server {
    /// None where it is not installed. Behind a stream there is PostgreSQL, or SQLite where there is none.
    pub async fn start(engine: &str, folder: &Path) -> Option<Self> {
        let nats = match engine {
            "jetstream" if !cfg!(feature = "jetstream") => return None,
            "jetstream" => Some(Nats::start(folder).await?),
            _ => None,
        };
        let postgres = if engine == "sqlite" { None } else { Postgres::start(folder).await };
        (engine != "postgres" || postgres.is_some()).then_some(Self { postgres, nats })
    }

    /// How many there are.
    pub fn processes(&self) -> usize {
        usize::from(self.postgres.is_some()) + usize::from(self.nats.is_some())
    }

    /// Of the store.
    pub fn url(&self, folder: &Path) -> String {
        match &self.postgres {
            Some(postgres) => postgres.url(),
            None => format!("sqlite://{}?mode=rwc", folder.join("inbox.db").display()),
        }
    }

    /// What a configuration says beside the store.
    pub fn config(&self) -> String {
        self.nats.as_ref().map(|nats| format!("[jetstream]\nurl = \"{}\"\n", nats.url())).unwrap_or_default()
    }

    /// Kills one of them.
    pub async fn kill_and_restart(&mut self) {
        match (&mut self.nats, &mut self.postgres) {
            (Some(nats), None) => nats.kill(),
            (Some(nats), Some(_)) if fastrand::bool() => nats.kill(),
            (_, Some(postgres)) => postgres.kill(),
            (None, None) => {}
        }
        self.ready().await;
    }

    pub async fn ready(&mut self) {
        if let Some(nats) = &mut self.nats {
            nats.ready().await;
        }
        if let Some(postgres) = &mut self.postgres {
            postgres.ready().await;
        }
    }
}
