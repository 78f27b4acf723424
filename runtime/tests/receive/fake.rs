//! Stands for the code that the generator writes.

#![allow(dead_code, reason = "no single scheme's tests use all of it")]

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::de::{Deserialize, Deserializer, MapAccess};
use serde::ser::{Serialize, Serializer};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use webhook_runtime::de::{self, Members, Object};
use webhook_runtime::event::{Body, ParseFailure};
use webhook_runtime::schema::{Required, Schema};
use webhook_runtime::{Map, Unknown, Value, http};

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Ping(Box<Ping>),
    Unknown(Unknown),
}

/// An object whose `data` must be there.
#[derive(Debug, Clone, PartialEq)]
pub struct Ping {
    pub data: Value,
    pub extra: Map<String, Value>,
}

impl Content {
    pub fn parse(event_type: &str, body: Body<'_>) -> Result<Self, ParseFailure> {
        Ok(match event_type {
            "ping" => Self::Ping(body.parse()?),
            other => Self::Unknown(body.unknown(other)?),
        })
    }
}

pub fn schema(event_type: &str) -> Schema {
    match event_type {
        "ping" => Schema::Object(&[Required("data", &Schema::Any)], &Schema::Any),
        _ => Schema::Any,
    }
}

impl<'de> Deserialize<'de> for Ping {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::object(deserializer)
    }
}

impl<'de> Object<'de> for Ping {
    fn read<A: MapAccess<'de>>(mut members: Members<A>) -> Result<Self, A::Error> {
        let (mut data, mut extra) = (None, Map::new());
        while let Some(key) = members.next_key()? {
            match &*key {
                "data" => members.value(&mut data),
                _ => members.keep(key, &mut extra),
            }?;
        }
        let Some(data) = data else { return Err(de::missing("data")) };
        Ok(Self { data, extra })
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Ping(ping) => ping.data.serialize(serializer),
            Self::Unknown(unknown) => unknown.serialize(serializer),
        }
    }
}

/// A provider: its name, where its event type is, and its `Receive`.
macro_rules! provider {
    ($name:ident, $event_type:expr, { $($receive:tt)* }) => {
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name(pub $crate::fake::Content);

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl ::webhook_runtime::event::Event for $name {
            const EVENT_TYPES: &'static [&'static str] = &["ping"];
            const EVENT_TYPE_LOCATION: &'static [::webhook_runtime::Expression] = &[$event_type];
            const WEBHOOKS: &'static [(&'static str, &'static [&'static str])] = &[];

            fn parse(
                event_type: &str,
                body: ::webhook_runtime::event::Body<'_>,
            ) -> Result<Self, ::webhook_runtime::event::ParseFailure> {
                $crate::fake::Content::parse(event_type, body).map(Self)
            }

            fn payload_schema(event_type: &str) -> ::webhook_runtime::schema::Schema {
                $crate::fake::schema(event_type)
            }

            fn unknown(event: ::webhook_runtime::Unknown) -> Self {
                Self($crate::fake::Content::Unknown(event))
            }
        }

        impl ::webhook_runtime::Receive for $name {
            const PROVIDER: &'static str = stringify!($name);
            $($receive)*
        }
    };
}
pub(crate) use provider;

/// Standard Webhooks as the generator says it; the family is `svix` or `webhook`, and the other one is taken as well.
macro_rules! standard {
    ($family:literal, $other:literal) => {
        ::webhook_runtime::Verify {
            algorithm: ::webhook_runtime::Algorithm::Hmac(::webhook_runtime::Hash::Sha256),
            key: ::webhook_runtime::KeyForm::StandardWebhooks,
            signature: &[
                ::webhook_runtime::Expression::Header(concat!($family, "-signature")),
                ::webhook_runtime::Expression::Header(concat!($other, "-signature")),
            ],
            format: ::webhook_runtime::Format {
                slots: &[
                    ::webhook_runtime::Slot { label: "v1,", field: ::webhook_runtime::Field::Signature, suffix: "" },
                    ::webhook_runtime::Slot {
                        label: "v1a,",
                        field: ::webhook_runtime::Field::Ed25519Signature,
                        suffix: "",
                    },
                ],
                separators: " ",
                separator: " ",
            },
            encoding: ::webhook_runtime::Encoding::Base64,
            signed: &[
                ::webhook_runtime::Part::Id,
                ::webhook_runtime::Part::Text("."),
                ::webhook_runtime::Part::Timestamp,
                ::webhook_runtime::Part::Text("."),
                ::webhook_runtime::Part::At(::webhook_runtime::Expression::Body(&[])),
            ],
            id: &[
                ::webhook_runtime::Expression::Header(concat!($family, "-id")),
                ::webhook_runtime::Expression::Header(concat!($other, "-id")),
            ],
            timestamp: &[
                ::webhook_runtime::Expression::Header(concat!($family, "-timestamp")),
                ::webhook_runtime::Expression::Header(concat!($other, "-timestamp")),
            ],
            ..::webhook_runtime::Verify::NONE
        }
    };
}
pub(crate) use standard;

pub fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

pub fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let parse = |(name, value): &(&str, &str)| {
        let name: HeaderName = name.parse().unwrap();
        (name, HeaderValue::from_str(value).unwrap())
    };
    pairs.iter().map(parse).collect()
}

/// All texts that differ from `bytes` in one bit.
pub fn one_bit_off(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..8 * bytes.len()).map(|bit| {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        changed
    })
}

/// All headers that differ in one bit of one value, as far as HTTP can carry them.
pub fn headers_one_bit_off(headers: &HeaderMap) -> impl Iterator<Item = HeaderMap> {
    headers.iter().flat_map(move |(name, value)| {
        let values = one_bit_off(value.as_bytes()).filter_map(|bytes| HeaderValue::from_bytes(&bytes).ok());
        values.map(move |value| {
            let mut changed = headers.clone();
            changed.insert(name, value);
            changed
        })
    })
}
