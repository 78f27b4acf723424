//! What a part is called that no component of the document names.

use super::cache::Location;
use crate::source::pointer::unescape;
use crate::words::words;
use std::collections::{BTreeMap, BTreeSet};

/// A name for each of some parts of one kind: the file's, or the last key of a pointer into it. Those that would be
/// called the same, or like a component that is there, have the name of what holds them before it.
pub(super) fn unique(locations: &[&Location], taken: &BTreeSet<String>) -> Vec<String> {
    let words: Vec<_> = locations.iter().map(|location| path(location)).collect();
    let mut lengths = vec![1; locations.len()];
    let name = |index: usize, length: usize| words[index][words[index].len() - length..].join("_");
    let taken: BTreeSet<_> = taken.iter().map(|name| letters(name)).collect();
    loop {
        let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, length) in lengths.iter().enumerate() {
            wanted.entry(letters(&name(index, *length))).or_default().push(index);
        }
        wanted.retain(|name, indices| indices.len() > 1 || taken.contains(name));
        let mut longer: Vec<_> =
            wanted.into_values().flatten().filter(|index| lengths[*index] < words[*index].len()).collect();
        longer.sort_unstable();
        if longer.is_empty() {
            break;
        }
        longer.into_iter().for_each(|index| lengths[index] += 1);
    }
    let mut taken = taken;
    let names = lengths.into_iter().enumerate().map(|(index, length)| {
        let base = name(index, length);
        let mut numbered = (2..).map(|number| format!("{base}_{number}"));
        let mut name = base.clone();
        while !taken.insert(letters(&name)) {
            name = numbered.next().expect("numbers do not end");
        }
        name
    });
    names.collect()
}

/// The folders, the file without its extension, and the last key.
fn path(location: &Location) -> Vec<String> {
    let (stem, _) = location.file.rsplit_once('.').unwrap_or((&location.file, ""));
    let key = location.pointer.rsplit_once('/').map(|(_, key)| unescape(key));
    stem.split('/').map(str::to_owned).chain(key).collect()
}

/// Names that differ in spelling only would be one in Rust.
fn letters(name: &str) -> String {
    words(name).join("_")
}

#[cfg(test)]
mod tests {
    use super::{Location, unique};

    #[test]
    fn names_are_as_short_as_they_can_be_apart() {
        let locations: Vec<_> = [
            ("schemas/Invoice.yaml", ""),
            ("schemas/Order.yaml", ""),
            ("schemas/billing/Money.yaml", ""),
            ("schemas/common.yaml", "/Money"),
            ("schemas/common.yaml", "/a~1b"),
            ("schemas/order.json", ""),
        ]
        .into_iter()
        .map(|(file, pointer)| Location { file: file.into(), pointer: pointer.into() })
        .collect();
        let names = unique(&locations.iter().collect::<Vec<_>>(), &["invoice".to_owned()].into());
        assert_eq!(
            names,
            ["schemas_Invoice", "schemas_Order", "billing_Money", "common_Money", "a/b", "schemas_order_2"]
        );
    }
}
