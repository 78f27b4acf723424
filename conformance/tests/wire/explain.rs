//! Whether a refusal is explained by a change.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;
use webhook_codegen_cli::diff::{Action, Cause, Change, Deliveries, Diff, Item, Location};

/// What refuses bodies of one edition: the schema of the other, and what `diff` says of that.
pub struct Explained<'e> {
    pub diff: &'e Diff,
    /// Whether the bodies are new and the document is old, or the other way round.
    pub deliveries: Deliveries,
    /// The document that refuses.
    pub document: &'e Value,
    /// Where the body's schema is.
    pub body: &'e str,
}

/// What the changes at the places that refuse a body say of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Verdict {
    /// Whether one of them says that the types refuse such a body.
    pub is_wire: bool,
    /// Whether each place has one that does not say so.
    pub is_compatible: bool,
}

impl Explained<'_> {
    /// What is said of a body that the schema refuses; the first place that no change explains, if there is one.
    pub fn verdict(&self, validator: &Validator, body: &Value) -> Result<Verdict, String> {
        let mut verdict = Verdict { is_wire: false, is_compatible: true };
        for error in validator.iter_errors(body) {
            let changes = self.changes(&error);
            if changes.is_empty() {
                return Err(format!("{} ({}): {error}", error.instance_path(), error.evaluation_path()));
            }
            verdict.is_wire |= changes.iter().any(|change| self.is_wire(change, None));
            let cause = cause(&error);
            let last = self.places(&error).0.pop().unwrap_or_default();
            // A type that replaced another one refuses for its own reasons, and not for what no type enforces.
            let is_inside =
                |change: &Change| cause.is_none() && self.location(change).is_some_and(|at| at.pointer != last);
            let is_compatible =
                |change: &&Change| !self.is_wire(change, cause) || is_replacement(change) && is_inside(change);
            verdict.is_compatible &= changes.iter().any(is_compatible);
        }
        Ok(verdict)
    }

    /// Whether a change says that the types refuse a body, for a cause if one is given.
    fn is_wire(&self, change: &Change, cause: Option<Cause>) -> bool {
        // Code that reads another key, or knows a value by another name, refuses nothing.
        let refuses = |of: Cause| !matches!(of, Cause::Key | Cause::Value) && cause.is_none_or(|cause| cause == of);
        change.wire.iter().any(|one| one.deliveries == self.deliveries && refuses(one.cause))
    }

    /// The changes that explain an error.
    fn changes(&self, error: &ValidationError<'_>) -> Vec<&Change> {
        let (places, keyword) = self.places(error);
        let Some(last) = places.last() else { return Vec::new() };
        let explains = |change: &&Change| {
            let Some(place) = self.location(change).map(|location| location.pointer.as_str()) else { return false };
            // Who replaced a type refuses whatever the new one refuses.
            let is_replaced = is_replacement(change) && places.iter().any(|visited| visited == place);
            let is_body = change.item == Item::Event && self.body.starts_with(&format!("{place}/"));
            is_replaced
                || is_body
                || place == last
                || place == format!("{last}/{keyword}")
                || is_key(error, last, place)
        };
        let mut changes: Vec<_> = self.diff.changes.iter().filter(explains).collect();
        let inner = inner(error).into_iter().flatten().flatten();
        changes.extend(inner.flat_map(|error| self.changes(error)));
        changes
    }

    fn location<'c>(&self, change: &'c Change) -> Option<&'c Location> {
        match self.deliveries {
            Deliveries::New => change.old.as_ref(),
            Deliveries::Stored => change.new.as_ref(),
        }
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

/// What a refusal is called among the causes of a change; none where types refuse nothing for it.
fn cause(error: &ValidationError<'_>) -> Option<Cause> {
    match error.kind() {
        ValidationErrorKind::Required { .. } => Some(Cause::Missing),
        ValidationErrorKind::Type { .. } if error.instance().is_null() => Some(Cause::Null),
        ValidationErrorKind::Type { .. } => Some(Cause::Type),
        _ => None,
    }
}

fn is_replacement(change: &Change) -> bool {
    let is_type = matches!(change.item, Item::Field | Item::Type | Item::Event | Item::Variant);
    is_type && matches!(change.action, Action::Changed(..))
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

/// Why each variant of a union refuses.
fn inner<'r>(error: &'r ValidationError<'_>) -> Option<&'r [Vec<ValidationError<'static>>]> {
    match error.kind() {
        ValidationErrorKind::OneOfNotValid { context }
        | ValidationErrorKind::OneOfMultipleValid { context }
        | ValidationErrorKind::AnyOf { context } => Some(context),
        _ => None,
    }
}
