//! Keys of an asymmetric algorithm out of the texts that dashboards and configuration hold them in.

use super::Purpose;
use super::text::{self, Text};
use crate::receive::{KeyForm, SecretError};
use zeroize::Zeroizing;

/// The bytes of a key, and the label of PEM that they came with.
pub(super) struct Bytes {
    #[cfg_attr(not(feature = "ring"), allow(dead_code))]
    pub(super) label: Option<&'static str>,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

const PUBLIC: &[&str] = &["PUBLIC KEY", "RSA PUBLIC KEY"];
const PRIVATE: &[&str] = &["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

/// Reads PEM in whatever form a key is expected: it says itself what it is.
pub(super) fn read(
    form: KeyForm,
    secret: &str,
    purpose: Purpose,
    expected: &'static str,
) -> Result<Bytes, SecretError> {
    let not_a_key = |found| SecretError::NotAKey { expected, found };
    if matches!(form, KeyForm::Hex | KeyForm::Base64) && !secret.contains("-----BEGIN") {
        crate::receive::secret::check_text(secret)?;
        let bytes = if form == KeyForm::Hex { super::hex(secret) } else { super::base64(secret) };
        return Ok(Bytes { label: None, bytes: bytes? });
    }
    match Text::read(secret)? {
        Text::Other(found) => Err(not_a_key(found)),
        Text::Der(bytes) => Ok(Bytes { label: None, bytes }),
        Text::Pem(pem) => {
            let labels = if purpose == Purpose::Sign { PRIVATE } else { PUBLIC };
            let labelled = labels.iter().find_map(|label| Some((*label, pem.block(label)?)));
            let (label, inside) = labelled.ok_or_else(|| not_a_key(pem.description()))?;
            let bytes = text::base64(inside).ok_or_else(|| not_a_key("a key that is cut off or damaged"))?;
            Ok(Bytes { label: Some(label), bytes })
        }
    }
}

#[cfg(feature = "ed25519")]
pub(super) fn ed25519(form: KeyForm, secret: &str, purpose: Purpose) -> Result<super::ed25519::Key, SecretError> {
    use super::{der, ed25519};
    let expected = if purpose == Purpose::Sign { ed25519::PRIVATE } else { ed25519::PUBLIC };
    let Bytes { bytes, .. } = read(form, secret, purpose, expected)?;
    match purpose {
        Purpose::Sign => ed25519::Key::private(der::ed25519_seed(&bytes).unwrap_or(&bytes)),
        Purpose::Verify if bytes.len() == 32 => ed25519::Key::public(&bytes),
        Purpose::Verify => match der::subject_public_key_info(&bytes) {
            Some((der::ED25519, key)) => ed25519::Key::public(key),
            Some(_) => Err(SecretError::NotAKey { expected, found: "a key of another algorithm" }),
            None => ed25519::Key::public(&bytes),
        },
    }
}
