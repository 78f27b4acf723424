//! Which schemas allow null, and which have no `type`.

use super::builder::Builder;
use super::ty::Type;
use crate::schema::{Data, Location, Schema};
use serde_json::Value;

impl Builder<'_> {
    /// The type of a schema with a name.
    pub fn reference(&self, schema: &Location) -> Type {
        let Some(id) = self.find(schema) else { return Type::Any };
        let named = Type::Named(id);
        if self.allows_null(self.components[id.0]) { nullable(named) } else { named }
    }

    pub fn allows_null(&self, schema: &Schema) -> bool {
        self.any(schema, &self.allowing_null, |data| data.nullable)
    }

    pub fn is_type_inferred(&self, schema: &Schema) -> bool {
        self.any(schema, &self.type_inferred, |data| data.type_inferred)
    }

    /// The booleans and numbers that a schema lists.
    pub fn listed(&self, schema: &Schema) -> Vec<Value> {
        let schema = match schema {
            Schema::Named(location) => self.find(location).map(|id| self.components[id.0]),
            own => Some(own),
        };
        schema.and_then(Schema::as_own).map(|own| own.data.values.clone()).unwrap_or_default()
    }

    /// Whether something is true of a schema, or of a schema that it refers to.
    fn any(&self, schema: &Schema, components: &[bool], is_true: fn(&Data) -> bool) -> bool {
        let (is_own, references) = own(schema, is_true);
        let mut ids = references.into_iter().filter_map(|reference| self.find(reference));
        is_own || ids.any(|id| components[id.0])
    }

    /// Finds out which components allow null and which have no `type`, by themselves or by what they refer to.
    pub fn look_through_components(&mut self) {
        self.allowing_null = self.components_of_which(|data| data.nullable);
        self.type_inferred = self.components_of_which(|data| data.type_inferred);
    }

    fn components_of_which(&self, is_true: fn(&Data) -> bool) -> Vec<bool> {
        let mut referring = vec![Vec::new(); self.components.len()];
        let mut found = vec![false; self.components.len()];
        let mut queue = Vec::new();
        for (index, component) in self.components.iter().enumerate() {
            let (is_own, references) = own(component, is_true);
            let ids = references.into_iter().filter_map(|reference| self.find(reference));
            ids.for_each(|id| referring[id.0].push(index));
            queue.extend(is_own.then_some(index));
        }
        while let Some(index) = queue.pop() {
            if !std::mem::replace(&mut found[index], true) {
                queue.append(&mut referring[index]);
            }
        }
        found
    }
}

/// Whether something is true of a schema itself, and the components that its values may be values of.
fn own(schema: &Schema, is_true: fn(&Data) -> bool) -> (bool, Vec<&Location>) {
    let (mut is_own, mut references) = (false, Vec::new());
    let mut queue = vec![schema];
    while let Some(schema) = queue.pop() {
        match schema {
            Schema::Named(location) => references.push(location),
            Schema::Own(own) => is_own |= is_true(&own.data),
        }
        queue.extend(schema.ways());
    }
    (is_own, references)
}

/// Whether a schema that names no other type allows nothing but null.
pub fn is_null(data: &Data) -> bool {
    data.values == [Value::Null]
}

/// The type of the values that are not null.
pub fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(ty) => *ty,
        ty => ty,
    }
}

/// The type of the values, and of null.
pub fn nullable(ty: Type) -> Type {
    match ty {
        // Any value may be null already, and `Nullable` twice means the same as once.
        Type::Any | Type::Null | Type::Nullable(_) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}
