//! The files of a provider's folder.

use super::draft::document;
use super::observe::Observations;
use super::provider;
use webhook_codegen::words::words;

/// The name of the drafted document.
pub const DOCUMENT: &str = "webhooks.yaml";

/// The files that are drafted of all that deliveries showed, by name; `keep_values` leaves personal data in the examples.
///
/// # Errors
/// Where no delivery was seen, or what was drafted is no YAML.
pub fn written(observed: &Observations, name: &str, keep_values: bool) -> Result<[(&'static str, String); 2], String> {
    if observed.deliveries == 0 {
        let first = observed.not_json.1.iter().map(|first| format!("; the first body that is none: {first}"));
        return Err(format!("there is no delivery with JSON in it{}", first.collect::<String>()));
    }
    let title = title(name);
    let document = document(observed, &format!("{title} webhooks"), keep_values);
    let document = serde_yaml::to_string(&document).map_err(|error| error.to_string())?;
    Ok([(DOCUMENT, document), ("provider.yaml", provider::text(observed, &title))])
}

/// A folder's name as a title.
fn title(name: &str) -> String {
    let capital = |word: &String| {
        let mut characters = word.chars();
        characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect::<String>()
    };
    words(name).iter().map(capital).collect::<Vec<_>>().join(" ")
}
