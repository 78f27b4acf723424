//! Helping with a misspelt word.

/// The word that is most similar to `found`.
pub fn closest<'w>(found: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // Below this similarity, a guess is wrong more often than right.
    const SIMILAR: f64 = 0.8;
    let similarity = |word: &str| strsim::jaro_winkler(&found.to_lowercase(), &word.to_lowercase());
    let best = words.into_iter().max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
    best.filter(|best| similarity(best) > SIMILAR)
}

/// A help text for `found`, which is none of `allowed`: the one it looks like, or else all of them.
pub fn one_of(found: &str, allowed: &[&str]) -> String {
    let all = allowed.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match closest(found, allowed.iter().copied()) {
        Some(best) => format!("did you mean `{best}`? allowed: {all}"),
        None => format!("allowed: {all}"),
    }
}

/// A help text for a name that there is none of: the one it looks like, or else all of them.
pub fn suggestion<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.collect();
    match closest(wanted, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are {}", names.join(", ")),
    }
}
