//! Whether a refusal is explained by a change.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;
use webhook_codegen::diff::{Change, Diff, Kind};

pub struct Explained<'e> {
    pub diff: &'e Diff,
    /// The new document.
    pub document: &'e Value,
    /// Where the body's schema stands there.
    pub body: &'e str,
}

impl Explained<'_> {
    /// The first place of a body that is refused, if no change explains any of them.
    pub fn missing(&self, validator: &Validator, body: &Value) -> Option<String> {
        let errors: Vec<_> = validator.iter_errors(body).collect();
        let unexplained = errors.iter().find(|error| !self.is_explained(error))?;
        Some(format!("{} ({}): {unexplained}", unexplained.instance_path(), unexplained.evaluation_path()))
    }

    fn is_explained(&self, error: &ValidationError<'_>) -> bool {
        let (places, keyword) = self.places(error);
        let Some(last) = places.last() else { return false };
        let mut wire = self.diff.changes.iter().filter(|change| change.wire);
        let own = wire.any(|change| {
            let Some(place) = change.new.as_ref().map(|place| place.pointer.as_str()) else { return false };
            // Who replaced a type refuses whatever the new one refuses.
            let is_replaced = is_replacement(change) && places.iter().any(|visited| visited == place);
            is_replaced || place == last || place == format!("{last}/{keyword}") || is_key(error, last, place)
        });
        own || inner(error).into_iter().flatten().any(|branch| branch.iter().any(|error| self.is_explained(error)))
    }

    /// The schemas on the way to the one that refuses, and its keyword.
    fn places(&self, error: &ValidationError<'_>) -> (Vec<String>, String) {
        let path = error.evaluation_path().to_string();
        let mut at = String::new();
        let mut places = Vec::new();
        let tokens: Vec<_> = path.split('/').skip(1).collect();
        let (keyword, way) = tokens.split_last().map_or(("", &[][..]), |(last, way)| (*last, way));
        for (index, token) in way.iter().enumerate() {
            if index == 0 {
                at = self.body.to_owned();
            } else if *token == "$ref" {
                let target = self.document.pointer(&format!("{at}/$ref")).and_then(Value::as_str);
                at = target.unwrap_or_default().trim_start_matches('#').to_owned();
            } else {
                at = format!("{at}/{token}");
            }
            places.push(at.clone());
        }
        (places, keyword.to_owned())
    }
}

fn is_replacement(change: &Change) -> bool {
    matches!(change.kind, Kind::FieldChanged | Kind::TypeChanged | Kind::EventChanged | Kind::VariantChanged)
}

/// Whether a change is about the key that is missing, or about one that may no longer be there.
fn is_key(error: &ValidationError<'_>, last: &str, place: &str) -> bool {
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default().replace('~', "~0").replace('/', "~1");
            place == format!("{last}/properties/{key}") || place.ends_with(&format!("/properties/{key}"))
        }
        ValidationErrorKind::AdditionalProperties { .. } => place.starts_with(&format!("{last}/properties/")),
        _ => false,
    }
}

/// Why each branch of a choice refuses.
fn inner<'r>(error: &'r ValidationError<'_>) -> Option<&'r [Vec<ValidationError<'static>>]> {
    match error.kind() {
        ValidationErrorKind::OneOfNotValid { context }
        | ValidationErrorKind::OneOfMultipleValid { context }
        | ValidationErrorKind::AnyOf { context } => Some(context),
        _ => None,
    }
}
