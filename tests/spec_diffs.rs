//! A small change of a spec is a small change of the generated code, and reads like it.

#[path = "support/tree.rs"]
mod tree;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use webhook_codegen::Config;

/// The lines that a change of one file adds and removes in the generated files, as a diff shows
/// them.
fn diff(file: &str, old: &str, new: &str) -> Vec<String> {
    let copy = tempfile::tempdir().expect("a temporary folder");
    let (specs, provider) = (copy.path(), file.split('/').next().expect("a folder per provider"));
    tree::write(&tree::read(&Path::new("specs").join(provider)), &specs.join(provider));
    let before = files(specs);
    tree::edit(&specs.join(file), old, new);
    let after = files(specs);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    before.iter().flat_map(|(path, text)| lines(&path.display().to_string(), text, &after[path])).collect()
}

fn files(specs: &Path) -> BTreeMap<PathBuf, String> {
    let generated = Config::new(specs).features().generate().unwrap_or_else(|failure| panic!("{failure}"));
    generated.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn lines(path: &str, old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let same_end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[start..old.len() - same_end], &new[start..new.len() - same_end]);
    // The length of the longest common subsequence of what follows each pair of lines.
    let mut common = vec![vec![0; new.len() + 1]; old.len() + 1];
    for (i, j) in (0..old.len()).rev().flat_map(|i| (0..new.len()).rev().map(move |j| (i, j))) {
        let skip = common[i + 1][j].max(common[i][j + 1]);
        common[i][j] = if old[i] == new[j] { common[i + 1][j + 1] + 1 } else { skip };
    }
    let (mut i, mut j, mut changed) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            changed.push(format!("{path} - {}", old[i].trim()));
            i += 1;
        } else {
            changed.push(format!("{path} + {}", new[j].trim()));
            j += 1;
        }
    }
    changed
}

const TIME_ZONE: &str = "        time_zone:\n";

#[test]
fn an_optional_field_adds_its_own_lines_and_no_others() {
    let field = "        nickname:\n          type: string\n          description: What friends say.\n";
    assert_eq!(
        diff("askelephant/contact.yaml", TIME_ZONE, &format!("{field}{TIME_ZONE}")),
        [
            "askelephant/contact/impls.rs + nickname: None,",
            "askelephant/contact/impls.rs + let mut nickname = None;",
            "askelephant/contact/impls.rs + \"nickname\" => members.optional(&mut nickname),",
            "askelephant/contact/impls.rs + nickname: de::or_null(nickname, \"nickname\", &mut extra),",
            "askelephant/contact/impls.rs + members.optional(\"nickname\", &self.nickname);",
            "askelephant/contact/impls.rs + Optional(\"nickname\", &Schema::String),",
            "askelephant/contact/mod.rs + /// What friends say.",
            "askelephant/contact/mod.rs + pub nickname: Option<String>,",
        ]
    );
}

#[test]
fn an_optional_field_of_any_type_takes_at_most_twenty_lines() {
    let long = "emergency_contact_phone_number";
    for (file, before, indent, name, schema) in [
        (
            "askelephant/contact.yaml",
            TIME_ZONE,
            8,
            long,
            "{type: number, description: In the currency of the account.}",
        ),
        ("askelephant/contact.yaml", TIME_ZONE, 8, "reports_to", "{$ref: '#/components/schemas/resource_ref'}"),
        ("askelephant/contact.yaml", TIME_ZONE, 8, "type", "{type: [string, 'null'], format: date-time}"),
        ("askelephant/contact.yaml", TIME_ZONE, 8, "1_question", "{type: array, items: {type: string}}"),
        ("iclosed/contacts.yaml", "        joinedTime:\n", 8, long, "{$ref: 'common.yaml#/NumberOrText'}"),
        (
            "superoffice/events.yaml",
            "        PrimaryKey:\n          type",
            8,
            "TransactionId",
            "{type: [integer, 'null']}",
        ),
        (
            "wix/contacts.yaml",
            "        entityFqdn:\n          type",
            8,
            "entityVersion",
            "{type: string, maxLength: 40}",
        ),
    ] {
        let indent = " ".repeat(indent);
        let changes = diff(file, before, &format!("{indent}{name}: {schema}\n{before}"));
        let removed: Vec<_> = changes.iter().filter(|line| line.contains(" - ")).collect();
        assert!(removed.iter().all(|line| line.contains(" - use webhook_runtime::{")), "{removed:#?}");
        assert!((5..=20).contains(&changes.len()), "{} lines for {name}: {changes:#?}", changes.len());
    }
}

#[test]
fn a_changed_description_changes_documentation_only() {
    let changes = diff(
        "askelephant/contact.yaml",
        "description: IANA time zone identifier for the contact.",
        "description: Where the contact's clock is.",
    );
    assert_eq!(
        changes,
        [
            "askelephant/contact/mod.rs - /// IANA time zone identifier for the contact.",
            "askelephant/contact/mod.rs + /// Where the contact's clock is.",
        ]
    );
}
