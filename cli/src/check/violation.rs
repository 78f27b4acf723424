//! What a validator says of a value, in the words of the other diagnostics.

use super::address::location;
use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

/// One thing in a value that does not fit its schema.
pub(super) struct Violation {
    /// JSON pointer within the value.
    pub pointer: String,
    pub message: String,
    /// The keyword that says otherwise, and its location: document and pointer.
    pub keyword: String,
    pub location: Option<(usize, String)>,
    /// Whether the validator gave up, rather than found something.
    pub is_unsure: bool,
}

/// What to correct: of a union, what is wrong in the only variant that can apply, or else the whole.
pub(super) fn violations(error: &ValidationError<'_>) -> Vec<Violation> {
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind() {
        let mut possible = context.iter().filter(|errors| errors.iter().all(|inner| !rules_out(inner, error)));
        if let (Some(only), None) = (possible.next(), possible.next()) {
            return only.iter().flat_map(violations).collect();
        }
    }
    let location = location(error);
    let keyword = match (error.kind(), &location) {
        // The keyword that holds the `false` is what people look for.
        (Kind::FalseSchema, Some((_, pointer))) => pointer.rsplit('/').next().unwrap_or_default(),
        (kind, _) => kind.keyword(),
    };
    vec![Violation {
        pointer: error.instance_path().as_str().to_owned(),
        message: message(error),
        keyword: keyword.to_owned(),
        location,
        is_unsure: matches!(error.kind(), Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. }),
    }]
}

/// Whether a variant of a union cannot apply: the value has another type, or another tag.
fn rules_out(inner: &ValidationError<'_>, union: &ValidationError<'_>) -> bool {
    let below = inner.instance_path().as_str().strip_prefix(union.instance_path().as_str()).unwrap_or_default();
    match inner.kind() {
        Kind::Type { .. } => below.is_empty(),
        Kind::Constant { .. } | Kind::Enum { .. } => below.matches('/').count() <= 1,
        _ => false,
    }
}

fn message(error: &ValidationError<'_>) -> String {
    let keys = |keys: &[String]| keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    match error.kind() {
        Kind::Type { kind } => format!("does not fit: expected {}", types(kind)),
        Kind::Required { property } => {
            format!("lacks the key `{}`", property.as_str().map_or_else(|| property.to_string(), str::to_owned))
        }
        Kind::Constant { expected_value } => format!("does not fit: expected {}", short(expected_value)),
        Kind::Enum { .. } => "is not one of the values of the enum".to_owned(),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            format!("has keys that are not allowed: {}", keys(unexpected))
        }
        Kind::AnyOf { .. } => "fits none of the schemas of `anyOf`".to_owned(),
        Kind::OneOfNotValid { .. } => "fits none of the schemas of `oneOf`".to_owned(),
        Kind::OneOfMultipleValid { .. } => "fits several schemas of `oneOf`, and may fit only one".to_owned(),
        Kind::FalseSchema => "holds a value where none is allowed".to_owned(),
        _ => format!("does not fit: {}", error.masked_with("the value")),
    }
}

fn types(kind: &TypeKind) -> String {
    let named = |name: &str| match name {
        "null" => "null".to_owned(),
        "array" | "integer" | "object" => format!("an {name}"),
        name => format!("a {name}"),
    };
    match kind {
        TypeKind::Single(one) => named(one.as_str()),
        TypeKind::Multiple(set) => set.iter().map(|one| named(one.as_str())).collect::<Vec<_>>().join(" or "),
    }
}

/// A value in one line of bearable length.
fn short(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
