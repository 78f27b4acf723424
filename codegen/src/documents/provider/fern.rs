//! `x-fern-webhook-signature`: what a document itself says of how its webhooks are signed.

use super::Value;
use super::template::HASHES;
use super::verify::{Algorithm, Encoding, Format, Hash, KeyForm, Part, Tolerance, Unit, Verify};
use crate::documents::located::Located;
use crate::keywords::WEBHOOKS;
use crate::source::pointer::escape;
use crate::source::{Diagnostic, Diagnostics, Severity, Source, WarningKind};

const EXTENSION: &str = "x-fern-webhook-signature";
const KEYS: [&str; 8] = [
    "type",
    "header",
    "algorithm",
    "asymmetric-algorithm",
    "encoding",
    "signature-prefix",
    "payload-format",
    "timestamp",
];
const ENCODINGS: [(&str, Encoding); 2] = [("base64", Encoding::Base64), ("hex", Encoding::Hex)];
const UNITS: [(&str, Unit); 3] =
    [("unix-seconds", Unit::Seconds), ("unix-millis", Unit::Milliseconds), ("iso8601", Unit::Rfc3339)];
/// With what `verify` in provider.yaml calls the scheme.
const ASYMMETRIC: [(&str, (&str, Algorithm)); 5] = [
    ("rsa-sha256", ("rsa", Algorithm::RsaPkcs1(Hash::Sha256))),
    ("rsa-sha384", ("rsa", Algorithm::RsaPkcs1(Hash::Sha384))),
    ("rsa-sha512", ("rsa", Algorithm::RsaPkcs1(Hash::Sha512))),
    ("ecdsa-sha256", ("ecdsa-p256", Algorithm::EcdsaP256)),
    ("ed25519", ("ed25519", Algorithm::Ed25519)),
];
/// That receivers verify nothing is seen at once: they take no secret but one in the URL.
const HELP: &str = "until `verify` in provider.yaml says how deliveries are signed, receivers cannot verify them";

/// What the documents say, if all of it is understood and the same for all webhooks; and what is not.
pub fn signature(documents: &[Source]) -> (Option<Verify>, Diagnostics) {
    let (mut all, mut found) = (Vec::new(), Diagnostics::new());
    for document in documents {
        match Located::read(document, |root| root.fern_signatures()) {
            Ok(signatures) => all.extend(signatures.into_iter().map(|(pointer, verify)| (document, pointer, verify))),
            Err(errors) => found.extend(errors.into_iter().map(warning)),
        }
    }
    let Some((_, _, first)) = all.first() else { return (None, found) };
    if let Some((document, pointer, _)) = all.iter().find(|(.., verify)| verify != first) {
        let message = "webhooks of one provider are signed in different ways";
        found.push(Diagnostic::warning(WarningKind::Signature, &document.path, pointer, message).at_key().help(HELP));
    }
    let verify = found.is_empty().then(|| first.clone());
    (verify, found)
}

/// The types can be generated all the same.
fn warning(error: Diagnostic) -> Diagnostic {
    let help = error.help.as_deref().map_or(HELP.to_owned(), |help| format!("{help}; {HELP}"));
    Diagnostic { severity: Severity::Warning, kind: Some(WarningKind::Signature), help: Some(help), ..error }
}

