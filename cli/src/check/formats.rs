//! Formats that look like a word gone wrong. Those that nobody knows are legal (JSON Schema 2020-12 Validation,
//! section 7).

use strsim::osa_distance;
use webhook_codegen::schema::{Node, References};
use webhook_codegen::source::{Diagnostic, WarningKind};

/// Those of JSON Schema 2020-12 (Validation, section 7.3) and of OpenAPI's registry of formats.
const KNOWN: &str = "\
    date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference uri-template iri \
    iri-reference uuid json-pointer relative-json-pointer regex int8 int16 int32 int64 uint8 uint16 uint32 uint64 \
    float double double-int decimal decimal128 byte binary base64url password char commonmark html http-date \
    media-range date-time-local time-local sf-string sf-token";

/// The formats that are nearly one that is known.
pub(super) fn misspelt(references: &References<'_>, schemas: &[Node<'_>]) -> Vec<Diagnostic> {
    let found = schemas.iter().filter_map(|schema| {
        let format = schema.text("format")?;
        let known = suggestion(format)?;
        let file = &references.sources[schema.document].path;
        let warning = Diagnostic::warning(
            WarningKind::Format,
            file,
            format!("{}/format", schema.pointer),
            "this format is unknown",
        );
        Some(warning.help(format!("did you mean `{known}`? an unknown format is ignored")))
    });
    found.collect()
}

/// The known format that is most similar: of the same letters and digits, or one typing mistake away. Short words and digits are
/// too close to each other for the latter.
fn suggestion(format: &str) -> Option<&'static str> {
    const SHORTEST: usize = 5;
    if known().any(|known| known == format) {
        return None;
    }
    let written = letters_and_digits(format);
    let is_slip = |known: &str| {
        known.len() >= SHORTEST && digits(known) == digits(&written) && osa_distance(known, &written) == 1
    };
    let same = known().find(|known| letters_and_digits(known) == written);
    same.or_else(|| known().find(|known| is_slip(&letters_and_digits(known))))
}

fn known() -> impl Iterator<Item = &'static str> {
    KNOWN.split(' ')
}

fn letters_and_digits(format: &str) -> String {
    format.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn near_misses_only() {
        for (written, known) in [
            ("datetime", "date-time"),
            ("date_time", "date-time"),
            ("DateTime", "date-time"),
            ("dat-time", "date-time"),
            ("unit32", "uint32"),
            ("Int64", "int64"),
            ("e-mail", "email"),
            ("emial", "email"),
            ("UUID", "uuid"),
        ] {
            assert_eq!(suggestion(written), Some(known), "{written}");
        }
        for legal in [
            "date-time",
            "url",
            "guid",
            "int24",
            "ip",
            "string",
            "phone",
            "timestamp",
            "unix-time",
            "float32",
            "uuid4",
            "",
        ] {
            assert_eq!(suggestion(legal), None, "{legal}");
        }
    }
}
