//! `listen`, as a process on loopback, with deliveries that `send` signs.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;
use webhook_codegen_cli::capture::{self, Captured};

const COMMAND: &str = env!("CARGO_BIN_EXE_webhook-codegen");

struct Listening {
    child: Child,
    out: BufReader<ChildStdout>,
    url: String,
    folder: TempDir,
}

impl Listening {
    fn new(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(COMMAND);
        command.args(["listen", "--address", "127.0.0.1:0", "--save"]).arg(folder.path().join("saved.jsonl"));
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        command.args(arguments).arg("--specs").arg(specs).env_remove("WEBHOOK_SECRET").stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { child, out, url, folder }
    }

    /// Sends a signed example; whether the answer is what the provider expects.
    fn send(&self, secret: &str, path: &str) -> bool {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        let mut send = Command::new(COMMAND);
        send.args(["send", "--provider", "superoffice", "--event", "contact.created", "--secret", secret]);
        let sent = send.arg("--specs").arg(specs).arg(format!("{}{path}", self.url)).output().unwrap();
        sent.status.code() == Some(0)
    }

    /// What was printed until Ctrl-C, and what was saved.
    fn end(mut self) -> (String, Vec<Captured>) {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        let mut printed = String::new();
        self.out.read_to_string(&mut printed).unwrap();
        assert!(self.child.wait().unwrap().success());
        let mut saved = Vec::new();
        let file: PathBuf = self.folder.path().join("saved.jsonl");
        assert!(fs::exists(&file).unwrap());
        capture::read(&[file], &mut |captured| {
            saved.push(captured);
            Ok(())
        })
        .unwrap();
        (printed, saved)
    }
}

#[test]
fn what_is_signed_is_answered_saved_and_shown_and_nothing_else_is_saved() {
    let listening = Listening::new(&["--secret", "superoffice=k3y"]);
    assert!(listening.send("k3y", "/superoffice"));
    assert!(!listening.send("another", "/superoffice"));
    assert!(!listening.send("k3y", "/nobody"));
    let (printed, saved) = listening.end();
    assert_eq!(saved.len(), 1, "{printed}");
    assert!(saved[0].header("x-superoffice-signature").is_some() && saved[0].url == "/superoffice");
    let lines: Vec<_> = printed.lines().filter(|line| line.contains(" superoffice ")).collect();
    assert!(lines[0].contains(" superoffice contact.created ") && lines[0].contains(" verified"), "{printed}");
    assert!(lines[1].contains("superoffice refused: "), "{printed}");
    assert!(printed.contains("no provider has the path /nobody"), "{printed}");
    assert!(printed.ends_with("deliveries: 1, refused: 2\n"), "{printed}");
    assert!(!printed.contains("k3y"), "{printed}");
}

#[test]
fn what_arrives_goes_on_to_an_application() {
    let application = Listening::new(&["--secret", "superoffice=k3y"]);
    let listening = Listening::new(&["--forward", &format!("{}/superoffice", application.url)]);
    assert!(listening.send("k3y", "/superoffice"));
    // The provider is answered before the application is.
    let answered = listening.end().0;
    assert!(answered.contains("answered 200 OK"), "{answered}");
    assert_eq!(application.end().1.len(), 1);
}

#[test]
fn captured_deliveries_are_sent_again_as_they_came_or_signed_anew() {
    let first = Listening::new(&["--secret", "superoffice=k3y"]);
    assert!(first.send("k3y", "/superoffice"));
    let captures = first.folder.path().join("saved.jsonl");
    let (same, other) =
        (Listening::new(&["--secret", "superoffice=k3y"]), Listening::new(&["--secret", "superoffice=0ther"]));
    let replay = |url: &str, arguments: &[&str]| {
        let mut send = Command::new(COMMAND);
        send.args(["send", "--replay"]).arg(&captures).args(arguments).env_remove("WEBHOOK_SECRET");
        send.arg("--specs").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs"));
        send.arg(format!("{url}/superoffice")).output().unwrap().status.code()
    };
    assert_eq!(replay(&same.url, &[]), Some(0));
    assert_eq!(replay(&other.url, &[]), Some(1));
    assert_eq!(replay(&other.url, &["--provider", "superoffice", "--secret", "0ther"]), Some(0));
    let (came, again) = (first.end().1.remove(0), same.end().1.remove(0));
    assert_eq!((came.body, came.method), (again.body, again.method));
    assert_eq!(other.end().1.len(), 1);
}
