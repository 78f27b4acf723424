//! Which event types there are: one tiny document a row.

use super::{Event, Provider, Shape, Type, build};
use crate::diagnostics::{Diagnostics, Severity};
use crate::provider::Expression;
use serde_json::{Map, Value, json};
use std::fs;

/// A webhook: its key, the schema of what stands at the location, and an example of that (`-` for none).
type Webhook = (&'static str, &'static str, &'static str);

struct Row {
    rule: &'static str,
    /// Where the event type is to be found: a property of the body, or a header that starts with `x-`.
    location: &'static str,
    webhooks: &'static [Webhook],
    /// The event types, each with the webhooks that it belongs to. `~` marks one that deliveries may spell otherwise, `=`
    /// another name of one, `0` one whose bodies have no event type, `!` one that takes all such bodies.
    events: &'static [&'static str],
    /// The beginnings of the warnings, in their order.
    warnings: &'static [&'static str],
}

/// Bodies are of one type with `AB`, and each of its own without it.
const ROWS: &[Row] = &[
    Row {
        rule: "a list of its own tells a webhook",
        location: "type",
        webhooks: &[("first", "{enum: [a, b]}", "-"), ("second", "{const: c}", "-")],
        events: &["a first", "b first", "c second"],
        warnings: &[],
    },
    Row {
        rule: "keys decide about a list that is shared",
        location: "kind",
        webhooks: &[
            ("orderPaid", "{enum: [ORDER_LOST, ORDER_PAID]}", "-"),
            ("orderLost", "{enum: [ORDER_LOST, ORDER_PAID]}", "-"),
        ],
        events: &["ORDER_PAID orderPaid", "ORDER_LOST orderLost"],
        warnings: &[],
    },
    Row {
        rule: "examples decide about a list that is shared",
        location: "type",
        webhooks: &[("first", "{enum: [a, b]}", "b"), ("second", "{enum: [a, b]}", "a")],
        events: &["b first", "a second"],
        warnings: &[],
    },
    Row {
        rule: "examples are trusted before keys",
        location: "type",
        webhooks: &[("a", "{enum: [a, b]}", "b"), ("b", "{enum: [a, b]}", "a")],
        events: &["b a", "a b"],
        warnings: &[
            "`a` is an event type of `b`, though the key spells it for `a`",
            "`b` is an event type of `a`, though the key spells it for `b`",
        ],
    },
    Row {
        rule: "examples are trusted before constants",
        location: "type",
        webhooks: &[("first", "{enum: [a, b]}", "b"), ("second", "{const: b}", "-"), ("third", "{const: c}", "-")],
        events: &["a first", "b first", "~second second", "c third"],
        warnings: &[
            "`b` is an event type of `first`, though the schema lists nothing else for `second`",
            "all event types that `second` may have belong to other webhooks",
        ],
    },
    Row {
        rule: "keys are trusted before constants",
        location: "type",
        webhooks: &[("b", "{enum: [a, b]}", "-"), ("second", "{const: b}", "-"), ("third", "{const: c}", "-")],
        events: &["a b", "b b", "~second second", "c third"],
        warnings: &[
            "`b` is an event type of `b`, though the schema lists nothing else for `second`",
            "all event types that `second` may have belong to other webhooks",
        ],
    },
    Row {
        rule: "constants decide where nothing better does",
        location: "type",
        webhooks: &[("first", "{enum: [a, b]}", "-"), ("second", "{const: b}", "-")],
        events: &["a first", "b second"],
        warnings: &[],
    },
    Row {
        rule: "of an example that several webhooks have the key decides",
        location: "type",
        webhooks: &[
            ("orderPaid", "{enum: [order.paid, order.lost]}", "order.paid"),
            ("orderLost", "{enum: [order.paid, order.lost]}", "order.paid"),
        ],
        events: &["order.paid orderPaid", "order.lost orderLost"],
        warnings: &["`order.paid` is an event type of `orderPaid`, though an example shows it for `orderLost`"],
    },
    Row {
        rule: "an example that the schema excludes takes nothing from others",
        location: "type",
        webhooks: &[("first", "{const: a}", "b"), ("second", "{const: b}", "-")],
        events: &["a first", "b second"],
        warnings: &["an example shows the event type `b`, which the schema does not list"],
    },
    Row {
        rule: "the only webhook without an event type is given what is left",
        location: "type",
        webhooks: &[
            ("order-paid", "{enum: [order.paid, refund.made]}", "-"),
            ("money-back", "{enum: [order.paid, refund.made]}", "-"),
        ],
        events: &["order.paid order-paid", "refund.made money-back"],
        warnings: &["nothing decides which webhook the event type `refund.made` belongs to"],
    },
    Row {
        rule: "what nothing decides is unknown where bodies differ",
        location: "kind",
        webhooks: &[
            ("orderPaid", "{enum: [ORDER_PAID, ORDER_LOST, ORDER_TESTED]}", "-"),
            ("orderLost", "{enum: [ORDER_PAID, ORDER_LOST, ORDER_TESTED]}", "-"),
        ],
        events: &["ORDER_PAID orderPaid", "ORDER_LOST orderLost"],
        warnings: &[
            "nothing decides which webhook the event type `ORDER_TESTED` belongs to: `orderPaid` and `orderLost`",
        ],
    },
    Row {
        rule: "what nothing decides is an event of its own where bodies have one type",
        location: "kind",
        webhooks: &[
            ("orderPaid AB", "{enum: [ORDER_PAID, ORDER_LOST, ORDER_TESTED]}", "-"),
            ("orderLost AB", "{enum: [ORDER_PAID, ORDER_LOST, ORDER_TESTED]}", "-"),
        ],
        events: &["ORDER_PAID orderPaid", "ORDER_TESTED orderPaid orderLost", "ORDER_LOST orderLost"],
        warnings: &[
            "nothing decides which webhook the event type `ORDER_TESTED` belongs to: `orderPaid` and `orderLost`",
        ],
    },
    Row {
        rule: "one constant of two webhooks is unknown, and both are reached by their keys",
        location: "type",
        webhooks: &[
            ("first", "{const: a}", "-"),
            ("second", "{const: a}", "-"),
            ("third", "{const: b}", "-"),
            ("fourth", "{const: c}", "-"),
            ("fifth", "{const: d}", "-"),
            ("sixth", "{const: e}", "-"),
        ],
        events: &["~first first", "~second second", "b third", "c fourth", "d fifth", "e sixth"],
        warnings: &["nothing decides which webhook the event type `a` belongs to: `first` and `second`"],
    },
    Row {
        rule: "words of a key decide, unless it spells another event type as a whole",
        location: "type",
        webhooks: &[("paid", "{enum: [paid, lost]}", "-"), ("order-lost-webhook", "{enum: [paid, lost]}", "-")],
        events: &["paid paid", "lost order-lost-webhook"],
        warnings: &[],
    },
    Row {
        rule: "the examples of any text are event types, and spell keys",
        location: "event",
        webhooks: &[
            ("onOrderPaid", "{type: string}", "order.paid"),
            ("orderLost", "{type: string}", "order.lost"),
            ("refund", "{type: string}", "-"),
        ],
        events: &["order.paid onOrderPaid", "~order.lost orderLost", "~refund refund"],
        warnings: &[],
    },
    Row {
        rule: "examples that spell all keys show where the event type stands, however that is called",
        location: "what",
        webhooks: &[("order.paid", "{type: string}", "order.paid"), ("order.lost", "{type: string}", "order.lost")],
        events: &["~order.paid order.paid", "~order.lost order.lost"],
        warnings: &[],
    },
    Row {
        rule: "examples of any text that several webhooks have are no event types",
        location: "event",
        webhooks: &[("orderPaid", "{type: string}", "order.paid"), ("orderLost", "{type: string}", "order.paid")],
        events: &["~order.paid orderPaid", "~orderLost orderLost"],
        warnings: &["`order.paid` is an event type of `orderPaid`, though an example shows it for `orderLost`"],
    },
    Row {
        rule: "several examples of any text are names of one event",
        location: "event",
        webhooks: &[
            ("orderPaid", "{type: string}", "order.paid, order.paid.late"),
            ("orderLost", "{type: string}", "gone, away"),
        ],
        events: &["~order.paid=order.paid.late orderPaid", "~orderLost=gone=away orderLost"],
        warnings: &[],
    },
    Row {
        rule: "the list of a header tells webhooks",
        location: "x-topic",
        webhooks: &[("first", "{const: a}", "-"), ("second", "{enum: [b, c]}", "-")],
        events: &["a first", "b second", "c second"],
        warnings: &[],
    },
    Row {
        rule: "the examples of a header decide before keys",
        location: "x-topic",
        webhooks: &[("a", "{enum: [a, b]}", "b"), ("b", "{enum: [a, b]}", "a")],
        events: &["b a", "a b"],
        warnings: &[
            "`a` is an event type of `b`, though the key spells it for `a`",
            "`b` is an event type of `a`, though the key spells it for `b`",
        ],
    },
    Row {
        rule: "the examples of a header that is called like it are event types",
        location: "x-acme-event",
        webhooks: &[("first", "{type: string}", "a"), ("second", "{type: string}", "b")],
        events: &["a first", "b second"],
        warnings: &[],
    },
    Row {
        rule: "a part of a body without an event type is an event of its own",
        location: "type",
        webhooks: &[("first ?", "{const: a}", "-"), ("second", "{const: b}", "-")],
        events: &["a first", "0!first first", "b second"],
        warnings: &[],
    },
    Row {
        rule: "where several webhooks have such parts, each is found by its key only",
        location: "type",
        webhooks: &[("first ?", "{const: a}", "-"), ("second ?", "{const: b}", "-")],
        events: &["a first", "0first first", "b second", "0second second"],
        warnings: &["bodies of this webhook have no `/type`", "bodies of this webhook have no `/type`"],
    },
    Row {
        rule: "where an event type may be left out in one webhook only, its event takes such bodies",
        location: "type",
        webhooks: &[("first -", "{const: a}", "-"), ("second", "{const: b}", "-")],
        events: &["!a first", "b second"],
        warnings: &[],
    },
    Row {
        rule: "a webhook of several event types that may be left out has an event for that",
        location: "type",
        webhooks: &[("first -", "{enum: [a, b]}", "-"), ("second", "{const: c}", "-")],
        events: &["a first", "b first", "0!first first", "c second"],
        warnings: &[],
    },
    Row {
        rule: "where several webhooks may leave it out, such a body is unknown",
        location: "type",
        webhooks: &[("first -", "{const: a}", "-"), ("second -", "{const: b}", "-")],
        events: &["a first", "b second"],
        warnings: &[],
    },
];

