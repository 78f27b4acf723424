//! What a build script does with what was generated: write it where cargo looks for it, and report to cargo.

use crate::config::Config;
use crate::generated::Generated;
use crate::source::Failure;
use crate::source::diagnostics::cargo_lines;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{env, fs};

/// What this build script has written so far.
static WRITTEN: Mutex<BTreeMap<PathBuf, String>> = Mutex::new(BTreeMap::new());

/// Something to generate with: the pipeline.
type Generate = fn(&Config) -> Result<Generated, Failure>;

/// One file in `OUT_DIR`.
pub(crate) fn build(config: &Config, generate: Generate) {
    report(config, generate, |generated| {
        let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is set for build scripts only")?;
        let path = Path::new(&out).join(&config.file_name);
        let text = generated.files.single();
        claim(&path, &text, "another `Config::file_name`")?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    });
}

/// A module in the source tree.
pub(crate) fn build_into(config: &Config, generate: Generate, dir: &Path) {
    report(config, generate, |generated| {
        let module = generated.files.clone().renamed("lib.rs", "mod.rs");
        claim(dir, &generated.files.single(), "a folder of its own")?;
        module.sync(dir).map(drop).map_err(|error| error.to_string())
    });
}

fn report(config: &Config, generate: Generate, write: impl FnOnce(&Generated) -> Result<(), String>) {
    println!("cargo::rerun-if-changed={}", config.specs.display());
    let (found, sources, written) = match generate(config) {
        Ok(generated) => {
            let written = write(&generated);
            (generated.warnings, generated.sources, written)
        }
        Err(Failure { diagnostics, sources }) => (diagnostics, sources, Ok(())),
    };
    print!("{}", cargo_lines(&found, &sources));
    for line in written.err().iter().flat_map(|text| text.lines()) {
        println!("cargo::error={line}");
    }
}

/// Notes what a build writes; an error if another build of the same script wrote something else there, or within it: what
/// is not its own, a build takes for stale.
fn claim(path: &Path, text: &str, other: &str) -> Result<(), String> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut written = WRITTEN.lock().map_err(|_| "another build of this script panicked")?;
    let is_taken = |(known, before): (&PathBuf, &String)| match *known == path {
        true => before != text,
        false => known.starts_with(&path) || path.starts_with(known),
    };
    if written.iter().any(is_taken) {
        return Err(format!("two builds of this script write {}; give one of them {other}", path.display()));
    }
    written.insert(path, text.to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::claim;
    use std::path::Path;

    #[test]
    fn a_second_build_does_not_take_the_place_of_the_first() {
        let claimed = |path: &str, text: &str| claim(Path::new(path), text, "another name");
        for (path, text) in [
            ("out/webhooks.rs", "first"),
            ("out/webhooks.rs", "first"),
            ("out/billing.rs", "second"),
            ("src/webhooks", "first"),
            ("src/webhooks_of_others", "second"),
        ] {
            assert_eq!(claimed(path, text), Ok(()));
        }
        for path in ["out/webhooks.rs", "src/webhooks", "./src/webhooks", "src/webhooks/shop", "src"] {
            let error = claimed(path, "second").expect_err("the first would be gone");
            assert!(error.contains("another name"), "{error}");
        }
    }
}
