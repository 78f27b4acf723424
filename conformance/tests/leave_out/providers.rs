//! The bodies of the corpus and of this repository, by provider.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Who sends bodies.
pub struct Provider {
    /// The folder that it is in; a sender of several documents is several providers.
    pub sender: String,
    pub name: String,
    pub bodies: Vec<Body>,
    /// The provider's own document, if it publishes one.
    pub document: Option<PathBuf>,
    /// Where its deliveries say their event type.
    pub location: String,
}

/// A body that was sent.
pub struct Body {
    /// The webhook, in the provider's own document or by the name of the file.
    pub webhook: String,
    pub headers: Vec<(String, String)>,
    pub payload: Value,
}

/// All of them.
pub fn all(corpus: &Path) -> Vec<Provider> {
    [github(corpus), adyen(corpus), examples()].into_iter().flatten().collect()
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("it is a text").to_owned()
}

fn github(corpus: &Path) -> Vec<Provider> {
    let folder = corpus.join("github");
    let rows = ["payloads.jsonl", "misfits.jsonl"].into_iter().flat_map(|file| lines(&folder.join(file)));
    let body = |row: Value| Body {
        webhook: text(&row["webhook"]),
        headers: vec![("x-github-event".to_owned(), text(&row["x-github-event"]))],
        payload: row["payload"].clone(),
    };
    vec![Provider {
        sender: "github".to_owned(),
        name: "github".to_owned(),
        bodies: rows.map(body).collect(),
        document: Some(folder.join("api.github.com.json")),
        location: "[$request.header.x-github-event, $request.body#/action]".to_owned(),
    }]
}

/// A provider for each document. Of one that has a single body nothing can be held back.
fn adyen(corpus: &Path) -> Vec<Provider> {
    let folder = corpus.join("adyen");
    let mut providers: Vec<Provider> = Vec::new();
    for row in lines(&folder.join("payloads.jsonl")) {
        let spec = text(&row["spec"]);
        let body = Body { webhook: text(&row["webhook"]), headers: Vec::new(), payload: row["payload"].clone() };
        match providers.iter_mut().find(|provider| provider.name == spec) {
            Some(provider) => provider.bodies.push(body),
            None => providers.push(Provider {
                sender: "adyen".to_owned(),
                document: Some(folder.join(&spec)),
                location: adyen_location(&spec).to_owned(),
                name: spec,
                bodies: vec![body],
            }),
        }
    }
    providers.retain(|provider| provider.bodies.len() > 1);
    providers
}

fn adyen_location(document: &str) -> &'static str {
    match document {
        name if name.starts_with("MarketPay") => "$request.body#/eventType",
        name if name.starts_with("Webhooks") => "$request.body#/notificationItems/NotificationRequestItem/eventCode",
        _ => "$request.body#/type",
    }
}

/// The examples that the documentation of this repository's providers prints, but for those that are no whole events.
fn examples() -> Vec<Provider> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/examples");
    let locations = [
        ("askelephant", "$request.body#/type"),
        ("iclosed", "$request.body#/hookType"),
        ("superoffice", "$request.body#/Event"),
        ("wix", "$request.body#/data/eventType"),
    ];
    let provider = |(name, location): (&str, &str)| Provider {
        sender: name.to_owned(),
        name: name.to_owned(),
        bodies: bodies(&folder.join(name)),
        document: None,
        location: location.to_owned(),
    };
    locations.into_iter().map(provider).collect()
}

fn bodies(folder: &Path) -> Vec<Body> {
    let entries = fs::read_dir(folder).expect("the repository has examples");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.sort();
    let name = |file: &Path| file.file_name().expect("it is a file").to_string_lossy().into_owned();
    files.retain(|file| {
        let name = name(file);
        name.ends_with(".json") && !name.contains("as-printed") && !name.contains(".resource.")
    });
    let body = |file: &PathBuf| Body {
        webhook: name(file).rsplit('.').skip(2).last().map_or_else(|| name(file), str::to_owned),
        headers: Vec::new(),
        payload: serde_json::from_slice(&fs::read(file).expect("it can be read")).expect("it is JSON"),
    };
    files.iter().map(body).collect()
}
