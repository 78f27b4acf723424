//! Strings of a list, told from texts, names and ids.

use crate::infer::events::is_label;
use crate::infer::evidence::Node;
use webhook_codegen::words::words;

/// More are no list that a person would write.
const MOST: usize = 24;
/// Each has to have been seen so often, taken together.
const REPEATED: u64 = 2;
/// Where the key does not say that it is a list.
const REPEATED_WITHOUT_NAME: u64 = 8;

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
const TEXTS: [&str; 38] = [
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
];

/// The values of a list, in the order in which they were seen first, if what stands at a node is one.
pub fn values<'n>(node: &'n Node, key: &str) -> Option<Vec<&'n str>> {
    let values = node.strings.values.as_ref().filter(|values| (2..=MOST).contains(&values.len()))?;
    let words = words(key);
    let is_list = words.last().is_some_and(|word| LISTS.contains(&word.as_str()));
    let is_text = words.iter().any(|word| TEXTS.contains(&word.as_str()));
    let once = values.values().filter(|count| **count == 1).count();
    let repeated = if is_list { REPEATED } else { REPEATED_WITHOUT_NAME };
    let is_repeated = node.strings.count >= repeated * values.len() as u64 && once * 3 <= values.len();
    let are_words = values.keys().all(|value| is_label(value) && (is_list || is_word(value)));
    (is_repeated && are_words && (is_list || !is_text)).then(|| values.keys().map(String::as_str).collect())
}

/// Whether a text is one word, as a list without a name of its own would have it.
fn is_word(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
    let has_one_case = text.to_ascii_lowercase() == text || text.to_ascii_uppercase() == text;
    text.len() >= 2 && is_plain && has_one_case
}
