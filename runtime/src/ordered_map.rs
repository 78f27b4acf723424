use crate::json::{DUPLICATE, OBJECT};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

/// A JSON object whose keys no document names, with values of one type. It keeps the order of its keys.
///
/// Two are equal if they have the same keys with the same values, in whatever order.
///
/// ```
/// use webhook_runtime::OrderedMap;
///
/// let answers: OrderedMap<String> = serde_json::from_str(r#"{"name": "Jane", "budget": "10k"}"#)?;
/// assert_eq!(answers.get("budget").map(String::as_str), Some("10k"));
/// assert_eq!(answers.keys().collect::<Vec<_>>(), ["name", "budget"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct OrderedMap<T> {
    /// Each value with its number in the order of arrival.
    entries: BTreeMap<String, (usize, T)>,
    next: usize,
}

impl<T> OrderedMap<T> {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether there is such a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.entries.get(key).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.entries.get_mut(key).map(|(_, value)| value)
    }

    /// Puts a value in, and gives back the one that the key had. A new key comes last.
    pub fn insert(&mut self, key: impl Into<String>, value: T) -> Option<T> {
        match self.entries.entry(key.into()) {
            Entry::Occupied(mut entry) => Some(std::mem::replace(&mut entry.get_mut().1, value)),
            Entry::Vacant(entry) => {
                entry.insert((self.next, value));
                self.next += 1;
                None
            }
        }
    }

    /// Takes a key and its value out.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        self.entries.remove(key).map(|(_, value)| value)
    }

    /// The keys and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &T)> {
        in_order(self.entries.iter().map(|(key, (number, value))| (*number, (key, value))))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in order of the keys.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|(_, value)| value)
    }
}

fn in_order<I>(entries: impl Iterator<Item = (usize, I)>) -> std::vec::IntoIter<I> {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_unstable_by_key(|(number, _)| *number);
    entries.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>().into_iter()
}

impl<T> Default for OrderedMap<T> {
    fn default() -> Self {
        Self { entries: BTreeMap::new(), next: 0 }
    }
}

impl<T: PartialEq> PartialEq for OrderedMap<T> {
    fn eq(&self, other: &Self) -> bool {
        let others = other.entries.iter().map(|(key, (_, value))| (key, value));
        self.len() == other.len() && self.entries.iter().map(|(key, (_, value))| (key, value)).eq(others)
    }
}

impl<T: Eq> Eq for OrderedMap<T> {}

impl<T: fmt::Debug> fmt::Debug for OrderedMap<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl<T> IntoIterator for OrderedMap<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        in_order(self.entries.into_iter().map(|(key, (number, value))| (number, (key, value))))
    }
}

impl<'m, T> IntoIterator for &'m OrderedMap<T> {
    type Item = (&'m String, &'m T);
    type IntoIter = std::vec::IntoIter<(&'m String, &'m T)>;

    fn into_iter(self) -> Self::IntoIter {
        in_order(self.entries.iter().map(|(key, (number, value))| (*number, (key, value))))
    }
}

impl<K: Into<String>, T> FromIterator<(K, T)> for OrderedMap<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        let mut map = Self::new();
        entries.into_iter().for_each(|(key, value)| drop(map.insert(key, value)));
        map
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrderedMap<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // It looks for duplicate keys itself, as a struct does.
        deserializer.deserialize_struct(OBJECT, &[], MapVisitor(PhantomData))
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MapVisitor<T> {
    type Value = OrderedMap<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut map = OrderedMap::new();
        while let Some((key, value)) = members.next_entry::<String, T>()? {
            if map.insert(key, value).is_some() {
                return Err(A::Error::custom(DUPLICATE));
            }
        }
        Ok(map)
    }
}

impl<T: Serialize> Serialize for OrderedMap<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}
