//! What the events of a provider are inferred from.

use super::header::Header;
use super::webhook::Webhook;
use crate::documents::Folder;
use crate::model::types::Types;
use crate::source::{Diagnostic, WarningKind};

/// What the documents say of a provider.
pub struct Api<'p> {
    pub folder: &'p Folder,
    pub types: &'p Types,
    pub webhooks: &'p [Webhook],
    pub headers: &'p [Header],
}

impl Api<'_> {
    /// A warning about a webhook, at its key.
    pub fn warning(&self, webhook: usize, message: String, help: &str) -> Diagnostic {
        let webhook = &self.webhooks[webhook];
        let file = &self.folder.documents[webhook.document].path;
        Diagnostic::warning(WarningKind::EventType, file, webhook.item(), message).at_key().help(help)
    }
}
