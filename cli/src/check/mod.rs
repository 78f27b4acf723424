//! What a closer look at the documents finds: more than generating needs, for `check` alone.

mod address;
mod bounds;
mod effort;
mod examples;
mod formats;
mod inline_refs;
mod uninhabited;
mod unsatisfiable;
mod unused;
mod validators;
mod violation;
mod walk;

use validators::Validators;
use walk::Merger;
use webhook_codegen::documents::Folder;
use webhook_codegen::model::Provider;
use webhook_codegen::pipeline::Documents;
use webhook_codegen::schema::References;
use webhook_codegen::source::{Diagnostic, Diagnostics, Failure};
use webhook_codegen::{Config, Generated};

/// Generates, and looks closer at the documents: examples, schemas that nothing fits, components that nothing refers to,
/// misspelt formats.
///
/// # Errors
/// Everything that is wrong with the documents, as with [`Config::generate`].
pub fn generate(config: &Config) -> Result<(Generated, Diagnostics), Failure> {
    let model = Documents::read(config)?.model(config);
    let mut found = Diagnostics::new();
    if !model.found.has_errors() {
        config.step("checking the documents");
        let pairs = model.providers.iter().zip(&model.folders);
        found.extend(
            pairs.flat_map(|(provider, folder)| check(provider, folder, &model.found).allowing(&folder.provider.allow)),
        );
    }
    let selected = model.select(config)?;
    let files = selected.files(config);
    Ok((selected.generated(files, config), found))
}

/// Looks closer at the documents of a provider; `already_reported` is what generating has found.
fn check(provider: &Provider, folder: &Folder, already_reported: &Diagnostics) -> Diagnostics {
    let references = References::new(&folder.documents);
    let contents = walk::contents(&references);
    let schemas = walk::schemas(&references, &contents);
    let mut found = Diagnostics::new();
    let mut validators = Validators::of(&references);
    found.extend(formats::misspelt(&references, &schemas));
    let mut merger = Merger::new(&references);
    found.extend(unsatisfiable::contradictions(&mut merger, &schemas, &mut validators, already_reported, &references));
    found.extend(uninhabited::circles(&mut merger, &references, &schemas));
    found.extend(folder.documents.first().filter(|_| merger.is_over()).map(|document| {
        let message = format!("`allOf` and `$ref` put more than {} schemas together", Merger::MOST);
        Diagnostic::note(&document.path, "", message).help("not all schemas were searched for contradictions")
    }));
    found.extend(examples::invalid(provider, &references, &contents, &schemas, &mut validators));
    found.extend(unused::components(&references));
    found
}
