//! Runs the commands of docs/without-a-document.md and compares what they print; compiles its Rust.
//!
//! `UPDATE_GOLDENS=1` writes the page anew.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

const PAGE: &str = "../docs/without-a-document.md";
/// The address in the page.
const ADDRESS: &str = "127.0.0.1:8080";

/// `listen`, while the commands of the next block run.
struct Listening {
    child: Child,
    out: BufReader<ChildStdout>,
    printed: String,
    address: String,
}

impl Listening {
    fn start(command: &str, folder: &Path) -> Self {
        let mut child = shell(&format!("exec {command} --address 127.0.0.1:0"), folder).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut printed = String::new();
        out.read_line(&mut printed).unwrap();
        let address = printed.trim().rsplit('/').next().unwrap().to_owned();
        Self { child, out, printed, address }
    }

    fn end(mut self) -> String {
        assert!(Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap().success());
        self.out.read_to_string(&mut self.printed).unwrap();
        self.child.wait().unwrap();
        // The terminal shows the key that ends it.
        self.printed.replace(&self.address, ADDRESS).replace("\n\n", "\n^C\n")
    }
}

fn shell(script: &str, folder: &Path) -> Command {
    let binary = Path::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    let path = format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    command.args(["-c", script]).current_dir(folder).env("PATH", path).env("COLUMNS", "120");
    command.env_remove("WEBHOOK_SECRET").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a command prints, less what differs from run to run.
fn printed(command: &str, folder: &Path) -> String {
    let output = shell(command, folder).output().unwrap();
    let steps = |line: &&str| !line.ends_with(" …");
    let text = [output.stdout, output.stderr].concat();
    String::from_utf8(text).unwrap().lines().filter(steps).map(|line| line.to_owned() + "\n").collect()
}

/// The same day and time in each line, and the same time that an answer took.
fn normalized(text: &str) -> String {
    let line = |line: &str| {
        let words: Vec<_> = line.split(' ').collect();
        let is_now = words[0].len() == 24 && words[0].ends_with('Z');
        let words = words.iter().enumerate().map(|(index, word)| match () {
            () if index == 0 && is_now => "2026-03-02T09:00:00.000Z",
            () if index > 0 && words[index - 1] == "after" => "2",
            () => word,
        });
        words.collect::<Vec<_>>().join(" ") + "\n"
    };
    text.lines().map(line).collect()
}

/// The page with what its commands print now.
fn run(page: &str, folder: &Path) -> String {
    let mut lines = page.lines().peekable();
    let mut text = String::new();
    let mut listening: Option<(usize, Listening)> = None;
    while let Some(line) = lines.next() {
        text += &format!("{line}\n");
        if line != "```console" {
            continue;
        }
        let address = listening.as_ref().map_or(ADDRESS, |(_, listening)| &listening.address).to_owned();
        while let Some(line) = lines.next_if(|line| *line != "```") {
            let Some(first) = line.strip_prefix("$ ") else { continue };
            let mut command = first.to_owned();
            if command.ends_with("<<'END'") {
                let end = |command: &str| command.ends_with("\nEND");
                while !end(&command) {
                    command += &format!("\n{}", lines.next().unwrap());
                }
            }
            text += &format!("$ {command}\n");
            if command.contains(" listen ") {
                listening = Some((text.len(), Listening::start(&command, folder)));
            } else {
                text += &normalized(&printed(&command.replace(ADDRESS, &address), folder));
            }
        }
        // It ends with the block after its own.
        if let Some((at, ended)) = listening.take_if(|(at, _)| *at < text.len()) {
            text.insert_str(at, &normalized(&ended.end()));
        }
    }
    text
}

/// The first block of a language.
fn block<'p>(page: &'p str, language: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

/// Compiles what was generated with the manifest and the receiver of the page.
fn compile(page: &str, folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
    let runtime = format!("webhook-runtime = {{ path = {:?} }}", root.join("runtime"));
    let manifest = block(page, "toml").replace("webhook-runtime = \"0.1\"", &runtime);
    fs::write(folder.join("Cargo.toml"), format!("{manifest}\n[workspace]\n")).unwrap();
    // The versions that are here already: there may be no way to ask for others.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    fs::create_dir_all(folder.join("examples")).unwrap();
    fs::write(folder.join("examples/receive.rs"), block(page, "rust,ignore")).unwrap();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap());
    cargo.args(["check", "--offline", "--examples"]).current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("walkthrough"));
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_commands_of_the_page_print_what_it_shows_and_its_receiver_compiles() {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(PAGE).unwrap();
    let now = run(&page, folder.path());
    webhook_goldens::compare(PAGE, &now);
    compile(&now, folder.path());
}
