//! The documents of the corpus, each as a provider of its own.

use crate::Module;
use crate::plan::{Document, Webhook};
use serde_json::Value;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::source::Source;

const METHODS: [&str; 5] = ["post", "put", "patch", "get", "delete"];

/// Generates the types of all documents.
pub fn generate(corpus: &Path, out: &Path, modules: &mut Vec<Module>) -> Result<Vec<Document>, Box<dyn Error>> {
    let (specs, target) = (out.join("corpus-specs"), out.join("corpus"));
    super::emptied(&specs)?;
    let mut documents = Vec::new();
    for sender in entries(corpus)?.iter().filter(|path| path.is_dir()) {
        for file in entries(sender)? {
            let extension = file.extension().and_then(|extension| extension.to_str());
            if matches!(extension, Some("json" | "yaml")) {
                documents.push(document(&specs, sender, &file, documents.len())?);
            }
        }
    }
    let providers: Vec<_> = documents.iter().map(|document| document.provider.clone()).collect();
    modules.extend(super::generate(&specs, &target, &providers)?);
    Ok(documents)
}

fn document(specs: &Path, sender: &Path, file: &Path, index: usize) -> Result<Document, Box<dyn Error>> {
    let source = Source::read(file).map_err(|error| format!("{}: {error:?}", file.display()))?;
    let provider = format!("document_{index}");
    let path = super::provider(specs, &provider, &source.value.to_string())?;
    Ok(Document {
        sender: sender.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        name: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        provider,
        path: path.display().to_string(),
        webhooks: webhooks(&source.value),
    })
}

fn webhooks(document: &Value) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for (key, item) in document["webhooks"].as_object().into_iter().flatten() {
        let mut methods = METHODS.iter().filter(|method| item.get(**method).is_some());
        let Some(method) = methods.next() else { continue };
        let escaped = key.replace('~', "~0").replace('/', "~1");
        let schema = format!("/webhooks/{escaped}/{method}/requestBody/content/application~1json/schema");
        if document.pointer(&schema).is_some() {
            webhooks.push(Webhook { name: key.clone(), schema });
        }
    }
    webhooks
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    paths.sort();
    Ok(paths)
}
