//! `verify`: from its keys to a [`Verify`], refusing what could never hold.

use super::Value;
use super::template::{self, ENCODINGS, Fault, HASHES, PUBLIC_KEYS, SHARED_KEYS};
use super::verify::{Algorithm, Encoding, Field, Format, Hash, KeyForm, Part, Slot, Tolerance, Unit, Verify};
use crate::documents::located::Located;
use crate::source::one_of;

/// The keys of all schemes that sign a message.
const SIGNED: [&str; 9] =
    ["key", "signature", "format", "encoding", "signed", "id", "timestamp", "timestamp_unit", "tolerance_s"];

/// Each scheme with its own keys, and whether it signs a message.
const SCHEMES: [(&str, &[&str], bool); 10] = [
    ("standard-webhooks", &["headers", "key", "tolerance_s"], false),
    ("hmac", &["algorithm"], true),
    ("digest", &["algorithm"], true),
    ("ed25519", &[], true),
    ("ecdsa-p256", &[], true),
    ("rsa", &["algorithm", "padding"], true),
    ("jwt", &["algorithm", "key", "token", "format", "body_digest", "detached", "covers_body", "tolerance_s"], false),
    ("token", &["signature", "format"], false),
    ("basic", &["user", "signature"], false),
    ("none", &[], false),
];

const UNITS: [(&str, Unit); 3] =
    [("seconds", Unit::Seconds), ("milliseconds", Unit::Milliseconds), ("rfc3339", Unit::Rfc3339)];

