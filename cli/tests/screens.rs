//! What a terminal of 80 or 120 columns shows.
//!
//! `UPDATE_GOLDENS=1 cargo test -p webhook-codegen-cli --test screens` writes `screens/` anew.

use std::path::Path;
use std::process::Command;
use webhook_goldens::Goldens;

const DIAGNOSTICS: &str = "../codegen/tests/diagnostics";

#[test]
fn what_is_shown_has_the_width_of_the_terminal() {
    let mut goldens = Goldens::new();
    for (name, arguments) in [
        ("help", "--help".to_owned()),
        ("check_help", "check --help".to_owned()),
        ("broken_document", format!("check --specs {DIAGNOSTICS}/several_files")),
        ("one_long_line", format!("check --specs {DIAGNOSTICS}/json_in_one_long_line")),
        ("warnings", format!("check --specs {DIAGNOSTICS}/warning_keywords_that_no_type_says")),
        ("list", "list --specs ../specs".to_owned()),
        ("diff", "diff tests/diff/field_required/old.yaml tests/diff/field_required/new.yaml".to_owned()),
    ] {
        for columns in [80, 120] {
            let shown = shown(&arguments, columns);
            goldens.compare(Path::new("tests/screens").join(columns.to_string()).join(format!("{name}.txt")), &shown);
        }
    }
    goldens.assert();
}

/// What the command writes to a terminal of so many columns. Paths alone may be longer: they are whole, to be copied.
fn shown(arguments: &str, columns: usize) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    let output = command.args(arguments.split(' ')).env("COLUMNS", columns.to_string()).output();
    let output = output.expect("cargo built it");
    // A slow machine shows on stderr what it is busy with.
    let stderr = if arguments.starts_with("check") { output.stderr } else { Vec::new() };
    let shown = String::from_utf8([stderr, output.stdout].concat()).expect("all of it is UTF-8");
    let is_path = |line: &str| ["= at: ", DIAGNOSTICS, ".yaml:"].iter().any(|path| line.contains(path));
    let longest = shown.lines().filter(|line| !is_path(line)).map(|line| line.chars().count()).max();
    assert!(longest <= Some(columns), "{shown}");
    shown
}
