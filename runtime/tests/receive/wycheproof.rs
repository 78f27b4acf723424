//! The JSON Web Signature set of Project Wycheproof, as far as RSA and ES256 are concerned.

use crate::fake::provider;
use crate::jwt::Wix;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use webhook_runtime::http::HeaderMap;
use webhook_runtime::{Algorithm, Expression, Hash, KeyForm, Receive, Receiver, Respond, Token, Verify};
use wycheproof_ng_kdf_jose::json_web::{TestName, TestSet};

/// A token in the body, by another algorithm.
macro_rules! token {
    ($name:ident, $alg:literal, $algorithm:expr, $key:ident) => {
        provider!($name, Expression::Body(&["type"]), {
            const VERIFY: Verify = Verify {
                algorithm: $algorithm,
                key: KeyForm::$key,
                token: Some(Token { alg: $alg, detached: false, body_digest: None }),
                ..Verify::NONE
            };
            const RESPOND: Respond = Respond { status: 200, within_ms: None };
        });
    };
}

token!(Rs384, "RS384", Algorithm::RsaPkcs1(Hash::Sha384), Pem);
token!(Rs512, "RS512", Algorithm::RsaPkcs1(Hash::Sha512), Pem);
token!(Ps256, "PS256", Algorithm::RsaPss(Hash::Sha256), Pem);
token!(Ps384, "PS384", Algorithm::RsaPss(Hash::Sha384), Pem);
token!(Ps512, "PS512", Algorithm::RsaPss(Hash::Sha512), Pem);
token!(Es256, "ES256", Algorithm::EcdsaP256, Base64);

/// The set's own attributes of a key are not part of PEM; groups that test `use` and `key_ops` name
/// no algorithm and are left out.
#[test]
fn every_valid_token_is_accepted_and_every_invalid_one_refused() {
    let all: [(u32, u32); 7] = [
        tried::<Wix>("RS256"),
        tried::<Rs384>("RS384"),
        tried::<Rs512>("RS512"),
        tried::<Ps256>("PS256"),
        tried::<Ps384>("PS384"),
        tried::<Ps512>("PS512"),
        tried::<Es256>("ES256"),
    ];
    assert_eq!(all, [(8, 225), (4, 0), (4, 0), (6, 44), (4, 1), (4, 16), (2, 37)], "valid and invalid");
}

fn tried<E: Receive>(alg: &str) -> (u32, u32) {
    let set = TestSet::load(TestName::JsonWebSignature).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in set.test_groups {
        let Some(key) = group.public_key.filter(|key| key["alg"] == alg) else {
            continue;
        };
        let number = |name: &str| key[name].as_str().unwrap().to_owned();
        let key = match alg {
            "ES256" => {
                let [x, y] = ["x", "y"].map(|name| URL_SAFE_NO_PAD.decode(number(name)).unwrap());
                STANDARD.encode([&[4], &x[..], &y].concat())
            }
            _ => public_pem(&number("n"), &number("e")),
        };
        let receiver = Receiver::<E>::new(&key).unwrap().accept_expired();
        for test in group.tests {
            let token = test.jws.unwrap();
            let token = token.as_str().unwrap_or_default();
            let accepted = receiver.verify((&HeaderMap::new(), token.as_bytes())).is_ok();
            // The tokens of RFC 7520 say PS384 under a key for PS256: the algorithm is fixed.
            let is_pinned = test.comment != "Figure20" || alg == "PS384";
            let expected = !test.result.must_fail() && is_pinned;
            assert_eq!(accepted, expected, "{alg} {}: {}", test.tc_id, test.comment);
            if accepted { valid += 1 } else { invalid += 1 }
        }
    }
    (valid, invalid)
}

/// Modulus and exponent, as a JSON Web Key holds them, in the form that dashboards show.
pub fn public_pem(n: &str, e: &str) -> String {
    let [n, e] = [n, e].map(|number| integer(&URL_SAFE_NO_PAD.decode(number).unwrap()));
    let key = element(0x30, &[n, e].concat());
    let bits = element(0x03, &[&[0], &key[..]].concat());
    let algorithm = element(0x30, b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00");
    let info = STANDARD.encode(element(0x30, &[algorithm, bits].concat()));
    format!("-----BEGIN PUBLIC KEY-----\n{info}\n-----END PUBLIC KEY-----\n")
}

fn integer(number: &[u8]) -> Vec<u8> {
    let sign: &[u8] = if number[0] > 0x7f { &[0] } else { &[] };
    element(0x02, &[sign, number].concat())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match length {
        0..=0x7f => vec![tag, length as u8],
        0x80..=0xff => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    [head, content.to_vec()].concat()
}
