//! The command as a process that listens, and one that sends.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;
use webhook_codegen_cli::capture::{self, Captured};

pub const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

pub struct Listening {
    child: Child,
    out: BufReader<ChildStdout>,
    pub url: String,
    folder: TempDir,
}

/// The command, in a folder that holds nothing.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    command.args(arguments).env_remove("WEBHOOK_SECRET");
    command
}

/// The exit status of `send`.
pub fn send(arguments: &[&str], url: &str) -> Option<i32> {
    command(&["send", "--specs", SPECS]).args(arguments).arg(url).output().unwrap().status.code()
}

/// The deliveries of a file.
pub fn read(file: &Path) -> Vec<Captured> {
    assert!(fs::exists(file).unwrap());
    let mut saved = Vec::new();
    capture::read(&[file.to_owned()], &mut |captured| {
        saved.push(captured);
        Ok(())
    })
    .unwrap();
    saved
}

impl Listening {
    /// With the documents of this repository.
    pub fn new(arguments: &[&str]) -> Self {
        Self::bare(&[&["--specs", SPECS], arguments].concat())
    }

    pub fn bare(arguments: &[&str]) -> Self {
        Self::started(&[&["--save", "saved.jsonl"], arguments].concat())
    }

    pub fn started(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = command(&["listen", "--address", "127.0.0.1:0"]);
        command.args(arguments).current_dir(&folder).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { child, out, url, folder }
    }

    pub fn saved(&self) -> PathBuf {
        self.folder.path().join("saved.jsonl")
    }

    /// Sends a signed example; whether the answer is what the provider expects.
    pub fn send(&self, secret: &str, path: &str) -> bool {
        let event = ["--provider", "superoffice", "--event", "contact.created", "--secret", secret];
        send(&event, &format!("{}{path}", self.url)) == Some(0)
    }

    /// What was printed until Ctrl-C.
    pub fn printed(&mut self) -> String {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        let mut printed = String::new();
        self.out.read_to_string(&mut printed).unwrap();
        assert!(self.child.wait().unwrap().success());
        printed
    }

    /// The same, and what was saved.
    pub fn end(&mut self) -> (String, Vec<Captured>) {
        (self.printed(), read(&self.saved()))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // After a test that failed.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
