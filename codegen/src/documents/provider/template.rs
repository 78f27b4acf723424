//! Texts with values in them: `{timestamp}.{$request.body}`, `t={timestamp},v1={signature}`.

use super::verify::{Encoding, Field, Format, Hash, KeyForm, Part, Slot};
use super::{Value, header_name};
use crate::source::one_of;

/// What is wrong with a template, and what to do.
pub(super) type Fault = (String, String);

pub(super) const SHARED_KEYS: [(&str, KeyForm); 3] =
    [("utf-8", KeyForm::Utf8), ("base64", KeyForm::Base64), ("hex", KeyForm::Hex)];
pub(super) const PUBLIC_KEYS: [(&str, KeyForm); 4] =
    [("pem", KeyForm::Pem), ("spki-base64", KeyForm::Pem), ("hex", KeyForm::Hex), ("base64", KeyForm::Base64)];

pub(super) const HASHES: [(&str, Hash); 4] =
    [("sha1", Hash::Sha1), ("sha256", Hash::Sha256), ("sha384", Hash::Sha384), ("sha512", Hash::Sha512)];
pub(super) const ENCODINGS: [(&str, Encoding); 4] = [
    ("hex", Encoding::Hex),
    ("hex-upper", Encoding::HexUpper),
    ("base64", Encoding::Base64),
    ("base64url", Encoding::Base64Url),
];

/// A piece of a template: a text, or what is in braces.
enum Piece<'t> {
    Text(&'t str),
    Braces(&'t str),
}

/// What begins with a brace and holds no name is text, as in JSON.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, Fault> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = text[at..].find('{').map(|open| open + at) {
        let is_name = text[open + 1..].starts_with(|first: char| first == '$' || first.is_ascii_alphabetic());
        if !is_name {
            at = open + 1;
            continue;
        }
        let close = closing(&text[open..]).map(|close| close + open);
        let close = close.ok_or_else(|| ("a `{` is not closed".to_owned(), format!("write `{}}}`", &text[open..])))?;
        pieces.push(Piece::Text(&text[from..open]));
        pieces.push(Piece::Braces(&text[open + 1..close]));
        (from, at) = (close + 1, close + 1);
    }
    pieces.push(Piece::Text(&text[from..]));
    pieces.retain(|piece| !matches!(piece, Piece::Text("")));
    Ok(pieces)
}

/// The brace that closes the first one.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, character)| {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// Reads a template of what is signed or answered.
pub(super) fn parts(text: &str) -> Result<Vec<Part>, Fault> {
    let part = |piece| match piece {
        Piece::Text(text) => Ok(Part::Text(text.to_owned())),
        Piece::Braces(inside) => braces(inside),
    };
    pieces(text)?.into_iter().map(part).collect()
}

fn braces(inside: &str) -> Result<Part, Fault> {
    match inside {
        "timestamp" => return Ok(Part::Timestamp),
        "id" => return Ok(Part::Id),
        "secret" => return Ok(Part::Secret),
        "form" => return Ok(Part::Form),
        _ => {}
    }
    if let Some((name, of)) = inside.strip_suffix(')').and_then(|call| call.split_once('(')) {
        return digest(name, of);
    }
    if inside.starts_with('$') {
        return value(inside).map(Part::At);
    }
    let help = "write an expression such as {$request.body}, {timestamp}, {id}, {secret}, {form} or {sha256.hex(…)}";
    Err((format!("unknown value `{{{inside}}}`"), help.to_owned()))
}

/// `sha256.hex(…)`, `hmac-sha256.base64(…)`.
fn digest(name: &str, of: &str) -> Result<Part, Fault> {
    let help = || "write `{sha256.hex({$request.body})}` or `{hmac-sha256.base64({$request.body})}`".to_owned();
    let (hash, encoding) = name.split_once('.').ok_or_else(|| (format!("unknown digest `{name}`"), help()))?;
    let (keyed, hash) = match hash.strip_prefix("hmac-") {
        Some(hash) => (true, hash),
        None => (false, hash),
    };
    let hash = HASHES.iter().find(|(known, _)| *known == hash);
    let encoding = ENCODINGS.iter().find(|(known, _)| *known == encoding);
    let (Some((_, hash)), Some((_, encoding))) = (hash, encoding) else {
        return Err((format!("unknown digest `{name}`"), help()));
    };
    let of = if of.starts_with('$') { vec![value(of).map(Part::At)?] } else { parts(of)? };
    Ok(Part::Digest { hash: *hash, keyed, encoding: *encoding, of })
}

/// Reads an expression of OpenAPI, of those that a request can answer.
pub(super) fn value(text: &str) -> Result<Value, Fault> {
    let help =
        "write $request.header.x-name, $request.query.name, $request.body#/pointer, $request.path, $method or $url";
    match text {
        "$method" => Ok(Value::Method),
        "$url" => Ok(Value::Url),
        "$endpoint" => Ok(Value::Endpoint),
        "$request.path" => Ok(Value::Path),
        _ => match text.strip_prefix("$request.query.") {
            Some("") => Err(("a parameter of the query has a name".to_owned(), help.to_owned())),
            Some(name) => Ok(Value::Query(name.to_owned())),
            None => text.parse().map(Value::of).map_err(|problem: &str| (problem.to_owned(), help.to_owned())),
        },
    }
}

const FIELDS: [(&str, Field); 3] =
    [("signature", Field::Signature), ("timestamp", Field::Timestamp), ("id", Field::Id)];

