//! What holds for all deliveries of a provider, in words.

use webhook_codegen::documents::provider::{DeliveryId, Expression, Respond};
use webhook_codegen::model::{Provider, code_of_name};

/// A word and a text in CommonMark each.
pub fn facts(provider: &Provider) -> Vec<(&'static str, String)> {
    let settings = &provider.settings;
    let event_type: Vec<_> = provider.event_type.iter().map(location).collect();
    let mut facts = Vec::new();
    if !event_type.is_empty() {
        facts.push(("Event type", event_type.join(", then ")));
    }
    facts.extend(provider.has_batches().then(|| ("Body", "an array may hold several events".to_owned())));
    facts.push(("Signature", settings.verify.to_string()));
    let ids: Vec<_> = settings.delivery_id.iter().map(delivery_id).collect();
    facts.extend((!ids.is_empty()).then(|| ("Same over retries", ids.join(", else "))));
    facts.extend(
        settings.test_header.iter().map(|header| ("Tests the endpoint", format!("header {}", code_of_name(header)))),
    );
    facts.push(("Answer", answer(settings.respond)));
    facts
}

fn delivery_id(id: &DeliveryId) -> String {
    match id {
        DeliveryId::At(at) => location(at),
        DeliveryId::BodyDigest => "the SHA-256 digest of the body".to_owned(),
    }
}

fn location(expression: &Expression) -> String {
    match expression {
        Expression::Header(name) => format!("header {}", code_of_name(name)),
        Expression::Body(pointer) if pointer.is_empty() => "the whole body".to_owned(),
        Expression::Body(pointer) => format!("{} in the body", code_of_name(pointer)),
    }
}

fn answer(Respond { status, within_ms }: Respond) -> String {
    match within_ms {
        Some(time) if time % 1000 == 0 => format!("{status} within {} s", time / 1000),
        Some(time) => format!("{status} within {time} ms"),
        None => status.to_string(),
    }
}
