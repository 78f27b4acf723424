//! Instances that mostly fit a schema (JSON Schema 2020-12, as far as the corpus uses it); the validator has the last
//! word.

use fastrand::Rng;
use serde_json::{Map, Value, json};

mod scalar;

/// Below this depth optional keys and items are left out.
const DEEPEST: usize = 7;

pub struct Draw<'d> {
    document: &'d Value,
    pub random: Rng,
    /// How likely an optional key is, in percent; other for each instance.
    fullness: u32,
    /// Whether integers may be above 2^63, or written as `1.0`.
    unusual: bool,
}

/// What some schemas say of a value that all of them apply to.
#[derive(Default)]
struct Parts<'d>(Vec<&'d Value>);

impl<'d> Parts<'d> {
    /// The values of a keyword, from all schemas that have it.
    fn all(&self, keyword: &str) -> impl Iterator<Item = &'d Value> {
        self.0.iter().filter_map(move |schema| schema.get(keyword))
    }

    fn first(&self, keyword: &str) -> Option<&'d Value> {
        self.all(keyword).next()
    }

    fn number(&self, keyword: &str) -> Option<u64> {
        self.first(keyword).and_then(Value::as_u64)
    }
}

impl<'d> Draw<'d> {
    pub fn new(document: &'d Value, seed: u64) -> Self {
        Self { document, random: Rng::with_seed(seed), fullness: 0, unusual: false }
    }

    pub fn instance(&mut self, schema: &'d Value) -> Value {
        self.fullness = *self.pick(&[0, 10, 40, 70, 100]);
        self.unusual = self.percent(10);
        self.value(vec![schema], 0)
    }

    fn percent(&mut self, of_hundred: u32) -> bool {
        self.random.u32(0..100) < of_hundred
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.random.usize(0..from.len())]
    }

    /// A value that all the schemas apply to.
    fn value(&mut self, schemas: Vec<&'d Value>, depth: usize) -> Value {
        assert!(depth < 100, "a schema whose values have no end");
        let mut parts = Parts::default();
        schemas.into_iter().for_each(|schema| self.gather(schema, depth, &mut parts));
        if let Some(only) = parts.first("const") {
            return only.clone();
        }
        if let Some(values) = parts.first("enum").and_then(Value::as_array) {
            let allowed = |value: &&Value| parts.all("enum").all(|list| holds(list, value));
            let values: Vec<_> = values.iter().filter(allowed).collect();
            return if values.is_empty() { Value::Null } else { (*self.pick(&values)).clone() };
        }
        let types = self.types(&parts, depth);
        match *self.pick(&types) {
            "object" => self.object(&parts, depth),
            "array" => self.array(&parts, depth),
            name => self.scalar(name, &parts),
        }
    }

    /// The schemas that apply where one does: what it refers to, and a branch of each choice.
    fn gather(&mut self, schema: &'d Value, depth: usize, parts: &mut Parts<'d>) {
        parts.0.push(schema);
        if let Some(reference) = schema["$ref"].as_str() {
            let pointer = reference.strip_prefix('#').expect("the corpus refers within its documents");
            let target = self.document.pointer(pointer).expect("its references lead somewhere");
            self.gather(target, depth, parts);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.gather(part, depth, parts);
        }
        for choice in ["oneOf", "anyOf"].iter().filter_map(|keyword| schema[keyword].as_array()) {
            let ends = |branch: &&Value| branch["type"] == "null";
            let branch = match choice.iter().find(ends).filter(|_| depth > DEEPEST) {
                Some(null) => null,
                None => self.pick(choice),
            };
            self.gather(branch, depth, parts);
        }
    }

    /// The types that all parts allow; never none.
    fn types(&mut self, parts: &Parts<'d>, depth: usize) -> Vec<&'d str> {
        let mut allowed = vec!["null", "boolean", "integer", "number", "string", "array", "object"];
        for written in parts.all("type") {
            allowed.retain(|name| {
                holds(written, &json!(name)) || (*name == "integer" && holds(written, &json!("number")))
            });
        }
        let is_free = parts.first("type").is_none();
        if is_free && (parts.first("properties").is_some() || depth > DEEPEST) && self.percent(90) {
            return vec![if parts.first("properties").is_some() { "object" } else { "string" }];
        }
        if depth > DEEPEST && allowed.contains(&"null") || allowed.is_empty() {
            return vec!["null"];
        }
        allowed
    }

    fn array(&mut self, parts: &Parts<'d>, depth: usize) -> Value {
        let least = parts.number("minItems").unwrap_or(0);
        let most = if depth > DEEPEST { least } else { parts.number("maxItems").unwrap_or(least + 2).min(least + 2) };
        let length = self.random.u64(least..=most.max(least)) as usize;
        let first: Vec<_> = parts.first("prefixItems").and_then(Value::as_array).into_iter().flatten().collect();
        let rest: Vec<_> = parts.all("items").collect();
        let mut items: Vec<Value> = Vec::new();
        for index in 0..length {
            let schemas = first.get(index).map_or_else(|| rest.clone(), |schema| vec![*schema]);
            let item = self.value(schemas, depth + 1);
            if parts.first("uniqueItems") != Some(&Value::Bool(true)) || !items.contains(&item) {
                items.push(item);
            }
        }
        Value::Array(items)
    }

    fn object(&mut self, parts: &Parts<'d>, depth: usize) -> Value {
        let required = |key: &str| parts.all("required").any(|keys| holds(keys, &json!(key)));
        let mut object = Map::new();
        for key in keys(parts, "properties") {
            if required(key) || (depth <= DEEPEST && self.percent(self.fullness)) {
                let schemas = parts.all("properties").filter_map(|properties| properties.get(key)).collect();
                object.insert(key.to_owned(), self.value(schemas, depth + 1));
            }
        }
        for key in parts.all("required").filter_map(Value::as_array).flatten().filter_map(Value::as_str) {
            if !object.contains_key(key) {
                let value = self.value(parts.all("additionalProperties").collect(), depth + 1);
                object.insert(key.to_owned(), value);
            }
        }
        self.undeclared(parts, depth, &mut object);
        Value::Object(object)
    }

    /// Keys that `properties` does not name.
    fn undeclared(&mut self, parts: &Parts<'d>, depth: usize, object: &mut Map<String, Value>) {
        let schemas: Vec<_> = parts.all("additionalProperties").collect();
        let is_closed = schemas.iter().any(|schema| **schema == Value::Bool(false));
        let often = if schemas.iter().any(|schema| schema.is_object()) { 80 } else { 5 };
        if depth > DEEPEST || is_closed || !self.percent(often) {
            return;
        }
        for _ in 0..self.random.usize(1..3) {
            let key = self.text();
            if !keys(parts, "properties").contains(&key.as_str()) {
                object.insert(key, self.value(schemas.clone(), depth + 1));
            }
        }
    }
}

/// The keys of an object that several schemas speak of, each once.
fn keys<'d>(parts: &Parts<'d>, keyword: &str) -> Vec<&'d str> {
    let mut keys: Vec<&str> = Vec::new();
    for (key, _) in parts.all(keyword).filter_map(Value::as_object).flatten() {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    keys
}

/// Whether a list, or a single value in the place of one, has a value.
fn holds(list: &Value, value: &Value) -> bool {
    list == value || list.as_array().is_some_and(|list| list.contains(value))
}
