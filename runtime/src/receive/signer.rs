//! The sender's side.

#[cfg(feature = "jwt")]
use super::clock::since_1970;
use super::engine::Engine;
use super::key::{Purpose, Secret};
use super::message::Context;
use super::{Algorithm, Encoding, Field, Incoming, Receive, Receiver, SecretError, SignError, Signed, Verify};
use crate::event::Expression;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::time::SystemTime;

/// Signs deliveries as a provider does, for tests and senders. A receiver has the public key only where the scheme is
/// asymmetric, and cannot.
///
/// ```
/// # mod shop {
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/receive/shop.rs"));
/// # }
/// # use webhook_runtime::{Incoming, http::HeaderMap};
/// # use shop::Receiver;
/// let signer = Receiver::signer("a secret")?;
/// let signed = signer.sign("delivery-1", &Incoming::new(&HeaderMap::new(), b"{}"))?;
/// let receiver = Receiver::new("a secret")?;
/// assert!(receiver.verify((&signed.headers, &signed.body)).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Signer(Engine);

impl Signer {
    /// Takes the secret that a receiver has, or the private key to its public key: in PEM, or as the scheme writes it.
    ///
    /// # Errors
    /// When the scheme cannot use it.
    pub fn new(verify: Verify, secret: &str) -> Result<Self, SecretError> {
        let mut engine = Engine::new(verify);
        engine.add(secret, Purpose::Sign)?;
        Ok(Self(engine))
    }

    /// Signs a request: at the time `now`, with this id where the scheme has an id. Headers, method and URL
    /// must be those that are sent, as far as the scheme covers them.
    ///
    /// # Errors
    /// When the key can verify only, the id or the time cannot be in a header, or something that is signed is missing.
    pub fn sign(&self, id: &str, incoming: &Incoming<'_>) -> Result<Signed, SignError> {
        self.0.sign(id, incoming)
    }
}

impl<E: Receive> Receiver<E> {
    /// Signs as the provider does, with the private key to what a receiver has, or with the shared secret: for tests.
    ///
    /// # Errors
    /// When the scheme cannot use it.
    pub fn signer(private_key: &str) -> Result<Signer, SecretError> {
        Signer::new(E::VERIFY, private_key)
    }

    /// Signs a body as the provider does, with the receiver's own keys: for tests, and for senders.
    ///
    /// # Errors
    /// When the key can verify only, the id or the time cannot be in a header, or more than the body is signed
    /// ([`sign_request`](Self::sign_request)).
    pub fn sign(&self, id: &str, at: SystemTime, body: &[u8]) -> Result<Signed, SignError> {
        self.sign_request(id, Incoming::new(&HeaderMap::new(), body).at(at))
    }

    /// Signs a request of which more than the body is signed, as [`Signer::sign`] does.
    ///
    /// # Errors
    /// As `sign`.
    pub fn sign_request<'r>(&self, id: &str, request: impl Into<Incoming<'r>>) -> Result<Signed, SignError> {
        self.engine.sign(id, &request.into())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Signer").field("algorithm", &self.0.verify.algorithm).finish_non_exhaustive()
    }
}

impl Engine {
    pub(super) fn sign(&self, id: &str, incoming: &Incoming<'_>) -> Result<Signed, SignError> {
        if self.secrets.is_empty() || self.verify.algorithm == Algorithm::None {
            return Ok(Signed { headers: HeaderMap::new(), body: incoming.body.to_vec() });
        }
        #[cfg(feature = "jwt")]
        if let Some(token) = &self.verify.token {
            return self.sign_token(token, incoming);
        }
        let since = incoming.now.duration_since(std::time::UNIX_EPOCH).map_err(|_| SignError::Time)?;
        let timestamp = self.verify.unit.write(since);
        let mut headers = HeaderMap::new();
        self.put(&mut headers, self.verify.id, id, SignError::Id)?;
        self.put(&mut headers, self.verify.timestamp, &timestamp, SignError::Time)?;
        let url = self.url(incoming).map_err(|_| SignError::Incomplete)?;
        let with_own = with(incoming.headers, &headers);
        let incoming = &Incoming { headers: &with_own, ..*incoming };
        let mut values = Vec::new();
        for secret in &self.secrets {
            let context = Context { incoming, url: &url, id, timestamp: &timestamp, secret: Some(secret) };
            if let Some(value) = self.value(secret, context)? {
                values.push((secret.is_ed25519(), value));
            }
        }
        if values.is_empty() {
            return Err(SignError::NoPrivateKey);
        }
        let text = self.written(id, &timestamp, &values);
        self.put(&mut headers, self.verify.signature.get(..1).unwrap_or_default(), &text, SignError::Failed)?;
        Ok(Signed { headers, body: incoming.body.to_vec() })
    }

