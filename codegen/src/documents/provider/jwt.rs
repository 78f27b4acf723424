//! `verify` by JSON Web Tokens.

use super::Value;
use super::template::{self, ENCODINGS, PUBLIC_KEYS, SHARED_KEYS};
use super::verify::{Algorithm, Encoding, Format, Hash, Token, Verify};
use crate::documents::located::Located;

/// The algorithms of JOSE, each with its scheme here.
const JOSE: [(&str, (&str, Algorithm)); 11] = [
    ("RS256", ("RS256", Algorithm::RsaPkcs1(Hash::Sha256))),
    ("RS384", ("RS384", Algorithm::RsaPkcs1(Hash::Sha384))),
    ("RS512", ("RS512", Algorithm::RsaPkcs1(Hash::Sha512))),
    ("PS256", ("PS256", Algorithm::RsaPss(Hash::Sha256))),
    ("PS384", ("PS384", Algorithm::RsaPss(Hash::Sha384))),
    ("PS512", ("PS512", Algorithm::RsaPss(Hash::Sha512))),
    ("ES256", ("ES256", Algorithm::EcdsaP256)),
    ("EdDSA", ("EdDSA", Algorithm::Ed25519)),
    ("HS256", ("HS256", Algorithm::Hmac(Hash::Sha256))),
    ("HS384", ("HS384", Algorithm::Hmac(Hash::Sha384))),
    ("HS512", ("HS512", Algorithm::Hmac(Hash::Sha512))),
];

impl Located<'_> {
    pub(super) fn jwt(&self) -> Option<Verify> {
        let algorithm = self.need("algorithm", "such as `RS256` or `ES256`");
        let (alg, algorithm) = algorithm?.choice(&JOSE)?;
        let is_shared = matches!(algorithm, Algorithm::Hmac(_));
        let keys: &[_] = if is_shared { &SHARED_KEYS } else { &PUBLIC_KEYS };
        let key = self.choice_at("key", keys, keys[0].1)?;
        let is_part = |location: &Value| *location != Value::Body(String::new());
        let signature: Vec<_> = self.locations_at("token").into_iter().filter(is_part).collect();
        let is_bearer = matches!(signature.as_slice(), [Value::Header(name)] if name == "authorization");
        let default = Format::whole(if is_bearer { "Bearer " } else { "" });
        let read = |text: &str| template::format(&text.replace("{token}", "{signature}"));
        let format = self.template_at("format", read, default)?;
        let detached = self.flag_at("detached", false);
        let body_digest = self.get("body_digest").map(|digest| digest.body_digest());
        let covers_body = self.flag_at("covers_body", true);
        if detached && signature.is_empty() {
            self.report("a detached token is not in the body", "set `token: $request.header.…`");
        }
        let token = Token { alg, detached, body_digest: body_digest.flatten() };
        let tolerance = self.tolerance();
        let verify = Verify { algorithm, key, signature, format, tolerance, token: Some(token), ..Verify::default() };
        if covers_body && !verify.covers_body() {
            let help = "name the claim with its digest, by `body_digest: {claim: …, encoding: hex}`; \
                        if there is none, write `covers_body: false`";
            self.report("the token is beside the body, and nothing binds it to the body", help);
        }
        Some(verify)
    }

    fn body_digest(&self) -> Option<(String, Encoding)> {
        self.keys(&["claim", "encoding"]);
        let claim = self.need("claim", "name the claim that holds the SHA-256 of the body")?.text()?;
        let encoding = self.choice_at("encoding", &ENCODINGS, Encoding::Hex)?;
        Some((claim.to_owned(), encoding))
    }
}
