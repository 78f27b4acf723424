//! Words out of names.

use unicode_normalization::UnicodeNormalization;

/// Splits a name where a reader would: at punctuation and at changes of case (`HTTPServer` is two
/// words, `crmObjectId` three, `utm_source` two).
pub fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    // rustc compares identifiers in a normal form, too, and warns of letters that have another one.
    let text = spell(&name.nfkc().collect::<String>());
    let characters: Vec<char> = text.chars().collect();
    for (index, character) in characters.iter().copied().enumerate() {
        if !is_word(character) {
            words.push(std::mem::take(&mut word));
            continue;
        }
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(index + 1);
        if before.is_some_and(|before| is_boundary(before, character, after)) {
            words.push(std::mem::take(&mut word));
        }
        word.extend(character.to_lowercase().filter(|lower| is_word(*lower)));
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    if words.is_empty() {
        words.push("empty".to_owned());
    }
    words
}

/// Whether two texts say the same, apart from spelling.
pub fn same_words(left: &str, right: &str) -> bool {
    letters(left) == letters(right)
}

/// Letters and digits only, case ignored: names that are spelled differently compare by that.
pub fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_word(character: char) -> bool {
    unicode_ident::is_xid_continue(character) && character != '_'
}

fn is_boundary(before: char, character: char, after: Option<&char>) -> bool {
    if !character.is_uppercase() || !is_word(before) {
        return false;
    }
    before.is_lowercase()
        || before.is_numeric()
        || (before.is_uppercase() && after.is_some_and(|next| next.is_lowercase()))
}

/// Writes out what would otherwise vanish: a sign before a number, and names of punctuation alone.
fn spell(name: &str) -> String {
    let sign = match name.as_bytes() {
        [b'+', b'0'..=b'9', ..] => Some("plus "),
        [b'-', b'0'..=b'9', ..] => Some("minus "),
        _ => None,
    };
    if let Some(sign) = sign {
        return format!("{sign}{}", &name[1..]);
    }
    if name.is_empty() || name.chars().any(is_word) {
        return name.replace(['\'', '’'], "");
    }
    name.chars().map(|character| format!("{} ", symbol(character))).collect()
}

fn symbol(character: char) -> String {
    let known = [
        ('+', "plus"),
        ('-', "minus"),
        ('*', "star"),
        ('/', "slash"),
        ('.', "dot"),
        ('=', "equal"),
        ('<', "less"),
        ('>', "greater"),
        ('!', "bang"),
        ('?', "question"),
        ('$', "dollar"),
        ('%', "percent"),
        ('&', "and"),
        ('|', "or"),
        ('@', "at"),
        ('#', "hash"),
        (' ', "space"),
        ('_', "underscore"),
        (',', "comma"),
        (':', "colon"),
        (';', "semicolon"),
        ('~', "tilde"),
        ('^', "caret"),
        ('(', "open"),
        (')', "close"),
        ('\'', "quote"),
        ('"', "quote"),
    ];
    let name = known.iter().find(|(symbol, _)| *symbol == character).map(|(_, name)| (*name).to_owned());
    name.unwrap_or_else(|| format!("u{:x}", u32::from(character)))
}
