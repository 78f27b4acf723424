//! A feature for each group of events: a crate of two groups, with each of them, both and none.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use webhook_codegen::Config;

const MANIFEST: &str = r#"[package]
name = "event_groups"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
serde = { version = "1", default-features = false, features = ["std"] }
webhook-runtime = { path = "RUNTIME" }

[workspace]

"#;

/// A body of each group.
const MAIN: &str = r##"#![deny(warnings)]
use event_groups::shop::Event;

fn main() {
    #[cfg(feature = "shop-verify")]
    {
        use webhook_runtime::{Receive, http::Method};
        assert_eq!(Event::METHODS, [Method::POST, Method::PUT], "those that the document declares");
    }
    for body in [r#"{"type": "order.paid", "by": {"id": 1}}"#, r#"{"type": "refund.made", "to": {"id": 1}}"#] {
        let event = Event::from_slice(body.as_bytes()).expect("it fits");
        let is_unknown = matches!(event, Event::Unknown(_));
        println!("{} {}", event.event_type(), if is_unknown { "unknown" } else { "known" });
    }
}
"##;

#[test]
fn each_group_compiles_alone_and_the_others_events_are_unknown() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("event_groups");
    let features = write_crate(&folder);
    assert_eq!(
        features,
        "[features]\nshop = []\nshop-verify = [\"shop\", \"webhook-runtime/receive\"]\n\
         shop-all = [\"shop-order\", \"shop-refund\"]\nshop-order = [\"shop\"]\nshop-refund = [\"shop\"]\n"
    );
    for (features, said) in [
        ("shop", "order.paid unknown\nrefund.made unknown\n"),
        ("shop-order", "order.paid known\nrefund.made unknown\n"),
        ("shop-refund", "order.paid unknown\nrefund.made known\n"),
        ("shop-all,shop-verify", "order.paid known\nrefund.made known\n"),
    ] {
        assert_eq!(run(&folder, features), said, "{features}");
    }
}

fn write_crate(folder: &Path) -> String {
    let generated =
        Config::new("tests/event_groups").features().generate().unwrap_or_else(|failure| panic!("{failure}"));
    generated.files.sync(&folder.join("src")).expect("the crate can be written");
    let root = folder.join("src/lib.rs");
    let strict = fs::read_to_string(&root).expect("it was written").replacen("\n", "\n#![deny(warnings)]\n", 1);
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = repository.join("runtime").canonicalize().expect("it is beside the generator");
    let manifest = MANIFEST.replace("RUNTIME", runtime.to_str().expect("cargo's own paths are UTF-8"));
    // The versions that are here already: there may be no way to ask for others.
    let lock = fs::read(repository.join("Cargo.lock")).expect("the workspace has one");
    fs::create_dir_all(folder.join("examples")).expect("a folder of this test");
    for (file, text) in [
        (root, strict.into_bytes()),
        (folder.join("Cargo.toml"), (manifest + &generated.features).into_bytes()),
        (folder.join("Cargo.lock"), lock),
        (folder.join("examples/main.rs"), MAIN.into()),
    ] {
        fs::write(file, text).expect("a folder of this test");
    }
    generated.features
}

fn run(folder: &Path, features: &str) -> String {
    let output = Command::new(env::var_os("CARGO").expect("cargo runs the tests"))
        .args(["run", "--quiet", "--offline", "--example", "main", "--features", features])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "{features}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("all of it is text")
}
