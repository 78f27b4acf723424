//! One thing that is not as it was, as data.

use std::path::PathBuf;
use webhook_codegen::model::Rule;

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The provider's name in the new documents; in the old ones if it is gone.
    pub provider: String,
    /// What changed, as it is called in Rust, below the provider's module: `contact::Contact.first_name`.
    pub path: String,
    /// What kind of thing that is.
    pub item: Item,
    /// What became of it.
    pub action: Action,
    /// Whether code that compiles against the old generated code may not compile against the new.
    pub source: bool,
    /// Why, and in which direction, code generated from one edition refuses a body of the other or lacks a value of it;
    /// empty where it does neither.
    pub wire: Vec<Mismatch>,
    /// Where it is in the old documents.
    pub old: Option<Location>,
    /// Where it is in the new documents.
    pub new: Option<Location>,
    /// The events whose bodies it concerns, by event type.
    pub events: Vec<String>,
}

/// What kind of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Item {
    /// A provider.
    Provider,
    /// A key of `provider.yaml`, or what was found in the documents because it is not there.
    Setting,
    /// A document, and so a module.
    Document,
    /// An event.
    Event,
    /// An operation under `webhooks`.
    Webhook,
    /// A method of `Event`.
    Accessor,
    /// A header, and so a field of `Headers`.
    Header,
    /// A type.
    Type,
    /// What makes a value of a struct: `new` or `Default`.
    Constructor,
    /// A field of a struct.
    Field,
    /// A listed value.
    Value,
    /// A variant of a union.
    Variant,
    /// What the documents allow, and the types do not enforce.
    Constraint,
}

/// What became of it. The texts are what was there before and what is there now: a type, a name, a value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// It is new.
    Added(Option<String>),
    /// It is gone.
    Removed(Option<String>),
    /// It has another name, or a name has another meaning.
    Renamed(String, String),
    /// It is in another module.
    Moved(String, String),
    /// It is of another type, or says something else.
    Changed(String, String),
    /// Fewer values are allowed than before.
    Narrowed(Vec<Rule>, Vec<Rule>),
    /// More values are allowed than before.
    Widened(Vec<Rule>, Vec<Rule>),
    /// Other values are allowed than before.
    Replaced(Vec<Rule>, Vec<Rule>),
    /// It is deprecated now.
    Deprecated,
    /// It is no longer deprecated.
    Undeprecated,
    /// Only what is said about it changed.
    Documented,
}

/// Why code does not hold a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mismatch {
    /// Which bodies it is about.
    pub deliveries: Deliveries,
    /// What is wrong with them.
    pub cause: Cause,
}

/// Which way two editions meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deliveries {
    /// The provider has changed, and the receiver was not built anew: old code, new bodies.
    New,
    /// The receiver was built anew, and old bodies are replayed: new code, old bodies.
    Stored,
}

/// What of a body the code of the other edition refuses or lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// Null is refused.
    Null,
    /// A body without the key is refused.
    Missing,
    /// Values of another type are refused.
    Type,
    /// The field reads another key, and stays empty.
    Key,
    /// The variant stands for another value.
    Value,
    /// The event arrives as `Unknown`.
    Event,
    /// The request is refused, or read otherwise, before its body is looked at.
    Request,
}

/// A location in a document, or in the overlay that patches it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file, as it was named.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// JSON pointer.
    pub pointer: String,
}

/// How severe a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Code that compiles today may not.
    Source,
    /// Code of one edition refuses a body of the other, or lacks a value of it.
    Wire,
    /// Neither.
    Compatible,
}

/// The part of a version that follows (Semantic Versioning 2.0.0, items 6 to 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Nothing changed.
    None,
    /// Documentation, and what is allowed besides.
    Patch,
    /// Something is new.
    Minor,
    /// Something breaks.
    Major,
}

impl Change {
    /// The most severe of its verdicts.
    pub fn verdict(&self) -> Verdict {
        match (self.source, self.wire.is_empty()) {
            (true, _) => Verdict::Source,
            (false, false) => Verdict::Wire,
            (false, true) => Verdict::Compatible,
        }
    }

    /// The version that follows from this change alone.
    pub fn bump(&self) -> Bump {
        match (self.verdict(), &self.action) {
            (Verdict::Source | Verdict::Wire, _) => Bump::Major,
            (Verdict::Compatible, Action::Added(_) | Action::Deprecated) => Bump::Minor,
            (Verdict::Compatible, _) => Bump::Patch,
        }
    }
}

impl Action {
    /// What became of something that is described by these texts, where it exists.
    pub(super) fn between(old: Option<String>, new: Option<String>) -> Self {
        match (old, new) {
            (Some(old), Some(new)) => Self::Changed(old, new),
            (None, new) => Self::Added(new),
            (old, None) => Self::Removed(old),
        }
    }
}

/// What is compared, and where: each change of it says so.
#[derive(Clone)]
pub(super) struct Compared {
    pub item: Item,
    pub path: String,
    pub old: Option<Location>,
    pub new: Option<Location>,
    pub events: Vec<String>,
}

impl Compared {
    pub(super) fn new(item: Item, path: impl Into<String>, old: Option<Location>, new: Option<Location>) -> Self {
        Self { item, path: path.into(), old, new, events: Vec::new() }
    }

    pub(super) fn events(self, events: Vec<String>) -> Self {
        Self { events, ..self }
    }

    /// A change of it that breaks nothing.
    pub(super) fn change(&self, action: Action) -> Change {
        let Self { item, path, old, new, events } = self.clone();
        Change { provider: String::new(), path, item, action, source: false, wire: Vec::new(), old, new, events }
    }
}

impl Change {
    pub(super) fn source(self) -> Self {
        self.source_if(true)
    }

    pub(super) fn source_if(self, source: bool) -> Self {
        Self { source, ..self }
    }

    pub(super) fn wire(self, wire: impl IntoIterator<Item = Mismatch>) -> Self {
        Self { wire: wire.into_iter().collect(), ..self }
    }

    /// The same in both directions.
    pub(super) fn wire_both(self, cause: Cause) -> Self {
        self.wire([Deliveries::New, Deliveries::Stored].map(|deliveries| Mismatch { deliveries, cause }))
    }
}
