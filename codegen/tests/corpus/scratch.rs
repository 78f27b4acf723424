//! What the whole corpus becomes: a crate, with a program that receives its payloads.

use crate::documents::Corpus;
use crate::package::{Package, output, write};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use webhook_codegen::{Config, Generated};
use webhook_codegen_cli::delivery::Sender;

pub struct Scratch {
    pub package: Package,
    pub generated: Generated,
}

impl Scratch {
    /// Generates a crate with a module for each document.
    pub fn new(corpus: &Corpus) -> Self {
        let package = Package::named("corpus");
        let generated = generate(&lay_out(&corpus.documents, &package.0));
        let providers: Vec<_> = corpus.documents.keys().map(String::as_str).collect();
        package.write(&generated, &providers);
        let program = package.0.join("examples/receive");
        write(&program.join("main.rs"), include_str!("receive.rs"));
        write(&program.join("providers.rs"), &format!("providers! {{ {} }}\n", providers.join(" ")));
        Self { package, generated }
    }

    /// What the generator makes of the same documents another time.
    pub fn generate_again(&self) -> Generated {
        generate(&self.package.0.join("specs"))
    }

    /// How many variants each module's `Event` has, without the one for unknown events.
    pub fn variants(&self) -> BTreeMap<String, usize> {
        serde_json::from_str(&self.run(&[])).expect("the program writes JSON")
    }

    /// What the crate's own program says came of each delivery.
    pub fn receive<'d>(&self, name: &str, deliveries: &'d [Value]) -> Vec<(&'d Value, Value)> {
        let input = self.package.0.join(name);
        write(&input, &deliveries.iter().map(|delivery| format!("{delivery}\n")).collect::<String>());
        let output = self.run(&[input.as_os_str()]);
        let arrivals = output.lines().map(|line| serde_json::from_str(line).expect("the program writes JSON"));
        let arrivals: Vec<_> = deliveries.iter().zip(arrivals).collect();
        assert!(!arrivals.is_empty() && arrivals.len() == deliveries.len(), "{name}: {} lines", arrivals.len());
        arrivals
    }

    /// An example delivery of every event of every document.
    pub fn examples(&self) -> Vec<Value> {
        let config = Config::new(self.package.0.join("specs"));
        let senders = webhook_codegen_cli::delivery::senders(&config).unwrap_or_else(|failure| panic!("{failure}"));
        let examples = senders.iter().flat_map(|sender| sender.event_types().map(move |event| example(sender, event)));
        examples.collect()
    }

    fn run(&self, arguments: &[&OsStr]) -> String {
        self.package.cargo(&["build", "--quiet", "--example", "receive"], &[]);
        output(Command::new(self.package.0.join("target/debug/examples/receive")).args(arguments))
    }
}

/// Makes `specs` in a folder: for each document a folder, with what the repository knows of its sender.
pub fn lay_out(documents: &BTreeMap<String, PathBuf>, folder: &Path) -> PathBuf {
    let specs = folder.join("specs");
    if specs.exists() {
        fs::remove_dir_all(&specs).expect("a folder of this test");
    }
    for (provider, document) in documents {
        let name = document.file_name().expect("it is a file");
        // Not `copy`: a corpus that nobody may write would be copied into one.
        write(&specs.join(provider).join(name), &fs::read_to_string(document).expect("a document is text"));
        let known = Path::new("tests/corpus/specs").join(provider).join("provider.yaml");
        if let Ok(text) = fs::read_to_string(known) {
            write(&specs.join(provider).join("provider.yaml"), &text);
        }
    }
    specs
}

fn generate(specs: &Path) -> Generated {
    webhook_codegen::Config::new(specs).features().generate().unwrap_or_else(|failure| panic!("{failure}"))
}

fn example(sender: &Sender, event: &str) -> Value {
    let delivery = sender.delivery(event, None).unwrap_or_else(|failure| panic!("{failure}"));
    let payload: Value = serde_json::from_slice(&delivery.body).expect("all of them are JSON");
    let mut example = json!({"provider": sender.name(), "webhook": event, "payload": payload, "source": format!("{:?}", delivery.source), "is_identified": delivery.is_identified});
    let header = delivery.headers.iter().find(|(name, _)| name == "x-github-event");
    example["x-github-event"] = header.map(|(_, value)| value.as_str()).into();
    example
}
