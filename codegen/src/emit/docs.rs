//! The text of a document as documentation: data that cannot become code.

use crate::model::Docs;
use proc_macro2::TokenStream;
use quote::quote;

/// Columns a line of documentation may fill.
const WIDTH: usize = 96;

/// The attributes that carry the documentation, and `#[deprecated]`.
pub fn docs(docs: &Docs, otherwise: &str) -> TokenStream {
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    let text = docs.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).unwrap_or(otherwise);
    let mut all = text.to_owned();
    for note in &docs.notes {
        if !all.is_empty() {
            all.push_str("\n\n");
        }
        all.push_str(note);
    }
    let lines = lines(&all);
    quote!(#(#[doc = #lines])* #deprecated)
}

/// The attributes for documentation of our own.
pub fn own(text: &str) -> TokenStream {
    docs(&Docs::default(), text)
}

/// The lines of a `//!` block.
pub fn lines(text: &str) -> Vec<String> {
    let mut safe = Vec::new();
    let mut in_fence = false;
    for line in text.replace('\t', "    ").lines() {
        let content = line.trim();
        let is_fence = content.starts_with("```") || content.starts_with("~~~");
        if is_fence {
            in_fence = !in_fence;
            // Without a language rustdoc takes a block for Rust, and runs it.
            safe.push(if in_fence { " ```text".to_owned() } else { " ```".to_owned() });
        } else if in_fence {
            safe.push(format!(" {}", line.trim_end().replace("```", "'''")));
        } else if content.is_empty() {
            safe.push(String::new());
        } else {
            wrap(&escape(content), &mut safe);
        }
    }
    if in_fence {
        safe.push(" ```".to_owned());
    }
    safe.dedup_by(|line, before| line.is_empty() && before.is_empty());
    safe
}

/// Breaks a line at spaces. Indentation is gone already: four spaces would make a code block, which
/// rustdoc runs.
fn wrap(content: &str, lines: &mut Vec<String>) {
    if content.starts_with('|') {
        return lines.push(format!(" {content}"));
    }
    let mut line = String::new();
    for word in content.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.chars().count() + word.chars().count() + 2 > WIDTH && !begins_block(word) {
            lines.push(std::mem::take(&mut line));
        }
        line.push(' ');
        line.push_str(word);
    }
    lines.push(line);
}

/// Whether a word would begin a list, a heading or a quotation at the start of a line.
fn begins_block(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    let is_number = number != word && number.chars().all(|digit| digit.is_ascii_digit());
    is_number || word.starts_with(['-', '+', '*', '#', '>', '=', '|', '~', '`'])
}

/// Makes HTML and link targets that rustdoc would look up into plain text. Code spans are left as
/// they are, and so are links to the web.
fn escape(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['`', '<', '[', ']', '\\']) {
        safe.push_str(&rest[..at]);
        rest = &rest[at..];
        let kept = code_span(rest).or_else(|| web_link(rest)).unwrap_or(0);
        if kept > 0 {
            safe.push_str(&rest[..kept]);
            rest = &rest[kept..];
        } else {
            if !rest.starts_with('\\') || rest.len() == 1 {
                safe.push('\\');
            }
            safe.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    safe.push_str(rest);
    safe
}

/// The length of the code span that begins here.
fn code_span(text: &str) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let fence = &text[..ticks];
    text[ticks..].find(fence).map(|length| length + 2 * ticks)
}

/// The length of the link that begins here, if it leads to the web.
fn web_link(text: &str) -> Option<usize> {
    let label = text.strip_prefix('[')?;
    let end = label.find("](")?;
    if label[..end].contains(['[', ']', '<', '`']) {
        return None;
    }
    let target = &label[end + 2..];
    let length = target.find(')')?;
    let is_web = target.starts_with("http://") || target.starts_with("https://") || target.starts_with("mailto:");
    (is_web && !target[..length].contains([' ', '<', '>'])).then_some(end + length + 4)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn text_stays_text() {
        for (text, safe) in [
            ("Plain.", " Plain."),
            ("```\npanic!()\n```", " ```text\n panic!()\n ```"),
            ("```rust\npanic!()", " ```text\n panic!()\n ```"),
            ("~~~\nlet x;\n~~~", " ```text\n let x;\n ```"),
            ("a\n\n    indented code", " a\n\n indented code"),
            ("\tindented code", " indented code"),
            ("<script>alert(1)</script>", " \\<script>alert(1)\\</script>"),
            (
                "see [Thing] and [the docs](https://example.com/a_b)",
                " see \\[Thing\\] and [the docs](https://example.com/a_b)",
            ),
            ("[x](javascript:alert(1))", " \\[x\\](javascript:alert(1))"),
            ("`Option<T>` and [`Foo`]", " `Option<T>` and \\[`Foo`\\]"),
            ("an odd ` tick", " an odd \\` tick"),
            ("\"quotes\" \\n */ // {}", " \"quotes\" \\n */ // {}"),
        ] {
            assert_eq!(lines(text).join("\n"), safe, "{text:?}");
        }
    }

    #[test]
    fn long_lines_break_where_no_block_begins() {
        let text = format!("{} - not a list", "word ".repeat(18).trim_end());
        assert_eq!(lines(&text), [format!(" {} -", "word ".repeat(18).trim_end()), " not a list".to_owned()]);
    }
}
