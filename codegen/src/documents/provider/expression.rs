//! Runtime expressions: where in a delivery something is.

use std::str::FromStr;

/// One of OpenAPI's runtime expressions, of those that speak of the request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expression {
    /// `$request.header.<name>`; the name in lower case.
    Header(String),
    /// `$request.body#<JSON pointer>`; the pointer is empty for the whole body.
    Body(String),
}

impl FromStr for Expression {
    type Err = &'static str;

    /// Reads an expression as OpenAPI 3.1 writes it; the error says what is not right with it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(name) = text.strip_prefix("$request.header.") {
            header_name(name).map(Self::Header)
        } else if let Some(rest) = text.strip_prefix("$request.body") {
            body_pointer(rest).map(Self::Body)
        } else {
            Err("this expression has no value in a delivery")
        }
    }
}

/// A header's name in lower case, if it can be one (RFC 9110, section 5.6.2).
pub fn header_name(name: &str) -> Result<String, &'static str> {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        return Err("not the name of a header");
    }
    Ok(name.to_ascii_lowercase())
}

fn body_pointer(rest: &str) -> Result<String, &'static str> {
    let pointer = match rest.strip_prefix('#') {
        Some(pointer) => pointer,
        None if rest.is_empty() => "",
        None => return Err("a JSON pointer into the body comes after `#`"),
    };
    let escapes_end_well = pointer.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    match pointer.is_empty() || pointer.starts_with('/') {
        true if escapes_end_well => Ok(pointer.to_owned()),
        true => Err("a `~` in a JSON pointer is written `~0`, a `/` within a key `~1`"),
        false => Err("a JSON pointer starts with `/`"),
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;
    use super::Expression::{Body, Header};

    #[test]
    fn reads_what_a_delivery_can_answer() {
        for (text, expected) in [
            ("$request.header.X-GitHub-Event", Header("x-github-event".into())),
            ("$request.body#/type", Body("/type".into())),
            ("$request.body#/a~1b/0/c~0d", Body("/a~1b/0/c~0d".into())),
            ("$request.body#/", Body("/".into())),
            ("$request.body#", Body(String::new())),
            ("$request.body", Body(String::new())),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "type",
            "$url",
            "$request.query.type",
            "$response.body#/type",
            "$request.header.",
            "$request.header.x y",
            "$request.bodytype",
            "$request.body#type",
            "$request.body#/a~2",
            "$request.body#/a~",
            "{$request.body#/type}",
        ] {
            assert!(text.parse::<Expression>().is_err(), "{text}");
        }
    }
}
