//! A change before its places are looked up.

use crate::model::TypeId;
use crate::source::Part;

/// What sort of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A provider is new.
    ProviderAdded,
    /// A provider is gone.
    ProviderRemoved,
    /// `provider.yaml` says something else.
    SettingChanged,
    /// A document is new.
    DocumentAdded,
    /// A document is gone.
    DocumentRemoved,
    /// A document, and so its module, has another name.
    DocumentRenamed,
    /// An event is new.
    EventAdded,
    /// An event is gone.
    EventRemoved,
    /// An event has another event type or another name in Rust.
    EventRenamed,
    /// An event's body has another type.
    EventChanged,
    /// An event's webhook has another key.
    WebhookRenamed,
    /// A type is new.
    TypeAdded,
    /// A type is gone.
    TypeRemoved,
    /// A type has another name.
    TypeRenamed,
    /// A type stands in another document.
    TypeMoved,
    /// A type is of another sort, or an alias of another type.
    TypeChanged,
    /// A field is new.
    FieldAdded,
    /// A field is gone.
    FieldRemoved,
    /// A field has another name or another key.
    FieldRenamed,
    /// A field has another type.
    FieldChanged,
    /// A listed value is new.
    ValueAdded,
    /// A listed value is gone.
    ValueRemoved,
    /// A listed value has another name in Rust.
    ValueRenamed,
    /// A choice has one more form.
    VariantAdded,
    /// A choice has a form less.
    VariantRemoved,
    /// A form has another name.
    VariantRenamed,
    /// A form has another type.
    VariantChanged,
    /// Fewer values are allowed than before.
    Narrowed,
    /// More values are allowed than before.
    Widened,
    /// It is deprecated now, or no longer.
    Deprecation,
    /// Only what is said about it changed.
    Documentation,
}

impl Kind {
    /// As it is written for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ProviderAdded => "provider_added",
            Self::ProviderRemoved => "provider_removed",
            Self::SettingChanged => "setting_changed",
            Self::DocumentAdded => "document_added",
            Self::DocumentRemoved => "document_removed",
            Self::DocumentRenamed => "document_renamed",
            Self::EventAdded => "event_added",
            Self::EventRemoved => "event_removed",
            Self::EventRenamed => "event_renamed",
            Self::EventChanged => "event_changed",
            Self::WebhookRenamed => "webhook_renamed",
            Self::TypeAdded => "type_added",
            Self::TypeRemoved => "type_removed",
            Self::TypeRenamed => "type_renamed",
            Self::TypeMoved => "type_moved",
            Self::TypeChanged => "type_changed",
            Self::FieldAdded => "field_added",
            Self::FieldRemoved => "field_removed",
            Self::FieldRenamed => "field_renamed",
            Self::FieldChanged => "field_changed",
            Self::ValueAdded => "value_added",
            Self::ValueRemoved => "value_removed",
            Self::ValueRenamed => "value_renamed",
            Self::VariantAdded => "variant_added",
            Self::VariantRemoved => "variant_removed",
            Self::VariantRenamed => "variant_renamed",
            Self::VariantChanged => "variant_changed",
            Self::Narrowed => "narrowed",
            Self::Widened => "widened",
            Self::Deprecation => "deprecation",
            Self::Documentation => "documentation",
        }
    }

    /// Whether it is something that was not there.
    pub fn is_new(self) -> bool {
        let word = self.as_str();
        word.ends_with("_added") || self == Self::Deprecation
    }

    /// Whether it is something that is no longer there.
    pub fn is_gone(self) -> bool {
        self.as_str().ends_with("_removed")
    }

    /// Whether it has another name or stands elsewhere.
    pub fn is_renamed(self) -> bool {
        let word = self.as_str();
        word.ends_with("_renamed") || word.ends_with("_moved")
    }
}

/// What changed: an item of the generated code, or one of its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct At {
    /// The item's path, in the names of the new documents.
    pub item: String,
    /// The key of a field or the value of a variant, as it stands in a body; [`EXTRA`] for undeclared keys.
    pub member: Option<String>,
    /// How it is called in Rust.
    pub shown: String,
}

/// The member of a struct that keeps undeclared keys. A key of a body cannot be mistaken for it.
pub const EXTRA: &str = "\u{0}extra";

impl At {
    /// An item.
    pub fn item(path: impl Into<String>) -> Self {
        let item = path.into();
        Self { shown: item.clone(), item, member: None }
    }

    /// A part of an item.
    pub fn part(&self, member: &str, shown: String) -> Self {
        Self { item: self.item.clone(), member: Some(member.to_owned()), shown }
    }
}

/// A place in the documents of one side.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Its index; past the last one it is `provider.yaml`.
    pub document: usize,
    pub pointer: String,
    /// The key to look for in the schemas that apply there: a property, wherever `allOf` has it from.
    pub property: Option<String>,
    pub part: Part,
}

impl Spot {
    pub fn key(document: usize, pointer: impl Into<String>) -> Self {
        Self { document, pointer: pointer.into(), property: None, part: Part::Key }
    }

    /// A key of `provider.yaml`.
    pub fn setting(key: &str) -> Self {
        Self::key(usize::MAX, format!("/{key}"))
    }

    pub fn value(document: usize, pointer: impl Into<String>) -> Self {
        Self { part: Part::Value, ..Self::key(document, pointer) }
    }

    pub fn property(document: usize, pointer: &str, property: &str) -> Self {
        Self { property: Some(property.to_owned()), ..Self::key(document, pointer) }
    }
}

/// Which events a change concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// None in particular.
    #[default]
    All,
    /// Those whose bodies hold a type of the old documents.
    Old(TypeId),
    /// Those whose bodies hold a type of the new documents.
    New(TypeId),
    /// One, by its event type.
    Event(String),
}

/// A change before its places are looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub kind: Kind,
    pub source: bool,
    pub wire: bool,
    pub at: At,
    /// The key or value that a part had, where it has another one now.
    pub was: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub note: Option<String>,
    pub old: Option<Spot>,
    pub new: Option<Spot>,
    pub reach: Reach,
}

impl Draft {
    pub fn new(kind: Kind, at: At) -> Self {
        Self {
            kind,
            source: false,
            wire: false,
            at,
            was: None,
            from: None,
            to: None,
            note: None,
            old: None,
            new: None,
            reach: Reach::All,
        }
    }

    pub fn source(self) -> Self {
        Self { source: true, ..self }
    }

    pub fn wire(self, note: &str) -> Self {
        Self { wire: true, ..self }.note(note)
    }

    pub fn was(self, member: &str) -> Self {
        Self { was: Some(member.to_owned()), ..self }
    }

    pub fn note(self, note: &str) -> Self {
        Self { note: Some(note.to_owned()), ..self }
    }

    pub fn from(self, text: impl Into<String>) -> Self {
        Self { from: Some(text.into()), ..self }
    }

    pub fn to(self, text: impl Into<String>) -> Self {
        Self { to: Some(text.into()), ..self }
    }

    pub fn places(self, old: Option<Spot>, new: Option<Spot>) -> Self {
        Self { old, new, ..self }
    }

    pub fn reach(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }
}
