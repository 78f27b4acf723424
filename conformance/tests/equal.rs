//! Which values count as equal in the other tests.

use serde_json::json;
use webhook_conformance::{equal, equal_but_nulls};

#[test]
fn numbers_are_compared_as_numbers() {
    assert!(equal(&json!([1, {"a": -0.0}]), &json!([1.0, {"a": 0}])));
    assert!(equal(&json!(9007199254740992_i64), &json!(9007199254740992.0)));
    assert!(!equal(&json!(9007199254740993_i64), &json!(9007199254740992.0)));
    assert!(!equal(&json!(u64::MAX), &json!(18446744073709551616.0)));
    assert!(!equal(&json!(1), &json!(true)));
}

#[test]
fn absent_is_not_null() {
    assert!(!equal(&json!({"a": null}), &json!({})));
    assert!(!equal(&json!({"a": null}), &json!({"b": null})));
    assert!(!equal(&json!([]), &json!([null])));
}

#[test]
fn a_null_may_be_dropped_and_nothing_else() {
    assert!(equal_but_nulls(&json!({"a": [{}]}), &json!({"a": [{"b": null}]})));
    assert!(!equal_but_nulls(&json!({}), &json!({"b": false})));
    assert!(!equal_but_nulls(&json!({"b": null}), &json!({})));
    assert!(!equal_but_nulls(&json!([]), &json!([null])));
}
