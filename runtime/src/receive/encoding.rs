//! Bytes as text, each in one form only.

use super::Encoding;
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const FOR_URLS: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Encoding {
    /// Reads bytes into room that is large enough, without allocating.
    pub(super) fn decode_into<'b>(self, text: &[u8], room: &'b mut [u8]) -> Option<&'b [u8]> {
        let length = match self {
            Self::Hex => hex(text, room, b'a')?,
            Self::HexUpper => hex(text, room, b'A')?,
            Self::Base64 => STANDARD.decode_slice(text, room).ok()?,
            Self::Base64Url => FOR_URLS.decode_slice(text, room).ok()?,
        };
        Some(&room[..length])
    }

    pub(super) fn encode(self, bytes: &[u8]) -> String {
        let digits = |format: fn(&u8) -> String| bytes.iter().map(format).collect();
        match self {
            Self::Hex => digits(|byte| format!("{byte:02x}")),
            Self::HexUpper => digits(|byte| format!("{byte:02X}")),
            Self::Base64 => STANDARD.encode(bytes),
            Self::Base64Url => URL_SAFE_NO_PAD.encode(bytes),
        }
    }

    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Hex => "a signature in lower-case hexadecimal",
            Self::HexUpper => "a signature in upper-case hexadecimal",
            Self::Base64 => "a signature in base64",
            Self::Base64Url => "a signature in base64url",
        }
    }
}

fn hex(text: &[u8], room: &mut [u8], ten: u8) -> Option<usize> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        _ => digit.checked_sub(ten).filter(|above| *above < 6).map(|above| above + 10),
    };
    let (pairs, rest) = text.as_chunks::<2>();
    if !rest.is_empty() || pairs.len() > room.len() {
        return None;
    }
    for (byte, [high, low]) in room.iter_mut().zip(pairs) {
        *byte = (digit(*high)? << 4) | digit(*low)?;
    }
    Some(pairs.len())
}
