//! What an operator sees.

use crate::inbox::{Inbox, TAG, TOKEN, ignoring};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use inbox_example::config::ConfigError;
use inbox_example::{Config, Role};

#[tokio::test]
async fn figures_are_behind_the_token_and_health_is_not() {
    let inbox = Inbox::start(Role::Receive, ignoring(), |_| {}).await;
    inbox.deliver("msg_1", TAG).await;
    inbox.deliver("msg_1", TAG).await;
    assert_eq!(inbox.get("/healthz", "").await.0, 200);
    let basic = |password: &str| format!("authorization: Basic {}\r\n", STANDARD.encode(format!("me:{password}")));
    let bearer = |token: &str| format!("authorization: Bearer {token}\r\n");
    for headers in [String::new(), basic("another"), bearer("another"), bearer(""), "authorization: x\r\n".to_owned()] {
        assert_eq!(inbox.get("/metrics", &headers).await.0, 401, "{headers}");
    }
    assert_eq!(inbox.get("/metrics", &basic(TOKEN)).await.0, 200);
    let (status, text) = inbox.get("/metrics", &bearer(TOKEN)).await;
    assert_eq!(status, 200);
    for line in [
        "inbox_requests_total{outcome=\"kept\",provider=\"askelephant\"} 1",
        "inbox_requests_total{outcome=\"repeated\",provider=\"askelephant\"} 1",
        "inbox_answer_seconds_count{provider=\"askelephant\"} 2",
        "inbox_deliveries{state=\"waiting\"} 1",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    inbox.stop().await;
}

#[tokio::test]
async fn without_a_token_there_are_no_figures() {
    let inbox = Inbox::start(Role::Receive, ignoring(), |config| config.token = None).await;
    assert_eq!(inbox.get("/metrics", "authorization: Bearer \r\n").await.0, 404);
    inbox.stop().await;
}

#[test]
fn the_documented_configuration_says_the_defaults() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/inbox.toml");
    let read = Config::read(path.as_ref()).unwrap();
    let defaults = Config { providers: read.providers.clone(), ..Config::default() };
    assert_eq!(read, defaults);
}

#[test]
fn a_wrong_configuration_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.toml");
    for (text, part) in [
        ("lisen = \"x\"", "lisen"),
        ("[limits]\nhead_within = 5", "head_within"),
        ("[worker]\nconcurrency = 0", "at least 1"),
        ("[providers.acme]\nsecrets = [\"whsec_x\"]", "secrets"),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = Config::read(&path).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
    std::fs::write(&path, "[providers.acme]\nsecrets = [{ env = \"INBOX_NO_SUCH\" }]").unwrap();
    let config = Config::read(&path).unwrap();
    assert!(matches!(config.setup("acme"), Err(ConfigError::NoVariable(name)) if name == "INBOX_NO_SUCH"));
}

#[tokio::test]
async fn the_token_is_rotated_without_a_restart() {
    let inbox = Inbox::start(Role::Receive, ignoring(), |_| {}).await;
    let with = async |token: &str| inbox.get("/", &format!("authorization: Bearer {token}\r\n")).await.0;
    assert_eq!(with(TOKEN).await, 200);
    std::fs::write(inbox.file("token"), "another").unwrap();
    assert_eq!((with(TOKEN).await, with("another").await), (401, 200));
    std::fs::write(inbox.file("token"), "\n").unwrap();
    assert_eq!((with("another").await, with("").await), (401, 401), "an empty token opens nothing");
    inbox.stop().await;
}

#[test]
fn the_password_of_a_url_is_not_shown_and_may_stand_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (path, url) = (folder.path().join("inbox.toml"), folder.path().join("url"));
    std::fs::write(&url, "postgres://inbox:passw0rd@host/inbox\n").unwrap();
    for store in ["\"postgres://inbox:passw0rd@host/inbox\"".to_owned(), format!("{{ file = {url:?} }}")] {
        std::fs::write(&path, format!("store = {store}")).unwrap();
        let config = Config::read(&path).unwrap();
        assert_eq!(config.store.read().unwrap(), "postgres://inbox:passw0rd@host/inbox");
        assert!(!format!("{config:?}").contains("passw0rd"), "{config:?}");
    }
}
