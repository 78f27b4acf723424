//! The site: a page for each provider, and one that leads to them. All text of a document is escaped.

use super::provider_page::{Event, ProviderPage};
use serde_json::Value;
use webhook_codegen::files::Files;

const PAGE: &str = include_str!("site/page.html");
const STYLE: &str = include_str!("site/catalog.css");
const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("site/kit.js"),
    include_str!("site/prose.js"),
    include_str!("site/tree.js"),
    include_str!("site/search.js"),
    include_str!("site/event.js"),
    include_str!("site/catalog.js"),
    "})();\n"
);

/// What the content security policy lets run and apply: these two texts and nothing else. A test computes them anew.
const STYLE_HASH: &str = "sha256-cO6JgnemeYTCofihzoft5f4WdBrALZ8BqOuaPotLgu4=";
const SCRIPT_HASH: &str = "sha256-dldriSIOx3c5vo3OFyRMePLcuevRD45gjIzLcMmk8dA=";

/// `index.html`, and a page for each provider.
pub fn files(pages: &[ProviderPage]) -> Files {
    let mut files = Files::new();
    files.insert("index.html", index(pages));
    for page in pages {
        files.insert(format!("{}.html", page.stem()), provider(page));
    }
    files
}

fn provider(page: &ProviderPage) -> String {
    let events = |document: usize| {
        let of = page.events.iter().filter(move |event| event.document == document);
        of.map(|event| item(event, "")).collect::<String>()
    };
    let chapters = page.documents.iter().enumerate().map(|(index, document)| (&document.title, events(index)));
    let chapters: Vec<_> = chapters.filter(|(_, events)| !events.is_empty()).collect();
    let is_only = chapters.len() < 2;
    let list = chapters.into_iter().map(|(title, events)| {
        let title = if is_only { String::new() } else { format!("<h2>{}</h2>\n", escape(title)) };
        format!("{title}<ul>\n{events}</ul>\n")
    });
    fill(&[
        ("kind", "provider"),
        ("title", &escape(&format!("{} webhooks", page.title))),
        ("heading", &format!("<a href=\"#\">{}</a>", escape(&page.title))),
        ("home", "<a class=\"home\" href=\"index.html\">All providers</a>"),
        ("list", &list.collect::<String>()),
        ("data", &data(page)),
    ])
}

/// A page as JSON for the page's script, safe to be in its element. What is empty, absent or false has no key.
fn data(page: &ProviderPage) -> String {
    let data = serde_json::to_value(page).map(dense).unwrap_or_default();
    // The only thing that ends a script element, or opens a comment in it, is a `<` (HTML, section 13.2.5.4).
    data.to_string().replace('<', "\\u003c")
}

fn dense(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(dense).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(key, value)| (key, dense(value)));
            Value::Object(members.filter(|(_, value)| !is_empty(value)).collect())
        }
        value => value,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn index(pages: &[ProviderPage]) -> String {
    let sections = pages.iter().map(|page| {
        let address = format!("{}.html", page.stem());
        let events: String = page.events.iter().map(|event| item(event, &address)).collect();
        let (title, count) = (escape(&page.title), page.events.len());
        let plural = if count == 1 { "" } else { "s" };
        format!(
            "<section id=\"{}\"><h2><a href=\"{address}\">{title}</a> <small>{count} event{plural}</small></h2>\n\
             <ul>\n{events}</ul></section>\n",
            escape(&page.name)
        )
    });
    let pages: serde_json::Map<_, _> =
        pages.iter().map(|page| (page.name.clone(), format!("{}.html", page.stem()).into())).collect();
    fill(&[
        ("kind", "index"),
        ("title", "Webhooks"),
        ("heading", "<span role=\"heading\" aria-level=\"1\">Webhooks</span>"),
        ("home", ""),
        ("list", &sections.collect::<String>()),
        ("data", &serde_json::json!({"pages": pages}).to_string()),
    ])
}

fn item(event: &Event, page: &str) -> String {
    // A line may break where the words of a name meet.
    let name = escape(&event.event_type).replace('.', ".<wbr>").replace('_', "_<wbr>");
    let about = match event.about.as_str() {
        "" => String::new(),
        about => format!("<small>{}</small>", escape(about)),
    };
    let gone = if event.docs.deprecated { " class=\"deprecated\"" } else { "" };
    format!("<li{gone}><a href=\"{page}#{}\"><b>{name}</b>{about}</a></li>\n", encode(&event.event_type))
}

/// Puts texts in place of the page's placeholders, in one pass: what is put in is not looked at again.
fn fill(values: &[(&str, &str)]) -> String {
    let own = [("style", STYLE), ("script", SCRIPT), ("style-hash", STYLE_HASH), ("script-hash", SCRIPT_HASH)];
    let mut parts = PAGE.split("{{");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").expect("the page closes what it opens");
        let text = values.iter().chain(&own).find(|(key, _)| *key == name);
        page.push_str(text.expect("the page has no other placeholders").1);
        page.push_str(rest);
    }
    page
}

/// Text within an element or a quoted attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An event type within an address, as `encodeURIComponent` writes it (ECMAScript, section 19.2.6).
fn encode(text: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(byte);
    text.bytes()
        .map(|byte| if is_plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH, encode, escape};
    use base64::Engine;
    use sha2::{Digest, Sha256};

    /// Content Security Policy Level 3, section 2.3.1: of the very text between the tags.
    #[test]
    fn the_policy_lets_our_own_style_and_script_through() {
        for (text, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
            let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
            assert_eq!(hash, format!("sha256-{digest}"), "write the right one into page.rs");
        }
        assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<a href=\"&\">"), "&lt;a href=&quot;&amp;&quot;&gt;");
        assert_eq!(encode("v1.a/b c\u{e9}'"), "v1.a%2Fb%20c%C3%A9'");
    }
}
