//! The names on the way to a schema.

use crate::lower::unescape;

/// The names that matter in a pointer to a schema: those that the document's author gave, not those
/// of OpenAPI's own keys. A `file` that is a schema itself, a path item or a body, gives it its name.
pub fn of(pointer: &str, file: &str) -> Vec<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let tokens: Vec<_> = pointer.split('/').skip(1).map(unescape).collect();
    let tokens: Vec<_> = tokens.iter().map(String::as_str).collect();
    let mut path = Vec::new();
    let mut rest = match tokens.as_slice() {
        ["components", "schemas", name, rest @ ..] | ["definitions" | "$defs", name, rest @ ..] => {
            path.push(*name);
            rest
        }
        ["components", "requestBodies", name, "content", _, "schema", rest @ ..]
        | ["webhooks" | "x-webhooks", name, _, "requestBody", "content", _, "schema", rest @ ..]
        | ["components", "pathItems", name, _, "requestBody", "content", _, "schema", rest @ ..]
        | ["paths", name, _, "requestBody", "content", _, "schema", rest @ ..] => {
            path.extend([*name, "payload"]);
            rest
        }
        [] => {
            path.push(stem);
            &[]
        }
        ["post" | "put" | "patch" | "get" | "delete", "requestBody", "content", _, "schema", rest @ ..]
        | ["content", _, "schema", rest @ ..] => {
            path.extend([stem, "payload"]);
            rest
        }
        other => other,
    };
    loop {
        rest = match rest {
            [] => break,
            ["properties" | "$defs" | "definitions", name, rest @ ..] => {
                path.push(*name);
                rest
            }
            ["items", rest @ ..] => {
                path.push("item");
                rest
            }
            ["additionalProperties", rest @ ..] | ["patternProperties", _, rest @ ..] => {
                path.push("value");
                rest
            }
            ["contentSchema", rest @ ..] => {
                path.push("content");
                rest
            }
            [other, rest @ ..] => {
                path.push(*other);
                rest
            }
        };
    }
    path.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn keys_of_openapi_are_left_out_where_they_are_keys() {
        for (pointer, path) in [
            ("/components/schemas/content", &["content"][..]),
            ("/components/schemas/Order/properties/items/items", &["Order", "items", "item"]),
            ("/components/requestBodies/Order/content/application~1json/schema", &["Order", "payload"]),
            ("/webhooks/own~1inline/post/requestBody/content/application~1json/schema", &["own/inline", "payload"]),
            ("/components/schemas/Order/allOf/0", &["Order", "allOf", "0"]),
            ("/components/schemas/A/$defs/B", &["A", "B"]),
            ("/Money", &["Money"]),
            ("", &["order"]),
            ("/post/requestBody/content/application~1json/schema", &["order", "payload"]),
        ] {
            assert_eq!(of(pointer, "order.yaml"), path, "{pointer}");
        }
    }
}
