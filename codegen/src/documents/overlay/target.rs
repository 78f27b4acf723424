//! JSONPath (RFC 9535): which nodes an action is about.

use crate::source::closest;
use serde_json::Value;
use serde_json_path::JsonPath;

const MOST_SEARCHES: usize = 4;

/// Reads a path.
///
/// # Errors
/// What is wrong with it.
pub(super) fn parse(text: &str) -> Result<JsonPath, String> {
    if nesting(text) > 64 {
        return Err("it nests too deep".to_owned());
    }
    // Each search at all levels multiplies what the one before it finds.
    if text.matches("..").count() > MOST_SEARCHES {
        return Err(format!("it searches at all levels (`..`) more than {MOST_SEARCHES} times"));
    }
    JsonPath::parse(text).map_err(|error| {
        let (before, after) = text.split_at_checked(error.position()).unwrap_or((text, ""));
        match after.chars().next() {
            Some(found) => format!("`{found}` cannot be at character {}", before.chars().count() + 1),
            None => "it ends too early".to_owned(),
        }
    })
}

/// How deep brackets nest at most; those in quotes count too, which does no harm. The parser recurses on them.
fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let depths = text.bytes().map(|byte| {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    });
    depths.max().unwrap_or_default()
}

/// JSON pointers to the nodes that a path matches, each once, parents and earlier items first.
pub(super) fn select(path: &JsonPath, value: &Value) -> Vec<String> {
    let mut pointers: Vec<_> = path.query_located(value).locations().map(|found| found.to_json_pointer()).collect();
    pointers.sort_by_cached_key(|pointer| {
        let tokens = pointer.split('/').map(|token| token.parse::<usize>().map_err(|_| token.to_owned()));
        tokens.collect::<Vec<_>>()
    });
    pointers.dedup();
    pointers
}

/// The only node that a path matches, or else how many there are.
pub(super) fn one(path: &JsonPath, value: &Value) -> Result<Value, usize> {
    match path.query(value).all().as_slice() {
        [only] => Ok((*only).clone()),
        several => Err(several.len()),
    }
}

/// How far a path that matches nothing leads, and the most similar key there: the start of a help text.
pub(super) fn nearest(path: &str, values: &[&Value]) -> Option<String> {
    // A search through the whole document would be one for every character.
    if path.contains("..") {
        return None;
    }
    let ends = path.char_indices().map(|(at, _)| at).skip(1);
    ends.collect::<Vec<_>>().into_iter().rev().find_map(|end| {
        let (start, rest) = path.split_at(end);
        let start_path = parse(start).ok()?;
        let found: Vec<_> = values.iter().flat_map(|value| start_path.query(value).all()).collect();
        let keys = found.iter().filter_map(|value| value.as_object()).flatten().map(|(key, _)| key.as_str());
        let next = rest.trim_start_matches(['.', '[', '\'', '"']).split(['.', '[', '\'', '"']).next()?;
        let similar = closest(next, keys).map(|key| format!(" and has `{key}`")).unwrap_or_default();
        (!found.is_empty()).then(|| format!("`{start}` is there{similar}: "))
    })
}
