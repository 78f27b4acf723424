//! `provider.yaml`: what a sender's OpenAPI document cannot say.

mod display;
mod expression;
mod fern;
mod handshakes;
mod jwt;
mod read;
mod schemes;
mod template;
mod verify;

pub use expression::{Expression, header_name};
pub use fern::signature;
pub use verify::{
    Algorithm, Condition, Encoding, Field, Format, Handshake, Hash, KeyForm, Part, Reply, Slot, Token, Tolerance, Unit,
    Verify,
};

/// What `provider.yaml` says about a sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The sender's name as it writes it itself.
    pub title: Option<String>,
    /// Address of the sender's documentation of its webhooks.
    pub docs: Option<String>,
    /// The event type location; the values of several parts are joined with `.`. Where it is empty, it is searched for.
    pub event_type: Vec<Expression>,
    /// Left out at the start of an event type when a variant is named.
    pub strip_prefix: Option<String>,
    /// What stays the same when a delivery is tried again, in order of preference.
    pub delivery_id: Vec<DeliveryId>,
    /// The header, in lower case, that marks with the value `true` a delivery which only tests the endpoint.
    pub test_header: Option<String>,
    /// How a delivery proves where it comes from.
    pub verify: Verify,
    /// How the provider tests an endpoint.
    pub handshakes: Vec<Handshake>,
    /// Whether each group of events is a feature of its own.
    pub event_groups: bool,
    /// Values of a body that events give by name.
    pub accessors: Vec<Accessor>,
    /// What the sender wants to hear.
    pub respond: Respond,
    /// The kinds of warnings that are not shown.
    pub allow: Vec<String>,
}

/// A value that bodies have at one of several locations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accessor {
    /// What the method of `Event` is called.
    pub name: String,
    /// JSON pointers to the locations, in order of preference.
    pub pointers: Vec<String>,
}

/// What stays the same when a delivery is tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryId {
    At(Expression),
    /// The SHA-256 digest of the body.
    BodyDigest,
}

/// A value of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A header; its name in lower case.
    Header(String),
    /// A JSON pointer into the body; empty for the whole body.
    Body(String),
    /// A parameter of the query.
    Query(String),
    /// The last segment of the path.
    Path,
    Method,
    /// The URL as the provider called it.
    Url,
    /// The same without the query.
    Endpoint,
}

impl Value {
    fn of(expression: Expression) -> Self {
        match expression {
            Expression::Header(name) => Self::Header(name),
            Expression::Body(pointer) => Self::Body(pointer),
        }
    }
}

/// What the sender wants to hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Respond {
    /// HTTP status for "received".
    pub status: u16,
    /// How long the sender waits, in milliseconds.
    pub within_ms: Option<u64>,
}

impl Default for Respond {
    fn default() -> Self {
        Self { status: 200, within_ms: None }
    }
}

#[cfg(test)]
mod tests {
    use super::{Accessor, DeliveryId, Expression, Respond, Settings, Verify};
    use crate::source::Source;

    fn read(text: &str) -> Settings {
        Settings::read(&Source::parse("provider.yaml", text).unwrap()).unwrap()
    }

    #[test]
    fn everything_said() {
        let settings = read(
            "title: Shop\ndocs: https://shop.example/docs\nevent_type: [$request.header.X-Event, $request.body#/a]\n\
             strip_prefix: v1.\ndelivery_id: $request.header.X-Id\ntest_header: X-Test\nverify: {scheme: none}\n\
             respond: {status: 204, within_ms: 1500}\nallow: unused\naccessors: {id: [$request.body#/a/id, $request.body#/id]}\n",
        );
        let expected = Settings {
            title: Some("Shop".into()),
            docs: Some("https://shop.example/docs".into()),
            event_type: vec![Expression::Header("x-event".into()), Expression::Body("/a".into())],
            strip_prefix: Some("v1.".into()),
            delivery_id: vec![at_header("x-id")],
            test_header: Some("x-test".into()),
            verify: Verify { scheme: Some("none"), ..Verify::default() },
            handshakes: Vec::new(),
            event_groups: false,
            accessors: vec![Accessor { name: "id".into(), pointers: vec!["/a/id".into(), "/id".into()] }],
            respond: Respond { status: 204, within_ms: Some(1500) },
            allow: vec!["unused".into()],
        };
        assert_eq!(settings, expected);
    }

    fn at_header(name: &str) -> DeliveryId {
        DeliveryId::At(Expression::Header(name.into()))
    }

    #[test]
    fn several_ids_in_order_of_preference() {
        let both = read("delivery_id: [$request.header.X-Id, digest: $request.body]").delivery_id;
        assert_eq!(both, [at_header("x-id"), DeliveryId::BodyDigest]);
        assert_eq!(read("delivery_id: {digest: $request.body}").delivery_id, [DeliveryId::BodyDigest]);
    }

    #[test]
    fn nothing_said() {
        assert_eq!(read("{}"), Settings::default());
        assert_eq!(read("event_type: $request.body#/a").event_type, [Expression::Body("/a".into())]);
        assert_eq!(read("respond: {within_ms: 5}").respond, Respond { status: 200, within_ms: Some(5) });
    }
}
