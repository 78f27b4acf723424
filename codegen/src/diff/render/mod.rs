//! Changes as text, for people, pull requests and programs.

mod changelog;
mod json;
mod markdown;
mod summary;
mod text;

use super::{Bump, Change, Diff, Verdict};

pub use changelog::changelog;
pub use json::json;
pub use markdown::markdown;
pub use summary::summary;
pub use text::text;

impl Verdict {
    /// As it is written everywhere.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Wire => "wire",
            Self::Compatible => "compatible",
        }
    }
}

impl Bump {
    /// As it is written everywhere.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Change {
    /// What happened to the path, in words: `String → Option<String>`.
    pub fn what(&self) -> String {
        let quiet = |text: &Option<String>| text.as_ref().map(|text| format!(", {text}")).unwrap_or_default();
        let what = match (&self.from, &self.to) {
            _ if self.kind.is_gone() => {
                format!("removed{}", quiet(&self.from.as_ref().map(|was| format!("was {was}"))))
            }
            _ if self.kind.as_str().ends_with("_added") => format!("new{}", quiet(&self.to)),
            (Some(from), Some(to)) if self.kind.is_renamed() && self.path.ends_with(to.as_str()) => {
                format!("{}, was {from}", self.renamed())
            }
            (Some(from), Some(to)) => format!("{from} → {to}"),
            _ if self.kind == super::Kind::Deprecation => return one_line(self.note.as_deref().unwrap_or_default()),
            _ => "other documentation".to_owned(),
        };
        one_line(&what)
    }

    fn renamed(&self) -> &'static str {
        if self.kind == super::Kind::TypeMoved { "moved" } else { "renamed" }
    }

    /// The note, unless it is said already.
    fn further(&self) -> Option<String> {
        self.note.as_deref().filter(|_| self.kind != super::Kind::Deprecation).map(one_line)
    }

    /// All verdicts that hold, the most severe first.
    fn verdicts(&self) -> String {
        match (self.source, self.wire) {
            (true, true) => "source, wire".to_owned(),
            _ => self.verdict().as_str().to_owned(),
        }
    }

    /// Where it stands: in the old documents, in the new ones.
    fn places(&self) -> String {
        let place = |place: &super::Place| format!("{}:{}:{}", place.file.display(), place.line, place.column);
        let places = match (&self.old, &self.new) {
            (Some(old), Some(new)) => format!("{} → {}", place(old), place(new)),
            (Some(old), None) => format!("{} → gone", place(old)),
            (None, Some(new)) => format!("new → {}", place(new)),
            (None, None) => String::new(),
        };
        one_line(&places)
    }

    /// The events concerned, if they are few, or else how many.
    fn events_in_words(&self) -> String {
        const FEW: usize = 3;
        match self.events.len() {
            0 => String::new(),
            count if count > FEW => format!("in {count} events"),
            _ => one_line(&format!("in {}", self.events.join(", "))),
        }
    }
}

impl Diff {
    fn count(&self, verdict: Verdict) -> usize {
        self.changes.iter().filter(|change| change.verdict() == verdict).count()
    }

    /// The changes of each provider.
    fn by_provider(&self) -> impl Iterator<Item = (&str, &[Change])> {
        let groups = self.changes.chunk_by(|left, right| left.provider == right.provider);
        groups.filter_map(|changes| Some((changes.first()?.provider.as_str(), changes)))
    }

    /// The last line: the version that follows, and why.
    fn verdict_line(&self) -> String {
        let counts =
            [Verdict::Source, Verdict::Wire, Verdict::Compatible].map(|verdict| (verdict, self.count(verdict)));
        let counts: Vec<_> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(verdict, count)| format!("{count} {}", verdict.as_str()))
            .collect();
        format!("{}: {}", self.bump().as_str(), counts.join(", "))
    }
}

/// Text of a document is data: it brings in no lines and no colours of its own.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
