//! Where deliveries say their event type.

use serde_json::Value;
use std::fmt::{self, Display, Formatter};
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::model::text_at;
use webhook_codegen::source::pointer::tokens;

/// Where deliveries say their event type; the texts of several locations are joined with a full stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventTypeLocation {
    /// The locations, the one that is there in all deliveries first.
    pub expressions: Vec<Expression>,
    /// Why these, for people.
    pub reason: String,
}

impl EventTypeLocation {
    /// The texts that a delivery has there, a `None` where it has none.
    pub fn texts(&self, headers: &[(String, String)], payload: &Value) -> Vec<Option<String>> {
        let text = |expression: &Expression| match expression {
            Expression::Header(name) => headers.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()),
            Expression::Body(pointer) => text_at(payload, &tokens(pointer)).map(|text| text.to_string()),
        };
        self.expressions.iter().map(text).collect()
    }

    /// The event type of a delivery.
    pub fn event_type(&self, headers: &[(String, String)], payload: &Value) -> Option<String> {
        let texts: Vec<_> =
            self.texts(headers, payload).into_iter().flatten().filter(|text| !text.is_empty()).collect();
        (!texts.is_empty()).then(|| texts.join("."))
    }
}

impl Display for EventTypeLocation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let texts: Vec<_> = self.expressions.iter().map(expression).collect();
        match texts.as_slice() {
            [one] => f.write_str(one),
            several => write!(f, "[{}]", several.join(", ")),
        }
    }
}

/// An expression as OpenAPI writes it.
pub fn expression(expression: &Expression) -> String {
    match expression {
        Expression::Header(name) => format!("$request.header.{name}"),
        Expression::Body(pointer) => format!("$request.body#{pointer}"),
    }
}
