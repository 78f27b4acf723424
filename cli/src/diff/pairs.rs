//! Which provider and which document is which.

use webhook_codegen::documents::Folder;
use webhook_codegen::schema::file_name;

/// The providers of both sides, by name and in that order.
pub fn folders(old: Vec<Folder>, new: Vec<Folder>) -> Vec<(Option<Folder>, Option<Folder>)> {
    let mut old: Vec<Option<Folder>> = old.into_iter().map(Some).collect();
    let mut pairs: Vec<_> = new
        .into_iter()
        .map(|new| {
            let same = |old: &&mut Option<Folder>| old.as_ref().is_some_and(|old| old.name == new.name);
            (old.iter_mut().find(same).and_then(Option::take), Some(new))
        })
        .collect();
    pairs.extend(old.into_iter().flatten().map(|gone| (Some(gone), None)));
    pairs.sort_by_key(|(old, new)| new.as_ref().or(old.as_ref()).map(|folder| folder.name.clone()));
    pairs
}

/// Which of the new documents each of the old ones became.
pub struct Documents {
    /// By the index of the old document.
    pub new_of: Vec<Option<usize>>,
    /// Whether a document's name counts: not where two files were named to be compared.
    pub are_named: bool,
}

impl Documents {
    /// By file name; what is left by the name without its version, and then by title.
    pub fn of(old: &Folder, new: &Folder, are_named: bool) -> Self {
        let mut pairs = Self { new_of: vec![None; old.documents.len()], are_named };
        if let ([_], [_]) = (old.documents.as_slice(), new.documents.as_slice()) {
            pairs.new_of[0] = Some(0);
        }
        let rules: [fn(&Folder, usize) -> Option<String>; 3] = [name, unversioned, title];
        for rule in rules {
            pairs.join(old, new, rule);
        }
        pairs
    }

    fn join(&mut self, old: &Folder, new: &Folder, rule: fn(&Folder, usize) -> Option<String>) {
        for index in 0..old.documents.len() {
            let Some(wanted) = rule(old, index).filter(|_| self.new_of[index].is_none()) else { continue };
            let fits = |new_index: &usize| {
                !self.new_of.contains(&Some(*new_index)) && rule(new, *new_index).as_ref() == Some(&wanted)
            };
            self.new_of[index] = (0..new.documents.len()).find(fits);
        }
    }

    /// The old document that became this one.
    pub fn old_of(&self, new: usize) -> Option<usize> {
        self.new_of.iter().position(|paired| *paired == Some(new))
    }
}

fn name(folder: &Folder, index: usize) -> Option<String> {
    Some(file_name(&folder.documents[index]))
}

/// A file's name up to its last digits, which number versions: `Orders-v3.json` is `Orders`.
fn unversioned(folder: &Folder, index: usize) -> Option<String> {
    let name = file_name(&folder.documents[index]);
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_lowercase();
    let name = stem.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    let name = name.strip_suffix('v').unwrap_or(name).trim_end_matches(['-', '_', '.']);
    (!name.is_empty() && name != stem).then(|| name.to_owned())
}

fn title(folder: &Folder, index: usize) -> Option<String> {
    let title = folder.documents[index].value["info"]["title"].as_str()?;
    Some(title.to_owned()).filter(|title| !title.is_empty())
}
