//! What the targets share: how inputs are changed, what must hold of what comes of them, and what it may cost.

pub mod documents;
pub mod meter;
pub mod mutate;
pub mod oracle;
pub mod tree;

use fastrand::Rng;
use libfuzzer_sys::fuzzer_mutate;
use tree::Tree;

/// Changes the text behind a head of the input, one time in four by its bytes.
pub fn mutate(
    data: &mut [u8],
    size: usize,
    head: usize,
    random: &mut Rng,
    change: impl FnOnce(&str, &mut Rng) -> Option<String>,
) -> usize {
    let max_size = data.len();
    let text = data.get(head..size).and_then(|text| std::str::from_utf8(text).ok());
    let changed = text.filter(|_| random.u8(..4) > 0).and_then(|text| change(text, random));
    let changed = changed.unwrap_or_default();
    match data.get_mut(head..head + changed.len()) {
        Some(room) if !changed.is_empty() => room.copy_from_slice(changed.as_bytes()),
        _ => return fuzzer_mutate(data, size, max_size),
    }
    head + changed.len()
}

/// Changes a body.
pub fn changed_body(body: &str, random: &mut Rng) -> Option<String> {
    let mut tree = Tree::parse(body)?;
    mutate::change(&mut tree, &mutate::BODY, random);
    Some(tree.to_string())
}
