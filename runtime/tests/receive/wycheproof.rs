//! The JSON Web Signature set of Project Wycheproof, as far as RS256 is concerned.

use crate::jwt::Wix;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use webhook_runtime::Receiver;
use webhook_runtime::http::HeaderMap;
use wycheproof_ng_kdf_jose::json_web::{TestName, TestSet};

/// The set's own attributes of a key are not part of PEM; groups that test `use` and `key_ops` name
/// no algorithm and are left out.
#[test]
fn every_valid_token_is_accepted_and_every_invalid_one_refused() {
    let set = TestSet::load(TestName::JsonWebSignature).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in set.test_groups {
        let Some(key) = group.public_key.filter(|key| key["alg"] == "RS256") else {
            continue;
        };
        let pem = public_pem(key["n"].as_str().unwrap(), key["e"].as_str().unwrap());
        let receiver = Receiver::<Wix>::new(&pem).unwrap().accept_expired();
        for test in group.tests {
            let token = test.jws.unwrap();
            let token = token.as_str().unwrap_or_default();
            let accepted = receiver.verify((&HeaderMap::new(), token.as_bytes())).is_ok();
            assert_eq!(accepted, !test.result.must_fail(), "{}: {}", test.tc_id, test.comment);
            if accepted { valid += 1 } else { invalid += 1 }
        }
    }
    assert!(valid >= 5 && invalid >= 100, "{valid} valid, {invalid} invalid");
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
