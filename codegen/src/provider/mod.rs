//! `provider.yaml`: what a sender's OpenAPI document cannot say.

mod expression;
mod read;

pub use expression::Expression;

/// What `provider.yaml` says about a sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The sender's name as it writes it itself.
    pub title: Option<String>,
    /// Address of the sender's documentation of its webhooks.
    pub docs: Option<String>,
    /// Where the event type stands; several are joined. Empty: found from the documents.
    pub event_type: Vec<Expression>,
    /// Left out at the start of an event type when a variant is named.
    pub strip_prefix: Option<String>,
    /// What stays the same when a delivery is tried again.
    pub delivery_id: Option<Expression>,
    /// How a delivery proves where it comes from.
    pub verify: Verify,
    /// What the sender wants to hear.
    pub respond: Respond,
}

/// How a delivery proves where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verify {
    /// It does not.
    None {
        /// Whether `provider.yaml` says so, rather than saying nothing.
        explicit: bool,
    },
    /// Standard Webhooks: HMAC-SHA256 over id, timestamp and body.
    StandardWebhooks {
        /// What the headers' names start with.
        headers: HeaderFamily,
    },
    /// HMAC-SHA256 over the body.
    HmacSha256 {
        /// The header with the signature, in lower case.
        header: String,
        /// How the signature is written.
        encoding: Encoding,
        /// What stands before the signature, such as `sha256=`; mostly nothing.
        prefix: String,
    },
    /// The body is a JSON Web Token.
    Jwt {
        /// How it is signed.
        algorithm: Algorithm,
    },
}

impl Default for Verify {
    fn default() -> Self {
        Self::None { explicit: false }
    }
}

/// What the names of the Standard Webhooks headers start with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderFamily {
    /// `svix-id`, `svix-timestamp`, `svix-signature`.
    Svix,
    /// `webhook-id`, `webhook-timestamp`, `webhook-signature`.
    Webhook,
}

/// How the bytes of a signature are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Standard Base64 with padding.
    Base64,
    /// Two hexadecimal digits a byte.
    Hex,
}

/// How a JSON Web Token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// RSA PKCS#1 v1.5 with SHA-256.
    Rs256,
}

/// What the sender wants to hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Respond {
    /// HTTP status for "received".
    pub status: u16,
    /// How long the sender waits, in milliseconds.
    pub within_ms: Option<u64>,
}

impl Default for Respond {
    fn default() -> Self {
        Self {
            status: 200,
            within_ms: None,
        }
    }
}
