//! Which provider a task is about.

use super::input::SPECS;
use super::progress;
use super::terminal::style;
use clap::Args;
use std::path::{Path, PathBuf};
use webhook_codegen::Config;
use webhook_codegen::diagnostics::{Failure, render};
use webhook_codegen::documents::Folder;
use webhook_codegen::model::Provider;
use webhook_codegen::pipeline::{Documents, Model};

/// A folder of providers, and one of them.
#[derive(Args)]
pub(super) struct Choice {
    /// The folder that holds a folder of documents for each provider
    #[arg(long, value_name = "DIR", default_value = SPECS)]
    pub(super) specs: PathBuf,
    /// The name of the provider's folder in DIR; not needed where there is one
    #[arg(long, value_name = "NAME")]
    pub(super) provider: Option<String>,
}

impl Choice {
    /// The one provider that is meant.
    pub(super) fn read(&self) -> Result<Provider, String> {
        let mut providers = self.all()?;
        match providers.len() {
            1 => Ok(providers.remove(0)),
            _ => {
                let names: Vec<_> = providers.iter().map(|provider| provider.name.as_str()).collect();
                Err(format!("error: name one with --provider: {}\n", names.join(", ")))
            }
        }
    }

    /// All that are meant.
    pub(super) fn all(&self) -> Result<Vec<Provider>, String> {
        Ok(self.model()?.providers)
    }

    fn model(&self) -> Result<Model, String> {
        let config = Config::new(&self.specs).steps(progress::step);
        let config = self.provider.iter().fold(config, |config, name| config.provider(name));
        let model = Documents::read(&config).and_then(|documents| documents.model(&config).checked());
        model.map_err(|Failure { diagnostics, sources }| render(&diagnostics, &sources, style()))
    }
}

/// A provider by its own folder.
pub(super) fn folder(path: &Path) -> Result<(Provider, Folder), String> {
    let path = path.canonicalize().map_err(|error| format!("error: {}: {error}\n", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let specs = path.parent().map(Path::to_owned).unwrap_or_default();
    let mut model = Choice { specs, provider: name }.model()?;
    model
        .providers
        .pop()
        .zip(model.folders.pop())
        .ok_or_else(|| format!("error: {} holds no document\n", path.display()))
}
