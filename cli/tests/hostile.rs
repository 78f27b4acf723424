//! Documents that are made to take long, take the stack, or take the memory: each ends in code or in an error.
//!
//! What doubles with each schema does not end in this size before the watchdog; how time grows is measured elsewhere.

use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Schemas or values of a document.
const SIZE: usize = 200;
/// What takes longer does not end.
const WATCHDOG: Duration = Duration::from_secs(300);

fn reference(name: impl std::fmt::Display) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn object(properties: impl IntoIterator<Item = (String, Value)>) -> Value {
    json!({"type": "object", "properties": Map::from_iter(properties)})
}

/// `size` schemas, each made from the name of the next one, and a last one that ends them.
fn chain(size: usize, schema: impl Fn(usize, Value) -> Value) -> Map<String, Value> {
    let last = object([("k".to_owned(), json!({"type": "string"}))]);
    let schemas = (0..size).map(|index| (format!("S{index}"), schema(index, reference(format!("S{}", index + 1)))));
    schemas.chain([(format!("S{size}"), last)]).collect()
}

/// `size` schemas, the last of which leads to the first.
fn ring(size: usize, schema: impl Fn(usize, Value) -> Value) -> Map<String, Value> {
    let next = |index| reference(format!("S{}", (index + 1) % size));
    (0..size).map(|index| (format!("S{index}"), schema(index, next(index)))).collect()
}

fn one(schema: Value) -> Map<String, Value> {
    Map::from_iter([("S0".to_owned(), schema)])
}

fn own(index: usize) -> Value {
    object([(format!("p{index}"), json!({"type": "string"}))])
}

fn webhook(schema: Value) -> Value {
    json!({"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}})
}

fn document(schemas: Map<String, Value>) -> String {
    let body = json!({"type": "object", "required": ["type"], "properties": {
        "type": {"const": "made"}, "x": reference("S0"),
    }});
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Hostile", "version": "1"}, "webhooks": {"made": webhook(body)},
        "components": {"schemas": schemas},
    });
    document.to_string()
}

fn with_webhooks(webhooks: impl Iterator<Item = (String, Value)>) -> String {
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Hostile", "version": "1"}, "webhooks": Map::from_iter(webhooks),
    });
    document.to_string()
}

fn yaml(rest: &str) -> String {
    format!("openapi: 3.1.0\nwebhooks: {{made: {}}}\n{rest}", webhook(json!({"type": "object"})))
}

