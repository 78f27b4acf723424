//! From a text to PEM or DER.

use crate::receive::SecretError;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// What a secret is, taken out of the quotation marks and escapes of configuration files.
pub(super) enum Text {
    Pem(Pem),
    Der(Zeroizing<Vec<u8>>),
    /// Neither; what it is instead.
    Other(&'static str),
}

impl Text {
    /// Reads PEM, or the base64 of PEM or of DER: in base64 a key fits on one line.
    pub(super) fn read(secret: &str) -> Result<Self, SecretError> {
        let around = |character: char| character.is_whitespace() || "\"'`\u{feff}".contains(character);
        let text = secret.trim_matches(around);
        if text.is_empty() {
            return Err(SecretError::Missing);
        }
        if let Some(pem) = Pem::find(text) {
            return Ok(Self::Pem(pem));
        }
        for (start, description) in [("ssh-", "a key in the format of OpenSSH"), ("{", "JSON")] {
            if text.starts_with(start) {
                return Ok(Self::Other(description));
            }
        }
        let bytes = base64(text).ok_or(SecretError::NotBase64)?;
        let pem = std::str::from_utf8(&bytes).ok().and_then(Pem::find);
        Ok(pem.map_or(Self::Der(bytes), Self::Pem))
    }
}

/// A text with at least one block of PEM (RFC 7468).
pub(super) struct Pem(Zeroizing<String>);

impl Pem {
    /// Line feeds may have become the two characters `\n`, as in the value of an environment variable or in JSON.
    fn find(text: &str) -> Option<Self> {
        let unescape = || Zeroizing::new(text.replace("\\r", "\n").replace("\\n", "\n").replace('\\', ""));
        text.contains("-----BEGIN").then(|| Self(unescape()))
    }

    /// What is between the lines of a label.
    pub(super) fn block(&self, label: &str) -> Option<&str> {
        let (_, after) = self.0.split_once(&format!("-----BEGIN {label}-----"))?;
        let inside = after.split_once(&format!("-----END {label}-----"));
        // Without its end it is no base64, and said to be damaged.
        Some(inside.map_or(after, |(inside, _)| inside))
    }

    pub(super) fn description(&self) -> &'static str {
        let label = self.0.split_once("-----BEGIN ").and_then(|(_, after)| after.split_once("-----"));
        match label.map(|(label, _)| label).unwrap_or_default() {
            label if label.ends_with("PRIVATE KEY") => "a private key",
            label if label.ends_with("PUBLIC KEY") => "a public key",
            "CERTIFICATE" => "a certificate",
            _ => "PEM of something else",
        }
    }
}

/// Base64 in either alphabet, with or without padding, over any number of lines.
pub(super) fn base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    const EITHER: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let mut dense = Zeroizing::new(String::with_capacity(text.len()));
    let characters = text.chars().filter(|character| !character.is_ascii_whitespace());
    dense.extend(characters.map(|character| match character {
        '-' => '+',
        '_' => '/',
        character => character,
    }));
    EITHER.decode(dense.as_bytes()).ok().map(Zeroizing::new)
}
