//! The text of a document as documentation: data that cannot become code.

use crate::model::Docs;
use proc_macro2::TokenStream;
use quote::quote;

/// Columns a line of documentation may fill.
const WIDTH: usize = 96;

/// The attributes that carry the documentation, and `#[deprecated]`. `otherwise` is our own words, for what has none:
/// links in it are links.
pub fn docs(docs: &Docs, otherwise: &str) -> TokenStream {
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    let text = docs.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let mut all = text.map(lines).unwrap_or_default();
    if all.is_empty() && !otherwise.is_empty() {
        wrap(&visible(otherwise), &mut all);
    }
    for note in &docs.notes {
        if !all.is_empty() {
            all.push(String::new());
        }
        all.extend(lines(note));
    }
    quote!(#(#[doc = #all])* #deprecated)
}

/// The attributes for documentation of our own.
pub fn own(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#[doc = #lines])*)
}

/// The lines of a `//!` block.
pub fn lines(text: &str) -> Vec<String> {
    let mut safe = Vec::new();
    let mut in_fence = false;
    for line in visible(text).lines() {
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

/// Without the characters that end a line, hide text or turn its direction: rustc refuses them in
/// comments.
fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    let is_hidden = |character: char| {
        (character.is_control() && character != '\n')
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|character| if is_hidden(character) { '\u{fffd}' } else { character }).collect()
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

/// Whether a word would begin a list, a heading, a quotation, a table or a fence at the start of a line.
fn begins_block(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    let is_number = number != word && number.chars().all(|digit| digit.is_ascii_digit());
    let is_marker = ['-', '+', '*', '#', '=', '_'].iter().any(|marker| word.chars().all(|other| other == *marker));
    is_number || is_marker || word.starts_with(['>', '|']) || word.starts_with("```") || word.starts_with("~~~")
}

/// Makes HTML and link targets that rustdoc would look up into plain text. Code spans are left as
/// they are, and so are links to the web.
fn escape(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['`', '<', '[', ']', '\\']).into_iter().chain(address_start(rest)).min() {
        safe.push_str(&rest[..at]);
        rest = &rest[at..];
        let kept = code_span(rest).or_else(|| web_link(rest)).unwrap_or(0);
        let address = address(rest);
        if !address.is_empty() {
            safe.push_str(&format!("<{address}>"));
            rest = &rest[address.len()..];
        } else if kept > 0 {
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

fn address_start(text: &str) -> Option<usize> {
    text.find("http://").into_iter().chain(text.find("https://")).min()
}

/// The URL that begins here; rustdoc wants it in angle brackets.
fn address(text: &str) -> &str {
    if address_start(text) != Some(0) {
        return "";
    }
    let end = text.find(|character: char| character.is_whitespace() || "<>[]()`\"'|\\".contains(character));
    text[..end.unwrap_or(text.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_'])
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
            ("at https://example.com/a?b=1, see", " at <https://example.com/a?b=1>, see"),
            ("<https://example.com>", " \\<<https://example.com>>"),
            ("a\rb\u{202e}c", " a\n b\u{fffd}c"),
            ("an odd ` tick", " an odd \\` tick"),
            ("\"quotes\" \\n */ // {}", " \"quotes\" \\n */ // {}"),
        ] {
            assert_eq!(lines(text).join("\n"), safe, "{text:?}");
        }
    }

    #[test]
    fn long_lines_break_where_no_block_begins() {
        let words = "word ".repeat(18);
        for (text, end, next) in [
            ("- not a list", " -", " not a list"),
            ("7. not a list", " 7.", " not a list"),
            ("`code`, -x and *emphasis*", "", " `code`, -x and *emphasis*"),
        ] {
            let expected = [format!(" {}{end}", words.trim_end()), next.to_owned()];
            assert_eq!(lines(&format!("{words}{text}")), expected, "{text}");
        }
    }
}
