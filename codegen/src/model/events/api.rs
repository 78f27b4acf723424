//! What the events of a provider are inferred from.

use super::header::Header;
use super::webhook::Webhook;
use crate::documents::Folder;
use crate::model::types::Types;

/// What the documents say of a provider.
pub struct Api<'p> {
    pub folder: &'p Folder,
    pub types: &'p Types,
    pub webhooks: &'p [Webhook],
    pub headers: &'p [Header],
}
