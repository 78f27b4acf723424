//! A crate of generated code, in a folder of its own that outlives the run, so that cargo finds what it built.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use webhook_codegen::Generated;
use webhook_codegen::files::Files;

const MANIFEST: &str = r#"[package]
name = "corpus"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
serde = { version = "1", default-features = false, features = ["std"] }
webhook-runtime = { path = "RUNTIME", features = ["hmac"] }

[dev-dependencies]
serde_json = "1"

# There is more of it than of anything else here, and nobody steps through it.
[profile.dev]
debug = false
incremental = false

[workspace]

[features]
"#;

pub struct Package(pub PathBuf);

impl Package {
    /// The folder of a package, which need not be there yet.
    pub fn named(name: &str) -> Self {
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name))
    }

    /// Writes what was generated, with a feature for each provider.
    pub fn write(&self, generated: &Generated, providers: &[&str]) {
        let mut files = Files::new();
        for (path, text) in generated.files.iter() {
            let strict = text.replacen('\n', "\n#![deny(warnings)]\n", 1);
            files.insert(path, if path == Path::new("lib.rs") { &strict } else { text });
        }
        files.sync(&self.0.join("src")).expect("the crate can be written");

        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let runtime = repository.join("runtime").canonicalize().expect("it is beside the generator");
        let mut manifest = MANIFEST.replace("RUNTIME", runtime.to_str().expect("cargo's own paths are UTF-8"));
        for provider in providers {
            manifest.push_str(&format!("{provider} = []\n{provider}-verify = [\"{provider}\"]\n"));
        }
        write(&self.0.join("Cargo.toml"), &manifest);
        // The versions that are here already: there may be no way to ask for others.
        let lock = fs::read_to_string(repository.join("Cargo.lock")).expect("the workspace has one");
        write(&self.0.join("Cargo.lock"), &lock);
    }

    /// Runs cargo in the crate, with all of its features, and returns what it says.
    pub fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let mut command = Command::new(env::var_os("CARGO").expect("cargo runs the tests"));
        output(self.with_all_features(&mut command, arguments).envs(variables.iter().copied()))
    }

    /// The same with a command that runs another.
    pub fn with_all_features<'c>(&self, command: &'c mut Command, arguments: &[&str]) -> &'c mut Command {
        command.args(arguments).args(["--offline", "--all-features"]).current_dir(&self.0);
        // Its own: the workspace's may be locked, and is not for code that comes and goes.
        command.env("CARGO_TARGET_DIR", self.0.join("target"))
    }
}

/// Runs a command that has to succeed.
pub fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("all of it is text")
}

/// Leaves a file alone that is right already, so that cargo does too.
pub fn write(path: &Path, text: &str) {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return;
    }
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder of this test");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
