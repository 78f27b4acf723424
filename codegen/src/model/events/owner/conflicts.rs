//! What the documents leave open about event types.

use super::judge::{Claim, Evidence, Judge};
use crate::documents::provider::Expression;
use crate::model::events::api::Api;
use crate::source::{Diagnostic, Diagnostics};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// More names than this are counted.
const MOST: usize = 8;
const HOW_TO_DECIDE: &str = "to decide, show it in an example of the webhook that sends it";

impl Judge<'_> {
    /// Reports what was decided against a statement of a document, and what nothing decides.
    pub fn report(&self, claims: &[Claim], found: &mut Diagnostics) {
        found.extend(claims.iter().filter_map(|claim| self.contradicted(claim)));
        found.extend((0..self.api.webhooks.len()).filter_map(|webhook| self.not_listed(webhook)));
        found.extend(self.undecided(claims));
        found.extend(self.without_event_type(claims));
    }

    /// An event type that belongs to one webhook though there is evidence for another.
    fn contradicted(&self, claim: &Claim) -> Option<Diagnostic> {
        let owner = claim.owner()?;
        let reason = |webhook: usize| self.reason(&claim.value, webhook);
        let losers = claim.claimants.iter().copied().filter(|webhook| *webhook != owner);
        let losers: Vec<_> = losers.filter(|webhook| reason(*webhook).is_some()).collect();
        let first = *losers.first()?;
        let (event_type, owner, reason) = (&claim.value.event_type, self.names(&[owner]), reason(first)?);
        let message =
            format!("`{event_type}` is an event type of {owner}, though {reason} for {}", self.names(&losers));
        let help = "examples are trusted before keys, and keys before what schemas list; correct what is wrong";
        Some(self.api.warning(first, message, help))
    }

    /// An example that the schema of its own webhook does not allow.
    fn not_listed(&self, webhook: usize) -> Option<Diagnostic> {
        let value = self.shown_but_not_listed(webhook).next()?;
        let message = format!("an example shows the event type `{value}`, which the schema does not list");
        Some(self.api.warning(webhook, message, "it is not taken for one; correct the example or the schema"))
    }

    /// Event types of several webhooks, by these: one warning for all that are in the same doubt.
    fn undecided(&self, claims: &[Claim]) -> Vec<Diagnostic> {
        let mut groups: IndexMap<(&[usize], bool), Vec<&str>> = IndexMap::new();
        for claim in claims.iter().filter(|claim| matches!(claim.evidence, Evidence::Remainder | Evidence::None)) {
            let is_event = self.payload(claim).is_some();
            groups.entry((&claim.webhooks, is_event)).or_default().push(&claim.value.event_type);
        }
        let warning = |((webhooks, is_event), values): ((&[usize], bool), Vec<&str>)| {
            let (subject, verb) = if values.len() == 1 { ("event type", "belongs") } else { ("event types", "belong") };
            let (values, names) = (list(&values), self.names(webhooks));
            let what = match (webhooks, is_event) {
                ([_], _) => format!("given to {names}, the only one without another"),
                (_, true) => "an event of its own, as the bodies have the same type".to_owned(),
                (_, false) => "such a body arrives as `Unknown`".to_owned(),
            };
            let message = format!("nothing decides which webhook the {subject} {values} {verb} to");
            let message = if webhooks.len() > 1 { format!("{message}: {names}") } else { message };
            self.api.warning(webhooks[0], message, &format!("{what}; {HOW_TO_DECIDE}"))
        };
        groups.into_iter().map(warning).collect()
    }

    /// The webhooks whose event types all belong to others.
    fn without_event_type(&self, claims: &[Claim]) -> Option<Diagnostic> {
        let claimants = claims.iter().flat_map(|claim| &claim.claimants);
        let claimants: BTreeSet<_> = claimants.copied().filter(|webhook| self.has_list(*webhook)).collect();
        let owners: BTreeSet<_> = claims.iter().flat_map(|claim| &claim.webhooks).copied().collect();
        let webhooks: Vec<_> = claimants.difference(&owners).copied().collect();
        let message = format!("all event types that {} may have belong to other webhooks", self.names(&webhooks));
        let help = format!("their bodies are found by `from_slice_as` only; {HOW_TO_DECIDE}");
        Some(self.api.warning(*webhooks.first()?, message, &help))
    }

    fn names(&self, webhooks: &[usize]) -> String {
        let names: Vec<_> = webhooks.iter().map(|webhook| self.api.webhooks[*webhook].key.as_str()).collect();
        list(&names)
    }
}

/// Bodies of a webhook that have nothing at the event type location, where those of others have nothing, too.
pub fn absent(api: &Api<'_>, location: &[Expression], webhook: usize) -> Diagnostic {
    let message = format!("bodies of this webhook have no {}, where their event type should be", pointers(location));
    let help = "they are found by `from_slice_as` only, as other webhooks may have such bodies, too; describe it here or in \
                overlay.yaml";
    api.warning(webhook, message, help)
}

/// Bodies of a webhook whose event type no schema lists, where those of others may have any as well.
pub fn unlisted(api: &Api<'_>, location: &[Expression], webhook: usize) -> Diagnostic {
    let message = format!("bodies of this webhook may have any text as their event type, in {}", pointers(location));
    let help = "they are found by `from_slice_as` only, as other webhooks may have such bodies, too; list the values here or \
                in overlay.yaml";
    api.warning(webhook, message, help)
}

fn pointers(location: &[Expression]) -> String {
    let pointers = location.iter().filter_map(|part| match part {
        Expression::Body(pointer) => Some(pointer.as_str()),
        Expression::Header(_) => None,
    });
    list(&pointers.collect::<Vec<_>>())
}

fn list(names: &[&str]) -> String {
    let mut shown: Vec<_> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST {
        shown.push(format!("{} more", names.len() - MOST));
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
