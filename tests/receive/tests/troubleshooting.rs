//! docs/troubleshooting.md explains every error of a receiver.

use http::HeaderName;
use std::time::Duration;
use webhook_runtime::{Expression, ReceiveError, SecretError, VerifyError};

const PAGE: &str = include_str!("../../../docs/troubleshooting.md");

/// The names of values that the page leaves out.
const NAME: &str = "x-name";

fn verify_errors() -> Vec<VerifyError> {
    use VerifyError as E;
    let (name, at, expected) = (HeaderName::from_static(NAME), Expression::Query(NAME), NAME);
    let (age, tolerance) = (Duration::from_secs(987), Duration::from_secs(987));
    vec![
        E::MissingHeader { name: name.clone() },
        E::RepeatedHeader { name: name.clone() },
        E::MalformedHeader { name, expected },
        E::NeedsPublicUrl,
        E::TooOld { age, tolerance },
        E::TooNew { ahead: age, tolerance },
        E::NoMatch,
        E::NotAToken,
        E::TokenHeader,
        E::TokenClaims,
        E::BodyDigest,
        E::Expired,
        E::NotYetValid,
        E::PathSecret,
        // Explained together, whatever the location.
        E::MissingValue { at },
    ]
}

fn secret_errors() -> Vec<SecretError> {
    use SecretError as E;
    vec![
        E::Missing,
        E::Whitespace,
        E::HiddenCharacter,
        E::Quoted,
        E::NotBase64,
        E::TooShort { least: 987 },
        E::NotForPaths,
        E::NotAKey { expected: NAME, found: NAME },
        E::NotHex,
        E::NoUser,
        E::NeedsFeature { feature: NAME },
    ]
}

#[test]
fn every_error_of_a_receiver_is_on_the_page() {
    let receive = [
        ReceiveError::TooLarge { limit: 987 },
        ReceiveError::TooSlow { limit: Duration::from_secs(987) },
        ReceiveError::Incomplete,
    ];
    let verify = verify_errors().into_iter().map(|error| error.to_string());
    let secret = secret_errors().into_iter().map(|error| error.to_string());
    for text in verify.chain(secret).chain(receive.map(|error| error.to_string())) {
        let shown = text.replace("the parameter `x-name` of the query", "…").replace('`', "");
        let shown = ["987s", "987", NAME].into_iter().fold(shown, |text, value| text.replace(value, "…"));
        assert!(PAGE.contains(&format!("`{shown}`")), "docs/troubleshooting.md does not explain `{shown}`");
    }
}
