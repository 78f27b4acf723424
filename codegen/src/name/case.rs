//! Identifiers out of the words of a name.

use crate::words::words;

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
