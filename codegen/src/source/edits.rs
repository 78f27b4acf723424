//! How patches and parts from other files changed a document, so that a location in the value leads back to the text that
//! it comes from.

/// What was done to a document, in that order. Members that are only taken out leave no trace: no pointer leads there.
#[derive(Clone, Debug, Default)]
pub struct Edits(Vec<Edit>);

#[derive(Clone, Debug)]
enum Edit {
    Put { at: String, from: Origin },
    Taken { list: String, index: usize },
}

/// Which text a node comes from, and its JSON pointer there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The document's own.
    Document(String),
    /// That of the file that patches the document.
    Patch(String),
    /// That of a file that the document took a part from.
    File {
        /// Index of the file among the document's parts.
        file: usize,
        /// Pointer into it.
        pointer: String,
    },
}

impl Origin {
    fn below(&self, rest: &str) -> Self {
        match self {
            Self::Document(pointer) => Self::Document(format!("{pointer}{rest}")),
            Self::Patch(pointer) => Self::Patch(format!("{pointer}{rest}")),
            Self::File { file, pointer } => Self::File { file: *file, pointer: format!("{pointer}{rest}") },
        }
    }
}

impl Edits {
    /// The node at `at` is now what is at `from` in the patching file.
    pub fn put(&mut self, at: String, from: String) {
        self.0.push(Edit::Put { at, from: Origin::Patch(from) });
    }

    /// The node at `at` is now what is at `pointer` in another file.
    pub fn part(&mut self, at: String, file: usize, pointer: String) {
        self.0.push(Edit::Put { at, from: Origin::File { file, pointer } });
    }

    /// An item left its list, and those behind it moved up.
    pub fn taken(&mut self, list: &str, index: usize) {
        self.0.push(Edit::Taken { list: list.to_owned(), index });
    }

    /// Where the node that is now at `pointer` comes from.
    pub fn origin(&self, pointer: &str) -> Origin {
        let mut pointer = pointer.to_owned();
        for edit in self.0.iter().rev() {
            match edit {
                Edit::Put { at, from } => {
                    if let Some(rest) = below(&pointer, at) {
                        return from.below(rest);
                    }
                }
                Edit::Taken { list, index } => {
                    pointer = before_taking(&pointer, list, *index).unwrap_or(pointer);
                }
            }
        }
        Origin::Document(pointer)
    }
}

/// What of a pointer comes after `ancestor`, if it leads there or below.
fn below<'p>(pointer: &'p str, ancestor: &str) -> Option<&'p str> {
    pointer.strip_prefix(ancestor).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The pointer to an item that moved up, as it was before.
fn before_taking(pointer: &str, list: &str, taken: usize) -> Option<String> {
    let rest = below(pointer, list)?.strip_prefix('/')?;
    let (token, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let index: usize = token.parse().ok()?;
    (index >= taken).then(|| format!("{list}/{}{rest}", index + 1))
}

#[cfg(test)]
mod tests {
    use super::{Edits, Origin};

    #[test]
    fn leads_back_through_every_edit() {
        let mut edits = Edits::default();
        edits.taken("/a", 1);
        edits.put("/a/2".into(), "/actions/1/update".into());
        edits.taken("/a", 0);
        edits.put("/b".into(), "/actions/3/update/b".into());
        let document = |pointer: &str| Origin::Document(pointer.into());
        let overlay = |pointer: &str| Origin::Patch(pointer.into());
        for (now, then) in [
            ("", document("")),
            ("/a", document("/a")),
            ("/a/0/x", document("/a/2/x")),
            ("/a/1/x", overlay("/actions/1/update/x")),
            ("/ab/0", document("/ab/0")),
            ("/b", overlay("/actions/3/update/b")),
            ("/b/c", overlay("/actions/3/update/b/c")),
            ("/bc", document("/bc")),
        ] {
            assert_eq!(edits.origin(now), then, "{now}");
        }
    }
}
