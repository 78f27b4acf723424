//! Findings for tools that show them beside the line: SARIF 2.1.0 (OASIS), and the workflow commands of GitHub Actions.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a path in a URI holds as it is (RFC 3986, section 3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A finding; of diagnostics, what their JSON has.
#[derive(Debug, Deserialize)]
pub(crate) struct Annotation {
    pub severity: Severity,
    /// What it is about, as tools group it.
    pub kind: Option<String>,
    pub message: String,
    pub help: Option<String>,
    pub file: String,
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub end_column: Option<usize>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    Error,
    Warning,
    Note,
}

impl Annotation {
    fn rule(&self) -> &str {
        self.kind.as_deref().unwrap_or("invalid-document")
    }

    fn text(&self) -> String {
        self.help.as_ref().map_or(self.message.clone(), |help| format!("{}; {help}", self.message))
    }

    /// A result of SARIF (section 3.27).
    fn result(&self) -> Value {
        let level = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let mut location = json!({"artifactLocation": {"uri": uri(&self.file)}});
        if let Some(line) = self.line {
            let mut region = json!({"startLine": line});
            for (key, column) in [("startColumn", self.column), ("endColumn", self.end_column)] {
                column.into_iter().for_each(|column| region[key] = column.into());
            }
            location["region"] = region;
        }
        json!({
            "ruleId": self.rule(),
            "level": level,
            "message": {"text": self.text()},
            "locations": [{"physicalLocation": location}],
        })
    }

    /// A workflow command of GitHub Actions.
    fn command(&self) -> String {
        let name = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = vec![format!("file={}", property(&self.file))];
        let numbers = [("line", self.line), ("col", self.column), ("endColumn", self.end_column)];
        properties.extend(numbers.into_iter().filter_map(|(key, number)| Some(format!("{key}={}", number?))));
        properties.push(format!("title={}", property(self.rule())));
        format!("::{name} {}::{}\n", properties.join(","), escaped(&self.text()))
    }
}

/// A log file of SARIF, with one run.
pub(crate) fn sarif(found: &[Annotation]) -> String {
    let rules: BTreeSet<_> = found.iter().map(Annotation::rule).collect();
    let rules: Vec<_> = rules.into_iter().map(|id| json!({"id": id})).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "webhook-codegen",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": found.iter().map(Annotation::result).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

/// A workflow command for each.
pub(crate) fn github(found: &[Annotation]) -> String {
    found.iter().map(Annotation::command).collect()
}

fn uri(file: &str) -> String {
    let path = utf8_percent_encode(&file.replace('\\', "/"), PATH).to_string();
    if path.starts_with('/') { format!("file://{path}") } else { path }
}

/// What ends a command is escaped, as in GitHub's `toolkit/packages/core`.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{Annotation, Severity, github, sarif};
    use serde_json::Value;

    #[test]
    fn what_a_format_reserves_is_escaped() {
        let found = [Annotation {
            severity: Severity::Note,
            kind: Some("unenforced:pattern".into()),
            message: "50 %\nof it".into(),
            help: None,
            file: "a b,c/ü.yaml".into(),
            line: Some(3),
            column: None,
            end_column: None,
        }];
        assert_eq!(github(&found), "::notice file=a b%2Cc/ü.yaml,line=3,title=unenforced%3Apattern::50 %25%0Aof it\n");
        let log: Value = serde_json::from_str(&sarif(&found)).unwrap();
        let result = &log["runs"][0]["results"][0];
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "a%20b%2Cc/%C3%BC.yaml");
        assert_eq!(location["region"], serde_json::json!({"startLine": 3}));
        assert_eq!(result["ruleId"], log["runs"][0]["tool"]["driver"]["rules"][0]["id"]);
    }
}
