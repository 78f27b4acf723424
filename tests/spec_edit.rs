//! The promise of the README: edit a spec, run one `cargo build`, and the new field is there.

#[path = "support/tree.rs"]
mod tree;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

const EXAMPLE: &str = r#"//! Does not compile without the new field.
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
    files.insert("examples/new_field.rs".into(), EXAMPLE.into());
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

    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it stands in the target folder");
    let build = Command::new(env::var_os("CARGO").expect("cargo runs the tests"))
        .args(["build", "--quiet", "--offline", "--example", "new_field"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo can be run");
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    assert!(has_field(), "{} was not regenerated", types.display());
}
