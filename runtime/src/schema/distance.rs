//! Which variant of a union a value is.

use super::{Property, Schema, Union, Variant, is_integer};
use crate::{Map, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// A key that is not declared: allowed, but a schema that declares it fits better.
const ADDITIONAL: u64 = 1;
/// A value that an enum does not list: another schema probably fits.
const UNLISTED: u64 = 1 << 20;
/// A value that fits none of a union's variants.
const UNFIT: u64 = 1 << 40;

/// How many additional properties a value has for a type; none where the type cannot hold it. What enums do not list counts
/// for nothing.
pub(crate) fn additional_property_count(schema: &Schema, value: &Value) -> Option<u64> {
    Choices::default().distance(schema, value).map(|distance| distance % UNLISTED)
}

/// The variants that were chosen inside one value. Each union is asked once for each value, however many ways of reading
/// what is around it are tried.
#[derive(Default)]
pub(crate) struct Choices {
    /// By the value's address and the union's name. The values outlive this.
    chosen: HashMap<(usize, &'static str), Chosen>,
    /// The JSON inside strings, by the string's address.
    texts: HashMap<usize, Option<Rc<Value>>>,
    #[cfg(test)]
    asked: usize,
}

#[derive(Clone, Copy)]
struct Chosen {
    /// The index of the variant; past the last where none fits.
    variant: usize,
    distance: u64,
}

impl Choices {
    /// The index of the variant that a value is; past the last where none fits.
    pub fn choose(&mut self, union: &Union, value: &Value) -> usize {
        self.chosen(union, value).variant
    }

    /// The index that was chosen before.
    pub fn get(&self, name: &'static str, value: &Value) -> Option<usize> {
        self.chosen.get(&(address(value), name)).map(|chosen| chosen.variant)
    }

    fn chosen(&mut self, union: &Union, value: &Value) -> Chosen {
        let key = (address(value), union.name);
        if let Some(chosen) = self.chosen.get(&key) {
            return *chosen;
        }
        #[cfg(test)]
        {
            self.asked += 1;
        }
        // One that comes back to itself without a step into the value has no other way to fit.
        let none = Chosen { variant: union.variants.len(), distance: UNFIT };
        self.chosen.insert(key, none);
        let chosen = self.closest(union, value).unwrap_or(none);
        self.chosen.insert(key, chosen);
        chosen
    }

    /// A tag binds: a variant that lists another one is out, even where no other variant fits.
    fn closest(&mut self, union: &Union, value: &Value) -> Option<Chosen> {
        let variants = union.variants.iter().enumerate();
        let tagged = |(_, Variant(tags, _)): &(usize, &Variant)| !tags.is_empty();
        match (union.tag, value) {
            ("", _) => self.first_of(variants, value),
            (tag, Value::Object(members)) => match members.get(tag) {
                Some(found) => {
                    let has_tag = |(_, Variant(tags, _)): &(usize, &Variant)| tags.iter().any(|tag| tag.is(found));
                    let fitting = self.first_of(variants.clone().filter(has_tag), value);
                    fitting.or_else(|| self.first_of(variants.filter(|variant| !tagged(variant)), value))
                }
                None if union.is_tag_needed => self.first_of(variants.filter(|variant| !tagged(variant)), value),
                None => self.first_of(variants, value),
            },
            _ => self.first_of(variants, value),
        }
    }

    /// The first variant into which a value fits without anything left over, or else the one in which the least is.
    fn first_of<'u>(&mut self, variants: impl Iterator<Item = (usize, &'u Variant)>, value: &Value) -> Option<Chosen> {
        let mut best: Option<Chosen> = None;
        for (variant, Variant(_, schema)) in variants {
            let Some(distance) = self.distance(schema, value) else { continue };
            if best.is_none_or(|best| distance < best.distance) {
                best = Some(Chosen { variant, distance });
            }
            if distance == 0 {
                break;
            }
        }
        best
    }

    /// How far a value is from what the document says of a type; none where the type cannot hold it.
    fn distance(&mut self, schema: &Schema, value: &Value) -> Option<u64> {
        let fits = |fits: bool| fits.then_some(0);
        match (schema.resolved(), value) {
            (Schema::Any, _) | (Schema::Nullable(_), Value::Null) => Some(0),
            (Schema::Null, value) => fits(value.is_null()),
            (Schema::Boolean, value) => fits(value.is_boolean()),
            (Schema::Integer, value) => fits(is_integer(value)),
            (Schema::Number, value) => fits(value.is_number()),
            (Schema::String, value) => fits(value.is_string()),
            (Schema::Enum(listed), value) => {
                value.as_str().map(|text| if listed.contains(&text) { 0 } else { UNLISTED })
            }
            (Schema::List(item) | Schema::OneOrMany(item), Value::Array(items)) => self.sum(item, items),
            (Schema::Map(inner), Value::Object(members)) => self.sum(inner, members.values()),
            (Schema::Object(properties, extra), Value::Object(members)) => self.object(properties, extra, members),
            (Schema::List(_) | Schema::Map(_) | Schema::Object(..), _) => None,
            (Schema::JsonText(inner), Value::String(text)) => {
                let held = self.text(value, text)?;
                self.distance(inner, &held)
            }
            (Schema::JsonText(inner), Value::Object(_) | Value::Array(_)) => self.distance(inner, value),
            (Schema::JsonText(_), _) => None,
            (Schema::Nullable(inner) | Schema::OneOrMany(inner) | Schema::Inferred(inner), value) => {
                self.distance(inner, value)
            }
            (Schema::Union(union), value) => Some(self.chosen(union, value).distance),
            (Schema::Foreign(accepts), value) => fits(accepts(value)),
            (Schema::Named(_), _) => None,
        }
    }

    fn sum<'v>(&mut self, schema: &Schema, values: impl IntoIterator<Item = &'v Value>) -> Option<u64> {
        values.into_iter().try_fold(0u64, |sum, value| Some(sum.saturating_add(self.distance(schema, value)?)))
    }

    fn object(&mut self, properties: &[Property], extra: &Schema, members: &Map<String, Value>) -> Option<u64> {
        let (mut distance, mut declared) = (0u64, 0);
        for property in properties {
            let Some(value) = members.get(property.key()) else {
                if property.is_required() {
                    return None;
                }
                continue;
            };
            declared += 1;
            let own = match self.distance(property.schema(), value) {
                None if property.is_none(value, extra) => ADDITIONAL,
                own => own?,
            };
            distance = distance.saturating_add(own);
        }
        let additional = members.len() - declared;
        if !matches!(extra, Schema::Any) && additional > 0 {
            let is_declared = |key: &str| properties.iter().any(|property| property.key() == key);
            let values = members.iter().filter(|(key, _)| !is_declared(key)).map(|(_, value)| value);
            distance = distance.saturating_add(self.sum(extra, values)?);
        }
        Some(distance.saturating_add(ADDITIONAL * additional as u64))
    }

    fn text(&mut self, value: &Value, text: &str) -> Option<Rc<Value>> {
        self.texts.entry(address(value)).or_insert_with(|| serde_json::from_str(text).ok().map(Rc::new)).clone()
    }
}

fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

#[cfg(test)]
mod tests {
    use super::{Choices, Schema, Union};
    use crate::Value;
    use crate::schema::{Optional, Required, Variant};

    /// A union of two objects alike, each of which holds the union.
    const NODE: Union = Union {
        name: "tests::Node",
        tag: "",
        is_tag_needed: false,
        variants: &[
            Variant(&[], &Schema::Object(LEFT, &Schema::Any)),
            Variant(&[], &Schema::Object(RIGHT, &Schema::Any)),
        ],
    };
    const LEFT: &[crate::schema::Property] =
        &[Required("kind", &Schema::String), Optional("child", &Schema::Named(|| &Schema::Union(NODE)))];
    const RIGHT: &[crate::schema::Property] = &[
        Required("kind", &Schema::String),
        Optional("child", &Schema::Named(|| &Schema::Union(NODE))),
        Optional("name", &Schema::Integer),
    ];

    fn nested(depth: usize) -> Value {
        let leaf = serde_json::json!({"kind": "leaf", "name": "not a number", "more": [1, 2]});
        (0..depth).fold(leaf, |child, _| serde_json::json!({"kind": "a", "name": 1, "child": child}))
    }

    #[test]
    fn a_union_is_asked_once_for_each_value_however_deep() {
        for depth in [1, 10, 100] {
            let mut choices = Choices::default();
            let variant = choices.choose(&NODE, &nested(depth));
            assert_eq!((variant, choices.asked), (1, depth + 1));
        }
    }

    #[test]
    fn a_union_of_itself_has_no_variant_for_what_none_holds() {
        const SELF: Union = Union {
            name: "tests::Itself",
            variants: &[Variant(&[], &Schema::Named(|| &Schema::Union(SELF))), Variant(&[], &Schema::Integer)],
            ..NODE
        };
        let choose = |value: Value| Choices::default().choose(&SELF, &value);
        assert_eq!((choose(5.into()), choose("text".into())), (1, 0));
    }
}
