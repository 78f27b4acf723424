//! The configuration: one file, `inbox.toml`.

use crate::endpoint::Setup;
use crate::store::Retry;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fmt, fs};

/// What `inbox.toml` says; [`Config::default`] has the rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub listen: String,
    pub store: Url,
    pub log: String,
    pub log_json: bool,
    pub limits: Limits,
    pub worker: WorkerConfig,
    pub jetstream: Option<JetStream>,
    /// What opens the page and `/metrics`; without it there are none.
    pub token: Option<Secret>,
    /// How often secrets that are in files are read again.
    #[serde(with = "humantime_serde")]
    pub reload: Duration,
    pub providers: BTreeMap<String, ProviderConfig>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            store: Url::Text("sqlite://inbox.db?mode=rwc".to_owned()),
            log: "info".to_owned(),
            log_json: false,
            limits: Limits::default(),
            worker: WorkerConfig::default(),
            jetstream: None,
            token: None,
            reload: Duration::from_secs(10),
            providers: BTreeMap::new(),
        }
    }
}

/// What a sender may take.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    pub max_body: usize,
    #[serde(with = "humantime_serde")]
    pub head_within: Duration,
    #[serde(with = "humantime_serde")]
    pub body_within: Duration,
    /// What is not kept by then is answered with 503. Wix waits for 1.25 s.
    #[serde(with = "humantime_serde")]
    pub keep_within: Duration,
    pub connections: usize,
    #[serde(with = "humantime_serde")]
    pub shutdown_within: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_body: 1 << 20,
            head_within: Duration::from_secs(5),
            body_within: Duration::from_secs(10),
            keep_within: Duration::from_secs(1),
            connections: 256,
            shutdown_within: Duration::from_secs(20),
        }
    }
}

/// The stream in front of the store.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JetStream {
    pub url: Url,
    pub stream: String,
    pub replicas: usize,
    /// How long the stream knows a repeat; the store knows it for longer.
    #[serde(with = "humantime_serde")]
    pub duplicate_window: Duration,
}

impl Default for JetStream {
    fn default() -> Self {
        Self {
            url: Url::Text("nats://127.0.0.1:4222".to_owned()),
            stream: "inbox".to_owned(),
            replicas: 1,
            duplicate_window: Duration::from_secs(120),
        }
    }
}

/// How deliveries are handed over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WorkerConfig {
    pub concurrency: usize,
    #[serde(with = "humantime_serde")]
    pub handler_within: Duration,
    pub attempts: i64,
    #[serde(with = "humantime_serde")]
    pub first_retry: Duration,
    #[serde(with = "humantime_serde")]
    pub longest_retry: Duration,
    #[serde(with = "humantime_serde")]
    pub poll: Duration,
    /// How long what is handled is remembered, so that a repeat is known.
    #[serde(with = "humantime_serde")]
    pub keep_handled: Duration,
}

impl Default for WorkerConfig {
    fn default() -> Self {
        Self {
            concurrency: 8,
            handler_within: Duration::from_secs(30),
            attempts: 12,
            first_retry: Duration::from_secs(5),
            longest_retry: Duration::from_secs(3600),
            poll: Duration::from_millis(200),
            keep_handled: Duration::from_secs(30 * 24 * 3600),
        }
    }
}

impl WorkerConfig {
    pub(crate) fn retry(&self) -> Retry {
        Retry { attempts: self.attempts, first: self.first_retry, longest: self.longest_retry }
    }
}

/// What is said of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProviderConfig {
    /// Several, for the time of a rotation.
    pub secrets: Vec<Secret>,
    /// Takes every request, whoever sends it: for providers that sign nothing.
    pub unverified: bool,
    /// What the provider calls the endpoint, where it signs that.
    pub public_url: Option<String>,
    /// A JSON pointer to what an event is about: of the same, one is handed over after the other.
    pub order_by: Option<String>,
}

/// Where a secret is; never the secret itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    Env(String),
    File(PathBuf),
}

/// A URL that may hold a password: itself, or where it is.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Url {
    Text(String),
    Secret(Secret),
}

impl Url {
    /// The URL.
    ///
    /// # Errors
    /// When the variable or the file is not there.
    pub fn read(&self) -> Result<String, ConfigError> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::Secret(secret) => secret.read(),
        }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(formatter, "{}://…", text.split(':').next().unwrap_or_default()),
            Self::Secret(secret) => secret.fmt(formatter),
        }
    }
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{}: {error}", path.display())]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("{}: {error}", path.display())]
    Toml { path: PathBuf, error: Box<toml::de::Error> },
    #[error("the environment has no {0}")]
    NoVariable(String),
    #[error("{0:?} is empty, which is no secret")]
    Empty(Secret),
    #[error("providers.{provider}: no handler is registered for it")]
    UnknownProvider { provider: String },
    #[error("providers.{provider}: {error}")]
    Provider { provider: String, error: String },
    #[error("worker: concurrency and attempts are at least 1")]
    Worker,
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read or says something else.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = read(path)?;
        let config: Self =
            toml::from_str(&text).map_err(|error| ConfigError::Toml { path: path.to_owned(), error: error.into() })?;
        match config.worker.concurrency == 0 || config.worker.attempts < 1 {
            true => Err(ConfigError::Worker),
            false => Ok(config),
        }
    }

    /// What a provider's receiver is made of, with the secrets of now.
    ///
    /// # Errors
    /// When a secret cannot be read.
    pub fn setup(&self, provider: &str) -> Result<Setup, ConfigError> {
        let config = self.providers.get(provider).cloned().unwrap_or_default();
        let public_url = config.public_url.map(|url| url.parse()).transpose();
        let in_provider = |error: String| ConfigError::Provider { provider: provider.to_owned(), error };
        Ok(Setup {
            secrets: config.secrets.iter().map(Secret::read).collect::<Result<_, _>>()?,
            unverified: config.unverified,
            public_url: public_url.map_err(|error| in_provider(format!("public_url: {error}")))?,
            max_body: self.limits.max_body,
            order_by: config.order_by,
        })
    }
}

impl Secret {
    /// The secret. A line feed at its end is no part of it.
    ///
    /// # Errors
    /// When the variable or the file is not there, or has nothing in it.
    pub fn read(&self) -> Result<String, ConfigError> {
        let text = match self {
            Self::Env(name) => env::var(name).map_err(|_| ConfigError::NoVariable(name.clone()))?,
            Self::File(path) => read(path)?.trim_end().to_owned(),
        };
        if text.is_empty() { Err(ConfigError::Empty(self.clone())) } else { Ok(text) }
    }
}

fn read(path: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(path).map_err(|error| ConfigError::Unreadable { path: path.to_owned(), error })
}
