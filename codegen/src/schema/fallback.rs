//! Places where a schema says something, and yet any value is what becomes of it.

use super::facts::Facts;
use super::lowered::Data;
use super::lowering::Lowering;
use super::node::position;
use super::{Kind, Node};
use crate::source::{Diagnostic, WarningKind};

const HELP: &str = "it is a `serde_json::Value`";
const CONTRADICTION: &str = "no value can be valid against this schema";

impl<'a> Lowering<'a> {
    /// Reports schemas that no value fits, such as an `allOf` of several types.
    pub(super) fn contradiction(&mut self, node: &Node<'_>, facts: &Facts<'_>) {
        if facts.fits_nothing() {
            let help = "conflicting keywords are ignored; correct the schema here or in overlay.yaml";
            self.warning(WarningKind::Contradiction, node, CONTRADICTION, help);
        }
    }

    /// Notes a schema that has `properties` or `items` and no `type`.
    pub(super) fn infer_type(&mut self, facts: &Facts<'_>, data: &mut Data) {
        if facts.types.is_some() || facts.values.is_some() || facts.kinds().is_empty() {
            return;
        }
        data.type_inferred = true;
        if let Some(location) = &data.location {
            self.inferred[location.document].insert(location.pointer.clone());
        }
    }

    /// Says once in a document what is taken for granted: there would be a line for every other schema.
    pub(super) fn report_inferred_types(&mut self) {
        if self.found.has_errors() {
            return;
        }
        for (source, inferred) in self.sources.iter().zip(std::mem::take(&mut self.inferred)) {
            let Some(first) = inferred.iter().min_by_key(|pointer| position(&source.value, pointer)) else { continue };
            let message = match inferred.len() {
                1 => "this schema has no `type`".to_owned(),
                all => format!("this schema has no `type`, nor have {} others of this document", all - 1),
            };
            let help = "`properties` is read as `type: object`, `items` as `type: array`; a body of another type arrives \
                        as `Unknown`: add the `type`";
            self.found.push(Diagnostic::warning(WarningKind::InferredType, &source.path, first, message).help(help));
        }
    }

    /// Reports references to nowhere in the schemas of a keyword that no type comes of.
    pub(super) fn dangling(&mut self, schema: &Node<'a>, keyword: &str) {
        for inner in schema.inner(|known| known.name == keyword) {
            let reference = inner.reference().filter(|_| self.references.target(&inner).is_none());
            if let Some((reference, text)) = reference.and_then(|node| Some((node.clone(), node.value.as_str()?))) {
                let help = self.nearest(&inner, text);
                self.warning(WarningKind::Reference, &reference, format!("`{text}` cannot be resolved"), help);
            }
            inner.keys().for_each(|keyword| self.dangling(&inner, keyword));
        }
    }

    /// Notes that a schema has become any value, unless that is all it says.
    pub(super) fn fallback(&mut self, facts: &Facts<'_>, data: &Data) {
        let (Some(location), Some(reason)) = (&data.location, reason(facts)) else { return };
        let file = &self.sources[location.document].path;
        self.fallbacks
            .push(Diagnostic::warning(WarningKind::Contradiction, file, &location.pointer, reason).help(HELP));
    }
}

fn reason(facts: &Facts<'_>) -> Option<String> {
    if facts.is_false {
        return Some("no value fits `false`".to_owned());
    }
    if facts.types.is_some() || facts.values.is_some() {
        return Some(CONTRADICTION.to_owned());
    }
    let unenforced: Vec<_> = facts.unenforced.iter().map(|(keyword, _)| format!("`{keyword}`")).collect();
    (!unenforced.is_empty()).then(|| format!("{} without a type", unenforced.join(", ")))
}

impl Facts<'_> {
    fn fits_nothing(&self) -> bool {
        match (&self.types, &self.values) {
            (Some(types), None) => types.is_empty(),
            (types, Some(values)) => {
                let is_allowed = |kind: Kind| types.as_ref().is_none_or(|types| types.iter().any(|ty| ty.covers(kind)));
                !values.iter().any(|value| is_allowed(Kind::of(value)))
            }
            (None, None) => false,
        }
    }
}
