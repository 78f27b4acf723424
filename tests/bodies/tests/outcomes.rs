//! What becomes of each body; see README.md.

use std::fs;
use std::path::{Path, PathBuf};
use webhook_bodies_tests::RULES;
use webhook_goldens::Goldens;

#[test]
fn every_body_becomes_what_its_rule_says() {
    let mut goldens = Goldens::new();
    for (rule, read) in RULES {
        let bodies = files(&Path::new("bodies").join(rule));
        assert!(!bodies.is_empty(), "bodies/{rule} is empty");
        let outcomes = bodies.iter().map(|path| {
            let body = fs::read(path).expect("a body can be read");
            format!("## {}\n{}\n", path.file_name().expect("a name").to_string_lossy(), read(&body))
        });
        let outcomes: String = outcomes.collect();
        goldens.compare(Path::new("outcomes").join(format!("{rule}.txt")), &outcomes);
    }
    goldens.assert();
    // An outcome of a rule that is gone would say nothing to anyone.
    let rules: Vec<_> = RULES.iter().map(|(rule, _)| format!("{rule}.txt")).collect();
    let names = files(Path::new("outcomes")).into_iter().map(|path| path.file_name().expect("a name").to_os_string());
    let names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    assert_eq!(names, rules);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}
