//! Places in the documents, and following references between them.

use super::{Lowering, file_name};
use openapiv3::Discriminator;
use serde_json::Value;

/// A value together with where it stands.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// Index of the document.
    pub document: usize,
    /// JSON pointer (RFC 6901) into it.
    pub pointer: String,
    pub value: &'a Value,
}

impl<'a> Node<'a> {
    /// The member `key` of an object.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        Some(self.with(key, self.value.as_object()?.get(key)?))
    }

    /// The members of the object under `key`.
    pub fn members(&self, key: &str) -> Vec<(&'a str, Node<'a>)> {
        let Some(under) = self.get(key) else { return Vec::new() };
        let members = under.value.as_object().into_iter().flatten();
        members.map(|(key, value)| (key.as_str(), under.with(key, value))).collect()
    }

    /// The items of the array under `key`.
    pub fn items(&self, key: &str) -> Vec<Node<'a>> {
        let Some(under) = self.get(key) else { return Vec::new() };
        let items = under.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| under.with(&index.to_string(), value)).collect()
    }

    /// An item of an array.
    pub fn item(&self, index: usize) -> Option<Node<'a>> {
        Some(self.with(&index.to_string(), self.value.as_array()?.get(index)?))
    }

    /// The string under `key`.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// Its `$ref`, or `$dynamicRef`, which leads to the same place where nothing is redefined.
    pub fn reference(&self) -> Option<Node<'a>> {
        self.get("$ref").or_else(|| self.get("$dynamicRef"))
    }

    /// Whether it is the same place.
    pub fn is(&self, other: &Self) -> bool {
        (self.document, &self.pointer) == (other.document, &other.pointer)
    }

    /// Whether `key` stands there with `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// The keys of an object.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.value.as_object().into_iter().flatten().map(|(key, _)| key.as_str())
    }

    fn with(&self, token: &str, value: &'a Value) -> Node<'a> {
        let pointer = format!("{}/{}", self.pointer, escape(token));
        Node { document: self.document, pointer, value }
    }
}

impl<'a> Lowering<'a> {
    /// What the `$ref` of a node leads to; a reference to nowhere is reported.
    pub(super) fn target(&mut self, node: &Node<'a>) -> Option<Node<'a>> {
        let reference = node.reference()?;
        let Some(text) = reference.value.as_str() else {
            self.error(&reference, "a `$ref` must be a string", "write it like `#/components/schemas/Name`");
            return None;
        };
        let target = self.find(node.document, text);
        if target.is_none() {
            let help = self.nearest(node.document, text);
            self.error(&reference, format!("`{text}` leads nowhere"), help);
        }
        target
    }

    /// Follows references until something else stands there.
    pub(super) fn resolve(&mut self, mut node: Node<'a>) -> Option<Node<'a>> {
        // More hops than documents have schemas can only be a circle.
        for _ in 0..1000 {
            if node.reference().is_none() {
                return Some(node);
            }
            node = self.target(&node)?;
        }
        self.error(&node, "these references lead round in a circle", "let one of them lead to a schema");
        None
    }

    /// The discriminator (OpenAPI 3.1, section 4.8.25), with references in place of its mapping's names.
    pub(super) fn discriminator(&mut self, node: &Node<'a>) -> Option<Discriminator> {
        let discriminator = node.get("discriminator")?;
        let property_name = discriminator.text("propertyName")?.to_owned();
        let mapping = discriminator.members("mapping").into_iter().filter_map(|(tag, target)| {
            let written = target.value.as_str()?;
            let named = self.find(node.document, &format!("#/components/schemas/{}", escape(written)));
            let target = named.or_else(|| self.find(node.document, written))?;
            Some((tag.to_owned(), self.name(&target)))
        });
        let mapping = mapping.collect();
        Some(Discriminator { property_name, mapping, ..Default::default() })
    }

    fn find(&self, document: usize, reference: &str) -> Option<Node<'a>> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let document = self.document(document, file)?;
        let mut pointer = percent_decode(fragment);
        if !pointer.is_empty() && !pointer.starts_with('/') {
            pointer = anchor(&self.sources[document].value, &pointer, String::new())?;
        }
        let value = self.sources[document].value.pointer(&pointer)?;
        Some(Node { document, pointer, value })
    }

    /// The document that a reference of `document` names; itself without a name.
    fn document(&self, document: usize, file: &str) -> Option<usize> {
        match file.trim_start_matches("./") {
            "" => Some(document),
            file => self.sources.iter().position(|source| file_name(source) == file),
        }
    }

    /// What may have been meant by a reference to nowhere.
    fn nearest(&self, document: usize, reference: &str) -> String {
        if reference.contains("://") {
            return "put that document beside this one and refer to it as `./file.yaml#/…`".to_owned();
        }
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let meant = match self.document(document, file) {
            Some(target) => alike(&self.sources[target].value, &percent_decode(fragment)),
            None if file.contains('.') => return self.nearest_file(file),
            None => alike(&self.sources[document].value, file),
        };
        let file = if self.document(document, file).is_some() { file } else { "" };
        match meant {
            Some(pointer) => format!("did you mean `{file}#{pointer}`?"),
            None => "it must lead to a place in this document or in one beside it (`./file.yaml#/…`)".to_owned(),
        }
    }

    fn nearest_file(&self, file: &str) -> String {
        let names: Vec<_> = self.sources.iter().map(file_name).collect();
        let meant = crate::diagnostics::closest(file.trim_start_matches("./"), names.iter().map(String::as_str));
        let meant = meant.map(|name| format!(": did you mean `./{name}`?"));
        format!("there is no `{file}` beside this document{}", meant.unwrap_or_default())
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

/// The pointer to the schema with an `$anchor` (JSON Schema 2020-12 Core, section 8.2.2).
fn anchor(value: &Value, name: &str, pointer: String) -> Option<String> {
    match value {
        Value::Object(members) => {
            let is = |key: &str| members.get(key).and_then(Value::as_str) == Some(name);
            if is("$anchor") || is("$dynamicAnchor") {
                return Some(pointer);
            }
            members.iter().find_map(|(key, value)| anchor(value, name, format!("{pointer}/{}", escape(key))))
        }
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| anchor(item, name, format!("{pointer}/{index}")))
        }
        _ => None,
    }
}

/// Escapes a token of a JSON pointer (RFC 6901, section 3).
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Undoes the escaping of a token of a JSON pointer.
pub fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// The indices of the members on the way to a place, for sorting places by where they stand.
pub fn position(document: &Value, pointer: &str) -> Vec<usize> {
    let mut value = document;
    let mut position = Vec::new();
    for token in pointer.split('/').skip(1).map(unescape) {
        let (index, next) = match value {
            Value::Object(members) => {
                let found = members.iter().enumerate().find(|(_, (key, _))| **key == token);
                let Some((index, (_, next))) = found else { break };
                (index, next)
            }
            Value::Array(items) => {
                let Some((index, next)) = token.parse().ok().and_then(|at: usize| Some((at, items.get(at)?))) else {
                    break;
                };
                (index, next)
            }
            _ => break,
        };
        position.push(index);
        value = next;
    }
    position
}

/// A fragment of a URI spells a pointer with percent-encoding (RFC 6901, section 6).
fn percent_decode(fragment: &str) -> String {
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
