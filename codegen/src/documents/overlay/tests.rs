use super::apply;
use crate::source::{Origin, Source};
use serde_json::{Value, json};

const HEAD: &str = "overlay: 1.1.0\ninfo: {title: Corrections, version: '1'}\n";

/// The documents `a.json` and `b.json` after an overlay, or what is wrong with it.
fn patched(overlay: &str, a: Value, b: Value) -> Result<[Source; 2], Vec<String>> {
    let overlay = Source::parse("shop/overlay.yaml", format!("{HEAD}{overlay}")).unwrap();
    let read = |name: &str, value: Value| Source::parse(format!("shop/{name}.json"), value.to_string()).unwrap();
    let mut documents = [read("a", a), read("b", b)];
    let found = apply(&overlay, &mut documents);
    if found.is_empty() { Ok(documents) } else { Err(found.iter().map(|one| one.message.clone()).collect()) }
}

#[track_caller]
fn check(actions: &str, before: Value, after: Value) {
    let [document, _] = patched(&format!("extends: a.json\nactions:\n{actions}"), before, json!({})).unwrap();
    assert_eq!(document.value, after);
    let keys = |value: &Value| value.to_string();
    assert_eq!(keys(&document.value), keys(&after), "the order of the keys");
}

#[test]
fn objects_merge_and_plain_values_are_replaced() {
    check(
        "- {target: $, update: {a: {x: 2, z: {n: null}}, c: [1]}}\n- {target: $.b, update: null}",
        json!({"a": {"x": 1, "y": 1}, "b": "text"}),
        json!({"a": {"x": 2, "y": 1, "z": {"n": null}}, "b": null, "c": [1]}),
    );
}

#[test]
fn lists_grow_by_an_entry_or_by_a_list() {
    check(
        "- {target: $.a, update: {k: 1}}\n- {target: $.a, update: [2, [3]]}\n- {target: $, update: {b: {c: [4, 6]}}}",
        json!({"a": [0], "b": {"c": [4, 5]}, "d": 1}),
        json!({"a": [0, {"k": 1}, 2, [3]], "b": {"c": [4, 5, 4, 6]}, "d": 1}),
    )
}

#[test]
fn every_match_is_updated() {
    check(
        "- {target: '$.*[?@.in == \"query\"]', update: {x-safe: true}}\n- {target: $..x, update: 2}",
        json!({"p": [{"in": "query"}, {"in": "path"}], "q": {"r": {"in": "query", "x": 1}}, "x": 1}),
        json!({"p": [{"in": "query", "x-safe": true}, {"in": "path"}],
            "q": {"r": {"in": "query", "x": 2, "x-safe": true}}, "x": 2}),
    );
}

#[test]
fn removing_keeps_the_order_and_minds_the_indices() {
    check(
        "- {target: '$.a[0, 2, 2, -1]', remove: true}\n- {target: $.b, remove: true}\n- {target: $..c, remove: true}\n\
         - {target: '$.e[?match(@, \"dum.*\")]', remove: true}",
        json!({"a": [0, 1, 2, 3, 4], "b": 1, "c": {"c": 1}, "d": [{"c": 1, "x": 1}], "e": ["dummy", "real"], "f": 1}),
        json!({"a": [1, 3], "d": [{"x": 1}], "e": ["real"], "f": 1}),
    );
}

#[test]
fn a_copy_merges_like_an_update() {
    check(
        "- {target: $.b, copy: $.a}\n- {target: $.l, copy: $.m}\n- {target: '$.c[\"it''s\"]', copy: $.a.x}",
        json!({"a": {"x": 1, "y": {"z": 2}}, "b": {"x": 0}, "l": [1], "m": [2, 1], "c": {"it's": 5}}),
        json!({"a": {"x": 1, "y": {"z": 2}}, "b": {"x": 1, "y": {"z": 2}}, "l": [1, 2, 1], "m": [2, 1], "c": {"it's": 1}}),
    );
}

#[test]
fn actions_apply_to_what_those_before_left() {
    check(
        "- {target: $.a, remove: true}\n- {target: $, update: {a: [1]}}\n- {target: $.a, update: 2}",
        json!({"a": {"old": 1}, "b": 1}),
        json!({"b": 1, "a": [1, 2]}),
    );
}

#[test]
fn without_extends_every_document_that_matches() {
    let actions = "actions: [{target: $.a, update: 2}, {target: $.b, update: 2}, {target: $.c, update: 2}]";
    let [a, b] = patched(actions, json!({"a": 1, "c": 1}), json!({"b": 1, "c": 2})).unwrap();
    assert_eq!((a.value, b.value), (json!({"a": 2, "c": 2}), json!({"b": 2, "c": 2})));
    let elsewhere = format!("extends: https://shop.example/b.json\n{actions}");
    assert!(patched(&elsewhere, json!({"a": 1}), json!({"b": 1, "c": 1})).is_ok());
    let one = patched(&format!("extends: ./b.json\n{actions}"), json!({"a": 1}), json!({"b": 1, "c": 1}));
    assert_eq!(one.unwrap_err(), ["`$.a` matches nothing in b.json"]);
}

#[test]
fn what_no_longer_changes_anything_is_an_error() {
    for action in [
        "{target: $, update: {a: {x: 1}, l: [2]}}",
        "{target: $.a, update: {}}",
        "{target: $.l, update: 1}",
        "{target: $.l, update: []}",
        "{target: $.a, copy: $.a}",
    ] {
        let said =
            patched(&format!("extends: a.json\nactions: [{action}]"), json!({"a": {"x": 1}, "l": [1, 2]}), json!({}));
        assert_eq!(said.unwrap_err(), ["this action changes nothing: the document says all of it already"], "{action}");
    }
}

#[test]
fn copies_of_copies_do_not_nest_without_end() {
    let actions = "- {target: '$..[?!@.a]', copy: $}\n".repeat(9);
    let said = patched(&format!("extends: a.json\nactions:\n{actions}"), json!({"a": {}}), json!({}));
    assert!(said.is_err_and(|said| said.iter().any(|message| message.contains("127"))));
}

#[test]
fn places_lead_back_to_the_text() {
    let actions = "actions:\n- {target: $.l, update: [3]}\n- {target: '$.l[0]', remove: true}\n\
                   - {target: $, update: {a: {x: 1}}}";
    let [a, _] = patched(actions, json!({"l": [1, 2], "a": {}}), json!({"l": [3, 4], "a": {"x": 2}})).unwrap();
    assert_eq!(a.origin("/l/0"), Origin::Document("/l/1".into()));
    assert_eq!(a.origin("/l/1"), Origin::Patch("/actions/0/update/0".into()));
    assert_eq!(a.origin("/a/x/y"), Origin::Patch("/actions/2/update/a/x/y".into()));
    assert_eq!(a.patch.as_deref(), Some(std::path::Path::new("shop/overlay.yaml")));
}
