//! Parts with a key in the body and a name in Rust: fields and listed values.

use std::collections::HashMap;

/// A part that may stand on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// The same key.
    Key(usize, usize),
    /// The same name for another key.
    Name(usize, usize),
    /// Only among the old ones.
    Gone(usize),
    /// Only among the new ones.
    Fresh(usize),
}

/// Pairs parts by key, then by name; in the order of the new ones, what is gone at the end.
pub fn pairs(old: &[(&str, String)], new: &[(&str, String)]) -> Vec<Pair> {
    let by_key: HashMap<_, _> = old.iter().enumerate().map(|(index, (key, _))| (*key, index)).collect();
    let keys: HashMap<_, _> = new.iter().enumerate().map(|(index, (key, _))| (*key, index)).collect();
    let free: HashMap<_, _> = old
        .iter()
        .enumerate()
        .filter(|(_, (key, _))| !keys.contains_key(key))
        .map(|(index, (_, name))| (name.as_str(), index))
        .collect();
    let mut pairs: Vec<_> = (0..new.len())
        .map(|index| match (by_key.get(new[index].0), free.get(new[index].1.as_str())) {
            (Some(old), _) => Pair::Key(*old, index),
            (None, Some(old)) => Pair::Name(*old, index),
            (None, None) => Pair::Fresh(index),
        })
        .collect();
    let is_paired =
        |index: &usize| pairs.iter().any(|pair| matches!(pair, Pair::Key(old, _) | Pair::Name(old, _) if old == index));
    let gone: Vec<_> = (0..old.len()).filter(|index| !is_paired(index)).map(Pair::Gone).collect();
    pairs.extend(gone);
    pairs
}

/// Those that stand only among the old ones, and only among the new ones.
pub fn unpaired(pairs: &[Pair]) -> (Vec<usize>, Vec<usize>) {
    let gone = pairs.iter().filter_map(|pair| if let Pair::Gone(at) = pair { Some(*at) } else { None });
    let fresh = pairs.iter().filter_map(|pair| if let Pair::Fresh(at) = pair { Some(*at) } else { None });
    (gone.collect(), fresh.collect())
}

/// Makes two that stand on one side only a pair.
pub fn join(pairs: &mut Vec<Pair>, old: usize, new: usize) {
    pairs.retain(|pair| *pair != Pair::Gone(old));
    let fresh = pairs.iter_mut().find(|pair| **pair == Pair::Fresh(new));
    fresh.into_iter().for_each(|pair| *pair = Pair::Name(old, new));
}

/// Whether two names are probably of the same thing.
pub fn alike(left: &str, right: &str) -> bool {
    // Above this similarity a new name is a new spelling, or has a word more.
    const ALIKE: f64 = 0.8;
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    left.contains(&right) || right.contains(&left) || strsim::jaro_winkler(&left, &right) > ALIKE
}

#[cfg(test)]
mod tests {
    use super::{Pair, pairs};

    #[test]
    fn by_key_and_then_by_name() {
        let old = [("a", "a".to_owned()), ("firstName", "first_name".to_owned()), ("z", "z".to_owned())];
        let new = [("first_name", "first_name".to_owned()), ("a", "a".to_owned()), ("b", "b".to_owned())];
        let expected = [Pair::Name(1, 0), Pair::Key(0, 1), Pair::Fresh(2), Pair::Gone(2)];
        assert_eq!(pairs(&old, &new), expected);
    }
}
