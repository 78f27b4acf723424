//! The types of values that are not generated, each read from each item of an array.

#![no_main]

use fastrand::Rng;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde::{Serialize, de::DeserializeOwned};
use std::cmp::Ordering;
use std::hash::{BuildHasher, RandomState};
use webhook_fuzz::{changed_body, mutate, tree::Tree};
use webhook_runtime::event::Body;
use webhook_runtime::{DateTime, Integer, JsonText, Nullable, Number, OneOrMany, OrderedMap, Value};

fuzz_target!(|input: &[u8]| {
    let Some(Tree::Array(items)) = std::str::from_utf8(input).ok().and_then(Tree::parse) else { return };
    for item in &items {
        same::<DateTime>(item);
        same::<Number>(item);
        same::<Nullable<Integer>>(item);
        same::<OneOrMany<Integer>>(item);
        same::<OneOrMany<OneOrMany<JsonText<Integer>>>>(item);
        same::<OrderedMap<Integer>>(item);
        same::<OrderedMap<OrderedMap<Value>>>(item);
        same::<JsonText<Value>>(item);
        same::<JsonText<OrderedMap<Nullable<Integer>>>>(item);
        same::<JsonText<JsonText<Vec<Integer>>>>(item);
        same::<Value>(item);
    }
    let integers: Vec<Integer> = items.iter().filter_map(same).collect();
    let few = &integers[..integers.len().min(6)];
    for (a, b, c) in few.iter().flat_map(|a| few.iter().flat_map(move |b| few.iter().map(move |c| (a, b, c)))) {
        ordered(a, b, c);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(&mut data[..max_size], size, 0, &mut Rng::with_seed(seed.into()), changed_body)
});

/// Reads a value as a type; what is accepted comes back equal.
fn same<T: DeserializeOwned + Serialize + PartialEq>(tree: &Tree) -> Option<T> {
    let text = tree.to_string();
    let read = Body::new(text.as_bytes()).parse::<T>().ok()?;
    assert!(!tree.has_duplicate(), "a key twice, and accepted: {text}");
    let written = serde_json::to_string(&read).expect("what was read can be written");
    assert!(tree.is_same(&Tree::parse(&written).expect("it is JSON")), "{text} came back as {written}");
    let again = Body::new(written.as_bytes()).parse::<T>().expect("it was read before");
    assert!(again == read, "{text} is not {written}");
    Some(*read)
}

/// The order of integers is one, and hashes follow it.
fn ordered(a: &Integer, b: &Integer, c: &Integer) {
    assert_eq!(a.cmp(b), b.cmp(a).reverse(), "{a} and {b}");
    assert_eq!(a == b, a.cmp(b) == Ordering::Equal, "{a} and {b}");
    assert!(a > b || b > c || a <= c, "{a}, {b} and {c}");
    let state = RandomState::new();
    assert!(a != b || state.hash_one(a) == state.hash_one(b), "{a} and {b}");
    if let (Some(one), Some(other)) = (a.as_i64(), b.as_i64()) {
        assert_eq!(one.cmp(&other), a.cmp(b));
    }
    assert!(a.as_f64() <= b.as_f64() || a > b, "{a} and {b}");
}
