//! The test suite of JSON Schema as OpenAPI documents: one for each keyword, with one webhook for each schema.
//!
//! Its optional tests of formats are one more, made to speak of strings alone.

use crate::Module;
use crate::plan::Case;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::error::Error;
use std::path::Path;
use std::{fs, panic};

/// What the tests of formats are filed under.
const FORMATS: &str = "format of strings";
/// Where a body's schema is below its webhook.
const BODY: &str = "/post/requestBody/content/application~1json/schema";

/// A group as it is in a file of the suite.
#[derive(Deserialize)]
struct Group {
    description: String,
    schema: Value,
    tests: Vec<Value>,
}

/// A file of the suite.
struct Keyword {
    name: String,
    groups: Vec<Group>,
}

/// A group with where it belongs.
struct Item {
    keyword: String,
    provider: String,
    index: usize,
    group: Group,
}

/// Generates the types of all keywords. A group that cannot be generated is left out, and says why.
pub fn generate(suite: &Path, out: &Path, modules: &mut Vec<Module>) -> Result<Vec<Case>, Box<dyn Error>> {
    let (specs, probe, target) = (out.join("suite-specs"), out.join("suite-probe"), out.join("suite"));
    super::emptied(&specs)?;
    let mut keywords = keywords(suite)?;
    keywords.push(Keyword { name: FORMATS.to_owned(), groups: formats(suite)? });
    let mut cases = Vec::new();
    let mut providers = Vec::new();
    for Keyword { name: keyword, groups } in keywords {
        let provider = provider(&keyword);
        let mut webhooks = Map::new();
        for (index, group) in groups.into_iter().enumerate() {
            let item = Item { keyword: keyword.clone(), provider: provider.clone(), index, group };
            cases.push(case(&probe, item, &mut webhooks)?);
        }
        if !webhooks.is_empty() {
            super::provider(&specs, &provider, &document(&provider, webhooks))?;
            providers.push(provider);
        }
    }
    modules.extend(super::generate(&specs, &target, &providers)?);
    Ok(cases)
}

fn case(probe: &Path, item: Item, webhooks: &mut Map<String, Value>) -> Result<Case, Box<dyn Error>> {
    let Item { keyword, provider, index, group: Group { description, schema, tests } } = item;
    let webhook = webhook(&schema, index);
    super::emptied(probe)?;
    let tried = attempt(probe, &provider, index, &webhook)?;
    if tried.is_ok() {
        webhooks.insert(index.to_string(), webhook);
    }
    let outside_inferred = matches!(tried, Ok(true));
    Ok(Case {
        keyword,
        description,
        provider,
        webhook: index.to_string(),
        failure: tried.err(),
        outside_inferred,
        tests,
    })
}

/// The module for a keyword: its words in lower case.
fn provider(keyword: &str) -> String {
    let words = keyword.chars().map(|letter| match letter {
        '-' | ' ' => "_".to_owned(),
        upper if upper.is_ascii_uppercase() => format!("_{}", upper.to_ascii_lowercase()),
        letter => letter.to_string(),
    });
    format!("suite_{}", words.collect::<String>())
}

/// The files of a folder, without the folders in it.
fn keywords(folder: &Path) -> Result<Vec<Keyword>, Box<dyn Error>> {
    let mut keywords = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            keywords.push(Keyword { name, groups: serde_json::from_str(&fs::read_to_string(&path)?)? });
        }
    }
    keywords.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(keywords)
}

/// The suite's strings for each format, with `type: string` beside it. All of them are valid: a format is a note
/// (JSON Schema 2020-12 Validation, section 7.2.1), and what it calls wrong is no reason to lose a body.
fn formats(suite: &Path) -> Result<Vec<Group>, Box<dyn Error>> {
    let files = keywords(&suite.join("optional/format"))?;
    let mut formats: Vec<_> = files.into_iter().flat_map(|file| file.groups).collect();
    for Group { schema, tests, .. } in &mut formats {
        schema["type"] = "string".into();
        tests.retain(|test| test["data"].is_string());
        tests.iter_mut().for_each(|test| test["valid"] = true.into());
    }
    Ok(formats)
}

/// Generates one webhook alone: whether its body became a bare `Value`, or why it failed.
fn attempt(
    specs: &Path,
    provider: &str,
    index: usize,
    webhook: &Value,
) -> Result<Result<bool, String>, Box<dyn Error>> {
    let webhooks = Map::from_iter([(index.to_string(), webhook.clone())]);
    super::provider(specs, provider, &document(provider, webhooks))?;
    Ok(match panic::catch_unwind(|| webhook_codegen::Config::new(specs).features().generate()) {
        Ok(Ok(generated)) => Ok(is_value(&generated, index)),
        Ok(Err(failure)) => {
            let errors = failure.diagnostics.iter();
            let errors = errors.filter(|found| found.severity == webhook_codegen::diagnostics::Severity::Error);
            Err(errors.map(|found| found.message.clone()).collect::<Vec<_>>().join("; "))
        }
        Err(_) => Err("the generator panics".to_owned()),
    })
}

/// Whether the body's type is another name of `Value`.
fn is_value(generated: &webhook_codegen::Generated, index: usize) -> bool {
    let pointer = format!("/webhooks/{index}{BODY}");
    let origin = generated.types.iter().find(|origin| origin.pointer == pointer);
    let name = origin.and_then(|origin| origin.path.rsplit("::").next()).unwrap_or_default();
    let alias = format!("pub type {name} = Value;");
    generated.files.iter().any(|(_, text)| text.lines().any(|line| line == alias))
}

fn document(title: &str, webhooks: Map<String, Value>) -> String {
    let info = json!({"title": title, "version": "1"});
    json!({"openapi": "3.1.0", "info": info, "webhooks": webhooks}).to_string()
}

fn webhook(schema: &Value, index: usize) -> Value {
    let mut schema = schema.clone();
    Embedding { root: format!("#/webhooks/{index}{BODY}"), index }.embed(&mut schema);
    json!({"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}})
}

/// Makes a schema mean within a document what it meant alone. A schema with an `$id` does already: references are
/// relative to that (JSON Schema 2020-12 Core, section 8.2.1).
struct Embedding {
    /// The reference to the schema.
    root: String,
    index: usize,
}

impl Embedding {
    fn embed(&self, schema: &mut Value) {
        let Value::Object(members) = schema else { return };
        if members.contains_key("$id") {
            return;
        }
        for (key, value) in members {
            match (key.as_str(), value) {
                ("$ref" | "$dynamicRef", Value::String(reference)) => self.reference(reference),
                // The schemas of a keyword share a document, where an anchor can be only once.
                ("$anchor" | "$dynamicAnchor", Value::String(anchor)) => *anchor = format!("{anchor}-{}", self.index),
                ("enum" | "const" | "default" | "examples", _) => {}
                (
                    "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas",
                    Value::Object(schemas),
                ) => schemas.values_mut().for_each(|schema| self.embed(schema)),
                (_, Value::Array(schemas)) => schemas.iter_mut().for_each(|schema| self.embed(schema)),
                (_, schema) => self.embed(schema),
            }
        }
    }

    fn reference(&self, reference: &mut String) {
        match reference.strip_prefix('#') {
            Some(pointer) if pointer.is_empty() || pointer.starts_with('/') => {
                *reference = format!("{}{pointer}", self.root);
            }
            Some(anchor) => *reference = format!("#{anchor}-{}", self.index),
            None => {}
        }
    }
}
