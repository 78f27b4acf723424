//! Bodies that are signed tokens.

use crate::fake::{Content, at, one_bit_off, provider};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use std::time::Duration;
use webhook_runtime::http::HeaderMap;
use webhook_runtime::{
    Algorithm, DeliveryId, Expression, Hash, Incoming, KeyForm, ReceiveError, Receiver, Respond, Signer, Token, Verify,
    VerifyError,
};

pub const RS256: Verify = Verify {
    algorithm: Algorithm::RsaPkcs1(Hash::Sha256),
    key: KeyForm::Pem,
    token: Some(Token { alg: "RS256", detached: false, body_digest: None }),
    ..Verify::NONE
};

/// A token of these claims by this private key.
pub fn signed(key: &str, claims: &str) -> Vec<u8> {
    let signer = Signer::new(RS256, key).unwrap();
    signer.sign("", &Incoming::new(&HeaderMap::new(), claims.as_bytes())).unwrap().body
}

provider!(Wix, Expression::Body(&["data", "eventType"]), {
    const VERIFY: Verify = RS256;
    const DELIVERY_ID: &'static [DeliveryId] = &[DeliveryId::At(Expression::Body(&["data", "data", "id"]))];
    const RESPOND: Respond = Respond { status: 200, within_ms: Some(1_250) };
});

pub const PUBLIC: &str = include_str!("keys/test-only-public.pem");
pub const PRIVATE: &str = include_str!("keys/test-only-private.pem");

pub const NOW: u64 = 1_640_788_554;
pub const CLAIMS: &str =
    r#"{"data":"{\"data\":\"{\\\"id\\\":\\\"e-1\\\"}\",\"eventType\":\"ping\"}","iat":1640788554,"exp":1644388554}"#;

pub fn token(claims: &str) -> Vec<u8> {
    signed(PRIVATE, claims)
}

pub fn receiver() -> Receiver<Wix> {
    Receiver::new(PUBLIC).unwrap()
}

