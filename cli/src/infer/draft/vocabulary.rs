//! Strings of a list, told from texts, names and ids.

use super::keys::Keys;
use crate::infer::events::is_label;
use crate::infer::evidence::{Graph, Node, Object};
use indexmap::IndexSet;
use webhook_codegen::words::words;

/// More are no list that a person would write.
const MOST: usize = 24;
/// Where the key does not say that it is a list, each value has to have been seen so often, taken together.
const REPEATED_WITHOUT_NAME: u64 = 4;
/// Of so many strings one may be a value that came only once.
const ONCE: u64 = 8;
/// So many keys next to each other, or more, may have the values of one list.
const SIBLINGS: usize = 4;

/// Keys of which the last word is one of these hold one of few values.
const LISTS: [&str; 24] = [
    "type",
    "kind",
    "status",
    "state",
    "role",
    "level",
    "mode",
    "category",
    "action",
    "event",
    "reason",
    "visibility",
    "permission",
    "severity",
    "priority",
    "conclusion",
    "scope",
    "method",
    "source",
    "channel",
    "unit",
    "ecosystem",
    "access",
    "association",
];
/// Keys with one of these words hold what people or machines write, however often it is the same.
const TEXTS: [&str; 53] = [
    "id",
    "ids",
    "uuid",
    "guid",
    "name",
    "title",
    "description",
    "text",
    "body",
    "message",
    "note",
    "notes",
    "comment",
    "login",
    "user",
    "username",
    "email",
    "mail",
    "phone",
    "address",
    "city",
    "street",
    "url",
    "uri",
    "href",
    "link",
    "path",
    "ref",
    "sha",
    "hash",
    "token",
    "key",
    "slug",
    "label",
    "branch",
    "host",
    "domain",
    "version",
    "currency",
    "country",
    "locale",
    "language",
    "lang",
    "timezone",
    "zone",
    "topic",
    "topics",
    "tags",
    "attributes",
    "metadata",
    "labels",
    "properties",
    "fields",
];

/// The values of a list, in the order in which they were seen first, if the strings at a node under a key are of one. What
/// other objects have under that key counts as well, if they have a value in common.
pub fn values<'g>(keys: &Keys<'g>, node: &'g Node, key: &str) -> Option<Vec<&'g str>> {
    let own = node.strings.values.as_ref().filter(|own| (2..=MOST).contains(&own.len()))?;
    let words = words(key);
    let is_list = words.last().is_some_and(|word| LISTS.contains(&word.as_str()));
    let is_text = words.iter().any(|word| TEXTS.contains(&word.as_str()));
    let are_words = own.keys().all(|value| is_label(value) && (is_list || is_word(value)));
    if !are_words || (is_text && !is_list) {
        return None;
    }
    let all = keys.strings(key, node);
    let once = all.values().filter(|count| **count == 1).count() as u64;
    let (seen, repeated) = (all.values().sum::<u64>(), if is_list { 1 } else { REPEATED_WITHOUT_NAME });
    // As many values as came once are likely to come new.
    let is_repeated = all.len() <= MOST && seen >= repeated * all.len() as u64 && once * ONCE <= seen;
    is_repeated.then(|| own.keys().map(String::as_str).collect())
}

/// The values of the list that all properties of an object share, such as permissions.
pub fn of_siblings<'g>(graph: &'g Graph, object: &'g Object) -> Option<Vec<&'g str>> {
    let nodes = || object.fields.values().map(|field| graph.get(field.node));
    let is_string = |node: &Node| node.strings.count > 0 && node.strings.count == node.count;
    if object.fields.len() < SIBLINGS || !nodes().all(is_string) {
        return None;
    }
    let mut all = IndexSet::new();
    for node in nodes() {
        all.extend(node.strings.values.as_ref()?.keys().map(String::as_str));
    }
    let is_shared = all.len() >= 2 && all.len() * 2 <= object.fields.len() && all.len() <= SIBLINGS;
    (is_shared && all.iter().all(|value| is_word(value))).then(|| all.into_iter().collect())
}

/// Whether a text is one word, as a list without a name of its own would have it.
fn is_word(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
    let has_one_case = text.to_ascii_lowercase() == text || text.to_ascii_uppercase() == text;
    text.len() >= 2 && is_plain && has_one_case
}
