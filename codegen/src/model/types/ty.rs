//! The type of a value.

/// Which of a provider's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// The type of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any JSON.
    #[default]
    Any,
    /// Null and nothing else.
    Null,
    /// A body that is not JSON.
    Raw,
    /// `true` or `false`.
    Boolean,
    /// A number without fraction, which keeps its spelling.
    Integer,
    /// A number, which keeps its spelling.
    Number,
    /// Any text.
    String,
    /// `format: date-time`.
    DateTime,
    /// Items of one type.
    Array(Box<Type>),
    /// Any keys, with values of one type.
    Map(Box<Type>),
    /// Null, or a value.
    Nullable(Box<Type>),
    /// JSON inside a string.
    JsonText(Box<Type>),
    /// A value, alone or in an array.
    OneOrMany(Box<Type>),
    /// A value behind a pointer, where a type holds itself.
    Boxed(Box<Type>),
    /// A type of the user's own, by its path.
    Foreign(String),
    /// A type with a name.
    Named(TypeId),
}

/// The one match on the types that wrap another one.
macro_rules! inner {
    ($ty:expr) => {
        match $ty {
            Type::Array(inner)
            | Type::Map(inner)
            | Type::Nullable(inner)
            | Type::JsonText(inner)
            | Type::OneOrMany(inner)
            | Type::Boxed(inner) => Some(inner),
            _ => None,
        }
    };
}

impl Type {
    /// The type inside a type that wraps one.
    pub fn inner(&self) -> Option<&Self> {
        inner!(self).map(|inner| &**inner)
    }

    /// The type inside, where a JSON pointer treats both as one value.
    pub fn transparent(&self) -> Option<&Self> {
        self.inner().filter(|_| !matches!(self, Self::Array(_) | Self::Map(_)))
    }

    /// The named type that a value is or holds, whatever wraps it.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            other => other.inner()?.named(),
        }
    }

    /// The same, to be changed.
    pub fn named_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            Self::Named(id) => Some(id),
            other => inner!(other)?.named_mut(),
        }
    }
}