impl Located<'_> {
    /// What holds for the webhooks: what is at each, or else at the document's root.
    fn fern_signatures(&self) -> Vec<(String, Verify)> {
        let operations = WEBHOOKS.iter().filter_map(|key| self.get(key));
        let operations: Vec<_> = operations.flat_map(|items| items.members()).flat_map(|item| item.members()).collect();
        let mut signatures: Vec<_> = operations.iter().filter_map(|operation| operation.get(EXTENSION)).collect();
        // `true` and `false` both mean that of the root.
        signatures.retain(|signature| !signature.value.is_boolean());
        let is_needed = signatures.len() < operations.len() || operations.is_empty();
        signatures.extend(self.get(EXTENSION).filter(|_| is_needed));
        let read = |signature: Self| Some((signature.pointer.clone(), signature.fern_signature()?));
        signatures.into_iter().filter_map(read).collect()
    }

    /// The objects in it.
    fn members(&self) -> Vec<Self> {
        let members = self.value.as_object().into_iter().flatten();
        let members = members.filter(|(_, value)| value.is_object());
        members.map(|(key, value)| self.below(escape(key), value)).collect()
    }

    fn fern_signature(&self) -> Option<Verify> {
        if !self.keys(&KEYS) {
            return None;
        }
        let (scheme, algorithm, key) = self.fern_algorithm()?;
        let header = self.need("header", "name the header that holds the signature")?.header_name()?;
        let format = self.text_at("signature-prefix").map_or_else(Format::default, |prefix| Format::whole(&prefix));
        let timestamp = self.get("timestamp");
        let verify = Verify {
            scheme: Some(scheme),
            algorithm,
            key,
            signature: vec![Value::Header(header)],
            format,
            encoding: self.choice_at("encoding", &ENCODINGS, Encoding::Base64)?,
            signed: self.get("payload-format").map_or(Some(vec![Part::body()]), |format| format.fern_payload())?,
            ..Verify::default()
        };
        match timestamp {
            Some(timestamp) => timestamp.fern_timestamp(verify),
            None if verify.signed.contains(&Part::Timestamp) => {
                self.refuse("a timestamp is signed, but no key says where it is", "write `timestamp: {header: …}`")
            }
            None => Some(verify),
        }
    }

    fn fern_algorithm(&self) -> Option<(&'static str, Algorithm, KeyForm)> {
        let kind = self.need("type", "`hmac` or `asymmetric`")?;
        if kind.choice(&[("hmac", true), ("asymmetric", false)])? {
            let hash = self.choice_at("algorithm", &HASHES, Hash::Sha256)?;
            return Some(("hmac", Algorithm::Hmac(hash), KeyForm::Utf8));
        }
        let algorithm = self.need("asymmetric-algorithm", "such as `ed25519`")?;
        algorithm.choice(&ASYMMETRIC).map(|(scheme, algorithm)| (scheme, algorithm, KeyForm::Pem))
    }

    /// What is signed: parts of the request, with a text between them.
    fn fern_payload(&self) -> Option<Vec<Part>> {
        self.keys(&["components", "delimiter"]);
        let components = self.need("components", "list `timestamp`, `notification-url`, `body`")?;
        let components = components.items("list what is signed");
        let delimiter = match (components.len(), self.get("delimiter")) {
            (_, Some(delimiter)) => delimiter.value.as_str().or_else(|| delimiter.text())?,
            (1, None) => "",
            (_, None) => return self.refuse("`delimiter` is missing", "write what is between the components"),
        };
        let known =
            [("body", Part::body()), ("timestamp", Part::Timestamp), ("notification-url", Part::At(Value::Url))];
        let mut signed = Vec::new();
        for component in &components {
            if !signed.is_empty() && !delimiter.is_empty() {
                signed.push(Part::Text(delimiter.to_owned()));
            }
            signed.push(component.choice(&known)?);
        }
        Some(signed)
    }

    fn fern_timestamp(&self, verify: Verify) -> Option<Verify> {
        if !self.keys(&["header", "format", "tolerance"]) {
            return None;
        }
        let header = self.need("header", "name the header that holds the time")?.header_name()?;
        let tolerance = self
            .get("tolerance")
            .map_or(Some(Tolerance::Default), |tolerance| tolerance.number(1, 315_360_000).map(Tolerance::Seconds));
        Some(Verify {
            timestamp: vec![Value::Header(header)],
            unit: self.choice_at("format", &UNITS, Unit::Seconds)?,
            tolerance: tolerance?,
            ..verify
        })
    }
}

#[cfg(test)]
mod tests {
    use super::signature;
    use crate::source::Source;

    /// What provider.yaml would say, and what is said of a document whose root and whose webhooks have these extensions.
    fn said(root: &str, webhooks: &[&str]) -> (Option<String>, Vec<String>) {
        let mut text = format!("openapi: 3.1.0\nx-fern-webhook-signature: {root}\nwebhooks:\n");
        for (index, extension) in webhooks.iter().enumerate() {
            text += &format!("  hook{index}: {{post: {{x-fern-webhook-signature: {extension}}}}}\n");
        }
        let document = Source::parse("acme.yaml", text).expect("it is YAML");
        let (verify, found) = signature(&[document]);
        let found = found.into_iter().map(|found| format!("{}: {}", found.pointer, found.message));
        (verify.map(|verify| format!("{verify:?}")), found.collect())
    }

    #[test]
    fn a_webhook_has_its_own_signature_or_that_of_the_document() {
        let (hmac, ed25519) =
            ("{type: hmac, header: X-Sig}", "{type: asymmetric, asymmetric-algorithm: ed25519, header: X-Sig}");
        let (verify, found) = said(hmac, &["true", "false", hmac]);
        assert!(verify.is_some_and(|verify| verify.contains("x-sig")), "{found:?}");
        assert_eq!(said(ed25519, &[hmac, hmac]), said("null", &[hmac]), "nobody has what is at the root");
        let (verify, found) = said(hmac, &["true", ed25519]);
        assert_eq!(verify, None);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn what_cannot_be_said_is_a_warning_at_its_location() {
        for (extension, location) in [
            ("{header: x-sig}", ""),
            ("{type: hmac}", ""),
            ("{type: hmac, header: x sig}", "/header"),
            ("{type: hmac, header: x-sig, algorithm: md5}", "/algorithm"),
            ("{type: hmac, header: x-sig, body-hash-binding: {}}", "/body-hash-binding"),
            ("{type: asymmetric, asymmetric-algorithm: ecdsa-sha512, header: x-sig}", "/asymmetric-algorithm"),
            ("{type: hmac, header: x-sig, payload-format: {components: [timestamp, body]}}", "/payload-format"),
            ("{type: hmac, header: x-sig, payload-format: {components: [message-id]}}", "/payload-format/components/0"),
            ("{type: hmac, header: x-sig, payload-format: {components: [timestamp]}}", ""),
            ("{type: hmac, header: x-sig, timestamp: {header: x-time, tolerance: 0}}", "/timestamp/tolerance"),
        ] {
            let (verify, found) = said(extension, &["true"]);
            assert_eq!(verify, None, "{extension}");
            let at = format!("/x-fern-webhook-signature{location}: ");
            assert!(found.first().is_some_and(|found| found.starts_with(&at)), "{extension}: {found:?}");
        }
    }
}