/// Reads the format of a header.
pub(super) fn format(text: &str) -> Result<Format, Fault> {
    let mut slots: Vec<Slot> = Vec::new();
    let (mut pending, mut separator, mut separators) = ("", None, ",; ".to_owned());
    for piece in pieces(text)? {
        match piece {
            Piece::Text(text) => pending = text,
            Piece::Braces(name) => {
                let (_, field) = FIELDS.iter().find(|(known, _)| *known == name).ok_or_else(|| unknown(name))?;
                let mut label = pending;
                if let Some(last) = slots.last_mut() {
                    let (suffix, between, rest) = between(pending).ok_or_else(|| adjacent(name))?;
                    last.suffix = suffix.to_owned();
                    separators.push_str(&between[..between.chars().next().map_or(0, char::len_utf8)]);
                    separator.get_or_insert(between);
                    label = rest;
                }
                slots.push(Slot { label: label.to_owned(), field: *field, suffix: String::new() });
                pending = "";
            }
        }
    }
    if let Some(last) = slots.last_mut() {
        last.suffix = pending.to_owned();
    }
    check(&slots)?;
    let in_slots =
        |character: char| slots.iter().any(|slot| slot.label.contains(character) || slot.suffix.contains(character));
    let mut kept: Vec<char> = separators.chars().filter(|character| !in_slots(*character)).collect();
    kept.sort_unstable();
    kept.dedup();
    let separator = separator.or_else(|| [",", ";", " "].into_iter().find(|separator| !separator.contains(in_slots)));
    Ok(Format { slots, separators: kept.into_iter().collect(), separator: separator.unwrap_or(",").to_owned() })
}

/// A text between two values: what ends the first, what parts them, what begins the second.
fn between(text: &str) -> Option<(&str, &str, &str)> {
    let is_separator = |character: char| ",; \t|&".contains(character);
    let start = text.find(is_separator).or_else(|| (!text.is_empty()).then_some(0))?;
    let rest = &text[start..];
    let end = match rest.trim_start_matches(is_separator) {
        trimmed if trimmed.len() < rest.len() => rest.len() - trimmed.len(),
        _ => rest.chars().next().map_or(0, char::len_utf8),
    };
    Some((&text[..start], &rest[..end], &rest[end..]))
}

fn check(slots: &[Slot]) -> Result<(), Fault> {
    let count = |field| slots.iter().filter(|slot| slot.field == field).count();
    if count(Field::Signature) == 0 {
        return Err(("the location of the signature is missing".to_owned(), "write `{signature}` there".to_owned()));
    }
    match FIELDS.iter().find(|(_, field)| count(*field) > 1) {
        Some((name, _)) => {
            let help = "write it once: a header may repeat it all the same";
            Err((format!("`{{{name}}}` is there more than once"), help.to_owned()))
        }
        None => Ok(()),
    }
}

fn unknown(name: &str) -> Fault {
    let help = format!("{}, in braces", one_of(name, &FIELDS.map(|(name, _)| name)));
    (format!("unknown value `{{{name}}}`"), help)
}

fn adjacent(name: &str) -> Fault {
    let help = "write what is between the two values".to_owned();
    (format!("nothing tells where `{{{name}}}` begins"), help)
}

/// A header's name alone is taken for the header.
pub(super) fn location(text: &str) -> Result<Value, Fault> {
    match header_name(text) {
        Ok(name) if !text.starts_with('$') => {
            Err(("not an expression".to_owned(), format!("write `$request.header.{name}`")))
        }
        _ => value(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Format { slots, separators, separator } = format(text).unwrap();
        let slots: Vec<_> =
            slots.iter().map(|slot| format!("{}<{:?}>{}", slot.label, slot.field, slot.suffix)).collect();
        format!("{} | {separators} | {separator}", slots.join(" "))
    }

    #[test]
    fn a_format_says_what_tells_its_parts() {
        for (text, expected) in [
            ("{signature}", "<Signature> |  ,; | ,"),
            ("sha256={signature}", "sha256=<Signature> |  ,; | ,"),
            ("sha256 {signature}", "sha256 <Signature> | ,; | ,"),
            ("t={timestamp},v1={signature}", "t=<Timestamp> v1=<Signature> |  ,; | ,"),
            ("t={timestamp}, v1={signature}", "t=<Timestamp> v1=<Signature> |  ,; | , "),
            ("ts={timestamp};h1={signature}", "ts=<Timestamp> h1=<Signature> |  ,; | ;"),
            ("{timestamp},{signature}", "<Timestamp> <Signature> |  ,; | ,"),
            ("{timestamp}.{signature}", "<Timestamp> <Signature> |  ,.; | ."),
            ("t=\"{timestamp}\",s=\"{signature}\"", "t=\"<Timestamp>\" s=\"<Signature>\" |  ,; | ,"),
            ("v1,{signature}", "v1,<Signature> |  ; | ;"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_format_that_can_never_match_is_refused() {
        for text in
            ["", "v1=", "t={timestamp}", "{timestamp}{signature}", "{signature},{signature}", "{body}", "{signature"]
        {
            assert!(format(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_template_is_texts_and_values() {
        let parts = parts("v0:{timestamp}:{$request.body}{sha256.hex({secret}{$url})}{\"a\":1}").unwrap();
        let digest = Part::Digest {
            hash: Hash::Sha256,
            keyed: false,
            encoding: Encoding::Hex,
            of: vec![Part::Secret, Part::At(Value::Url)],
        };
        let text = |text: &str| Part::Text(text.to_owned());
        let expected = vec![text("v0:"), Part::Timestamp, text(":"), Part::body(), digest, text("{\"a\":1}")];
        assert_eq!(parts, expected);
        for text in ["{body}", "{$request.header.}", "{sha256({secret})}", "{md5.hex({secret})}", "{timestamp"] {
            assert!(super::parts(text).is_err(), "{text}");
        }
    }
}
