//! Where a receiver keeps deliveries: in the store itself, or in a stream in front of it.

use crate::config::Config;
use crate::store::{Keeper, NewDelivery, NotKept, Store};
#[cfg(feature = "jetstream")]
use crate::stream::Stream;
use std::time::Duration;

/// Where it keeps them.
#[derive(Clone)]
pub enum Keeping {
    Store(Keeper),
    #[cfg(feature = "jetstream")]
    /// The store, for what is too long for the stream.
    Stream(std::sync::Arc<Stream>, Keeper),
}

impl Keeping {
    /// The stream that the configuration names, if it names one.
    ///
    /// # Errors
    /// When it cannot be used.
    #[cfg(feature = "jetstream")]
    pub async fn connect(config: &Config, keeper: Keeper) -> Result<Self, crate::stream::StreamError> {
        match &config.jetstream {
            Some(jetstream) => Stream::connect(jetstream).await.map(|stream| Self::Stream(stream.into(), keeper)),
            None => Ok(Self::Store(keeper)),
        }
    }

    /// The store: a stream needs the feature `jetstream`.
    ///
    /// # Errors
    /// When the configuration names a stream.
    #[cfg(not(feature = "jetstream"))]
    pub async fn connect(config: &Config, keeper: Keeper) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        match &config.jetstream {
            Some(_) => Err("[jetstream] needs the feature `jetstream`".into()),
            None => Ok(Self::Store(keeper)),
        }
    }

    /// Keeps a delivery; whether it is a new one.
    ///
    /// # Errors
    /// When it is not certain by then that it is kept.
    pub async fn keep(&self, delivery: NewDelivery, within: Duration) -> Result<bool, NotKept> {
        match self {
            Self::Store(keeper) => keeper.keep(delivery, within).await,
            #[cfg(feature = "jetstream")]
            Self::Stream(stream, keeper) => match stream.message(&delivery) {
                Some(message) => stream.keep(&delivery.provider, message, within).await,
                None => keeper.keep(delivery, within).await,
            },
        }
    }

    /// Whether deliveries can be kept now.
    pub async fn is_up(&self, store: &Store) -> bool {
        match self {
            Self::Store(_) => store.ping().await.is_ok(),
            #[cfg(feature = "jetstream")]
            Self::Stream(stream, _) => stream.is_connected(),
        }
    }
}
