//! What becomes of each body; see README.md.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};
use webhook_bodies_tests::RULES;

#[test]
fn every_body_becomes_what_its_rule_says() {
    let mut failures = String::new();
    for (rule, read) in RULES {
        let bodies = files(&Path::new("bodies").join(rule));
        assert!(!bodies.is_empty(), "bodies/{rule} is empty");
        let outcomes = bodies.iter().map(|path| {
            let body = fs::read(path).expect("a body can be read");
            format!("## {}\n{}\n", path.file_name().expect("a name").to_string_lossy(), read(&body))
        });
        let outcomes: String = outcomes.collect();
        let golden = Path::new("outcomes").join(format!("{rule}.txt"));
        if env::var_os("UPDATE_GOLDENS").is_some() {
            fs::write(&golden, &outcomes).expect("outcomes can be written");
        }
        match fs::read_to_string(&golden) {
            Ok(expected) if expected == outcomes => {}
            Ok(expected) => _ = write!(failures, "{}", difference(rule, &expected, &outcomes)),
            Err(error) => _ = writeln!(failures, "{}: {error}", golden.display()),
        }
    }
    assert!(failures.is_empty(), "{failures}set UPDATE_GOLDENS=1 to take these outcomes");
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

/// The lines from the first that differs.
fn difference(rule: &str, expected: &str, found: &str) -> String {
    let first = expected.lines().zip(found.lines()).take_while(|(left, right)| left == right).count();
    let shown =
        |text: &str, sign| text.lines().skip(first).take(12).map(|line| format!("{sign} {line}\n")).collect::<String>();
    format!("{rule}, from line {}:\n{}{}", first + 1, shown(expected, '-'), shown(found, '+'))
}
