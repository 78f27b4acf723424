//! What a text looks like: a label that a person gave, or an id that a machine did.

use crate::infer::evidence::Format;

/// Whether a text could be a label: an event type, a status, a kind.
pub fn is_label(text: &str) -> bool {
    let is_fine = |c: char| c.is_alphanumeric() || " ._:-/+@#".contains(c);
    (1..=80).contains(&text.len())
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(is_fine)
        && text.split(' ').count() <= 5
        && !Format::Uri.fits(text)
        && !Format::DateTime.fits(text)
        && !Format::Date.fits(text)
        && !Format::Email.fits(text)
        && !is_id(text)
}

/// Whether a text is an id: a UUID, a number, or letters and digits as no word has them.
pub fn is_id(text: &str) -> bool {
    Format::Uuid.fits(text) || text.split(['_', '-', '.', '/', ':', ' ']).any(is_id_part)
}

fn is_id_part(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
    let turns = part.as_bytes().windows(2).filter(|pair| is_turn(pair[0], pair[1])).count();
    digits >= 5 || (digits >= 2 && letters >= 2 && part.len() >= 8 && turns >= 2) || (part.len() >= 12 && turns >= 5)
}

/// Whether letters end where digits begin, or small letters where large ones do.
fn is_turn(one: u8, other: u8) -> bool {
    let class = |byte: u8| match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        _ => 2,
    };
    class(one) != class(other)
}
