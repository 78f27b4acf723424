//! The Cargo features that the code asks for.

use crate::documents::provider::{DeliveryId, Verify};
use crate::model::Provider;

/// A `[features]` table with the features of all providers, to be put into the crate's `Cargo.toml`.
pub fn table(providers: &[Provider]) -> String {
    let lines: Vec<_> = providers.iter().flat_map(lines).collect();
    format!("[features]\n{}", lines.concat())
}

fn lines(provider: &Provider) -> Vec<String> {
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
    if !provider.families.is_empty() {
        let families: Vec<_> = provider.families.iter().map(|family| family.feature.as_str()).collect();
        lines.push(line(&format!("{name}-all"), &families));
        lines.extend(families.iter().map(|family| line(family, &[name])));
    }
    lines
}

fn line(feature: &str, implied: &[&str]) -> String {
    let is_bare = feature.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'));
    let key = if is_bare { feature.to_owned() } else { format!("\"{feature}\"") };
    format!("{key} = {implied:?}\n")
}
