//! Values and names as code spans.

use serde_json::Value;

/// A value as a code span.
pub fn code(value: &Value) -> String {
    code_span(&value.to_string())
}

/// Any line of text as a code span (CommonMark, section 6.1).
pub fn code_span(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A name as a code span. A string's quotes only show where there is nothing else to see.
pub fn code_of_name(name: &str) -> String {
    let plain = !name.trim().is_empty() && !name.contains(['`', '\\', '"']) && !name.chars().any(char::is_control);
    if plain { format!("`{name}`") } else { code(&name.into()) }
}