    /// The signature, or whatever else proves one secret; none where that can verify only.
    fn value(&self, secret: &Secret, context: Context<'_>) -> Result<Option<String>, SignError> {
        match self.verify.algorithm {
            Algorithm::Shared => Ok(Some(secret.text.to_string())),
            Algorithm::Basic { user } => {
                let user = user.map(|user| format!("{user}:")).unwrap_or_default();
                Ok(Some(Encoding::Base64.encode(format!("{user}{}", *secret.text).as_bytes())))
            }
            algorithm => {
                context.check(self.verify.signed).map_err(|_| SignError::Incomplete)?;
                match secret.sign(algorithm, &|sink| context.feed(self.verify.signed, sink)) {
                    Ok(signature) => Ok(Some(self.verify.encoding.encode(&signature))),
                    Err(SignError::NoPrivateKey) => Ok(None),
                    Err(error) => Err(error),
                }
            }
        }
    }

    /// The text of the header: a part for each value of the format, and one for each signature.
    fn written(&self, id: &str, timestamp: &str, values: &[(bool, String)]) -> String {
        let format = &self.verify.format;
        let is_apart = format.has(Field::Ed25519Signature);
        let mut parts = Vec::new();
        for slot in format.slots {
            let part = |value: &str| format!("{}{value}{}", slot.label, slot.suffix);
            match slot.field {
                Field::Timestamp => parts.push(part(timestamp)),
                Field::Id => parts.push(part(id)),
                field => {
                    let is_ed25519 = field == Field::Ed25519Signature;
                    let of_field = values.iter().filter(|(by, _)| (is_apart && *by) == is_ed25519);
                    parts.extend(of_field.map(|(_, value)| part(value)));
                }
            }
        }
        parts.join(format.separator)
    }

    /// Writes a value where the receiver looks for it first. In a body it is there already.
    pub(super) fn put(
        &self,
        headers: &mut HeaderMap,
        locations: &[Expression],
        text: &str,
        error: SignError,
    ) -> Result<(), SignError> {
        match locations.first() {
            Some(Expression::Header(name)) if !text.is_empty() => {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_str(text).map_err(|_| error)?);
                Ok(())
            }
            Some(Expression::Header(_)) => Err(error),
            Some(Expression::Body(_)) if error != SignError::Failed => Ok(()),
            Some(_) => Err(SignError::NotInHeaders),
            None => Ok(()),
        }
    }

    #[cfg(feature = "jwt")]
    fn sign_token(&self, token: &super::Token, incoming: &Incoming<'_>) -> Result<Signed, SignError> {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{}"}}"#, token.alg));
        let is_body = self.verify.signature.is_empty();
        let claims = match is_body || token.detached {
            true => incoming.body.to_vec(),
            false => claims(token, incoming)?.into_bytes(),
        };
        let payload = URL_SAFE_NO_PAD.encode(claims);
        let secret = self.secrets.first().ok_or(SignError::NoPrivateKey)?;
        let message = |sink: &mut dyn FnMut(&[u8])| {
            [header.as_bytes(), b".", payload.as_bytes()].into_iter().for_each(sink);
        };
        let signature = URL_SAFE_NO_PAD.encode(secret.sign(self.verify.algorithm, &message)?);
        let payload = if token.detached { "" } else { &payload };
        let text = format!("{header}.{payload}.{signature}");
        if is_body {
            return Ok(Signed { headers: HeaderMap::new(), body: text.into_bytes() });
        }
        let mut headers = HeaderMap::new();
        let text = self.written("", "", &[(false, text)]);
        self.put(&mut headers, self.verify.signature.get(..1).unwrap_or_default(), &text, SignError::Failed)?;
        Ok(Signed { headers, body: incoming.body.to_vec() })
    }
}

/// The claims of a token beside the body.
#[cfg(feature = "jwt")]
fn claims(token: &super::Token, incoming: &Incoming<'_>) -> Result<String, SignError> {
    /// How long a token holds.
    const LIFETIME: u64 = 300;
    let now = since_1970(incoming.now).as_secs();
    let mut claims = serde_json::json!({"iat": now, "exp": now + LIFETIME});
    if let Some((claim, encoding)) = token.body_digest {
        claims[claim] = encoding.encode(&body_digest(incoming.body)?).into();
    }
    Ok(claims.to_string())
}

#[cfg(all(feature = "jwt", feature = "body-digest"))]
fn body_digest(body: &[u8]) -> Result<Vec<u8>, SignError> {
    use sha2::{Digest, Sha256};
    Ok(Sha256::digest(body).to_vec())
}

#[cfg(all(feature = "jwt", not(feature = "body-digest")))]
fn body_digest(_: &[u8]) -> Result<Vec<u8>, SignError> {
    Err(SignError::Failed)
}

/// The headers of a request with some replaced.
fn with(headers: &HeaderMap, own: &HeaderMap) -> HeaderMap {
    let mut all = headers.clone();
    own.iter().for_each(|(name, value)| _ = all.insert(name, value.clone()));
    all
}
