//! `list`, `verify`, `completions` and `man`, as processes. `UPDATE_GOLDENS=1` writes what they print anew.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::{Command, Output};
use webhook_goldens::Goldens;

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    command.args(arguments).current_dir("tests/look_up").env("COLUMNS", "80").output().unwrap()
}

/// All that is printed, and the exit status.
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    let text = [output.stdout, output.stderr].concat();
    let status = output.status.code().unwrap();
    format!("$ webhook-codegen {}\n{}# {status}\n", arguments.join(" "), String::from_utf8(text).unwrap())
}

#[test]
fn events_are_listed_and_bodies_verified() {
    let mut goldens = Goldens::new();
    goldens.compare("tests/look_up/list.txt", &printed(&["list"]));
    let bodies = ["valid.json", "invalid.json", "drifting.json", "another.json", "headers.txt", "two.jsonl"];
    let verified: Vec<_> = bodies.iter().map(|body| printed(&["verify", body])).collect();
    let named = printed(&["verify", "another.json", "--event", "order.lost"]);
    goldens.compare("tests/look_up/verify.txt", &[verified.concat(), named].concat());
    goldens.assert();
}

/// `list` at 80 columns is no wider, unless names are.
#[test]
fn a_list_is_as_wide_as_the_terminal() {
    for specs in ["specs", "../../../specs"] {
        let listed = printed(&["list", "--specs", specs]);
        let longest = listed.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(80), "{listed}");
    }
}

#[test]
fn shells_and_man_know_every_task() {
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    let tasks = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // What a task is for goes on below it, further to the right.
    let tasks = tasks.filter(|line| !line.starts_with("   "));
    let tasks: Vec<_> =
        tasks.filter_map(|line| line.split_whitespace().next()).filter(|task| *task != "help").collect();
    assert!(tasks.contains(&"listen") && tasks.len() > 10, "{tasks:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = String::from_utf8(run(&["completions", shell]).stdout).unwrap();
        tasks.iter().for_each(|task| assert!(script.contains(task), "{shell} does not know {task}"));
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    assert!(run(&["man", "--out", pages.to_str().unwrap()]).status.success());
    for task in tasks {
        let page = fs::read_to_string(pages.join(format!("webhook-codegen-{task}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
}

/// A word for the event, the default for the folder: the same in every task.
#[test]
fn options_are_the_same_everywhere() {
    for task in ["generate", "check", "features", "catalog", "list", "verify", "drift", "listen", "send"] {
        let help = String::from_utf8(run(&[task, "--help"]).stdout).unwrap();
        assert!(help.contains("[default: specs"), "{task} has no default for --specs:\n{help}");
    }
    for option in ["--event", "--event-type"] {
        assert!(run(&["verify", "another.json", option, "order.lost"]).status.code().is_some_and(|status| status < 2));
        let send = ["send", "--provider", "shop", option, "order.paid", "--dry-run", "http://localhost/"];
        assert!(run(&send).status.success(), "{option}");
    }
}