/// A document with the webhooks of a row.
fn document(row: &Row) -> Value {
    let webhooks = row.webhooks.iter().enumerate().map(|(index, (key, schema, examples))| {
        let schema: Value = serde_yaml::from_str(schema).expect("a row holds YAML");
        let examples: Vec<_> = examples.split(", ").filter(|example| *example != "-").collect();
        let (key, mark) = key.split_once(' ').unwrap_or((key, ""));
        (key.to_owned(), json!({"post": operation(row.location, index, mark, &schema, &examples)}))
    });
    let webhooks: Map<_, _> = webhooks.collect();
    json!({"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}, "webhooks": webhooks})
}

fn operation(location: &str, index: usize, mark: &str, schema: &Value, examples: &[&str]) -> Value {
    let own = if mark == "AB" { "all".to_owned() } else { format!("own{index}") };
    let named = |value: &dyn Fn(&str) -> Value| -> Map<String, Value> {
        examples.iter().map(|example| ((*example).to_owned(), json!({"value": value(example)}))).collect()
    };
    if location.starts_with("x-") {
        let header =
            json!({"name": location, "in": "header", "schema": schema, "examples": named(&|example| json!(example))});
        let body = json!({"type": "object", "required": [own], "properties": {own.clone(): {"type": "integer"}}});
        return json!({"parameters": [header], "requestBody": {"content": {"application/json": {"schema": body}}}});
    }
    let mut required = vec![own.as_str()];
    required.extend((mark != "-").then_some(location));
    let body = json!({"type": "object", "required": required, "properties": {location: schema, own.clone(): {"type": "integer"}}});
    let body = match mark {
        "?" => {
            json!({"oneOf": [body, {"type": "object", "required": ["test"], "properties": {"test": {"type": "string"}}}]})
        }
        _ => body,
    };
    let examples = named(&|example| json!({location: example, own.clone(): 1}));
    json!({"requestBody": {"content": {"application/json": {"schema": body, "examples": examples}}}})
}

fn model(row: &Row, provider: Option<&str>) -> (Provider, Diagnostics) {
    let specs = tempfile::tempdir().expect("there is room");
    let folder = specs.path().join("acme");
    fs::create_dir(&folder).expect("it is new");
    fs::write(folder.join("acme.json"), document(row).to_string()).expect("there is room");
    if let Some(provider) = provider {
        fs::write(folder.join("provider.yaml"), provider).expect("there is room");
    }
    let folders = crate::load::load(specs.path()).unwrap_or_else(|failure| panic!("{failure}"));
    let mut found = Diagnostics::new();
    let lowered = crate::lower::lower(&folders[0], &mut found, &mut Diagnostics::new());
    let model = build(&folders[0], &lowered, &mut found);
    (model, found)
}

fn shown(provider: &Provider, event: &Event) -> String {
    let mark = |is_marked: bool, mark: &'static str| if is_marked { mark } else { "" };
    let marks = [mark(event.is_key, "~"), mark(event.lacks_event_type, "0"), mark(event.takes_absent, "!")].concat();
    let aliases: String = event.aliases.iter().map(|alias| format!("={alias}")).collect();
    let webhooks: String = event.webhooks().map(|webhook| format!(" {}", provider.webhooks[webhook].key)).collect();
    format!("{marks}{}{aliases}{webhooks}", event.event_type)
}

fn check(row: &Row, provider: Option<&str>) {
    let (model, found) = model(row, provider);
    let rule = row.rule;
    let location = match row.location.starts_with("x-") {
        true => Expression::Header(row.location.to_owned()),
        false => Expression::Body(format!("/{}", row.location)),
    };
    assert_eq!(model.event_type, [location], "{rule}");
    let events: Vec<_> = model.events.iter().map(|event| shown(&model, event)).collect();
    assert_eq!(events, row.events, "{rule}");
    let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages.len(), row.warnings.len(), "{rule}: {messages:#?}");
    let expected = messages.iter().zip(row.warnings).all(|(message, start)| message.starts_with(start));
    assert!(expected, "{rule}: {messages:#?}");
    assert!(found.iter().all(|found| found.severity == Severity::Warning), "{rule}");
}

#[test]
fn what_documents_say_of_event_types_is_found() {
    for row in ROWS {
        check(row, None);
    }
}

#[test]
fn what_provider_yaml_states_leads_to_the_same() {
    for row in ROWS {
        let location = match row.location.starts_with("x-") {
            true => format!("event_type: $request.header.{}", row.location),
            false => format!("event_type: $request.body#/{}", row.location),
        };
        check(row, Some(&location));
    }
}

#[test]
fn a_part_of_a_body_without_an_event_type_has_the_type_of_that_part() {
    let row = ROWS.iter().find(|row| row.rule.starts_with("a part of a body")).expect("it stands above");
    let (model, _) = model(row, None);
    let event = model.events.iter().find(|event| event.lacks_event_type).expect("there is one");
    let Type::Named(id) = event.payload else { panic!("{event:?}") };
    let Shape::Struct(record) = &model.get(id).shape else { panic!("{event:?}") };
    assert_eq!(record.fields.iter().map(|field| field.key.as_str()).collect::<Vec<_>>(), ["test"]);
}
