use crate::json;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// The name under which [`JsonText`] announces itself, so that the search for violations
/// can go on inside the string.
pub(crate) const NAME: &str = "$webhook_runtime::JsonText";

/// A value that travels as JSON inside a string (`contentMediaType: application/json` with
/// `contentSchema`; JSON Schema 2020-12 Validation, section 8).
///
/// It is used like the value itself. The string is kept beside it and written back letter for
/// letter; a sender that puts the value there without the string is understood too, and gets it
/// back that way. Changing the value through `DerefMut` drops the old text: what is written then is
/// the changed value, in the form it came in.
///
/// Two are equal if their values are, whatever their texts: a payload that a test makes equals the one that is received.
///
/// ```
/// use webhook_runtime::JsonText;
///
/// let mut sizes: JsonText<Vec<u8>> = serde_json::from_str(r#""[1, 2]""#)?;
/// assert_eq!((sizes.len(), sizes.text()), (2, Some("[1, 2]")));
/// assert_eq!(sizes, JsonText::new(vec![1, 2]));
/// sizes.push(3);
/// assert_eq!(serde_json::to_string(&sizes)?, r#""[1,2,3]""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct JsonText<T> {
    /// Boxed: it was parsed from a text of its own, and a type may hold several beside each other, most of them absent.
    value: Box<T>,
    form: Form,
}

#[derive(Clone)]
enum Form {
    /// In a string, with the text it came in.
    Text(String),
    /// In a string that is to be written anew.
    Changed,
    /// The value itself, without a string around it.
    Inline,
}

impl<T> JsonText<T> {
    /// A value to be written as JSON inside a string.
    pub fn new(value: T) -> Self {
        Self { value: Box::new(value), form: Form::Changed }
    }

    /// A value to be written as it is, without a string around it.
    pub fn inline(value: T) -> Self {
        Self { value: Box::new(value), form: Form::Inline }
    }

    /// The text the value was read from, if it came in a string and was not changed since.
    pub fn text(&self) -> Option<&str> {
        match &self.form {
            Form::Text(text) => Some(text),
            Form::Changed | Form::Inline => None,
        }
    }

    /// The value by move.
    pub fn into_inner(self) -> T {
        *self.value
    }
}

impl<T: PartialEq> PartialEq for JsonText<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T> From<T> for JsonText<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> AsRef<T> for JsonText<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}

impl<T> Deref for JsonText<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for JsonText<T> {
    fn deref_mut(&mut self) -> &mut T {
        if matches!(self.form, Form::Text(_)) {
            self.form = Form::Changed;
        }
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for JsonText<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(formatter)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for JsonText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, Either(PhantomData))
    }
}

struct Either<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Either<T> {
    type Value = JsonText<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON inside a string")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        inner.deserialize_any(self)
    }

    /// Only the search for violations calls this, with the value that it has found in either form.
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        T::deserialize(inner).map(JsonText::inline)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        let value = json::from_str(&text).map_err(|error| E::custom(format_args!("in the string: {error}")))?;
        Ok(JsonText { value, form: Form::Text(text) })
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(JsonText::inline)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(items)).map(JsonText::inline)
    }
}

/// A text of JSON that may be empty, and then holds nothing.
pub(crate) struct PerhapsEmpty<T>(pub(crate) Option<JsonText<T>>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for PerhapsEmpty<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EitherOrEmpty(PhantomData))
    }
}

struct EitherOrEmpty<T>(PhantomData<T>);

impl<T: DeserializeOwned> EitherOrEmpty<T> {
    fn either<E>(self, read: impl FnOnce(Either<T>) -> Result<JsonText<T>, E>) -> Result<PerhapsEmpty<T>, E> {
        read(Either(self.0)).map(|text| PerhapsEmpty(Some(text)))
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for EitherOrEmpty<T> {
    type Value = PerhapsEmpty<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Either::<T>(self.0).expecting(formatter)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() { Ok(PerhapsEmpty(None)) } else { self.either(|either| either.visit_str(text)) }
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        self.either(|either| either.visit_map(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        self.either(|either| either.visit_seq(items))
    }
}

impl<T: Serialize> Serialize for JsonText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.form {
            Form::Text(text) => serializer.serialize_str(text),
            Form::Changed => serializer.serialize_str(&serde_json::to_string(&self.value).map_err(S::Error::custom)?),
            Form::Inline => self.value.serialize(serializer),
        }
    }
}
