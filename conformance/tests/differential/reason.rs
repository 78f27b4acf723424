//! Why types and validator may differ. What has no reason here fails the test.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;
use webhook_runtime::Problem;

pub const UNTYPED: &str =
    "a schema with `properties` and no `type` is read as an object, though it allows any other value too";

/// Why a valid instance may be refused; none where it may not.
pub fn of_refusal(problems: &[Problem], instance: &Value) -> Option<&'static str> {
    let found = |problem: &Problem| instance.pointer(&problem.pointer).and_then(Value::as_number).cloned();
    let numbers: Option<Vec<_>> =
        problems.iter().map(|problem| found(problem).filter(|_| problem.expected == "i64")).collect();
    let is_whole = |number: &serde_json::Number| number.as_f64().is_some_and(|number| number.fract() == 0.0);
    let numbers = numbers.filter(|numbers| numbers.iter().all(is_whole))?;
    Some(match numbers.iter().any(|number| number.is_u64()) {
        true => "an integer above 2^63 is no `i64`",
        false => "an integer written with a fraction (`1.0`) is no `i64`",
    })
}

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
