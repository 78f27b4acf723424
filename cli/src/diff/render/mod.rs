//! Changes as text, for people, pull requests and programs.

mod annotations;
mod changelog;
mod json;
mod markdown;
mod text;
mod words;

use super::{Action, Bump, Change, Deliveries, Diff, Item, Verdict};
use indexmap::IndexMap;

pub(crate) use annotations::annotations;
pub use changelog::changelog;
pub use json::json;
pub use markdown::markdown;
pub use text::{summary, text};

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

impl Deliveries {
    /// As it is written for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Stored => "stored",
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
    /// Where it is: in the old documents, in the new ones.
    fn locations(&self) -> String {
        let line = |at: &super::Location| format!("{}:{}:{}", at.file.display(), at.line, at.column);
        let text = match (&self.old, &self.new) {
            (_, Some(new)) if self.item == Item::Field && matches!(self.action, Action::Added(_)) => {
                format!("new → {}", line(new))
            }
            (Some(old), Some(new)) => format!("{} → {}", line(old), line(new)),
            (Some(old), None) => format!("{} → gone", line(old)),
            (None, Some(new)) => format!("new → {}", line(new)),
            (None, None) => String::new(),
        };
        one_line(&text)
    }
}

/// The changes by the events that they touch, so that a change of a shared type is there once; those of no event last.
fn by_events(changes: &[Change]) -> IndexMap<&[String], Vec<&Change>> {
    let mut groups: IndexMap<&[String], Vec<&Change>> = IndexMap::new();
    let (with, without): (Vec<_>, Vec<_>) = changes.iter().partition(|change| !change.events.is_empty());
    with.into_iter().chain(without).for_each(|change| groups.entry(&change.events).or_default().push(change));
    groups
}

/// Events, if they are few; else the first of them, and how many there are.
fn events_in_words(events: &[String]) -> String {
    const FEW: usize = 3;
    match events {
        [] => "other changes".to_owned(),
        few if few.len() <= FEW => one_line(&few.join(", ")),
        [first, second, ..] => one_line(&format!("{first}, {second} and {} more events", events.len() - 2)),
        [only] => one_line(only),
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
