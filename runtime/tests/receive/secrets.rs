//! What a secret must not look like, and that it is never shown, over all schemes.

use crate::hmac_sha256::{GitHub, SuperOffice};
use crate::jwt::{self, Wix};
use crate::standard_webhooks::{Svix, VECTORS};
use crate::unsigned::IClosed;
use std::fmt::Debug;
use webhook_runtime::{Delivery, ParseError, ReceiveError, Receiver, SecretError, SignError, Signer, VerifyError};

const HMAC: &str = "Käse & \"Brot\" 4711";
const PATH: &str = "dGhpcyBpcyBub3Qgb25l";

type New = fn(&str) -> Result<(), SecretError>;

/// Each scheme whose secret is a text, with a secret that it takes.
fn schemes() -> [(&'static str, New); 4] {
    [
        (VECTORS[0].secret, |secret| Receiver::<Svix>::new(secret).map(drop)),
        (&VECTORS[0].secret[6..], |secret| Receiver::<Svix>::new(secret).map(drop)),
        (HMAC, |secret| Receiver::<SuperOffice>::new(secret).map(drop)),
        (PATH, |secret| Receiver::<IClosed>::new(secret).map(drop)),
    ]
}

#[test]
fn what_stands_around_a_secret_is_refused_at_start() {
    for (secret, new) in schemes() {
        assert_eq!(new(secret), Ok(()));
        for (around, expected) in [
            ("{}\n", SecretError::Whitespace),
            ("{}\r\n", SecretError::Whitespace),
            (" {}", SecretError::Whitespace),
            ("\t{}", SecretError::Whitespace),
            ("{}\u{a0}", SecretError::Whitespace),
            ("\"{}\"", SecretError::Quoted),
            ("'{}'", SecretError::Quoted),
            ("`{}`", SecretError::Quoted),
            ("\u{201c}{}\u{201d}", SecretError::Quoted),
            ("\u{feff}{}", SecretError::HiddenCharacter),
            ("{}\u{200b}", SecretError::HiddenCharacter),
            ("{}\0", SecretError::HiddenCharacter),
            ("{}\n{}", SecretError::HiddenCharacter),
        ] {
            let error = new(&around.replace("{}", secret)).unwrap_err();
            assert_eq!(error, expected, "{around}");
            assert!(!error.to_string().contains(secret), "{error}");
        }
        for nothing in ["", " ", "   ", "\n", "\t\r\n", "\u{3000}"] {
            assert_eq!(new(nothing), Err(SecretError::Missing), "{nothing:?}");
        }
        assert!(matches!(new("x"), Err(SecretError::TooShort { .. } | SecretError::NotBase64)));
    }
}

#[test]
fn a_shared_key_has_three_bytes_or_more() {
    for (key, in_base64, is_fine) in [("a", "YQ==", false), ("ab", "YWI=", false), ("key", "a2V5", true)] {
        let expected = if is_fine { Ok(()) } else { Err(SecretError::TooShort { least: 3 }) };
        assert_eq!(Receiver::<SuperOffice>::new(key).map(drop), expected);
        assert_eq!(Receiver::<Svix>::new(in_base64).map(drop), expected);
        assert_eq!(Receiver::<Svix>::new(&format!("whsec_{in_base64}")).map(drop), expected);
    }
}

/// As the user typed it: what is inside a secret is nobody else's business.
#[test]
fn any_visible_text_is_a_secret() {
    for secret in
        ["Jefe", "two words", "\"half a quotation", "hemmelig ordspråk", "🔑🔑", "👩\u{200d}💻❤\u{fe0f}", "{}[];"]
    {
        assert_eq!(Receiver::<SuperOffice>::new(secret).map(drop), Ok(()), "{secret}");
    }
}

#[test]
fn no_secret_is_shown() {
    let svix = Receiver::<Svix>::new(VECTORS[0].secret).unwrap();
    let superoffice = Receiver::<SuperOffice>::new(HMAC).unwrap();
    let iclosed = Receiver::<IClosed>::new(PATH).unwrap();
    let signer = Signer::new(jwt::RS256, jwt::PRIVATE).unwrap();
    let receivers: [(&dyn Debug, &str); 5] = [
        (&svix, VECTORS[0].secret),
        (&superoffice, HMAC),
        (&iclosed, PATH),
        (&jwt::receiver(), jwt::PUBLIC),
        (&signer, jwt::PRIVATE),
    ];
    for (receiver, secret) in receivers {
        let shown = format!("{receiver:?} {receiver:#?}");
        // No eight bytes of it, neither as text nor as numbers.
        for piece in secret.as_bytes().windows(8) {
            let bytes = format!("{piece:?}");
            assert!(!shown.contains(&*String::from_utf8_lossy(piece)), "{shown}");
            assert!(!shown.contains(bytes.trim_matches(['[', ']'])), "{shown}");
        }
    }
}

#[test]
fn receivers_and_errors_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Receiver<Svix>>();
    shared::<Receiver<SuperOffice>>();
    shared::<Receiver<GitHub>>();
    shared::<Receiver<Wix>>();
    shared::<Receiver<IClosed>>();
    shared::<Delivery<Svix>>();
    shared::<Signer>();
    shared::<ReceiveError>();
    shared::<VerifyError>();
    shared::<ParseError>();
    shared::<SecretError>();
    shared::<SignError>();
}
