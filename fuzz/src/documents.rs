//! A folder of documents in one input: each file begins with a line `=== path`.

use crate::mutate::{self, DOCUMENT};
use crate::tree::Tree;
use fastrand::Rng;

/// The files of an input. What is before the first name is `events.yaml`.
pub fn files(input: &str) -> Vec<(&str, &str)> {
    let mut files = vec![("events.yaml", input)];
    let mut at = 0;
    while let Some(found) = input[at..].find("=== ") {
        let start = at + found;
        at = start + 4;
        let Some((name, text)) = input[at..].split_once('\n') else { break };
        if (start == 0 || input[..start].ends_with('\n')) && is_name(name) {
            let (_, before) = files.last_mut().expect("there is one");
            let length = before.len() - input[start..].len();
            *before = &before[..length];
            files.push((name, text));
        }
    }
    files.retain(|(_, text)| !text.is_empty());
    files
}

/// A path that leads nowhere else.
fn is_name(name: &str) -> bool {
    let is_word = |word: &str| word.trim_matches('.') != "" && word.bytes().all(|byte| b' ' <= byte && byte <= b'~');
    name.len() < 200 && name.split('/').all(is_word)
}

/// Changes one of the files, which becomes JSON: that is YAML as well. None where it cannot be read.
pub fn changed(input: &str, random: &mut Rng) -> Option<String> {
    let files = files(input);
    let chosen = files.get(random.usize(..files.len().max(1)))?.0;
    let mut changed = String::new();
    for (name, text) in &files {
        let text = if *name == chosen { &changed_file(text, random)? } else { *text };
        let line_feed = if text.ends_with('\n') { "" } else { "\n" };
        changed.push_str(&format!("=== {name}\n{text}{line_feed}"));
    }
    Some(changed)
}

fn changed_file(text: &str, random: &mut Rng) -> Option<String> {
    let value: serde_json::Value = serde_yaml::from_str(text).ok()?;
    let mut tree = Tree::parse(&value.to_string())?;
    mutate::change(&mut tree, &DOCUMENT, random);
    Some(tree.to_string())
}
