//! Where references lead.

use super::id::{Ids, is_elsewhere};
use super::{Lowering, Node, escape, file_name, unescape};
use crate::load::Source;
use serde_json::Value;

/// The documents of a provider, among which references lead.
pub struct References<'a> {
    pub sources: &'a [Source],
    ids: Ids,
}

impl<'a> References<'a> {
    pub fn new(sources: &'a [Source]) -> Self {
        Self { sources, ids: Ids::of(sources) }
    }

    /// What a reference that stands at `node` leads to.
    pub fn find(&self, node: &Node<'a>, reference: &str) -> Option<Node<'a>> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = percent_decode(fragment);
        let embedded = self.ids.find(self.sources, node, file).and_then(|root| self.within(root, &fragment));
        // A document that gives its schemas an `$id` often means itself by `#/components/…` all the same.
        let own = || self.within((self.document(node.document, file)?, String::new()), &fragment);
        embedded.or_else(own).or_else(|| self.around(node, &fragment).filter(|_| file.is_empty()))
    }

    /// A definition of the schema around a reference: a JSON Schema that was put into a document as it was means itself
    /// by `#/$defs/…`.
    fn around(&self, node: &Node<'a>, fragment: &str) -> Option<Node<'a>> {
        let is_definition = ["/$defs/", "/definitions/"].iter().any(|place| fragment.starts_with(place));
        let ends = node.pointer.rmatch_indices('/').map(|(end, _)| &node.pointer[..end]);
        let mut schemas = std::iter::once(&*node.pointer).chain(ends).filter(|_| is_definition);
        schemas.find_map(|schema| self.within((node.document, schema.to_owned()), fragment))
    }

    /// Whether a reference that stands at `node` leads out of the folder.
    pub fn is_elsewhere(&self, node: &Node<'a>, reference: &str) -> bool {
        is_elsewhere(self.sources, node, reference)
    }

    fn within(&self, (document, root): (usize, String), fragment: &str) -> Option<Node<'a>> {
        let whole = &self.sources[document].value;
        let pointer = match fragment.is_empty() || fragment.starts_with('/') {
            true => root + fragment,
            false => {
                let resource = whole.pointer(&root)?;
                let own = anchor(resource, fragment, root.clone(), false);
                own.or_else(|| anchor(resource, fragment, root, true))?
            }
        };
        Some(Node { document, value: whole.pointer(&pointer)?, pointer })
    }

    /// The document that a reference of `document` names; itself without a name.
    fn document(&self, document: usize, file: &str) -> Option<usize> {
        match file.trim_start_matches("./") {
            "" => Some(document),
            file => self.sources.iter().position(|source| file_name(source) == file),
        }
    }
}

impl Lowering<'_> {
    /// What may have been meant by a reference to nowhere.
    pub(super) fn nearest(&self, document: usize, reference: &str) -> String {
        if reference.contains("://") {
            return "put that document beside this one and refer to it as `./file.yaml#/…`".to_owned();
        }
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let meant = match self.references.document(document, file) {
            Some(target) => alike(&self.sources[target].value, &percent_decode(fragment)),
            None if file.contains('.') => return self.nearest_file(file),
            None => alike(&self.sources[document].value, file),
        };
        let file = if self.references.document(document, file).is_some() { file } else { "" };
        match meant {
            Some(pointer) => format!("did you mean `{file}#{pointer}`?"),
            None => "it must lead to a place in this document or in one beside it (`./file.yaml#/…`)".to_owned(),
        }
    }

    fn nearest_file(&self, file: &str) -> String {
        let names: Vec<_> = self.sources.iter().map(file_name).collect();
        let meant = crate::diagnostics::closest(file.trim_start_matches("./"), names.iter().map(String::as_str));
        let meant = meant.map(|name| format!(": did you mean `./{name}`?"));
        let folders = "; files in other folders are not read: put all beside it, or bundle them into one";
        let folders = if file.trim_start_matches("./").contains('/') { folders } else { "" };
        format!("there is no `{file}` beside this document{}", meant.unwrap_or_else(|| folders.to_owned()))
    }
}

/// The place that a pointer to nowhere was probably meant to lead to: as far as it leads, and on by the key most alike;
/// or else the schema whose name is most alike.
fn alike(value: &Value, pointer: &str) -> Option<String> {
    let mut place = value;
    let mut found = String::new();
    for token in pointer.split('/').skip(1) {
        let keys = place.as_object()?.keys().map(String::as_str);
        let Some(key) = crate::diagnostics::closest(&unescape(token), keys) else {
            found.clear();
            break;
        };
        found = format!("{found}/{}", escape(key));
        place = &place[key];
    }
    if !found.is_empty() {
        return Some(found);
    }
    let names = value["components"]["schemas"].as_object()?.keys().map(String::as_str);
    let name = crate::diagnostics::closest(pointer.rsplit('/').next()?, names)?;
    Some(format!("/components/schemas/{}", escape(name)))
}

/// The pointer to the schema with an `$anchor` (JSON Schema 2020-12 Core, section 8.2.2). Schemas with an `$id` have
/// anchors of their own, which are seen only with `is_wide`.
fn anchor(value: &Value, name: &str, pointer: String, is_wide: bool) -> Option<String> {
    let below = |token: &str, value: &Value| {
        let is_resource = value.get("$id").is_some_and(Value::is_string);
        let pointer = || format!("{pointer}/{}", escape(token));
        (is_wide || !is_resource).then(|| anchor(value, name, pointer(), is_wide)).flatten()
    };
    match value {
        Value::Object(members) => {
            let is = |key: &str| members.get(key).and_then(Value::as_str) == Some(name);
            if is("$anchor") || is("$dynamicAnchor") {
                return Some(pointer);
            }
            members.iter().find_map(|(key, value)| below(key, value))
        }
        Value::Array(items) => items.iter().enumerate().find_map(|(index, item)| below(&index.to_string(), item)),
        _ => None,
    }
}

/// A fragment of a URI spells a pointer with percent-encoding (RFC 6901, section 6).
pub fn percent_decode(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let encoded = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(encoded.unwrap_or(*first));
        rest = if encoded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
