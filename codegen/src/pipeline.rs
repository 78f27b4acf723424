//! What a run has at each floor, from the ground up: documents, then what they say, then what of it is wanted.

use crate::config::Config;
use crate::documents::{self, Folder};
use crate::emit::{self, Context};
use crate::files::Files;
use crate::generated::Generated;
use crate::model::{self, Provider};
use crate::selection::{self, Selection};
use crate::source::{Diagnostics, Failure};
use crate::{print, schema};

/// The documents of the wanted providers.
#[derive(Debug)]
pub struct Documents {
    folders: Vec<Folder>,
    found: Diagnostics,
}

impl Documents {
    /// Reads them.
    ///
    /// # Errors
    /// Everything that keeps a document from being read.
    pub fn read(config: &Config) -> Result<Self, Failure> {
        config.step("reading the documents");
        let (mut folders, mut found) = (documents::load(&config.specs)?, Diagnostics::new());
        selection::folders(&mut folders, config, &mut found);
        Ok(Self { folders, found })
    }

    /// Finds what they say.
    pub fn model(self, config: &Config) -> Model {
        let Self { folders, mut found } = self;
        let mut fallbacks = Diagnostics::new();
        let providers = folders.iter().map(|folder| {
            config.step(&format!("finding the types of {}", folder.name));
            let mut own = folder.warnings.clone();
            let lowered = schema::lower(folder, &mut own, &mut fallbacks);
            let provider = model::build(folder, &lowered, &mut own);
            found.extend(own.allowing(&folder.provider.allow));
            provider
        });
        Model { providers: providers.collect(), folders, found, fallbacks }
    }
}

/// What the documents say.
#[derive(Debug)]
pub struct Model {
    /// The folders that were read.
    pub folders: Vec<Folder>,
    /// What each of them says.
    pub providers: Vec<Provider>,
    /// What is wrong with them.
    pub found: Diagnostics,
    /// The schemas that became any JSON though they say more.
    pub fallbacks: Diagnostics,
}

impl Model {
    /// Itself, where nothing is wrong with the documents.
    ///
    /// # Errors
    /// Everything that is.
    pub fn checked(self) -> Result<Self, Failure> {
        if !self.found.has_errors() {
            return Ok(self);
        }
        let sources = self.folders.into_iter().flat_map(Folder::into_sources).collect();
        Err(Failure { diagnostics: self.found, sources })
    }

    /// Leaves what `config` asks for.
    ///
    /// # Errors
    /// Everything that is wrong with the documents, or with what is asked for.
    pub fn select(mut self, config: &Config) -> Result<Selected, Failure> {
        let wanted = selection::events(&mut self.providers, config, &mut self.found);
        selection::replace(&mut self.providers, config, &mut self.found);
        let model = self.checked()?;
        let pairs = model.providers.iter().zip(wanted);
        let selections = pairs.map(|(provider, types)| Selection::new(provider, types, config.features)).collect();
        Ok(Selected { model, selections })
    }
}

/// What of the model is generated.
#[derive(Debug)]
pub struct Selected {
    model: Model,
    /// That of each provider.
    selections: Vec<Selection>,
}

impl Selected {
    fn pairs(&self) -> impl Iterator<Item = (&Provider, &Selection)> {
        self.model.providers.iter().zip(&self.selections)
    }

    /// Writes Rust. Types and parts of the impls are printed side by side: with a large document that takes most of the
    /// time.
    pub fn files(&self, config: &Config) -> Files {
        config.step("writing Rust");
        let providers = &self.model.providers;
        let context = |(provider, selection)| Context::new(provider, selection, config);
        let contexts = || self.pairs().map(context).collect::<Vec<_>>();
        let impls = |part| print::print(contexts().iter().flat_map(|context| emit::impls(context, part)));
        let types = || print::print(contexts().iter().flat_map(emit::types).chain(emit::root(providers, config)));
        std::thread::scope(|scope| {
            let parts: Vec<_> = (0..emit::IMPL_SHARDS).map(|part| scope.spawn(move || impls(part))).collect();
            let mut printed = types();
            printed.extend(parts.into_iter().flat_map(|part| part.join().expect("the emitter writes Rust")));
            print::merge_parts(printed).with_crate_paths(&config.crate_paths)
        })
    }

    /// The files with all that is known of them.
    pub fn generated(self, files: Files, config: &Config) -> Generated {
        Generated {
            files,
            features: if config.features { emit::features(self.pairs()) } else { String::new() },
            types: self.pairs().flat_map(|(provider, selection)| emit::origins(provider, selection)).collect(),
            warnings: self.model.found,
            fallbacks: self.model.fallbacks,
            sources: self.model.folders.into_iter().flat_map(Folder::into_sources).collect(),
        }
    }
}
