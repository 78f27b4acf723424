//! What documents say of event types, and what is made of it.

/// A webhook: its key, the schema of what is at the location, and an example of that (`-` for none).
pub type Webhook = (&'static str, &'static str, &'static str);

pub struct Row {
    pub rule: &'static str,
    /// Where the event type is to be found: a property of the body, or a header that starts with `x-`.
    pub location: &'static str,
    pub webhooks: &'static [Webhook],
    /// The event types, each with the webhooks that it belongs to. `~` marks one that deliveries may spell otherwise, `=`
    /// another name of one, `0` one of bodies that no listed event type tells, `!` one that takes all bodies without an
    /// event type, `*` one that takes all with an unlisted one.
    pub events: &'static [&'static str],
    /// The beginnings of the warnings, in their order.
    pub warnings: &'static [&'static str],
}

/// Bodies are of one type with `AB`, and each of its own without it.
pub const ROWS: &[Row] = &[
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
        rule: "examples that spell all keys show where the event type is, however that is called",
        location: "what",
        webhooks: &[("order.paid", "{type: string}", "order.paid"), ("order.lost", "{type: string}", "order.lost")],
        events: &["~order.paid order.paid", "~order.lost order.lost"],
        warnings: &[],
    },
    Row {
        rule: "a key is trusted before a list, where the schema allows any text",
        location: "type",
        webhooks: &[("a", "{type: string}", "-"), ("all", "{enum: [a, b]}", "-")],
        events: &["~a a", "b all"],
        warnings: &[],
    },
    Row {
        rule: "it is enough if examples spell several keys, and others have none",
        location: "what",
        webhooks: &[
            ("order.paid", "{type: string}", "order.paid"),
            ("order.lost", "{type: string}", "order.lost"),
            ("order.held", "{type: string}", "-"),
        ],
        events: &["~order.paid order.paid", "~order.lost order.lost", "~order.held order.held"],
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
        rule: "a part of a body with any event type is an event of its own",
        location: "type",
        webhooks: &[("first *", "{const: a}", "-"), ("second", "{const: b}", "-")],
        events: &["a first", "0*first first", "b second"],
        warnings: &[],
    },
    Row {
        rule: "where several webhooks have such parts, these are found by the keys only",
        location: "type",
        webhooks: &[("first *", "{const: a}", "-"), ("second *", "{const: b}", "-")],
        events: &["a first", "0first first", "b second", "0second second"],
        warnings: &["bodies of this webhook may have any text", "bodies of this webhook may have any text"],
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
