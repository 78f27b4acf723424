//! A kept delivery as its document sees it.

use crate::endpoint::named;
use webhook_runtime::event::{Event, additional_properties, expanded};
use webhook_runtime::{Captured, Delivery, Receive, Value};

/// What a delivery is, and how it differs from its document.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The body, with every JSON text as the value that it holds; why there is none.
    pub value: Result<Value, String>,
    /// No document has its event type.
    pub is_undocumented: bool,
    /// JSON pointers, each with what is wrong there.
    pub violations: Vec<(String, String)>,
    /// JSON pointers to what no document declares.
    pub additional: Vec<String>,
}

impl View {
    /// Whether the provider sends something else than its document says.
    pub fn drifts(&self) -> bool {
        self.value.is_err() || self.is_undocumented || !self.violations.is_empty() || !self.additional.is_empty()
    }
}

pub fn view<E: Receive + Event>(captured: &Captured) -> View {
    let event_type = named::<E>(captured);
    let is_undocumented = !E::EVENT_TYPES.contains(&event_type.as_str());
    let delivery = match Delivery::<E>::from_captured(captured) {
        Ok(delivery) => delivery,
        Err(error) => {
            return View {
                value: Err(error.to_string()),
                is_undocumented: false,
                violations: vec![],
                additional: vec![],
            };
        }
    };
    let violations = delivery.invalid.iter().flat_map(|invalid| &invalid.violations);
    let violations: Vec<_> = violations
        .map(|violation| {
            (violation.pointer.clone(), format!("expected {}, found {}", violation.expected, violation.found))
        })
        .collect();
    View {
        value: Ok(expanded(&delivery.event, &event_type)),
        is_undocumented,
        violations,
        additional: if is_undocumented { Vec::new() } else { additional_properties(&delivery.event, &event_type) },
    }
}
