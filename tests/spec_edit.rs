//! The promise of the README: edit a spec, run one `cargo build`, and the new field is there.

#[path = "support/tree.rs"]
mod tree;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAM: &str = r#"//! Does not compile without the new field.
use webhook_events::askelephant::contact::Contact;

/// What friends call a contact.
pub fn nickname(contact: &Contact) -> Option<&String> {
    contact.nickname.as_ref()
}

fn main() {}
"#;

/// A copy of the workspace, always in the same place, so that cargo finds what it has built before.
fn copy_of_the_workspace() -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spec_edit");
    let mut files = tree::read(Path::new("."));
    // Not an example: those have the development dependencies compiled too.
    files.insert("src/bin/new_field.rs".into(), PROGRAM.into());
    tree::write(&files, &copy);
    copy
}

#[test]
fn one_build_after_the_edit_of_a_spec_compiles_the_new_field() {
    let workspace = copy_of_the_workspace();
    let types = workspace.join("generated/src/askelephant/contact/mod.rs");
    let has_field = || std::fs::read_to_string(&types).expect("generated").contains("pub nickname: Option<String>,");
    assert!(!has_field(), "the copy is as it was before the edit");
    tree::edit(
        &workspace.join("specs/askelephant/contact.yaml"),
        "        time_zone:\n",
        "        nickname:\n          type: string\n        time_zone:\n",
    );

    let build = Command::new(env::var_os("CARGO").expect("cargo runs the tests"))
        .args(["build", "--quiet", "--offline", "--package", "webhook-workshop", "--bin", "new_field"])
        .current_dir(&workspace)
        // Its own: cargo does not tell a workspace from its copy by the path.
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo can be run");
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    assert!(has_field(), "{} was not regenerated", types.display());
}
