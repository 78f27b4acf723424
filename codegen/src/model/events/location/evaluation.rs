//! What a location would tell about the webhooks, if it were the event type location.

use crate::documents::provider::Expression;
use crate::model::events::api::Api;
use crate::model::events::example::Examples;
use crate::model::events::owner::{Claim, EventTypes, Evidence, Judge, event_types};
use crate::words::letters;
use std::collections::HashSet;

pub struct Evaluation {
    event_types: Vec<EventTypes>,
    /// The webhooks that certainly have an event type of their own there.
    sure: HashSet<usize>,
    /// The webhooks whose key spells one of their event types.
    keyed: HashSet<usize>,
    /// The webhooks that nothing decides between, though their event type leads to a type.
    shared: HashSet<usize>,
    is_decided: bool,
    is_conventional: bool,
    /// Whether a value in an example has the letters of a key.
    shows_keys: bool,
}

impl Evaluation {
    pub fn new(api: &Api<'_>, examples: &Examples<'_>, location: &[Expression], is_conventional: bool) -> Self {
        let event_types = event_types(api, examples, location);
        let judge = Judge::new(api, &[], &event_types);
        let claims = judge.claims();
        let names_owner = |claim: &&Claim| claim.owner().is_some_and(|owner| judge.names_webhook(&claim.value, owner));
        let is_sure = |claim: &&Claim| match claim.evidence {
            Evidence::Only | Evidence::Key | Evidence::Constant | Evidence::PartOfKey => true,
            // Other texts differ from example to example as well.
            Evidence::Example => is_conventional || names_owner(claim),
            Evidence::Remainder => is_conventional,
            Evidence::None => false,
        };
        let undecided = || claims.iter().filter(|claim| claim.evidence == Evidence::None);
        let is_typed = |claim: &&Claim| judge.payload(claim).is_some();
        let is_shown = |claim: &&Claim| claim.claimants.iter().any(|webhook| judge.shows(&claim.value, *webhook));
        Self {
            sure: claims.iter().filter(is_sure).filter_map(Claim::owner).collect(),
            keyed: claims.iter().filter(names_owner).filter_map(Claim::owner).collect(),
            shared: undecided().filter(is_typed).flat_map(|claim| claim.webhooks.iter().copied()).collect(),
            is_decided: undecided().next().is_none(),
            is_conventional,
            shows_keys: claims.iter().filter(is_shown).any(|claim| judge.spells_any(&claim.value)),
            event_types,
        }
    }

    /// Whether schemas list event types of all these webhooks.
    pub fn lists_all(&self, webhooks: &[usize]) -> bool {
        webhooks.iter().all(|webhook| self.has_list(webhook))
    }

    fn has_list(&self, webhook: &usize) -> bool {
        !self.event_types[*webhook].listed.is_empty()
    }

    /// Whether all these webhooks have event types of their own. Others may be undecided if something else
    /// speaks for the location.
    pub fn identifies_all(&self, webhooks: &[usize]) -> bool {
        let all_in = |set: &HashSet<usize>| webhooks.iter().all(|webhook| set.contains(webhook));
        all_in(&self.sure) && (self.is_decided || self.is_conventional || all_in(&self.keyed))
    }

    /// Whether what these webhooks have there are their keys, in two of them at least, and nothing else in any.
    pub fn spells_keys(&self, webhooks: &[usize]) -> bool {
        let is_silent = |webhook: &usize| !self.has_list(webhook) && self.event_types[*webhook].in_examples.is_empty();
        let (keyed, others): (Vec<_>, Vec<_>) = webhooks.iter().partition(|webhook| self.keyed.contains(webhook));
        keyed.len() > 1 && others.into_iter().all(is_silent)
    }

    /// How many of these webhooks have event types; `None` if the values of others are evidence against it.
    pub fn identified(&self, webhooks: &[usize]) -> Option<usize> {
        let is_identified =
            |webhook: &&usize| self.sure.contains(webhook) || self.is_conventional && self.shared.contains(webhook);
        let mut listing = webhooks.iter().filter(|webhook| self.has_list(webhook));
        let is_clear = self.is_conventional || self.is_decided && listing.all(|webhook| self.sure.contains(webhook));
        is_clear.then(|| webhooks.iter().filter(is_identified).count())
    }

    /// Whether the values in examples can be event types: keys spell one, or they differ, or there are none.
    pub fn may_be_event_types(&self) -> bool {
        let in_examples = self.event_types.iter().flat_map(|own| &own.in_examples);
        let different: HashSet<_> = in_examples.map(|value| letters(value)).collect();
        different.len() != 1 || self.shows_keys
    }
}
