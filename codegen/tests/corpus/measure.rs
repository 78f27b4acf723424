//! What GitHub's document costs: a row of the README each. Not a test, for the numbers are those of a machine:
//! `cargo test -p webhook-codegen --test corpus -- --ignored --nocapture`

use crate::documents::Corpus;
use crate::package::{Package, output};
use crate::scratch::lay_out;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{env, fs};
use webhook_codegen::Config;

/// Where it is not said otherwise, the best of so many runs.
const RUNS: usize = 5;

#[test]
#[ignore = "measures; see the module's documentation"]
fn githubs_document() {
    let Some(corpus) = Corpus::find() else { return };
    let document = BTreeMap::from([("github".to_owned(), corpus.documents["github"].clone())]);
    let package = Package::named("measure");
    let specs = lay_out(&document, &package.0);
    println!("| generate, release build of the command | {} |", best(|| generate(&specs, &package.0)));
    for events in ["*", "issues-*", "pull-request-*"] {
        let package = Package::named(&format!("measure-{}", events.trim_end_matches("*").trim_end_matches('-')));
        let generated = Config::new(&specs).features().event(events).generate();
        let generated = generated.unwrap_or_else(|failure| panic!("{failure}"));
        package.write(&generated, &["github"]);
        package.cargo(&["check", "--quiet"], &[]);
        let lines: usize = generated.files.iter().map(|(_, text)| text.lines().count()).sum();
        println!("| `cargo check`, events `{events}`, {lines} lines | {} |", best(|| check(&package)));
    }
}

/// What one run took.
struct Cost {
    elapsed: f64,
    cpu: f64,
    megabytes: u64,
}

fn best(run: impl Fn() -> Cost) -> String {
    let runs = (0..RUNS).map(|_| run());
    let Cost { elapsed, cpu, megabytes } = runs.min_by(|a, b| a.cpu.total_cmp(&b.cpu)).expect("there are some");
    format!("{elapsed:.2} s | {cpu:.2} s | {megabytes} MB")
}

fn generate(specs: &Path, folder: &Path) -> Cost {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is below the target folder");
    let mut build = Command::new(env::var_os("CARGO").expect("cargo runs the tests"));
    output(build.args(["build", "--quiet", "--release", "-p", "webhook-codegen-cli"]).env("CARGO_TARGET_DIR", target));
    let command = target.join("release/webhook-codegen");
    let out = folder.join("generated");
    fs::remove_dir_all(&out)
        .or_else(|error| if out.exists() { Err(error) } else { Ok(()) })
        .expect("a folder of this test");
    timed(|time| time.arg(command).arg("generate").arg("--specs").arg(specs).arg("--out").arg(out))
}

/// Of the crate alone: what it depends on is there already.
fn check(package: &Package) -> Cost {
    let lib = fs::OpenOptions::new().append(true).open(package.0.join("src/lib.rs")).expect("it was generated");
    lib.set_modified(std::time::SystemTime::now()).expect("a file of this test");
    let cargo = env::var_os("CARGO").expect("cargo runs the tests");
    timed(|time| package.with_all_features(time.arg(cargo), &["check", "--quiet"]))
}

/// Runs what is given to GNU time: processor time of all processes, memory of the one that took most.
fn timed(arguments: impl FnOnce(&mut Command) -> &mut Command) -> Cost {
    let mut time = Command::new("/usr/bin/time");
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("time.txt");
    time.args(["--format", "%e %U %S %M", "--output"]).arg(&report);
    output(arguments(&mut time));
    let report = fs::read_to_string(report).expect("time has written it");
    let numbers: Vec<f64> = report.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    let [elapsed, user, system, kilobytes] = numbers[..] else { panic!("{report}") };
    Cost { elapsed, cpu: user + system, megabytes: (kilobytes / 1024.0) as u64 }
}
