//! Requests by which a provider tests an endpoint: they are no events.

use serde_json::Value;
use webhook_codegen::source::pointer::join;
use webhook_codegen::words::{letters, words};

/// A body with more values is an event, whatever its keys are called.
const MOST_VALUES: usize = 8;
/// Words of which a handshake has one, where it says what it is.
const SAID: [&str; 5] = ["verification", "validation", "verify", "handshake", "challenge"];

/// What a handshake asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handshake {
    /// Where it says that it is one, and the text there; a challenge alone says it too.
    told_by: (String, String),
    /// Where the text to be answered is.
    challenge: String,
    reply: Reply,
}

/// How a challenge is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reply {
    Text,
    Json,
    ValidationResponse,
    EncryptedToken,
}

impl Handshake {
    /// That a body is.
    pub fn of(body: &Value) -> Option<Self> {
        let mut texts = Vec::new();
        let values = texts_in(body, String::new(), &mut texts);
        let (challenge, key) = texts.iter().filter(|_| values <= MOST_VALUES).find_map(|(pointer, _)| {
            let key = letters(pointer.rsplit('/').next()?);
            let is_challenge = ["challenge", "validationcode", "validationtoken", "plaintoken"].contains(&key.as_str());
            is_challenge.then(|| (pointer.clone(), key))
        })?;
        let says_it = |text: &str| words(text).iter().any(|word| SAID.iter().any(|said| word.contains(said)));
        let told_by = texts.into_iter().find(|(pointer, text)| *pointer != challenge && says_it(text));
        let reply = match (key.as_str(), &told_by) {
            ("plaintoken", _) => Reply::EncryptedToken,
            ("challenge", None) => Reply::Json,
            ("challenge", Some(_)) => Reply::Text,
            _ => Reply::ValidationResponse,
        };
        // A key that others use for something else tells nothing.
        let told_by = told_by.or_else(|| (values <= 2).then(|| (challenge.clone(), "*".to_owned())))?;
        Some(Self { told_by, challenge, reply })
    }

    /// An item of `handshakes` in provider.yaml.
    pub fn yaml(&self) -> String {
        let Self { told_by: (pointer, text), challenge, reply } = self;
        let challenge = format!("{{$request.body#{challenge}}}");
        let reply = match reply {
            Reply::Text => format!("{{type: text/plain, body: \"{challenge}\"}}"),
            Reply::Json => format!("{{json: {{challenge: \"{challenge}\"}}}}"),
            Reply::ValidationResponse => format!("{{json: {{validationResponse: \"{challenge}\"}}}}"),
            Reply::EncryptedToken => format!(
                "{{json: {{plainToken: \"{challenge}\", encryptedToken: \"{{hmac-sha256.hex({})}}\"}}}}",
                challenge.trim_matches(['{', '}'])
            ),
        };
        format!("  - when: {{$request.body#{pointer}: \"{text}\"}}\n    reply: {reply}")
    }
}

/// Collects the texts in a value with their pointers; gives how many values there are.
fn texts_in(value: &Value, pointer: String, texts: &mut Vec<(String, String)>) -> usize {
    match value {
        Value::Object(members) => members.iter().map(|(key, value)| texts_in(value, join(&pointer, key), texts)).sum(),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.map(|(index, item)| texts_in(item, join(&pointer, &index.to_string()), texts)).sum()
        }
        Value::String(text) => {
            texts.push((pointer, text.clone()));
            1
        }
        _ => 1,
    }
}
