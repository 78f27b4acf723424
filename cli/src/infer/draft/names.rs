//! The form of names.

use webhook_codegen::words::words;

/// A name as components have it: `order.paid` is `OrderPaid`.
pub fn pascal(name: &str) -> String {
    let capital = |word: &String| {
        let mut characters = word.chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(characters).filter(char::is_ascii_alphanumeric).collect::<String>()
    };
    let name: String = words(name).iter().map(capital).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("Event{name}") }
}
