//! How deliveries are signed: constant data, from a provider's `provider.yaml`.

use crate::event::Expression;

/// How the deliveries of a provider prove where they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verify {
    /// What makes a signature of a key and a message.
    pub algorithm: Algorithm,
    /// How the text of a secret becomes a key.
    pub key: KeyForm,
    /// Where signatures are; one that matches is enough.
    pub signature: &'static [Expression],
    /// What is there.
    pub format: Format,
    /// How the bytes of a signature are written.
    pub encoding: Encoding,
    /// What is signed.
    pub signed: &'static [Part],
    /// Where [`Part::Id`] is; the first that is there.
    pub id: &'static [Expression],
    /// Where [`Part::Timestamp`] is, unless the format has it; the first that is there.
    pub timestamp: &'static [Expression],
    /// How that time is written.
    pub unit: Unit,
    /// How far it may lie from the receiver's clock.
    pub tolerance: Tolerance,
    /// What the JSON Web Token in `signature` must be.
    pub token: Option<Token>,
}

impl Verify {
    /// No signature; what all others differ from.
    pub const NONE: Self = Self {
        algorithm: Algorithm::None,
        key: KeyForm::Utf8,
        signature: &[],
        format: Format::SIGNATURES,
        encoding: Encoding::Hex,
        signed: &[Part::At(Expression::Body(&[]))],
        id: &[],
        timestamp: &[],
        unit: Unit::Seconds,
        tolerance: Tolerance::Default,
        token: None,
    };
}

/// What makes a signature of a key and a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// Nothing is signed.
    None,
    /// The secret itself is where a signature would be.
    Shared,
    /// HTTP Basic (RFC 7617). Without a user here, the secret is `user:password`.
    Basic {
        /// The user, where it is the same for everybody.
        user: Option<&'static str>,
    },
    /// A digest of a message that holds the secret ([`Part::Secret`]).
    Digest(Hash),
    /// HMAC (RFC 2104).
    Hmac(Hash),
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// ECDSA on P-256 with SHA-256: in ASN.1, or the two numbers as 64 bytes.
    EcdsaP256,
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).
    RsaPkcs1(Hash),
    /// RSASSA-PSS (RFC 8017, section 8.1), with a salt as long as the digest.
    RsaPss(Hash),
}

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names are all there is to say")]
#[non_exhaustive]
pub enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// How the text of a secret becomes a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyForm {
    /// Its bytes.
    Utf8,
    /// What it is the base64 of.
    Base64,
    /// What it is the hexadecimal of.
    Hex,
    /// PEM, or the base64 of PEM or of DER.
    Pem,
    /// As Standard Webhooks writes them: `whsec_…`, `whpk_…` and, for signing, `whsk_…`.
    StandardWebhooks,
}

/// How bytes are written. Each has one form for the same bytes, and others are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// Hexadecimal digits in lower case.
    Hex,
    /// Hexadecimal digits in upper case.
    HexUpper,
    /// Standard base64 with padding (RFC 4648, section 4).
    Base64,
    /// Base64 for URLs (section 5), with or without padding.
    Base64Url,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Whole seconds since 1970.
    Seconds,
    /// Whole milliseconds since 1970.
    Milliseconds,
    /// RFC 3339, as in `2026-01-01T00:00:00Z`.
    Rfc3339,
}

/// How far the time of a delivery may lie from the receiver's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tolerance {
    /// [`DEFAULT_TOLERANCE`](super::DEFAULT_TOLERANCE). A token whose `exp` says until when it holds may be older.
    Default,
    /// So many seconds; a token must say when it was issued, or until when it holds.
    Seconds(u64),
    /// As far as it likes.
    Unlimited,
}

/// What is found where a signature is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// What its parts are, in order. Parts that are none of these are ignored.
    pub slots: &'static [Slot],
    /// The characters that may separate them. None: there is one part, the whole text.
    pub separators: &'static str,
    /// What the provider writes between them.
    pub separator: &'static str,
}

impl Format {
    /// A signature, or several with commas, semicolons or spaces between them.
    pub const SIGNATURES: Self = Self { slots: &[Slot::SIGNATURE], separators: ",; ", separator: "," };
    /// The whole text.
    pub const WHOLE: Self = Self { separators: "", ..Self::SIGNATURES };
}

/// A part of a header, such as `v1=…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// What is before the value. Where neither this nor the suffix is there, the order tells which value it is.
    pub label: &'static str,
    /// The value.
    pub field: Field,
    /// What is after it.
    pub suffix: &'static str,
}

impl Slot {
    /// A signature and nothing else.
    pub const SIGNATURE: Self = Self { label: "", field: Field::Signature, suffix: "" };
}

/// What a part of a header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Field {
    /// A signature.
    Signature,
    /// A signature by an ed25519 key, where the provider has shared keys as well.
    Ed25519Signature,
    /// The time that is signed.
    Timestamp,
    /// The id that is signed.
    Id,
}

/// A part of what is signed, or of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// These characters.
    Text(&'static str),
    /// A value of the request. What is missing in a body counts as empty, what is missing elsewhere is refused.
    At(Expression),
    /// The text of the time.
    Timestamp,
    /// The id.
    Id,
    /// The secret, as the user wrote it.
    Secret,
    /// A digest of other parts.
    Digest {
        /// By which hash function.
        hash: Hash,
        /// Whether it is an HMAC with the secret's key.
        keyed: bool,
        /// How it is written.
        encoding: Encoding,
        /// What it is made of.
        of: &'static [Part],
    },
    /// The parameters of a form in the body, decoded and sorted by name: each name with its value behind it.
    Form,
}

/// A JSON Web Token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What its header must say, such as `RS256`.
    pub alg: &'static str,
    /// Whether its payload is the body and left out of it (RFC 7515, appendix F).
    pub detached: bool,
    /// The claim that holds the SHA-256 of the body, and how.
    pub body_digest: Option<(&'static str, Encoding)>,
}

impl Token {
    /// Whether its claims are what is delivered, where it is in the body.
    #[cfg(feature = "jwt")]
    pub(super) fn is_payload(&self) -> bool {
        !self.detached && self.body_digest.is_none()
    }
}
