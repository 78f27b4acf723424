//! Keys that are data, and not the names of properties.

use super::{Format, Graph, Map, NodeId, ObjectId};

/// What the keys of a map look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    /// Digits.
    Digits,
    /// UUIDs.
    Uuid,
    /// Dates.
    Date,
    /// Codes in capital letters, as of currencies and countries.
    Code,
    /// Languages, with a region or a script or without.
    Language,
    /// Ids: long, with letters and digits mixed.
    Id,
    /// Anything.
    Any,
}

const FORMS: [KeyForm; 4] = [KeyForm::Digits, KeyForm::Uuid, KeyForm::Date, KeyForm::Id];

/// Languages of which a translated text has one.
const KNOWN: [&str; 12] = ["en", "eng", "de", "fr", "es", "pt", "nl", "pl", "ru", "ja", "zh", "ar"];

/// An object of more keys is a map, whatever they look like.
pub(super) const MOST: usize = 400;
/// From so many keys on, those under which the same is may be data.
const FEW: usize = 3;
/// From so many keys on, the sparse ones may be data though they look like names.
const MANY: usize = 16;

impl KeyForm {
    fn fits(self, key: &str) -> bool {
        match self {
            Self::Digits => !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Uuid => Format::Uuid.fits(key),
            Self::Date => Format::Date.fits(key),
            Self::Code => matches!(key.len(), 2 | 3) && key.bytes().all(|byte| byte.is_ascii_uppercase()),
            Self::Language => is_language(key),
            Self::Id => is_id(key),
            Self::Any => true,
        }
    }

    /// The regular expression that the keys match; none where they may be anything.
    pub fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Digits => Some("^[0-9]+$"),
            Self::Uuid => Some("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"),
            Self::Date => Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
            Self::Code => Some("^[A-Z]{2,3}$"),
            Self::Language => Some("^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"),
            Self::Id | Self::Any => None,
        }
    }

    fn of<'k>(keys: impl Iterator<Item = &'k str> + Clone) -> Option<Self> {
        keys.clone().next()?;
        FORMS.into_iter().find(|form| keys.clone().all(|key| form.fits(key)))
    }

    /// Of keys that could be names of properties as well. Short words are languages only if a well-known one is among them.
    fn of_words<'k>(keys: impl Iterator<Item = &'k str> + Clone) -> Option<Self> {
        let is_known = |key: &str| key.split(['-', '_']).next().is_some_and(|language| KNOWN.contains(&language));
        let forms = [Self::Code, Self::Language].into_iter();
        let mut forms = forms.filter(|form| *form != Self::Language || keys.clone().any(is_known));
        forms.find(|form| keys.clone().all(|key| form.fits(key)))
    }

    fn join(self, other: Self) -> Self {
        if self == other { self } else { Self::Any }
    }
}

/// Whether a text is an id: long, with digits among letters, and no words in it that a name would have.
fn is_id(key: &str) -> bool {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let is_token = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    key.len() >= 10 && is_token && digits >= 3 && digits * 6 >= key.len()
}

/// Whether a text is a language tag, such as `pt-BR`.
fn is_language(key: &str) -> bool {
    let mut parts = key.split(['-', '_']);
    let is_first = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    parts.next().is_some_and(is_first)
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

impl Graph {
    /// What the keys of an object look like, if they are data.
    fn key_form(&self, id: ObjectId) -> Option<KeyForm> {
        let object = self.get_object(id);
        let keys = || object.fields.keys().map(String::as_str);
        let form = KeyForm::of(keys());
        let most = object.fields.len() > MOST;
        let alike = || self.are_alike_at_times(id).then(|| KeyForm::of_words(keys()).unwrap_or(KeyForm::Any));
        form.or_else(alike).or_else(|| (most || self.is_sparse(id)).then_some(KeyForm::Any))
    }

    /// Whether an object has many keys, few of them each time, and values of one kind under all.
    fn is_sparse(&self, id: ObjectId) -> bool {
        let object = self.get_object(id);
        let seen: u64 = object.fields.values().map(|field| field.count).sum();
        let keys = object.fields.len() as u64;
        let mut kinds = object.fields.values().map(|field| self.kinds(field.node));
        let first = kinds.next().unwrap_or_default();
        object.fields.len() >= MANY && seen * 4 < keys * object.count && first != 0 && kinds.all(|kind| kind == first)
    }

    /// Whether no key is always there, and all have the same under them: objects with the same keys, or, where the keys are
    /// codes or languages, values of one JSON type.
    fn are_alike_at_times(&self, id: ObjectId) -> bool {
        let object = self.get_object(id);
        let nodes: Vec<_> = object.fields.values().map(|field| field.node).collect();
        let are_at_times = object.fields.values().all(|field| field.count < object.count);
        let keys = object.fields.keys().map(String::as_str);
        let (Some(first), true) = (nodes.first(), are_at_times && nodes.len() >= FEW) else { return false };
        let kind = self.kinds(*first);
        let are_words = kind.is_power_of_two() && KeyForm::of_words(keys).is_some();
        let is_like_first =
            |node: &NodeId| match (self.objects_at(*first).as_slice(), self.objects_at(*node).as_slice()) {
                ([one], [other]) => {
                    one == other || self.likeness(*one, *other) == 1.0 && self.get_object(*one).fields.len() > 1
                }
                ([], []) => are_words,
                _ => false,
            };
        nodes.iter().all(|node| self.kinds(*node) == kind && is_like_first(node))
    }

    /// Makes an object a map, if its keys are data.
    pub(super) fn fold_keys(&mut self, id: ObjectId) {
        if self.get_object(id).is_pinned {
            return;
        }
        if let Some(keys) = self.key_form(id) {
            self.make_map(id, keys);
        }
    }

    /// Makes an object whose keys others choose a map, if no key is always there and all have values of one JSON type.
    pub fn fold_open_keys(&mut self, id: ObjectId) {
        let object = self.get_object(id);
        let kinds: Vec<_> = object.fields.values().map(|field| self.kinds(field.node)).collect();
        let is_free = object.fields.values().all(|field| field.count < object.count) && !object.is_pinned;
        if is_free
            && kinds.first().is_some_and(|first| first.is_power_of_two() && kinds.iter().all(|kind| kind == first))
        {
            self.make_map(id, KeyForm::Any);
        }
    }

    /// Makes an object a map: what is under its keys is that of one node.
    pub(super) fn make_map(&mut self, id: ObjectId, keys: KeyForm) {
        let known = self.get_object(id).map.clone();
        let form = known.as_ref().map_or(keys, |known| known.keys.join(keys));
        let values = known.map_or_else(|| self.node(), |known| known.values);
        let fields = std::mem::take(&mut self.object_mut(id).fields);
        self.object_mut(id).map = Some(Map { keys: form, values });
        fields.values().for_each(|field| self.unify(values, field.node));
    }

    /// Makes maps of the objects whose keys are data.
    pub fn find_maps(&mut self) {
        let objects: Vec<_> = self.objects().collect();
        for id in objects {
            if !self.get_object(id).fields.is_empty() {
                self.fold_keys(id);
            }
        }
    }
}
