// The provider of the documentation's examples, as generated code has it. It is no module of this crate.

use webhook_runtime::event::{self, Body, ParseFailure};
use webhook_runtime::schema::Schema;
#[allow(unused_imports)]
use webhook_runtime::{Expression, Integer, OrderedMap, Unknown};

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    OrderPaid(Box<OrderedMap<Integer>>),
    Unknown(Unknown),
}

impl Event {
    pub fn event_type(&self) -> &str {
        match self {
            Self::OrderPaid(_) => "order.paid",
            Self::Unknown(unknown) => &unknown.event_type,
        }
    }

    pub fn from_slice_as(name: &str, body: &[u8]) -> Result<Self, webhook_runtime::ParseError> {
        event::from_slice_as(name, body)
    }
}

impl event::Event for Event {
    const EVENT_TYPES: &'static [&'static str] = &["order.paid"];
    const EVENT_TYPE_LOCATION: &'static [Expression] = &[Expression::Header("shop-event")];
    const WEBHOOKS: &'static [(&'static str, &'static [&'static str])] = &[];

    fn parse(event_type: &str, body: Body<'_>) -> Result<Self, ParseFailure> {
        match event_type {
            "order.paid" => Ok(Self::OrderPaid(body.parse()?)),
            _ => Ok(Self::Unknown(body.unknown(event_type)?)),
        }
    }

    fn payload_schema(event_type: &str) -> Schema {
        match event_type {
            "order.paid" => Schema::Map(&Schema::Integer),
            _ => Schema::Any,
        }
    }

    fn unknown(event: Unknown) -> Self {
        Self::Unknown(event)
    }
}

impl serde::Serialize for Event {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::OrderPaid(order) => order.serialize(serializer),
            Self::Unknown(unknown) => unknown.serialize(serializer),
        }
    }
}
