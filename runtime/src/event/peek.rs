//! Looking one value up in a body without reading the rest of it.

use crate::json::Lexer;
use std::borrow::Cow;

/// The string, number or boolean that the pointer leads to, as text.
///
/// The body is trusted to be JSON: what stands before the value is stepped over without a closer
/// look, and what stands after it is not touched. Of a body that is no JSON, anything or nothing may
/// be found; parsing refuses it either way.
pub(super) fn peek<'b>(body: &'b str, tokens: &[&str]) -> Option<Cow<'b, str>> {
    let mut lexer = Lexer::new(body);
    let mut tokens = tokens;
    while let [token, deeper @ ..] = tokens {
        match lexer.peek()? {
            b'{' => {
                member(&mut lexer, token)?;
                tokens = deeper;
            }
            b'[' => {
                let index = token.parse().ok();
                item(&mut lexer, index.unwrap_or(0))?;
                tokens = if index.is_some() { deeper } else { tokens };
            }
            b'"' => return in_text(lexer.string()?, tokens),
            _ => return None,
        }
    }
    scalar(&mut lexer)
}

/// A string may hold the JSON in which the pointer leads on.
fn in_text<'b>(text: Cow<'b, str>, tokens: &[&str]) -> Option<Cow<'b, str>> {
    match text {
        Cow::Borrowed(text) => peek(text, tokens),
        Cow::Owned(text) => peek(&text, tokens).map(|found| Cow::Owned(found.into_owned())),
    }
}

/// Steps to the value of the first member with this key.
fn member(lexer: &mut Lexer<'_>, wanted: &str) -> Option<()> {
    lexer.eat(b'{')?;
    loop {
        let key = lexer.string()?;
        lexer.eat(b':')?;
        if key == wanted {
            return Some(());
        }
        lexer.skip()?;
        lexer.eat(b',')?;
    }
}

/// Steps to the item at this index.
fn item(lexer: &mut Lexer<'_>, index: usize) -> Option<()> {
    lexer.eat(b'[')?;
    for _ in 0..index {
        lexer.skip()?;
        lexer.eat(b',')?;
    }
    Some(())
}

fn scalar<'b>(lexer: &mut Lexer<'b>) -> Option<Cow<'b, str>> {
    if lexer.peek()? == b'"' {
        return lexer.string();
    }
    match lexer.word() {
        "" | "null" => None,
        word @ ("true" | "false") => Some(Cow::Borrowed(word)),
        // However a fraction is written, it is the same number.
        number if number.contains(['.', 'e', 'E']) => Some(Cow::Owned(number.parse::<f64>().ok()?.to_string())),
        number => Some(Cow::Borrowed(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::peek;

    #[test]
    fn finds_what_the_pointer_names() {
        for (body, tokens, found) in [
            (r#"{"type":"a"}"#, &["type"][..], Some("a")),
            (r#"{"data":{"x":[1,{}]},"type":"late"}"#, &["type"], Some("late")),
            (r#"{"ty\u0070e":"escaped\n"}"#, &["type"], Some("escaped\n")),
            (r#"{"data":"{\"eventType\":\"in text\"}"}"#, &["data", "eventType"], Some("in text")),
            (r#"{"data":{"eventType":"inline"}}"#, &["data", "eventType"], Some("inline")),
            (r#"[{"hookType":"in an array of one"}]"#, &["hookType"], Some("in an array of one")),
            (r#"{"items":[{"a":1},{"code":"x"}]}"#, &["items", "1", "code"], Some("x")),
            (r#"{"a":[[]," \"]}{\\",-1.5e3,{"type":0}],"type":"skipped to"}"#, &["type"], Some("skipped to")),
            ("\n{\t\"a\" : {} ,\r\n \"type\" : \"between white space\" }", &["type"], Some("between white space")),
            (r#"{"data":"{\"type\":\"\u00e4 by number\"}"}"#, &["data", "type"], Some("\u{e4} by number")),
            (r#"{"version":2}"#, &["version"], Some("2")),
            (r#"{"version":2.0}"#, &["version"], Some("2")),
            (r#"{"live":true}"#, &["live"], Some("true")),
            (r#"{"type":null}"#, &["type"], None),
            (r#"{"type":{}}"#, &["type"], None),
            (r#"{"other":"a"}"#, &["type"], None),
            (r#"{"data":"no JSON"}"#, &["data", "type"], None),
            ("[]", &["type"], None),
            ("5", &["type"], None),
            ("{", &["type"], None),
            (r#"{"data":5}"#, &["data", "type"], None),
            (r#"{"data":"\"\\\"5\\\"\""}"#, &["data", "type"], None),
        ] {
            assert_eq!(peek(body, tokens).as_deref(), found, "{tokens:?} in {body}");
        }
    }
}
