//! HMAC-SHA256 over the body, in one header.

use super::digest::{MacKey, from_base64, to_base64};
use super::{
    Incoming, Keyed, Scheme, SecretError, Sign, SignError, Signed, Unkeyed, Verified, VerifyError, header, secret,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

/// A header holds the HMAC-SHA256 (RFC 2104) of the body; the key is the secret's UTF-8 text.
///
/// Nothing but the body is signed, so there is no time to judge a delivery's age by.
///
/// A provider of this scheme may let its users leave the secret out, and then sends no signature:
/// that is [`Receiver::unverified`](super::Receiver::unverified). With a secret, a delivery without
/// the header is refused.
#[derive(Clone)]
pub struct HmacSha256 {
    settings: HmacSettings,
    /// Empty only if it was made by `unverified`.
    keys: Vec<MacKey>,
}

/// Where and how the signature is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HmacSettings {
    /// The header that holds it.
    pub header: HeaderName,
    /// How its 32 bytes are written.
    pub encoding: Encoding,
    /// What stands before it, like the `sha256=` of GitHub; often nothing.
    pub prefix: &'static str,
}

/// How bytes are written in a header. Each has one form for the same bytes, and others are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Standard base64 with padding (RFC 4648, section 4).
    Base64,
    /// Hexadecimal digits in lower case.
    Hex,
}

impl Scheme for HmacSha256 {
    type Settings = HmacSettings;

    fn verify<'r>(&self, incoming: &Incoming<'r>) -> Result<Verified<'r>, VerifyError> {
        if !self.keys.is_empty() {
            let signature = self.signature(incoming.headers)?;
            let signs = |key: &MacKey| key.digest(&[incoming.body]).is(signature);
            if !self.keys.iter().any(signs) {
                return Err(VerifyError::NoMatch);
            }
        }
        Ok(Verified { payload: Cow::Borrowed(incoming.body), id: None, timestamp: None })
    }
}

impl Keyed for HmacSha256 {
    fn new(settings: HmacSettings, secret: &str) -> Result<Self, SecretError> {
        let mut scheme = Self::unverified(settings);
        scheme.add_secret(secret)?;
        Ok(scheme)
    }

    fn add_secret(&mut self, secret: &str) -> Result<(), SecretError> {
        secret::check_text(secret)?;
        secret::check_length(secret.as_bytes())?;
        self.keys.push(MacKey::new(secret.as_bytes()));
        Ok(())
    }
}

impl Unkeyed for HmacSha256 {
    fn unverified(settings: HmacSettings) -> Self {
        Self { settings, keys: Vec::new() }
    }
}

impl Sign for HmacSha256 {
    /// Signs with the first secret; without one there is no header.
    fn sign(&self, _: &str, _: SystemTime, body: &[u8]) -> Result<Signed, SignError> {
        let mut headers = HeaderMap::new();
        if let Some(key) = self.keys.first() {
            let encoded = self.settings.encoding.encode(key.digest(&[body]).as_bytes());
            let value = HeaderValue::try_from(format!("{}{encoded}", self.settings.prefix));
            headers.insert(self.settings.header.clone(), value.map_err(|_| SignError::Failed)?);
        }
        Ok(Signed { headers, body: body.to_vec() })
    }
}

impl HmacSha256 {
    fn signature(&self, headers: &HeaderMap) -> Result<[u8; 32], VerifyError> {
        let HmacSettings { header: name, encoding, prefix } = &self.settings;
        let value = header::single(headers, name)?;
        let value = value.ok_or_else(|| VerifyError::MissingHeader { name: name.clone() })?;
        let encoded = value.as_bytes().strip_prefix(prefix.as_bytes());
        let decoded = encoded.and_then(|encoded| encoding.decode(encoded));
        decoded.ok_or_else(|| VerifyError::MalformedHeader { name: name.clone(), expected: encoding.description() })
    }
}

impl Encoding {
    fn decode(self, text: &[u8]) -> Option<[u8; 32]> {
        match self {
            Self::Base64 => from_base64(text),
            Self::Hex => from_hex(text),
        }
    }

    fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Base64 => to_base64(bytes),
            Self::Hex => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Base64 => "32 bytes in base64",
            Self::Hex => "32 bytes in lower-case hexadecimal",
        }
    }
}

fn from_hex(text: &[u8]) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = (hex_digit(digits[0])? << 4) | hex_digit(digits[1])?;
    }
    Some(bytes)
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Debug for HmacSha256 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HmacSha256")
            .field("settings", &self.settings)
            .field("secrets", &self.keys.len())
            .finish()
    }
}
