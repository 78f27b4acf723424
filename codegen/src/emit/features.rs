//! The Cargo features that the code asks for.

use crate::documents::provider::{Algorithm, DeliveryId, Hash, Part, Settings};
use crate::model::Provider;
use crate::selection::Selection;
use std::collections::BTreeSet;

/// A `[features]` table with the features of all providers, to be put into the crate's `Cargo.toml`.
pub fn table<'p>(providers: impl Iterator<Item = (&'p Provider, &'p Selection)>) -> String {
    let lines: Vec<_> = providers.flat_map(|(provider, selection)| lines(provider, selection)).collect();
    format!("[features]\n{}", lines.concat())
}

fn lines(provider: &Provider, selection: &Selection) -> Vec<String> {
    let name = &provider.name;
    let mut implied = vec![name.clone()];
    implied.extend(needed(provider).into_iter().map(|feature| format!("webhook-runtime/{feature}")));
    let implied: Vec<_> = implied.iter().map(String::as_str).collect();
    let mut lines = vec![line(name, &[]), line(&format!("{name}-verify"), &implied)];
    let groups = selection.features();
    if !groups.is_empty() {
        lines.push(line(&format!("{name}-all"), &groups));
        lines.extend(groups.iter().map(|group| line(group, &[name])));
    }
    lines
}

/// The features of the runtime that a provider's receiver needs.
fn needed(provider: &Provider) -> BTreeSet<&'static str> {
    let Settings { verify, handshakes, delivery_id, .. } = &provider.settings;
    let mut features = BTreeSet::new();
    let hash = |hash: Hash| if hash == Hash::Sha1 { "sha1" } else { "hmac" };
    features.extend(match &verify.algorithm {
        Algorithm::Ed25519 => Some("ed25519"),
        algorithm if algorithm.is_asymmetric() => Some("ring"),
        algorithm => algorithm.hash().map(hash),
    });
    features.extend(verify.token.as_ref().map(|_| "jwt"));
    let claims_digest = verify.token.as_ref().is_some_and(|token| token.body_digest.is_some());
    features.extend((claims_digest || delivery_id.contains(&DeliveryId::BodyDigest)).then_some("body-digest"));
    let replies = handshakes.iter().map(|handshake| &handshake.reply);
    let headers = replies.clone().flat_map(|reply| &reply.headers).map(|(_, parts)| parts);
    for parts in replies.map(|reply| &reply.body).chain(headers).chain([&verify.signed]) {
        digests(parts, &mut |of| _ = features.insert(hash(of)));
    }
    if features.is_empty() {
        features.insert("receive");
    }
    features
}

fn digests(parts: &[Part], found: &mut impl FnMut(Hash)) {
    for part in parts {
        if let Part::Digest { hash, of, .. } = part {
            found(*hash);
            digests(of, found);
        }
    }
}

fn line(feature: &str, implied: &[&str]) -> String {
    let is_bare = feature.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'));
    let key = if is_bare { feature.to_owned() } else { format!("\"{feature}\"") };
    format!("{key} = {implied:?}\n")
}
