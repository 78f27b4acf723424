//! What a terminal of 80 columns shows.
//!
//! `UPDATE_GOLDENS=1 cargo test -p webhook-codegen-cli --test screens` writes `screens/` anew.

use std::path::Path;
use std::process::Command;
use webhook_goldens::Goldens;

#[test]
fn eighty_columns_are_enough() {
    let diagnostics = "../codegen/tests/diagnostics";
    let mut goldens = Goldens::new();
    for (name, arguments) in [
        ("help", "--help".to_owned()),
        ("check_help", "check --help".to_owned()),
        ("broken_document", format!("check --specs {diagnostics}/several_files")),
        ("one_long_line", format!("check --specs {diagnostics}/json_in_one_long_line")),
        ("warnings", format!("check --specs {diagnostics}/warning_keywords_that_no_type_says")),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
        let output = command.args(arguments.split(' ')).env("COLUMNS", "80").output().expect("cargo built it");
        let shown = [output.stderr, output.stdout].concat();
        let shown = String::from_utf8(shown).expect("all of it is UTF-8");
        let is_free = |line: &str| line.contains("= at: ") || line.contains(diagnostics);
        let longest = shown.lines().filter(|line| !is_free(line)).map(|line| line.chars().count()).max();
        assert!(longest <= Some(80), "{shown}");
        goldens.compare(Path::new("tests/screens").join(format!("{name}.txt")), &shown);
    }
    goldens.assert();
}
