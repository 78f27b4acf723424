//! Words out of names, and names out of words.

use unicode_normalization::UnicodeNormalization;

/// Splits a name where a reader would: at punctuation and at changes of case (`HTTPServer` is two
/// words, `crmObjectId` three, `utm_source` two).
pub fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    // rustc compares identifiers in a normal form, too, and warns of letters that have another one.
    let spelled = spell(&name.nfkc().collect::<String>());
    let characters: Vec<char> = spelled.chars().collect();
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

pub fn snake_case(name: &str) -> String {
    identifier(words(name).join("_"))
}

pub fn pascal_case(name: &str) -> String {
    let words = words(name);
    let mut pascal = String::new();
    for word in &words {
        let mut characters = word.chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        // Two numbers side by side would read as one.
        if pascal.ends_with(|last: char| last.is_numeric()) && word.starts_with(|first: char| first.is_numeric()) {
            pascal.push('_');
        }
        pascal.extend(first);
        pascal.push_str(characters.as_str());
    }
    identifier(pascal)
}

/// An identifier cannot begin with a digit.
fn identifier(name: String) -> String {
    match name.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => name,
        _ => format!("_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{pascal_case, snake_case};

    #[test]
    fn names_become_identifiers() {
        for (wire, snake, pascal) in [
            ("first_name", "first_name", "FirstName"),
            ("firstName", "first_name", "FirstName"),
            ("EventId", "event_id", "EventId"),
            ("e164Phone", "e164_phone", "E164Phone"),
            ("iDealConsumerIBAN", "i_deal_consumer_iban", "IDealConsumerIban"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("userdef2_id", "userdef2_id", "Userdef2Id"),
            ("contact.created", "contact_created", "ContactCreated"),
            ("airline.leg.class", "airline_leg_class", "AirlineLegClass"),
            ("Call canceled", "call_canceled", "CallCanceled"),
            ("won't fix", "wont_fix", "WontFix"),
            ("1_question", "_1_question", "_1Question"),
            ("3ds", "_3ds", "_3ds"),
            ("00", "_00", "_00"),
            ("400", "_400", "_400"),
            ("1.2", "_1_2", "_1_2"),
            ("+1", "plus_1", "Plus1"),
            ("-1", "minus_1", "Minus1"),
            ("*", "star", "Star"),
            ("", "empty", "Empty"),
            ("__", "underscore_underscore", "UnderscoreUnderscore"),
            ("größe", "größe", "Größe"),
            ("日付", "日付", "日付"),
            ("🎉", "u1f389", "U1f389"),
            ("_id", "id", "Id"),
            ("WIX_APP", "wix_app", "WixApp"),
            ("extended-field_updated", "extended_field_updated", "ExtendedFieldUpdated"),
        ] {
            assert_eq!((snake_case(wire).as_str(), pascal_case(wire).as_str()), (snake, pascal), "{wire:?}");
        }
    }
}