pub fn verify(receiver: &Receiver<Wix>, body: &[u8], now: u64) -> Result<Vec<u8>, VerifyError> {
    let headers = HeaderMap::new();
    let now = at(now);
    match receiver.verify(Incoming::new(&headers, body).at(now)) {
        Ok(verified) => Ok(verified.payload.into_owned()),
        Err(ReceiveError::Unverified(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

/// A token with a header of any kind, signed with the right key.
fn token_with_header(header: &str, claims: &str) -> Vec<u8> {
    let key = pem(PRIVATE);
    let key = ring::signature::RsaKeyPair::from_pkcs8(&key).unwrap();
    let mut token = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let mut signature = [0; 256];
    let random = ring::rand::SystemRandom::new();
    key.sign(&ring::signature::RSA_PKCS1_SHA256, &random, token.as_bytes(), &mut signature).unwrap();
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    token.into_bytes()
}

fn pem(pem: &str) -> Vec<u8> {
    let inside: String = pem.lines().skip(2).take_while(|line| !line.starts_with('-')).collect();
    STANDARD.decode(inside).unwrap()
}

#[test]
fn a_signed_token_becomes_a_delivery() {
    let body = token(CLAIMS);
    let delivery = receiver().receive_at((&HeaderMap::new(), &body), at(NOW + 5)).unwrap();
    assert_eq!(delivery.id.as_deref(), Some("e-1"));
    assert_eq!(delivery.timestamp, Some(at(NOW)));
    assert!(matches!(delivery.event.0, Content::Ping(_)));
    assert_eq!(verify(&receiver(), &body, NOW).unwrap(), CLAIMS.as_bytes());
}

/// RFC 7515, appendix A.2; its token expired in 2011.
#[test]
fn the_rfcs_example_holds() {
    let n = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql\
             L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs\
             LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoud\
             F8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    let token = "eyJhbGciOiJSUzI1NiJ9.\
                 eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
                 cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5juj\
                 Gbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe\
                 7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8\
                 np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    let receiver = Receiver::<Wix>::new(&crate::wycheproof::public_pem(n, "AQAB")).unwrap();
    let payload = verify(&receiver, token.as_bytes(), 1_300_819_379).unwrap();
    assert_eq!(payload, b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
    assert_eq!(verify(&receiver, token.as_bytes(), 1_300_819_380 + 300), Err(VerifyError::Expired));
}

#[test]
fn the_token_cannot_choose_how_it_is_verified() {
    let payload = URL_SAFE_NO_PAD.encode(CLAIMS);
    for header in [r#"{"alg":"none"}"#, r#"{"alg":"NONE"}"#, r#"{"typ":"JWT"}"#, "{}"] {
        let header = URL_SAFE_NO_PAD.encode(header);
        for body in [format!("{header}.{payload}."), format!("{header}.{payload}.AAAA")] {
            assert_eq!(verify(&receiver(), body.as_bytes(), NOW), Err(VerifyError::NoMatch));
        }
        assert_eq!(verify(&receiver(), format!("{header}.{payload}").as_bytes(), NOW), Err(VerifyError::NotAToken));
    }
    for (key, name) in [(PUBLIC.as_bytes(), "HS256"), (&pem(PUBLIC), "HS256"), (PUBLIC.as_bytes(), "RS256")] {
        let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{name}","typ":"JWT"}}"#));
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key);
        let digest = ring::hmac::sign(&key, format!("{header}.{payload}").as_bytes());
        let body = format!("{header}.{payload}.{}", URL_SAFE_NO_PAD.encode(digest));
        assert_eq!(verify(&receiver(), body.as_bytes(), NOW), Err(VerifyError::NoMatch));
    }
}

#[test]
fn a_header_that_contradicts_the_scheme_is_refused() {
    for header in [r#"{"alg":"RS512"}"#, "{}", "[]", "", r#"{"alg":"RS256","crit":["b64"],"b64":false}"#] {
        let body = token_with_header(header, CLAIMS);
        assert_eq!(verify(&receiver(), &body, NOW), Err(VerifyError::TokenHeader), "{header}");
    }
    let as_wix_sends = token_with_header(r#"{"kid":"LGuapkSD","alg":"RS256"}"#, CLAIMS);
    assert!(verify(&receiver(), &as_wix_sends, NOW).is_ok());
}

#[test]
fn time_claims_are_enforced_unless_told_otherwise() {
    use VerifyError::{Expired, NotYetValid, TokenClaims};
    let exact = receiver().tolerance(Duration::ZERO);
    let relaxed = receiver().accept_expired();
    let too_new = |ahead| VerifyError::TooNew { ahead, tolerance: Duration::ZERO };
    for (claims, expected) in [
        (r#"{"exp":1640788555}"#, None),
        (r#"{"exp":1640788554.5}"#, None),
        (r#"{"exp":1640788555,"nbf":1640788554,"iat":1640788554}"#, None),
        (r#"{"exp":1640788554}"#, Some(Expired)),
        (r#"{"exp":0}"#, Some(Expired)),
        (r#"{"exp":-1}"#, Some(Expired)),
        (r#"{"exp":1640788555,"nbf":1640788555}"#, Some(NotYetValid)),
        (r#"{"exp":1640788557,"iat":1640788556}"#, Some(too_new(Duration::from_secs(2)))),
        (r#"{"exp":1640788555,"iat":1e300}"#, Some(too_new(Duration::MAX))),
        ("{}", Some(TokenClaims)),
        (r#"{"exp":null}"#, Some(TokenClaims)),
        (r#"{"exp":"1640788555"}"#, Some(TokenClaims)),
        (r#"{"exp":1e400}"#, Some(TokenClaims)),
        (r#"{"exp":1640788555,"exp":1640788556}"#, Some(TokenClaims)),
        ("[]", Some(TokenClaims)),
        ("no JSON", Some(TokenClaims)),
    ] {
        let body = token(claims);
        assert_eq!(verify(&exact, &body, NOW).err(), expected, "{claims}");
        assert_eq!(verify(&relaxed, &body, NOW).unwrap(), claims.as_bytes());
    }
}

/// RFC 7519 (sections 4.1.4 and 4.1.5) allows a leeway; it is that of the other schemes.
#[test]
fn the_tolerance_counts_for_every_time_of_a_token() {
    let claims = |exp: u64, nbf: u64, iat: u64| token(&format!(r#"{{"exp":{exp},"nbf":{nbf},"iat":{iat}}}"#));
    for (receiver, tolerance) in [(receiver(), 300), (receiver().tolerance(Duration::from_secs(7)), 7)] {
        let fits = |exp, nbf, iat| verify(&receiver, &claims(exp, nbf, iat), NOW).err();
        let (earliest, latest) = (NOW - tolerance + 1, NOW + tolerance);
        assert_eq!(fits(earliest, latest, latest), None);
        assert_eq!(fits(earliest - 1, latest, latest), Some(VerifyError::Expired));
        assert_eq!(fits(earliest, latest + 1, latest), Some(VerifyError::NotYetValid));
        assert!(matches!(fits(earliest, latest, latest + 1), Some(VerifyError::TooNew { .. })));
    }
    let endless = receiver().tolerance(Duration::MAX);
    assert!(verify(&endless, &token(r#"{"exp":-1,"nbf":1e300,"iat":1e300}"#), NOW).is_ok());
    assert_eq!(verify(&endless, &token("{}"), NOW), Err(VerifyError::TokenClaims));
}

#[test]
fn white_space_around_the_token_is_ignored_and_inside_refused() {
    let body = String::from_utf8(token(CLAIMS)).unwrap();
    assert!(verify(&receiver(), format!("\r\n {body}\n").as_bytes(), NOW).is_ok());
    for body in [
        String::new(),
        format!("{body}."),
        format!("{body}="),
        format!("\"{body}\""),
        format!("{body}.{body}"),
        format!("\u{a0}{body}"),
        body.replacen('.', ".\n", 1),
        body.replacen('.', "..", 1),
        body.replacen('.', "", 1),
    ] {
        assert!(verify(&receiver(), body.as_bytes(), NOW).is_err(), "{body}");
    }
}

#[test]
fn every_change_of_one_bit_is_refused() {
    let receiver = receiver();
    for changed in one_bit_off(&token(CLAIMS)) {
        assert!(verify(&receiver, &changed, NOW).is_err(), "{}", String::from_utf8_lossy(&changed));
    }
}

provider!(Wrapped, Expression::Body(&["type"]), {
    const VERIFY: Verify = Verify { signature: &[Expression::Body(&["signedPayload"])], ..RS256 };
    const RESPOND: Respond = Respond { status: 200, within_ms: None };
});

#[test]
fn a_token_in_a_member_of_the_body_holds_the_payload() {
    let claims = r#"{"type":"ping","iat":1640788554}"#;
    let compact = String::from_utf8(token(claims)).unwrap();
    let headers = HeaderMap::new();
    let received = |receiver: &Receiver<Wrapped>, token: &str| {
        let body = format!(r#"{{"signedPayload":"{token}"}}"#);
        let verified = receiver.verify(Incoming::new(&headers, body.as_bytes()).at(at(NOW)));
        verified.map(|verified| String::from_utf8(verified.payload.into_owned()).unwrap())
    };
    let receiver = Receiver::<Wrapped>::new(PUBLIC).unwrap();
    assert_eq!(received(&receiver, &compact).unwrap(), claims);
    for forged in one_bit_off(compact.as_bytes()).filter_map(|bytes| String::from_utf8(bytes).ok()) {
        assert!(received(&receiver, &forged).is_err(), "{forged}");
    }
    assert_eq!(received(&Receiver::unverified(), &compact).unwrap(), claims);
}

#[test]
fn a_payload_that_nobody_verifies_is_taken_out_of_its_token() {
    let headers = HeaderMap::new();
    let receiver = Receiver::<Wix>::unverified();
    for body in [token(CLAIMS).as_slice(), CLAIMS.as_bytes()] {
        assert_eq!(receiver.verify((&headers, body)).unwrap().payload, CLAIMS.as_bytes());
    }
}
