//! How a delivery proves where it comes from. The runtime has the same words: what is here becomes constants of its
//! `Verify`.

use super::Value;

/// How a delivery proves where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verify {
    /// The scheme, as `provider.yaml` calls it; none where it says nothing.
    pub scheme: Option<&'static str>,
    /// What makes a signature of a key and a message.
    pub algorithm: Algorithm,
    /// How the text of a secret becomes a key.
    pub key: KeyForm,
    /// Where signatures are.
    pub signature: Vec<Value>,
    /// What is there.
    pub format: Format,
    /// How the bytes of a signature are written.
    pub encoding: Encoding,
    /// What is signed.
    pub signed: Vec<Part>,
    /// Where the signed id is.
    pub id: Vec<Value>,
    /// Where the signed time is, unless the format has it.
    pub timestamp: Vec<Value>,
    /// How that time is written.
    pub unit: Unit,
    /// How far it may lie from the receiver's clock.
    pub tolerance: Tolerance,
    /// Where what is in `signature` is a JSON Web Token.
    pub token: Option<Token>,
}

impl Default for Verify {
    fn default() -> Self {
        Self {
            scheme: None,
            algorithm: Algorithm::None,
            key: KeyForm::Utf8,
            signature: Vec::new(),
            format: Format::default(),
            encoding: Encoding::Hex,
            signed: vec![Part::body()],
            id: Vec::new(),
            timestamp: Vec::new(),
            unit: Unit::Seconds,
            tolerance: Tolerance::Default,
            token: None,
        }
    }
}

impl Verify {
    /// Whether nothing proves where a delivery comes from.
    pub fn is_none(&self) -> bool {
        self.algorithm == Algorithm::None
    }

    /// Whether somebody between the provider and the receiver could change the body.
    pub fn covers_body(&self) -> bool {
        let is_body = |part: &Part| match part {
            Part::At(Value::Body(pointer)) => pointer.is_empty(),
            Part::Form => true,
            Part::Digest { of, .. } => of.contains(&Part::body()),
            _ => false,
        };
        match (&self.token, self.algorithm.clone()) {
            (Some(token), _) => {
                let is_payload = self.signature.iter().all(|at| matches!(at, Value::Body(_)));
                is_payload || token.detached || token.body_digest.is_some()
            }
            (None, Algorithm::None | Algorithm::Shared | Algorithm::Basic { .. }) => false,
            (None, _) => self.signed.iter().any(is_body),
        }
    }
}

/// What makes a signature of a key and a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Algorithm {
    None,
    /// The secret itself is where a signature would.
    Shared,
    /// HTTP Basic, with a user that is the same for everybody or a part of the secret.
    Basic(Option<String>),
    /// A digest of a message that holds the secret.
    Digest(Hash),
    Hmac(Hash),
    Ed25519,
    /// ECDSA on P-256 with SHA-256.
    EcdsaP256,
    RsaPkcs1(Hash),
    RsaPss(Hash),
}

impl Algorithm {
    /// The hash function, where there is a choice of one.
    pub fn hash(&self) -> Option<Hash> {
        match self {
            Self::Digest(hash) | Self::Hmac(hash) | Self::RsaPkcs1(hash) | Self::RsaPss(hash) => Some(*hash),
            Self::None | Self::Shared | Self::Basic(_) | Self::Ed25519 | Self::EcdsaP256 => None,
        }
    }

    /// Whether a private key signs what a public key verifies.
    pub fn is_asymmetric(&self) -> bool {
        matches!(self, Self::Ed25519 | Self::EcdsaP256 | Self::RsaPkcs1(_) | Self::RsaPss(_))
    }
}

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// How the text of a secret becomes a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    Utf8,
    Base64,
    Hex,
    /// PEM, or the base64 of its DER.
    Pem,
    StandardWebhooks,
}

/// How bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Hex,
    HexUpper,
    Base64,
    Base64Url,
}

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Milliseconds,
    Rfc3339,
}

/// How far the time of a delivery may lie from the receiver's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// What the runtime has for all.
    Default,
    Seconds(u64),
    /// As far as it likes.
    Unlimited,
}

/// What is where a signature does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    pub slots: Vec<Slot>,
    /// The characters that may part them.
    pub separators: String,
    /// What the provider writes between them.
    pub separator: String,
}

impl Default for Format {
    /// Signatures and nothing else.
    fn default() -> Self {
        Self { separators: ",; ".to_owned(), ..Self::whole("") }
    }
}

impl Format {
    /// One signature after a text.
    pub fn whole(label: &str) -> Self {
        let slot = Slot { label: label.to_owned(), field: Field::Signature, suffix: String::new() };
        Self { slots: vec![slot], separators: String::new(), separator: ",".to_owned() }
    }

    /// Whether it has a part of this kind.
    pub fn has(&self, field: Field) -> bool {
        self.slots.iter().any(|slot| slot.field == field)
    }
}

/// A part of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What is before the value.
    pub label: String,
    pub field: Field,
    /// What is after it.
    pub suffix: String,
}

/// What a part of a header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Signature,
    /// A signature by an ed25519 key, beside those by shared keys.
    Ed25519Signature,
    Timestamp,
    Id,
}

/// A part of what is signed, or of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    At(Value),
    Timestamp,
    Id,
    Secret,
    /// A digest of other parts.
    Digest {
        hash: Hash,
        /// Whether it is an HMAC with the secret's key.
        keyed: bool,
        encoding: Encoding,
        of: Vec<Part>,
    },
    /// The sorted parameters of a form in the body.
    Form,
}

impl Part {
    pub fn body() -> Self {
        Self::At(Value::Body(String::new()))
    }

    /// Whether it or a part of it is one of these.
    pub fn any(parts: &[Self], is: &dyn Fn(&Self) -> bool) -> bool {
        parts.iter().any(|part| is(part) || matches!(part, Self::Digest { of, .. } if Self::any(of, is)))
    }
}

/// A JSON Web Token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What its header must say.
    pub alg: &'static str,
    /// Whether the body is its payload and left out of it.
    pub detached: bool,
    /// The claim that holds the SHA-256 of the body.
    pub body_digest: Option<(String, Encoding)>,
}

/// A request that tests the endpoint, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    pub when: Vec<(Value, Condition)>,
    /// Whether it is signed as deliveries are.
    pub is_signed: bool,
    pub reply: Reply,
}

/// What a value of a request must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    Is(String),
    Present,
    Secret,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// The type of the body.
    pub content_type: Option<String>,
    /// Headers, their names in lower case.
    pub headers: Vec<(String, Vec<Part>)>,
    pub body: Vec<Part>,
    /// Whether it is JSON with values in its strings.
    pub is_json: bool,
}
