//! Other paths of the crates that generated code calls.

use super::Files;
use std::collections::BTreeMap;

impl Files {
    /// The files with crates at these paths. Comments are left alone.
    #[must_use]
    pub(crate) fn with_crate_paths(mut self, paths: &BTreeMap<&'static str, String>) -> Self {
        for (name, path) in paths {
            for text in self.0.values_mut() {
                let lines = text
                    .lines()
                    .map(|line| if is_comment(line) { line.to_owned() } else { replaced(line, name, path) });
                *text = lines.map(|line| line + "\n").collect();
            }
        }
        self
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// A line with `path` for the crate `name`, where that begins a path.
fn replaced(line: &str, name: &str, path: &str) -> String {
    let beginning = format!("{name}::");
    let mut parts = line.split(&beginning);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_inside = |last: char| last.is_alphanumeric() || matches!(last, '_' | ':');
        text.push_str(if text.ends_with(is_inside) { name } else { path });
        text.push_str("::");
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn only_what_begins_a_path_is_replaced() {
        for (line, expected) in [
            ("use serde::de::Deserialize;", "use ::s::de::Deserialize;"),
            ("impl<'de> serde::Deserialize<'de> for A<serde::B> {", "impl<'de> ::s::Deserialize<'de> for A<::s::B> {"),
            ("super::serde::A; my_serde::B", "super::serde::A; my_serde::B"),
        ] {
            assert_eq!(replaced(line, "serde", "::s"), expected);
        }
    }
}
