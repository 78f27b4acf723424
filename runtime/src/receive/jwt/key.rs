//! RSA keys out of the texts that dashboards and configuration hold them in.

use crate::receive::SecretError;
use der::Fault;
use ring::signature::{RsaKeyPair, RsaPublicKeyComponents};
use text::Text;

mod der;
mod text;

pub(super) fn public(secret: &str) -> Result<RsaPublicKeyComponents<Vec<u8>>, SecretError> {
    let forms = [("PUBLIC KEY", der::subject_public_key_info as Read<_>), ("RSA PUBLIC KEY", der::rsa_public_key)];
    read(secret, forms, "an RSA public key of 2048 to 8192 bits in PEM")
}

pub(super) fn private(secret: &str) -> Result<RsaKeyPair, SecretError> {
    let pkcs8: Read<_> = |der| RsaKeyPair::from_pkcs8(der).map_err(|_| Fault::Rejected);
    let pkcs1: Read<_> = |der| RsaKeyPair::from_der(der).map_err(|_| Fault::Rejected);
    let forms = [("PRIVATE KEY", pkcs8), ("RSA PRIVATE KEY", pkcs1)];
    read(secret, forms, "an RSA private key of 2048 to 4096 bits in PEM")
}

/// Reads the DER of one form of a key.
type Read<K> = fn(&[u8]) -> Result<K, Fault>;

/// Reads a key in one of two forms, each under its label of PEM.
fn read<K>(secret: &str, forms: [(&str, Read<K>); 2], expected: &'static str) -> Result<K, SecretError> {
    let not_a_key = |found| SecretError::NotAKey { expected, found };
    match Text::read(secret)? {
        Text::Other(found) => Err(not_a_key(found)),
        Text::Pem(pem) => {
            let labelled = forms.iter().find_map(|(label, read)| Some((pem.block(label)?, read)));
            let (inside, read) = labelled.ok_or_else(|| not_a_key(pem.description()))?;
            let der = text::base64(inside).ok_or(Fault::Damaged);
            der.and_then(|der| read(&der)).map_err(|fault| not_a_key(fault.description()))
        }
        Text::Der(der) => {
            let [first, second] = forms.map(|(_, read)| read(&der));
            let read =
                first.or_else(|first| second.map_err(|second| if first == Fault::Damaged { second } else { first }));
            read.map_err(|fault| match fault {
                Fault::Damaged => not_a_key("base64 of something else"),
                fault => not_a_key(fault.description()),
            })
        }
    }
}
