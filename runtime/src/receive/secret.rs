//! What no secret looks like, whichever the scheme.

use super::SecretError;

/// The fewest bytes of a shared key. All keys of two bytes can be tried on one recorded delivery within a tenth of a
/// second, so one as short is an accident, such as a placeholder or an index in place of the value. More cannot be asked
/// for: the provider may have let its user type a short one, and the receiver must have the same.
const LEAST: usize = 3;

/// 96 bits in base64; what a person might choose or a scanner guess is shorter.
const LEAST_IN_URL: usize = 16;

/// Refuses what a file, a shell or the clipboard put around a secret: with it, no signature would ever match, and
/// nothing would say why.
pub(super) fn check_text(secret: &str) -> Result<(), SecretError> {
    if secret.trim().is_empty() {
        Err(SecretError::Missing)
    } else if secret.starts_with(char::is_whitespace) || secret.ends_with(char::is_whitespace) {
        Err(SecretError::Whitespace)
    } else if secret.contains(char::is_control) || secret.starts_with(is_invisible) || secret.ends_with(is_invisible) {
        Err(SecretError::HiddenCharacter)
    } else if is_quoted(secret) {
        Err(SecretError::Quoted)
    } else {
        Ok(())
    }
}

pub(super) fn check_length(key: &[u8]) -> Result<(), SecretError> {
    if key.len() < LEAST { Err(SecretError::TooShort { least: LEAST }) } else { Ok(()) }
}

/// Refuses what somebody could guess, or what might arrive escaped or not: all but the unreserved characters of RFC 3986
/// (section 2.3).
pub(super) fn check_for_url(secret: &str) -> Result<(), SecretError> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    match secret.len() {
        ..LEAST_IN_URL => Err(SecretError::TooShort { least: LEAST_IN_URL }),
        _ if !secret.bytes().all(fits) => Err(SecretError::NotForPaths),
        _ => Ok(()),
    }
}

/// Soft hyphen, zero-width characters, marks of the direction of text, byte order mark. Between other characters they
/// may be wanted, as in emoji.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn is_quoted(secret: &str) -> bool {
    let pairs = [('"', '"'), ('\'', '\''), ('`', '`'), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')];
    pairs.iter().any(|(open, close)| secret.strip_prefix(*open).is_some_and(|rest| rest.ends_with(*close)))
}
