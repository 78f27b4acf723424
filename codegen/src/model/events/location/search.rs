//! What the strategies work with.

use super::candidate::{Candidate, candidates};
use super::evaluation::Evaluation;
use crate::documents::provider::Expression;
use crate::model::events::api::Api;
use crate::model::events::example::Examples;
use crate::model::types::Type;
use indexmap::IndexSet;
use std::collections::BTreeSet;

/// A way to find the event type location.
pub struct Strategy {
    /// What it takes for the location, in the words of the documentation.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the documentation to it"))]
    pub docs: &'static str,
    /// Whether it is tried for a provider's only webhook: nothing needs to tell that from others.
    pub is_for_one_webhook: bool,
    pub find: fn(&Search<'_, '_>) -> Option<Vec<Expression>>,
}

/// The documents of a provider whose event type location is to be found.
pub struct Search<'p, 'f> {
    pub api: &'p Api<'p>,
    examples: &'p Examples<'f>,
    /// The webhooks whose bodies are JSON, as indices. Other bodies have no values: an application knows the event of one
    /// from elsewhere.
    pub json: Vec<usize>,
    /// Those in the body of the first webhook; the one that is wanted is in all others, too.
    pub candidates: BTreeSet<Candidate>,
}

impl<'p, 'f> Search<'p, 'f> {
    pub fn new(api: &'p Api<'p>, examples: &'p Examples<'f>) -> Self {
        let webhooks = api.webhooks.iter().enumerate().filter(|(_, webhook)| webhook.payload != Type::Raw);
        let json: Vec<_> = webhooks.map(|(index, _)| index).collect();
        let first = json.first().map(|first| &api.webhooks[*first]);
        let candidates = first.map(|first| candidates(api.types, &first.payload)).unwrap_or_default();
        Self { api, examples, json, candidates }
    }

    /// The location that a candidate is. In an array the first item speaks for all where every webhook has a constant
    /// there; else only the item of an array of one is known.
    pub fn location(&self, candidate: &Candidate) -> Vec<Expression> {
        match &candidate.unindexed {
            Some(unindexed) if self.json.iter().any(|webhook| self.values(*webhook, candidate).len() != 1) => {
                vec![Expression::Body(unindexed.clone())]
            }
            _ => vec![candidate.expression()],
        }
    }

    /// What a location would tell about the webhooks.
    pub fn evaluate(&self, location: &[Expression], is_conventional: bool) -> Evaluation {
        Evaluation::new(self.api, self.examples, location, is_conventional)
    }

    /// The values that the schemas of a webhook list for a candidate.
    pub fn values(&self, webhook: usize, candidate: &Candidate) -> IndexSet<&'p str> {
        self.api.types.at(&self.api.webhooks[webhook].payload, &candidate.pointer).values
    }
}
