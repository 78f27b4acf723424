//! The server that deliveries are kept by, if it is a process.

use crate::nats::Nats;
use crate::postgres::Postgres;
use std::path::Path;

pub enum Server {
    Sqlite,
    Postgres(Postgres),
    Nats(Nats),
}

impl Server {
    /// None where it is not installed.
    pub async fn start(engine: &str, folder: &Path) -> Option<Self> {
        match engine {
            "postgres" => Postgres::start(folder).await.map(Self::Postgres),
            "jetstream" if cfg!(feature = "jetstream") => Nats::start(folder).await.map(Self::Nats),
            "jetstream" => None,
            _ => Some(Self::Sqlite),
        }
    }

    pub fn is_process(&self) -> bool {
        !matches!(self, Self::Sqlite)
    }

    /// Of the store.
    pub fn url(&self, folder: &Path) -> String {
        match self {
            Self::Postgres(postgres) => postgres.url(),
            _ => format!("sqlite://{}?mode=rwc", folder.join("inbox.db").display()),
        }
    }

    /// What a configuration says beside the store.
    pub fn config(&self) -> String {
        match self {
            Self::Nats(nats) => format!("[jetstream]\nurl = \"{}\"\n", nats.url()),
            _ => String::new(),
        }
    }

    pub async fn kill_and_restart(&mut self) {
        match self {
            Self::Sqlite => {}
            Self::Postgres(postgres) => postgres.kill(),
            Self::Nats(nats) => nats.kill(),
        }
        self.ready().await;
    }

    pub async fn ready(&mut self) {
        match self {
            Self::Sqlite => {}
            Self::Postgres(postgres) => postgres.ready().await,
            Self::Nats(nats) => nats.ready().await,
        }
    }
}
