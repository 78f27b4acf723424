//! The Cargo features that the code asks for.

use crate::documents::provider::{DeliveryId, Verify};
use crate::model::Provider;
use crate::selection::Selection;

/// A `[features]` table with the features of all providers, to be put into the crate's `Cargo.toml`.
pub fn table<'p>(providers: impl Iterator<Item = (&'p Provider, &'p Selection)>) -> String {
    let lines: Vec<_> = providers.flat_map(|(provider, selection)| lines(provider, selection)).collect();
    format!("[features]\n{}", lines.concat())
}

fn lines(provider: &Provider, selection: &Selection) -> Vec<String> {
    let name = &provider.name;
    let scheme = match &provider.settings.verify {
        Verify::None { .. } => "unsigned",
        Verify::StandardWebhooks { .. } => "standard-webhooks",
        Verify::HmacSha256 { .. } => "hmac-sha256",
        Verify::Jwt { .. } => "jwt",
    };
    let mut implied = vec![name.clone(), format!("webhook-runtime/{scheme}")];
    if provider.settings.delivery_id.contains(&DeliveryId::BodyDigest) {
        implied.push("webhook-runtime/body-digest".to_owned());
    }
    let implied: Vec<_> = implied.iter().map(String::as_str).collect();
    let mut lines = vec![line(name, &[]), line(&format!("{name}-verify"), &implied)];
    let groups = selection.features();
    if !groups.is_empty() {
        lines.push(line(&format!("{name}-all"), &groups));
        lines.extend(groups.iter().map(|group| line(group, &[name])));
    }
    lines
}

fn line(feature: &str, implied: &[&str]) -> String {
    let is_bare = feature.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'));
    let key = if is_bare { feature.to_owned() } else { format!("\"{feature}\"") };
    format!("{key} = {implied:?}\n")
}
