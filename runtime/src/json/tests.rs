//! The same as serde_json, in what is taken and in what is refused.

use super::read;
use crate::Value;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

fn same<T: DeserializeOwned + Debug + PartialEq>(text: &str) {
    let ours: Option<T> = read(text).ok();
    assert_eq!(ours, serde_json::from_str(text).ok(), "{text}");
}

#[test]
fn reads_what_serde_json_reads() {
    for text in [
        r#""""#,
        r#""plain, and longer than eight bytes""#,
        r#""\"\\\/\b\f\n\r\t\u0041\ud83d\ude00""#,
        r#""käse 🧀 \u00e4""#,
        "\"\u{7f}\u{80}\"",
        " \t\r\n{ \"a\" : [ 1 , true , false , null , { } , [ ] ] , \"\" : \"\" } \n",
        r#"{"a":1,"a":2,"\u0061":3}"#,
        "0",
        "-0",
        "-1",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "0.0",
        "1.5e300",
        "1E-5",
        "123456789.123456789",
        "1e-999",
        "[[[[[[[[]]]]]]]]",
    ] {
        same::<Value>(text);
        assert!(read::<Value>(text).is_ok(), "{text}");
    }
}

#[test]
fn refuses_what_serde_json_refuses() {
    for text in [
        "",
        " ",
        "nul",
        "nulll",
        "True",
        "tru",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e999",
        "0x1",
        "--1",
        "Infinity",
        "NaN",
        "-",
        "1 2",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1,,2]",
        "]",
        "{",
        "{}}",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a",1}"#,
        "{1:2}",
        r#"{,"a":1}"#,
        r#"{"a":1]"#,
        r#"["a"}"#,
        "\"",
        "\"a",
        r#""\"#,
        r#""\""#,
        r#""\x""#,
        r#""\u12""#,
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud800\n""#,
        r#""\é""#,
        "\"\n\"",
        "\"\\n\t\"",
        "\"\0\"",
        "\"aaaaaaaa\u{1f}\"",
        "'a'",
        "\u{feff}1",
        "1\u{a0}",
        "[1]\0",
        "/**/1",
    ] {
        same::<Value>(text);
        assert!(read::<Value>(text).is_err(), "{text}");
    }
}

#[test]
fn goes_as_deep_as_serde_json() {
    for depth in [126, 127, 128, 129, 100_000] {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let inside = if open == "[" { "" } else { "1" };
            same::<Value>(&format!("{}{inside}{}", open.repeat(depth), close.repeat(depth)));
        }
    }
}

#[test]
fn gives_types_what_serde_json_gives_them() {
    for text in ["0", "1", "-1", "300", "1.0", "18446744073709551615", "1e2", "null", "true", r#""1""#, "[]", "{}"] {
        same::<u8>(text);
        same::<i64>(text);
        same::<u64>(text);
        same::<f64>(text);
        same::<crate::Number>(text);
        same::<bool>(text);
        same::<String>(text);
        same::<Option<i64>>(text);
        same::<Vec<Value>>(text);
        same::<crate::Map<String, Value>>(text);
        same::<crate::Nullable<String>>(text);
        same::<crate::OneOrMany<Value>>(text);
        same::<crate::JsonText<Value>>(text);
    }
    assert_eq!(read::<&str>(r#""borrowed""#).ok(), Some("borrowed"));
}

/// A document with every byte left out, doubled, and exchanged for each of some others.
#[test]
fn one_byte_off_it_is_still_the_same() {
    let document = r#"{"id":"a\n\u00e9\"ü","n":[-1.50e+2, 0,18446744073709551615,true] ,"o":{"é":null,"":{}}}"#;
    let others = "\"\\{}[]:,x0-.eEnu \n\u{1}";
    for (at, byte) in document.char_indices() {
        let (before, after) = (&document[..at], &document[at + byte.len_utf8()..]);
        same::<Value>(&format!("{before}{after}"));
        same::<Value>(&format!("{before}{byte}{byte}{after}"));
        same::<Value>(before);
        for other in others.chars() {
            same::<Value>(&format!("{before}{other}{after}"));
            same::<Value>(&format!("{before}{byte}{other}{after}"));
        }
    }
}
