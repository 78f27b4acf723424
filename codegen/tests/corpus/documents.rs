//! The corpus: documents, and the payloads that came with them.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::source::Source;

/// What an OpenAPI path item may hold of operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub struct Corpus {
    folder: PathBuf,
    /// By the module that each becomes.
    pub documents: BTreeMap<String, PathBuf>,
}

impl Corpus {
    /// The folder that `WEBHOOK_CORPUS` names, if any: a relative path starts where the workspace is.
    pub fn find() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(std::env::var_os("WEBHOOK_CORPUS")?);
        let files = entries(&folder).into_iter().filter(|path| path.is_dir()).flat_map(|folder| entries(&folder));
        let documents = files.filter(|file| file.extension().is_some_and(|extension| extension != "jsonl"));
        let documents: BTreeMap<_, _> = documents.map(|file| (provider(&file), file)).collect();
        assert!(!documents.is_empty(), "{} holds documents", folder.display());
        Some(Self { folder, documents })
    }

    /// The lines of a file, each with the module of its document as `provider`.
    pub fn payloads(&self, file: &str) -> Vec<Value> {
        let text = fs::read_to_string(self.folder.join(file)).expect("the corpus has payloads");
        let row = |line| {
            let mut row: Value = serde_json::from_str(line).expect("a line is JSON");
            row["provider"] = provider(Path::new(row["spec"].as_str().expect("a line names its document"))).into();
            row
        };
        text.lines().map(row).collect()
    }
}

/// A module's name for a document. It is the file's; but GitHub's is named after its host.
fn provider(file: &Path) -> String {
    match file.file_stem().and_then(|stem| stem.to_str()).expect("the corpus has ASCII names") {
        "api.github.com" => "github".to_owned(),
        stem => stem.to_lowercase().replace('-', "_"),
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    paths
}

/// How many operations of a document's webhooks and callbacks have a body; counted without the generator's help.
pub fn operations_with_a_body(document: &Path) -> usize {
    let source = Source::read(document).unwrap_or_else(|failure| panic!("{failure}"));
    let webhooks = operations(&source.value, &source.value["webhooks"]);
    let calls = operations(&source.value, &source.value["paths"]);
    let callbacks = calls.iter().flat_map(|operation| operation["callbacks"].as_object().into_iter().flatten());
    let called = callbacks.flat_map(|(_, callback)| operations(&source.value, resolve(&source.value, callback)));
    let bodies = webhooks.into_iter().chain(called).map(|operation| resolve(&source.value, &operation["requestBody"]));
    bodies.filter(|body| !body.is_null()).count()
}

/// What path items have under the names of methods; `null` where they have nothing.
fn operations<'v>(document: &'v Value, items: &'v Value) -> Vec<&'v Value> {
    let items = items.as_object().into_iter().flatten();
    items.flat_map(|(_, item)| METHODS.iter().map(|method| &resolve(document, item)[method])).collect()
}

fn resolve<'v>(document: &'v Value, mut node: &'v Value) -> &'v Value {
    while let Some(reference) = node["$ref"].as_str() {
        let target = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        node = target.expect("a reference of the corpus stays within its document");
    }
    node
}
