//! Schemas in a few words.

use crate::schema::reader::{Form, Reader};
use crate::schema::{Kind, Node};
use serde_json::Value;

/// The types of forms, each once.
pub fn kinds_in_words(forms: &[Form<'_>]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for form in forms {
        let name = kind_in_words(form.kind);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.len() {
        0 => "nothing".to_owned(),
        // Integers are numbers, so that six are all.
        6 => "anything".to_owned(),
        _ => names.join(" or "),
    }
}

fn kind_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}

/// What a form is called in its choice: by the schema it refers to, its title, or the constant that marks it.
pub fn label<'a>(reader: &mut Reader<'a>, form: &Form<'a>) -> String {
    let Some(branch) = form.branches.last() else { return String::new() };
    if let Some(reference) = branch.reference().and_then(|node| node.value.as_str()) {
        return format!("`{}`", reference.rsplit('/').next().unwrap_or(reference));
    }
    if let Some(title) = branch.text("title") {
        return format!("`{title}`");
    }
    let marks = form.facts.properties.iter();
    let mark = marks.into_iter().find_map(|(key, nodes)| match reader.values(nodes)?.as_slice() {
        [Value::String(only)] => Some(format!("the object with `{key}` {only:?}")),
        _ => None,
    });
    mark.unwrap_or_default()
}

/// What some schemas say, in short.
pub fn schema_in_words(nodes: &[Node<'_>]) -> String {
    let of = |node: &Node<'_>| match (node.reference().and_then(|node| node.value.as_str()), node.value.get("type")) {
        (Some(reference), _) => reference.rsplit('/').next().unwrap_or(reference).to_owned(),
        (None, Some(Value::String(name))) => name.clone(),
        (None, Some(Value::Array(names))) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "a schema".to_owned(),
    };
    nodes.iter().map(of).collect::<Vec<_>>().join(" and ")
}

/// Values in one line.
pub fn values_in_words(values: &[&Value]) -> String {
    const MOST: usize = 6;
    let shown: Vec<_> = values.iter().take(MOST).map(ToString::to_string).collect();
    let more = if values.len() > MOST { format!(" and {} more", values.len() - MOST) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
