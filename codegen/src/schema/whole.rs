//! What is said of a document as a whole.

use super::lowering::Lowering;
use super::{Node, Webhook};
use crate::keywords::WEBHOOKS;
use crate::source::Diagnostic;

/// The dialects of JSON Schema that the documents' schemas are read in (OpenAPI 3.1, section 4.8.24.5), by what their
/// addresses begin with.
const DIALECTS: [&str; 2] = ["https://json-schema.org/draft/2020-12/", "https://spec.openapis.org/oas/3."];

impl Lowering<'_> {
    /// Reports documents that are read for nothing, or otherwise than they ask for.
    pub(super) fn report_documents(&mut self, webhooks: &[Vec<Webhook>]) {
        for (document, webhooks) in webhooks.iter().enumerate() {
            let root = self.references.root(document);
            self.report_dialect(&root);
            let has_event = webhooks.iter().any(|webhook| webhook.media_type.is_some());
            let is_read = webhooks.is_empty() && !self.lowered[document].schemas.is_empty();
            if root.get("openapi").is_some() && !has_event && !is_read {
                let map = WEBHOOKS.into_iter().find_map(|key| root.get(key)).unwrap_or(root);
                let help = "it needs a webhook whose operation has a `requestBody`; put a `_` before the name of a file \
                            that is to be kept aside";
                let file = &self.sources[document].path;
                let warning = Diagnostic::warning(file, map.pointer, "no event comes of this document");
                self.found.push(warning.help(help).at_key());
            }
        }
    }

    fn report_dialect(&mut self, root: &Node<'_>) {
        let Some(dialect) = root.get("jsonSchemaDialect") else { return };
        let is_known = |text: &str| DIALECTS.iter().any(|known| text.starts_with(known));
        if !dialect.value.as_str().is_some_and(is_known) {
            let help = "correct in overlay.yaml what this dialect says otherwise";
            self.warning(&dialect, "schemas are read as JSON Schema 2020-12, whatever the dialect", help);
        }
    }
}
