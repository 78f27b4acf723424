use std::fmt;

/// Why a secret cannot be used. It never holds any part of the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// There is none: it is empty or nothing but white space, or a list of secrets is empty.
    Missing,
    /// It begins or ends with white space, such as the line feed at the end of a file.
    Whitespace,
    /// It holds a control character, or begins or ends with a character that cannot be seen, such as
    /// a byte order mark.
    HiddenCharacter,
    /// It is in quotation marks, which belong to the file or the shell that it comes from.
    Quoted,
    /// It is not in base64; that of a shared key has the standard alphabet and padding.
    NotBase64,
    /// It is too short to be a secret.
    TooShort {
        /// The fewest bytes.
        least: usize,
    },
    /// It holds characters that a path cannot hold unescaped.
    NotForPaths,
    /// It is not the key that the scheme needs.
    NotAKey {
        /// The key that it needs.
        expected: &'static str,
        /// What it is instead.
        found: &'static str,
    },
    /// It is not in hexadecimal.
    NotHex,
    /// It is a password without its user: HTTP Basic needs `user:password`.
    NoUser,
    /// Its scheme is not compiled.
    NeedsFeature {
        /// The feature of `webhook-runtime` that is off.
        feature: &'static str,
    },
}

impl fmt::Display for SecretError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => formatter.write_str("there is no secret: it is empty or nothing but white space"),
            Self::Whitespace => formatter
                .write_str("the secret begins or ends with white space, such as the line feed of a file: trim it"),
            Self::HiddenCharacter => formatter.write_str(
                "the secret holds a character that cannot be seen, such as a byte order mark or a control character",
            ),
            Self::Quoted => formatter.write_str("the secret is in quotation marks: take them off"),
            Self::NotBase64 => formatter.write_str("the secret is not valid base64"),
            Self::TooShort { least } => {
                write!(formatter, "the secret is shorter than {least} bytes")
            }
            Self::NotForPaths => formatter.write_str("the secret holds more than letters, digits and `-._~`"),
            Self::NotAKey { expected, found } => write!(formatter, "the secret is {found}, not {expected}"),
            Self::NotHex => formatter.write_str("the secret is not valid hexadecimal"),
            Self::NoUser => formatter.write_str("the secret is not of the form `user:password`"),
            Self::NeedsFeature { feature } => write!(formatter, "the secret's scheme needs the feature `{feature}`"),
        }
    }
}

impl std::error::Error for SecretError {}
