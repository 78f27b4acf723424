//! The names that lead to a schema.

use crate::schema::METHODS;
use crate::source::pointer::unescape;

/// The names that matter in a pointer to a schema: those that the document's author gave, not those
/// of OpenAPI's own keys. A `file` that is a schema itself, a path item or a body, gives it its name.
pub fn names(pointer: &str, file: &str) -> Vec<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let tokens: Vec<_> = pointer.split('/').skip(1).map(unescape).collect();
    let tokens: Vec<_> = tokens.iter().map(String::as_str).collect();
    let (mut path, mut rest) = match tokens.as_slice() {
        ["components", "schemas", name, rest @ ..] | ["definitions" | "$defs", name, rest @ ..] => (vec![*name], rest),
        ["components", "mediaTypes", name, "schema", rest @ ..] => (vec![*name, "payload"], rest),
        [] => (vec![stem], &[][..]),
        // An alternative of a file that is a schema itself.
        ["oneOf" | "anyOf", index, rest @ ..] => (vec![stem, *index], rest),
        other => match body(other) {
            Some((holder, rest)) => (vec![holder.last().copied().unwrap_or(stem), "payload"], rest),
            None => (Vec::new(), other),
        },
    };
    while let Some(first) = rest.first() {
        let (name, length) = match rest {
            ["properties" | "$defs" | "definitions", name, ..] => (*name, 2),
            ["items", ..] => ("item", 1),
            ["additionalProperties", ..] => ("value", 1),
            ["patternProperties", _, ..] => ("value", 2),
            ["contentSchema", ..] => ("content", 1),
            _ => (*first, 1),
        };
        path.push(name);
        rest = &rest[length..];
    }
    path.into_iter().map(str::to_owned).collect()
}

/// What holds a body or the operation of one, by its name, and what comes after the body's schema.
fn body<'t, 'n>(tokens: &'t [&'n str]) -> Option<(&'t [&'n str], &'t [&'n str])> {
    let content = tokens.windows(3).position(|tokens| matches!(tokens, ["content", _, "schema"]))?;
    let (holder, rest) = tokens.split_at(content);
    let holder = holder.strip_suffix(&["requestBody"]).unwrap_or(holder);
    let holder = match holder {
        [holder @ .., "additionalOperations", _] => holder,
        [holder @ .., method] if METHODS.contains(method) => holder,
        holder => holder,
    };
    let holder = match holder {
        // The name of a callback, and the expression of its URL.
        [holder @ .., _] if holder.len() > 1 && holder[holder.len() - 2] == "callbacks" => holder,
        holder => holder,
    };
    Some((holder, &rest[3..]))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn keys_of_openapi_are_left_out_where_they_are_keys() {
        for (pointer, path) in [
            ("/components/schemas/content", &["content"][..]),
            ("/components/schemas/Order/properties/items/items", &["Order", "items", "item"]),
            ("/components/requestBodies/Order/content/application~1json/schema", &["Order", "payload"]),
            ("/webhooks/own~1inline/post/requestBody/content/application~1json/schema", &["own/inline", "payload"]),
            (
                "/paths/~1subscriptions/post/callbacks/paid/{$request.body#~1url}/post/requestBody/content/a~1b/schema",
                &["paid", "payload"],
            ),
            ("/components/mediaTypes/Order/schema", &["Order", "payload"]),
            ("/x-hooks/paid/query/requestBody/content/application~1json/schema", &["paid", "payload"]),
            ("/webhooks/paid/additionalOperations/COPY/requestBody/content/a~1b/schema", &["paid", "payload"]),
            ("/components/schemas/Order/allOf/0", &["Order", "allOf", "0"]),
            ("/components/schemas/A/$defs/B", &["A", "B"]),
            ("/Money", &["Money"]),
            ("", &["order"]),
            ("/oneOf/1/properties/a", &["order", "1", "a"]),
            ("/post/requestBody/content/application~1json/schema", &["order", "payload"]),
        ] {
            assert_eq!(names(pointer, "order.yaml"), path, "{pointer}");
        }
    }
}
