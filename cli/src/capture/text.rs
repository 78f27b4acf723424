//! A request as text: headers, a blank line and the body; a request line may come first.

use super::error::CaptureError;
use super::json_lines::whole;
use super::record::{Captured, Each};
use std::io::Read;
use std::path::Path;

pub(super) fn read(path: &Path, reader: impl Read, each: &mut Each<'_>) -> Result<(), CaptureError> {
    let content = whole(path, reader)?;
    let mut captured = Captured { location: (path.to_owned(), None), ..Captured::plain(Vec::new()) };
    let mut rest = content.as_slice();
    for number in 1.. {
        let (line, after) = line(rest);
        rest = after;
        match std::str::from_utf8(line).map(str::trim_end) {
            Ok("") => break,
            Ok(text) if number == 1 && is_request_line(text) => request_line(text, &mut captured),
            // A body alone that is not JSON, such as a token.
            Ok(text) if number == 1 && !text.contains(':') => {
                return each(Captured { body: content, ..captured });
            }
            Ok(text) => captured.headers.push(header(text).ok_or_else(|| {
                CaptureError::new(path, number, "expected `Name: value`, or a blank line before the body")
            })?),
            Err(_) => return Err(CaptureError::new(path, number, "this is neither JSON nor the text of a request")),
        }
    }
    captured.body = rest.to_vec();
    each(captured)
}

/// The first line without its end, and what comes after it.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    match text.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, &[]),
    }
}

fn is_request_line(text: &str) -> bool {
    let method = text.split(' ').next().unwrap_or_default();
    !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase()) && text.contains(' ')
}

fn request_line(text: &str, captured: &mut Captured) {
    let mut words = text.split(' ');
    captured.method = words.next().unwrap_or_default().to_owned();
    captured.url = words.next().unwrap_or_default().to_owned();
}

fn header(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    is_name.then(|| (name.to_ascii_lowercase(), value.trim().to_owned()))
}
