use super::{Part, Source};
use serde_json::{Value, json};

fn yaml(text: &str) -> Source {
    Source::parse("a.yaml", text).unwrap()
}

fn message(path: &str, text: &str) -> String {
    let failure = Source::parse(path, text).unwrap_err();
    failure.diagnostics.iter().next().unwrap().message.clone()
}

/// Line, column and width.
fn span(source: &Source, pointer: &str, part: Part) -> Option<(usize, usize, usize)> {
    let span = source.span(pointer, part)?;
    Some((span.line, span.column, span.width))
}

#[test]
fn what_looks_like_something_else_stays_text() {
    for text in ["no", "on", "08", "18:00", "2024-01-31", "1_000", "'1'", "2024-01-31T08:00:00Z"] {
        let source = yaml(&format!("a: {text}"));
        assert_eq!(source.value, json!({"a": text.trim_matches('\'')}), "{text}");
    }
}

#[test]
fn numbers_stay_whole_or_not() {
    for text in ["1", "1.0", "-1", "18446744073709551615", "0.5", "1e3"] {
        let number: Value = serde_json::from_str(text).unwrap();
        assert_eq!(yaml(&format!("a: {text}")).value["a"], number, "{text}");
    }
}

#[test]
fn keys_are_the_letters_they_are_written_in() {
    let source = yaml("200: a\n2.50: b\ntrue: c\nNull: d\n0x10: e\n");
    assert_eq!(source.value, json!({"200": "a", "2.50": "b", "true": "c", "Null": "d", "0x10": "e"}));
}

#[test]
fn merge_keys_bring_in_what_is_not_there() {
    let source = yaml("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], z: 3}\nd: {<<: *a}\n");
    assert_eq!(source.value["c"], json!({"z": 3, "x": 1, "y": 1}));
    assert_eq!(source.value["d"], json!({"x": 1, "y": 1}));
    let json = Source::parse("a.json", r#"{"<<": {"x": 1}}"#).unwrap();
    assert_eq!(json.value, json!({"<<": {"x": 1}}));
}

#[test]
fn order_is_the_documents() {
    let source = yaml("z: 1\na: 2\nm: 3\n");
    let keys: Vec<_> = source.value.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["z", "a", "m"]);
}

#[test]
fn a_byte_order_mark_is_no_content() {
    let source = yaml("\u{feff}a: 1\n");
    assert_eq!(source.value, json!({"a": 1}));
    assert_eq!(span(&source, "/a", Part::Key), Some((1, 1, 1)));
}

#[test]
fn no_depth_and_no_alias_takes_the_stack_or_the_memory() {
    let brackets = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(message("a.yaml", &format!("a: {brackets}")).contains("deep"));
    assert!(message("a.json", &brackets).contains("deep"));
    assert!(message("a.yaml", "a: &a [*a]").contains("deep"));
    let mut laughs = "a: &a [x, x, x, x, x, x, x, x]\n".to_owned();
    for (key, alias) in ('b'..'o').zip('a'..) {
        laughs += &format!("{key}: &{key} [{}]\n", vec![format!("*{alias}"); 8].join(", "));
    }
    assert!(message("a.yaml", &laughs).contains("aliases"));
}

#[test]
fn places_in_yaml() {
    let source = yaml("paths: {}\nä/b:\n  - x: &x [1, 'é']\n    y: *x\n  - |\n    text\n");
    for (pointer, key, value) in [
        ("", (1, 1, 1), (1, 1, 1)),
        ("/paths", (1, 1, 5), (1, 8, 1)),
        ("/ä~1b", (2, 1, 3), (3, 3, 1)),
        ("/ä~1b/0", (3, 5, 1), (3, 5, 1)),
        ("/ä~1b/0/x", (3, 5, 1), (3, 8, 4)),
        ("/ä~1b/0/x/1", (3, 15, 3), (3, 15, 3)),
        ("/ä~1b/0/y", (4, 5, 1), (4, 8, 2)),
        ("/ä~1b/1", (6, 5, usize::MAX), (6, 5, usize::MAX)),
    ] {
        assert_eq!(span(&source, pointer, Part::Key), Some(key), "{pointer}");
        assert_eq!(span(&source, pointer, Part::Value), Some(value), "{pointer}");
    }
    assert_eq!(span(&source, "/paths/x", Part::Value), None);
}

#[test]
fn places_in_json() {
    let source =
        Source::parse("a.json", "{\n\t\"a\":\t{\"\\u00e4\\\"\": [true , -1e3]},\r\n \"😀\": \"\\ud83d\\ude00\"}")
            .unwrap();
    for (pointer, key, value) in [
        ("", (1, 1, 1), (1, 1, 1)),
        ("/a", (2, 2, 3), (2, 7, 1)),
        ("/a/ä\"", (2, 8, 10), (2, 20, 1)),
        ("/a/ä\"/1", (2, 28, 4), (2, 28, 4)),
        ("/😀", (3, 2, 3), (3, 7, 14)),
    ] {
        assert_eq!(span(&source, pointer, Part::Key), Some(key), "{pointer}");
        assert_eq!(span(&source, pointer, Part::Value), Some(value), "{pointer}");
    }
}

#[test]
fn aliases_of_long_texts_do_not_take_the_memory() {
    for value in [format!("'{}'", "x".repeat(50_000)), format!("{{? {} : 1}}", "x".repeat(50_000))] {
        let text = format!("a: &a {value}\nb: [{}]\n", vec!["*a"; 15_000].join(", "));
        let failure = Source::parse("a.yaml", text).unwrap_err();
        let found = failure.diagnostics.iter().next().unwrap();
        assert!(found.message.contains("10 times as large") && found.pointer.starts_with("/b/"), "{found:?}");
    }
    let once = format!("a: &a {{b: 1}}\nc: [{}]\n", vec!["*a"; 1000].join(", "));
    assert_eq!(yaml(&once).value["c"][999], json!({"b": 1}));
}

#[test]
fn a_file_is_read_up_to_a_limit() {
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    file.as_file().set_len((64 << 20) + 1).unwrap();
    let failure = Source::read(file.path()).unwrap_err();
    assert_eq!(failure.diagnostics.iter().next().unwrap().message, "the file is larger than 64 MiB");
}
