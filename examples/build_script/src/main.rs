//! A crate that generates its webhooks in its own build script: out of sight, and into the source tree.

#![deny(warnings)]

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[rustfmt::skip]
pub mod checked_in;

pub mod webhooks {
    include!(concat!(env!("OUT_DIR"), "/webhooks.rs"));
}

/// In place of the document's `Money`: cents, from a text such as `12.50`.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    pub cents: i64,
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let cents = text.replace('.', "").parse().map_err(serde::de::Error::custom)?;
        Ok(Self { cents })
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}.{:02}", self.cents / 100, self.cents % 100))
    }
}

fn main() {
    let body = br#"{"type": "order.paid", "total": "12.50"}"#;
    let webhooks::shop::Event::OrderPaid(paid) = webhooks::shop::Event::from_slice(body).expect("it fits") else {
        panic!("another event");
    };
    assert_eq!(paid.total, Money { cents: 1250 });
    assert_eq!(webhooks::shop::Event::EVENT_TYPES, ["order.paid"]);

    use checked_in::shop::Event;
    assert_eq!(Event::EVENT_TYPES, ["order.paid", "cart.left"]);
    let event = Event::from_slice(body).expect("it fits");
    println!("{} with {:?}", event.event_type(), paid.total);
}