impl Located<'_> {
    pub(super) fn verify(&self) -> Option<Verify> {
        if self.value == "none" {
            return Some(Verify { scheme: Some("none"), ..Verify::default() });
        }
        let names = SCHEMES.map(|(name, ..)| format!("`{name}`")).join(", ");
        if !self.value.is_object() {
            return self.refuse("expected an object", format!("write `{{scheme: …}}`; allowed: {names}"));
        }
        let scheme = self.need("scheme", &format!("allowed: {names}"))?;
        let found = scheme.text()?;
        let Some((name, own, is_signed)) = SCHEMES.iter().find(|(known, ..)| *known == found) else {
            return scheme.refuse(format!("unknown scheme `{found}`"), scheme_help(found));
        };
        let common = if *is_signed { &SIGNED[..] } else { &[] };
        self.keys(&[&["scheme"], *own, common].concat());
        let verify = match *name {
            "standard-webhooks" => self.standard_webhooks(),
            "jwt" => self.jwt(),
            "token" => self.token(),
            "basic" => self.basic(),
            "none" => Some(Verify::default()),
            name => self.message(name),
        };
        verify.map(|verify| Verify { scheme: Some(name), ..verify })
    }

    fn standard_webhooks(&self) -> Option<Verify> {
        let [id, timestamp, signature] = self.standard_headers()?;
        let slot = |label: &str, field| Slot { label: label.to_owned(), field, suffix: String::new() };
        let slots = vec![slot("v1,", Field::Signature), slot("v1a,", Field::Ed25519Signature)];
        let key = self.choice_at("key", &SHARED_KEYS, KeyForm::StandardWebhooks)?;
        Some(Verify {
            algorithm: Algorithm::Hmac(Hash::Sha256),
            key,
            format: Format { slots, separators: " ".to_owned(), separator: " ".to_owned() },
            encoding: Encoding::Base64,
            signed: template::parts("{id}.{timestamp}.{$request.body}").ok()?,
            tolerance: self.tolerance(),
            id,
            timestamp,
            signature,
            ..Verify::default()
        })
    }

    /// The headers of id, time and signature: those that are named, or those of either family.
    fn standard_headers(&self) -> Option<[Vec<Value>; 3]> {
        const PARTS: [&str; 3] = ["id", "timestamp", "signature"];
        if let Some(own) = self.get("headers").filter(|headers| headers.value.is_object()) {
            own.keys(&PARTS);
            let name = |part| own.need(part, "name the header").and_then(|header| header.header_name());
            let [id, timestamp, signature] = PARTS.map(name);
            return Some([id?, timestamp?, signature?].map(|name| vec![Value::Header(name)]));
        }
        let prefixes = [("webhook", ["webhook", "svix"]), ("svix", ["svix", "webhook"])];
        let prefixes = self.choice_at("headers", &prefixes, ["webhook", "svix"])?;
        Some(PARTS.map(|part| prefixes.map(|prefix| Value::Header(format!("{prefix}-{part}"))).to_vec()))
    }

    /// A scheme that signs a message made of the request.
    fn message(&self, scheme: &str) -> Option<Verify> {
        let algorithm = self.algorithm(scheme);
        let keys: &[_] = if matches!(scheme, "hmac" | "digest") { &SHARED_KEYS } else { &PUBLIC_KEYS };
        let key = self.choice_at("key", keys, keys[0].1);
        let signature = self.need("signature", "say where it is: `$request.header.x-signature`");
        let signature = signature.map(|places| places.locations());
        let encoding = self.need("encoding", "`hex`, `hex-upper`, `base64` or `base64url`");
        let encoding = encoding.and_then(|encoding| encoding.choice(&ENCODINGS));
        let format = self.template_at("format", template::format, Format::default());
        let signed = self.template_at("signed", template::parts, vec![Part::body()]);
        let verify = Verify {
            algorithm: algorithm?,
            key: key?,
            signature: signature?,
            format: format?,
            encoding: encoding?,
            signed: signed?,
            id: self.locations_at("id"),
            timestamp: self.locations_at("timestamp"),
            unit: self.choice_at("timestamp_unit", &UNITS, Unit::Seconds)?,
            tolerance: self.tolerance(),
            ..Verify::default()
        };
        self.check_message(&verify);
        Some(verify)
    }

    fn algorithm(&self, scheme: &str) -> Option<Algorithm> {
        let hash = || {
            let algorithm = self.need("algorithm", "`sha1`, `sha256`, `sha384` or `sha512`");
            algorithm.and_then(|algorithm| algorithm.choice(&HASHES))
        };
        match scheme {
            "hmac" => hash().map(Algorithm::Hmac),
            "digest" => hash().map(Algorithm::Digest),
            "ed25519" => Some(Algorithm::Ed25519),
            "ecdsa-p256" => Some(Algorithm::EcdsaP256),
            _ => {
                let is_pss = self.choice_at("padding", &[("pkcs1", false), ("pss", true)], false)?;
                match (is_pss, hash()?) {
                    (true, Hash::Sha1) => {
                        self.refuse("PSS with SHA-1 is not supported", "write `sha256`, `sha384` or `sha512`")
                    }
                    (true, hash) => Some(Algorithm::RsaPss(hash)),
                    (false, hash) => Some(Algorithm::RsaPkcs1(hash)),
                }
            }
        }
    }

    /// Refuses a message of which a part could never be known, and a time that nobody looks at.
    fn check_message(&self, verify: &Verify) {
        let signed = self.get("signed");
        let has = |is: &dyn Fn(&Part) -> bool| Part::any(&verify.signed, is);
        let time_in_format = verify.format.has(Field::Timestamp);
        let has_time = time_in_format || !verify.timestamp.is_empty();
        let at = signed.as_ref().unwrap_or(self);
        if has(&|part| *part == Part::Timestamp) && !has_time {
            let help = "set `timestamp: $request.header.…`, or write `{timestamp}` in `format`";
            at.report("`signed` names a timestamp, but no key says where it is", help);
        }
        if has(&|part| *part == Part::Id) && verify.id.is_empty() && !verify.format.has(Field::Id) {
            at.report("`signed` names an id, but no key says where it is", "write `id: $request.header.…`");
        }
        if time_in_format && let Some(timestamp) = self.get("timestamp") {
            timestamp.report("the time is in `format` already", "leave this key out, or `{timestamp}` there");
        }
        if time_in_format && !has(&|part| *part == Part::Timestamp) {
            let help = "put `{timestamp}` into `signed`: what is not signed, anybody could change";
            at.report("the time in `format` is not signed", help);
        }
        for key in ["timestamp_unit", "tolerance_s"] {
            if let Some(node) = self.get(key).filter(|_| !has_time) {
                node.report(
                    "the location of the timestamp is missing",
                    "write `timestamp: $request.header.…`, or leave this key out",
                );
            }
        }
        if matches!(verify.algorithm, Algorithm::Digest(_)) && !has(&|part| *part == Part::Secret) {
            at.report("a digest without the secret proves nothing", "write `signed: \"{secret}{$request.body}\"`");
        }
    }

    fn token(&self) -> Option<Verify> {
        let signature = self.need("signature", "say where it is: `$request.header.x-token`")?.locations();
        let format = self.template_at("format", template::format, Format::whole(""))?;
        let format = Format { separators: String::new(), ..format };
        if format.slots.len() > 1 {
            return self.get("format")?.refuse("a token has nothing beside it", "write `{signature}` alone");
        }
        Some(Verify { algorithm: Algorithm::Shared, signature, format, ..Verify::default() })
    }

    fn basic(&self) -> Option<Verify> {
        let user = self.text_at("user");
        let signature = match self.get("signature") {
            Some(places) => places.locations(),
            None => vec![Value::Header("authorization".to_owned())],
        };
        Some(Verify {
            algorithm: Algorithm::Basic(user),
            signature,
            format: Format::whole("Basic "),
            ..Verify::default()
        })
    }

    pub(super) fn tolerance(&self) -> Tolerance {
        match self.get("tolerance_s") {
            None => Tolerance::Default,
            Some(node) if node.value == "unlimited" || node.value.is_null() => Tolerance::Unlimited,
            Some(node) => node.number(0, 315_360_000).map_or(Tolerance::Default, Tolerance::Seconds),
        }
    }

    pub(super) fn locations(&self) -> Vec<Value> {
        let items = self.items("name at least one");
        items.iter().filter_map(|item| item.template(template::location)).collect()
    }

    /// The locations under a key that may be left out.
    pub(super) fn locations_at(&self, key: &str) -> Vec<Value> {
        self.get(key).map(|locations| locations.locations()).unwrap_or_default()
    }

    /// A text that another reader takes apart.
    pub(super) fn template<T>(&self, read: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        let text = self.text()?;
        read(text).map_err(|(problem, help)| self.report(problem, help)).ok()
    }

    /// The same under a key that may be left out.
    pub(super) fn template_at<T>(&self, key: &str, read: impl Fn(&str) -> Result<T, Fault>, default: T) -> Option<T> {
        self.get(key).map_or(Some(default), |text| text.template(read))
    }
}

/// What to write instead of an unknown scheme. Only the algorithm that its name contains is suggested, and no other.
fn scheme_help(found: &str) -> String {
    let plain = found.to_ascii_lowercase().replace(['_', ' '], "-");
    let hash = HASHES.iter().find(|(name, _)| plain.replace("sha-", "sha").ends_with(name)).map(|(name, _)| *name);
    match (plain.split('-').next().unwrap_or_default(), hash) {
        ("hmac", Some(hash)) => {
            return format!(
                "write `scheme: hmac`, `algorithm: {hash}`, `signature: $request.header.…` and `encoding: …`"
            );
        }
        ("rsa", Some(hash)) => {
            return format!("write `scheme: rsa`, `algorithm: {hash}` and `padding: pkcs1` or `pss`");
        }
        _ => {}
    }
    let names = SCHEMES.map(|(name, ..)| name);
    match found.len() > "ecdsa-p256".len() {
        true => one_of(found, &names),
        false => format!("allowed: {}", names.map(|name| format!("`{name}`")).join(", ")),
    }
}