/// Sees that a task ends with code or an error.
fn ends(task: &str, file: &str, text: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (specs, out) = (folder.path().join("specs"), folder.path().join("out"));
    fs::create_dir_all(specs.join("acme")).expect("a folder can be made");
    fs::write(specs.join("acme").join(file), text).expect("a file can be written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    command.args([task, "--specs"]).arg(&specs).stdout(Stdio::null()).stderr(Stdio::null());
    if task == "generate" {
        command.arg("--out").arg(&out);
    }
    let start = Instant::now();
    let mut child = command.spawn().expect("cargo built it");
    loop {
        if let Some(status) = child.try_wait().expect("it was started here") {
            assert!(matches!(status.code(), Some(0 | 2)), "{task}: {status}");
            return;
        }
        if start.elapsed() > WATCHDOG {
            child.kill().expect("it was started here");
            panic!("{task} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn generate_and_check_end(file: &str, make: impl Fn(usize) -> String) {
    let text = make(SIZE);
    for task in ["generate", "check"] {
        ends(task, file, &text);
    }
}

macro_rules! shapes {
    ($($name:ident: $schemas:expr;)*) => {
        $(#[test]
        fn $name() {
            let schemas: fn(usize) -> Map<String, Value> = $schemas;
            generate_and_check_end("shapes.json", |size| document(schemas(size)));
        })*
    };
}

shapes! {
    chain_of_references: |size| chain(size, |_, next| next);
    chain_of_described_references: |size| chain(size, |_, next| json!({"allOf": [next], "description": "d"}));
    chain_of_properties: |size| chain(size, |_, next| json!({
        "type": "object", "required": ["n"], "properties": {"n": next}, "example": {},
    }));
    chain_of_lists: |size| chain(size, |_, next| json!({"type": "array", "items": next}));
    chain_of_unions: |size| chain(size, |index, next| json!({"oneOf": [next, own(index)]}));
    chain_of_bases: |size| chain(size, |index, next| json!({"allOf": [next, own(index)]}));
    chain_of_typed_references: |size| chain(size, |_, next| json!({"allOf": [next, {"type": "object"}]}));
    chain_of_merges: |size| chain(size, |_, next| object([("n".into(), json!({"allOf": [next, {"required": ["n"]}]}))]));
    tree_of_merges: |size| chain(size, |_, next| object(["a", "b"].map(|key| {
        (key.to_owned(), json!({"allOf": [next.clone(), {"required": [key]}]}))
    })));
    tree_of_bases: |size| chain(size, |index, next| json!({"allOf": [next, next, own(index)], "example": {"k": 1}}));
    tree_of_properties: |size| chain(size, |_, next| object([("a".into(), next.clone()), ("b".into(), next)]));
    tree_of_unions: |size| chain(size, |index, next| json!({
        "type": "object", "properties": {format!("p{index}"): {"type": "string"}},
        "oneOf": Vec::from_iter(["a", "b"].map(|key| json!({"allOf": [next, {"properties": {key: {}}}]}))),
    }));
    ring_of_references: |size| ring(size, |_, next| next);
    ring_of_bases: |size| ring(size, |index, next| json!({"allOf": [next, own(index)]}));
    ring_of_merges: |size| ring(size, |_, next| object([("n".into(), json!({"allOf": [next, {"required": ["n"]}]}))]));
    ring_of_required_properties: |size| ring(size, |_, next| json!({
        "type": "object", "required": ["n"], "properties": {"n": next},
    }));
    rings_that_meet: |size| {
        let primes: Vec<_> = [2, 3, 5, 7, 11, 13, 17].into_iter().filter(|prime| *prime < size).collect();
        let first = primes.iter().map(|prime| reference(format!("R{prime}_0")));
        let mut schemas = one(object([("n".to_owned(), json!({"allOf": Vec::from_iter(first)}))]));
        for prime in primes {
            schemas.extend((0..prime).map(|index| {
                let next = reference(format!("R{prime}_{}", (index + 1) % prime));
                (format!("R{prime}_{index}"), object([("n".to_owned(), next), (format!("k{prime}"), json!({}))]))
            }));
        }
        schemas
    };
    product_of_unions: |size| one(json!({
        "type": "object", "properties": {"z": {"type": "string"}},
        "allOf": Vec::from_iter((0..size).map(|group| json!({"oneOf": [own(group), own(group + size)]}))),
    }));
    wide_enum: |size| one(json!({"enum": Vec::from_iter((0..10 * size).map(|index| format!("value-{index}")))}));
    enum_of_one_word: |size| one(json!({"enum": Vec::from_iter((1..size).map(|index| "-".repeat(index)))}));
    wide_union: |size| one(json!({"oneOf": Vec::from_iter((0..size).map(own))}));
    wide_object: |size| one(object((0..size).map(|index| (format!("k{index}"), own(index)))));
    many_subtypes: |size| {
        let names = (0..size).map(|index| (format!("b{index}"), format!("#/components/schemas/B{index}").into()));
        let mapping = Map::from_iter(names);
        let mut schemas = one(json!({
            "type": "object", "properties": {"t": {"type": "string"}},
            "discriminator": {"propertyName": "t", "mapping": mapping},
        }));
        let subtype = |index| json!({"allOf": [reference("S0"), own(index)]});
        schemas.extend((0..size).map(|index| (format!("B{index}"), subtype(index))));
        schemas
    };
    anchors: |size| {
        let mut schemas = one(object((0..size).map(|index| (format!("k{index}"), json!({"$ref": format!("#a{index}")})))));
        schemas.extend((0..size).map(|index| (format!("A{index}"), json!({"$anchor": format!("a{index}")}))));
        schemas
    };
    long_keys: |size| one(object([("k".repeat(100 * size), own(0))]));
    mistakes: |size| one(object((0..size).map(|index| (format!("k{index}"), json!({"type": "strin"})))));
    example_of_a_recursive_union: |size| {
        let example = (0..size.min(60)).fold(json!({"k": 1}), |inner, _| json!({"c": inner}));
        let branch = |key: &str| json!({"type": "object", "properties": {"c": reference("S0"), key: {"type": "string"}}});
        one(json!({"oneOf": [branch("p"), branch("q")], "example": example}))
    };
}

#[test]
fn many_webhooks() {
    generate_and_check_end("webhooks.json", |size| {
        with_webhooks((0..size).map(|index| {
            let of_type =
                json!({"type": "object", "required": ["type"], "properties": {"type": {"const": index.to_string()}}});
            (index.to_string(), webhook(of_type))
        }))
    });
}

#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]"), ("- ", "")] {
        generate_and_check_end("deep.yaml", |size| {
            yaml(&format!("x:\n  {}1{}\n", open.repeat(100 * size), close.repeat(100 * size)))
        });
    }
    generate_and_check_end("deep.json", |size| "[".repeat(1000 * size));
    generate_and_check_end("deep.yaml", |size| {
        let lines = (1..10 * size).map(|depth| format!("{}k:\n", " ".repeat(depth)));
        yaml(&format!("x:\n{}", String::from_iter(lines)))
    });
}

#[test]
fn aliases() {
    generate_and_check_end("aliases.yaml", |size| {
        let rings = (1..size).map(|index| format!("x{index}: &a{index} [*a{}, *a{}]\n", index - 1, index - 1));
        yaml(&format!("x0: &a0 [x]\n{}", String::from_iter(rings)))
    });
    generate_and_check_end("aliases.yaml", |size| {
        let text = "x".repeat(100 * size);
        yaml(&format!("x: &a '{text}'\ny: [{}]\n", vec!["*a"; 100 * size].join(", ")))
    });
    generate_and_check_end("merge.yaml", |size| {
        let keys = (0..size).map(|index| format!("k{index}: 1, "));
        let merges = (0..size).map(|index| format!("x{index}: {{<<: *a}}\n"));
        yaml(&format!("x: &a {{{}}}\n{}", String::from_iter(keys), String::from_iter(merges)))
    });
}

#[test]
fn huge_numbers_and_long_lines() {
    generate_and_check_end("number.json", |size| document(one(json!({}))).replace("{}", &"9".repeat(1000 * size)));
    generate_and_check_end("twice.json", |size| format!("{{{}\"a\": 1}}", "\"a\":1,".repeat(100 * size)));
    generate_and_check_end("line.yaml", |size| yaml(&format!("x: \"{}", "é".repeat(1000 * size))));
}

/// An overlay that copies a schema into a list of its own doubles it with every action.
#[test]
fn copies_of_an_overlay() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| fs::write(folder.path().join("acme").join(path), text).unwrap();
    fs::create_dir(folder.path().join("acme")).unwrap();
    write("order.json", &document(one(json!({"enum": [1, 2]}))));
    let copy = "{target: $.components.schemas.S0.enum, copy: $.components.schemas.S0}, ".repeat(40);
    write("overlay.yaml", &format!("overlay: 1.1.0\ninfo: {{title: Copies, version: '1'}}\nactions: [{copy}]\n"));
    let start = Instant::now();
    let failure =
        webhook_codegen::Config::new(Path::new(folder.path())).features().generate().expect_err("it grows without end");
    assert!(failure.to_string().contains("more than 250000 values"), "{failure}");
    assert!(start.elapsed() < WATCHDOG);
}
