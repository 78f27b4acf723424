//! Parts with a key in the body and a name in Rust: fields and listed values.

use std::collections::HashMap;

/// The indices of a part on the two sides, as far as it exists there.
pub type Pair = (Option<usize>, Option<usize>);

/// Pairs parts by key, then by name; in the order of the new ones, what is gone at the end.
pub fn pairs(old: &[(&str, String)], new: &[(&str, String)]) -> Vec<Pair> {
    let by_key: HashMap<_, _> = old.iter().enumerate().map(|(index, (key, _))| (*key, index)).collect();
    let keys: HashMap<_, _> = new.iter().enumerate().map(|(index, (key, _))| (*key, index)).collect();
    let unpaired = old.iter().enumerate().filter(|(_, (key, _))| !keys.contains_key(key));
    let by_name: HashMap<_, _> = unpaired.map(|(index, (_, name))| (name.as_str(), index)).collect();
    let old_of = |(key, name): &(&str, String)| by_key.get(key).or_else(|| by_name.get(name.as_str())).copied();
    let mut pairs: Vec<Pair> = new.iter().enumerate().map(|(index, part)| (old_of(part), Some(index))).collect();
    let gone: Vec<_> = (0..old.len()).filter(|index| !pairs.iter().any(|(old, _)| *old == Some(*index))).collect();
    pairs.extend(gone.into_iter().map(|index| (Some(index), None)));
    pairs
}

/// Those that are only among the old ones, and only among the new ones.
pub fn unpaired(pairs: &[Pair]) -> (Vec<usize>, Vec<usize>) {
    let gone = pairs.iter().filter(|(_, new)| new.is_none()).filter_map(|(old, _)| *old);
    let fresh = pairs.iter().filter(|(old, _)| old.is_none()).filter_map(|(_, new)| *new);
    (gone.collect(), fresh.collect())
}

/// Makes two that are on one side only a pair.
pub fn join(pairs: &mut Vec<Pair>, old: usize, new: usize) {
    pairs.retain(|pair| *pair != (Some(old), None));
    let fresh = pairs.iter_mut().find(|pair| **pair == (None, Some(new)));
    fresh.into_iter().for_each(|pair| pair.0 = Some(old));
}

/// Whether two names are probably of the same thing.
pub fn similar(left: &str, right: &str) -> bool {
    // Above this similarity a new name is a new spelling, or has a word more.
    const SIMILAR: f64 = 0.8;
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    left.contains(&right) || right.contains(&left) || strsim::jaro_winkler(&left, &right) > SIMILAR
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn by_key_and_then_by_name() {
        let old = [("a", "a".to_owned()), ("firstName", "first_name".to_owned()), ("z", "z".to_owned())];
        let new = [("first_name", "first_name".to_owned()), ("a", "a".to_owned()), ("b", "b".to_owned())];
        let expected = [(Some(1), Some(0)), (Some(0), Some(1)), (None, Some(2)), (Some(2), None)];
        assert_eq!(pairs(&old, &new), expected);
    }
}
