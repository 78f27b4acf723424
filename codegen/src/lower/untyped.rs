//! Places where a schema says something, and yet any value is what becomes of it.

use super::facts::{Facts, Kind};
use super::{Lowering, Node, ext, file_name};
use crate::diagnostics::Diagnostic;
use openapiv3::SchemaData;

const HELP: &str = "it is a `serde_json::Value`";
const CONTRADICTION: &str = "no value fits all that is said here";

impl Lowering<'_> {
    /// Reports schemas that no value fits, such as an `allOf` of several types.
    pub(super) fn contradiction(&mut self, node: &Node<'_>, facts: &Facts<'_>) {
        if facts.fits_nothing() {
            let help = "the type is made of what is left; correct it here or in overlay.yaml";
            self.warning(node, CONTRADICTION, help);
        }
    }

    /// Notes that a schema has become any value, unless that is all it says.
    pub(super) fn untyped(&mut self, facts: &Facts<'_>, data: &SchemaData) {
        let place = ext::text(data, ext::PLACE).split_once('#');
        let source = place.and_then(|(file, _)| self.sources.iter().find(|source| file_name(source) == file));
        let (Some((_, pointer)), Some(source), Some(reason)) = (place, source, reason(facts)) else { return };
        self.untyped.push(Diagnostic::warning(&source.path, pointer, reason).help(HELP));
    }
}

fn reason(facts: &Facts<'_>) -> Option<String> {
    if facts.is_false {
        return Some("no value fits `false`".to_owned());
    }
    if facts.types.is_some() || facts.values.is_some() {
        return Some(CONTRADICTION.to_owned());
    }
    let unsaid: Vec<_> = facts.unsaid.iter().map(|(keyword, _)| format!("`{keyword}`")).collect();
    (!unsaid.is_empty()).then(|| format!("{} without a type", unsaid.join(", ")))
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
