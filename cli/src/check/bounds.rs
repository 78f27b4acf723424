//! Limits that leave nothing between them.

use super::walk::{allows, required, values};
use serde_json::Value;
use webhook_codegen::schema::{Node, References};

/// Doubles above it skip integers, and two numbers may only seem to be equal.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The types of which some value could fit, and why none does; `parts` apply at once.
pub(super) fn unsatisfiable_types(references: &References<'_>, parts: &[Node<'_>]) -> Vec<(&'static str, String)> {
    let mut dead = Vec::new();
    let mut note = |kind: &'static str, reason: Option<String>| {
        dead.extend(reason.filter(|_| allows(parts, kind)).map(|reason| (kind, reason)));
    };
    note("string", lengths(parts, "minLength", "maxLength"));
    note("number", range(parts));
    note("array", lengths(parts, "minItems", "maxItems").or_else(|| too_few_places(parts)));
    note("object", lengths(parts, "minProperties", "maxProperties").or_else(|| keys(references, parts)));
    dead
}

/// Whether no value fits at all.
pub(super) fn fits_nothing(references: &References<'_>, parts: &[Node<'_>]) -> bool {
    let dead = unsatisfiable_types(references, parts);
    let kinds = ["null", "boolean", "number", "string", "array", "object"];
    let is_false = parts.iter().any(|part| *part.value == Value::Bool(false));
    is_false || kinds.iter().all(|kind| !allows(parts, kind) || dead.iter().any(|(dead, _)| dead == kind))
}

fn numbers(parts: &[Node<'_>], keyword: &str) -> impl Iterator<Item = f64> {
    values(parts, keyword).into_iter().filter_map(Value::as_f64)
}

fn lengths(parts: &[Node<'_>], least: &str, most: &str) -> Option<String> {
    let low = numbers(parts, least).reduce(f64::max)?;
    let high = numbers(parts, most).reduce(f64::min)?;
    (low > high).then(|| format!("`{least}` is {low} and `{most}` {high}"))
}

fn range(parts: &[Node<'_>]) -> Option<String> {
    let with = |keyword: &'static str| numbers(parts, keyword).map(move |limit| (limit, keyword));
    // Of two equal limits the exclusive one, which comes later, says more.
    let lows = with("minimum").chain(with("exclusiveMinimum"));
    let highs = with("maximum").chain(with("exclusiveMaximum"));
    let (low, least) = lows.reduce(|best, next| if next.0 >= best.0 { next } else { best })?;
    let (high, most) = highs.reduce(|best, next| if next.0 <= best.0 { next } else { best })?;
    let is_open = (least, most) != ("minimum", "maximum");
    let is_empty = low > high || (is_open && low == high && low.abs() < EXACT);
    is_empty.then(|| format!("`{least}` is {low} and `{most}` {high}"))
}

fn too_few_places(parts: &[Node<'_>]) -> Option<String> {
    let least = numbers(parts, "minItems").reduce(f64::max)?;
    let closed = parts.iter().filter(|part| part.value.get("items") == Some(&Value::Bool(false)));
    let places = closed.map(|part| part.items("prefixItems").len()).min()?;
    (least > places as f64).then(|| format!("`minItems` is {least}, and `items: false` leaves {places}"))
}

fn keys(references: &References<'_>, parts: &[Node<'_>]) -> Option<String> {
    let required = required(parts);
    if let Some(most) = numbers(parts, "maxProperties").reduce(f64::min).filter(|most| required.len() as f64 > *most) {
        return Some(format!("{} keys are required, and `maxProperties` is {most}", required.len()));
    }
    // A part that forbids a key either stops the search or declares it.
    let forbidding: Vec<_> = parts.iter().filter(|part| is_closed(part) || declares_false(part)).collect();
    required.iter().find_map(|key| forbidden(references, &forbidding, key)).or_else(|| too_few_keys(parts))
}

/// Why a key can never be there.
fn forbidden(references: &References<'_>, parts: &[&Node<'_>], key: &str) -> Option<String> {
    parts.iter().find_map(|part| {
        let declared = part.value.get("properties").and_then(|properties| properties.get(key));
        if declared == Some(&Value::Bool(false)) {
            return Some(format!("the key `{key}` is required, and its schema is `false`"));
        }
        let is_out = declared.is_none() && is_closed(part);
        let location =
            || super::address::display(references, part.document, &format!("{}/additionalProperties", part.pointer));
        is_out.then(|| {
            format!("the key `{key}` is required, and `additionalProperties: false` rules it out at {}", location())
        })
    })
}

fn too_few_keys(parts: &[Node<'_>]) -> Option<String> {
    let least = numbers(parts, "minProperties").reduce(f64::max)?;
    let all = parts.iter().filter(|part| is_closed(part)).map(|part| part.members("properties").len()).min()?;
    (least > all as f64).then(|| format!("`minProperties` is {least}, and `additionalProperties: false` leaves {all}"))
}

/// Whether a schema declares a key that nothing fits.
fn declares_false(part: &Node<'_>) -> bool {
    let properties = part.value.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties.into_iter().any(|(_, schema)| *schema == Value::Bool(false))
}

/// Whether a schema allows only the keys that it declares itself.
fn is_closed(part: &Node<'_>) -> bool {
    part.value.get("additionalProperties") == Some(&Value::Bool(false)) && part.members("patternProperties").is_empty()
}
