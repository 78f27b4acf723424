//! Why types and validator may differ. What has no reason here fails the test.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};

/// Why an invalid instance may be accepted, and the keyword that rules it out; none where it may not.
pub fn of_acceptance<'e>(errors: &'e [ValidationError<'_>]) -> Option<(&'static str, &'e str)> {
    let reasons: Option<Vec<_>> =
        errors.iter().map(|error| Some((of_error(error, errors)?, error.kind().keyword()))).collect();
    reasons?.first().copied()
}

fn of_error(error: &ValidationError<'_>, all: &[ValidationError<'_>]) -> Option<&'static str> {
    const CHOICE: &str = "a value that fits none or several of a choice is kept";
    let is_choice = |other: &ValidationError<'_>| {
        matches!(other.kind().keyword(), "oneOf" | "anyOf") && other.instance_path() == error.instance_path()
    };
    Some(match error.kind() {
        _ if all.iter().any(is_choice) => CHOICE,
        ValidationErrorKind::Type { kind: TypeKind::Multiple(types) }
            if types.iter().filter(|allowed| *allowed != JsonType::Null).count() > 1 =>
        {
            CHOICE
        }
        ValidationErrorKind::Type { .. } if error.instance().is_null() => "null for an optional key is read as absent",
        other => of_keyword(other.keyword())?,
    })
}

fn of_keyword(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "enum" | "const" => "a value that `enum` or `const` does not list is kept: senders add values",
        "additionalProperties" | "unevaluatedProperties" | "falseSchema" | "propertyNames" => {
            "a key that the schema rules out is kept: senders add keys"
        }
        "minLength" | "maxLength" | "pattern" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum"
        | "multipleOf" | "minItems" | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties" | "format"
        | "not" | "contains" | "dependentRequired" | "dependentSchemas" => {
            "a limit that no Rust type has is documented, and not checked"
        }
        _ => return None,
    })
}
